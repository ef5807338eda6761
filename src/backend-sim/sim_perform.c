/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Carries out the engine's effects, one function each, without the lock. */

#define NAME_TRIES 100
/* A small file gains nothing from a promise of space. */
#define PREALLOCATE_FROM (UINT64_C(1) << 20)

static void keep_failure(struct happening *happening, xbits_result result)
{
    happening->result = result;
    if (XBITS_FAILED(result))
        (void)text_copy(xbits_last_error()->message, &happening->text);
}

/* The lock is held: the engine's texts may change as soon as it is given back. */
static xbits_result copy_texts(struct sim_fetch *fetch, const struct effect_facts *facts,
                               char **local_name_out)
{
    TRY(text_replace(&fetch->url, facts->url));
    TRY(text_replace(&fetch->last_modified, facts->last_modified));
    if (fetch->file != NULL)
        return XBITS_S_OK;
    fetch->temporary_number = facts->temporary_number;
    fetch->may_exist = facts->may_exist;
    TRY(text_replace(&fetch->path, facts->temporary_name));
    return text_replace(local_name_out, facts->local_name);
}

/* Copies what the effect is about. */
static xbits_result read_facts(struct sim_fetch *fetch, const struct effect *effect,
                               char **local_name_out)
{
    struct sim *sim = fetch->sim;
    struct effect_facts facts;
    xbits_result result;

    mutex_lock(sim->lock);
    engine_effect_facts(effect, &facts);
    fetch->effect = *effect;
    fetch->size = facts.size;
    fetch->security_flags = facts.security_flags;
    fetch->is_direct = facts.is_direct;
    /* The file may start over: where the last GET ended is the engine's to know. */
    fetch->has_position = effect->kind != EFFECT_HEAD;
    if (fetch->has_position) {
        fetch->position = facts.position;
        fetch->synced = facts.synced;
    }
    result = copy_texts(fetch, &facts, local_name_out);
    mutex_unlock(sim->lock);
    return result;
}

static xbits_result attached_fetch(struct sim *sim, const struct effect *effect,
                                   struct sim_fetch **fetch_out)
{
    *fetch_out = engine_attachment(effect->job);
    if (*fetch_out != NULL)
        return XBITS_S_OK;
    TRY(sim_fetch_new(sim, fetch_out));
    engine_attach(effect->job, *fetch_out);
    return XBITS_S_OK;
}

static xbits_result request(struct sim_fetch *fetch)
{
    const struct effect *effect = &fetch->effect;
    struct transfer_request request = {
        .key = (uint64_t)(uintptr_t)fetch,
        .method = effect->kind == EFFECT_GET ? METHOD_GET : METHOD_HEAD,
        .url = fetch->url,
        .has_range = effect->has_range,
        .range_first = effect->range_first,
        .range_last = effect->range_last,
        .security_flags = fetch->security_flags,
        .is_direct = fetch->is_direct,
    };
    xbits_result result;

    if (request.method == METHOD_GET && fetch->size != XBITS_SIZE_UNKNOWN)
        request.expected = effect->range_last - effect->range_first + 1;
    if (request.method == METHOD_GET && fetch->last_modified[0] != '\0')
        request.if_unmodified_since = fetch->last_modified;
    result = fetch->sim->source->ops->start(fetch->sim->source, &request);
    fetch->is_requested = XBITS_SUCCEEDED(result);
    if (result == XBITS_S_FALSE && effect->kind != EFFECT_AHEAD)
        sim_happened(fetch->sim, HAPPENED_IN_LINE, effect);
    return result;
}

static void perform_head(struct sim *sim, const struct effect *effect)
{
    struct sim_fetch *fetch;
    char *local_name = NULL;
    xbits_result result = attached_fetch(sim, effect, &fetch);

    if (XBITS_SUCCEEDED(result))
        result = read_facts(fetch, effect, &local_name);
    if (XBITS_SUCCEEDED(result))
        result = request(fetch);
    if (XBITS_FAILED(result))
        keep_failure(sim_happened(sim, HAPPENED_ENDED, effect), result);
    free(local_name);
}

/* Beside the GET that its job has under way, with nothing to do with that one's file. */
static xbits_result ask_ahead(struct sim *sim, struct sim_fetch *fetch, const struct effect *effect)
{
    struct effect_facts facts;
    xbits_result result;

    if (fetch == NULL)
        return xbits_fail(XBITS_E_ABORT, "the request that it was to run beside did not begin");
    if (fetch->ahead == NULL)
        TRY(sim_fetch_new_ahead(fetch));
    fetch->ahead->effect = *effect;
    mutex_lock(sim->lock);
    engine_effect_facts(effect, &facts);
    fetch->ahead->security_flags = facts.security_flags;
    fetch->ahead->is_direct = facts.is_direct;
    result = text_replace(&fetch->ahead->url, facts.url);
    mutex_unlock(sim->lock);
    return XBITS_SUCCEEDED(result) ? request(fetch->ahead) : result;
}

static void perform_ahead(struct sim *sim, const struct effect *effect)
{
    xbits_result result = ask_ahead(sim, engine_attachment(effect->job), effect);

    if (XBITS_FAILED(result))
        sim_happened(sim, HAPPENED_AHEAD, effect)->result = result;
}

static xbits_result make_file(struct sim_fetch *fetch, const char *local_name)
{
    char *path = NULL;
    xbits_result result;

    TRY(temporary_name_of(local_name, fetch->temporary_number, &path));
    free(fetch->path);
    fetch->path = path;
    result = disk_open(fetch->sim->disk, path, DISK_CREATE_NEW, &fetch->file);
    /* Made by this job's last owner, who was killed before it could say so. */
    if (result == XBITS_ERROR_FILE_EXISTS && fetch->may_exist)
        result = disk_open(fetch->sim->disk, path, DISK_OPEN_WRITE, &fetch->file);
    return result;
}

/* Beside the file that it becomes, so that Complete is a rename and never a copy. */
static xbits_result create_file(struct sim_fetch *fetch, const char *local_name)
{
    xbits_result result = make_file(fetch, local_name);

    for (int tries = 1; result == XBITS_ERROR_FILE_EXISTS && tries < NAME_TRIES; tries++) {
        fetch->temporary_number += 1 + (uint32_t)random_below(&fetch->sim->random, 0xFFFF);
        fetch->may_exist = false;
        result = make_file(fetch, local_name);
    }
    return result;
}

/* The path goes along: a copy could fail, and the file would stay behind. */
static void tell_opened(struct sim_fetch *fetch, const struct effect *effect)
{
    struct happening *happening = sim_happened(fetch->sim, HAPPENED_OPENED, effect);
    struct disk_stat stat;

    happening->text = fetch->path;
    happening->number = fetch->temporary_number;
    if (fetch->sim->queue != NULL &&
        XBITS_SUCCEEDED(disk_stat(fetch->sim->disk, fetch->path, &stat))) {
        happening->device = stat.device;
        happening->inode = stat.inode;
    }
    fetch->path = NULL;
}

static xbits_result make_space(struct sim_fetch *fetch, bool is_new)
{
    if (fetch->position > 0 || fetch->size == XBITS_SIZE_UNKNOWN)
        return XBITS_S_OK;
    if (!is_new)
        TRY(disk_truncate(fetch->sim->disk, fetch->file, 0));
    if (fetch->size < PREALLOCATE_FROM)
        return XBITS_S_OK;
    return disk_preallocate(fetch->sim->disk, fetch->file, fetch->size);
}

static xbits_result open_file(struct sim_fetch *fetch, const struct effect *effect,
                              const char *local_name)
{
    /* What a killed owner left under the name is not empty. */
    bool is_new = fetch->file == NULL && fetch->path == NULL && !fetch->may_exist;
    xbits_result result = XBITS_S_OK;

    if (fetch->file == NULL && fetch->path != NULL) {
        result = disk_open(fetch->sim->disk, fetch->path, DISK_OPEN_WRITE, &fetch->file);
    } else if (fetch->file == NULL) {
        result = create_file(fetch, local_name);
        if (XBITS_SUCCEEDED(result))
            tell_opened(fetch, effect);
    }
    return XBITS_SUCCEEDED(result) ? make_space(fetch, is_new) : result;
}

/* The fetch with its file open at the engine's position, ready for a GET or for the end. */
static xbits_result prepare(struct sim *sim, const struct effect *effect,
                            struct sim_fetch **fetch_out)
{
    char *local_name = NULL;
    xbits_result result = attached_fetch(sim, effect, fetch_out);

    if (XBITS_SUCCEEDED(result))
        result = read_facts(*fetch_out, effect, &local_name);
    if (XBITS_SUCCEEDED(result)) {
        result = open_file(*fetch_out, effect, local_name);
        (*fetch_out)->is_local = XBITS_FAILED(result);
    }
    free(local_name);
    return result;
}

static void perform_get(struct sim *sim, const struct effect *effect)
{
    struct sim_fetch *fetch = NULL;
    xbits_result result = prepare(sim, effect, &fetch);
    struct happening *happening;

    if (XBITS_SUCCEEDED(result)) {
        fetch->end = effect->range_last + 1;
        fetch->behind = fetch->position;
        fetch->synced_ms = sim->round_ms;
        fetch->reported = fetch->position;
        fetch->reported_ms = sim->round_ms;
        fetch->flushed_ms = sim->round_ms;
        result = request(fetch);
    }
    if (XBITS_SUCCEEDED(result))
        return;
    happening = sim_happened(sim, HAPPENED_ENDED, effect);
    keep_failure(happening, result);
    happening->is_local = fetch != NULL && fetch->is_local;
    happening->position = effect->range_first;
    if (fetch != NULL)
        fetch->is_local = false;
}

static xbits_result put_to_rest(struct sim *sim, struct sim_fetch *fetch, int64_t modified)
{
    xbits_result result = XBITS_S_OK;

    if (modified != 0)
        result = disk_set_modified(sim->disk, fetch->file, modified);
    if (XBITS_SUCCEEDED(result) && settings_flag(&sim->settings, SETTING_TRANSFER_SYNC))
        result = disk_sync(sim->disk, fetch->file);
    if (XBITS_SUCCEEDED(result)) {
        result = disk_close(sim->disk, fetch->file);
        fetch->file = NULL;
    }
    return result;
}

static int64_t modified_of(struct sim *sim, const struct effect *effect)
{
    struct effect_facts facts;

    mutex_lock(sim->lock);
    engine_effect_facts(effect, &facts);
    mutex_unlock(sim->lock);
    return facts.modified;
}

static void perform_finish(struct sim *sim, const struct effect *effect)
{
    struct sim_fetch *fetch = NULL;
    xbits_result result = prepare(sim, effect, &fetch);
    struct happening *happening;

    if (XBITS_SUCCEEDED(result))
        result = put_to_rest(sim, fetch, modified_of(sim, effect));
    happening = sim_happened(sim, HAPPENED_FINISHED, effect);
    keep_failure(happening, result);
    happening->is_local = true;
    /* After a failure the engine asks to stop, which needs the fetch. */
    if (XBITS_FAILED(result) || fetch == NULL)
        return;
    /* The next file's HEAD is still under way: the fetch stays, and nothing of this file in it. */
    fetch->has_position = false;
    if (fetch->ahead != NULL && fetch->ahead->is_requested)
        return;
    engine_attach(effect->job, NULL);
    sim_fetch_free(fetch);
}

/* The request that is stopped is answered, too: every effect is. */
static void drop_request(struct sim *sim, struct sim_fetch *fetch)
{
    struct happening *happening;

    if (!fetch->is_requested)
        return;
    sim->source->ops->stop(sim->source, (uint64_t)(uintptr_t)fetch);
    fetch->is_requested = false;
    happening = sim_happened(sim, sim_fetch_end_kind(fetch), &fetch->effect);
    happening->result = XBITS_E_ABORT;
}

static void perform_stop(struct sim *sim, const struct effect *effect)
{
    struct sim_fetch *fetch = engine_attachment(effect->job);
    uint64_t position = XBITS_SIZE_UNKNOWN;

    if (fetch != NULL) {
        drop_request(sim, fetch);
        if (fetch->ahead != NULL)
            drop_request(sim, fetch->ahead);
        (void)sim_fetch_flush(fetch);
        if (fetch->has_position)
            position = fetch->position;
        engine_attach(effect->job, NULL);
        sim_fetch_free(fetch);
    }
    sim_happened(sim, HAPPENED_STOPPED, effect)->position = position;
}

/* Both names of the effect's file, or a failure. */
static xbits_result read_names(struct sim *sim, const struct effect *effect, char **temporary_out,
                               char **local_out)
{
    struct effect_facts facts;
    xbits_result result;

    mutex_lock(sim->lock);
    engine_effect_facts(effect, &facts);
    result = text_copy(facts.temporary_name, temporary_out);
    if (XBITS_SUCCEEDED(result))
        result = text_copy(facts.local_name, local_out);
    mutex_unlock(sim->lock);
    return result;
}

/* POSIX would replace a file that is marked read-only; Windows, and so Complete, does not. */
static xbits_result check_target(struct sim *sim, const char *local_name)
{
    struct disk_stat stat;

    if (XBITS_FAILED(disk_stat(sim->disk, local_name, &stat)))
        return XBITS_S_OK;
    if (stat.is_read_only || !stat.is_regular)
        return xbits_fail(XBITS_E_ACCESSDENIED, "%s exists and %s", local_name,
                          stat.is_regular ? "is read-only" : "is not a regular file");
    return XBITS_S_OK;
}

static void perform_publish(struct sim *sim, const struct effect *effect)
{
    char *temporary_name = NULL;
    char *local_name = NULL;
    xbits_result result = read_names(sim, effect, &temporary_name, &local_name);

    if (XBITS_SUCCEEDED(result))
        result = check_target(sim, local_name);
    if (XBITS_SUCCEEDED(result))
        result = disk_rename(sim->disk, temporary_name, local_name);
    keep_failure(sim_happened(sim, HAPPENED_PUBLISHED, effect), result);
    free(temporary_name);
    free(local_name);
}

static void perform_sync(struct sim *sim, const struct effect *effect)
{
    char *temporary_name = NULL;
    char *local_name = NULL;
    char *directory = NULL;
    xbits_result result = read_names(sim, effect, &temporary_name, &local_name);

    if (XBITS_SUCCEEDED(result))
        result = disk_directory_of(local_name, &directory);
    if (XBITS_SUCCEEDED(result))
        result = disk_sync_directory(sim->disk, directory);
    keep_failure(sim_happened(sim, HAPPENED_PUBLISHED, effect), result);
    free(temporary_name);
    free(local_name);
    free(directory);
}

static void perform_remove(struct sim *sim, const struct effect *effect)
{
    char *temporary_name = NULL;
    char *local_name = NULL;
    xbits_result result = read_names(sim, effect, &temporary_name, &local_name);

    if (XBITS_SUCCEEDED(result))
        result = disk_remove(sim->disk, temporary_name);
    if (result == XBITS_ERROR_FILE_NOT_FOUND)
        result = XBITS_S_OK;
    keep_failure(sim_happened(sim, HAPPENED_REMOVED, effect), result);
    free(temporary_name);
    free(local_name);
}

void sim_perform(struct sim *sim, const struct effect *effect)
{
    static void (*const perform[])(struct sim * sim, const struct effect *effect) = {
        [EFFECT_HEAD] = perform_head,
        [EFFECT_AHEAD] = perform_ahead,
        [EFFECT_GET] = perform_get,
        [EFFECT_FINISH] = perform_finish,
        [EFFECT_STOP] = perform_stop,
        [EFFECT_PUBLISH] = perform_publish,
        [EFFECT_SYNC] = perform_sync,
        [EFFECT_REMOVE] = perform_remove,
        [EFFECT_RUN_COMMAND] = sim_run_command,
    };

    perform[effect->kind](sim, effect);
}
