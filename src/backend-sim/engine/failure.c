/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"
#include "backend-sim/engine/notify.h"

#include "base/log.h"
#include "base/text.h"
#include "job/file_rules.h"

#include <stdlib.h>

enum failure_class {
    FAILURE_FATAL,   /* ERROR: somebody has to repair something. */
    FAILURE_RETRIED, /* TRANSIENT_ERROR until the retry delay ends. */
    FAILURE_BY_EVENT /* TRANSIENT_ERROR until the cause goes away; not counted as an error. */
};

/* bits-client 5.3: HTTP statuses, first match counts. */
static const struct status_class {
    int first;
    int last;
    enum failure_class is;
} status_classes[] = {
    { 300, 305, FAILURE_FATAL },   { 307, 307, FAILURE_FATAL }, { 408, 409, FAILURE_RETRIED },
    { 400, 499, FAILURE_FATAL },   { 501, 501, FAILURE_FATAL }, { 505, 505, FAILURE_FATAL },
    { 100, 999, FAILURE_RETRIED },
};

/* bits-client 5.3: everything else, where the result decides. */
static const struct result_class {
    xbits_result result;
    enum failure_class is;
} result_classes[] = {
    { XBITS_BG_E_NETWORK_DISCONNECTED, FAILURE_BY_EVENT },
    { XBITS_BG_E_DESTINATION_LOCKED, FAILURE_BY_EVENT },
    { XBITS_BG_E_BLOCKED_BY_POLICY, FAILURE_BY_EVENT },
    { XBITS_BG_E_MISSING_FILE_SIZE, FAILURE_FATAL },
    { XBITS_BG_E_INSUFFICIENT_RANGE_SUPPORT, FAILURE_FATAL },
    { XBITS_BG_E_INSUFFICIENT_HTTP_SUPPORT, FAILURE_FATAL },
    { XBITS_BG_E_INVALID_SERVER_RESPONSE, FAILURE_FATAL },
    { XBITS_BG_E_INVALID_PROXY_INFO, FAILURE_FATAL },
    { XBITS_BG_E_MAXDOWNLOAD_TIMEOUT, FAILURE_FATAL },
    { XBITS_BG_E_VALIDATION_FAILED, FAILURE_FATAL },
    { XBITS_ERROR_WINHTTP_REDIRECT_FAILED, FAILURE_FATAL },
    { XBITS_ERROR_WINHTTP_SECURE_FAILURE, FAILURE_FATAL },
    { XBITS_ERROR_WINHTTP_SECURE_INVALID_CA, FAILURE_FATAL },
    { XBITS_ERROR_WINHTTP_SECURE_CERT_CN_INVALID, FAILURE_FATAL },
    { XBITS_ERROR_WINHTTP_SECURE_CERT_DATE_INVALID, FAILURE_FATAL },
    { XBITS_ERROR_WINHTTP_SECURE_CERT_REV_FAILED, FAILURE_FATAL },
    { XBITS_ERROR_WINHTTP_SECURE_CERT_REVOKED, FAILURE_FATAL },
    { XBITS_ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED, FAILURE_FATAL },
    { XBITS_ERROR_FILE_NOT_FOUND, FAILURE_FATAL },
    { XBITS_ERROR_PATH_NOT_FOUND, FAILURE_FATAL },
    { XBITS_E_ACCESSDENIED, FAILURE_FATAL },
    { XBITS_E_NOTIMPL, FAILURE_FATAL },
    /* Memory and descriptors come back when other jobs end. */
    { XBITS_E_OUTOFMEMORY, FAILURE_RETRIED },
    { XBITS_ERROR_TOO_MANY_OPEN_FILES, FAILURE_RETRIED },
};

static enum failure_class class_of_status(int status)
{
    size_t i = 0;

    while (status < status_classes[i].first || status > status_classes[i].last)
        i++;
    return status_classes[i].is;
}

static enum failure_class class_of(const struct failure *failure)
{
    int status = xbits_result_http_status(failure->result);

    for (size_t i = 0; i < sizeof(result_classes) / sizeof(result_classes[0]); i++)
        if (result_classes[i].result == failure->result)
            return result_classes[i].is;
    if (status >= 100)
        return class_of_status(status);
    /* A disk that refuses will refuse again: full, read-only, gone. */
    if (failure->context == XBITS_CONTEXT_LOCAL_FILE)
        return FAILURE_FATAL;
    return FAILURE_RETRIED;
}

void job_clear_error(struct engine_job *job)
{
    free(job->error_text);
    job->error_text = NULL;
    job->error = (struct xbits_job_error){ .file = XBITS_FILE_NONE };
    job->has_error = false;
}

static void keep_error(struct engine_job *job, const struct failure *failure)
{
    job_clear_error(job);
    job->has_error = true;
    /* Without memory for the sentence the code still tells. */
    if (failure->text != NULL && XBITS_FAILED(text_copy(failure->text, &job->error_text)))
        job->error_text = NULL;
    job->error.context = failure->context;
    job->error.result = failure->result;
    job->error.file = failure->file;
    job->error.http_status = xbits_result_http_status(failure->result);
    if (failure->file < job->file_count)
        job->error.protocol =
            remote_protocol_name(remote_protocol_of(job->files[failure->file].remote_name));
}

static uint64_t no_progress_left_ms(const struct engine_job *job)
{
    uint64_t timeout_ms = job->no_progress_timeout_s * UINT64_C(1000);

    return timeout_ms > job->no_progress_spent_ms ? timeout_ms - job->no_progress_spent_ms : 0;
}

static uint64_t no_progress_end_ms(const struct engine_job *job)
{
    return job->no_progress_since_ms == NEVER
               ? NEVER
               : job->no_progress_since_ms + no_progress_left_ms(job);
}

/* Plans the retry; false: there is none, the failure is final. */
static bool plan_retry(struct engine_job *job, enum failure_class class,
                       const struct engine_now *now)
{
    if (class == FAILURE_FATAL || job->no_progress_timeout_s == 0 ||
        job->minimum_retry_delay_s > job->no_progress_timeout_s)
        return false;
    if (job->no_progress_since_ms == NEVER) {
        job->no_progress_since_ms = now->ms;
        job->no_progress_spent_ms = 0;
    }
    if (now->ms >= no_progress_end_ms(job))
        return false;
    job->retry_at_ms =
        class == FAILURE_BY_EVENT ? NEVER : now->ms + job->minimum_retry_delay_s * UINT64_C(1000);
    return true;
}

static void log_failure(const struct engine_job *job, const struct failure *failure)
{
    log_line(LOG_ENGINE, "job %08x failed: %s (0x%08X) %s", (unsigned)job->id.data1,
             xbits_result_name(failure->result), (unsigned)failure->result,
             failure->text != NULL ? failure->text : "");
}

/* The job keeps the code of its last failure, unless a quirk wants one for the time that is over.
 */
static void name_no_progress(const struct engine *engine, struct engine_job *job)
{
    if (settings_flag(engine->settings, SETTING_QUIRK_NO_PROGRESS_CODE))
        job->error.result = XBITS_BG_E_NO_PROGRESS;
}

void job_fail(struct engine *engine, struct engine_job *job, const struct failure *failure,
              const struct engine_now *now)
{
    enum failure_class class = class_of(failure);

    log_failure(job, failure);
    /* bits-client 5.6: failures while TRANSFERRING and failed retries, not the environment's
     * blocks. */
    if (class != FAILURE_BY_EVENT && (job->state == XBITS_STATE_TRANSFERRING || job->is_retry))
        job->error_count++;
    keep_error(job, failure);
    run_stop(engine, job);
    if (plan_retry(job, class, now)) {
        job_move(engine, job, TRIGGER_TRANSIENT_FAILURE, now);
        return;
    }
    if (class != FAILURE_FATAL && now->ms >= no_progress_end_ms(job))
        name_no_progress(engine, job);
    job_move(engine, job, TRIGGER_FATAL_FAILURE, now);
}

void job_retry(struct engine *engine, struct engine_job *job, const struct engine_now *now)
{
    job->is_retry = true;
    job_move(engine, job, TRIGGER_RETRY_DUE, now);
}

/* A retry due at or before the end of the no-progress time comes first; its failure is then final.
 */
static void tick_transient(struct engine *engine, struct engine_job *job,
                           const struct engine_now *now)
{
    if (now->ms >= job->retry_at_ms) {
        job_retry(engine, job, now);
        return;
    }
    if (now->ms < no_progress_end_ms(job))
        return;
    name_no_progress(engine, job);
    job_move(engine, job, TRIGGER_FATAL_FAILURE, now);
}

static uint64_t download_time_end_ms(const struct engine_job *job)
{
    uint64_t budget_ms = job->maximum_download_time_s * UINT64_C(1000);

    if (job->connected_since_ms == NEVER)
        return NEVER;
    return job->connected_since_ms +
           (budget_ms > job->connected_ms ? budget_ms - job->connected_ms : 0);
}

static uint64_t silence_end_ms(const struct engine *engine, const struct engine_job *job)
{
    enum setting limit = job->has_answered ? SETTING_TRANSFER_RESPONSE_TIMEOUT_S
                                           : SETTING_TRANSFER_CONNECT_TIMEOUT_S;

    if (job->is_in_line || (job->phase != PHASE_HEAD && job->phase != PHASE_GET))
        return NEVER;
    return job->active_at_ms + engine->settings->number[limit] * 1000;
}

static void tick_active(struct engine *engine, struct engine_job *job, const struct engine_now *now)
{
    struct failure failure = { .file = job->current };

    if (now->ms >= download_time_end_ms(job)) {
        failure.result = XBITS_BG_E_MAXDOWNLOAD_TIMEOUT;
        failure.context = XBITS_CONTEXT_GENERAL_QUEUE_MANAGER;
        failure.file = XBITS_FILE_NONE;
        failure.text = "the job was connected for as long as its maximum download time allows";
    } else if (now->ms >= silence_end_ms(engine, job)) {
        failure.result = XBITS_ERROR_WINHTTP_TIMEOUT;
        failure.context = XBITS_CONTEXT_REMOTE_FILE;
        failure.text =
            job->has_answered ? "the server stopped sending" : "the server did not answer";
    } else {
        return;
    }
    job_fail(engine, job, &failure, now);
}

void job_tick(struct engine *engine, struct engine_job *job, const struct engine_now *now)
{
    if (job->state == XBITS_STATE_TRANSIENT_ERROR)
        tick_transient(engine, job, now);
    else if (job_state_is_in(job->state, XBITS_STATES_ACTIVE))
        tick_active(engine, job, now);
    notify_tick(engine, job, now);
    job_arm(engine, job);
}

void job_arm(struct engine *engine, struct engine_job *job)
{
    uint64_t due = NEVER;
    uint64_t others;

    if (job->state == XBITS_STATE_TRANSIENT_ERROR) {
        due = job->retry_at_ms;
        others = no_progress_end_ms(job);
    } else {
        due = download_time_end_ms(job);
        others = silence_end_ms(engine, job);
    }
    due = due < others ? due : others;
    others = notify_wake_ms(job);
    timer_set(engine, job, due < others ? due : others);
}
