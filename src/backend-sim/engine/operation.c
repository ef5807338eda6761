/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"

#include <stdlib.h>
#include <string.h>

/*
 * Suspend, Complete and Cancel need the disk: first the run stops, then the operation's own effects
 * are carried out stage by stage, and only then the job moves (Complete renames first, ruling 8).
 */
bool engine_is_busy(const struct engine_job *job)
{
    return job->operation.kind != OPERATION_NONE;
}

bool engine_has_answer(const struct engine_job *job)
{
    return engine_is_busy(job) && job->operation.stage == STAGE_ANSWERED;
}

xbits_result engine_take_answer(struct engine *engine, struct engine_job *job)
{
    xbits_result answer = job->operation.answer;

    if (XBITS_FAILED(answer))
        xbits_fail(answer, "%s",
                   job->operation.failure_text != NULL ? job->operation.failure_text
                                                       : xbits_result_text(answer));
    free(job->operation.failure_text);
    job->operation = (struct operation){ 0 };
    job_forget_if_over(engine, job);
    return answer;
}

static void finish(struct engine *engine, struct engine_job *job, xbits_result answer)
{
    engine->news_count++;
    if (job->operation.kind == OPERATION_EXPIRE) {
        free(job->operation.failure_text);
        job->operation = (struct operation){ 0 };
        return;
    }
    job->operation.stage = STAGE_ANSWERED;
    job->operation.answer = answer;
}

static void emit(struct engine *engine, struct engine_job *job, enum effect_kind kind,
                 uint32_t file)
{
    effect_emit(engine, job, kind, file);
    job->operation.pending++;
}

static void publish_files(struct engine *engine, struct engine_job *job)
{
    if (job->operation.kind != OPERATION_COMPLETE)
        return;
    for (uint32_t i = 0; i < job->file_count; i++)
        if (job->files[i].is_transferred && !job->files[i].is_published)
            emit(engine, job, EFFECT_PUBLISH, i);
}

static size_t directory_length(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? (size_t)(slash - path) : 0;
}

static bool is_in_directory_of(const struct engine_file *a, const struct engine_file *b)
{
    size_t length = directory_length(a->local_name);

    return length == directory_length(b->local_name) &&
           memcmp(a->local_name, b->local_name, length) == 0;
}

static bool is_published(const struct engine_file *file)
{
    return file->is_published;
}

static bool is_removed(const struct engine_file *file)
{
    return file->is_removed;
}

/* One sync a directory, as long as the files of a directory come one after another. */
static void sync_directories(struct engine *engine, struct engine_job *job,
                             bool (*is_meant)(const struct engine_file *file))
{
    const struct engine_file *previous = NULL;

    if (!settings_flag(engine->settings, SETTING_TRANSFER_SYNC))
        return;
    for (uint32_t i = 0; i < job->file_count; i++) {
        const struct engine_file *file = &job->files[i];

        if (!is_meant(file) || (previous != NULL && is_in_directory_of(file, previous)))
            continue;
        emit(engine, job, EFFECT_SYNC, i);
        previous = file;
    }
}

/*
 * The job ends before its temporary files do: a crash in between finds them in the queue's list of
 * leftovers, and never a job without its bytes.
 */
static void end_and_clean_up(struct engine *engine, struct engine_job *job,
                             const struct engine_now *now)
{
    static const enum job_trigger ends[] = {
        [OPERATION_COMPLETE] = TRIGGER_COMPLETE,
        [OPERATION_CANCEL] = TRIGGER_CANCEL,
        [OPERATION_EXPIRE] = TRIGGER_INACTIVE,
    };
    struct operation *operation = &job->operation;

    if (operation->kind == OPERATION_SUSPEND)
        return;
    operation->was_partial = job->files_transferred < job->file_count;
    job_move(engine, job, ends[operation->kind], now);
    for (uint32_t i = 0; i < job->file_count; i++)
        if (job->files[i].temporary_name != NULL)
            emit(engine, job, EFFECT_REMOVE, i);
}

/* A queue that is kept forgets a temporary file when it cannot come back with the power. */
static void forget_removed(struct engine_job *job)
{
    for (uint32_t i = 0; i < job->file_count; i++) {
        struct engine_file *file = &job->files[i];

        if (!file->is_removed || job->operation.could_not_settle)
            continue;
        file->is_removed = false;
        free(file->temporary_name);
        file->temporary_name = NULL;
        file_dirty(job, file);
    }
}

/* bits-client 2.5, ruling 8: whole files wait for another Complete, the rest for a Resume. */
static void give_back(struct engine *engine, struct engine_job *job, const struct engine_now *now)
{
    if (job->files_transferred == job->file_count)
        job_move(engine, job, TRIGGER_RENAME_FAILED_WHOLE, now);
    else
        job_move(engine, job, TRIGGER_RENAME_FAILED, now);
    finish(engine, job, job->operation.failure);
}

static xbits_result answer_of(const struct operation *operation)
{
    if (operation->could_not_delete)
        return XBITS_BG_S_UNABLE_TO_DELETE_FILES;
    if (operation->kind == OPERATION_COMPLETE && operation->was_partial)
        return XBITS_BG_S_PARTIAL_COMPLETE;
    return XBITS_S_OK;
}

void operation_continue(struct engine *engine, struct engine_job *job, const struct engine_now *now)
{
    struct operation *operation = &job->operation;

    if (operation->kind == OPERATION_NONE || job->is_running || operation->pending > 0)
        return;
    if (operation->stage == STAGE_STOPPING) {
        operation->stage = STAGE_PUBLISHING;
        publish_files(engine, job);
    }
    if (operation->stage == STAGE_PUBLISHING && operation->pending == 0) {
        operation->stage = STAGE_SYNCING;
        if (operation->kind == OPERATION_COMPLETE)
            sync_directories(engine, job, is_published);
    }
    if (operation->stage == STAGE_SYNCING && operation->pending == 0) {
        if (XBITS_FAILED(operation->failure)) {
            give_back(engine, job, now);
            return;
        }
        operation->stage = STAGE_CLEANING;
        end_and_clean_up(engine, job, now);
    }
    if (operation->stage == STAGE_CLEANING && operation->pending == 0) {
        operation->stage = STAGE_SETTLING;
        if (engine->is_kept)
            sync_directories(engine, job, is_removed);
    }
    if (operation->stage == STAGE_SETTLING && operation->pending == 0) {
        forget_removed(job);
        finish(engine, job, answer_of(operation));
    }
}

void operation_begin(struct engine *engine, struct engine_job *job, enum operation_kind kind,
                     const struct engine_now *now)
{
    job->operation = (struct operation){ .kind = kind, .stage = STAGE_STOPPING };
    run_stop(engine, job);
    operation_continue(engine, job, now);
}

static void published(struct engine_job *job, struct happening *happening)
{
    struct engine_file *file = &job->files[happening->file];

    if (XBITS_SUCCEEDED(happening->result)) {
        file->is_published = true;
        free(file->temporary_name);
        file->temporary_name = NULL;
        file_dirty(job, file);
    } else if (XBITS_SUCCEEDED(job->operation.failure)) {
        job->operation.failure = happening->result;
        job->operation.failure_text = happening->text;
        happening->text = NULL;
    }
}

/* A directory that cannot be synced after its renames: the files are there, and cleaning goes on.
 */
void operation_happened(struct engine *engine, struct happening *happening,
                        const struct engine_now *now)
{
    struct engine_job *job = happening->job;
    struct engine_file *file = &job->files[happening->file];

    job->operation.pending--;
    if (job->operation.stage == STAGE_SETTLING) {
        job->operation.could_not_settle |= XBITS_FAILED(happening->result);
    } else if (happening->kind == HAPPENED_PUBLISHED) {
        published(job, happening);
    } else if (XBITS_FAILED(happening->result)) {
        job->operation.could_not_delete = true;
    } else {
        file->is_removed = true;
    }
    job_dirty(engine, job);
    operation_continue(engine, job, now);
}
