/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "job/job_property.h"
#include "job/value.h"
#include "queue_fixture.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#define QUEUE_TEST(test)                                                                           \
    cmocka_unit_test_setup_teardown(test, queue_fixture_begin, queue_fixture_end)

static void set_text(char **place, const char *text)
{
    assert_ok(text_replace(place, text));
}

/* Reads what is in the queue after a reopen and compares the only job with it. */
static void assert_kept(struct queue_fixture *fixture, struct job_record *expected)
{
    struct record_list list;

    queue_fixture_reopen(fixture);
    list = read_records(fixture->queue, 0);
    assert_int_equal(list.count, 1);
    assert_same_record(expected, &list.records[0]);
    record_list_dispose(&list);
}

static void write_kept(struct queue_fixture *fixture, struct job_record *record)
{
    struct record_batch batch = { .jobs = record, .job_count = 1 };

    assert_ok(queue_write(fixture->queue, &batch, true));
}

static void a_job_comes_back_as_it_was(void **state)
{
    struct queue_fixture *fixture = *state;
    struct job_record record = make_record(1, 2);

    queue_fixture_open(fixture);
    write_kept(fixture, &record);

    assert_kept(fixture, &record);
    job_record_dispose(&record);
}

static void files_that_were_taken_back_are_gone(void **state)
{
    struct queue_fixture *fixture = *state;
    struct job_record record = make_record(1, 3);

    queue_fixture_open(fixture);
    write_kept(fixture, &record);
    file_record_dispose(&record.files[2]);
    record.file_count = 2;
    record.file_total = 2;
    record.is_shrunk = true;
    write_kept(fixture, &record);

    record.is_shrunk = false;
    assert_kept(fixture, &record);
    job_record_dispose(&record);
}

static void every_field_comes_back(void **state)
{
    struct queue_fixture *fixture = *state;
    struct job_record record = make_record(7, 1);

    record.change = 99;
    record.type = XBITS_TYPE_UPLOAD_REPLY;
    record.priority = XBITS_PRIORITY_FOREGROUND;
    record.state = XBITS_STATE_TRANSIENT_ERROR;
    record.times.transfer_completion = 3;
    set_text(&record.description, "h\303\251 \342\202\254");
    record.integrity_level = UINT32_MAX;
    record.is_elevated = true;
    record.was_resumed = true;
    record.has_error = true;
    record.error.context = XBITS_CONTEXT_REMOTE_FILE;
    record.error.result = (xbits_result)0x80190194u;
    record.error.http_status = 404;
    set_text(&record.error_text, "not there");
    record.error_count = 5;
    record.retry_left_ms = 600000;
    record.no_progress_since = 12345;
    record.connected_ms = 777;
    record.due = 5;
    set_text(&record.files[0].response_headers, "HTTP/1.1 200 OK\r\nA: b\r\n");
    record.files[0].size = XBITS_SIZE_UNKNOWN;
    record.files[0].is_transferred = true;
    record.files[0].is_published = true;
    record.files[0].is_told = true;
    queue_fixture_open(fixture);
    write_kept(fixture, &record);

    assert_kept(fixture, &record);
    job_record_dispose(&record);
}

static void an_error_about_no_file_and_texts_that_are_missing_come_back(void **state)
{
    struct queue_fixture *fixture = *state;
    struct job_record record = make_record(1, 1);

    record.has_error = true;
    record.error.file = XBITS_FILE_NONE;
    record.error.result = XBITS_E_FAIL;
    set_text(&record.display_name, NULL);
    set_text(&record.owner, NULL);
    set_text(&record.files[0].last_modified, NULL);
    set_text(&record.files[0].remote_name, "");
    queue_fixture_open(fixture);
    write_kept(fixture, &record);

    assert_kept(fixture, &record);
    job_record_dispose(&record);
}

static void every_state_type_and_context_has_a_name_that_is_read(void **state)
{
    struct queue_fixture *fixture = *state;

    queue_fixture_open(fixture);
    for (int i = 0; i < XBITS_STATE_COUNT; i++) {
        struct job_record record = make_record(1, 1);

        record.state = (enum xbits_job_state)i;
        record.type = (enum xbits_job_type)(i % XBITS_TYPE_COUNT);
        record.priority = (enum xbits_job_priority)(i % XBITS_PRIORITY_COUNT);
        record.has_error = true;
        record.error.context = (enum xbits_error_context)i;
        write_kept(fixture, &record);

        assert_kept(fixture, &record);
        job_record_dispose(&record);
    }
}

static const struct xbits_range ranges[] = { { 0, 100 }, { 2000, XBITS_LENGTH_TO_EOF } };

/* One value of each kind, under the names of properties that come in handy. */
static const struct xbits_value values[] = {
    { .kind = XBITS_KIND_NONE },
    { .kind = XBITS_KIND_BOOL, .as.boolean = true },
    { .kind = XBITS_KIND_U32, .as.u32 = UINT32_MAX },
    { .kind = XBITS_KIND_U64, .as.u64 = UINT64_MAX },
    { .kind = XBITS_KIND_TEXT, .as.text = "X-Tag: a\r\nX-Other: b" },
    { .kind = XBITS_KIND_ID, .as.id = { 0xF3A1B2C4, 1, 2, { 3, 4, 5, 6, 7, 8, 9, 10 } } },
    { .kind = XBITS_KIND_BYTES, .as.bytes = { (const uint8_t *)"\0\1\2", 3 } },
    { .kind = XBITS_KIND_BYTES },
    { .kind = XBITS_KIND_RANGES, .as.ranges = { ranges, 2 } },
    { .kind = XBITS_KIND_RANGES },
    { .kind = XBITS_KIND_PROXY, .as.proxy = { 2, "http://proxy:8080", "<local>" } },
    { .kind = XBITS_KIND_PROXY, .as.proxy = { 1, NULL, NULL } },
    { .kind = XBITS_KIND_COMMAND, .as.command = { "/bin/true", "true --now" } },
    { .kind = XBITS_KIND_COMMAND, .as.command = { "/bin/true", NULL } },
    { .kind = XBITS_KIND_CERTIFICATE,
      .as.certificate = { .location = 1, .store = "MY", .subject = "CN=somebody" } },
    { .kind = XBITS_KIND_CERTIFICATE,
      .as.certificate = { .location = 2, .store = "MY", .hash = { 1, 2, 3 }, .has_hash = true } },
};
#define VALUE_COUNT (sizeof(values) / sizeof(values[0]))

/* The next one that is kept as it is, after a number; -1: the first. */
static int plain_property_after(int property)
{
    do
        property++;
    while (job_property_rules((enum xbits_job_property)property)->is_secret);
    return property;
}

static void every_kind_of_property_comes_back(void **state)
{
    struct queue_fixture *fixture = *state;
    struct job_record record = make_record(1, 1);
    int property = -1;

    record.properties = calloc(VALUE_COUNT, sizeof(*record.properties));
    assert_non_null(record.properties);
    for (size_t i = 0; i < VALUE_COUNT; i++) {
        property = plain_property_after(property);
        record.properties[i].property = (enum xbits_job_property)property;
        assert_ok(value_copy(&values[i], &record.properties[i].value));
    }
    record.property_count = VALUE_COUNT;
    queue_fixture_open(fixture);
    write_kept(fixture, &record);

    assert_kept(fixture, &record);
    job_record_dispose(&record);
}

static void a_property_that_is_its_default_again_goes(void **state)
{
    struct queue_fixture *fixture = *state;
    struct job_record record = make_record(1, 1);

    record.properties = calloc(1, sizeof(*record.properties));
    assert_non_null(record.properties);
    record.properties[0].value = xbits_value_u32(1);
    record.property_count = 1;
    queue_fixture_open(fixture);
    write_kept(fixture, &record);
    record.property_count = 0;
    write_kept(fixture, &record);

    assert_kept(fixture, &record);
    job_record_dispose(&record);
}

static void files_that_did_not_change_stay_as_they_were(void **state)
{
    struct queue_fixture *fixture = *state;
    struct job_record whole = make_record(1, 3);
    struct job_record part = make_record(1, 3);

    queue_fixture_open(fixture);
    write_kept(fixture, &whole);
    file_record_dispose(&part.files[0]);
    file_record_dispose(&part.files[2]);
    part.files[0] = part.files[1];
    part.files[0].written = 9000;
    part.file_count = 1;
    part.state = XBITS_STATE_TRANSFERRING;
    write_kept(fixture, &part);

    whole.files[1].written = 9000;
    whole.state = XBITS_STATE_TRANSFERRING;
    assert_kept(fixture, &whole);
    job_record_dispose(&whole);
    job_record_dispose(&part);
}

static void jobs_are_read_in_order_and_after_a_change(void **state)
{
    struct queue_fixture *fixture = *state;
    struct record_list list;
    struct job_record changed = make_record(2, 3);

    queue_fixture_open(fixture);
    for (uint64_t number = 1; number <= 4; number++)
        write_record(fixture->queue, make_record(number, number));
    changed.change = 5;
    changed.file_count = 0;
    changed.file_total = 2;
    write_kept(fixture, &changed);

    list = read_records(fixture->queue, 0);
    assert_int_equal(list.count, 4);
    for (uint64_t i = 0; i < 4; i++)
        assert_true(list.records[i].serial == i + 1 && list.records[i].file_count == i + 1);
    record_list_dispose(&list);
    list = read_records(fixture->queue, 3);
    assert_int_equal(list.count, 2);
    assert_true(list.records[0].serial == 2 && list.records[0].file_count == 2);
    assert_true(list.records[1].serial == 4 && list.records[1].file_count == 4);
    record_list_dispose(&list);
    changed.file_count = 3;
    job_record_dispose(&changed);
}

static xbits_result refuse(void *user, struct job_record *record)
{
    (void)user;
    job_record_dispose(record);
    return xbits_fail(XBITS_E_ABORT, "enough");
}

static void a_visitor_that_fails_ends_the_visit(void **state)
{
    struct queue_fixture *fixture = *state;

    queue_fixture_open(fixture);
    write_record(fixture->queue, make_record(1, 1));
    write_record(fixture->queue, make_record(2, 1));

    assert_fails(XBITS_E_ABORT, queue_read_jobs(fixture->queue, 0, refuse, NULL));
    assert_message("enough");
    write_record(fixture->queue, make_record(3, 1));
}

/* The paths one behind the other, each with a blank. */
static xbits_result add_path(void *user, const char *path)
{
    struct text *all = user;

    TRY(text_add(all, path));
    return text_add(all, " ");
}

static void assert_leftovers(struct queue *queue, const char *expected)
{
    struct text all = { 0 };

    assert_ok(queue_read_leftovers(queue, add_path, &all));
    assert_string_equal(text_c(&all), expected);
    text_dispose(&all);
}

static struct job_record make_end(uint64_t number, size_t file_count)
{
    struct job_record record = make_record(number, file_count);

    record.is_over = true;
    record.change = 50;
    return record;
}

#define TEMPORARY(digit) "/var/tmp/downloads/BITFFFF000" digit ".tmp "

static void a_job_that_is_over_leaves_its_temporary_files(void **state)
{
    struct queue_fixture *fixture = *state;
    struct job_record end = make_end(1, 2);
    struct record_list list;

    end.files[1].has_temporary = false;
    queue_fixture_open(fixture);
    write_record(fixture->queue, make_record(1, 3));
    write_record(fixture->queue, end);
    queue_fixture_reopen(fixture);

    /* File 2 is not in the last record: what was written of it before counts. */
    assert_leftovers(fixture->queue, TEMPORARY("0") TEMPORARY("2"));
    list = read_records(fixture->queue, 0);
    assert_int_equal(list.count, 0);
    record_list_dispose(&list);
    assert_true(queue_newest_change(fixture->queue) == 50);
}

static void what_was_deleted_is_left_no_more(void **state)
{
    struct queue_fixture *fixture = *state;
    struct job_record end = make_end(1, 2);

    queue_fixture_open(fixture);
    write_record(fixture->queue, make_end(1, 3));
    assert_leftovers(fixture->queue, TEMPORARY("0") TEMPORARY("1") TEMPORARY("2"));
    end.files[0].has_temporary = false;
    write_record(fixture->queue, end);
    assert_leftovers(fixture->queue, TEMPORARY("1") TEMPORARY("2"));

    assert_ok(queue_forget_leftover(fixture->queue, "/var/tmp/downloads/BITFFFF0002.tmp"));

    assert_leftovers(fixture->queue, TEMPORARY("1"));
}

static void a_job_that_is_not_over_after_all_leaves_nothing(void **state)
{
    struct queue_fixture *fixture = *state;

    queue_fixture_open(fixture);
    write_record(fixture->queue, make_end(1, 1));
    write_record(fixture->queue, make_record(1, 1));

    assert_leftovers(fixture->queue, "");
}

static void the_newest_numbers_outlive_their_jobs(void **state)
{
    struct queue_fixture *fixture = *state;

    queue_fixture_open(fixture);
    assert_true(queue_newest_serial(fixture->queue) == 0);
    write_record(fixture->queue, make_record(41, 1));
    write_record(fixture->queue, make_end(41, 1));
    write_event(fixture->queue, make_event(3));
    queue_fixture_reopen(fixture);

    assert_true(queue_newest_serial(fixture->queue) == 41);
    assert_true(queue_newest_change(fixture->queue) == 50);
    assert_true(queue_newest_event(fixture->queue) == 3);
}

static void a_batch_is_written_whole_or_not_at_all(void **state)
{
    struct queue_fixture *fixture = *state;
    struct job_record pair[2] = { make_record(1, 1), make_record(2, 1) };
    struct record_batch batch = { .jobs = pair, .job_count = 2 };
    struct record_list list;

    pair[1].id = pair[0].id; /* An id names one job. */
    queue_fixture_open(fixture);

    assert_fails(XBITS_E_UNEXPECTED, queue_write(fixture->queue, &batch, true));

    list = read_records(fixture->queue, 0);
    assert_int_equal(list.count, 0);
    assert_true(queue_newest_serial(fixture->queue) == 0);
    job_record_dispose(&pair[0]);
    job_record_dispose(&pair[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        QUEUE_TEST(a_job_comes_back_as_it_was),
        QUEUE_TEST(files_that_were_taken_back_are_gone),
        QUEUE_TEST(every_field_comes_back),
        QUEUE_TEST(an_error_about_no_file_and_texts_that_are_missing_come_back),
        QUEUE_TEST(every_state_type_and_context_has_a_name_that_is_read),
        QUEUE_TEST(every_kind_of_property_comes_back),
        QUEUE_TEST(a_property_that_is_its_default_again_goes),
        QUEUE_TEST(files_that_did_not_change_stay_as_they_were),
        QUEUE_TEST(jobs_are_read_in_order_and_after_a_change),
        QUEUE_TEST(a_visitor_that_fails_ends_the_visit),
        QUEUE_TEST(a_job_that_is_over_leaves_its_temporary_files),
        QUEUE_TEST(what_was_deleted_is_left_no_more),
        QUEUE_TEST(a_job_that_is_not_over_after_all_leaves_nothing),
        QUEUE_TEST(the_newest_numbers_outlive_their_jobs),
        QUEUE_TEST(a_batch_is_written_whole_or_not_at_all),
    };

    return run_tests("queue_records", tests);
}
