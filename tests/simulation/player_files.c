/* SPDX-License-Identifier: MIT */
#include "simulation/player_trade.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "wire/resource.h"

struct look {
    struct trade *trade;
    bool is_end;
};

/* What there is: the disk may not be asked while it is visited. */
#define PATHS 512
struct paths {
    char *items[PATHS];
    size_t count;
};

static bool begins(const char *path, const char *with)
{
    return strncmp(path, with, strlen(with)) == 0;
}

static bool ends(const char *path, const char *with)
{
    size_t length = strlen(path);

    return length >= strlen(with) && strcmp(path + length - strlen(with), with) == 0;
}

/* Its size, which says what it is, or 0: it is nothing that we know. */
static uint64_t identify(struct trade *trade, const char *path)
{
    struct disk_file *file = NULL;
    struct disk_stat stat = { 0 };
    uint8_t *bytes;
    bool is_whole = false;
    size_t size = 0;

    if (XBITS_FAILED(disk_stat(trade->power, path, &stat)) ||
        XBITS_FAILED(disk_open(trade->power, path, DISK_OPEN_READ, &file)))
        return 0;
    bytes = malloc(2 * (size_t)stat.size + 1);
    if (bytes == NULL)
        abort();
    if (XBITS_SUCCEEDED(disk_read_at(trade->power, file, 0, bytes, (size_t)stat.size, &size)) &&
        size == stat.size) {
        resource_pattern(size, 0, bytes + size, size);
        is_whole = memcmp(bytes, bytes + size, size) == 0;
    }
    free(bytes);
    (void)disk_close(trade->power, file);
    return is_whole ? size : 0;
}

static struct trade_job *job_of(struct trade *trade, uint64_t size)
{
    size_t resource = (size_t)(size % TRADE_SIZES);

    if (resource >= trade->resource_count || trade->resources[resource].size != size)
        return NULL;
    return &trade->jobs[trade->resources[resource].job];
}

static bool is_planted(struct trade *trade, const char *path, uint64_t size)
{
    bool is_one = false;

    for (size_t i = 0; i < trade->planted_count; i++) {
        struct trade_planted *planted = &trade->planted[i];

        if (planted->size == size && strcmp(planted->path, path) == 0) {
            planted->was_found = true;
            is_one = true;
        }
    }
    return is_one;
}

static unsigned slashes(const char *path)
{
    unsigned count = 0;

    for (; *path != '\0'; path++)
        count += *path == '/';
    return count;
}

/* What is on its way from the network has a name of the engine's. */
static bool see_download(struct look *look, const char *path, uint64_t size)
{
    struct trade_download *download = trade_download_of_size(look->trade, size);

    if (begins(path, TRADE_MUSIC "/download/") && strstr(path, "/BIT") != NULL)
        return true;
    if (download == NULL)
        return false;
    trade_see_download(look->trade, download, path, look->is_end);
    return true;
}

/* In the library there are its database, songs and strangers' files. */
static void see_music(struct look *look, const char *path, const char *name)
{
    struct simulation *simulation = &look->trade->core;
    bool is_on_the_way = begins(name, ".xbits-");
    struct trade_job *job;
    uint64_t size;

    if (begins(name, "library.db") && strchr(name, '/') == NULL &&
        !is_planted(look->trade, path, identify(look->trade, path)))
        return;
    /* A copy to another device that was ended half way; nobody goes on with it when it is the same
     * device after all. */
    if (ends(path, ".part")) {
        claim(simulation, !look->is_end || look->trade->was_faulty, "%s is left", path);
        return;
    }
    claim(simulation, !look->is_end || !is_on_the_way, "%s is left", path);
    size = identify(look->trade, path);
    if (is_planted(look->trade, path, size) || see_download(look, path, size))
        return;
    job = job_of(look->trade, size);
    if (!claim(simulation, job != NULL, "nobody knows %s of %" PRIu64 " bytes", path, size))
        return;
    job->copies++;
    claim(simulation, is_on_the_way || slashes(name) == 2, "song %u is at %s", job->number, path);
}

static bool has_name(const struct trade_job *job, const char *path)
{
    for (unsigned i = 0; i < job->file_count; i++) {
        if (strcmp(job->local_names[i], path) == 0)
            return true;
    }
    return false;
}

static void see_local(struct look *look, const char *path)
{
    struct trade *trade = look->trade;
    uint64_t size = identify(trade, path);
    struct trade_job *job = job_of(trade, size);

    if (is_planted(trade, path, size))
        return;
    if (!claim(&trade->core, job != NULL && has_name(job, path),
               "nobody knows %s of %" PRIu64 " bytes", path, size))
        return;
    claim(&trade->core, job->end == END_COMPLETED || job->is_completed_here || job->was_tried,
          "%s is there, and job %u was not completed", path, job->number);
    /* The disk in memory keeps a rename for its new directory: one there and back, of which the
     * latter failed, can come back with the power. */
    claim(&trade->core,
          !look->is_end || !job->must_be_filed || job->has_second ||
              (trade->cuts > 0 && trade->was_faulty),
          "song %u is still at %s", job->number, path);
}

static void see_file(struct look *look, const char *path)
{
    static const char *const ours[] = { TRADE_USER "/registry.", TRADE_USER "/store.db",
                                        TRADE_USER "/player.lock", TRADE_QUEUE, TRADE_DIR "/BIT" };

    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
        if (begins(path, ours[i]))
            return;
    }
    if (begins(path, TRADE_DIR "/"))
        see_local(look, path);
    else if (begins(path, TRADE_MUSIC "/"))
        see_music(look, path, path + strlen(TRADE_MUSIC "/"));
    else
        claim(&look->trade->core, false, "%s was made", path);
}

/* disk_power_visit */
static void keep_path(void *user, const char *path)
{
    struct paths *paths = user;

    if (paths->count == PATHS || XBITS_FAILED(text_copy(path, &paths->items[paths->count])))
        abort();
    paths->count++;
}

static int compare_paths(const void *a, const void *b)
{
    const char *const *left = a;
    const char *const *right = b;

    return strcmp(*left, *right);
}

static void see_files(struct look *look)
{
    struct paths paths = { .count = 0 };

    disk_power_visit_files(look->trade->power, keep_path, &paths);
    qsort(paths.items, paths.count, sizeof paths.items[0], compare_paths);
    for (size_t i = 0; i < paths.count; i++) {
        if (!has_failed(&look->trade->core))
            see_file(look, paths.items[i]);
        free(paths.items[i]);
    }
}

static bool see_entry(const struct xbits_library_entry *entry, void *user)
{
    struct trade *trade = user;
    uint64_t size = identify(trade, entry->path);
    struct trade_job *job = job_of(trade, size);
    struct trade_download *download = trade_download_of_size(trade, size);

    if (download != NULL) {
        download->entries++;
        return true;
    }
    if (!trade_is_on(trade) ||
        !claim(&trade->core, job != NULL, "there is an entry %s, and no such song", entry->path))
        return false;
    job->entries++;
    claim(&trade->core, entry->file_size == trade->resources[job->resources[0]].size,
          "the entry of song %u has %" PRIu64 " bytes", job->number, entry->file_size);
    claim(&trade->core, !begins(entry->path, TRADE_MUSIC "/.xbits-"),
          "the entry of song %u is at %s", job->number, entry->path);
    return true;
}

/* The player's library alone can be asked: on this disk a database has one owner. */
static bool see_entries(struct trade *trade)
{
    xbits_result result;

    if (trade->player == NULL)
        return false;
    result = xbits_library_visit_entries(trade->player->library, NULL, see_entry, trade);
    claim(&trade->core, XBITS_SUCCEEDED(result) || !trade_is_well(trade),
          "the library cannot be read: %s", xbits_last_error()->message);
    return XBITS_SUCCEEDED(result) && trade_is_on(trade);
}

static void check_planted(struct trade *trade)
{
    for (size_t i = 0; i < trade->planted_count; i++) {
        const struct trade_planted *planted = &trade->planted[i];

        claim(&trade->core, planted->is_over || planted->was_found,
              "%s is not what it was any more", planted->path);
    }
}

void trade_check_files(struct trade *trade, bool is_end)
{
    struct look look = { .trade = trade, .is_end = is_end };

    for (size_t i = 0; i < trade->job_count; i++) {
        trade->jobs[i].copies = 0;
        trade->jobs[i].entries = 0;
    }
    for (size_t i = 0; i < trade->download_count; i++) {
        trade->downloads[i].copies = 0;
        trade->downloads[i].entries = 0;
    }
    for (size_t i = 0; i < trade->planted_count; i++)
        trade->planted[i].was_found = false;
    see_files(&look);
    trade->has_entries = !has_failed(&trade->core) && see_entries(trade);
    if (trade_is_on(trade))
        check_planted(trade);
}
