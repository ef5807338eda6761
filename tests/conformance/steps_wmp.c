/* SPDX-License-Identifier: MIT */
#include "conformance/steps_wmp.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "support/assert_result.h"

const struct served wmp_served = { .path = "/song", .size = 3000, .pattern = 41 };

void make_directories(struct harness *harness, const char *name)
{
    char path[TEMP_PATH_SIZE];

    temp_directory_join(&harness->directory, name, path);
    for (char *c = path + strlen(harness->directory.path) + 1;; c++) {
        char stop = *c;

        if (stop != '/' && stop != '\0')
            continue;
        *c = '\0';
        assert_true(mkdir(path, 0700) == 0 || errno == EEXIST);
        *c = stop;
        if (stop == '\0')
            return;
    }
}

/* A handle for one act: several may use a registry at once. */
static struct xbits_registry *open_registry(struct wmp *wmp)
{
    struct xbits_registry *registry = NULL;

    assert_ok(xbits_registry_open(wmp->options.user_directory, &registry));
    return registry;
}

static void write_refresh(struct wmp *wmp, const struct xbits_value *value)
{
    struct xbits_registry *registry = open_registry(wmp);
    xbits_result result = xbits_registry_set(registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, value);

    xbits_registry_close(registry);
    assert_ok(result);
}

void set_refresh_download(struct wmp *wmp, uint32_t value)
{
    struct xbits_value number = xbits_value_u32(value);

    write_refresh(wmp, &number);
}

void remove_refresh_download(struct wmp *wmp)
{
    struct xbits_value none = { .kind = XBITS_KIND_NONE };

    write_refresh(wmp, &none);
}

uint32_t refresh_download(struct wmp *wmp)
{
    struct xbits_registry *registry = open_registry(wmp);
    struct xbits_value value = { .kind = XBITS_KIND_NONE };
    xbits_result result = xbits_registry_get(registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &value);
    uint32_t number = value.kind == XBITS_KIND_U32 ? value.as.u32 : 0;

    xbits_value_dispose(&value);
    xbits_registry_close(registry);
    assert_true(XBITS_SUCCEEDED(result));
    return number;
}

void install_store(struct wmp *wmp, const char *key)
{
    struct xbits_registry *registry = open_registry(wmp);
    xbits_result result = xbits_registry_add_store(registry, key, NULL);

    xbits_registry_close(registry);
    assert_ok(result);
}

void remove_store(struct wmp *wmp, const char *key)
{
    struct xbits_registry *registry = open_registry(wmp);
    xbits_result result = xbits_registry_remove_store(registry, key);

    xbits_registry_close(registry);
    assert_ok(result);
}

void describe(struct xbits_job *job, const char *description)
{
    struct xbits_value text = xbits_value_text(description);

    assert_ok(xbits_job_set(job, XBITS_JOB_DESCRIPTION, &text));
}

struct xbits_job *convention_job(struct harness *harness, const char *description,
                                 const char *local)
{
    struct xbits_job *job = new_download(harness, wmp_served.path, local);

    harness_serve(harness, &wmp_served);
    describe(job, description);
    return job;
}

struct xbits_job *transferred_song(struct harness *harness, const char *description,
                                   const char *local)
{
    struct xbits_job *job = convention_job(harness, description, local);

    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    return job;
}

bool is_in_queue(struct harness *harness, struct xbits_job *job)
{
    struct xbits_job *same = NULL;
    xbits_result result = xbits_job_open(harness->manager, xbits_job_id(job), &same);

    xbits_job_close(same);
    if (result == XBITS_BG_E_NOT_FOUND)
        return false;
    assert_ok(result);
    return true;
}

/* xbits_job_visit */
static bool count_job(const struct xbits_job_snapshot *snapshot, void *user)
{
    size_t *count = user;

    (void)snapshot;
    ++*count;
    return true;
}

size_t jobs_in_queue(struct harness *harness)
{
    size_t count = 0;

    assert_ok(xbits_manager_visit_jobs(harness->manager, XBITS_SCOPE_MINE, count_job, &count));
    return count;
}

static const char *kept(struct harness *harness, const char *text)
{
    assert_non_null(text);
    return harness_keep(harness, strdup(text));
}

/* xbits_library_visit */
static bool take_entry(const struct xbits_library_entry *entry, void *user)
{
    struct wmp_entries *entries = user;
    struct xbits_library_entry *copy = &entries->list[entries->count];

    assert_true(entries->count < WMP_ITEMS_MAXIMUM);
    entries->count++;
    *copy = *entry;
    copy->path = kept(entries->harness, entry->path);
    copy->node = kept(entries->harness, entry->node);
    copy->source_url = kept(entries->harness, entry->source_url);
    copy->damage = kept(entries->harness, entry->damage);
    for (size_t i = 0; i < XBITS_ATTRIBUTE_COUNT; i++)
        copy->attributes[i] = kept(entries->harness, entry->attributes[i]);
    return true;
}

struct wmp_entries entries_of(struct wmp *wmp, const char *node)
{
    struct wmp_entries entries = { .harness = wmp->harness };
    struct xbits_library *library = NULL;
    xbits_result result;

    assert_ok(xbits_library_open(wmp->options.library, XBITS_LIBRARY_EDIT, &library));
    result = xbits_library_visit_entries(library, node, take_entry, &entries);
    xbits_library_close(library);
    assert_ok(result);
    return entries;
}

struct xbits_library_entry only_entry(struct wmp *wmp)
{
    struct wmp_entries entries = entries_of(wmp, NULL);

    assert_int_equal(entries.count, 1);
    return entries.list[0];
}

void assert_untouched(struct wmp *wmp, struct xbits_job *job)
{
    struct xbits_file_snapshot file = file_of(job, 0);

    assert_state(job, TRANSFERRED);
    assert_true(is_in_queue(wmp->harness, job));
    assert_false(file.is_completed);
    assert_int_equal(count_told(wmp, XBITS_NEWS_FILED, job), 0);
    assert_int_equal(entries_of(wmp, NULL).count, 0);
}
