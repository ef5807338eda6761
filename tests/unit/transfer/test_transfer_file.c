/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/transfer.h"

#include "base/clock.h"
#include "base/disk.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"
#include "unit/transfer/recorder.h"
#include "wire/resource.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIZE 600000

struct fixture {
    struct recorder recorder;
    struct temp_directory directory;
    struct disk *disk;
    unsigned char content[SIZE];
    char url[TEMP_PATH_SIZE + 16];
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    struct transfer_options options = recorder_options(&fixture->recorder);
    char path[TEMP_PATH_SIZE];

    assert_non_null(fixture);
    assert_ok(disk_faulty_new(disk_system(), &fixture->disk));
    options.disk = fixture->disk;
    assert_ok(transfer_file_new(&options, &fixture->recorder.source));
    temp_directory_make(&fixture->directory);
    resource_pattern(1, 0, fixture->content, SIZE);
    temp_directory_write(&fixture->directory, "a b.bin", fixture->content, SIZE);
    temp_directory_join(&fixture->directory, "a%20b.bin", path);
    snprintf(fixture->url, sizeof(fixture->url), "file://%s", path);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    recorder_dispose(&fixture->recorder);
    disk_faulty_free(fixture->disk);
    temp_directory_remove(&fixture->directory);
    free(fixture);
    return 0;
}

static struct transfer_request request_of(const struct fixture *fixture,
                                          enum transfer_method method)
{
    return (struct transfer_request){ .key = 1, .method = method, .url = fixture->url };
}

static void run(struct fixture *fixture, const struct transfer_request *request)
{
    recorder_start(&fixture->recorder, request);
    recorder_run(&fixture->recorder, 0);
}

static void assert_log(const struct fixture *fixture, const char *expected)
{
    assert_string_equal(text_c(&fixture->recorder.log), expected);
}

static void head_tells_size_and_time(void **state)
{
    struct fixture *fixture = *state;
    const struct answer *answer = &fixture->recorder.answer;
    struct transfer_request request = request_of(fixture, METHOD_HEAD);
    struct disk_stat stat;
    char path[TEMP_PATH_SIZE];
    char date[32];

    run(fixture, &request);

    assert_log(fixture, "1 head 200\n1 end S_OK\n");
    assert_int_equal(answer->version_major, 1);
    assert_int_equal(answer->version_minor, 1);
    assert_int_equal(answer->content_length, SIZE);
    assert_ok(
        disk_stat(disk_system(), temp_directory_join(&fixture->directory, "a b.bin", path), &stat));
    assert_string_equal(answer->last_modified, clock_format_http(stat.modified, date));
    assert_string_equal(answer->header_block, "");
}

static void get_reads_the_whole_file_a_chunk_a_poll(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_request request = request_of(fixture, METHOD_GET);

    run(fixture, &request);

    assert_log(fixture, "1 head 200\n1 body 262144\n1 body 262144\n1 body 75712\n1 end S_OK\n");
    assert_int_equal(fixture->recorder.body.length, SIZE);
    assert_memory_equal(fixture->recorder.body.data, fixture->content, SIZE);
}

static void a_plain_path_is_a_name_too(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_request request = request_of(fixture, METHOD_GET);
    char path[TEMP_PATH_SIZE];

    request.url = temp_directory_join(&fixture->directory, "a b.bin", path);
    run(fixture, &request);

    assert_int_equal(fixture->recorder.result, XBITS_S_OK);
    assert_int_equal(fixture->recorder.body.length, SIZE);
}

static void a_range_is_honoured(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_request request = request_of(fixture, METHOD_GET);

    request.has_range = true;
    request.range_first = 100;
    request.range_last = 199;
    run(fixture, &request);

    assert_log(fixture, "1 head 206\n1 body 100\n1 end S_OK\n");
    assert_int_equal(fixture->recorder.answer.range_first, 100);
    assert_int_equal(fixture->recorder.answer.range_total, SIZE);
    assert_memory_equal(fixture->recorder.body.data, fixture->content + 100, 100);
}

static void a_range_past_the_end_is_416(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_request request = request_of(fixture, METHOD_GET);

    request.has_range = true;
    request.range_first = SIZE;
    request.range_last = SIZE + 10;
    run(fixture, &request);

    assert_log(fixture, "1 head 416\n1 end S_OK\n");
}

static void a_newer_file_answers_412(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_request request = request_of(fixture, METHOD_GET);

    request.if_unmodified_since = "Sat, 01 Jan 2000 00:00:00 GMT";
    run(fixture, &request);

    assert_log(fixture, "1 head 412\n1 end S_OK\n");
}

static void its_own_last_modified_is_not_newer(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_request request = request_of(fixture, METHOD_HEAD);
    char date[64];

    run(fixture, &request);
    text_copy_into(date, sizeof(date), fixture->recorder.answer.last_modified);
    request.method = METHOD_GET;
    request.if_unmodified_since = date;
    run(fixture, &request);

    assert_int_equal(fixture->recorder.answer.status, 200);
}

static void an_empty_file_has_no_body(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_request request = request_of(fixture, METHOD_GET);
    char path[TEMP_PATH_SIZE];

    temp_directory_write(&fixture->directory, "empty", "", 0);
    request.url = temp_directory_join(&fixture->directory, "empty", path);
    run(fixture, &request);

    assert_log(fixture, "1 head 200\n1 end S_OK\n");
    assert_int_equal(fixture->recorder.answer.content_length, 0);
}

static void what_is_no_file_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_request request = request_of(fixture, METHOD_GET);
    char path[TEMP_PATH_SIZE];

    request.url = fixture->directory.path;
    run(fixture, &request);
    assert_log(fixture, "1 end E_ACCESSDENIED\n");
    assert_non_null(strstr(fixture->recorder.error.message, fixture->directory.path));

    recorder_clear(&fixture->recorder);
    request.url = temp_directory_join(&fixture->directory, "nothing", path);
    run(fixture, &request);
    assert_log(fixture, "1 end ERROR_FILE_NOT_FOUND\n");

    recorder_clear(&fixture->recorder);
    request.url = temp_directory_join(&fixture->directory, "no/thing", path);
    run(fixture, &request);
    assert_log(fixture, "1 end ERROR_PATH_NOT_FOUND\n");
}

static void a_name_of_another_computer_is_not_started(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;
    struct transfer_request request = request_of(fixture, METHOD_GET);

    request.url = "\\\\server\\share\\x";
    assert_fails(XBITS_ERROR_BAD_NETPATH, source->ops->start(source, &request));
    request.url = "file://server/share/x";
    assert_fails(XBITS_ERROR_BAD_NETPATH, source->ops->start(source, &request));

    assert_int_equal(source->ops->count(source), 0);
    assert_true(source->ops->next_due_ms(source) == UINT64_MAX);
}

static void a_failing_disk_is_reported_as_it_failed(void **state)
{
    static const char *const operations[] = { "stat", "open", "read_at" };
    struct fixture *fixture = *state;
    struct transfer_request request = request_of(fixture, METHOD_GET);

    for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++) {
        struct disk_fault fault = { operations[i], "", 0, DISK_FAULT_FAIL, XBITS_ERROR_IO_DEVICE };

        disk_faulty_clear(fixture->disk);
        assert_ok(disk_faulty_add(fixture->disk, &fault));
        recorder_clear(&fixture->recorder);
        run(fixture, &request);

        assert_int_equal(fixture->recorder.ends, 1);
        assert_int_equal(fixture->recorder.result, XBITS_ERROR_IO_DEVICE);
        assert_int_equal(fixture->recorder.error.result, XBITS_ERROR_IO_DEVICE);
    }
}

static void a_file_that_shrinks_while_it_is_read_has_changed(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_request request = request_of(fixture, METHOD_GET);

    recorder_start(&fixture->recorder, &request);
    recorder_poll(&fixture->recorder, 0);
    recorder_poll(&fixture->recorder, 0);
    temp_directory_write(&fixture->directory, "a b.bin", "x", 1);
    recorder_run(&fixture->recorder, 0);

    assert_log(fixture, "1 head 200\n1 body 262144\n1 end BG_E_REMOTE_FILE_CHANGED\n");
}

static void a_file_that_grows_while_it_is_read_has_changed(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_request request = request_of(fixture, METHOD_GET);
    unsigned char *longer = calloc(1, SIZE + 1);

    assert_non_null(longer);
    recorder_start(&fixture->recorder, &request);
    recorder_poll(&fixture->recorder, 0);
    temp_directory_write(&fixture->directory, "a b.bin", longer, SIZE + 1);
    free(longer);
    recorder_run(&fixture->recorder, 0);

    assert_int_equal(fixture->recorder.result, XBITS_BG_E_REMOTE_FILE_CHANGED);
}

static void the_listener_may_refuse_or_stop(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_request request = request_of(fixture, METHOD_GET);

    fixture->recorder.refuse_head = XBITS_E_ABORT;
    run(fixture, &request);
    assert_log(fixture, "1 head 200\n1 end E_ABORT\n");

    recorder_clear(&fixture->recorder);
    fixture->recorder.refuse_body = XBITS_ERROR_DISK_FULL;
    run(fixture, &request);
    assert_log(fixture, "1 head 200\n1 body 262144\n1 end ERROR_DISK_FULL\n");

    recorder_clear(&fixture->recorder);
    fixture->recorder.stop_at_body = 1;
    run(fixture, &request);
    recorder_poll(&fixture->recorder, 0);
    assert_log(fixture, "1 head 200\n1 body 262144\n");
}

static void a_stopped_transfer_is_not_heard_of_again(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;
    struct transfer_request request = request_of(fixture, METHOD_GET);

    recorder_start(&fixture->recorder, &request);
    source->ops->stop(source, 1);
    source->ops->stop(source, 99);
    recorder_poll(&fixture->recorder, 0);

    assert_log(fixture, "");
    assert_int_equal(source->ops->count(source), 0);
}

static void files_are_due_at_once_and_move_as_long_as_they_last(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;
    struct transfer_request request = request_of(fixture, METHOD_GET);

    assert_false(source->ops->is_moving(source));
    recorder_start(&fixture->recorder, &request);
    assert_true(source->ops->is_moving(source));
    assert_int_equal(source->ops->next_due_ms(source), 0);
    recorder_run(&fixture->recorder, 0);
    assert_false(source->ops->is_moving(source));
    assert_fails(XBITS_E_NOTIMPL, source->ops->set_origin(source, ""));
}

static void a_source_can_be_freed_in_the_middle(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_request request = request_of(fixture, METHOD_GET);

    recorder_start(&fixture->recorder, &request);
    recorder_poll(&fixture->recorder, 0);
    request.key = 2;
    recorder_start(&fixture->recorder, &request);

    assert_int_equal(fixture->recorder.ends, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(head_tells_size_and_time),
        TEST(get_reads_the_whole_file_a_chunk_a_poll),
        TEST(a_plain_path_is_a_name_too),
        TEST(a_range_is_honoured),
        TEST(a_range_past_the_end_is_416),
        TEST(a_newer_file_answers_412),
        TEST(its_own_last_modified_is_not_newer),
        TEST(an_empty_file_has_no_body),
        TEST(what_is_no_file_is_refused),
        TEST(a_name_of_another_computer_is_not_started),
        TEST(a_failing_disk_is_reported_as_it_failed),
        TEST(a_file_that_shrinks_while_it_is_read_has_changed),
        TEST(a_file_that_grows_while_it_is_read_has_changed),
        TEST(the_listener_may_refuse_or_stop),
        TEST(a_stopped_transfer_is_not_heard_of_again),
        TEST(files_are_due_at_once_and_move_as_long_as_they_last),
        TEST(a_source_can_be_freed_in_the_middle),
    };

    return run_tests("transfer_file", tests);
}
