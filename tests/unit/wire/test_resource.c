/* SPDX-License-Identifier: MIT */
#include "wire/resource.h"

#include "base/clock.h"
#include "support/test_main.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DATE "Sat, 21 Nov 2026 09:30:00 GMT"

static struct resource sample(void)
{
    struct resource resource = { .size = 1000, .etag = "\"v1\"", .content_type = "audio/mpeg" };

    assert_true(clock_parse_http(DATE, &resource.modified));
    return resource;
}

/* The value of a header, or NULL. Fails when it is there twice. */
static const char *header(const struct resource_answer *answer, const char *name)
{
    const char *value = NULL;

    for (size_t i = 0; i < answer->header_count; i++) {
        if (strcmp(answer->headers[i].name, name) != 0)
            continue;
        assert_null(value);
        value = answer->headers[i].value;
    }
    return value;
}

static void assert_header(const struct resource_answer *answer, const char *name,
                          const char *expected)
{
    const char *value = header(answer, name);

    if (expected == NULL && value != NULL)
        fail_msg("%s: %s was not expected", name, value);
    if (expected == NULL)
        return;
    assert_non_null(value);
    assert_string_equal(value, expected);
}

static struct resource_answer decide(const struct resource *resource, const char *method,
                                     const char *range)
{
    const struct resource_request request = { .method = method, .range = range };
    struct resource_answer answer;

    resource_decide(resource, &request, &answer);
    return answer;
}

static void get_is_answered_with_all_of_it(void **state)
{
    const struct resource resource = sample();

    (void)state;
    const struct resource_answer answer = decide(&resource, "GET", NULL);

    assert_int_equal(answer.status, 200);
    assert_true(answer.has_body);
    assert_true(answer.has_length);
    assert_int_equal(answer.length, 1000);
    assert_int_equal(answer.range_count, 1);
    assert_int_equal(answer.ranges[0].first, 0);
    assert_int_equal(answer.ranges[0].last, 999);
    assert_false(answer.is_multipart);
    assert_header(&answer, "Content-Type", "audio/mpeg");
    assert_header(&answer, "ETag", "\"v1\"");
    assert_header(&answer, "Last-Modified", DATE);
    assert_header(&answer, "Accept-Ranges", "bytes");
    assert_header(&answer, "Content-Range", NULL);
}

static void head_says_what_get_would_without_a_body(void **state)
{
    const struct resource resource = sample();

    (void)state;
    const struct resource_answer get = decide(&resource, "GET", NULL);
    const struct resource_answer head = decide(&resource, "HEAD", NULL);

    assert_int_equal(head.status, get.status);
    assert_false(head.has_body);
    assert_true(head.has_length);
    assert_int_equal(head.length, get.length);
    assert_int_equal(head.header_count, get.header_count);
    for (size_t i = 0; i < get.header_count; i++)
        assert_header(&head, get.headers[i].name, get.headers[i].value);
}

static void one_range_is_answered_with_206(void **state)
{
    const struct resource resource = sample();

    (void)state;
    const struct resource_answer answer = decide(&resource, "GET", "bytes=900-1999");

    assert_int_equal(answer.status, 206);
    assert_true(answer.has_body);
    assert_int_equal(answer.length, 100);
    assert_int_equal(answer.range_count, 1);
    assert_int_equal(answer.ranges[0].first, 900);
    assert_int_equal(answer.ranges[0].last, 999);
    assert_header(&answer, "Content-Range", "bytes 900-999/1000");
    assert_header(&answer, "Content-Type", "audio/mpeg");
    assert_header(&answer, "ETag", "\"v1\"");
}

static void range_past_the_end_is_answered_with_416(void **state)
{
    const struct resource resource = sample();

    (void)state;
    const struct resource_answer answer = decide(&resource, "GET", "bytes=1000-");

    assert_int_equal(answer.status, 416);
    assert_false(answer.has_body);
    assert_true(answer.has_length);
    assert_int_equal(answer.length, 0);
    assert_header(&answer, "Content-Range", "bytes */1000");
}

static void empty_resource_has_a_body_of_nothing(void **state)
{
    struct resource resource = sample();

    (void)state;
    resource.size = 0;
    const struct resource_answer answer = decide(&resource, "GET", NULL);

    assert_int_equal(answer.status, 200);
    assert_true(answer.has_length);
    assert_int_equal(answer.length, 0);
    assert_int_equal(answer.range_count, 0);
    assert_int_equal(decide(&resource, "GET", "bytes=0-").status, 416);
    assert_int_equal(decide(&resource, "GET", "bytes=-5").status, 200);
}

static void unknown_content_is_called_a_stream_of_bytes(void **state)
{
    const struct resource resource = { .size = 1 };

    (void)state;
    const struct resource_answer answer = decide(&resource, "GET", NULL);

    assert_header(&answer, "Content-Type", "application/octet-stream");
    assert_header(&answer, "ETag", NULL);
    assert_header(&answer, "Last-Modified", NULL);
}

static void other_methods_are_refused_with_405(void **state)
{
    static const char *const methods[] = { "POST", "PUT", "DELETE", "OPTIONS", "get", "", "GETT" };
    struct resource resource = sample();

    (void)state;
    resource.rules.status = 503;
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        const struct resource_answer answer = decide(&resource, methods[i], NULL);

        assert_int_equal(answer.status, 405);
        assert_false(answer.has_body);
        assert_header(&answer, "Allow", "GET, HEAD");
    }
}

static void rule_no_ranges_sends_all_of_it(void **state)
{
    struct resource resource = sample();

    (void)state;
    resource.rules.no_ranges = true;
    const struct resource_answer answer = decide(&resource, "GET", "bytes=2000-");

    assert_int_equal(answer.status, 200);
    assert_int_equal(answer.length, 1000);
    assert_header(&answer, "Accept-Ranges", NULL);
    assert_header(&answer, "Content-Range", NULL);
}

static void rule_no_length_hides_the_length_everywhere(void **state)
{
    static const struct {
        const char *method;
        const char *range;
        int status;
    } rows[] = {
        { "GET", NULL, 200 },          { "HEAD", NULL, 200 },
        { "GET", "bytes=0-9", 206 },   { "GET", "bytes=0-9,20-29", 206 },
        { "GET", "bytes=2000-", 416 },
    };
    struct resource resource = sample();

    (void)state;
    resource.rules.no_length = true;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct resource_answer answer = decide(&resource, rows[i].method, rows[i].range);

        assert_int_equal(answer.status, rows[i].status);
        assert_false(answer.has_length);
    }
    resource.rules.status = 503;
    assert_false(decide(&resource, "GET", NULL).has_length);
}

static void rule_no_validators_hides_both(void **state)
{
    static const char *const ranges[] = { NULL, "bytes=0-9", "bytes=2000-" };
    struct resource resource = sample();

    (void)state;
    resource.rules.no_validators = true;
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        const struct resource_answer answer = decide(&resource, "GET", ranges[i]);

        assert_header(&answer, "ETag", NULL);
        assert_header(&answer, "Last-Modified", NULL);
    }
}

static void rule_status_is_answered_in_place_of_the_resource(void **state)
{
    static const char *const methods[] = { "GET", "HEAD" };
    struct resource resource = sample();

    (void)state;
    resource.rules.status = 503;
    resource.rules.retry_after = "120";
    resource.rules.location = "/elsewhere";
    for (size_t i = 0; i < 2; i++) {
        const struct resource_answer answer = decide(&resource, methods[i], "bytes=0-9");

        assert_int_equal(answer.status, 503);
        assert_false(answer.has_body);
        assert_true(answer.has_length);
        assert_int_equal(answer.length, 0);
        assert_header(&answer, "Retry-After", "120");
        assert_header(&answer, "Location", NULL);
        assert_header(&answer, "ETag", NULL);
    }
}

static void rule_location_goes_with_redirects(void **state)
{
    struct resource resource = sample();

    (void)state;
    resource.rules.location = "http://127.0.0.1/elsewhere";
    for (int status = 300; status < 400; status++) {
        resource.rules.status = status;
        const struct resource_answer answer = decide(&resource, "GET", NULL);

        assert_int_equal(answer.status, status);
        assert_header(&answer, "Location", "http://127.0.0.1/elsewhere");
    }
}

static void rule_head_status_spares_get(void **state)
{
    struct resource resource = sample();

    (void)state;
    resource.rules.head_status = 405;

    assert_int_equal(decide(&resource, "HEAD", NULL).status, 405);
    assert_int_equal(decide(&resource, "GET", NULL).status, 200);

    resource.rules.status = 503;
    assert_int_equal(decide(&resource, "HEAD", NULL).status, 405);
    assert_int_equal(decide(&resource, "GET", NULL).status, 503);
}

static void statuses_that_forbid_a_length_have_none(void **state)
{
    struct resource resource = sample();

    (void)state;
    resource.rules.status = 204;
    assert_false(decide(&resource, "GET", NULL).has_length);

    resource.rules.status = 304;
    assert_false(decide(&resource, "GET", NULL).has_length);
}

static void rule_wrong_content_range_replaces_the_true_one(void **state)
{
    struct resource resource = sample();

    (void)state;
    resource.rules.wrong_content_range = "bytes 7-8/9";
    const struct resource_answer answer = decide(&resource, "GET", "bytes=0-9");

    assert_header(&answer, "Content-Range", "bytes 7-8/9");
    assert_int_equal(answer.length, 10);
    const struct resource_answer whole = decide(&resource, "GET", NULL);
    assert_header(&whole, "Content-Range", NULL);
    const struct resource_answer past = decide(&resource, "GET", "bytes=2000-");
    assert_header(&past, "Content-Range", "bytes */1000");
}

static void text_that_does_not_fit_a_header_is_left_out(void **state)
{
    struct resource resource = sample();
    char longest[256];
    char too_long[257];

    (void)state;
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    memset(too_long, 'a', sizeof too_long - 1);
    too_long[sizeof too_long - 1] = '\0';
    resource.rules.status = 302;

    resource.rules.location = longest;
    const struct resource_answer fits = decide(&resource, "GET", NULL);
    resource.rules.location = too_long;
    const struct resource_answer does_not = decide(&resource, "GET", NULL);

    assert_header(&fits, "Location", longest);
    assert_header(&does_not, "Location", NULL);
}

/* Puts a multipart body together as a server would. */
static char *multipart_body(const struct resource *resource, const struct resource_answer *answer)
{
    char *body = malloc((size_t)answer->length + 1);
    size_t at = 0;

    assert_non_null(body);
    for (size_t i = 0; i <= answer->range_count; i++) {
        at += resource_part_head(resource, answer, i, body + at, (size_t)answer->length + 1 - at);
        if (i == answer->range_count)
            break;
        memset(body + at, 'a' + (int)i, answer->ranges[i].last - answer->ranges[i].first + 1);
        at += (size_t)(answer->ranges[i].last - answer->ranges[i].first + 1);
    }
    assert_int_equal(at, answer->length);
    body[at] = '\0';
    return body;
}

static void several_ranges_are_answered_in_parts_and_in_order(void **state)
{
    const struct resource resource = sample();
    char expected[1024];
    char content_type[128];

    (void)state;
    const struct resource_answer answer = decide(&resource, "GET", "bytes=20-24,0-2");
    char *body = multipart_body(&resource, &answer);

    assert_int_equal(answer.status, 206);
    assert_true(answer.is_multipart);
    assert_true(answer.has_length);
    assert_header(&answer, "Content-Range", NULL);
    (void)snprintf(content_type, sizeof content_type, "multipart/byteranges; boundary=%s",
                   answer.boundary);
    assert_header(&answer, "Content-Type", content_type);
    (void)snprintf(expected, sizeof expected,
                   "--%s\r\nContent-Type: audio/mpeg\r\nContent-Range: bytes 20-24/1000\r\n\r\n"
                   "aaaaa\r\n"
                   "--%s\r\nContent-Type: audio/mpeg\r\nContent-Range: bytes 0-2/1000\r\n\r\n"
                   "bbb\r\n--%s--\r\n",
                   answer.boundary, answer.boundary, answer.boundary);
    assert_string_equal(body, expected);
    free(body);
}

static void boundary_is_repeatable_and_depends_on_the_answer(void **state)
{
    const struct resource resource = sample();

    (void)state;
    const struct resource_answer one = decide(&resource, "GET", "bytes=0-9,20-29");
    const struct resource_answer again = decide(&resource, "GET", "bytes=0-9,20-29");
    const struct resource_answer other = decide(&resource, "GET", "bytes=0-9,20-30");

    assert_string_equal(one.boundary, again.boundary);
    assert_string_not_equal(one.boundary, other.boundary);
}

static void part_head_never_writes_past_its_room(void **state)
{
    const struct resource resource = sample();
    char whole[512];
    char text[512];

    (void)state;
    const struct resource_answer answer = decide(&resource, "GET", "bytes=0-9,20-29");
    const size_t length = resource_part_head(&resource, &answer, 1, whole, sizeof whole);

    for (size_t size = 1; size <= length + 1; size++) {
        memset(text, '#', sizeof text);
        assert_int_equal(resource_part_head(&resource, &answer, 1, text, size), length);
        assert_memory_equal(text, whole, size - 1);
        assert_int_equal(text[size - 1], '\0');
        assert_int_equal(text[size], '#');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(get_is_answered_with_all_of_it),
        cmocka_unit_test(head_says_what_get_would_without_a_body),
        cmocka_unit_test(one_range_is_answered_with_206),
        cmocka_unit_test(range_past_the_end_is_answered_with_416),
        cmocka_unit_test(empty_resource_has_a_body_of_nothing),
        cmocka_unit_test(unknown_content_is_called_a_stream_of_bytes),
        cmocka_unit_test(other_methods_are_refused_with_405),
        cmocka_unit_test(rule_no_ranges_sends_all_of_it),
        cmocka_unit_test(rule_no_length_hides_the_length_everywhere),
        cmocka_unit_test(rule_no_validators_hides_both),
        cmocka_unit_test(rule_status_is_answered_in_place_of_the_resource),
        cmocka_unit_test(rule_location_goes_with_redirects),
        cmocka_unit_test(rule_head_status_spares_get),
        cmocka_unit_test(statuses_that_forbid_a_length_have_none),
        cmocka_unit_test(rule_wrong_content_range_replaces_the_true_one),
        cmocka_unit_test(text_that_does_not_fit_a_header_is_left_out),
        cmocka_unit_test(several_ranges_are_answered_in_parts_and_in_order),
        cmocka_unit_test(boundary_is_repeatable_and_depends_on_the_answer),
        cmocka_unit_test(part_head_never_writes_past_its_room),
    };

    return run_tests("resource", tests);
}
