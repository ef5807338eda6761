/* SPDX-License-Identifier: MIT */
#include "simulation/player_trade.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/library/song_path.h"
#include "support/assert_result.h"
#include "wire/resource.h"

void trade_plant(struct trade *trade, const char *path, uint64_t size)
{
    struct trade_planted *planted = &trade->planted[trade->planted_count];

    if (trade->planted_count == TRADE_PLANTED)
        return;
    trade->planted_count++;
    snprintf(planted->path, sizeof planted->path, "%s", path);
    planted->size = size;
}

bool trade_give_up_planted(struct trade *trade, const char *path)
{
    bool was_there = false;

    for (size_t i = 0; i < trade->planted_count; i++) {
        if (strcmp(trade->planted[i].path, path) != 0)
            continue;
        trade->planted[i].is_over = true;
        was_there = true;
    }
    return was_there;
}

void trade_write_over(struct trade *trade, const char *path)
{
    (void)trade_give_up_planted(trade, path);
    for (size_t i = 0; i < trade->job_count; i++) {
        struct trade_job *job = &trade->jobs[i];
        bool is_on_its_way = job->was_tried || job->must_be_filed;

        if (job->copies == 0 && is_on_its_way && strcmp(job->local_names[0], path) == 0)
            job->is_excused = true;
    }
}

static void write_file(struct trade *trade, const char *path, uint64_t size)
{
    char *bytes = malloc((size_t)size);
    struct disk_file *file = NULL;
    char *directory = NULL;

    if (bytes == NULL)
        abort();
    resource_pattern(size, 0, bytes, (size_t)size);
    assert_ok(disk_directory_of(path, &directory));
    (void)disk_remove(trade->power, path);
    assert_ok(disk_open(trade->power, path, DISK_CREATE_NEW, &file));
    assert_ok(disk_write_at(trade->power, file, 0, bytes, (size_t)size));
    assert_ok(disk_sync(trade->power, file));
    assert_ok(disk_close(trade->power, file));
    assert_ok(disk_sync_directory(trade->power, directory));
    free(directory);
    free(bytes);
}

/* Another stranger's file may be where a directory is to be. */
static bool has_directory(struct trade *trade, const char *path)
{
    char *directory = NULL;
    xbits_result result;

    assert_ok(disk_directory_of(path, &directory));
    result = disk_make_directory(trade->power, directory);
    free(directory);
    return XBITS_SUCCEEDED(result);
}

static void put(struct trade *trade, const char *path)
{
    uint64_t size = (uint64_t)++trade->foreign_count * TRADE_SIZES + TRADE_FOREIGN;

    trace(&trade->core, "a stranger's %s", path);
    trade_write_over(trade, path);
    write_file(trade, path, size);
    trade_plant(trade, path, size);
}

static bool is_taken(const struct trade *trade, const char *path)
{
    bool is_taken = false;

    assert_ok(disk_is_taken(trade->power, path, &is_taken));
    return is_taken;
}

static void put_at_local_name(struct trade *trade, const struct trade_job *job)
{
    if (job->file_count > 0 &&
        (!is_taken(trade, job->local_names[0]) || pick(&trade->core, 4) == 0))
        put(trade, job->local_names[0]);
}

/* Where its song may go, or a directory on the way there. */
static void put_at_place(struct trade *trade, const struct trade_job *job)
{
    const struct trade_text *text = &job->texts[0];
    struct song_name name = { .artist = text->info[0],
                              .album = text->info[1],
                              .track_number = text->info[2],
                              .title = text->info[3],
                              .file_name = job->local_names[0] };
    unsigned parts = 1 + pick(&trade->core, 3);
    struct text path = { 0 };
    char *end;

    assert_ok(text_add(&path, TRADE_MUSIC "/"));
    assert_ok(song_path(&name, 1 + pick(&trade->core, 2), &path));
    end = path.data + strlen(TRADE_MUSIC);
    for (unsigned i = 0; i < parts && end != NULL; i++)
        end = strchr(end + 1, '/');
    if (end != NULL)
        *end = '\0';
    if (!is_taken(trade, path.data) && has_directory(trade, path.data))
        put(trade, path.data);
    text_dispose(&path);
}

void trade_foreign_operation(struct trade *trade)
{
    const struct trade_job *job;

    if (trade->is_armed || trade->job_count == 0 || trade->planted_count == TRADE_PLANTED)
        return;
    job = &trade->jobs[pick(&trade->core, (uint32_t)trade->job_count)];
    if (pick(&trade->core, 2) == 0)
        put_at_local_name(trade, job);
    else if (job->text_count > 0 && job->texts[0].form != FORM_BAD)
        put_at_place(trade, job);
}
