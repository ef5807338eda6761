/* SPDX-License-Identifier: MIT */
#include "conformance/conformance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"

struct harness harness_kept(const struct harness *harness, const char *name)
{
    struct harness kept = *harness;

    kept.name = name;
    kept.is_kept = true;
    kept.offers |= CAN_RESTART;
    kept.offers &= ~(unsigned)IS_IN_MEMORY;
    return kept;
}

void harness_options(struct harness *harness, struct xbits_options *options_out)
{
    char place[sizeof harness->queues.path + 16];

    XBITS_INIT(options_out);
    options_out->backend = "sim";
    options_out->source = harness->source;
    options_out->clock = XBITS_CLOCK_VIRTUAL;
    options_out->seed = test_seed();
    if (!harness->is_kept)
        return;
    snprintf(place, sizeof place, "%s/%u", harness->queues.path, ++harness->queue_count);
    options_out->queue = harness_keep(harness, strdup(place));
}

void harness_reopen(struct harness *harness, const struct xbits_options *options)
{
    harness_close_manager(harness);
    harness->options = *options;
    assert_ok(xbits_manager_open(options, &harness->manager));
    if (harness->opened != NULL)
        harness->opened(harness);
}

void harness_restart(struct harness *harness)
{
    struct xbits_options options = harness->options;

    options.clock_start = xbits_manager_time(harness->manager);
    harness_reopen(harness, &options);
}

void harness_share(struct harness *harness)
{
    struct xbits_options options = harness->options;
    char name[32];

    if (options.queue == NULL) {
        snprintf(name, sizeof name, "memory:shared-%u", ++harness->queue_count);
        options.queue = harness_keep(harness, strdup(name));
    }
    harness_reopen(harness, &options);
}

struct xbits_manager *harness_open_other(struct harness *harness, const char *principal)
{
    struct xbits_options options = harness->options;

    assert_true(harness->other_count < HARNESS_OTHERS_MAXIMUM);
    options.principal = principal;
    assert_ok(xbits_manager_open(&options, &harness->others[harness->other_count]));
    return harness->others[harness->other_count++];
}

void harness_close_manager(struct harness *harness)
{
    while (harness->player_count > 0)
        xbits_player_close(harness->players[--harness->player_count]);
    for (size_t i = 0; i < harness->job_count; i++)
        xbits_job_close(harness->jobs[i]);
    harness->job_count = 0;
    while (harness->other_count > 0)
        xbits_manager_close(harness->others[--harness->other_count]);
    xbits_manager_close(harness->manager);
    harness->manager = NULL;
}

void harness_begin(struct harness *harness)
{
    struct xbits_options options;

    temp_directory_make(&harness->directory);
    temp_directory_make(&harness->queues);
    harness->start(harness);
    harness_options(harness, &options);
    harness_reopen(harness, &options);
}

void harness_end(struct harness *harness)
{
    harness_close_manager(harness);
    harness->stop(harness);
    harness->served_count = 0;
    for (size_t i = 0; i < harness->text_count; i++)
        free(harness->texts[i]);
    free(harness->texts);
    harness->texts = NULL;
    harness->text_count = 0;
    temp_directory_remove(&harness->directory);
    temp_directory_remove(&harness->queues);
}

const char *harness_keep(struct harness *harness, char *text)
{
    char **longer = realloc(harness->texts, (harness->text_count + 1) * sizeof *longer);

    assert_non_null(text);
    assert_non_null(longer);
    harness->texts = longer;
    harness->texts[harness->text_count++] = text;
    return text;
}

struct xbits_job *harness_keep_job(struct harness *harness, struct xbits_job *job)
{
    assert_non_null(job);
    assert_true(harness->job_count < HARNESS_JOBS_MAXIMUM);
    harness->jobs[harness->job_count++] = job;
    return job;
}

void harness_close_job(struct harness *harness, struct xbits_job *job)
{
    for (size_t i = 0; i < harness->job_count; i++) {
        if (harness->jobs[i] != job)
            continue;
        harness->jobs[i] = harness->jobs[--harness->job_count];
        xbits_job_close(job);
        return;
    }
    fail_msg("this handle is not the harness's");
}

struct xbits_player *harness_keep_player(struct harness *harness, struct xbits_player *player)
{
    assert_non_null(player);
    assert_true(harness->player_count < HARNESS_PLAYERS_MAXIMUM);
    harness->players[harness->player_count++] = player;
    return player;
}

void harness_close_player(struct harness *harness, struct xbits_player *player)
{
    for (size_t i = 0; i < harness->player_count; i++) {
        if (harness->players[i] != player)
            continue;
        harness->players[i] = harness->players[--harness->player_count];
        xbits_player_close(player);
        return;
    }
    fail_msg("this player is not the harness's");
}

static const char *keep_joined(struct harness *harness, const char *head, const char *separator,
                               const char *tail)
{
    size_t size = strlen(head) + strlen(separator) + strlen(tail) + 1;
    char *joined = malloc(size);

    if (joined != NULL)
        snprintf(joined, size, "%s%s%s", head, separator, tail);
    return harness_keep(harness, joined);
}

const char *harness_url(struct harness *harness, const char *path)
{
    return keep_joined(harness, path[0] == '/' ? harness->base_url : "", "", path);
}

const char *harness_path(struct harness *harness, const char *name)
{
    return keep_joined(harness, harness->directory.path, "/", name);
}

/* A path is served once: a later description takes the place of the earlier one. */
static struct served *place_for(struct harness *harness, const char *path)
{
    for (size_t i = 0; i < harness->served_count; i++) {
        if (strcmp(harness->served[i].path, path) == 0)
            return &harness->served[i];
    }
    assert_true(harness->served_count < HARNESS_SERVED_MAXIMUM);
    return &harness->served[harness->served_count++];
}

void harness_serve(struct harness *harness, const struct served *served)
{
    struct served *place = place_for(harness, served->path);

    *place = *served;
    if (place->modified == 0)
        place->modified = SERVED_MODIFIED;
    if (place->text != NULL)
        place->size = strlen(place->text);
    harness->publish(harness, place);
}
