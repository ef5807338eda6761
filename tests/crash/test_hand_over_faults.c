/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "crash/filing.h"
#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"

/*
 * Each operation of a disk is refused while a player files songs, alone or with all that come after
 * it. When the disk works again the same session, or the next one, files every song once.
 */

/* More operations than a player makes in a few passes. */
#define MANY 300
/* While the disk refuses all. */
#define PASSES 3

static const xbits_result refusals[] = { XBITS_ERROR_DISK_FULL, XBITS_E_ACCESSDENIED,
                                         XBITS_ERROR_IO_DEVICE };
#define REFUSAL_COUNT (sizeof refusals / sizeof refusals[0])

struct trouble {
    xbits_result refusal;
    uint64_t nth;
    bool stays;
    bool is_next_session; /* That files the songs. */
    bool is_apart;        /* The library is on another device than the files. */
};

struct trial {
    const struct trouble *trouble;
    struct disk *medium;
    struct disk *disk;
    struct filing filing;
    size_t filed; /* News. */
    size_t failed;
    size_t repeated; /* A failure that was told already. */
    struct xbits_player_news last[FILING_SONGS];
};

static void claim(const struct trial *trial, bool is_true, const char *what)
{
    const struct trouble *trouble = trial->trouble;

    if (is_true)
        return;
    print_error("operation %" PRIu64 "%s answers 0x%08" PRIX32 "%s%s: %s (%s)\n", trouble->nth,
                trouble->stays ? " and those after it" : "", (uint32_t)trouble->refusal,
                trouble->is_next_session ? ", next session" : "",
                trouble->is_apart ? ", two devices" : "", what, xbits_last_error()->message);
    fail();
}

static void note_failure(struct trial *trial, const struct xbits_player_news *news)
{
    size_t song = 0;

    while (song < FILING_SONGS - 1 && trial->last[song].size != 0 &&
           !xbits_id_equal(&trial->last[song].job, &news->job))
        song++;
    trial->failed++;
    trial->repeated += trial->last[song].result == news->result;
    trial->last[song] = *news;
}

static void note_news(const struct xbits_player_news *news, void *user)
{
    struct trial *trial = user;

    trial->filed += news->kind == XBITS_NEWS_FILED;
    if (news->kind == XBITS_NEWS_FAILED)
        note_failure(trial, news);
}

static void add_fault(struct trial *trial, const struct disk_fault *fault)
{
    assert_ok(disk_faulty_add(trial->disk, fault));
}

static void part_devices(struct trial *trial)
{
    if (trial->trouble->is_apart)
        add_fault(trial, &(struct disk_fault){ "rename_new", FILING_FILES, 0, DISK_FAULT_FAIL,
                                               XBITS_ERROR_NOT_SAME_DEVICE });
}

static void begin_trouble(struct trial *trial)
{
    const struct trouble *trouble = trial->trouble;
    uint64_t count = trouble->stays ? MANY : 1;

    for (uint64_t i = 0; i < count; i++)
        add_fault(trial, &(struct disk_fault){ "*", "", trouble->nth + i, DISK_FAULT_FAIL,
                                               trouble->refusal });
}

/* Returns how many operations it saw. */
static uint64_t live_through_trouble(struct trial *trial)
{
    uint64_t before = disk_faulty_count(trial->disk, "*");
    int passes = trial->trouble->stays ? PASSES : 1;
    xbits_result result;

    begin_trouble(trial);
    result = filing_open(&trial->filing);
    for (int i = 0; i < passes && XBITS_SUCCEEDED(result); i++)
        (void)filing_step(&trial->filing);
    if (trial->trouble->is_next_session || XBITS_FAILED(result))
        filing_close(&trial->filing);
    disk_faulty_clear(trial->disk);
    part_devices(trial);
    return disk_faulty_count(trial->disk, "*") - before;
}

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
    claim(trial, trial->filed <= FILING_SONGS, "a song was told to be filed twice");
    /* A commit of which the sync failed can be found in the log by the next session. */
    claim(trial, trial->filed == FILING_SONGS || trial->trouble->is_next_session,
          "a song was not told to be filed");
    claim(trial, trial->repeated == 0, "a failure was told twice");
    claim(trial, trial->trouble->stays || trial->failed <= 1, "one refusal failed two songs");
}

/* False when the trouble comes after the player's last operation. */
static bool try_one(const struct trouble *trouble)
{
    struct trial trial = { .trouble = trouble, .medium = disk_power_new(trouble->nth) };
    uint64_t count;

    assert_ok(disk_faulty_new(trial.medium, &trial.disk));
    trial.filing = (struct filing){
        .root = "", .disk = trial.disk, .tell = note_news, .user = &trial, .now_ms = 1
    };
    assert_ok(filing_prepare(&trial.filing));
    part_devices(&trial);
    count = live_through_trouble(&trial);
    if (trial.filing.player == NULL)
        claim(&trial, XBITS_SUCCEEDED(filing_open(&trial.filing)), "the player cannot be opened");
    claim(&trial, filing_run(&trial.filing), "the songs are not filed");
    check(&trial);
    filing_close(&trial.filing);
    disk_faulty_free(trial.disk);
    disk_power_free(trial.medium);
    assert_true(!trouble->stays || count < trouble->nth + MANY);
    return trouble->nth <= count;
}

/* Both sessions get every operation, of one device; of two they take turns. */
static void refuse_everywhere(struct trouble trouble)
{
    for (unsigned i = 0; i < (trouble.is_apart ? 1u : 2u); i++) {
        bool was_there = true;

        for (trouble.nth = 0; was_there;) {
            trouble.nth++;
            trouble.refusal = refusals[(trouble.nth + i) % REFUSAL_COUNT];
            trouble.is_next_session = (trouble.nth + i) % 2 == 0;
            was_there = try_one(&trouble);
        }
        assert_true(trouble.nth > 100);
    }
    print_message("%u operations\n", (unsigned)trouble.nth - 1);
}

static void a_refusal_in_the_hand_over_files_every_song_once(void **state)
{
    (void)state;
    refuse_everywhere((struct trouble){ .stays = false });
}

static void a_disk_that_refuses_all_for_a_while_files_every_song_once(void **state)
{
    (void)state;
    refuse_everywhere((struct trouble){ .stays = true });
}

static void a_refusal_on_the_way_to_another_device_files_every_song_once(void **state)
{
    (void)state;
    refuse_everywhere((struct trouble){ .stays = false, .is_apart = true });
}

static void a_refusal_of_all_on_the_way_to_another_device_files_every_song_once(void **state)
{
    (void)state;
    refuse_everywhere((struct trouble){ .stays = true, .is_apart = true });
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refusal_in_the_hand_over_files_every_song_once),
        cmocka_unit_test(a_disk_that_refuses_all_for_a_while_files_every_song_once),
        cmocka_unit_test(a_refusal_on_the_way_to_another_device_files_every_song_once),
        cmocka_unit_test(a_refusal_of_all_on_the_way_to_another_device_files_every_song_once),
    };

    return run_tests("hand over faults", tests);
}
