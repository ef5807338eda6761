/* SPDX-License-Identifier: MIT */
#include "queue_fixture.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "job/value.h"
#include "persist/database.h"
#include "support/assert_result.h"

int queue_fixture_begin(void **state)
{
    static struct queue_fixture fixture;

    fixture = (struct queue_fixture){ .boot_id = "boot 1" };
    temp_directory_make(&fixture.directory);
    *state = &fixture;
    return 0;
}

int queue_fixture_end(void **state)
{
    struct queue_fixture *fixture = *state;

    queue_close(fixture->queue);
    temp_directory_remove(&fixture->directory);
    return 0;
}

xbits_result queue_fixture_try(struct queue_fixture *fixture, bool is_read_only,
                               struct queue **queue_out)
{
    const struct queue_options options = { .directory = fixture->directory.path,
                                           .disk = disk_system(),
                                           .is_read_only = is_read_only,
                                           .boot_id = fixture->boot_id };

    return queue_open(&options, queue_out);
}

void queue_fixture_open(struct queue_fixture *fixture)
{
    assert_ok(queue_fixture_try(fixture, false, &fixture->queue));
}

void queue_fixture_reopen(struct queue_fixture *fixture)
{
    queue_close(fixture->queue);
    fixture->queue = NULL;
    queue_fixture_open(fixture);
}

/* "<start><number>.<index>" */
static char *text_of(const char *start, uint64_t number, unsigned index)
{
    struct text text = { 0 };

    assert_ok(text_format(&text, "%s%llu.%u", start, (unsigned long long)number, index));
    return text_take(&text);
}

static struct file_record make_file(uint64_t job, unsigned index)
{
    return (struct file_record){
        .number = index,
        .remote_name = text_of("https://origin.example/files/", job, index),
        .local_name = text_of("/var/tmp/downloads/job-", job, index),
        .last_modified = text_of("Sat, 21 Nov 2026 09:30:00 GMT ", job, index),
        .modified = INT64_C(134117000000000000) + index,
        .size = 1000000 + index,
        .written = 5000 + index,
        .synced = 4000 + index,
        .received = 6000 + index,
        .device = UINT64_MAX - index,
        .inode = 7000 + index,
        .temporary_number = 0xFFFF0000u + index,
        .has_temporary = true,
    };
}

struct job_record make_record(uint64_t number, size_t file_count)
{
    struct job_record record = {
        .id = { (uint32_t)number, 0x1234, 0x5678, { 1, 2, 3, 4, 5, 6, 7, 8 } },
        .serial = number,
        .change = number,
        .type = XBITS_TYPE_DOWNLOAD,
        .priority = XBITS_PRIORITY_NORMAL,
        .state = XBITS_STATE_QUEUED,
        .state_since = INT64_C(134117000000000000),
        .times = { INT64_C(134117000000000001), INT64_C(134117000000000002), 0 },
        .display_name = text_of("job ", number, 0),
        .owner = text_of("S-1-5-21-1-2-3-1000", number, 0),
        .retry_left_ms = UINT64_MAX,
        .file_total = file_count,
        .file_count = file_count,
    };

    record.files = calloc(file_count + 1, sizeof(*record.files));
    assert_non_null(record.files);
    for (size_t i = 0; i < file_count; i++)
        record.files[i] = make_file(number, (unsigned)i);
    return record;
}

struct event_record make_event(uint64_t number)
{
    return (struct event_record){ .number = number,
                                  .time = INT64_C(134117000000000000),
                                  .id = XBITS_EVENT_STARTED,
                                  .job = { (uint32_t)number, 1, 2, { 3 } },
                                  .display_name = text_of("job ", number, 0),
                                  .result = XBITS_E_ABORT,
                                  .text = text_of("event ", number, 0) };
}

void write_record(struct queue *queue, struct job_record record)
{
    struct record_batch batch = { .jobs = &record, .job_count = 1 };

    assert_ok(queue_write(queue, &batch, true));
    job_record_dispose(&record);
}

void write_event(struct queue *queue, struct event_record event)
{
    struct record_batch batch = { .events = &event, .event_count = 1 };

    assert_ok(queue_write(queue, &batch, false));
    event_record_dispose(&event);
}

static xbits_result keep_record(void *user, struct job_record *record)
{
    struct record_list *list = user;
    struct job_record *longer;

    if ((list->count & (list->count - 1)) == 0) {
        longer = realloc(list->records, (list->count * 2 + 1) * sizeof(*longer));
        assert_non_null(longer);
        list->records = longer;
    }
    list->records[list->count++] = *record;
    return XBITS_S_OK;
}

struct record_list read_records(struct queue *queue, uint64_t after_change)
{
    struct record_list list = { 0 };

    assert_ok(queue_read_jobs(queue, after_change, keep_record, &list));
    return list;
}

void record_list_dispose(struct record_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        job_record_dispose(&list->records[i]);
    free(list->records);
    *list = (struct record_list){ 0 };
}

static void assert_same_text(const char *expected, const char *got)
{
    if (expected == NULL || got == NULL)
        assert_ptr_equal(expected, got);
    else
        assert_string_equal(expected, got);
}

static void assert_same_file(const struct file_record *expected, const struct file_record *got)
{
    assert_int_equal(expected->number, got->number);
    assert_same_text(expected->remote_name, got->remote_name);
    assert_same_text(expected->local_name, got->local_name);
    assert_same_text(expected->last_modified, got->last_modified);
    assert_same_text(expected->response_headers, got->response_headers);
    assert_true(expected->modified == got->modified);
    assert_true(expected->size == got->size);
    assert_true(expected->written == got->written);
    assert_true(expected->synced == got->synced);
    assert_true(expected->received == got->received);
    assert_true(expected->device == got->device);
    assert_true(expected->inode == got->inode);
    assert_int_equal(expected->temporary_number, got->temporary_number);
    assert_int_equal(expected->has_temporary, got->has_temporary);
    assert_int_equal(expected->is_transferred, got->is_transferred);
    assert_int_equal(expected->is_published, got->is_published);
    assert_int_equal(expected->is_told, got->is_told);
}

static void assert_same_error(const struct job_record *expected, const struct job_record *got)
{
    assert_int_equal(expected->has_error, got->has_error);
    assert_same_text(expected->error_text, got->error_text);
    assert_int_equal(expected->error_count, got->error_count);
    if (!expected->has_error)
        return;
    assert_int_equal(expected->error.context, got->error.context);
    assert_int_equal(expected->error.result, got->error.result);
    assert_int_equal(expected->error.file, got->error.file);
    assert_int_equal(expected->error.http_status, got->error.http_status);
}

static void assert_same_properties(const struct job_record *expected, const struct job_record *got)
{
    assert_int_equal(expected->property_count, got->property_count);
    for (size_t i = 0; i < expected->property_count; i++) {
        const struct property_record *property = &expected->properties[i];
        size_t match = 0;

        while (match < got->property_count && got->properties[match].property != property->property)
            match++;
        assert_true(match < got->property_count);
        assert_true(value_equal(&property->value, &got->properties[match].value));
    }
}

void assert_same_record(const struct job_record *expected, const struct job_record *got)
{
    assert_true(xbits_id_equal(&expected->id, &got->id));
    assert_true(expected->serial == got->serial);
    assert_true(expected->change == got->change);
    assert_int_equal(expected->type, got->type);
    assert_int_equal(expected->priority, got->priority);
    assert_int_equal(expected->state, got->state);
    assert_true(expected->state_since == got->state_since);
    assert_memory_equal(&expected->times, &got->times, sizeof(got->times));
    assert_same_text(expected->display_name, got->display_name);
    assert_same_text(expected->description, got->description);
    assert_same_text(expected->owner, got->owner);
    assert_int_equal(expected->integrity_level, got->integrity_level);
    assert_int_equal(expected->is_elevated, got->is_elevated);
    assert_int_equal(expected->was_resumed, got->was_resumed);
    assert_same_error(expected, got);
    assert_true(expected->retry_left_ms == got->retry_left_ms);
    assert_true(expected->no_progress_since == got->no_progress_since);
    assert_true(expected->connected_ms == got->connected_ms);
    assert_int_equal(expected->due, got->due);
    assert_same_properties(expected, got);
    assert_int_equal(expected->file_total, got->file_total);
    assert_int_equal(expected->file_count, got->file_count);
    for (size_t i = 0; i < expected->file_count; i++)
        assert_same_file(&expected->files[i], &got->files[i]);
}

void run_sql(const struct queue_fixture *fixture, const char *sql)
{
    char path[TEMP_PATH_SIZE];
    struct database_options options = { .disk = disk_system(), .busy_ms = 1000 };
    struct database *database = NULL;

    options.path = temp_directory_join(&fixture->directory, "queue.db", path);
    assert_ok(database_open(&options, &database));
    assert_ok(database_run(database, sql));
    database_close(database);
}

void find_entry(const struct temp_directory *directory, const char *start,
                char path[TEMP_PATH_SIZE])
{
    DIR *entries = opendir(directory->path);
    struct dirent *entry;

    assert_non_null(entries);
    path[0] = '\0';
    while ((entry = readdir(entries)) != NULL) {
        if (text_starts_with(entry->d_name, start))
            temp_directory_join(directory, entry->d_name, path);
    }
    closedir(entries);
}
