/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/transfer.h"

#include <stdlib.h>
#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/transfer/recorder.h"
#include "wire/resource.h"

#define URL     "http://server/a"
#define SECTION "[resource a]\nurl = " URL "\n"

static int set_up(void **state)
{
    struct recorder *recorder = calloc(1, sizeof(*recorder));
    struct transfer_options options = recorder_options(recorder);

    assert_non_null(recorder);
    assert_ok(transfer_script_new(&options, &recorder->source));
    *state = recorder;
    return 0;
}

static int tear_down(void **state)
{
    recorder_dispose(*state);
    free(*state);
    return 0;
}

static void set_origin(struct recorder *recorder, const char *ini)
{
    assert_ok(recorder->source->ops->set_origin(recorder->source, ini));
}

static const struct transfer_request head = { .key = 1, .method = METHOD_HEAD, .url = URL };
static const struct transfer_request get = { .key = 1, .method = METHOD_GET, .url = URL };

static void assert_log(const struct recorder *recorder, const char *expected)
{
    assert_string_equal(text_c(&recorder->log), expected);
}

static void nothing_happens_outside_of_poll(void **state)
{
    struct recorder *recorder = *state;

    set_origin(recorder, SECTION);
    recorder_start(recorder, &head);

    assert_log(recorder, "");
    assert_int_equal(recorder->source->ops->count(recorder->source), 1);
    assert_int_equal(recorder->source->ops->next_due_ms(recorder->source), 0);
    assert_false(recorder->source->ops->is_moving(recorder->source));
}

static void head_tells_what_the_resource_is(void **state)
{
    struct recorder *recorder = *state;

    set_origin(recorder, SECTION "size = 1000\netag = \"x\"\n");
    recorder_start(recorder, &head);
    recorder_poll(recorder, 0);

    assert_log(recorder, "1 head 200\n1 end S_OK\n");
    assert_int_equal(recorder->answer.version_major, 1);
    assert_int_equal(recorder->answer.version_minor, 1);
    assert_int_equal(recorder->answer.content_length, 1000);
    assert_string_equal(recorder->answer.etag, "\"x\"");
    assert_string_equal(recorder->answer.last_modified, "Thu, 01 Jan 2026 00:00:00 GMT");
    assert_false(recorder->has_error);
    assert_int_equal(recorder->source->ops->count(recorder->source), 0);
    assert_true(recorder->source->ops->next_due_ms(recorder->source) == UINT64_MAX);
}

static void get_delivers_the_pattern(void **state)
{
    struct recorder *recorder = *state;
    unsigned char expected[1000];

    set_origin(recorder, SECTION "size = 1000\npattern = 7\n");
    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);

    resource_pattern(7, 0, expected, sizeof(expected));
    assert_log(recorder, "1 head 200\n1 body 1000\n1 end S_OK\n");
    assert_memory_equal(recorder->body.data, expected, sizeof(expected));
}

static void a_range_delivers_its_piece(void **state)
{
    struct recorder *recorder = *state;
    struct transfer_request request = get;
    unsigned char expected[10];

    request.has_range = true;
    request.range_first = 500;
    request.range_last = 509;
    set_origin(recorder, SECTION "size = 1000\npattern = 7\n");
    recorder_start(recorder, &request);
    recorder_poll(recorder, 0);

    resource_pattern(7, 500, expected, sizeof(expected));
    assert_log(recorder, "1 head 206\n1 body 10\n1 end S_OK\n");
    assert_memory_equal(recorder->body.data, expected, sizeof(expected));
    assert_true(recorder->answer.has_content_range);
    assert_int_equal(recorder->answer.range_first, 500);
    assert_int_equal(recorder->answer.range_total, 1000);
    assert_int_equal(recorder->answer.content_length, 10);
}

static void a_text_can_be_asked_for_in_pieces_too(void **state)
{
    struct recorder *recorder = *state;
    struct transfer_request request = get;

    request.has_range = true;
    request.range_first = 6;
    request.range_last = 100;
    set_origin(recorder, SECTION "text = hello world\n");
    recorder_start(recorder, &request);
    recorder_poll(recorder, 0);

    assert_string_equal(text_c(&recorder->body), "world");
}

static void a_changed_resource_answers_412(void **state)
{
    struct recorder *recorder = *state;
    struct transfer_request request = get;

    request.if_unmodified_since = "Wed, 31 Dec 2025 00:00:00 GMT";
    set_origin(recorder, SECTION "size = 1000\n");
    recorder_start(recorder, &request);
    recorder_poll(recorder, 0);

    assert_log(recorder, "1 head 412\n1 end S_OK\n");
}

/* Each section is played for one GET. */
static void each_fault_is_played(void **state)
{
    static const struct {
        const char *keys;
        const char *log;
    } cases[] = {
        { "status = 503\n", "1 head 503\n1 end S_OK\n" },
        { "size = 5\nhead_status = 405\n", "1 head 200\n1 body 5\n1 end S_OK\n" },
        { "error = resolve\n", "1 end ERROR_WINHTTP_NAME_NOT_RESOLVED\n" },
        { "error = connect\n", "1 end ERROR_WINHTTP_CANNOT_CONNECT\n" },
        { "error = timeout\n", "1 end ERROR_WINHTTP_TIMEOUT\n" },
        { "error = reset\n", "1 end ERROR_WINHTTP_CONNECTION_ERROR\n" },
        { "error = tls\n", "1 end ERROR_WINHTTP_SECURE_FAILURE\n" },
        { "size = 10\ncut_after = 4\n",
          "1 head 200\n1 body 4\n1 end ERROR_WINHTTP_CONNECTION_ERROR\n" },
        { "size = 10\ncut_after = 10\n", "1 head 200\n1 body 10\n1 end S_OK\n" },
        { "size = 10\nstalls = yes\n", "1 head 200\n" },
        { "size = 0\nstalls = yes\n", "1 head 200\n1 end S_OK\n" },
    };
    struct recorder *recorder = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct text ini = { 0 };

        assert_ok(text_format(&ini, SECTION "%s", cases[i].keys));
        set_origin(recorder, text_c(&ini));
        recorder_start(recorder, &get);
        recorder_poll(recorder, 0);

        assert_log(recorder, cases[i].log);
        recorder->source->ops->stop(recorder->source, 1);
        recorder_clear(recorder);
        text_dispose(&ini);
    }
}

static void a_failure_comes_so_many_times(void **state)
{
    struct recorder *recorder = *state;

    set_origin(recorder, SECTION "size = 5\nstatus = 503\nfail_times = 2\n");
    for (int i = 0; i < 3; i++) {
        recorder_start(recorder, &head);
        recorder_poll(recorder, 0);
    }

    assert_log(recorder, "1 head 503\n1 end S_OK\n1 head 503\n1 end S_OK\n"
                         "1 head 200\n1 end S_OK\n");
}

static void a_head_status_is_for_head_only(void **state)
{
    struct recorder *recorder = *state;

    set_origin(recorder, SECTION "size = 5\nhead_status = 405\nfail_times = 1\n");
    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);
    recorder_start(recorder, &head);
    recorder_poll(recorder, 0);
    recorder_start(recorder, &head);
    recorder_poll(recorder, 0);

    assert_log(recorder, "1 head 200\n1 body 5\n1 end S_OK\n1 head 405\n1 end S_OK\n"
                         "1 head 200\n1 end S_OK\n");
}

static void connections_break_so_many_times(void **state)
{
    struct recorder *recorder = *state;

    set_origin(recorder, SECTION "size = 5\ncut_after = 2\ncut_times = 1\n");
    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);
    assert_int_equal(recorder->error.result, XBITS_ERROR_WINHTTP_CONNECTION_ERROR);
    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);

    assert_log(recorder, "1 head 200\n1 body 2\n1 end ERROR_WINHTTP_CONNECTION_ERROR\n"
                         "1 head 200\n1 body 5\n1 end S_OK\n");
}

static void a_failure_names_the_url(void **state)
{
    struct recorder *recorder = *state;

    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);

    assert_int_equal(recorder->result, XBITS_ERROR_WINHTTP_NAME_NOT_RESOLVED);
    assert_true(recorder->has_error);
    assert_int_equal(recorder->error.result, recorder->result);
    assert_non_null(strstr(recorder->error.message, URL));
}

static void an_unlisted_url_of_a_known_server_is_404(void **state)
{
    struct recorder *recorder = *state;
    struct transfer_request request = get;

    request.url = "http://server/other";
    set_origin(recorder, SECTION);
    recorder_start(recorder, &request);
    recorder_poll(recorder, 0);

    assert_log(recorder, "1 head 404\n1 end S_OK\n");
}

static void a_redirect_leads_to_an_absolute_url(void **state)
{
    struct recorder *recorder = *state;

    set_origin(recorder, SECTION "status = 302\nlocation = b?c\n");
    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);

    assert_int_equal(recorder->answer.status, 302);
    assert_string_equal(recorder->answer.location, "http://server/b?c");
}

static void old_versions_are_played(void **state)
{
    struct recorder *recorder = *state;

    set_origin(recorder, SECTION "size = 5\nversion = 1.0\n");
    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);
    assert_int_equal(recorder->answer.version_major, 1);
    assert_int_equal(recorder->answer.version_minor, 0);

    recorder_clear(recorder);
    set_origin(recorder, SECTION "size = 5\nversion = 0.9\n");
    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);
    assert_log(recorder, "1 head 0\n1 body 5\n1 end S_OK\n");
    assert_int_equal(recorder->answer.version_major, 0);
    assert_string_equal(recorder->answer.header_block, "");
}

static void a_body_without_length_ends_well(void **state)
{
    struct recorder *recorder = *state;

    set_origin(recorder, SECTION "size = 5\nlength = no\n");
    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);

    assert_true(recorder->answer.content_length == XBITS_SIZE_UNKNOWN);
    assert_log(recorder, "1 head 200\n1 body 5\n1 end S_OK\n");
}

static void latency_begins_with_the_first_poll(void **state)
{
    struct recorder *recorder = *state;

    set_origin(recorder, SECTION "latency_ms = 50\n");
    recorder_start(recorder, &head);
    recorder_poll(recorder, 1000);
    assert_log(recorder, "");
    assert_int_equal(recorder->source->ops->next_due_ms(recorder->source), 1050);

    recorder_poll(recorder, 1049);
    assert_log(recorder, "");
    recorder_poll(recorder, 1050);
    assert_log(recorder, "1 head 200\n1 end S_OK\n");
}

static void a_rate_spreads_the_body_over_virtual_time(void **state)
{
    static const struct {
        const char *keys;
        uint64_t end_ms;
    } cases[] = {
        { "size = 1000\nrate = 1000\n", 1000 },
        { "size = 1001\nrate = 1000\n", 1001 },
        { "size = 100000000\nrate = 50000000\n", 2000 },
        { "size = 3\nrate = 1\n", 3000 },
        { "size = 10\nrate = 3\n", 3334 },
        { "size = 1000\nrate = 1125899906842624\n", 1 },
        { "size = 1000\nrate = 1000\nlatency_ms = 500\n", 1500 },
    };
    struct recorder *recorder = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct text ini = { 0 };

        assert_ok(text_format(&ini, SECTION "%s", cases[i].keys));
        set_origin(recorder, text_c(&ini));
        recorder_start(recorder, &get);

        assert_int_equal(recorder_run(recorder, 0), cases[i].end_ms);
        assert_int_equal(recorder->result, XBITS_S_OK);
        assert_int_equal(recorder->body.length, recorder->answer.content_length);
        recorder_clear(recorder);
        text_dispose(&ini);
    }
}

static void a_slow_body_arrives_byte_by_byte(void **state)
{
    struct recorder *recorder = *state;

    set_origin(recorder, SECTION "size = 3\nrate = 1\n");
    recorder_start(recorder, &get);
    recorder_run(recorder, 0);

    assert_log(recorder, "1 head 200\n1 body 1\n1 body 1\n1 body 1\n1 end S_OK\n");
}

static void a_jump_of_time_delivers_all_that_has_arrived(void **state)
{
    struct recorder *recorder = *state;

    set_origin(recorder, SECTION "size = 1000\nrate = 100\n");
    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);
    recorder_poll(recorder, 5000);
    assert_log(recorder, "1 head 200\n1 body 500\n");

    recorder_poll(recorder, 60000);
    assert_log(recorder, "1 head 200\n1 body 500\n1 body 500\n1 end S_OK\n");
}

static void a_stalled_body_is_not_due_until_it_is_stopped(void **state)
{
    struct recorder *recorder = *state;

    set_origin(recorder, SECTION "size = 1000\nstalls = yes\n");
    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);

    assert_true(recorder->source->ops->next_due_ms(recorder->source) == UINT64_MAX);
    recorder_poll(recorder, UINT64_MAX);
    assert_int_equal(recorder->source->ops->count(recorder->source), 1);
    recorder->source->ops->stop(recorder->source, 1);
    assert_int_equal(recorder->source->ops->count(recorder->source), 0);
    assert_log(recorder, "1 head 200\n");
}

static void large_bodies_take_turns(void **state)
{
    struct recorder *recorder = *state;
    struct transfer_request second = get;
    size_t polls = 0;

    second.key = 2;
    set_origin(recorder, SECTION "size = 3145728\n");
    recorder_start(recorder, &get);
    recorder_start(recorder, &second);
    for (; recorder->ends == 0; polls++)
        recorder_poll(recorder, 0);

    assert_int_equal(polls, 3);
    assert_int_equal(recorder->ends, 2);
    assert_int_equal(recorder->body.length, 2 * 3145728);
}

static void a_refused_head_ends_with_the_listeners_result(void **state)
{
    struct recorder *recorder = *state;

    recorder->refuse_head = XBITS_BG_E_MISSING_FILE_SIZE;
    set_origin(recorder, SECTION "size = 5\n");
    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);

    assert_log(recorder, "1 head 200\n1 end BG_E_MISSING_FILE_SIZE\n");
    assert_non_null(strstr(recorder->error.message, "the listener refused"));
}

static void a_refused_body_ends_with_the_listeners_result(void **state)
{
    struct recorder *recorder = *state;

    recorder->refuse_body = XBITS_ERROR_DISK_FULL;
    set_origin(recorder, SECTION "size = 1000000\n");
    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);

    assert_log(recorder, "1 head 200\n1 body 65536\n1 end ERROR_DISK_FULL\n");
}

static void a_stopped_transfer_is_not_heard_of_again(void **state)
{
    struct recorder *recorder = *state;

    set_origin(recorder, SECTION "size = 1000000\nlatency_ms = 5\n");
    recorder_start(recorder, &get);
    recorder->source->ops->stop(recorder->source, 1); /* Before the first poll. */
    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);
    recorder->source->ops->stop(recorder->source, 1);  /* Waiting for its latency. */
    recorder->source->ops->stop(recorder->source, 99); /* Unknown. */
    recorder_poll(recorder, 100);

    assert_log(recorder, "");
    assert_int_equal(recorder->source->ops->count(recorder->source), 0);
    assert_true(recorder->source->ops->next_due_ms(recorder->source) == UINT64_MAX);
}

static void a_listener_may_stop_its_own_transfer(void **state)
{
    struct recorder *recorder = *state;

    set_origin(recorder, SECTION "size = 1000000\n");
    recorder->stop_at_head = 1;
    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);
    assert_log(recorder, "1 head 200\n");

    recorder_clear(recorder);
    recorder->stop_at_body = 1;
    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);
    recorder_poll(recorder, 0);
    assert_log(recorder, "1 head 200\n1 body 65536\n");
    assert_int_equal(recorder->source->ops->count(recorder->source), 0);
}

static void a_listener_may_stop_one_that_comes_later_in_the_same_poll(void **state)
{
    struct recorder *recorder = *state;
    struct transfer_request second = get;

    second.key = 2;
    recorder->stop_at_head = 2;
    recorder->stopped_key = 1;
    set_origin(recorder, SECTION "size = 5\n");
    recorder_start(recorder, &second);
    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);

    assert_log(recorder, "2 head 200\n2 body 5\n2 end S_OK\n");
}

static void a_listener_may_use_the_key_again_when_it_ended(void **state)
{
    struct recorder *recorder = *state;

    recorder->start_at_end = &get;
    set_origin(recorder, SECTION "size = 5\n");
    recorder_start(recorder, &head);
    recorder_poll(recorder, 0);
    assert_log(recorder, "1 head 200\n1 end S_OK\n");
    assert_int_equal(recorder->source->ops->next_due_ms(recorder->source), 0);

    recorder_poll(recorder, 0);
    assert_log(recorder, "1 head 200\n1 end S_OK\n1 head 200\n1 body 5\n1 end S_OK\n");
}

static void a_new_origin_does_not_touch_what_is_under_way(void **state)
{
    struct recorder *recorder = *state;

    set_origin(recorder, SECTION "text = old\nlatency_ms = 10\n");
    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);
    set_origin(recorder, SECTION "text = new\n");
    recorder_poll(recorder, 10);

    assert_string_equal(text_c(&recorder->body), "old");
}

static void a_bad_origin_leaves_the_old_one(void **state)
{
    struct recorder *recorder = *state;

    set_origin(recorder, SECTION "text = old\n");
    assert_fails(XBITS_E_INVALIDARG, recorder->source->ops->set_origin(recorder->source, SECTION
                                                                       "text = new\nx = y\n"));
    recorder_start(recorder, &get);
    recorder_poll(recorder, 0);

    assert_string_equal(text_c(&recorder->body), "old");
}

/* The same calls give the same reports. */
static void a_run_repeats(void **state)
{
    static const char ini[] = SECTION "size = 300000\nrate = 100000\nlatency_ms = 7\n"
                                      "[resource b]\nurl = http://server/b\nsize = 90000\n"
                                      "rate = 70000\ncut_after = 80000\n";
    struct recorder *recorder = *state;
    char *first = NULL;

    for (int run = 0; run < 2; run++) {
        recorder_clear(recorder);
        set_origin(recorder, ini);
        for (uint64_t key = 1; key <= 20; key++) {
            struct transfer_request request = get;

            request.key = key;
            request.url = key % 2 == 0 ? URL : "http://server/b";
            recorder_start(recorder, &request);
        }
        recorder_run(recorder, 0);
        if (run == 0)
            assert_ok(text_copy(text_c(&recorder->log), &first));
    }

    assert_log(recorder, first);
    free(first);
}

static void a_source_can_be_freed_with_transfers_in_every_stage(void **state)
{
    struct recorder *recorder = *state;
    struct transfer_request request = get;

    set_origin(recorder, SECTION "size = 1000\nstalls = yes\n");
    recorder_start(recorder, &request);
    recorder_poll(recorder, 0);
    set_origin(recorder, SECTION "size = 1000\nlatency_ms = 5\n");
    request.key = 2;
    recorder_start(recorder, &request);
    recorder_poll(recorder, 0);
    request.key = 3;
    recorder_start(recorder, &request);
    request.key = 4;
    recorder_start(recorder, &request);
    recorder->source->ops->stop(recorder->source, 4);

    assert_int_equal(recorder->source->ops->count(recorder->source), 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_happens_outside_of_poll),
        TEST(head_tells_what_the_resource_is),
        TEST(get_delivers_the_pattern),
        TEST(a_range_delivers_its_piece),
        TEST(a_text_can_be_asked_for_in_pieces_too),
        TEST(a_changed_resource_answers_412),
        TEST(each_fault_is_played),
        TEST(a_failure_comes_so_many_times),
        TEST(a_head_status_is_for_head_only),
        TEST(connections_break_so_many_times),
        TEST(a_failure_names_the_url),
        TEST(an_unlisted_url_of_a_known_server_is_404),
        TEST(a_redirect_leads_to_an_absolute_url),
        TEST(old_versions_are_played),
        TEST(a_body_without_length_ends_well),
        TEST(latency_begins_with_the_first_poll),
        TEST(a_rate_spreads_the_body_over_virtual_time),
        TEST(a_slow_body_arrives_byte_by_byte),
        TEST(a_jump_of_time_delivers_all_that_has_arrived),
        TEST(a_stalled_body_is_not_due_until_it_is_stopped),
        TEST(large_bodies_take_turns),
        TEST(a_refused_head_ends_with_the_listeners_result),
        TEST(a_refused_body_ends_with_the_listeners_result),
        TEST(a_stopped_transfer_is_not_heard_of_again),
        TEST(a_listener_may_stop_its_own_transfer),
        TEST(a_listener_may_stop_one_that_comes_later_in_the_same_poll),
        TEST(a_listener_may_use_the_key_again_when_it_ended),
        TEST(a_new_origin_does_not_touch_what_is_under_way),
        TEST(a_bad_origin_leaves_the_old_one),
        TEST(a_run_repeats),
        TEST(a_source_can_be_freed_with_transfers_in_every_stage),
    };

    return run_tests("transfer_script", tests);
}
