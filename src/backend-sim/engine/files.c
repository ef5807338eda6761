/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"

#include <stdlib.h>

void file_dispose(struct engine_file *file)
{
    free(file->remote_name);
    free(file->local_name);
    free(file->temporary_name);
    free(file->last_modified);
    free(file->response_headers);
    *file = (struct engine_file){ 0 };
}

/* The job's sums follow each file, so that reading a job does not walk its files. */
void file_set_size(struct engine_job *job, struct engine_file *file, uint64_t size)
{
    if (file->size == XBITS_SIZE_UNKNOWN)
        job->files_unknown--;
    else
        job->bytes_known -= file->size;
    if (size == XBITS_SIZE_UNKNOWN)
        job->files_unknown++;
    else
        job->bytes_known += size;
    file->size = size;
    file_dirty(job, file);
}

void file_set_position(struct engine_job *job, struct engine_file *file, uint64_t position)
{
    job->bytes_transferred += position - file->position;
    if (position > file->position)
        file->received += position - file->position;
    file->position = position;
    if (file->synced > position)
        file->synced = position;
    file_dirty(job, file);
}

void file_start_over(struct engine *engine, struct engine_job *job, struct engine_file *file)
{
    /* A record of the old bytes must not outlive the first new one on the medium. */
    engine->is_pressing = engine->is_pressing || (engine->is_kept && file->synced > 0);
    job->bytes_transferred -= file->position;
    file->position = 0;
    file->synced = 0;
    file->is_told = false;
    if (file->is_transferred) {
        file->is_transferred = false;
        job->files_transferred--;
    }
    free(file->last_modified);
    file->last_modified = NULL;
    file->modified = 0;
    file_set_size(job, file, XBITS_SIZE_UNKNOWN);
}

struct engine_file *file_current(struct engine_job *job)
{
    return &job->files[job->current];
}

void job_find_current(struct engine_job *job)
{
    while (job->current < job->file_count && job->files[job->current].is_transferred)
        job->current++;
}
