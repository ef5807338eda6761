/* SPDX-License-Identifier: MIT */
#include "crash/filing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backend-sim/sim_backend.h"
#include "job/manager.h"
#include "store/filing/hand_over.h"
#include "wire/resource.h"
#include "xbits/wmp_job.h"

#define STEPS   10
#define STEP_MS 5000

static const char *const local_names[FILING_SONGS] = { FILING_FILES "/one.mp3",
                                                       FILING_FILES "/two.mp3" };
static const char *const places[FILING_SONGS] = { FILING_MUSIC "/Artist/Album/01 Song.mp3",
                                                  FILING_MUSIC "/Artist/Album/01 Song (2).mp3" };
static const char origin[] = "[resource song]\n"
                             "url = http://origin.test/song\n"
                             "size = 20000\n"
                             "pattern = 1\n"
                             "[resource download]\n"
                             "url = " FILING_DOWNLOAD "\n"
                             "size = 20000\n"
                             "pattern = 1\n";

char *filing_path(const struct filing *filing, const char *name, char path[FILING_PATH_SIZE])
{
    snprintf(path, FILING_PATH_SIZE, "%s%s", filing->root, name);
    return path;
}

/* The disk of the filing that opens a queue: a port's open has no place for it. */
static struct disk *opening_disk;

static xbits_result open_on_disk(const struct xbits_options *options,
                                 struct backend_connection **connection_out)
{
    return sim_backend_open_on(options, opening_disk, connection_out);
}

static xbits_result open_manager(struct filing *filing)
{
    struct backend backend = sim_backend;
    struct known_backend known = { .info = { .name = "sim" }, .backend = &backend };
    struct xbits_options options;
    char queue[FILING_PATH_SIZE];

    XBITS_INIT(&options);
    options.source = "script";
    options.clock = XBITS_CLOCK_VIRTUAL;
    options.seed = 1;
    options.queue = filing_path(filing, FILING_QUEUE, queue);
    backend.open = open_on_disk;
    opening_disk = filing->disk;
    TRY(manager_open(&known, 1, &options, &filing->manager));
    return xbits_sim_set_origin(filing->manager, origin);
}

static xbits_result open_player(struct filing *filing)
{
    struct xbits_player_options options;
    char user[FILING_PATH_SIZE];
    char music[FILING_PATH_SIZE];

    XBITS_INIT(&options);
    options.user_directory = filing_path(filing, FILING_USER, user);
    options.library = filing_path(filing, FILING_MUSIC, music);
    options.tell = filing->tell;
    options.user = filing->user;
    return player_open_on(filing->manager, &options, filing->disk, &filing->player);
}

xbits_result filing_open(struct filing *filing)
{
    TRY(open_manager(filing));
    return open_player(filing);
}

void filing_close(struct filing *filing)
{
    xbits_player_close(filing->player);
    filing->player = NULL;
    xbits_manager_close(filing->manager);
    filing->manager = NULL;
}

static xbits_result send_song(struct filing *filing, struct xbits_registry *registry, size_t song)
{
    struct xbits_wmp_job_spec spec;
    struct xbits_job *job = NULL;
    char local_name[FILING_PATH_SIZE];
    xbits_result result;

    XBITS_INIT(&spec);
    spec.description.service_id = 7;
    spec.description.provider = "HarborTunes";
    spec.description.album_artist = "Artist";
    spec.description.album_title = "Album";
    spec.description.track_number = "1";
    spec.description.title = "Song";
    spec.remote_name = "http://origin.test/song";
    spec.local_name = filing_path(filing, local_names[song], local_name);
    TRY(xbits_wmp_job_create(filing->manager, registry, &spec, NULL, &job));
    result = xbits_job_wait(job, XBITS_IN(TRANSFERRED), 3600000, NULL);
    xbits_job_close(job);
    return result;
}

static xbits_result send_songs(struct filing *filing)
{
    struct xbits_registry *registry = NULL;
    char user[FILING_PATH_SIZE];
    xbits_result result;

    TRY(registry_open_on(filing_path(filing, FILING_USER, user), filing->disk, &registry));
    result = xbits_registry_add_store(registry, "HarborTunes", NULL);
    for (size_t i = 0; i < FILING_SONGS && XBITS_SUCCEEDED(result); i++)
        result = send_song(filing, registry, i);
    xbits_registry_close(registry);
    return result;
}

xbits_result filing_prepare(struct filing *filing)
{
    char files[FILING_PATH_SIZE];
    xbits_result result;

    TRY(disk_make_directory(filing->disk, filing_path(filing, FILING_FILES, files)));
    result = open_manager(filing);
    if (XBITS_SUCCEEDED(result))
        result = send_songs(filing);
    filing_close(filing);
    return result;
}

static bool count_entry(const struct xbits_library_entry *entry, void *user)
{
    (void)entry;
    ++*(size_t *)user;
    return true;
}

size_t filing_entries(struct filing *filing)
{
    size_t count = 0;

    (void)xbits_library_visit_entries(filing->player->library, NULL, count_entry, &count);
    return count;
}

xbits_result filing_step(struct filing *filing)
{
    uint64_t due_ms;
    xbits_result result = xbits_player_step(filing->player, filing->now_ms, &due_ms);

    (void)xbits_sim_advance(filing->manager, STEP_MS);
    filing->now_ms += STEP_MS;
    return result;
}

bool filing_run(struct filing *filing)
{
    for (int i = 0; i < STEPS; i++) {
        if (XBITS_FAILED(filing_step(filing)))
            return false;
        if (filing_entries(filing) == FILING_SONGS)
            return true;
    }
    return false;
}

bool filing_is_song(const char *path)
{
    return strstr(path, ".mp3") != NULL || strstr(path, "BIT") != NULL ||
           strstr(path, ".xbits-") != NULL;
}

static bool has_right_bytes(const struct filing *filing, const char *name)
{
    static uint8_t found[FILING_SONG_SIZE + 1];
    static uint8_t wanted[FILING_SONG_SIZE];
    char path[FILING_PATH_SIZE];
    struct disk_file *file = NULL;
    size_t size = 0;
    xbits_result result;

    if (XBITS_FAILED(
            disk_open(filing->disk, filing_path(filing, name, path), DISK_OPEN_READ, &file)))
        return false;
    result = disk_read_at(filing->disk, file, 0, found, sizeof found, &size);
    (void)disk_close(filing->disk, file);
    resource_pattern(1, 0, wanted, sizeof wanted);
    return XBITS_SUCCEEDED(result) && size == sizeof wanted &&
           memcmp(found, wanted, sizeof wanted) == 0;
}

static bool count_job(const struct xbits_job_snapshot *snapshot, void *user)
{
    (void)snapshot;
    ++*(size_t *)user;
    return true;
}

const char *filing_find_fault(struct filing *filing)
{
    struct xbits_id *waiting = NULL;
    size_t jobs = 0;
    size_t rows = 0;

    for (size_t i = 0; i < FILING_SONGS; i++) {
        if (!has_right_bytes(filing, places[i]))
            return "a song is not in its place, or not whole";
    }
    if (filing_entries(filing) != FILING_SONGS)
        return "there are other entries than the songs'";
    if (XBITS_FAILED(
            xbits_manager_visit_jobs(filing->manager, XBITS_SCOPE_MINE, count_job, &jobs)) ||
        jobs > 0)
        return "a job is left";
    if (XBITS_FAILED(hand_over_list(filing->player->library, &waiting, &rows)))
        return "the journal cannot be read";
    free(waiting);
    return rows > 0 ? "the journal still waits for a song" : NULL;
}
