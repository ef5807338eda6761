/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/transfer.h"

#include "support/assert_result.h"
#include "unit/transfer/script_fixture.h"
#include "wire/resource.h"

#include <string.h>

static void nothing_happens_outside_of_poll(void **state)
{
    struct recorder *recorder = *state;

    script_set_origin(recorder, SCRIPT_SECTION);
    recorder_start(recorder, &script_head);

    script_assert_log(recorder, "");
    assert_int_equal(recorder->source->ops->count(recorder->source), 1);
    assert_int_equal(recorder->source->ops->next_due_ms(recorder->source), 0);
    assert_false(recorder->source->ops->is_moving(recorder->source));
}

static void head_tells_what_the_resource_is(void **state)
{
    struct recorder *recorder = *state;

    script_set_origin(recorder, SCRIPT_SECTION "size = 1000\netag = \"x\"\n");
    recorder_start(recorder, &script_head);
    recorder_poll(recorder, 0);

    script_assert_log(recorder, "1 head 200\n1 end S_OK\n");
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

    script_set_origin(recorder, SCRIPT_SECTION "size = 1000\npattern = 7\n");
    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);

    resource_pattern(7, 0, expected, sizeof(expected));
    script_assert_log(recorder, "1 head 200\n1 body 1000\n1 end S_OK\n");
    assert_memory_equal(recorder->body.data, expected, sizeof(expected));
}

static void a_range_delivers_its_piece(void **state)
{
    struct recorder *recorder = *state;
    struct transfer_request request = script_get;
    unsigned char expected[10];

    request.has_range = true;
    request.range_first = 500;
    request.range_last = 509;
    script_set_origin(recorder, SCRIPT_SECTION "size = 1000\npattern = 7\n");
    recorder_start(recorder, &request);
    recorder_poll(recorder, 0);

    resource_pattern(7, 500, expected, sizeof(expected));
    script_assert_log(recorder, "1 head 206\n1 body 10\n1 end S_OK\n");
    assert_memory_equal(recorder->body.data, expected, sizeof(expected));
    assert_true(recorder->answer.has_content_range);
    assert_int_equal(recorder->answer.range_first, 500);
    assert_int_equal(recorder->answer.range_total, 1000);
    assert_int_equal(recorder->answer.content_length, 10);
}

static void a_text_can_be_asked_for_in_pieces_too(void **state)
{
    struct recorder *recorder = *state;
    struct transfer_request request = script_get;

    request.has_range = true;
    request.range_first = 6;
    request.range_last = 100;
    script_set_origin(recorder, SCRIPT_SECTION "text = hello world\n");
    recorder_start(recorder, &request);
    recorder_poll(recorder, 0);

    assert_string_equal(text_c(&recorder->body), "world");
}

static void a_changed_resource_answers_412(void **state)
{
    struct recorder *recorder = *state;
    struct transfer_request request = script_get;

    request.if_unmodified_since = "Wed, 31 Dec 2025 00:00:00 GMT";
    script_set_origin(recorder, SCRIPT_SECTION "size = 1000\n");
    recorder_start(recorder, &request);
    recorder_poll(recorder, 0);

    script_assert_log(recorder, "1 head 412\n1 end S_OK\n");
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

        assert_ok(text_format(&ini, SCRIPT_SECTION "%s", cases[i].keys));
        script_set_origin(recorder, text_c(&ini));
        recorder_start(recorder, &script_get);
        recorder_poll(recorder, 0);

        script_assert_log(recorder, cases[i].log);
        recorder->source->ops->stop(recorder->source, 1);
        recorder_clear(recorder);
        text_dispose(&ini);
    }
}

static void a_failure_comes_so_many_times(void **state)
{
    struct recorder *recorder = *state;

    script_set_origin(recorder, SCRIPT_SECTION "size = 5\nstatus = 503\nfail_times = 2\n");
    for (int i = 0; i < 3; i++) {
        recorder_start(recorder, &script_head);
        recorder_poll(recorder, 0);
    }

    script_assert_log(recorder, "1 head 503\n1 end S_OK\n1 head 503\n1 end S_OK\n"
                                "1 head 200\n1 end S_OK\n");
}

static void a_head_status_is_for_head_only(void **state)
{
    struct recorder *recorder = *state;

    script_set_origin(recorder, SCRIPT_SECTION "size = 5\nhead_status = 405\nfail_times = 1\n");
    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);
    recorder_start(recorder, &script_head);
    recorder_poll(recorder, 0);
    recorder_start(recorder, &script_head);
    recorder_poll(recorder, 0);

    script_assert_log(recorder, "1 head 200\n1 body 5\n1 end S_OK\n1 head 405\n1 end S_OK\n"
                                "1 head 200\n1 end S_OK\n");
}

static void connections_break_so_many_times(void **state)
{
    struct recorder *recorder = *state;

    script_set_origin(recorder, SCRIPT_SECTION "size = 5\ncut_after = 2\ncut_times = 1\n");
    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);
    assert_int_equal(recorder->error.result, XBITS_ERROR_WINHTTP_CONNECTION_ERROR);
    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);

    script_assert_log(recorder, "1 head 200\n1 body 2\n1 end ERROR_WINHTTP_CONNECTION_ERROR\n"
                                "1 head 200\n1 body 5\n1 end S_OK\n");
}

static void a_failure_names_the_url(void **state)
{
    struct recorder *recorder = *state;

    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);

    assert_int_equal(recorder->result, XBITS_ERROR_WINHTTP_NAME_NOT_RESOLVED);
    assert_true(recorder->has_error);
    assert_int_equal(recorder->error.result, recorder->result);
    assert_non_null(strstr(recorder->error.message, SCRIPT_URL));
}

static void an_unlisted_url_of_a_known_server_is_404(void **state)
{
    struct recorder *recorder = *state;
    struct transfer_request request = script_get;

    request.url = "http://server/other";
    script_set_origin(recorder, SCRIPT_SECTION);
    recorder_start(recorder, &request);
    recorder_poll(recorder, 0);

    script_assert_log(recorder, "1 head 404\n1 end S_OK\n");
}

static void a_redirect_leads_to_an_absolute_url(void **state)
{
    struct recorder *recorder = *state;

    script_set_origin(recorder, SCRIPT_SECTION "status = 302\nlocation = b?c\n");
    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);

    assert_int_equal(recorder->answer.status, 302);
    assert_string_equal(recorder->answer.location, "http://server/b?c");
}

static void old_versions_are_played(void **state)
{
    struct recorder *recorder = *state;

    script_set_origin(recorder, SCRIPT_SECTION "size = 5\nversion = 1.0\n");
    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);
    assert_int_equal(recorder->answer.version_major, 1);
    assert_int_equal(recorder->answer.version_minor, 0);

    recorder_clear(recorder);
    script_set_origin(recorder, SCRIPT_SECTION "size = 5\nversion = 0.9\n");
    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);
    script_assert_log(recorder, "1 head 0\n1 body 5\n1 end S_OK\n");
    assert_int_equal(recorder->answer.version_major, 0);
    assert_string_equal(recorder->answer.header_block, "");
}

static void a_body_without_length_ends_well(void **state)
{
    struct recorder *recorder = *state;

    script_set_origin(recorder, SCRIPT_SECTION "size = 5\nlength = no\n");
    recorder_start(recorder, &script_get);
    recorder_poll(recorder, 0);

    assert_true(recorder->answer.content_length == XBITS_SIZE_UNKNOWN);
    script_assert_log(recorder, "1 head 200\n1 body 5\n1 end S_OK\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRIPT_TEST(nothing_happens_outside_of_poll),
        SCRIPT_TEST(head_tells_what_the_resource_is),
        SCRIPT_TEST(get_delivers_the_pattern),
        SCRIPT_TEST(a_range_delivers_its_piece),
        SCRIPT_TEST(a_text_can_be_asked_for_in_pieces_too),
        SCRIPT_TEST(a_changed_resource_answers_412),
        SCRIPT_TEST(each_fault_is_played),
        SCRIPT_TEST(a_failure_comes_so_many_times),
        SCRIPT_TEST(a_head_status_is_for_head_only),
        SCRIPT_TEST(connections_break_so_many_times),
        SCRIPT_TEST(a_failure_names_the_url),
        SCRIPT_TEST(an_unlisted_url_of_a_known_server_is_404),
        SCRIPT_TEST(a_redirect_leads_to_an_absolute_url),
        SCRIPT_TEST(old_versions_are_played),
        SCRIPT_TEST(a_body_without_length_ends_well),
    };

    return run_tests("transfer_script", tests);
}
