/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/process.h"
#include "base/text.h"
#include "crash/filing.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

/*
 * A whole program that files songs on the machine's disk is ended before or after one of its
 * operations there, and then run again. XBITS_CRASH_ROUNDS=n: at so many places, all of them when
 * there are not so many.
 */
#define ROUNDS        40
#define PATH_SIZE     1024
#define COUNT_AT_MOST 100000

static unsigned rounds(void)
{
    const char *text = getenv("XBITS_CRASH_ROUNDS");
    uint64_t count = ROUNDS;

    if (text != NULL)
        assert_true(text_parse_u64(text, COUNT_AT_MOST, &count) && count > 0);
    return (unsigned)count;
}

/* Returns the child's exit status. */
static int live(const char *root, const char *moment, uint64_t nth)
{
    char number[24];
    const char *arguments[] = { "hand_over_child", root, moment, number, NULL };
    struct process *process = NULL;

    snprintf(number, sizeof number, "%" PRIu64, nth);
    assert_ok(process_start(HAND_OVER_CHILD, arguments, &process));
    return process_wait(process);
}

/* In the directory and those below it. */
static size_t count_songs(const char *directory)
{
    DIR *stream = opendir(directory);
    char path[PATH_SIZE];
    struct dirent *entry;
    struct stat status;
    size_t count = 0;

    assert_non_null(stream);
    while ((entry = readdir(stream)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", directory, entry->d_name);
        assert_int_equal(lstat(path, &status), 0);
        count += S_ISDIR(status.st_mode) ? count_songs(path) : filing_is_song(entry->d_name);
    }
    closedir(stream);
    return count;
}

static const char *find_fault(const char *root)
{
    struct filing filing = { .root = root, .disk = disk_system(), .now_ms = 1 };
    const char *fault = "the player cannot be opened";

    if (XBITS_SUCCEEDED(filing_open(&filing)))
        fault = filing_find_fault(&filing);
    filing_close(&filing);
    if (fault == NULL && count_songs(root) != FILING_SONGS)
        return "there are other files than the songs";
    return fault;
}

static void try_one(const char *moment, uint64_t nth)
{
    struct temp_directory root;
    const char *fault;
    int status;

    temp_directory_make(&root);
    status = live(root.path, moment, nth);
    if (status != DISK_FAULT_EXIT_STATUS)
        fail_msg("%s operation %" PRIu64 " the child ended with %d", moment, nth, status);
    status = live(root.path, moment, 0);
    if (status != 0)
        fail_msg("%s operation %" PRIu64 ": the next child ended with %d", moment, nth, status);
    fault = find_fault(root.path);
    if (fault != NULL)
        fail_msg("%s operation %" PRIu64 ": %s", moment, nth, fault);
    temp_directory_remove(&root);
}

/* Of a child that nothing ends. */
static uint64_t count_operations(void)
{
    struct temp_directory root;
    uint64_t count = 0;
    char *text;

    temp_directory_make(&root);
    assert_int_equal(live(root.path, "never", 0), 0);
    text = temp_directory_read(&root, "operations", NULL);
    assert_true(text_parse_u64(text, UINT64_MAX, &count));
    free(text);
    temp_directory_remove(&root);
    return count;
}

static void the_program_may_be_ended_at_any_operation_of_the_hand_over(void **state)
{
    uint64_t count = count_operations();
    uint64_t places = rounds() < count ? rounds() : count;

    (void)state;
    assert_true(count > 50);
    for (uint64_t i = 0; i < places; i++)
        try_one(i % 2 == 0 ? "after" : "before", 1 + i * count / places);
    print_message("%" PRIu64 " of %" PRIu64 " operations\n", places, count);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_program_may_be_ended_at_any_operation_of_the_hand_over),
    };

    return run_tests("hand over kill", tests);
}
