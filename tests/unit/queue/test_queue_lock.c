/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/process.h"
#include "queue_fixture.h"
#include "support/assert_result.h"
#include "support/test_main.h"

/* A child that holds the lock until it is told to end, by closing, or by a sudden end. */
struct holder {
    pid_t process;
    int release; /* A byte written here ends it. */
};

static void hold(const char *directory, int ready, int release)
{
    struct queue_lock *lock = NULL;
    char byte = 'x';

    if (XBITS_FAILED(queue_lock_take(disk_system(), directory, &lock)))
        _Exit(1);
    if (write(ready, &byte, 1) != 1 || read(release, &byte, 1) != 1)
        _Exit(2);
    _Exit(0); /* Without a release: its number stays in the file. */
}

static struct holder start_holder(const char *directory)
{
    struct holder holder = { 0 };
    int ready[2];
    int release[2];
    char byte;

    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(release), 0);
    holder.process = fork();
    if (holder.process == 0)
        hold(directory, ready[1], release[0]);
    assert_true(holder.process > 0);
    close(ready[1]);
    close(release[0]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    holder.release = release[1];
    return holder;
}

static void end_holder(struct holder *holder)
{
    int status = 0;

    assert_int_equal(write(holder->release, "x", 1), 1);
    close(holder->release);
    assert_int_equal(waitpid(holder->process, &status, 0), holder->process);
    assert_int_equal(status, 0);
}

static void the_owner_is_this_process_until_it_lets_go(void **state)
{
    struct queue_fixture *fixture = *state;
    const char *directory = fixture->directory.path;
    struct queue_lock *lock = NULL;

    assert_true(queue_lock_owner(disk_system(), directory) == 0);
    assert_ok(queue_lock_take(disk_system(), directory, &lock));
    assert_true(queue_lock_owner(disk_system(), directory) == process_id());

    queue_lock_release(lock);

    assert_true(queue_lock_owner(disk_system(), directory) == 0);
}

static void a_second_owner_is_told_who_the_first_is(void **state)
{
    struct queue_fixture *fixture = *state;
    const char *directory = fixture->directory.path;
    struct holder holder = start_holder(directory);
    struct queue_lock *lock = NULL;
    char who[100];

    assert_fails(XBITS_ERROR_LOCK_VIOLATION, queue_lock_take(disk_system(), directory, &lock));
    snprintf(who, sizeof(who), "is in use by process %ld; stop that process (its jobs stay), or",
             (long)holder.process);
    assert_message(who);
    assert_true(queue_lock_owner(disk_system(), directory) == (uint64_t)holder.process);
    end_holder(&holder);
}

static void the_number_of_an_owner_that_ended_suddenly_means_nothing(void **state)
{
    struct queue_fixture *fixture = *state;
    const char *directory = fixture->directory.path;
    struct holder holder = start_holder(directory);
    struct queue_lock *lock = NULL;
    char *number;

    end_holder(&holder);
    number = temp_directory_read(&fixture->directory, "lock", NULL);
    assert_int_equal(strtol(number, NULL, 10), holder.process);
    free(number);

    assert_true(queue_lock_owner(disk_system(), directory) == 0);
    assert_ok(queue_lock_take(disk_system(), directory, &lock));
    assert_true(queue_lock_owner(disk_system(), directory) == process_id());
    queue_lock_release(lock);
}

static void asking_for_the_owner_takes_nothing_from_it(void **state)
{
    struct queue_fixture *fixture = *state;
    const char *directory = fixture->directory.path;
    struct queue_lock *lock = NULL;
    struct queue_lock *second = NULL;

    assert_ok(queue_lock_take(disk_system(), directory, &lock));
    for (int i = 0; i < 3; i++)
        assert_true(queue_lock_owner(disk_system(), directory) == process_id());

    assert_fails(XBITS_ERROR_LOCK_VIOLATION, queue_lock_take(disk_system(), directory, &second));
    queue_lock_release(lock);
}

static void the_directory_is_made_with_its_parents(void **state)
{
    struct queue_fixture *fixture = *state;
    char directory[TEMP_PATH_SIZE];
    struct queue_lock *lock = NULL;

    temp_directory_join(&fixture->directory, "a/b/queue", directory);
    assert_true(queue_lock_owner(disk_system(), directory) == 0);
    assert_ok(queue_lock_take(disk_system(), directory, &lock));
    assert_int_equal(access(directory, W_OK), 0);
    queue_lock_release(lock);

    temp_directory_write(&fixture->directory, "file", "", 0);
    temp_directory_join(&fixture->directory, "file", directory);
    assert_fails(XBITS_ERROR_DIRECTORY, queue_lock_take(disk_system(), directory, &lock));
}

static void a_full_disk_keeps_no_owner_away(void **state)
{
    static const struct disk_fault full = { .operation = "write_at",
                                            .path_part = "lock",
                                            .result = XBITS_ERROR_DISK_FULL };
    struct queue_fixture *fixture = *state;
    const char *directory = fixture->directory.path;
    struct queue_lock *lock = NULL;
    struct queue_lock *second = NULL;
    struct disk *disk = NULL;

    assert_ok(disk_faulty_new(disk_system(), &disk));
    assert_ok(disk_faulty_add(disk, &full));

    assert_ok(queue_lock_take(disk, directory, &lock));

    assert_fails(XBITS_ERROR_LOCK_VIOLATION, queue_lock_take(disk, directory, &second));
    assert_message("is in use by another process");
    queue_lock_release(lock);
    disk_faulty_free(disk);
}

static void a_lock_is_never_the_file_behind_a_link(void **state)
{
    struct queue_fixture *fixture = *state;
    struct queue_lock *lock = NULL;
    char path[TEMP_PATH_SIZE];
    char *text;

    temp_directory_write(&fixture->directory, "precious", "precious", 8);
    assert_int_equal(symlink("precious", temp_directory_join(&fixture->directory, "lock", path)),
                     0);

    assert_fails(XBITS_ERROR_CANT_RESOLVE_FILENAME,
                 queue_lock_take(disk_system(), fixture->directory.path, &lock));
    text = temp_directory_read(&fixture->directory, "precious", NULL);
    assert_string_equal(text, "precious");
    free(text);
}

#define QUEUE_TEST(test)                                                                           \
    cmocka_unit_test_setup_teardown(test, queue_fixture_begin, queue_fixture_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        QUEUE_TEST(the_owner_is_this_process_until_it_lets_go),
        QUEUE_TEST(a_second_owner_is_told_who_the_first_is),
        QUEUE_TEST(the_number_of_an_owner_that_ended_suddenly_means_nothing),
        QUEUE_TEST(asking_for_the_owner_takes_nothing_from_it),
        QUEUE_TEST(the_directory_is_made_with_its_parents),
        QUEUE_TEST(a_full_disk_keeps_no_owner_away),
        QUEUE_TEST(a_lock_is_never_the_file_behind_a_link),
    };

    return run_tests("queue_lock", tests);
}
