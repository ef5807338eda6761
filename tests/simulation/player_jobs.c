/* SPDX-License-Identifier: MIT */
#include "simulation/player_trade.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "xbits/file.h"

#define URL "http://origin.test/r%zu"

static xbits_result add_luck(struct text *ini, enum trade_luck luck, size_t number)
{
    switch (luck) {
    case LUCK_GOOD:
        return XBITS_S_OK;
    case LUCK_SLOW:
        return text_format(ini, "rate = %zu\nlatency_ms = %zu\n", 500 + number * 40, number * 90);
    case LUCK_BAD_FOR_A_WHILE:
        return text_format(ini, "status = 503\nfail_times = %zu\n", 1 + number % 3);
    case LUCK_NONE:
        return text_add(ini, "status = 404\n");
    }
    return XBITS_S_OK;
}

static xbits_result add_download(struct text *ini, const struct trade_download *download,
                                 bool is_good)
{
    enum trade_luck luck = (enum trade_luck)download->luck;
    bool is_well = is_good && luck != LUCK_NONE;

    TRY(text_format(ini, "[resource d%u]\nurl = %s\nsize = %" PRIu64 "\npattern = %" PRIu64 "\n",
                    download->number, download->url, download->size, download->size));
    return add_luck(ini, is_well ? LUCK_GOOD : luck, download->number);
}

void trade_serve(struct trade *trade, bool is_good)
{
    struct text ini = { 0 };
    xbits_result result = text_add(&ini, "[resource none]\nurl = http://origin.test/\n");

    for (size_t i = 0; i < trade->resource_count && XBITS_SUCCEEDED(result); i++) {
        const struct trade_resource *resource = &trade->resources[i];
        bool is_well = is_good && resource->luck != LUCK_NONE;

        result = text_format(
            &ini, "[resource r%zu]\nurl = " URL "\nsize = %" PRIu64 "\npattern = %" PRIu64 "\n", i,
            i, resource->size, resource->size);
        if (XBITS_SUCCEEDED(result))
            result = add_luck(&ini, is_well ? LUCK_GOOD : resource->luck, i);
    }
    for (size_t i = 0; i < trade->download_count && XBITS_SUCCEEDED(result); i++)
        result = add_download(&ini, &trade->downloads[i], is_good);
    if (XBITS_FAILED(result))
        abort();
    claim(&trade->core, xbits_sim_set_origin(trade->core.manager, text_c(&ini)) == XBITS_S_OK,
          "the origin was refused: %s", xbits_last_error()->message);
    text_dispose(&ini);
}

static void add_resource(struct trade *trade, struct trade_job *job)
{
    static const enum trade_luck lucks[] = {
        LUCK_GOOD, LUCK_GOOD, LUCK_SLOW, LUCK_SLOW, LUCK_BAD_FOR_A_WHILE, LUCK_NONE
    };
    size_t number = trade->resource_count++;
    struct trade_resource *resource = &trade->resources[number];

    resource->job = job->number;
    resource->size = (uint64_t)(1 + pick(&trade->core, 150)) * TRADE_SIZES + number;
    resource->luck = lucks[pick(&trade->core, sizeof lucks / sizeof lucks[0])];
    job->resources[job->file_count++] = number;
}

static void name_file(struct trade *trade, struct trade_job *job, bool is_good)
{
    static const char *const good[] = { "mp3", "wma", "MP3", "Asf", "wmv" };
    static const char *const bad[] = { "txt", "mp3.part", "mp", "mp3 " };
    char *name = job->local_names[job->file_count];

    if (job->file_count == 0 && pick(&trade->core, 4) == 0)
        snprintf(name, sizeof job->local_names[0], TRADE_DIR "/shared%u.%s",
                 (unsigned)pick(&trade->core, 2), is_good ? "mp3" : "exe");
    else
        snprintf(name, sizeof job->local_names[0], TRADE_DIR "/s%u-%u.%s", job->number,
                 job->file_count,
                 is_good ? good[pick(&trade->core, 5)] : bad[pick(&trade->core, 4)]);
    job->is_media = xbits_wmp_is_media_name(name);
}

/* NULL: there are enough. */
static struct trade_job *new_job(struct trade *trade, unsigned file_count, bool is_good)
{
    struct trade_job *job = &trade->jobs[trade->job_count];

    if (trade->job_count == TRADE_JOBS || trade->resource_count + file_count > TRADE_RESOURCES)
        return NULL;
    *job = (struct trade_job){ .number = (unsigned)trade->job_count++ };
    snprintf(job->display_name, sizeof job->display_name, "song %u", job->number);
    for (unsigned i = 0; i < file_count; i++) {
        name_file(trade, job, is_good);
        add_resource(trade, job);
    }
    trade_serve(trade, false);
    return job;
}

static void know(struct trade *trade, struct trade_job *job, struct xbits_job *handle,
                 xbits_result result, const char *how)
{
    trace(&trade->core, "job %u %s at %s, \"%.60s\": %s", job->number, how, job->local_names[0],
          job->texts[0].text, xbits_result_name(result));
    claim(&trade->core, XBITS_SUCCEEDED(result) || !trade_is_well(trade), "job %u %s: %s",
          job->number, how, xbits_last_error()->message);
    if (handle != NULL) {
        job->is_known = true;
        job->id = *xbits_job_id(handle);
    }
    xbits_job_close(handle);
}

void trade_send(struct trade *trade)
{
    struct trade_job *job = new_job(trade, 1, true);
    struct xbits_wmp_job_spec spec;
    struct xbits_job *handle = NULL;
    char url[64];
    xbits_result result;

    if (job == NULL)
        return;
    XBITS_INIT(&spec);
    trade_describe(trade_new_text(trade, job, true), &spec.description);
    snprintf(url, sizeof url, URL, job->resources[0]);
    spec.remote_name = url;
    spec.local_name = job->local_names[0];
    spec.display_name = job->display_name;
    result = xbits_wmp_job_create(trade->core.manager, trade->registry, &spec, NULL, &handle);
    trade_touch_registry(trade);
    know(trade, job, handle, result, "sent");
}

static xbits_result add_files(const struct trade_job *job, struct xbits_job *handle)
{
    char url[64];

    for (unsigned i = 0; i < job->file_count; i++) {
        snprintf(url, sizeof url, URL, job->resources[i]);
        TRY(xbits_job_add_file(handle, url, job->local_names[i]));
    }
    return XBITS_S_OK;
}

/* Rarely as the convention has it. */
void trade_send_by_hand(struct trade *trade)
{
    static const unsigned counts[] = { 1, 1, 1, 2, 0 };
    unsigned file_count = counts[pick(&trade->core, 5)];
    struct trade_job *job = new_job(trade, file_count, pick(&trade->core, 3) > 0);
    struct xbits_job *handle = NULL;
    struct xbits_value text;
    xbits_result result;

    if (job == NULL)
        return;
    text = xbits_value_text(trade_new_text(trade, job, pick(&trade->core, 3) == 0)->text);
    result = xbits_job_create(trade->core.manager, job->display_name, XBITS_TYPE_DOWNLOAD, &handle);
    if (XBITS_SUCCEEDED(result))
        result = xbits_job_set(handle, XBITS_JOB_DESCRIPTION, &text);
    if (XBITS_SUCCEEDED(result))
        result = add_files(job, handle);
    if (XBITS_SUCCEEDED(result) && file_count > 0 && pick(&trade->core, 4) > 0)
        result = xbits_job_resume(handle);
    know(trade, job, handle, result, "made");
}

struct trade_job *trade_pick(struct trade *trade)
{
    struct trade_job *present[TRADE_JOBS];
    uint32_t count = 0;

    for (size_t i = 0; i < trade->job_count; i++) {
        if (trade->jobs[i].is_present)
            present[count++] = &trade->jobs[i];
    }
    return count > 0 ? present[pick(&trade->core, count)] : NULL;
}

static const struct {
    const char *name;
    xbits_result (*call)(struct xbits_job *job);
} requests[] = {
    [TRADE_SUSPEND] = { "Suspend", xbits_job_suspend },
    [TRADE_RESUME] = { "Resume", xbits_job_resume },
    [TRADE_CANCEL] = { "Cancel", xbits_job_cancel },
    [TRADE_COMPLETE] = { "Complete", xbits_job_complete },
};

struct transferred {
    bool is[TRADE_FILES];
};

static bool note_transferred(const struct xbits_file_snapshot *file, void *user)
{
    struct transferred *transferred = user;

    if (file->index < TRADE_FILES)
        transferred->is[file->index] = file->is_transferred;
    return true;
}

/* What the producer has made of it is its own. */
static void note_complete(struct trade *trade, struct trade_job *job, xbits_result result,
                          const struct transferred *transferred)
{
    for (unsigned i = 0; i < job->file_count; i++) {
        if (!transferred->is[i])
            continue;
        trade_write_over(trade, job->local_names[i]);
        if (XBITS_SUCCEEDED(result) && trade_is_well(trade))
            trade_plant(trade, job->local_names[i], trade->resources[job->resources[i]].size);
    }
}

void trade_ask(struct trade *trade, struct trade_job *job, unsigned which)
{
    struct transferred transferred = { { false } };
    struct xbits_job *handle = NULL;
    xbits_result result = xbits_job_open(trade->core.manager, &job->id, &handle);
    bool is_begun;

    if (XBITS_FAILED(result))
        return;
    (void)xbits_job_visit_files(handle, note_transferred, &transferred);
    result = requests[which].call(handle);
    xbits_job_close(handle);
    trace(&trade->core, "job %u in %s: %s: %s", job->number, xbits_state_name(job->state),
          requests[which].name, xbits_result_name(result));
    job->is_unsure |= XBITS_FAILED(result) && !trade_is_well(trade);
    is_begun = XBITS_SUCCEEDED(result) || !trade_is_well(trade);
    job->is_cancelled_here |= which == TRADE_CANCEL && is_begun;
    if (which != TRADE_COMPLETE || !is_begun || result == XBITS_BG_E_INVALID_STATE)
        return;
    job->is_completed_here = true;
    note_complete(trade, job, result, &transferred);
}

void trade_ask_operation(struct trade *trade)
{
    static const unsigned asked[] = { TRADE_SUSPEND, TRADE_RESUME, TRADE_RESUME,
                                      TRADE_RESUME,  TRADE_CANCEL, TRADE_COMPLETE };
    struct trade_job *job = trade_pick(trade);

    if (job != NULL)
        trade_ask(trade, job, asked[pick(&trade->core, 6)]);
}

void trade_describe_operation(struct trade *trade)
{
    struct trade_job *job = trade_pick(trade);
    struct trade_text *text = NULL;
    struct xbits_job *handle = NULL;
    struct xbits_value value;
    xbits_result result;

    if (job != NULL)
        text = trade_new_text(trade, job, pick(&trade->core, 3) > 0);
    if (text == NULL || XBITS_FAILED(xbits_job_open(trade->core.manager, &job->id, &handle)))
        return;
    value = xbits_value_text(text->text);
    result = xbits_job_set(handle, XBITS_JOB_DESCRIPTION, &value);
    xbits_job_close(handle);
    trace(&trade->core, "job %u: described as \"%.60s\": %s", job->number, text->text,
          xbits_result_name(result));
    claim(&trade->core, XBITS_SUCCEEDED(result) || !trade_is_well(trade),
          "job %u cannot be described: %s", job->number, xbits_last_error()->message);
}
