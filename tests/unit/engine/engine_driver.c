/* SPDX-License-Identifier: MIT */
#include "engine_driver.h"

#include "support/assert_result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void driver_init(struct driver *driver, const char *const *settings)
{
    memset(driver, 0, sizeof(*driver));
    assert_ok(settings_init(&driver->settings, settings));
    assert_ok(engine_new(&driver->settings, &driver->engine));
    driver->now = (struct engine_now){ .ms = 1000, .utc = 134000000000000000 };
    driver->who = (struct principal){ .sid = "S-1-22-1-1000", .integrity_level = 0x2000 };
    driver->file_size = 1000;
    driver->last_modified = "Sat, 21 Nov 2026 09:30:00 GMT";
    driver->head_status = 200;
    driver->ahead_result = XBITS_ERROR_WINHTTP_CONNECTION_ERROR;
}

void driver_dispose(struct driver *driver)
{
    engine_free(driver->engine);
    settings_dispose(&driver->settings);
}

struct engine_job *driver_job(struct driver *driver, enum xbits_job_priority priority,
                              uint32_t files)
{
    struct xbits_id id = { .data1 = ++driver->next_id };
    struct xbits_value value = xbits_value_u32(priority);
    struct engine_call call = { &driver->who, driver->now };
    struct engine_job *job;

    assert_ok(engine_create_job(driver->engine, &call, &id, "job", XBITS_TYPE_DOWNLOAD));
    job = engine_find(driver->engine, &id);
    assert_non_null(job);
    assert_ok(engine_set_property(driver->engine, job, XBITS_JOB_PRIORITY, &value, &driver->now));
    for (uint32_t i = 0; i < files; i++) {
        char local[64];
        struct xbits_file_spec spec = { .remote_name = "http://origin.test/a",
                                        .local_name = local };

        snprintf(local, sizeof(local), "/d/%u-%u", (unsigned)driver->next_id, (unsigned)i);
        assert_ok(engine_add_files(driver->engine, job, &call, &spec, 1));
    }
    return job;
}

static struct happening answer_to(const struct effect *effect, enum happening_kind kind)
{
    return (struct happening){
        .kind = kind, .job = effect->job, .run = effect->run, .file = effect->file
    };
}

static void deliver(struct driver *driver, struct happening *happening)
{
    engine_happened(driver->engine, happening, &driver->now);
}

static void answer_head(struct driver *driver, const struct effect *effect,
                        enum happening_kind kind, xbits_result result)
{
    struct happening happening = answer_to(effect, kind);
    struct answer answer = { .version_major = 1,
                             .version_minor = 1,
                             .status = driver->head_status,
                             .content_length = driver->file_size,
                             .content_encoding = "",
                             .last_modified = driver->last_modified,
                             .etag = "",
                             .location = "",
                             .header_block = "HTTP/1.1 200 OK\r\n" };

    happening.result = result;
    if (XBITS_SUCCEEDED(result))
        assert_ok(answer_copy(&answer, &happening.head));
    deliver(driver, &happening);
}

void driver_end_ahead(struct driver *driver, xbits_result result)
{
    answer_head(driver, &driver->ahead, HAPPENED_AHEAD, result);
    driver->ahead = (struct effect){ 0 };
}

static void answer_get(struct driver *driver, const struct effect *effect)
{
    struct happening opened = answer_to(effect, HAPPENED_OPENED);

    opened.text = strdup("/d/BIT0001.tmp");
    deliver(driver, &opened);
    driver->held = *effect;
    if (!driver->is_holding_get)
        driver_end_get(driver, XBITS_S_OK, effect->range_last + 1);
}

void driver_tell(struct driver *driver, enum happening_kind kind)
{
    struct happening happening = answer_to(&driver->held, kind);

    deliver(driver, &happening);
}

void driver_end_get(struct driver *driver, xbits_result result, uint64_t position)
{
    struct happening moved = answer_to(&driver->held, HAPPENED_MOVED);
    struct happening ended = answer_to(&driver->held, HAPPENED_ENDED);

    moved.position = position;
    deliver(driver, &moved);
    ended.position = position;
    ended.result = result;
    driver->held.job = NULL;
    deliver(driver, &ended);
}

static void answer_stop(struct driver *driver, const struct effect *effect)
{
    struct happening stopped = answer_to(effect, HAPPENED_STOPPED);

    stopped.position = XBITS_SIZE_UNKNOWN;
    if (driver->held.job == effect->job) {
        struct happening ended = answer_to(&driver->held, HAPPENED_ENDED);

        ended.result = XBITS_E_ABORT;
        driver->held.job = NULL;
        deliver(driver, &ended);
    }
    deliver(driver, &stopped);
}

static void answer_disk(struct driver *driver, const struct effect *effect,
                        enum happening_kind kind, xbits_result result)
{
    struct happening happening = answer_to(effect, kind);

    happening.result = result;
    happening.is_local = true;
    deliver(driver, &happening);
}

static void answer_ahead(struct driver *driver, const struct effect *effect)
{
    driver->ahead = *effect;
    driver->ahead_count++;
    if (!driver->is_holding_ahead)
        driver_end_ahead(driver, driver->ahead_result);
}

void driver_end_command(struct driver *driver)
{
    struct happening happening = answer_to(&driver->command, HAPPENED_RAN);

    happening.result = driver->start_result;
    happening.exit_status = driver->exit_status;
    deliver(driver, &happening);
}

static void answer(struct driver *driver, const struct effect *effect)
{
    switch (effect->kind) {
    case EFFECT_AHEAD:
        answer_ahead(driver, effect);
        break;
    case EFFECT_HEAD:
        answer_head(driver, effect, HAPPENED_ENDED, driver->head_result);
        break;
    case EFFECT_GET:
        answer_get(driver, effect);
        break;
    case EFFECT_STOP:
        answer_stop(driver, effect);
        break;
    case EFFECT_FINISH:
        answer_disk(driver, effect, HAPPENED_FINISHED, driver->finish_result);
        break;
    case EFFECT_PUBLISH:
        answer_disk(driver, effect, HAPPENED_PUBLISHED, driver->rename_result);
        break;
    case EFFECT_SYNC:
        answer_disk(driver, effect, HAPPENED_PUBLISHED, XBITS_S_OK);
        break;
    case EFFECT_REMOVE:
        answer_disk(driver, effect, HAPPENED_REMOVED, driver->remove_result);
        break;
    case EFFECT_RUN_COMMAND:
        driver->command = *effect;
        if (!driver->is_holding_command)
            driver_end_command(driver);
        break;
    }
}

void driver_run(struct driver *driver)
{
    size_t count = 1;

    while (count > 0) {
        struct effect copies[64];

        engine_step(driver->engine, &driver->now);
        count = engine_effect_count(driver->engine);
        assert_true(count <= 64);
        engine_take_effects(driver->engine, copies);
        for (size_t i = 0; i < count; i++) {
            /* What is asked ahead of its turn is to change nothing: tests do not count it. */
            if (copies[i].kind != EFFECT_AHEAD && driver->count < DRIVER_EFFECTS)
                driver->effects[driver->count++] = copies[i];
            answer(driver, &copies[i]);
        }
    }
}

void driver_advance(struct driver *driver, uint64_t ms)
{
    driver->now.ms += ms;
    driver->now.utc += (int64_t)ms * 10000;
    driver_run(driver);
}

xbits_result driver_ask(struct driver *driver, struct engine_job *job, enum backend_request request)
{
    xbits_result result = engine_ask(driver->engine, job, request, &driver->now);

    if (XBITS_FAILED(result))
        return result;
    driver_run(driver);
    if (!engine_is_busy(job))
        return result;
    assert_true(engine_has_answer(job));
    return engine_take_answer(driver->engine, job);
}

struct xbits_job_snapshot driver_read(struct driver *driver, const struct engine_job *job)
{
    struct xbits_job_snapshot snapshot;

    engine_read(driver->engine, job, &driver->now, &snapshot);
    return snapshot;
}

size_t driver_count(const struct driver *driver, enum effect_kind kind)
{
    size_t count = 0;

    for (size_t i = 0; i < driver->count; i++)
        count += driver->effects[i].kind == kind;
    return count;
}
