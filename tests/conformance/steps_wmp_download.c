/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "conformance/steps_wmp.h"
#include "support/assert_result.h"

/* The pattern begins as a frame of MPEG audio does. */
const struct served wmp_mp3 = { .path = "/song.mp3", .size = 3000, .pattern = 3004 };

struct xbits_download_manager *downloads(struct wmp *wmp)
{
    struct xbits_download_manager *manager = xbits_player_download_manager(wmp->player);

    assert_non_null(manager);
    return manager;
}

int32_t new_collection(struct wmp *wmp)
{
    int32_t id = 0;

    assert_ok(xbits_download_manager_create_collection(downloads(wmp), &id));
    return id;
}

xbits_result try_download(struct wmp *wmp, int32_t collection, const char *remote, const char *type,
                          struct xbits_id *item_out)
{
    struct xbits_download_spec spec;

    XBITS_INIT(&spec);
    spec.collection = collection;
    spec.provider = WMP_STORE;
    spec.source_url = harness_url(wmp->harness, remote);
    spec.type = type;
    return xbits_download_collection_start(downloads(wmp), &spec, item_out);
}

struct xbits_id start_download(struct wmp *wmp, int32_t collection, const struct served *served,
                               const char *type)
{
    struct xbits_id item = { 0 };

    harness_serve(wmp->harness, served);
    assert_ok(try_download(wmp, collection, served->path, type, &item));
    return item;
}

struct xbits_download_item download_of(struct wmp *wmp, const struct xbits_id *item)
{
    struct xbits_download_item read;

    XBITS_INIT(&read);
    assert_ok(xbits_download_item_read(downloads(wmp), item, &read));
    read.source_url = harness_keep(wmp->harness, strdup(read.source_url));
    read.type = harness_keep(wmp->harness, strdup(read.type));
    read.path = harness_keep(wmp->harness, strdup(read.path));
    read.failure = harness_keep(wmp->harness, strdup(read.failure));
    return read;
}

struct xbits_id download_at(struct wmp *wmp, int32_t collection, int32_t index)
{
    struct xbits_id item = { 0 };

    assert_ok(xbits_download_collection_item(downloads(wmp), collection, index, &item));
    return item;
}

int32_t count_downloads(struct wmp *wmp, int32_t collection)
{
    int32_t count = -1;

    assert_ok(xbits_download_collection_count(downloads(wmp), collection, &count));
    return count;
}

struct search {
    int32_t id;
    bool is_found;
};

/* xbits_download_collection_visit */
static bool find(int32_t id, void *user)
{
    struct search *search = user;

    search->is_found = id == search->id;
    return !search->is_found;
}

bool has_collection(struct wmp *wmp, int32_t id)
{
    struct search search = { .id = id };

    assert_ok(xbits_download_manager_visit_collections(downloads(wmp), find, &search));
    return search.is_found;
}

void remove_download(struct wmp *wmp, int32_t collection, int32_t index)
{
    assert_ok(xbits_download_collection_remove(downloads(wmp), collection, index));
}

struct xbits_job *job_of(struct wmp *wmp, const struct xbits_id *item)
{
    struct xbits_job *job = NULL;

    assert_ok(xbits_job_open(wmp->harness->manager, item, &job));
    return harness_keep_job(wmp->harness, job);
}

bool has_job(struct wmp *wmp, const struct xbits_id *item)
{
    struct xbits_job *job = NULL;
    xbits_result result = xbits_job_open(wmp->harness->manager, item, &job);

    xbits_job_close(job);
    if (result == XBITS_BG_E_NOT_FOUND)
        return false;
    assert_ok(result);
    return true;
}

static size_t count_files(const char *path)
{
    DIR *directory = opendir(path);
    size_t count = 0;

    if (directory == NULL)
        return 0;
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        char below[2 * TEMP_PATH_SIZE];
        struct stat status;

        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        assert_int_equal(lstat(below, &status), 0);
        count += S_ISDIR(status.st_mode) ? count_files(below) : 1;
    }
    closedir(directory);
    return count;
}

size_t files_under(struct harness *harness, const char *name)
{
    return count_files(harness_path(harness, name));
}
