/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/secret.h"
#include "job/value.h"
#include "queue_fixture.h"
#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"
#include "xbits/log.h"

/* What of a job is secret lies sealed beside its key: here the command line of its notifications.
 */

#define PROGRAM    "/usr/bin/tell-somebody"
#define PARAMETERS "tell-somebody --token 9f8e7d6c"
#define SEEDS      16

static void add_property(struct job_record *record, enum xbits_job_property property,
                         const struct xbits_value *value)
{
    size_t count = record->property_count++;

    record->properties = realloc(record->properties, (count + 1) * sizeof(*record->properties));
    assert_non_null(record->properties);
    record->properties[count] = (struct property_record){ .property = property };
    assert_ok(value_copy(value, &record->properties[count].value));
}

/* A job with a command line, and with another property that is no secret. */
static struct job_record make_secret_record(uint64_t number, const char *parameters)
{
    const struct xbits_value command = { .kind = XBITS_KIND_COMMAND,
                                         .as.command = { PROGRAM, parameters } };
    const struct xbits_value delay = xbits_value_u32(60);
    struct job_record record = make_record(number, 1);

    add_property(&record, XBITS_JOB_NOTIFY_COMMAND_LINE, &command);
    add_property(&record, XBITS_JOB_MINIMUM_RETRY_DELAY, &delay);
    return record;
}

static void fill(struct queue_fixture *fixture)
{
    queue_fixture_open(fixture);
    write_record(fixture->queue, make_secret_record(1, PARAMETERS));
}

static void close_queue(struct queue_fixture *fixture)
{
    queue_close(fixture->queue);
    fixture->queue = NULL;
}

static const struct xbits_value *command_of(const struct job_record *record)
{
    for (size_t i = 0; i < record->property_count; i++) {
        if (record->properties[i].property == XBITS_JOB_NOTIFY_COMMAND_LINE)
            return &record->properties[i].value;
    }
    return NULL;
}

/* The job is there with its other property, and with the command line or without any. */
static void assert_command_in(struct queue *queue, uint64_t number, const char *parameters)
{
    struct record_list list = read_records(queue, 0);
    const struct xbits_value *command;

    assert_in_range(number, 1, list.count);
    command = command_of(&list.records[number - 1]);
    assert_int_equal(list.records[number - 1].property_count, parameters != NULL ? 2 : 1);
    if (parameters == NULL) {
        assert_null(command);
    } else {
        assert_non_null(command);
        assert_string_equal(command->as.command.program, PROGRAM);
        assert_string_equal(command->as.command.parameters, parameters);
    }
    record_list_dispose(&list);
}

static void assert_command(struct queue_fixture *fixture, uint64_t number, const char *parameters)
{
    if (fixture->queue == NULL)
        queue_fixture_open(fixture);
    assert_command_in(fixture->queue, number, parameters);
}

static bool see(const char *line, void *user)
{
    const char **part = user;

    if (strstr(line, *part) != NULL)
        *part = NULL;
    return *part != NULL;
}

static bool log_has(const char *part)
{
    xbits_log_read(see, &part);
    return part == NULL;
}

static void assert_told(const char *part)
{
    if (!log_has(part))
        fail_msg("the log does not say \"%s\"", part);
}

static char *key_path(const struct queue_fixture *fixture, char path[TEMP_PATH_SIZE])
{
    return temp_directory_join(&fixture->directory, "secret.key", path);
}

/* Replaces the key, for its owner alone. */
static void put_key(const struct queue_fixture *fixture, const void *bytes, size_t size)
{
    char path[TEMP_PATH_SIZE];

    temp_directory_write(&fixture->directory, "secret.key", bytes, size);
    assert_int_equal(chmod(key_path(fixture, path), 0600), 0);
}

static bool file_has(const struct queue_fixture *fixture, const char *name, const char *text)
{
    size_t size = 0;
    char *bytes = temp_directory_read(&fixture->directory, name, &size);
    size_t length = strlen(text);
    bool has = false;

    for (size_t i = 0; i + length <= size && !has; i++)
        has = memcmp(bytes + i, text, length) == 0;
    free(bytes);
    return has;
}

static void a_secret_is_in_no_file_of_the_queue(void **state)
{
    static const char *const names[] = { "queue.db", "queue.db-wal", "secret.key" };
    static const char *const texts[] = { PROGRAM, "tell-somebody", "9f8e7d6c" };
    struct queue_fixture *fixture = *state;

    fill(fixture);
    /* The log has it while the queue is open, and the database when it was closed. */
    assert_true(file_has(fixture, "queue.db-wal", "notify-command-line"));
    for (unsigned round = 0; round < 2; round++) {
        for (size_t i = 0; i < 9; i++) {
            if (temp_directory_has(&fixture->directory, names[i / 3]))
                assert_false(file_has(fixture, names[i / 3], texts[i % 3]));
        }
        close_queue(fixture);
    }
    assert_true(file_has(fixture, "queue.db", "notify-command-line"));
}

static void a_secret_comes_back(void **state)
{
    struct queue_fixture *fixture = *state;
    struct queue *reader = NULL;

    fill(fixture);
    assert_command(fixture, 1, PARAMETERS);
    assert_ok(queue_fixture_try(fixture, true, &reader));
    assert_command_in(reader, 1, PARAMETERS);
    queue_close(reader);
    close_queue(fixture);

    assert_command(fixture, 1, PARAMETERS);
}

static void every_kind_of_value_comes_back(void **state)
{
    static const struct xbits_range ranges[] = { { 0, 100 }, { 2000, XBITS_LENGTH_TO_EOF } };
    static const struct xbits_value values[] = {
        { .kind = XBITS_KIND_BOOL, .as.boolean = true },
        { .kind = XBITS_KIND_U32, .as.u32 = UINT32_MAX },
        { .kind = XBITS_KIND_U64, .as.u64 = UINT64_MAX },
        { .kind = XBITS_KIND_TEXT, .as.text = "X-Token: 9f8e7d6c" },
        { .kind = XBITS_KIND_TEXT, .as.text = "" },
        { .kind = XBITS_KIND_ID, .as.id = { 1, 2, 3, { 4 } } },
        { .kind = XBITS_KIND_BYTES, .as.bytes = { (const uint8_t *)"\0\1\2", 3 } },
        { .kind = XBITS_KIND_BYTES },
        { .kind = XBITS_KIND_RANGES, .as.ranges = { ranges, 2 } },
        { .kind = XBITS_KIND_PROXY, .as.proxy = { 2, "http://proxy:8080", "<local>" } },
        { .kind = XBITS_KIND_COMMAND, .as.command = { PROGRAM, NULL } },
        { .kind = XBITS_KIND_CERTIFICATE,
          .as.certificate = { .location = 2, .store = "MY", .hash = { 1 }, .has_hash = true } },
    };
    const size_t count = sizeof(values) / sizeof(values[0]);
    struct queue_fixture *fixture = *state;
    struct record_list list;

    queue_fixture_open(fixture);
    for (size_t i = 0; i < count; i++) {
        struct job_record record = make_record(i + 1, 1);

        add_property(&record, XBITS_JOB_CUSTOM_HEADERS, &values[i]);
        write_record(fixture->queue, record);
    }
    queue_fixture_reopen(fixture);

    list = read_records(fixture->queue, 0);
    assert_int_equal(list.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(list.records[i].property_count, 1);
        assert_true(value_equal(&list.records[i].properties[0].value, &values[i]));
    }
    record_list_dispose(&list);
}

static void the_longest_and_the_empty_one_come_back(void **state)
{
    struct queue_fixture *fixture = *state;
    char longest[4001] = { 0 };

    memset(longest, 'p', sizeof(longest) - 1);
    queue_fixture_open(fixture);
    write_record(fixture->queue, make_secret_record(1, longest));
    write_record(fixture->queue, make_secret_record(2, ""));
    close_queue(fixture);

    assert_command(fixture, 1, longest);
    assert_command(fixture, 2, "");
}

static void the_key_is_made_with_the_first_secret_and_private(void **state)
{
    struct queue_fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];
    struct stat status;

    queue_fixture_open(fixture);
    write_record(fixture->queue, make_record(1, 1));
    assert_false(temp_directory_has(&fixture->directory, "secret.key"));
    write_record(fixture->queue, make_secret_record(2, PARAMETERS));

    assert_int_equal(stat(key_path(fixture, path), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    assert_int_equal(status.st_size, SECRET_KEY_SIZE);
    assert_false(temp_directory_has(&fixture->directory, "secret.key.new"));
}

static void every_queue_has_a_key_of_its_own_and_keeps_it(void **state)
{
    struct queue_fixture *fixture = *state;
    char *first, *second;

    fill(fixture);
    first = temp_directory_read(&fixture->directory, "secret.key", NULL);
    queue_fixture_reopen(fixture);
    write_record(fixture->queue, make_secret_record(2, "more"));
    second = temp_directory_read(&fixture->directory, "secret.key", NULL);
    assert_memory_equal(first, second, SECRET_KEY_SIZE);
    free(second);
    close_queue(fixture);
    temp_directory_remove(&fixture->directory);
    temp_directory_make(&fixture->directory);
    fill(fixture);
    second = temp_directory_read(&fixture->directory, "secret.key", NULL);

    assert_memory_not_equal(first, second, SECRET_KEY_SIZE);
    free(first);
    free(second);
}

static void a_missing_key_costs_the_secret_and_not_the_job(void **state)
{
    struct queue_fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];

    fill(fixture);
    close_queue(fixture);
    assert_int_equal(unlink(key_path(fixture, path)), 0);

    assert_command(fixture, 1, NULL);
    assert_told("job {00000001-1234-5678-0102-030405060708}: its notify-command-line is lost: "
                "there is no secret.key");
    write_record(fixture->queue, make_secret_record(2, "a new one"));
    close_queue(fixture);
    assert_command(fixture, 2, "a new one");
}

static void another_key_costs_the_secret_and_not_the_job(void **state)
{
    static const char other[SECRET_KEY_SIZE + 1] = "thirty-two bytes of somebody els";
    struct queue_fixture *fixture = *state;

    fill(fixture);
    close_queue(fixture);
    put_key(fixture, other, SECRET_KEY_SIZE);

    assert_command(fixture, 1, NULL);
    assert_told("its notify-command-line is lost: the key does not open it");
}

static void a_key_of_another_length_is_refused(void **state)
{
    static const char bytes[SECRET_KEY_FILE_MAXIMUM + 1] = { 1 };
    static const size_t sizes[] = { 0, 1, SECRET_KEY_SIZE - 1, SECRET_KEY_SIZE + 1, sizeof(bytes) };
    struct queue_fixture *fixture = *state;

    fill(fixture);
    close_queue(fixture);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        put_key(fixture, bytes, sizes[i]);

        assert_command(fixture, 1, NULL);
        close_queue(fixture);
    }
    assert_told("/secret.key is refused: a key has 32 bytes");
}

static void a_key_that_others_may_read_is_refused(void **state)
{
    static const mode_t modes[] = { 0640, 0604, 0620, 0602, 0601, 0677 };
    struct queue_fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];

    fill(fixture);
    close_queue(fixture);
    for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        assert_int_equal(chmod(key_path(fixture, path), modes[i]), 0);

        assert_command(fixture, 1, NULL);
        close_queue(fixture);
    }
    assert_told("/secret.key is refused: it is not for its owner alone");

    /* Nothing was lost: it was only looked at. */
    assert_int_equal(chmod(path, 0600), 0);
    assert_command(fixture, 1, PARAMETERS);
}

static void a_key_behind_a_symbolic_link_is_refused(void **state)
{
    struct queue_fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];
    char target[TEMP_PATH_SIZE];

    fill(fixture);
    close_queue(fixture);
    temp_directory_join(&fixture->directory, "elsewhere", target);
    assert_int_equal(rename(key_path(fixture, path), target), 0);
    assert_int_equal(symlink(target, path), 0);

    assert_command(fixture, 1, NULL);
    assert_told("/secret.key is refused: it is a symbolic link");
}

/* The key is not replaced: the secret lives as long as its process, and the job as ever. */
static void with_a_refused_key_a_new_secret_is_not_kept(void **state)
{
    struct queue_fixture *fixture = *state;

    put_key(fixture, "short", 5);
    fill(fixture);
    assert_told("its notify-command-line will not outlive this process: a key has 32 bytes");
    assert_false(file_has(fixture, "queue.db-wal", PROGRAM));
    close_queue(fixture);

    assert_command(fixture, 1, NULL);
    assert_told("its notify-command-line is lost: no key could be used when it was set");
    assert_true(file_has(fixture, "secret.key", "short"));
}

static void a_sealed_row_is_good_for_its_own_job_only(void **state)
{
    struct queue_fixture *fixture = *state;

    fill(fixture);
    write_record(fixture->queue, make_secret_record(2, "the second's"));
    close_queue(fixture);
    run_sql(fixture, "UPDATE job_property SET bytes = (SELECT bytes FROM job_property WHERE job = 1"
                     " AND kind = 'sealed') WHERE job = 2 AND kind = 'sealed'");

    assert_command(fixture, 1, PARAMETERS);
    assert_command(fixture, 2, NULL);
    assert_told("job {00000002-1234-5678-0102-030405060708}: its notify-command-line is lost");
}

static void a_sealed_row_is_good_for_its_own_property_only(void **state)
{
    struct queue_fixture *fixture = *state;
    struct record_list list;

    fill(fixture);
    close_queue(fixture);
    run_sql(fixture, "UPDATE job_property SET name = 'custom-headers' WHERE kind = 'sealed'");

    queue_fixture_open(fixture);
    list = read_records(fixture->queue, 0);
    assert_int_equal(list.records[0].property_count, 1);
    assert_told("its custom-headers is lost");
    record_list_dispose(&list);
}

/* Whoever can write to a database and has no key cannot have a program run. */
static void a_secret_that_is_not_sealed_is_not_taken(void **state)
{
    struct queue_fixture *fixture = *state;

    fill(fixture);
    close_queue(fixture);
    run_sql(fixture, "UPDATE job_property SET kind = 'command', text = '/bin/sh', detail = 'sh', "
                     "bytes = NULL WHERE kind = 'sealed'");

    assert_command(fixture, 1, NULL);
    assert_told("its notify-command-line is lost: it is not sealed");
}

static void a_changed_byte_costs_the_secret_and_not_the_queue(void **state)
{
    struct queue_fixture *fixture = *state;

    fill(fixture);
    close_queue(fixture);
    run_sql(fixture, "UPDATE job_property SET bytes = substr(bytes, 1, length(bytes) - 1) "
                     "WHERE kind = 'sealed'");
    assert_command(fixture, 1, NULL);
    close_queue(fixture);
    run_sql(fixture, "UPDATE job_property SET bytes = x'' WHERE kind = 'sealed'");

    assert_command(fixture, 1, NULL);
}

static void a_disk_that_takes_no_key_takes_no_secret(void **state)
{
    static const char *const operations[] = { "open", "write_at", "sync", "rename",
                                              "sync_directory" };
    struct queue_fixture *fixture = *state;
    struct queue_options options = { .directory = fixture->directory.path };
    struct job_record record = make_secret_record(1, PARAMETERS);
    const struct record_batch batch = { .jobs = &record, .job_count = 1 };

    assert_ok(disk_faulty_new(disk_system(), &options.disk));
    assert_ok(queue_open(&options, &fixture->queue));
    for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++) {
        struct disk_fault fault = { .operation = operations[i],
                                    .path_part = "secret.key",
                                    .kind = DISK_FAULT_FAIL,
                                    .result = XBITS_ERROR_DISK_FULL };
        struct record_list list;

        if (strcmp(operations[i], "sync_directory") == 0)
            fault.path_part = "";
        assert_ok(disk_faulty_add(options.disk, &fault));
        assert_fails(XBITS_ERROR_DISK_FULL, queue_write(fixture->queue, &batch, true));
        disk_faulty_clear(options.disk);
        list = read_records(fixture->queue, 0);
        assert_int_equal(list.count, 0);
        record_list_dispose(&list);
    }

    assert_ok(queue_write(fixture->queue, &batch, true));
    job_record_dispose(&record);
    close_queue(fixture);
    disk_faulty_free(options.disk);
    assert_command(fixture, 1, PARAMETERS);
}

static struct queue *open_on(struct disk *disk)
{
    const struct queue_options options = { .directory = "/queue", .disk = disk };
    struct queue *queue = NULL;

    assert_ok(queue_open(&options, &queue));
    return queue;
}

/* What was answered for is there, and what is there has its secret. */
static void assert_whole(struct queue *queue, bool is_answered)
{
    struct record_list list = read_records(queue, 0);

    assert_true(list.count == 1 || !is_answered);
    if (list.count == 1)
        assert_non_null(command_of(&list.records[0]));
    record_list_dispose(&list);
}

/* Writes a secret on a disk whose power goes after so many operations, or else after the answer.
 * True: it went after the answer. */
static bool cut_after(uint64_t seed, uint64_t operations)
{
    struct disk *disk = disk_power_new(seed);
    struct job_record record = make_secret_record(1, PARAMETERS);
    const struct record_batch batch = { .jobs = &record, .job_count = 1 };
    struct queue *queue = open_on(disk);
    bool is_answered;
    bool is_whole;

    disk_power_end_after(disk, operations, DISK_POWER_CUT);
    is_answered = XBITS_SUCCEEDED(queue_write(queue, &batch, true));
    is_whole = is_answered && !disk_power_is_off(disk);
    disk_power_end_after(disk, 0, DISK_POWER_CUT);
    queue_close(queue);
    disk_power_restore(disk);
    queue = open_on(disk);
    assert_whole(queue, is_answered);
    queue_close(queue);
    job_record_dispose(&record);
    disk_power_free(disk);
    return is_whole;
}

static void the_key_is_on_the_medium_before_what_it_sealed(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        uint64_t operations = 1;

        while (!cut_after(seed, operations))
            operations++;
        assert_true(operations > 5);
    }
}

static void without_a_cipher_a_secret_is_in_memory_only(void **state)
{
    struct queue_fixture *fixture = *state;

    fill(fixture);
    assert_told("its notify-command-line will not outlive this process: this build seals no");
    assert_false(temp_directory_has(&fixture->directory, "secret.key"));
    assert_false(file_has(fixture, "queue.db-wal", "9f8e7d6c"));
    close_queue(fixture);

    assert_command(fixture, 1, NULL);
    assert_told("its notify-command-line is lost: no key could be used when it was set");
}

#define SECRET_TEST(test)                                                                          \
    cmocka_unit_test_setup_teardown(test, queue_fixture_begin, queue_fixture_end)

int main(void)
{
    const struct CMUnitTest tests_without_cipher[] = {
        SECRET_TEST(without_a_cipher_a_secret_is_in_memory_only),
    };
    const struct CMUnitTest tests[] = {
        SECRET_TEST(a_secret_is_in_no_file_of_the_queue),
        SECRET_TEST(a_secret_comes_back),
        SECRET_TEST(every_kind_of_value_comes_back),
        SECRET_TEST(the_longest_and_the_empty_one_come_back),
        SECRET_TEST(the_key_is_made_with_the_first_secret_and_private),
        SECRET_TEST(every_queue_has_a_key_of_its_own_and_keeps_it),
        SECRET_TEST(a_missing_key_costs_the_secret_and_not_the_job),
        SECRET_TEST(another_key_costs_the_secret_and_not_the_job),
        SECRET_TEST(a_key_of_another_length_is_refused),
        SECRET_TEST(a_key_that_others_may_read_is_refused),
        SECRET_TEST(a_key_behind_a_symbolic_link_is_refused),
        SECRET_TEST(with_a_refused_key_a_new_secret_is_not_kept),
        SECRET_TEST(a_sealed_row_is_good_for_its_own_job_only),
        SECRET_TEST(a_sealed_row_is_good_for_its_own_property_only),
        SECRET_TEST(a_secret_that_is_not_sealed_is_not_taken),
        SECRET_TEST(a_changed_byte_costs_the_secret_and_not_the_queue),
        SECRET_TEST(a_disk_that_takes_no_key_takes_no_secret),
        SECRET_TEST(the_key_is_on_the_medium_before_what_it_sealed),
    };

    if (!secret_is_available())
        return run_tests("queue secrets without a cipher", tests_without_cipher);
    return run_tests("queue secrets", tests);
}
