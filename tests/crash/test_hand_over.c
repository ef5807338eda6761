/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/random.h"
#include "crash/filing.h"
#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"

/*
 * The process is killed, or the power cut, after each operation on the disk, once more while the
 * next player recovers.
 */
/* No more operations than a recovering player makes; the second end comes anywhere among them. */
#define RECOVERY_OPERATIONS 120

struct trial {
    uint64_t operation;
    enum disk_power_end end;
    bool is_apart; /* The library is on another device than the files. */
    struct disk *medium;
    struct disk *disk; /* Over it, as the player sees it. */
    struct random random;
    struct filing filing;
};

static void claim(const struct trial *trial, bool is_true, const char *what)
{
    if (is_true)
        return;
    print_error("%s after operation %" PRIu64 "%s: %s (%s)\n",
                trial->end == DISK_POWER_CUT ? "power cut" : "kill", trial->operation,
                trial->is_apart ? ", two devices" : "", what, xbits_last_error()->message);
    fail();
}

/* The player may or may not come to its end. */
static void run_to_the_end(struct trial *trial)
{
    if (XBITS_SUCCEEDED(filing_open(&trial->filing)))
        (void)filing_run(&trial->filing);
    filing_close(&trial->filing);
}

/* What is a song, or was to become one. */
static void count_song_file(void *user, const char *path)
{
    *(size_t *)user += filing_is_song(path);
}

static void check(struct trial *trial)
{
    const char *fault = filing_find_fault(&trial->filing);
    size_t files = 0;

    claim(trial, fault == NULL, fault);
    disk_power_visit_files(trial->medium, count_song_file, &files);
    claim(trial, files == FILING_SONGS, "there are other files than the songs");
}

static void recover(struct trial *trial)
{
    disk_power_end_after(trial->medium, 0, trial->end);
    disk_power_restore(trial->medium);
    disk_power_end_after(trial->medium, 1 + random_below(&trial->random, RECOVERY_OPERATIONS),
                         trial->end);
    run_to_the_end(trial);
    disk_power_end_after(trial->medium, 0, trial->end);
    disk_power_restore(trial->medium);
    claim(trial, XBITS_SUCCEEDED(filing_open(&trial->filing)), "the player cannot be opened");
    claim(trial, filing_run(&trial->filing), "the songs are not filed");
}

/* Complete renames inside the one directory, and does not mind what the name had borne; what comes
 * from there by a rename that does comes from another device. */
static void part_devices(struct trial *trial)
{
    struct disk_fault fault = { "rename_new", FILING_FILES, 0, DISK_FAULT_FAIL,
                                XBITS_ERROR_NOT_SAME_DEVICE };

    if (trial->is_apart)
        assert_ok(disk_faulty_add(trial->disk, &fault));
}

/* False when the player came to its end before the power went. */
static bool try_one(struct trial trial)
{
    bool was_off;

    trial.medium = disk_power_new(trial.operation * 1000003);
    assert_ok(disk_faulty_new(trial.medium, &trial.disk));
    part_devices(&trial);
    random_init(&trial.random, trial.operation * 7919);
    trial.filing = (struct filing){ .root = "", .disk = trial.disk, .now_ms = 1 };
    assert_ok(filing_prepare(&trial.filing));
    disk_power_end_after(trial.medium, trial.operation, trial.end);
    run_to_the_end(&trial);
    was_off = disk_power_is_off(trial.medium);
    recover(&trial);
    check(&trial);
    filing_close(&trial.filing);
    disk_faulty_free(trial.disk);
    disk_power_free(trial.medium);
    return was_off;
}

static void end_everywhere(enum disk_power_end end, bool is_apart, const char *what)
{
    struct trial trial = { .operation = 1, .end = end, .is_apart = is_apart };

    while (try_one(trial))
        trial.operation++;
    print_message("%u %s\n", (unsigned)trial.operation - 1, what);
    assert_true(trial.operation > 50);
}

static void the_process_may_be_killed_at_any_moment_of_the_hand_over(void **state)
{
    (void)state;
    end_everywhere(DISK_POWER_KILL, false, "kills");
}

static void the_power_may_go_at_any_moment_of_the_hand_over(void **state)
{
    (void)state;
    end_everywhere(DISK_POWER_CUT, false, "power cuts");
}

static void the_process_may_be_killed_while_a_song_goes_to_another_device(void **state)
{
    (void)state;
    end_everywhere(DISK_POWER_KILL, true, "kills between two devices");
}

static void the_power_may_go_while_a_song_goes_to_another_device(void **state)
{
    (void)state;
    end_everywhere(DISK_POWER_CUT, true, "power cuts between two devices");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_process_may_be_killed_at_any_moment_of_the_hand_over),
        cmocka_unit_test(the_power_may_go_at_any_moment_of_the_hand_over),
        cmocka_unit_test(the_process_may_be_killed_while_a_song_goes_to_another_device),
        cmocka_unit_test(the_power_may_go_while_a_song_goes_to_another_device),
    };

    return run_tests("hand over", tests);
}
