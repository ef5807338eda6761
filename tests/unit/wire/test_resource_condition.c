/* SPDX-License-Identifier: MIT */
#include "wire/resource.h"

#include "base/clock.h"
#include "support/test_main.h"

#include <string.h>

#define BEFORE "Sat, 21 Nov 2026 09:29:59 GMT"
#define SAME   "Sat, 21 Nov 2026 09:30:00 GMT"
#define AFTER  "Sat, 21 Nov 2026 09:30:01 GMT"

/* Preconditions in the order of RFC 9110 13.2.2, against a resource with ETag "v1" that was
 * modified at SAME and a fraction of a second. */
struct row {
    int status;
    struct resource_request request;
};

static struct resource sample(void)
{
    struct resource resource = { .size = 1000, .etag = "\"v1\"" };

    assert_true(clock_parse_http(SAME, &resource.modified));
    resource.modified += CLOCK_TICKS_PER_S / 3;
    return resource;
}

static void check(const struct resource *resource, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct resource_request request = rows[i].request;
        struct resource_answer answer;

        if (request.method == NULL)
            request.method = "GET";
        resource_decide(resource, &request, &answer);

        if (answer.status != rows[i].status)
            fail_msg("row %zu: %d in place of %d", i, answer.status, rows[i].status);
    }
}
#define CHECK(resource, rows) check(resource, rows, sizeof rows / sizeof rows[0])

static void changed_resource_is_refused_with_412(void **state)
{
    static const struct row rows[] = {
        { 200, { .if_unmodified_since = SAME } },
        { 200, { .if_unmodified_since = AFTER } },
        { 412, { .if_unmodified_since = BEFORE } },
        { 412, { .method = "HEAD", .if_unmodified_since = BEFORE } },
        { 412, { .range = "bytes=0-9", .if_unmodified_since = BEFORE } },
        { 200, { .if_unmodified_since = "yesterday" } },
        { 200, { .if_unmodified_since = "" } },
        { 200, { .if_match = "\"v1\"" } },
        { 200, { .if_match = "*" } },
        { 200, { .if_match = "\"v0\", \"v1\"" } },
        { 200, { .if_match = ",, \"v0\" ,\t\"v1\"," } },
        { 412, { .if_match = "\"v2\"" } },
        { 412, { .if_match = "W/\"v1\"" } },
        { 412, { .if_match = "v1" } },
        { 412, { .if_match = "\"v1" } },
        { 412, { .if_match = "" } },
        /* If-Match makes If-Unmodified-Since moot. */
        { 200, { .if_match = "\"v1\"", .if_unmodified_since = BEFORE } },
        { 412, { .if_match = "\"v2\"", .if_unmodified_since = AFTER } },
    };
    const struct resource resource = sample();

    (void)state;
    CHECK(&resource, rows);
}

static void known_resource_is_answered_with_304(void **state)
{
    static const struct row rows[] = {
        { 304, { .if_modified_since = SAME } },
        { 304, { .if_modified_since = AFTER } },
        { 304, { .method = "HEAD", .if_modified_since = SAME } },
        { 200, { .if_modified_since = BEFORE } },
        { 200, { .if_modified_since = "tomorrow" } },
        { 304, { .if_none_match = "\"v1\"" } },
        { 304, { .if_none_match = "W/\"v1\"" } },
        { 304, { .if_none_match = "*" } },
        { 304, { .if_none_match = "\"v0\",\"v1\"" } },
        { 200, { .if_none_match = "\"v2\"" } },
        { 200, { .if_none_match = "" } },
        /* If-None-Match makes If-Modified-Since moot. */
        { 200, { .if_none_match = "\"v2\"", .if_modified_since = SAME } },
        { 304, { .if_none_match = "\"v1\"", .if_modified_since = BEFORE } },
        /* 412 comes first. */
        { 412, { .if_match = "\"v2\"", .if_none_match = "\"v1\"" } },
        { 304, { .if_match = "\"v1\"", .if_none_match = "\"v1\"" } },
        { 304, { .if_unmodified_since = SAME, .if_modified_since = SAME } },
    };
    const struct resource resource = sample();

    (void)state;
    CHECK(&resource, rows);
}

static void range_applies_only_to_the_version_asked_for(void **state)
{
    static const struct row rows[] = {
        { 206, { .range = "bytes=0-9" } },
        { 206, { .range = "bytes=0-9", .if_range = "\"v1\"" } },
        { 206, { .range = "bytes=0-9", .if_range = SAME } },
        { 206, { .range = "bytes=0-9", .if_unmodified_since = SAME } },
        { 200, { .range = "bytes=0-9", .if_range = "\"v2\"" } },
        { 200, { .range = "bytes=0-9", .if_range = "W/\"v1\"" } },
        { 200, { .range = "bytes=0-9", .if_range = "\"v1\", \"v1\"" } },
        { 200, { .range = "bytes=0-9", .if_range = BEFORE } },
        { 200, { .range = "bytes=0-9", .if_range = AFTER } },
        { 200, { .range = "bytes=0-9", .if_range = "" } },
        { 200, { .range = "bytes=0-9", .if_range = "v1" } },
        { 200, { .range = "bytes=2000-", .if_range = "\"v2\"" } },
        { 416, { .range = "bytes=2000-", .if_range = "\"v1\"" } },
        { 416, { .range = "bytes=2000-" } },
        { 200, { .if_range = "\"v2\"" } },
        { 200, { .method = "HEAD", .range = "bytes=0-9" } },
        { 200, { .method = "HEAD", .range = "bytes=2000-" } },
        { 304, { .range = "bytes=2000-", .if_none_match = "\"v1\"" } },
    };
    const struct resource resource = sample();

    (void)state;
    CHECK(&resource, rows);
}

static void weak_tag_never_allows_a_range(void **state)
{
    static const struct row rows[] = {
        { 200, { .range = "bytes=0-9", .if_range = "W/\"v1\"" } },
        { 200, { .range = "bytes=0-9", .if_range = "\"v1\"" } },
        { 412, { .if_match = "W/\"v1\"" } },
        { 304, { .if_none_match = "\"v1\"" } },
    };
    struct resource resource = sample();

    (void)state;
    resource.etag = "W/\"v1\"";

    CHECK(&resource, rows);
}

static void resource_without_validators_cannot_be_compared(void **state)
{
    static const struct row rows[] = {
        { 200, { .if_unmodified_since = BEFORE } },
        { 200, { .if_modified_since = AFTER } },
        { 412, { .if_match = "\"v1\"" } },
        { 200, { .if_match = "*" } },
        { 200, { .if_none_match = "\"v1\"" } },
        { 304, { .if_none_match = "*" } },
        { 200, { .range = "bytes=0-9", .if_range = "\"v1\"" } },
        { 200, { .range = "bytes=0-9", .if_range = SAME } },
        { 206, { .range = "bytes=0-9" } },
    };
    struct resource hidden = sample();
    const struct resource bare = { .size = 1000 };

    (void)state;
    hidden.rules.no_validators = true;

    CHECK(&hidden, rows);
    CHECK(&bare, rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changed_resource_is_refused_with_412),
        cmocka_unit_test(known_resource_is_answered_with_304),
        cmocka_unit_test(range_applies_only_to_the_version_asked_for),
        cmocka_unit_test(weak_tag_never_allows_a_range),
        cmocka_unit_test(resource_without_validators_cannot_be_compared),
    };

    return run_tests("resource_condition", tests);
}
