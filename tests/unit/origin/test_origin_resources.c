/* SPDX-License-Identifier: MIT */
#include "origin/origin.h"

#include "base/clock.h"
#include "base/thread.h"
#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/origin/http_client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIZE 200000u

static int set_up(void **state)
{
    const struct origin_options options = { 0 };
    struct origin *origin = NULL;

    assert_ok(origin_start(&options, &origin));
    *state = origin;
    return 0;
}

static int tear_down(void **state)
{
    origin_stop(*state);
    return 0;
}

static void put(struct origin *origin, struct origin_resource resource)
{
    if (resource.path == NULL)
        resource.path = "/a.bin";
    assert_ok(origin_put(origin, &resource));
}

static struct reply get(struct origin *origin, const char *headers)
{
    return client_ask(origin_port(origin), "GET", "/a.bin", headers);
}

static void assert_status(struct origin *origin, const char *method, int status)
{
    struct reply reply = client_ask(origin_port(origin), method, "/a.bin", "");

    if (reply.head.status != status)
        fail_msg("%s is answered with %d in place of %d", method, reply.head.status, status);
    reply_dispose(&reply);
}

static void assert_pattern(const char *body, size_t size, uint64_t seed, uint64_t offset)
{
    char *expected = malloc(size + 1);

    assert_non_null(expected);
    resource_pattern(seed, offset, expected, size);
    assert_memory_equal(body, expected, size);
    free(expected);
}

static void resource_is_made_of_its_pattern(void **state)
{
    struct origin *origin = *state;

    put(origin, (struct origin_resource){ .size = SIZE, .pattern = 5, .etag = "\"x\"" });
    struct reply whole = get(origin, "");
    struct reply part = get(origin, "Range: bytes=12345-99999\r\n");

    assert_int_equal(whole.head.status, 200);
    assert_int_equal(whole.body_size, SIZE);
    assert_pattern(whole.body, whole.body_size, 5, 0);
    assert_string_equal(reply_header(&whole, "ETag"), "\"x\"");
    assert_string_equal(reply_header(&whole, "Last-Modified"), "");
    assert_int_equal(part.head.status, 206);
    assert_int_equal(part.body_size, 99999 - 12345 + 1);
    assert_pattern(part.body, part.body_size, 5, 12345);
    reply_dispose(&whole);
    reply_dispose(&part);
}

static void resource_larger_than_memory_is_made_as_it_is_read(void **state)
{
    struct origin *origin = *state;

    put(origin, (struct origin_resource){ .size = UINT64_C(1) << 50, .pattern = 9 });
    struct reply part = get(origin, "Range: bytes=-1000\r\n");

    assert_int_equal(part.body_size, 1000);
    assert_pattern(part.body, part.body_size, 9, (UINT64_C(1) << 50) - 1000);
    reply_dispose(&part);
}

static void resource_is_made_of_given_bytes(void **state)
{
    struct origin *origin = *state;
    char body[] = "bytes\0with a NUL";
    const struct origin_resource resource = {
        .path = "/a.bin", .size = sizeof body, .body = body, .modified = CLOCK_VIRTUAL_START
    };

    assert_ok(origin_put(origin, &resource));
    memset(body, '#', sizeof body);
    struct reply reply = get(origin, "");

    assert_int_equal(reply.body_size, sizeof body);
    assert_memory_equal(reply.body, "bytes\0with a NUL", sizeof body);
    assert_string_equal(reply_header(&reply, "Last-Modified"), "Thu, 01 Jan 2026 00:00:00 GMT");
    reply_dispose(&reply);
}

static void resource_is_replaced_and_removed(void **state)
{
    struct origin *origin = *state;

    assert_status(origin, "GET", 404);
    put(origin, (struct origin_resource){ .size = 1 });
    put(origin, (struct origin_resource){ .path = "/b.bin", .size = 3 });
    put(origin, (struct origin_resource){ .size = 2 });
    struct reply reply = get(origin, "");
    assert_int_equal(reply.body_size, 2);
    reply_dispose(&reply);

    origin_remove(origin, "/a.bin");
    origin_remove(origin, "/a.bin");

    assert_status(origin, "GET", 404);
    reply = client_ask(origin_port(origin), "GET", "/b.bin", "");
    assert_int_equal(reply.body_size, 3);
    reply_dispose(&reply);
}

static void fixed_statuses_have_no_body(void **state)
{
    static const int statuses[] = { 200, 204, 301, 304, 401, 403, 404, 405, 412, 500, 503, 599 };
    static const char *const methods[] = { "GET", "HEAD" };
    struct origin *origin = *state;

    for (size_t i = 0; i < 2 * (sizeof statuses / sizeof statuses[0]); i++) {
        const int status = statuses[i / 2];

        put(origin, (struct origin_resource){ .size = 10, .rules.status = status });
        struct reply reply = client_ask(origin_port(origin), methods[i % 2], "/a.bin", "");

        assert_int_equal(reply.head.status, status);
        assert_int_equal(reply.body_size, 0);
        assert_string_equal(reply_header(&reply, "Transfer-Encoding"), "");
        if (reply.head.has_content_length)
            assert_int_equal(reply.head.content_length, 0);
        reply_dispose(&reply);
    }
}

static void redirect_names_its_place(void **state)
{
    struct origin *origin = *state;

    put(origin,
        (struct origin_resource){
            .size = 10, .rules = { .status = 302, .location = "/b.bin", .retry_after = "7" } });
    struct reply reply = get(origin, "");

    assert_int_equal(reply.head.status, 302);
    assert_string_equal(reply_header(&reply, "Location"), "/b.bin");
    assert_string_equal(reply_header(&reply, "Retry-After"), "7");
    reply_dispose(&reply);
}

static void failure_ends_after_so_many_times(void **state)
{
    struct origin *origin = *state;

    put(origin, (struct origin_resource){ .size = 10, .rules.status = 503, .fail_times = 3 });

    assert_status(origin, "HEAD", 503);
    assert_status(origin, "POST", 405);
    assert_status(origin, "GET", 503);
    assert_status(origin, "GET", 503);
    assert_status(origin, "GET", 200);
    assert_status(origin, "HEAD", 200);
}

static void failure_without_a_number_never_ends(void **state)
{
    struct origin *origin = *state;

    put(origin, (struct origin_resource){ .size = 10, .rules.status = 503 });
    for (int i = 0; i < 5; i++)
        assert_status(origin, "GET", 503);
}

static void head_can_fail_alone(void **state)
{
    struct origin *origin = *state;

    put(origin, (struct origin_resource){ .size = 10, .rules.head_status = 405 });

    assert_status(origin, "HEAD", 405);
    assert_status(origin, "GET", 200);
}

static void answer_is_cut_at_the_byte(void **state)
{
    static const uint64_t cuts[] = { 1, 1000, 131072, 131073, SIZE - 1 };
    struct origin *origin = *state;

    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
        put(origin, (struct origin_resource){ .size = SIZE, .cut_after = cuts[i], .cut_times = 2 });
        for (int time = 0; time < 3; time++) {
            struct reply reply = get(origin, "");

            assert_int_equal(reply.head.status, 200);
            assert_int_equal(reply.head.content_length, SIZE);
            assert_int_equal(reply.body_size, time < 2 ? cuts[i] : SIZE);
            assert_pattern(reply.body, reply.body_size, 0, 0);
            reply_dispose(&reply);
        }
    }
}

static void answer_shorter_than_the_cut_comes_whole(void **state)
{
    struct origin *origin = *state;

    put(origin, (struct origin_resource){ .size = SIZE, .cut_after = 1000 });
    struct reply part = get(origin, "Range: bytes=500-999\r\n");
    struct reply long_part = get(origin, "Range: bytes=500-2999\r\n");

    assert_int_equal(part.body_size, 500);
    assert_int_equal(long_part.head.content_length, 2500);
    assert_int_equal(long_part.body_size, 1000);
    reply_dispose(&part);
    reply_dispose(&long_part);
}

static void answer_without_a_length_is_cut_without_its_end(void **state)
{
    struct origin *origin = *state;

    put(origin,
        (struct origin_resource){ .size = SIZE, .cut_after = 1000, .rules.no_length = true });
    struct reply reply = get(origin, "");

    assert_string_equal(reply_header(&reply, "Transfer-Encoding"), "chunked");
    assert_in_range(reply.body_size, 1000, 1100);
    assert_null(strstr(reply.body + reply.body_size - 7, "0\r\n\r\n"));
    reply_dispose(&reply);
}

static void resource_has_its_own_rate(void **state)
{
    struct origin *origin = *state;

    put(origin, (struct origin_resource){ .size = 20000, .rate = 100000, .pattern = 2 });
    const uint64_t begun_ms = clock_ms(clock_system());
    struct reply reply = get(origin, "");
    const uint64_t took_ms = clock_ms(clock_system()) - begun_ms;

    assert_int_equal(reply.body_size, 20000);
    assert_pattern(reply.body, reply.body_size, 2, 0);
    assert_true(took_ms >= 145);
    reply_dispose(&reply);
}

static void wrong_content_range_is_sent_as_given(void **state)
{
    struct origin *origin = *state;

    put(origin,
        (struct origin_resource){ .size = 100, .rules.wrong_content_range = "bytes 1-2/3" });
    struct reply reply = get(origin, "Range: bytes=0-9\r\n");

    assert_string_equal(reply_header(&reply, "Content-Range"), "bytes 1-2/3");
    assert_int_equal(reply.body_size, 10);
    reply_dispose(&reply);
}

static void resource_that_cannot_be_sent_is_refused(void **state)
{
    static const struct origin_resource rows[] = {
        { .path = NULL },
        { .path = "a.bin" },
        { .path = "/a", .etag = "\"a\r\nX: y\"" },
        { .path = "/a", .rules.status = 100 },
        { .path = "/a", .rules.status = 1000 },
        { .path = "/a", .rules.status = -1 },
        { .path = "/a", .rules.head_status = 199 },
        { .path = "/a", .rules.location = "/b\n" },
        { .path = "/a", .rules.retry_after = "\x7F" },
        { .path = "/a", .rules.wrong_content_range = "\x01" },
    };
    struct origin *origin = *state;
    char too_long[257];

    memset(too_long, 'a', sizeof too_long - 1);
    too_long[sizeof too_long - 1] = '\0';
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_fails(XBITS_E_INVALIDARG, origin_put(origin, &rows[i]));
    const struct origin_resource long_text = { .path = "/a", .rules.location = too_long };
    assert_fails(XBITS_E_INVALIDARG, origin_put(origin, &long_text));
    assert_message("location");
}

#define CLIENTS  6
#define REQUESTS 25

struct client {
    uint16_t port;
    unsigned number;
    unsigned failures;
};

/* Asserts belong to the test's own thread; here failures are counted. */
static void run_client(void *user)
{
    struct client *client = user;
    char expected[5000];

    for (unsigned i = 0; i < REQUESTS; i++) {
        const unsigned first = client->number * 1000 + i * 17;
        char headers[64];

        (void)snprintf(headers, sizeof headers, "Range: bytes=%u-%u\r\n", first, first + 4999);
        struct reply reply = client_ask(client->port, "GET", "/a.bin", headers);
        resource_pattern(4, first, expected, sizeof expected);
        client->failures += reply.body_size != sizeof expected ||
                            memcmp(reply.body, expected, sizeof expected) != 0;
        reply_dispose(&reply);
    }
}

static void clients_are_served_at_the_same_time(void **state)
{
    struct origin *origin = *state;
    struct client clients[CLIENTS];
    struct thread *threads[CLIENTS];

    put(origin, (struct origin_resource){ .size = SIZE, .pattern = 4 });
    for (unsigned i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){ .port = origin_port(origin), .number = i };
        assert_ok(thread_start(run_client, &clients[i], &threads[i]));
    }
    /* Replaced all the while: what is being sent must not be touched. */
    for (unsigned i = 0; i < 100; i++)
        put(origin, (struct origin_resource){ .size = SIZE, .pattern = 4 });
    for (unsigned i = 0; i < CLIENTS; i++)
        thread_join(threads[i]);

    for (unsigned i = 0; i < CLIENTS; i++)
        assert_int_equal(clients[i].failures, 0);
    assert_int_equal(origin_request_count(origin, "/a.bin", "GET"), CLIENTS * REQUESTS);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(resource_is_made_of_its_pattern),
        TEST(resource_larger_than_memory_is_made_as_it_is_read),
        TEST(resource_is_made_of_given_bytes),
        TEST(resource_is_replaced_and_removed),
        TEST(fixed_statuses_have_no_body),
        TEST(redirect_names_its_place),
        TEST(failure_ends_after_so_many_times),
        TEST(failure_without_a_number_never_ends),
        TEST(head_can_fail_alone),
        TEST(answer_is_cut_at_the_byte),
        TEST(answer_shorter_than_the_cut_comes_whole),
        TEST(answer_without_a_length_is_cut_without_its_end),
        TEST(resource_has_its_own_rate),
        TEST(wrong_content_range_is_sent_as_given),
        TEST(resource_that_cannot_be_sent_is_refused),
        TEST(clients_are_served_at_the_same_time),
    };

    return run_tests("origin_resources", tests);
}
