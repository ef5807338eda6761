/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "backend-sim/sim_backend.h"
#include "base/random.h"
#include "base/text.h"
#include "job/manager.h"
#include "store/hand_over.h"
#include "store/player.h"
#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"
#include "wire/resource.h"
#include "xbits/wmp_job.h"
#include "xbits/xbits.h"

/*
 * Two songs of one name are on their way into the library, and the process is killed, or the power
 * cut, after each operation on the disk, once more while the next player recovers. In the end there
 * is one file and one entry a song, and nothing else.
 */
#define SONGS     2
#define SONG_SIZE 20000
#define USER      "/user"
#define MUSIC     "/music"
#define QUEUE     "/state/queue"
/* No more operations than a recovering player makes; the second end comes anywhere among them. */
#define RECOVERY_OPERATIONS 120

static const char *const local_names[SONGS] = { "/files/one.mp3", "/files/two.mp3" };
static const char *const places[SONGS] = { MUSIC "/Artist/Album/01 Song.mp3",
                                           MUSIC "/Artist/Album/01 Song (2).mp3" };
static const char origin[] = "[resource song]\n"
                             "url = http://origin.test/song\n"
                             "size = 20000\n"
                             "pattern = 1\n";

struct trial {
    uint64_t operation;
    enum disk_power_end end;
    struct disk *disk;
    struct random random;
    struct xbits_manager *manager;
    struct xbits_player *player;
};

static void claim(const struct trial *trial, bool is_true, const char *what)
{
    if (is_true)
        return;
    print_error("%s after operation %" PRIu64 ": %s (%s)\n",
                trial->end == DISK_POWER_CUT ? "power cut" : "kill", trial->operation, what,
                xbits_last_error()->message);
    fail();
}

/* The disk of the trial that opens a queue: a port's open has no place for it. */
static struct disk *opening_disk;

static xbits_result open_on_disk(const struct xbits_options *options,
                                 struct backend_connection **connection_out)
{
    return sim_backend_open_on(options, opening_disk, connection_out);
}

static xbits_result open_manager(struct trial *trial)
{
    struct backend backend = sim_backend;
    struct known_backend known = { .info = { .name = "sim" }, .backend = &backend };
    struct xbits_options options;

    XBITS_INIT(&options);
    options.source = "script";
    options.clock = XBITS_CLOCK_VIRTUAL;
    options.seed = 1;
    options.queue = QUEUE;
    backend.open = open_on_disk;
    opening_disk = trial->disk;
    if (XBITS_FAILED(manager_open(&known, 1, &options, &trial->manager)))
        return xbits_last_error()->result;
    return xbits_sim_set_origin(trial->manager, origin);
}

static xbits_result open_player(struct trial *trial)
{
    struct xbits_player_options options;

    XBITS_INIT(&options);
    options.user_directory = USER;
    options.library = MUSIC;
    return player_open_on(trial->manager, &options, trial->disk, &trial->player);
}

static void close_all(struct trial *trial)
{
    xbits_player_close(trial->player);
    trial->player = NULL;
    xbits_manager_close(trial->manager);
    trial->manager = NULL;
}

static void send_song(struct trial *trial, struct xbits_registry *registry, size_t song)
{
    struct xbits_wmp_job_spec spec;
    struct xbits_job *job = NULL;

    XBITS_INIT(&spec);
    spec.description.service_id = 7;
    spec.description.provider = "HarborTunes";
    spec.description.album_artist = "Artist";
    spec.description.album_title = "Album";
    spec.description.track_number = "1";
    spec.description.title = "Song";
    spec.remote_name = "http://origin.test/song";
    spec.local_name = local_names[song];
    assert_ok(xbits_wmp_job_create(trial->manager, registry, &spec, NULL, &job));
    assert_ok(xbits_job_wait(job, XBITS_IN(TRANSFERRED), 3600000, NULL));
    xbits_job_close(job);
}

/* Both songs are TRANSFERRED, and no Player has run. */
static void prepare(struct trial *trial)
{
    struct xbits_registry *registry = NULL;

    assert_ok(disk_make_directory(trial->disk, "/files"));
    assert_ok(open_manager(trial));
    assert_ok(registry_open_on(USER, trial->disk, &registry));
    assert_ok(xbits_registry_add_store(registry, "HarborTunes", NULL));
    for (size_t i = 0; i < SONGS; i++)
        send_song(trial, registry, i);
    xbits_registry_close(registry);
    close_all(trial);
}

static bool count_entry(const struct xbits_library_entry *entry, void *user)
{
    (void)entry;
    ++*(size_t *)user;
    return true;
}

static size_t entries(struct trial *trial)
{
    size_t count = 0;

    (void)xbits_library_visit_entries(trial->player->library, NULL, count_entry, &count);
    return count;
}

/* Steps until all songs are filed; false: they are not within so many steps. A job that was not yet
 * written down as TRANSFERRED runs again. */
static bool run_player(struct trial *trial)
{
    uint64_t now_ms = 1;

    for (int i = 0; i < 10 && !disk_power_is_off(trial->disk); i++) {
        uint64_t due_ms = now_ms;

        if (XBITS_FAILED(xbits_player_step(trial->player, now_ms, &due_ms)))
            break;
        if (entries(trial) == SONGS)
            return !disk_power_is_off(trial->disk);
        (void)xbits_sim_advance(trial->manager, 5000);
        now_ms += 5000;
    }
    return false;
}

/* The player may or may not come to its end. */
static void run_to_the_end(struct trial *trial)
{
    if (XBITS_SUCCEEDED(open_manager(trial)) && XBITS_SUCCEEDED(open_player(trial)))
        (void)run_player(trial);
    close_all(trial);
}

static bool has_right_bytes(const struct trial *trial, const char *path)
{
    static uint8_t found[SONG_SIZE + 1];
    static uint8_t wanted[SONG_SIZE];
    struct disk_file *file = NULL;
    size_t size = 0;

    if (XBITS_FAILED(disk_open(trial->disk, path, DISK_OPEN_READ, &file)))
        return false;
    assert_ok(disk_read_at(trial->disk, file, 0, found, sizeof found, &size));
    assert_ok(disk_close(trial->disk, file));
    resource_pattern(1, 0, wanted, sizeof wanted);
    return size == SONG_SIZE && memcmp(found, wanted, sizeof wanted) == 0;
}

/* What is a song, or was to become one. */
static void count_song_file(void *user, const char *path)
{
    if (strstr(path, ".mp3") != NULL || strstr(path, "BIT") != NULL ||
        strstr(path, ".xbits-") != NULL)
        ++*(size_t *)user;
}

static bool count_job(const struct xbits_job_snapshot *snapshot, void *user)
{
    (void)snapshot;
    ++*(size_t *)user;
    return true;
}

static void check(struct trial *trial)
{
    struct xbits_id *waiting = NULL;
    size_t files = 0;
    size_t jobs = 0;
    size_t rows = 0;

    disk_power_visit_files(trial->disk, count_song_file, &files);
    claim(trial, files == SONGS, "there are other files than the songs");
    for (size_t i = 0; i < SONGS; i++)
        claim(trial, has_right_bytes(trial, places[i]), "a song is not in its place, or not whole");
    claim(trial, entries(trial) == SONGS, "there are other entries than the songs'");
    assert_ok(xbits_manager_visit_jobs(trial->manager, XBITS_SCOPE_MINE, count_job, &jobs));
    claim(trial, jobs == 0, "a job is left");
    assert_ok(hand_over_list(trial->player->library, &waiting, &rows));
    free(waiting);
    claim(trial, rows == 0, "the journal still waits for a song");
}

static void recover(struct trial *trial)
{
    disk_power_end_after(trial->disk, 0, trial->end);
    disk_power_restore(trial->disk);
    disk_power_end_after(trial->disk, 1 + random_below(&trial->random, RECOVERY_OPERATIONS),
                         trial->end);
    run_to_the_end(trial);
    disk_power_end_after(trial->disk, 0, trial->end);
    disk_power_restore(trial->disk);
    claim(trial, XBITS_SUCCEEDED(open_manager(trial)), "the queue cannot be opened");
    claim(trial, XBITS_SUCCEEDED(open_player(trial)), "the player cannot be opened");
    claim(trial, run_player(trial), "the songs are not filed");
}

/* False when the player came to its end before the power went. */
static bool try_one(uint64_t operation, enum disk_power_end end)
{
    struct trial trial = { .operation = operation, .end = end };
    bool was_off;

    trial.disk = disk_power_new(operation * 1000003);
    random_init(&trial.random, operation * 7919);
    prepare(&trial);
    disk_power_end_after(trial.disk, operation, end);
    run_to_the_end(&trial);
    was_off = disk_power_is_off(trial.disk);
    recover(&trial);
    check(&trial);
    close_all(&trial);
    disk_power_free(trial.disk);
    return was_off;
}

static void end_everywhere(enum disk_power_end end, const char *what)
{
    uint64_t operation = 1;

    while (try_one(operation, end))
        operation++;
    print_message("%u %s\n", (unsigned)operation - 1, what);
    assert_true(operation > 50);
}

static void the_process_may_be_killed_at_any_moment_of_the_hand_over(void **state)
{
    (void)state;
    end_everywhere(DISK_POWER_KILL, "kills");
}

static void the_power_may_go_at_any_moment_of_the_hand_over(void **state)
{
    (void)state;
    end_everywhere(DISK_POWER_CUT, "power cuts");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_process_may_be_killed_at_any_moment_of_the_hand_over),
        cmocka_unit_test(the_power_may_go_at_any_moment_of_the_hand_over),
    };

    return run_tests("hand over", tests);
}
