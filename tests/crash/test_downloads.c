/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "crash/filing.h"
#include "store/filing/hand_over.h"
#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"

/*
 * A page starts a download, and the process or the power ends at each operation of the disk until
 * the song is filed; then once more, somewhere in the next session. In the end an item that was
 * promised is filed, once; one that was not is filed or has never been; and no job is left.
 */
#define COLLECTION          4711
#define STEPS               6
#define RECOVERY_OPERATIONS 120

struct trial {
    struct disk *medium;
    struct random random;
    struct filing filing;
    enum disk_power_end end;
    const char *type;
    uint64_t operation;
    bool is_promised;
};

static void claim(const struct trial *trial, bool is_so, const char *what)
{
    if (!is_so)
        fail_msg("%s, operation %u: %s (%s)", trial->type, (unsigned)trial->operation, what,
                 xbits_last_error()->message);
}

static struct xbits_download_manager *downloads_of(const struct trial *trial)
{
    return xbits_player_download_manager(trial->filing.player);
}

static bool is_real_time(const struct trial *trial)
{
    return strcmp(trial->type, XBITS_DOWNLOAD_REAL_TIME) == 0;
}

static void start(struct trial *trial)
{
    struct xbits_download_spec spec;
    struct xbits_id item;

    XBITS_INIT(&spec);
    spec.collection = COLLECTION;
    spec.provider = "HarborTunes";
    spec.source_url = FILING_DOWNLOAD;
    spec.type = trial->type;
    trial->is_promised =
        XBITS_SUCCEEDED(xbits_download_collection_start(downloads_of(trial), &spec, &item));
}

static xbits_result run(struct trial *trial)
{
    for (int i = 0; i < STEPS; i++)
        TRY(filing_step(&trial->filing));
    return XBITS_S_OK;
}

static bool count_job(const struct xbits_job_snapshot *snapshot, void *user)
{
    (void)snapshot;
    ++*(size_t *)user;
    return true;
}

static void count_song(void *user, const char *path)
{
    *(size_t *)user += filing_is_song(path);
}

static size_t items_of(const struct trial *trial)
{
    int32_t count = 0;

    claim(trial,
          XBITS_SUCCEEDED(xbits_download_collection_count(downloads_of(trial), COLLECTION, &count)),
          "the items cannot be counted");
    return (size_t)count;
}

static void check_item(const struct trial *trial)
{
    struct xbits_download_item item;
    struct xbits_id id;
    size_t entries = filing_entries((struct filing *)&trial->filing);

    claim(trial, items_of(trial) == entries, "there are other items than songs");
    claim(trial, entries == 1 || !trial->is_promised, "the song is lost");
    if (entries == 0)
        return;
    XBITS_INIT(&item);
    assert_ok(xbits_download_collection_item(downloads_of(trial), COLLECTION, 0, &id));
    assert_ok(xbits_download_item_read(downloads_of(trial), &id, &item));
    assert_int_equal(item.state, XBITS_DOWNLOAD_COMPLETED);
    assert_int_equal(item.size_bytes, FILING_SONG_SIZE);
    assert_non_null(strstr(item.path, FILING_MUSIC "/Unknown Artist/Unknown Album/"));
}

static void check(struct trial *trial)
{
    struct xbits_id *waiting = NULL;
    size_t entries = filing_entries(&trial->filing);
    size_t jobs = 0;
    size_t rows = 0;
    size_t songs = 0;

    assert_ok(xbits_manager_visit_jobs(trial->filing.manager, XBITS_SCOPE_MINE, count_job, &jobs));
    claim(trial, jobs == 0, "a job is left");
    assert_ok(hand_over_list(trial->filing.player->library, &waiting, &rows));
    free(waiting);
    claim(trial, rows == 0, "the journal still waits for a song");
    disk_power_visit_files(trial->medium, count_song, &songs);
    claim(trial, entries <= 1 && songs == entries, "there are other files than songs");
    if (is_real_time(trial))
        claim(trial, items_of(trial) == 0, "a real time item is there again");
    else
        check_item(trial);
}

/* A disk without power was an error to the job, which a page then resumes. */
static void resume_all(struct trial *trial)
{
    struct xbits_id id;

    for (int32_t i = 0;
         XBITS_SUCCEEDED(xbits_download_collection_item(downloads_of(trial), COLLECTION, i, &id));
         i++)
        assert_ok(xbits_download_item_resume(downloads_of(trial), &id));
}

/* The session after the end comes to an end of its own. */
static void recover(struct trial *trial)
{
    disk_power_end_after(trial->medium, 0, trial->end);
    filing_close(&trial->filing);
    disk_power_restore(trial->medium);
    disk_power_end_after(trial->medium, 1 + random_below(&trial->random, RECOVERY_OPERATIONS),
                         trial->end);
    if (XBITS_SUCCEEDED(filing_open(&trial->filing)))
        (void)run(trial);
    disk_power_end_after(trial->medium, 0, trial->end);
    filing_close(&trial->filing);
    disk_power_restore(trial->medium);
    claim(trial, XBITS_SUCCEEDED(filing_open(&trial->filing)), "the player cannot be opened");
    claim(trial, XBITS_SUCCEEDED(run(trial)), "the player cannot go on");
    resume_all(trial);
    claim(trial, XBITS_SUCCEEDED(run(trial)), "the player cannot go on");
}

/* False when the song was filed before the power went. */
static bool try_one(struct trial trial)
{
    bool was_off;

    trial.medium = disk_power_new(trial.operation * 1000003);
    random_init(&trial.random, trial.operation * 7919);
    trial.filing = (struct filing){ .root = "", .disk = trial.medium, .now_ms = 1 };
    assert_ok(filing_open(&trial.filing));
    disk_power_end_after(trial.medium, trial.operation, trial.end);
    start(&trial);
    (void)run(&trial);
    was_off = disk_power_is_off(trial.medium);
    recover(&trial);
    check(&trial);
    filing_close(&trial.filing);
    disk_power_free(trial.medium);
    return was_off;
}

static void end_everywhere(enum disk_power_end end, const char *type)
{
    struct trial trial = { .operation = 1, .end = end, .type = type };

    while (try_one(trial))
        trial.operation++;
    print_message("%u ends\n", (unsigned)trial.operation - 1);
    assert_true(trial.operation > 50);
}

static void the_process_may_be_killed_at_any_moment_of_a_background_download(void **state)
{
    (void)state;
    end_everywhere(DISK_POWER_KILL, XBITS_DOWNLOAD_BACKGROUND);
}

static void the_power_may_go_at_any_moment_of_a_background_download(void **state)
{
    (void)state;
    end_everywhere(DISK_POWER_CUT, XBITS_DOWNLOAD_BACKGROUND);
}

static void the_process_may_be_killed_at_any_moment_of_a_real_time_download(void **state)
{
    (void)state;
    end_everywhere(DISK_POWER_KILL, XBITS_DOWNLOAD_REAL_TIME);
}

static void the_power_may_go_at_any_moment_of_a_real_time_download(void **state)
{
    (void)state;
    end_everywhere(DISK_POWER_CUT, XBITS_DOWNLOAD_REAL_TIME);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_process_may_be_killed_at_any_moment_of_a_background_download),
        cmocka_unit_test(the_power_may_go_at_any_moment_of_a_background_download),
        cmocka_unit_test(the_process_may_be_killed_at_any_moment_of_a_real_time_download),
        cmocka_unit_test(the_power_may_go_at_any_moment_of_a_real_time_download),
    };

    return run_tests("downloads", tests);
}
