/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/transfer.h"

#include "support/assert_result.h"
#include "unit/transfer/script_fixture.h"

#include <stdlib.h>
#include <string.h>

static void latency_begins_with_the_first_poll(void **state)
{
    struct recorder *recorder = *state;

    script_set_origin(recorder, SCRIPT_SECTION "latency_ms = 50\n");
    recorder_start(recorder, &script_head);
    recorder_poll(recorder, 1000);
    script_assert_log(recorder, "");
    assert_int_equal(recorder->source->ops->next_due_ms(recorder->source), 1050);

    recorder_poll(recorder, 1049);
    script_assert_log(recorder, "");
    recorder_poll(recorder, 1050);
    script_assert_log(recorder, "1 head 200\n1 end S_OK\n");
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

        assert_ok(text_format(&ini, SCRIPT_SECTION "%s", cases[i].keys));
        script_set_origin(recorder, text_c(&ini));
        recorder_start(recorder, &script_get);

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

    script_set_origin(recorder, SCRIPT_SECTION "size = 3\nrate = 1\n");
    recorder_start(recorder, &script_get);
    recorder_run(recorder, 0);

    script_assert_log(recorder, "1 head 200\n1 body 1\n1 body 1\n1 body 1\n1 end S_OK\n");
}

static void a_jump_of_time_delivers_all_that_has_arrived(void **state)
{
    struct recorder *recorder = *state;

    script_set_origin(recorder, SCRIPT_SECTION "size = 1000\nrate = 100\n");
    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);
    recorder_poll(recorder, 5000);
    script_assert_log(recorder, "1 head 200\n1 body 500\n");

    recorder_poll(recorder, 60000);
    script_assert_log(recorder, "1 head 200\n1 body 500\n1 body 500\n1 end S_OK\n");
}

static void a_stalled_body_is_not_due_until_it_is_stopped(void **state)
{
    struct recorder *recorder = *state;

    script_set_origin(recorder, SCRIPT_SECTION "size = 1000\nstalls = yes\n");
    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);

    assert_true(recorder->source->ops->next_due_ms(recorder->source) == UINT64_MAX);
    recorder_poll(recorder, UINT64_MAX);
    assert_int_equal(recorder->source->ops->count(recorder->source), 1);
    recorder->source->ops->stop(recorder->source, 1);
    assert_int_equal(recorder->source->ops->count(recorder->source), 0);
    script_assert_log(recorder, "1 head 200\n");
}

static void large_bodies_take_turns(void **state)
{
    struct recorder *recorder = *state;
    struct transfer_request second = script_get;
    size_t polls = 0;

    second.key = 2;
    script_set_origin(recorder, SCRIPT_SECTION "size = 3145728\n");
    recorder_start(recorder, &script_get);
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
    script_set_origin(recorder, SCRIPT_SECTION "size = 5\n");
    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);

    script_assert_log(recorder, "1 head 200\n1 end BG_E_MISSING_FILE_SIZE\n");
    assert_non_null(strstr(recorder->error.message, "the listener refused"));
}

static void a_refused_body_ends_with_the_listeners_result(void **state)
{
    struct recorder *recorder = *state;

    recorder->refuse_body = XBITS_ERROR_DISK_FULL;
    script_set_origin(recorder, SCRIPT_SECTION "size = 1000000\n");
    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);

    script_assert_log(recorder, "1 head 200\n1 body 65536\n1 end ERROR_DISK_FULL\n");
}

static void a_stopped_transfer_is_not_heard_of_again(void **state)
{
    struct recorder *recorder = *state;

    script_set_origin(recorder, SCRIPT_SECTION "size = 1000000\nlatency_ms = 5\n");
    recorder_start(recorder, &script_get);
    recorder->source->ops->stop(recorder->source, 1); /* Before the first poll. */
    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);
    recorder->source->ops->stop(recorder->source, 1);  /* Waiting for its latency. */
    recorder->source->ops->stop(recorder->source, 99); /* Unknown. */
    recorder_poll(recorder, 100);

    script_assert_log(recorder, "");
    assert_int_equal(recorder->source->ops->count(recorder->source), 0);
    assert_true(recorder->source->ops->next_due_ms(recorder->source) == UINT64_MAX);
}

static void a_listener_may_stop_its_own_transfer(void **state)
{
    struct recorder *recorder = *state;

    script_set_origin(recorder, SCRIPT_SECTION "size = 1000000\n");
    recorder->stop_at_head = 1;
    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);
    script_assert_log(recorder, "1 head 200\n");

    recorder_clear(recorder);
    recorder->stop_at_body = 1;
    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);
    recorder_poll(recorder, 0);
    script_assert_log(recorder, "1 head 200\n1 body 65536\n");
    assert_int_equal(recorder->source->ops->count(recorder->source), 0);
}

static void a_listener_may_stop_one_that_comes_later_in_the_same_poll(void **state)
{
    struct recorder *recorder = *state;
    struct transfer_request second = script_get;

    second.key = 2;
    recorder->stop_at_head = 2;
    recorder->stopped_key = 1;
    script_set_origin(recorder, SCRIPT_SECTION "size = 5\n");
    recorder_start(recorder, &second);
    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);

    script_assert_log(recorder, "2 head 200\n2 body 5\n2 end S_OK\n");
}

static void a_listener_may_use_the_key_again_when_it_ended(void **state)
{
    struct recorder *recorder = *state;

    recorder->start_at_end = &script_get;
    script_set_origin(recorder, SCRIPT_SECTION "size = 5\n");
    recorder_start(recorder, &script_head);
    recorder_poll(recorder, 0);
    script_assert_log(recorder, "1 head 200\n1 end S_OK\n");
    assert_int_equal(recorder->source->ops->next_due_ms(recorder->source), 0);

    recorder_poll(recorder, 0);
    script_assert_log(recorder, "1 head 200\n1 end S_OK\n1 head 200\n1 body 5\n1 end S_OK\n");
}

static void a_new_origin_does_not_touch_what_is_under_way(void **state)
{
    struct recorder *recorder = *state;

    script_set_origin(recorder, SCRIPT_SECTION "text = old\nlatency_ms = 10\n");
    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);
    script_set_origin(recorder, SCRIPT_SECTION "text = new\n");
    recorder_poll(recorder, 10);

    assert_string_equal(text_c(&recorder->body), "old");
}

static void a_bad_origin_leaves_the_old_one(void **state)
{
    struct recorder *recorder = *state;

    script_set_origin(recorder, SCRIPT_SECTION "text = old\n");
    assert_fails(XBITS_E_INVALIDARG, recorder->source->ops->set_origin(
                                         recorder->source, SCRIPT_SECTION "text = new\nx = y\n"));
    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);

    assert_string_equal(text_c(&recorder->body), "old");
}

/* The same calls give the same reports. */
static void a_run_repeats(void **state)
{
    static const char ini[] = SCRIPT_SECTION "size = 300000\nrate = 100000\nlatency_ms = 7\n"
                                             "[resource b]\nurl = http://server/b\nsize = 90000\n"
                                             "rate = 70000\ncut_after = 80000\n";
    struct recorder *recorder = *state;
    char *first = NULL;

    for (int run = 0; run < 2; run++) {
        recorder_clear(recorder);
        script_set_origin(recorder, ini);
        for (uint64_t key = 1; key <= 20; key++) {
            struct transfer_request request = script_get;

            request.key = key;
            request.url = key % 2 == 0 ? SCRIPT_URL : "http://server/b";
            recorder_start(recorder, &request);
        }
        recorder_run(recorder, 0);
        if (run == 0)
            assert_ok(text_copy(text_c(&recorder->log), &first));
    }

    script_assert_log(recorder, first);
    free(first);
}

static void a_source_can_be_freed_with_transfers_in_every_stage(void **state)
{
    struct recorder *recorder = *state;
    struct transfer_request request = script_get;

    script_set_origin(recorder, SCRIPT_SECTION "size = 1000\nstalls = yes\n");
    recorder_start(recorder, &request);
    recorder_poll(recorder, 0);
    script_set_origin(recorder, SCRIPT_SECTION "size = 1000\nlatency_ms = 5\n");
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRIPT_TEST(latency_begins_with_the_first_poll),
        SCRIPT_TEST(a_rate_spreads_the_body_over_virtual_time),
        SCRIPT_TEST(a_slow_body_arrives_byte_by_byte),
        SCRIPT_TEST(a_jump_of_time_delivers_all_that_has_arrived),
        SCRIPT_TEST(a_stalled_body_is_not_due_until_it_is_stopped),
        SCRIPT_TEST(large_bodies_take_turns),
        SCRIPT_TEST(a_refused_head_ends_with_the_listeners_result),
        SCRIPT_TEST(a_refused_body_ends_with_the_listeners_result),
        SCRIPT_TEST(a_stopped_transfer_is_not_heard_of_again),
        SCRIPT_TEST(a_listener_may_stop_its_own_transfer),
        SCRIPT_TEST(a_listener_may_stop_one_that_comes_later_in_the_same_poll),
        SCRIPT_TEST(a_listener_may_use_the_key_again_when_it_ended),
        SCRIPT_TEST(a_new_origin_does_not_touch_what_is_under_way),
        SCRIPT_TEST(a_bad_origin_leaves_the_old_one),
        SCRIPT_TEST(a_run_repeats),
        SCRIPT_TEST(a_source_can_be_freed_with_transfers_in_every_stage),
    };

    return run_tests("transfer_script_time", tests);
}
