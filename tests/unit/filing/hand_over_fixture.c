/* SPDX-License-Identifier: MIT */
#include "hand_over_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/assert_result.h"

#define NOW 77

static const char description[] = "::WMP_JOB:1:7:HarborTunes:Artist:Album:3:Song:215:75";

static char *join(struct hand_over_fixture *fixture, const char *name, char path[TEMP_PATH_SIZE])
{
    return temp_directory_join(&fixture->root, name, path);
}

static void open_library(struct hand_over_fixture *fixture)
{
    char path[TEMP_PATH_SIZE];

    assert_ok(library_open_on(join(fixture, "music", path), XBITS_LIBRARY_EDIT, fixture->disk,
                              &fixture->library));
}

int hand_over_fixture_open(void **state)
{
    static struct hand_over_fixture fixture;
    static const char *const directories[] = { "files", "music", "outside" };
    char path[TEMP_PATH_SIZE];

    memset(&fixture, 0, sizeof fixture);
    temp_directory_make(&fixture.root);
    for (size_t i = 0; i < sizeof directories / sizeof directories[0]; i++)
        assert_int_equal(mkdir(join(&fixture, directories[i], path), 0700), 0);
    write_file(&fixture, "files/song.mp3", HAND_OVER_CONTENT);
    write_file(&fixture, "outside/mine.mp3", HAND_OVER_FOREIGN);
    assert_ok(disk_faulty_new(disk_system(), &fixture.disk));
    open_library(&fixture);
    fixture.row =
        (struct hand_over){ .job = { .data1 = 7 },
                            .description = (char *)description,
                            .source_url = (char *)"http://host/song",
                            .local_name = join(&fixture, "files/song.mp3", fixture.local_name),
                            .began = NOW };
    know_file(&fixture, "files/song.mp3");
    *state = &fixture;
    return 0;
}

int hand_over_fixture_close(void **state)
{
    struct hand_over_fixture *fixture = *state;

    filed_song_dispose(&fixture->filed);
    xbits_library_close(fixture->library);
    disk_faulty_free(fixture->disk);
    temp_directory_remove(&fixture->root);
    return 0;
}

void know_file(struct hand_over_fixture *fixture, const char *name)
{
    char path[TEMP_PATH_SIZE];
    struct disk_stat stat;

    assert_ok(disk_stat(disk_system(), join(fixture, name, path), &stat));
    fixture->row.device = stat.device;
    fixture->row.inode = stat.inode;
    fixture->row.file_size = stat.size;
}

void begin_song(struct hand_over_fixture *fixture)
{
    assert_ok(hand_over_begin(fixture->library, &fixture->row));
}

xbits_result finish_song(struct hand_over_fixture *fixture)
{
    return hand_over_finish(fixture->library, &fixture->row.job, NOW, &fixture->filed);
}

void write_file(struct hand_over_fixture *fixture, const char *name, const char *content)
{
    temp_directory_write(&fixture->root, name, content, strlen(content));
}

void rename_file(struct hand_over_fixture *fixture, const char *from, const char *to)
{
    char old_path[TEMP_PATH_SIZE];
    char new_path[TEMP_PATH_SIZE];

    assert_int_equal(rename(join(fixture, from, old_path), join(fixture, to, new_path)), 0);
}

void link_file(struct hand_over_fixture *fixture, const char *target, const char *name)
{
    char target_path[TEMP_PATH_SIZE];
    char path[TEMP_PATH_SIZE];

    assert_int_equal(symlink(join(fixture, target, target_path), join(fixture, name, path)), 0);
}

void assert_file(struct hand_over_fixture *fixture, const char *name, const char *content)
{
    char *found;

    assert_int_equal(temp_directory_has(&fixture->root, name), content != NULL);
    if (content == NULL)
        return;
    found = temp_directory_read(&fixture->root, name, NULL);
    assert_string_equal(found, content);
    free(found);
}

static bool count_entry(const struct xbits_library_entry *entry, void *user)
{
    (void)entry;
    ++*(size_t *)user;
    return true;
}

static size_t count_entries(struct hand_over_fixture *fixture)
{
    size_t count = 0;

    assert_ok(xbits_library_visit_entries(fixture->library, NULL, count_entry, &count));
    return count;
}

size_t count_rows(struct hand_over_fixture *fixture)
{
    struct xbits_id *jobs = NULL;
    size_t count = 0;

    assert_ok(hand_over_list(fixture->library, &jobs, &count));
    free(jobs);
    return count;
}

void assert_filed(struct hand_over_fixture *fixture, const char *place)
{
    char path[TEMP_PATH_SIZE];

    assert_string_equal(text_c(&fixture->filed.path), join(fixture, place, path));
    assert_file(fixture, place, HAND_OVER_CONTENT);
    assert_file(fixture, "files/song.mp3", NULL);
    assert_file(fixture, HAND_OVER_TAKEN, NULL);
    assert_file(fixture, HAND_OVER_TAKEN ".part", NULL);
    assert_file(fixture, "outside/mine.mp3", HAND_OVER_FOREIGN);
    assert_int_equal(count_entries(fixture), 1);
    assert_int_equal(count_rows(fixture), 0);
}

void assert_untouched(struct hand_over_fixture *fixture)
{
    assert_file(fixture, "files/song.mp3", HAND_OVER_CONTENT);
    assert_file(fixture, "outside/mine.mp3", HAND_OVER_FOREIGN);
    assert_int_equal(count_entries(fixture), 0);
}

void change_library(struct hand_over_fixture *fixture, const char *sql)
{
    char path[TEMP_PATH_SIZE];
    struct database_options options = { .disk = fixture->disk };
    struct database *database = NULL;

    xbits_library_close(fixture->library);
    fixture->library = NULL;
    options.path = join(fixture, "music/library.db", path);
    assert_ok(database_open(&options, &database));
    assert_ok(database_run(database, sql));
    database_close(database);
    open_library(fixture);
}
