/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"

#include "base/text.h"

#include <stdlib.h>

static xbits_result check_count(const struct engine *engine, const struct engine_job *job,
                                const struct principal *who, size_t count)
{
    uint64_t maximum = engine->settings->number[SETTING_POLICY_MAX_FILES_PER_JOB];

    if (job->type != XBITS_TYPE_DOWNLOAD && job->file_count + count > 1)
        return xbits_fail(XBITS_BG_E_TOO_MANY_FILES, "an upload job takes one file");
    if (job->type == XBITS_TYPE_DOWNLOAD && !who->is_exempt && job->file_count + count > maximum)
        return xbits_fail(
            XBITS_BG_E_TOO_MANY_FILES_IN_JOB,
            "the job would have %zu files and policy.MaxFilesPerJob is %llu; use more "
            "jobs, or run as a service (--as service)",
            job->file_count + count, (unsigned long long)maximum);
    return XBITS_S_OK;
}

static xbits_result make_room(struct engine *engine, struct engine_job *job, size_t count)
{
    size_t capacity = job->file_capacity > 0 ? job->file_capacity : 1;
    struct engine_file *files;

    if (count > XBITS_FILE_REPLY - 1 - job->file_count)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no room for %zu more files", count);
    TRY(effects_reserve(engine, 0, count));
    while (capacity < job->file_count + count)
        capacity *= 2;
    if (capacity == job->file_capacity)
        return XBITS_S_OK;
    files = realloc(job->files, capacity * sizeof(*files));
    if (files == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu more files", count);
    job->files = files;
    job->file_capacity = (uint32_t)capacity;
    return XBITS_S_OK;
}

/* Known before the file exists, so that a crash in between leaves none that nobody knows. */
static uint32_t temporary_number(const struct engine_job *job, uint32_t index)
{
    uint32_t number = job->id.data1 ^ ((uint32_t)job->id.data2 << 16 | job->id.data3);

    for (size_t i = 0; i < sizeof(job->id.data4); i++)
        number = (number ^ job->id.data4[i]) * 0x01000193u;
    return number + index * 0x9E3779B1u;
}

static xbits_result fill(struct engine_file *file, const struct xbits_file_spec *spec)
{
    *file = (struct engine_file){ .size = XBITS_SIZE_UNKNOWN };
    TRY(text_copy(spec->remote_name, &file->remote_name));
    return text_copy(spec->local_name, &file->local_name);
}

/* Past the present end, so that a failure leaves nothing to see. */
static xbits_result fill_all(struct engine_job *job, const struct xbits_file_spec *specs,
                             size_t count)
{
    struct engine_file *files = &job->files[job->file_count];

    for (size_t i = 0; i < count; i++) {
        xbits_result result = fill(&files[i], &specs[i]);

        files[i].temporary_number = temporary_number(job, job->file_count + (uint32_t)i);
        if (XBITS_FAILED(result)) {
            for (size_t made = 0; made <= i; made++)
                file_dispose(&files[made]);
            return result;
        }
    }
    return XBITS_S_OK;
}

xbits_result engine_add_files(struct engine *engine, struct engine_job *job,
                              const struct engine_call *call, const struct xbits_file_spec *files,
                              size_t count)
{
    if (job_state_is_in(job->state, XBITS_STATES_FINAL))
        return xbits_fail(XBITS_BG_E_INVALID_STATE, "files cannot be added while the job is %s",
                          xbits_state_name(job->state));
    TRY(check_count(engine, job, call->who, count));
    TRY(make_room(engine, job, count));
    TRY(fill_all(job, files, count));
    job->file_count += (uint32_t)count;
    job->files_unknown += (uint32_t)count;
    engine->file_count += count;
    file_dirty(job, &job->files[job->file_count - count]);
    file_dirty(job, &job->files[job->file_count - 1]);
    job_modified(engine, job, &call->now);
    return XBITS_S_OK;
}

/* At work, asked about or begun on disk: a file from this one on. */
static bool is_in_use(const struct engine_job *job, uint32_t first)
{
    bool is_asked_about = job->ahead.file != 0 && job->ahead.file >= first;

    if (is_asked_about || (job->is_running && job->current >= first))
        return true;
    for (uint32_t i = first; i < job->file_count; i++)
        if (job->files[i].temporary_name != NULL)
            return true;
    return false;
}

void engine_undo_add(struct engine *engine, struct engine_job *job, size_t count)
{
    uint32_t left = job->file_count - (uint32_t)count;

    if (is_in_use(job, left))
        return;
    for (uint32_t i = left; i < job->file_count; i++) {
        file_set_position(job, &job->files[i], 0);
        file_set_size(job, &job->files[i], XBITS_SIZE_UNKNOWN);
        file_dispose(&job->files[i]);
    }
    job->file_count = left;
    job->files_unknown -= (uint32_t)count;
    engine->file_count -= count;
    if (job->dirty_end > left)
        job->dirty_end = left;
    if (job->dirty_first > job->dirty_end)
        job->dirty_first = job->dirty_end;
    change_touch(engine, job);
}
