/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"

#include "job/file_rules.h"

#include <stdlib.h>

/*
 * While the body of a small file arrives, the server is asked about the next one on a second
 * connection (ruling 12). What it says is used only if it is a plain success; anything else is
 * forgotten and asked again when the file's turn comes, so that errors, states and their order are
 * what they would be without.
 */

/* Of a longer body the way there and back is no part worth saving, and what was said grows old. */
#define BODY_MAXIMUM (UINT64_C(1) << 20)
/* So many requests keep a server busy as they are, and connections are for those in their turn. */
#define PENDING_MAXIMUM 32

static uint32_t file_after_current(const struct engine_job *job)
{
    uint32_t next = job->current + 1;

    while (next < job->file_count && job->files[next].is_transferred)
        next++;
    return next;
}

static bool is_worth_asking(const struct engine *engine, const struct engine_job *job,
                            uint32_t next)
{
    const struct engine_file *file = &job->files[job->current];
    enum remote_protocol protocol;

    if (!settings_flag(engine->settings, SETTING_QUIRK_HEAD_AHEAD) || next >= job->file_count ||
        next == job->ahead.file || engine->pending > PENDING_MAXIMUM)
        return false;
    protocol = remote_protocol_of(job->files[next].remote_name);
    return file->size != XBITS_SIZE_UNKNOWN && file->size - file->position <= BODY_MAXIMUM &&
           (protocol == REMOTE_HTTP || protocol == REMOTE_HTTPS);
}

void ahead_begin(struct engine *engine, struct engine_job *job)
{
    uint32_t next = file_after_current(job);

    if (!is_worth_asking(engine, job, next))
        return;
    ahead_drop(job);
    job->ahead = (struct ahead){ .file = next, .is_under_way = true };
    effect_emit(engine, job, EFFECT_AHEAD, next);
}

void ahead_drop(struct engine_job *job)
{
    free(job->ahead.head);
    job->ahead = (struct ahead){ 0 };
}

static bool is_plain(const struct happening *happening)
{
    return XBITS_SUCCEEDED(happening->result) && happening->head != NULL &&
           happening->head->status == 200 && XBITS_SUCCEEDED(http_judge_head(happening->head));
}

void ahead_note(struct engine_job *job, struct happening *happening)
{
    job->ahead.is_under_way = false;
    if (!is_plain(happening))
        return;
    job->ahead.head = happening->head;
    happening->head = NULL;
}

bool ahead_is_awaited(const struct engine_job *job)
{
    return job->ahead.is_under_way && job->ahead.file == job->current;
}

struct answer *ahead_take(struct engine_job *job)
{
    struct answer *head = NULL;

    if (job->ahead.file == job->current) {
        head = job->ahead.head;
        job->ahead.head = NULL;
    }
    return head;
}
