/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"
#include "backend-sim/engine/notify.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/url_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * One job at work: its files one after another, each HEAD, then GETs until it is whole, then
 * FINISH. A run ends when every file is transferred or by run_stop; happenings of an ended run are
 * stale.
 */

/* What one request may ask for (ruling 28). */
#define REQUEST_MAXIMUM UINT64_C(0x7FFFFFFF)
#define WHOLE_MAXIMUM   UINT64_C(0x80000000)

static void await_answer(struct engine *engine, struct engine_job *job, enum phase phase,
                         const struct engine_now *now)
{
    job->phase = phase;
    job->active_at_ms = now->ms;
    job->has_answered = false;
    job->is_in_line = false;
    job_arm(engine, job);
}

void run_head(struct engine *engine, struct engine_job *job, const struct engine_now *now)
{
    effect_emit(engine, job, EFFECT_HEAD, job->current);
    await_answer(engine, job, PHASE_HEAD, now);
}

static void forget_redirects(struct engine_job *job)
{
    free(job->url);
    job->url = NULL;
    job->redirects = 0;
}

void run_stop(struct engine *engine, struct engine_job *job)
{
    if (!job->is_running || job->is_stopping)
        return;
    job->run++;
    job->phase = PHASE_IDLE;
    job->is_stopping = true;
    ahead_drop(job);
    effect_emit(engine, job, EFFECT_STOP, job->current);
}

static uint64_t last_of_request(const struct engine *engine, const struct engine_file *file)
{
    uint64_t maximum = engine->settings->number[SETTING_TRANSFER_RANGE_BYTES];
    uint64_t left = file->size - file->position;

    if (maximum == 0 || maximum > REQUEST_MAXIMUM)
        maximum = REQUEST_MAXIMUM;
    return file->position + (left < maximum ? left : maximum) - 1;
}

/* Too large for one request, or for what the settings allow one to ask for. */
static bool is_part(const struct engine_file *file, uint64_t last)
{
    return file->size != XBITS_SIZE_UNKNOWN &&
           (file->size >= WHOLE_MAXIMUM || last + 1 < file->size);
}

static void get(struct engine *engine, struct engine_job *job, uint64_t last,
                const struct engine_now *now)
{
    const struct engine_file *file = file_current(job);
    struct effect *effect = effect_emit(engine, job, EFFECT_GET, job->current);

    effect->range_first = file->position;
    effect->range_last = last;
    effect->has_range =
        job->priority != XBITS_PRIORITY_FOREGROUND || file->position > 0 || is_part(file, last);
    job->request_first = file->position;
    await_answer(engine, job, PHASE_GET, now);
    ahead_begin(engine, job);
}

/* Quirk: a server that refuses HEAD alone is asked for the bytes, and tells the size with them. */
static bool get_without_head(struct engine *engine, struct happening *happening,
                             const struct engine_now *now)
{
    struct engine_job *job = happening->job;

    if (!settings_flag(engine->settings, SETTING_QUIRK_HEAD_405_FALLS_BACK) ||
        happening->head == NULL || happening->head->status != 405)
        return false;
    file_start_over(engine, job, file_current(job));
    get(engine, job, REQUEST_MAXIMUM - 1, now);
    return true;
}

static void get_or_finish(struct engine *engine, struct engine_job *job,
                          const struct engine_now *now)
{
    struct engine_file *file = file_current(job);

    if (file->position >= file->size) {
        job->phase = PHASE_FINISH;
        effect_emit(engine, job, EFFECT_FINISH, job->current);
        job_arm(engine, job);
        return;
    }
    get(engine, job, last_of_request(engine, file), now);
}

/* The file on the server is not the one that was begun: from the start, once without a byte. */
static void start_over(struct engine *engine, struct engine_job *job, const struct engine_now *now)
{
    struct failure failure = { XBITS_BG_E_INVALID_SERVER_RESPONSE, XBITS_CONTEXT_REMOTE_FILE,
                               job->current,
                               "the server describes the file one way and delivers it another" };

    if (job->restarted) {
        job_fail(engine, job, &failure, now);
        return;
    }
    file_start_over(engine, job, file_current(job));
    job->restarted = true;
    job_modified(engine, job, now);
    run_head(engine, job, now);
}

static void answer_text(const struct engine_job *job, const struct happening *happening,
                        xbits_result result, char *text, size_t size)
{
    const char *name = job->url != NULL ? job->url : job->files[happening->file].remote_name;

    if (happening->text != NULL && result == happening->result)
        text_copy_into(text, size, happening->text);
    else if (happening->head != NULL && xbits_result_http_status(result) > 0)
        snprintf(text, size, "the server answered %d for %s", happening->head->status,
                 url_text(name).c);
    else
        snprintf(text, size, "%s: %s", xbits_result_text(result), url_text(name).c);
}

static void fail_request(struct engine *engine, struct happening *happening, xbits_result result,
                         const struct engine_now *now)
{
    struct engine_job *job = happening->job;
    struct engine_file *file = file_current(job);
    char text[512];
    struct failure failure = { result, XBITS_CONTEXT_REMOTE_FILE, job->current, text };

    answer_text(job, happening, result, text, sizeof(text));
    /* The temporary file is gone: what it held is, too. */
    if (happening->is_local &&
        (result == XBITS_ERROR_FILE_NOT_FOUND || result == XBITS_ERROR_PATH_NOT_FOUND)) {
        file_start_over(engine, job, file);
        free(file->temporary_name);
        file->temporary_name = NULL;
    }
    if (happening->is_local)
        failure.context = XBITS_CONTEXT_LOCAL_FILE;
    job_fail(engine, job, &failure, now);
}

/* Takes what the server said about the file; a file that is not the one begun starts over. */
static bool learn(struct engine *engine, struct engine_job *job, const struct answer *head,
                  uint64_t size)
{
    struct engine_file *file = file_current(job);
    bool is_same = file->size == size && file->last_modified != NULL &&
                   strcmp(file->last_modified, head->last_modified) == 0;

    if (file->position > 0 && !is_same)
        file_start_over(engine, job, file);
    if (XBITS_FAILED(text_replace(&file->last_modified, head->last_modified)) ||
        XBITS_FAILED(text_replace(&file->response_headers, head->header_block)))
        return false;
    if (!clock_parse_http(head->last_modified, &file->modified))
        file->modified = 0;
    file_set_size(job, file, size);
    return true;
}

static void head_ended(struct engine *engine, struct happening *happening,
                       const struct engine_now *now)
{
    struct engine_job *job = happening->job;
    xbits_result result = happening->result;

    if (get_without_head(engine, happening, now))
        return;
    if (happening->head != NULL && XBITS_SUCCEEDED(result)) {
        result = http_judge_head(happening->head);
        if (redirect_follow(job, happening->head, &result)) {
            run_head(engine, job, now);
            return;
        }
    }
    if (XBITS_SUCCEEDED(result) &&
        !learn(engine, job, happening->head, happening->head->content_length))
        result = XBITS_E_OUTOFMEMORY;
    if (XBITS_FAILED(result)) {
        fail_request(engine, happening, result, now);
        return;
    }
    job_move(engine, job, TRIGGER_CONNECTED, now);
    job_modified(engine, job, now);
    get_or_finish(engine, job, now);
}

/* What the server said ahead of the file's turn is taken as if it were said now. */
static void ask_about_file(struct engine *engine, struct engine_job *job,
                           const struct engine_now *now)
{
    struct happening happening = { .kind = HAPPENED_ENDED, .job = job, .file = job->current };

    if (ahead_is_awaited(job)) {
        await_answer(engine, job, PHASE_HEAD, now);
        return;
    }
    happening.head = ahead_take(job);
    if (happening.head == NULL) {
        run_head(engine, job, now);
        return;
    }
    job->phase = PHASE_HEAD;
    head_ended(engine, &happening, now);
    happening_dispose(&happening);
}

static void ahead_ended(struct engine *engine, struct happening *happening,
                        const struct engine_now *now)
{
    struct engine_job *job = happening->job;
    bool is_awaited = ahead_is_awaited(job);

    ahead_note(job, happening);
    if (is_awaited)
        ask_about_file(engine, job, now);
}

/* The next file's turn, or the end of the job's work. */
static void next_file(struct engine *engine, struct engine_job *job, const struct engine_now *now)
{
    forget_redirects(job);
    job->restarted = false;
    job_find_current(job);
    if (job->current < job->file_count) {
        ask_about_file(engine, job, now);
        return;
    }
    job->phase = PHASE_IDLE;
    job->is_running = false;
    job_move(engine, job, TRIGGER_ALL_TRANSFERRED, now);
}

void run_start(struct engine *engine, struct engine_job *job, const struct engine_now *now)
{
    static const struct failure no_uploads = { XBITS_E_NOTIMPL, XBITS_CONTEXT_GENERAL_QUEUE_MANAGER,
                                               0, "this engine does not transfer uploads yet" };

    job->run++;
    ahead_drop(job);
    job_find_current(job);
    if (job->current == job->file_count) {
        job_move(engine, job, TRIGGER_ALL_TRANSFERRED, now);
        return;
    }
    job_move(engine, job, TRIGGER_TURN_CAME, now);
    if (job->type != XBITS_TYPE_DOWNLOAD) {
        job_fail(engine, job, &no_uploads, now);
        return;
    }
    job->is_running = true;
    next_file(engine, job, now);
}

/* Bytes arrived: what went wrong before is over. False: none did. */
static bool reach(struct engine_job *job, const struct happening *happening)
{
    struct engine_file *file = file_current(job);

    if (happening->synced > file->synced && happening->synced <= happening->position) {
        file->synced = happening->synced;
        file_dirty(job, file);
    }
    if (happening->position == file->position)
        return false;
    file_set_position(job, file, happening->position);
    job->restarted = false;
    job->is_retry = false;
    job->no_progress_since_ms = NEVER;
    return true;
}

/* After a refused HEAD: the position stands, because the file is learnt together with its bytes. */
static bool learn_from_get(struct engine *engine, struct engine_job *job, const struct answer *head)
{
    struct engine_file *file = file_current(job);
    uint64_t size = head->has_content_range ? head->range_total : head->content_length;

    file_set_size(job, file, size);
    return XBITS_SUCCEEDED(text_replace(&file->last_modified, head->last_modified)) &&
           learn(engine, job, head, size);
}

static void get_ended(struct engine *engine, struct happening *happening,
                      const struct engine_now *now)
{
    struct engine_job *job = happening->job;
    struct engine_file *file = file_current(job);
    xbits_result result = happening->result;

    if (reach(job, happening))
        job_modified(engine, job, now);
    if (result == XBITS_BG_E_REMOTE_FILE_CHANGED) {
        start_over(engine, job, now);
        return;
    }
    if (XBITS_FAILED(result) && happening->head != NULL &&
        redirect_follow(job, happening->head, &result)) {
        run_head(engine, job, now);
        return;
    }
    /* An answer that is shorter than asked is no failure as long as it brought something. */
    if (XBITS_SUCCEEDED(result) && file->position == job->request_first)
        result = XBITS_ERROR_WINHTTP_CONNECTION_ERROR;
    if (XBITS_SUCCEEDED(result) && file->size == XBITS_SIZE_UNKNOWN &&
        !learn_from_get(engine, job, happening->head))
        result = XBITS_E_OUTOFMEMORY;
    if (XBITS_FAILED(result)) {
        fail_request(engine, happening, result, now);
        return;
    }
    get_or_finish(engine, job, now);
}

static void ended(struct engine *engine, struct happening *happening, const struct engine_now *now)
{
    if (happening->job->phase == PHASE_HEAD)
        head_ended(engine, happening, now);
    else
        get_ended(engine, happening, now);
}

static void moved(struct engine *engine, struct happening *happening, const struct engine_now *now)
{
    struct engine_job *job = happening->job;

    job->active_at_ms = now->ms;
    if (!job->has_answered) {
        /* The server's answer is awaited, and then bytes: for another time each. */
        job->has_answered = true;
        job_arm(engine, job);
    }
    /* What answers HEAD is judged when it has ended, and says nothing about the bytes on disk. */
    if (job->phase != PHASE_GET)
        return;
    job_move(engine, job, TRIGGER_CONNECTED, now);
    if (reach(job, happening))
        job_modified(engine, job, now);
}

static void finish_file(const struct engine *engine, struct engine_job *job,
                        struct engine_file *file)
{
    file->is_transferred = true;
    if (settings_flag(engine->settings, SETTING_TRANSFER_SYNC))
        file->synced = file->position;
    file_dirty(job, file);
    job->files_transferred++;
}

static void finished(struct engine *engine, struct happening *happening,
                     const struct engine_now *now)
{
    struct engine_job *job = happening->job;

    if (XBITS_FAILED(happening->result)) {
        fail_request(engine, happening, happening->result, now);
        return;
    }
    finish_file(engine, job, file_current(job));
    notify_file_done(engine, job, job->current, now);
    job_modified(engine, job, now);
    next_file(engine, job, now);
}

/* Kept whatever became of the run: the file exists and has to be removed one day. */
static void opened(struct engine *engine, struct happening *happening, const struct engine_now *now)
{
    struct engine_file *file = &happening->job->files[happening->file];

    (void)now;
    free(file->temporary_name);
    file->temporary_name = happening->text;
    happening->text = NULL;
    file->temporary_number = happening->number;
    file->device = happening->device;
    file->inode = happening->inode;
    file_dirty(happening->job, file);
    job_dirty(engine, happening->job);
}

/* What the disk holds counts, unless the file that held it is gone or finished. */
static void stopped(struct engine *engine, struct happening *happening,
                    const struct engine_now *now)
{
    struct engine_job *job = happening->job;
    struct engine_file *file = &job->files[happening->file];

    job->is_running = false;
    job->is_stopping = false;
    if (happening->position != XBITS_SIZE_UNKNOWN && file->temporary_name != NULL &&
        !file->is_transferred)
        file_set_position(job, file, happening->position);
    job_dirty(engine, job);
    /* The end of the queue may wait for it. */
    engine->news_count++;
    operation_continue(engine, job, now);
}

/* The server cannot be blamed for a request that was not made yet. */
static void in_line(struct engine *engine, struct happening *happening,
                    const struct engine_now *now)
{
    (void)now;
    happening->job->is_in_line = true;
    job_arm(engine, happening->job);
}

static void begun(struct engine *engine, struct happening *happening, const struct engine_now *now)
{
    happening->job->is_in_line = false;
    happening->job->active_at_ms = now->ms;
    job_arm(engine, happening->job);
}

typedef void happened(struct engine *engine, struct happening *happening,
                      const struct engine_now *now);

static const struct {
    happened *note;
    bool is_answer;     /* It settles an effect. */
    bool is_ever_valid; /* Also when its run is over. */
} happenings[] = {
    [HAPPENED_IN_LINE] = { in_line, false, false },
    [HAPPENED_BEGUN] = { begun, false, false },
    [HAPPENED_OPENED] = { opened, false, true },
    [HAPPENED_MOVED] = { moved, false, false },
    [HAPPENED_ENDED] = { ended, true, false },
    [HAPPENED_AHEAD] = { ahead_ended, true, false },
    [HAPPENED_FINISHED] = { finished, true, false },
    [HAPPENED_STOPPED] = { stopped, true, true },
    [HAPPENED_PUBLISHED] = { operation_happened, true, true },
    [HAPPENED_REMOVED] = { operation_happened, true, true },
    [HAPPENED_RAN] = { notify_ran, false, true },
};

void engine_happened(struct engine *engine, struct happening *happening,
                     const struct engine_now *now)
{
    struct engine_job *job = happening->job;
    bool is_stale = happening->run != job->run && !happenings[happening->kind].is_ever_valid;

    if (happenings[happening->kind].is_answer) {
        engine->pending--;
        job->pending--;
    }
    if (!is_stale)
        happenings[happening->kind].note(engine, happening, now);
    happening_dispose(happening);
    job_forget_if_over(engine, job);
}
