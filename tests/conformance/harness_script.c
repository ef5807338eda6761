/* SPDX-License-Identifier: MIT */
#include "conformance/conformance.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/text.h"
#include "support/assert_result.h"

/* sim over the in-memory origin: no socket, and latency and rates in virtual time. */
#define SILENT_PATH   "/never-answers"
#define REFUSING_PATH "/refuses"
#define FOR_EVER_MS   UINT64_C(4000000000)

static void start(struct harness *harness)
{
    static const char base_url[] = "http://origin.test";

    text_copy_into(harness->base_url, sizeof harness->base_url, base_url);
}

static void stop(struct harness *harness)
{
    (void)harness;
}

static void add_flag(struct text *ini, bool is_set, const char *line)
{
    if (is_set)
        assert_ok(text_add(ini, line));
}

static void add_number(struct text *ini, const char *key, uint64_t value)
{
    if (value != 0)
        assert_ok(text_format(ini, "%s = %" PRIu64 "\n", key, value));
}

static void add_text(struct text *ini, const char *key, const char *value)
{
    if (value != NULL)
        assert_ok(text_format(ini, "%s = %s\n", key, value));
}

/* One [resource] section; the keys are described in docs/origin.md. */
static void add_resource(struct harness *harness, struct text *ini, size_t index,
                         const struct served *served)
{
    char date[32];

    assert_ok(
        text_format(ini, "[resource r%zu]\nurl = %s\n", index, harness_url(harness, served->path)));
    if (served->text != NULL)
        add_text(ini, "text", served->text);
    else
        assert_ok(text_format(ini, "size = %" PRIu64 "\n", served->size));
    add_text(ini, "last_modified", clock_format_http(served->modified, date));
    add_number(ini, "pattern", served->pattern);
    add_number(ini, "status", (uint64_t)served->status);
    add_number(ini, "fail_times", served->fail_times);
    add_number(ini, "head_status", (uint64_t)served->head_status);
    add_number(ini, "cut_after", served->cut_after);
    add_number(ini, "cut_times", served->cut_times);
    add_number(ini, "rate", served->rate);
    add_number(ini, "latency_ms", served->latency_ms);
    add_text(ini, "location", served->location);
    add_text(ini, "content_range", served->wrong_content_range);
    add_text(ini, "error", served->error);
    add_flag(ini, served->no_ranges, "ranges = no\n");
    add_flag(ini, served->no_length, "length = no\n");
    add_flag(ini, served->no_validators, "validators = no\n");
    add_flag(ini, served->is_http_1_0, "version = 1.0\n");
    add_flag(ini, served->is_http_0_9, "version = 0.9\n");
    add_flag(ini, served->stalls, "stalls = yes\n");
}

/* The origin is replaced as a whole, so all that is served is written down again. */
static void publish_all(struct harness *harness)
{
    static const struct served silent = {
        .path = SILENT_PATH, .size = 1, .modified = SERVED_MODIFIED, .latency_ms = FOR_EVER_MS
    };
    static const struct served refusing = { .path = REFUSING_PATH,
                                            .modified = SERVED_MODIFIED,
                                            .error = "connect" };
    struct text ini = { 0 };

    /* Who only looks at a queue fetches nothing. */
    if (harness->options.access == XBITS_ACCESS_READ)
        return;
    add_resource(harness, &ini, HARNESS_SERVED_MAXIMUM, &silent);
    add_resource(harness, &ini, HARNESS_SERVED_MAXIMUM + 1, &refusing);
    for (size_t i = 0; i < harness->served_count; i++)
        add_resource(harness, &ini, i, &harness->served[i]);
    assert_ok(xbits_sim_set_origin(harness->manager, text_c(&ini)));
    text_dispose(&ini);
}

static void publish(struct harness *harness, const struct served *served)
{
    (void)served;
    publish_all(harness);
}

static const char *refusing_url(struct harness *harness)
{
    return harness_url(harness, REFUSING_PATH);
}

static const char *silent_url(struct harness *harness)
{
    return harness_url(harness, SILENT_PATH);
}

static const char *unknown_host_url(struct harness *harness)
{
    return harness_url(harness, "http://nobody.test/a.bin");
}

const struct harness harness_script = {
    .name = "sim.script",
    .source = "script",
    .offers = CAN_SKIP_TIME | CAN_CUT_NETWORK | CAN_SERVE_FAULTS | CAN_DELAY_ANSWERS |
              CAN_FAIL_CONNECTIONS | CAN_SERVE_HTTPS | CAN_CHANGE_LIMITS | CAN_RUN_COMMANDS |
              IS_IN_MEMORY,
    .start = start,
    .opened = publish_all,
    .stop = stop,
    .publish = publish,
    .refusing_url = refusing_url,
    .silent_url = silent_url,
    .unknown_host_url = unknown_host_url,
};
