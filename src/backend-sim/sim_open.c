/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct engine_now sim_now(const struct sim *sim)
{
    return (struct engine_now){ .ms = clock_ms(sim->clock), .utc = clock_utc(sim->clock) };
}

typedef xbits_result new_source(const struct transfer_options *options,
                                struct transfer_source **source_out);

/* Where bytes can come from, by the name in xbits_options.source. */
static const struct {
    const char *name;
    new_source *make;
} sources[] = {
    { "http", transfer_curl_new },
    { "script", transfer_script_new },
};

static xbits_result find_source(const char *name, new_source **make_out)
{
    if (name == NULL)
        name = sources[0].name;
    for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
        if (strcmp(sources[i].name, name) == 0) {
            *make_out = sources[i].make;
            return XBITS_S_OK;
        }
    }
    return xbits_fail(XBITS_E_INVALIDARG,
                      "there is no transfer source \"%s\"; known are http and script", name);
}

static xbits_result open_source(struct sim *sim, new_source *make)
{
    struct transfer_options from = {
        .listener = sim_fetch_listener(sim),
        .user_agent = sim->settings.text[SETTING_TRANSFER_USER_AGENT],
        .proxy = sim->settings.text[SETTING_PROXY_PRECONFIG],
        .buffer_bytes = (size_t)sim->settings.number[SETTING_TRANSFER_BUFFER_BYTES],
        .disk = sim->disk,
    };
    struct transfer_source *files;
    struct transfer_source *rest;
    xbits_result result;

    TRY(make(&from, &rest));
    result = transfer_file_new(&from, &files);
    if (XBITS_FAILED(result)) {
        rest->ops->free(rest);
        return result;
    }
    return transfer_route_new(files, rest, &sim->source);
}

static xbits_result choose_seed(const struct xbits_options *options, uint64_t *seed_out)
{
    const char *text = getenv("XBITS_SEED");

    if (options->seed != 0) {
        *seed_out = options->seed;
        return XBITS_S_OK;
    }
    if (text == NULL)
        return random_system(seed_out, sizeof(*seed_out));
    if (!text_parse_u64(text, UINT64_MAX, seed_out))
        return xbits_fail(XBITS_E_INVALIDARG, "XBITS_SEED is \"%s\", not a number", text);
    return XBITS_S_OK;
}

static void choose_clock(struct sim *sim, const struct xbits_options *options)
{
    sim->is_virtual = options->clock == XBITS_CLOCK_VIRTUAL;
    clock_virtual_init(&sim->virtual_clock,
                       options->clock_start != 0 ? options->clock_start : CLOCK_VIRTUAL_START);
    sim->clock = sim->is_virtual ? &sim->virtual_clock.base : clock_system();
}

static xbits_result open_parts(struct sim *sim, const struct xbits_options *options)
{
    struct engine_now now;
    uint64_t seed;

    sim->lock = mutex_new();
    sim->changed = condition_new();
    sim->work = condition_new();
    if (sim->lock == NULL || sim->changed == NULL || sim->work == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a queue");
    TRY(choose_seed(options, &seed));
    random_init(&sim->random, seed);
    choose_clock(sim, options);
    now = sim_now(sim);
    TRY(settings_init(&sim->settings, options->settings));
    TRY(engine_new(&sim->settings, &sim->engine));
    if (!settings_flag(&sim->settings, SETTING_WORLD_NETWORK))
        engine_set_network(sim->engine, false, &now);
    return XBITS_S_OK;
}

/* Nothing runs in a queue that is only read: it needs neither a source nor a thread. */
static xbits_result open_jobs(struct sim *sim, const struct xbits_options *options)
{
    struct engine_now now = sim_now(sim);
    new_source *make;

    engine_set_running(sim->engine, false, &now);
    TRY(find_source(options->source, &make));
    if (options->queue != NULL && !sim_is_in_memory(options->queue))
        TRY(sim_open_queue(sim, options));
    else if (options->access == XBITS_ACCESS_READ)
        return xbits_fail(XBITS_ERROR_FILE_NOT_FOUND, "there is no queue in memory to be read");
    if (options->access == XBITS_ACCESS_READ)
        return XBITS_S_OK;
    TRY(open_source(sim, make));
    if (options->access == XBITS_ACCESS_RUN)
        TRY(sim_start(sim));
    return sim->is_virtual ? XBITS_S_OK : thread_start(sim_work, sim, &sim->worker);
}

xbits_result sim_start(struct sim *sim)
{
    struct engine_now now = sim_now(sim);

    sim->access = XBITS_ACCESS_RUN;
    engine_set_running(sim->engine, true, &now);
    if (sim->worker != NULL)
        sim_touch(sim);
    return XBITS_S_OK;
}

xbits_result sim_new(const struct xbits_options *options, struct disk *disk, struct sim **sim_out)
{
    struct sim *sim = calloc(1, sizeof(*sim));
    xbits_result result;

    if (sim == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a queue");
    sim->disk = disk;
    sim->due_ms = UINT64_MAX;
    sim->inactive_ms = UINT64_MAX;
    sim->access = options->access;
    result = text_copy(options->queue != NULL ? options->queue : "", &sim->place);
    if (XBITS_SUCCEEDED(result))
        result = open_parts(sim, options);
    if (XBITS_SUCCEEDED(result))
        result = open_jobs(sim, options);
    if (XBITS_FAILED(result)) {
        sim_free(sim);
        return result;
    }
    *sim_out = sim;
    return XBITS_S_OK;
}

/* Asks every job to cancel; the array (heap) holds those that are busy with it. */
static struct engine_job **begin_cancel(struct sim *sim, size_t *count_out)
{
    struct engine_now now = sim_now(sim);
    struct engine_job **asked = calloc(engine_open_count(sim->engine) + 1, sizeof(*asked));
    struct engine_job *job = engine_next_open(sim->engine, NULL);
    struct engine_job *next;

    *count_out = 0;
    for (; asked != NULL && job != NULL; job = next) {
        next = engine_next_open(sim->engine, job);
        if (XBITS_SUCCEEDED(engine_ask(sim->engine, job, REQUEST_CANCEL, &now)))
            asked[(*count_out)++] = job;
    }
    return asked;
}

/* A queue in memory takes its jobs along: nobody could ever complete them. No call is under way. */
static void cancel_all(struct sim *sim)
{
    size_t count;
    struct engine_job **asked = begin_cancel(sim, &count);

    sim_touch(sim);
    for (size_t i = 0; i < count; i++) {
        sim_await_answer(sim, asked[i]);
        (void)engine_take_answer(sim->engine, asked[i]);
    }
    free(asked);
}

/* Jobs that are kept end their turns and wait; all that became of them is written down. */
static void rest_all(struct sim *sim)
{
    struct engine_now now = sim_now(sim);

    engine_stop_turns(sim->engine, &now);
    sim_touch(sim);
    sim_await_quiet(sim);
    (void)sim_make_durable(sim);
}

static void end_work(struct sim *sim)
{
    mutex_lock(sim->lock);
    if (sim->queue != NULL)
        rest_all(sim);
    else
        cancel_all(sim);
    sim->is_ending = true;
    sim_touch(sim);
    mutex_unlock(sim->lock);
    thread_join(sim->worker);
}

void sim_free(struct sim *sim)
{
    bool is_well;

    if (sim == NULL)
        return;
    if (sim->source != NULL)
        end_work(sim);
    sim_close_commands(sim);
    /* One that did not come to run may have found what it did not write down. */
    is_well = sim->source != NULL && engine_dirty_number(sim->engine) == sim->stored_number;
    while (sim->fetches != NULL)
        sim_fetch_free(sim->fetches);
    for (size_t i = 0; i < sim->inbox_count; i++)
        happening_dispose(&sim->inbox[i]);
    free(sim->inbox);
    free(sim->effects);
    free(sim->spare_buffer);
    if (sim->source != NULL)
        sim->source->ops->free(sim->source);
    sim_close_queue(sim, is_well);
    engine_free(sim->engine);
    settings_dispose(&sim->settings);
    condition_free(sim->work);
    condition_free(sim->changed);
    mutex_free(sim->lock);
    free(sim->place);
    free(sim);
}
