/* SPDX-License-Identifier: MIT */
#include "library_fixture.h"

#include <stdlib.h>
#include <string.h>

#include "support/assert_result.h"

int library_fixture_begin(void **state)
{
    static struct library_fixture fixture;

    fixture = (struct library_fixture){ 0 };
    temp_directory_make(&fixture.directory);
    library_fixture_reopen(&fixture);
    *state = &fixture;
    return 0;
}

int library_fixture_end(void **state)
{
    struct library_fixture *fixture = *state;

    library_fixture_close(fixture);
    temp_directory_remove(&fixture->directory);
    return 0;
}

void library_fixture_close(struct library_fixture *fixture)
{
    xbits_library_close(fixture->library);
    fixture->library = NULL;
}

void library_fixture_reopen(struct library_fixture *fixture)
{
    library_fixture_close(fixture);
    assert_ok(xbits_library_open(fixture->directory.path, XBITS_LIBRARY_EDIT, &fixture->library));
}

int64_t put_entry(struct xbits_library *library, const struct library_file *file)
{
    int64_t number = 0;

    assert_ok(database_begin(library->database, true));
    assert_ok(library_put(library, file, &number));
    assert_ok(database_commit(library->database));
    return number;
}

int64_t put_song(struct xbits_library *library, const char *path, const char *title)
{
    const struct library_file file = { .path = path, .attributes[XBITS_ATTRIBUTE_TITLE] = title };

    return put_entry(library, &file);
}

static bool add_title(const struct xbits_library_entry *entry, void *user)
{
    assert_ok(text_format(user, "%s;", entry->attributes[XBITS_ATTRIBUTE_TITLE]));
    return true;
}

char *titles_of(struct xbits_library *library, const char *node)
{
    struct text titles = { 0 };

    assert_ok(xbits_library_visit_entries(library, node, add_title, &titles));
    return text_take(&titles);
}

void assert_titles(const char *expected, struct xbits_library *library, const char *node)
{
    char *titles = titles_of(library, node);

    assert_string_equal(expected, titles);
    free(titles);
}

static bool copy_texts(const struct xbits_library_entry *entry, void *user)
{
    struct library_copy *copy = user;

    assert_int_equal(entry->size, sizeof(*entry));
    *copy = (struct library_copy){ .kind = entry->kind,
                                   .added = entry->added,
                                   .file_size = entry->file_size,
                                   .is_sync_only = entry->is_sync_only };
    assert_ok(text_copy(entry->path, &copy->path));
    assert_ok(text_copy(entry->node, &copy->node));
    assert_ok(text_copy(entry->source_url, &copy->source_url));
    assert_ok(text_copy(entry->damage, &copy->damage));
    for (size_t i = 0; i < XBITS_ATTRIBUTE_COUNT; i++)
        assert_ok(text_copy(entry->attributes[i], &copy->attributes[i]));
    return true;
}

struct library_copy copy_entry(struct xbits_library *library, int64_t number)
{
    struct library_copy copy = { 0 };

    assert_ok(xbits_library_read_entry(library, number, copy_texts, &copy));
    return copy;
}

void library_copy_dispose(struct library_copy *copy)
{
    free(copy->path);
    free(copy->node);
    free(copy->source_url);
    free(copy->damage);
    for (size_t i = 0; i < XBITS_ATTRIBUTE_COUNT; i++)
        free(copy->attributes[i]);
    *copy = (struct library_copy){ 0 };
}

void assert_node(const char *expected, struct xbits_library *library, int64_t number)
{
    struct library_copy copy = copy_entry(library, number);

    assert_string_equal(expected, copy.node);
    library_copy_dispose(&copy);
}

static bool count_one(const struct xbits_library_entry *entry, void *user)
{
    size_t *count = user;

    (void)entry;
    (*count)++;
    return true;
}

size_t count_entries(struct xbits_library *library)
{
    size_t count = 0;

    assert_ok(xbits_library_visit_entries(library, NULL, count_one, &count));
    return count;
}

void run_sql(const struct library_fixture *fixture, const char *sql)
{
    char path[TEMP_PATH_SIZE];
    struct database_options options = { .disk = disk_system(), .busy_ms = 1000 };
    struct database *database = NULL;

    options.path = temp_directory_join(&fixture->directory, "library.db", path);
    assert_ok(database_open(&options, &database));
    assert_ok(database_run(database, sql));
    database_close(database);
}
