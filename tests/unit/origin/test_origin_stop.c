/* SPDX-License-Identifier: MIT */
#include "origin/origin.h"

#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/origin/http_client.h"

#include <stdlib.h>
#include <string.h>

#define CLIENTS 40

static struct origin *start(const struct origin_resource *resource)
{
    const struct origin_options options = { 0 };
    struct origin *origin = NULL;

    assert_ok(origin_start(&options, &origin));
    assert_ok(origin_put(origin, resource));
    return origin;
}

/* Opens so many connections, each with its head read and its body under way. */
static void open_all(struct origin *origin, int connections[CLIENTS])
{
    struct reply reply;

    for (size_t i = 0; i < CLIENTS; i++) {
        connections[i] = client_open(origin_port(origin), "GET /a HTTP/1.1\r\nHost: o\r\n\r\n");
        client_read_head(connections[i], &reply);
        assert_int_equal(reply.head.status, 200);
        reply_dispose(&reply);
    }
}

/* Every connection ends, with so many bytes at most. */
static void assert_all_ended(const int connections[CLIENTS], size_t size)
{
    for (size_t i = 0; i < CLIENTS; i++) {
        struct reply rest = { 0 };

        client_read_rest(connections[i], &rest);
        assert_true(rest.body_size <= size);
        client_close(connections[i]);
        reply_dispose(&rest);
    }
}

static void stop_ends_stalled_answers(void **state)
{
    const struct origin_resource resource = { .path = "/a", .size = 1000, .stalls = true };
    int connections[CLIENTS];

    (void)state;
    struct origin *origin = start(&resource);
    open_all(origin, connections);

    origin_stop(origin);

    assert_all_ended(connections, 0);
}

static void stop_ends_slow_answers(void **state)
{
    const struct origin_resource resource = { .path = "/a", .size = 1000000, .rate = 1000 };
    int connections[CLIENTS];

    (void)state;
    struct origin *origin = start(&resource);
    open_all(origin, connections);

    origin_stop(origin);

    assert_all_ended(connections, 999999);
}

static void stop_ends_answers_nobody_reads(void **state)
{
    const struct origin_resource resource = { .path = "/a", .size = UINT64_C(1) << 40 };
    int connections[CLIENTS];

    (void)state;
    struct origin *origin = start(&resource);
    open_all(origin, connections);

    origin_stop(origin);

    for (size_t i = 0; i < CLIENTS; i++)
        client_close(connections[i]);
}

static void stop_ends_idle_connections(void **state)
{
    const struct origin_resource resource = { .path = "/a", .size = 0 };
    int connections[CLIENTS];

    (void)state;
    struct origin *origin = start(&resource);
    open_all(origin, connections);

    origin_stop(origin);

    assert_all_ended(connections, 0);
}

static void stalled_answer_is_head_only(void **state)
{
    const struct origin_resource resource = { .path = "/a", .size = 1000, .stalls = true };

    (void)state;
    struct origin *origin = start(&resource);
    struct reply reply = client_ask(origin_port(origin), "HEAD", "/a", "");

    assert_int_equal(reply.head.content_length, 1000);
    reply_dispose(&reply);
    origin_stop(origin);
}

static void client_that_leaves_a_stalled_answer_is_noticed(void **state)
{
    const struct origin_resource resource = { .path = "/a", .size = 1000, .stalls = true };
    struct reply reply;

    (void)state;
    struct origin *origin = start(&resource);
    const int connection = client_open(origin_port(origin), "GET /a HTTP/1.1\r\nHost: o\r\n\r\n");
    client_read_head(connection, &reply);
    client_close(connection);

    char *line = origin_request_json(origin, 0);

    assert_non_null(line);
    assert_non_null(strstr(line, "\"body_bytes\":0,\"whole\":false"));
    free(line);
    reply_dispose(&reply);
    origin_stop(origin);
}

static void port_is_free_again_after_stop(void **state)
{
    struct origin_options options = { 0 };
    struct origin *origin = NULL;
    struct origin *second = NULL;

    (void)state;
    assert_ok(origin_start(&options, &origin));
    options.port = origin_port(origin);
    assert_true(options.port != 0);
    assert_fails(XBITS_WSAEADDRINUSE, origin_start(&options, &second));
    assert_message("127.0.0.1");

    origin_stop(origin);

    assert_ok(origin_start(&options, &second));
    assert_int_equal(origin_port(second), options.port);
    origin_stop(second);
}

static void address_is_bound_as_given(void **state)
{
    struct origin_options options = { .address = "localhost" };
    struct origin *origin = NULL;

    (void)state;
    assert_fails(XBITS_E_INVALIDARG, origin_start(&options, &origin));
    assert_message("localhost");

    options.address = "0.0.0.0";
    assert_ok(origin_start(&options, &origin));
    struct reply reply = client_ask(origin_port(origin), "GET", "/", "");
    assert_int_equal(reply.head.status, 404);
    reply_dispose(&reply);
    origin_stop(origin);
}

static void bad_rules_are_refused(void **state)
{
    const struct origin_options options = { .rules.status = 99 };
    struct origin *origin = NULL;

    (void)state;

    assert_fails(XBITS_E_INVALIDARG, origin_start(&options, &origin));
    assert_null(origin);
    origin_stop(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stop_ends_stalled_answers),
        cmocka_unit_test(stop_ends_slow_answers),
        cmocka_unit_test(stop_ends_answers_nobody_reads),
        cmocka_unit_test(stop_ends_idle_connections),
        cmocka_unit_test(stalled_answer_is_head_only),
        cmocka_unit_test(client_that_leaves_a_stalled_answer_is_noticed),
        cmocka_unit_test(port_is_free_again_after_stop),
        cmocka_unit_test(address_is_bound_as_given),
        cmocka_unit_test(bad_rules_are_refused),
    };

    return run_tests("origin_stop", tests);
}
