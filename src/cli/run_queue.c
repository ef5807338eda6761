/* SPDX-License-Identifier: MIT */
#include "cli/run_queue.h"

#include "cli/format.h"
#include "cli/interrupt.h"
#include "cli/job_json.h"
#include "cli/outcome.h"
#include "cli/progress_text.h"
#include "xbits/job.h"

#include <inttypes.h>

/* True when it moves, or a timer will move it; what waits for an event outside may wait for ever.
 */
static bool is_pending(const struct xbits_job_snapshot *job)
{
    if (job->state == XBITS_STATE_TRANSIENT_ERROR)
        return job->waiting_until != 0;
    return ((1u << job->state) & XBITS_STATES_ACTIVE) != 0 &&
           job->waiting_for != XBITS_WAITING_NETWORK;
}

/* Jobs that rested before this program came are no news. */
static bool is_news(const struct job_entry *entry, enum xbits_job_state state)
{
    uint32_t resting = XBITS_IN(SUSPENDED) | XBITS_IN(TRANSFERRED);

    if (!entry->has_state)
        return ((1u << state) & resting) == 0;
    return entry->state != state;
}

static xbits_result add_state(struct text *line, const struct xbits_job_snapshot *job)
{
    uint32_t failed = XBITS_IN(ERROR) | XBITS_IN(TRANSIENT_ERROR);
    struct progress_facts facts = { .state = xbits_state_name(job->state),
                                    .next_try_s = PROGRESS_NO_TRY };

    if (job->has_error && ((1u << job->state) & failed) != 0)
        return progress_text_reason(line, &facts, &job->error);
    return text_add(line, facts.state);
}

static void tell(struct run_queue *queue, const struct xbits_job_snapshot *job)
{
    FILE *err = queue->cli->err;
    struct text state = { 0 };
    char id[XBITS_ID_TEXT_SIZE];

    if (queue->cli->global.is_json) {
        json_object_begin(&queue->writer, NULL);
        json_job_members(&queue->writer, job);
        json_object_end(&queue->writer);
        json_writer_flush(&queue->writer);
        fflush(queue->cli->out);
    } else if (!queue->cli->global.is_quiet && XBITS_SUCCEEDED(add_state(&state, job))) {
        fprintf(err, "%s ", xbits_id_format(&job->id, id));
        format_safely(err, job->display_name);
        fputs(": ", err);
        format_safely(err, text_c(&state));
        fputc('\n', err);
    }
    text_dispose(&state);
}

static xbits_result take_job(struct run_queue *queue, const struct xbits_job_snapshot *job)
{
    struct job_entry *entry;

    TRY(job_table_entry(&queue->jobs, &job->id, &entry));
    if (is_news(entry, job->state))
        tell(queue, job);
    job_table_set(&queue->jobs, entry, job->state, is_pending(job));
    return XBITS_S_OK;
}

/* A job that is final was completed or cancelled by somebody else in this process. */
static xbits_result take_gone(struct run_queue *queue, const struct xbits_change *change)
{
    struct job_entry *entry;

    TRY(job_table_entry(&queue->jobs, &change->id, &entry));
    job_table_set(&queue->jobs, entry, change->state, false);
    return XBITS_S_OK;
}

static xbits_result read_job(struct run_queue *queue, const struct xbits_change *change)
{
    struct xbits_job_snapshot snapshot;
    struct xbits_job *job = NULL;
    xbits_result result = xbits_job_open(queue->manager, &change->id, &job);

    if (result == XBITS_BG_E_NOT_FOUND)
        return take_gone(queue, change);
    /* Another user's job runs along, and is not for us to tell of. */
    if (result == XBITS_E_ACCESSDENIED)
        return XBITS_S_OK;
    TRY(result);
    XBITS_INIT(&snapshot);
    result = xbits_job_read(job, &snapshot);
    if (XBITS_SUCCEEDED(result))
        result = take_job(queue, &snapshot);
    xbits_job_close(job);
    return result;
}

/* xbits_job_visit */
static bool take_visited(const struct xbits_job_snapshot *job, void *user)
{
    struct run_queue *queue = user;

    queue->result = take_job(queue, job);
    return XBITS_SUCCEEDED(queue->result);
}

static xbits_result read_all(struct run_queue *queue)
{
    job_table_forget_pending(&queue->jobs);
    TRY(xbits_manager_visit_jobs(queue->manager, XBITS_SCOPE_MINE, take_visited, queue));
    return queue->result;
}

static xbits_result take_change(struct run_queue *queue, const struct xbits_change *change)
{
    struct job_entry *entry;

    if (change->kind == XBITS_CHANGE_RESYNC)
        return read_all(queue);
    if (change->kind == XBITS_CHANGE_GONE)
        return take_gone(queue, change);
    TRY(job_table_entry(&queue->jobs, &change->id, &entry));
    /* More bytes of a job that moves are no news; another reason to wait is. */
    if (entry->has_state && entry->state == change->state &&
        change->state != XBITS_STATE_TRANSIENT_ERROR && change->state != XBITS_STATE_QUEUED)
        return XBITS_S_OK;
    return read_job(queue, change);
}

static enum cli_exit verdict(const struct run_queue *queue)
{
    size_t counts[XBITS_STATE_COUNT];

    job_table_count(&queue->jobs, counts);
    return counts[XBITS_STATE_ERROR] > 0 ? CLI_FAILED : CLI_DONE;
}

xbits_result run_queue_follow(struct run_queue *queue, enum cli_exit *how_out)
{
    struct xbits_cursor cursor = { 0 };
    uint64_t wait_ms = 0;

    json_writer_init(&queue->writer, queue->cli->out, true);
    for (;;) {
        uint64_t left_ms = time_limit_left_ms(&queue->limit);
        struct xbits_change change;
        xbits_result result;

        XBITS_INIT(&change);
        result = xbits_manager_next_change(queue->manager, &cursor, wait_ms, &change);
        TRY(result);
        wait_ms = 0;
        if (result == XBITS_S_OK)
            TRY(take_change(queue, &change));
        else if (queue->jobs.pending_count == 0)
            break;
        else
            wait_ms = left_ms;
        if (interrupt_take() || left_ms == 0) {
            *how_out = left_ms == 0 ? CLI_TIMED_OUT : CLI_INTERRUPTED;
            return XBITS_S_OK;
        }
    }
    *how_out = verdict(queue);
    return XBITS_S_OK;
}

static void summarise_json(struct run_queue *queue, enum cli_exit how,
                           const size_t counts[XBITS_STATE_COUNT])
{
    struct json_writer *writer = &queue->writer;

    json_object_begin(writer, NULL);
    json_text(writer, "outcome", outcome_name(how));
    json_number(writer, "jobs", (int64_t)queue->jobs.count);
    json_object_begin(writer, "states");
    for (size_t i = 0; i < XBITS_STATE_COUNT; i++) {
        if (counts[i] > 0)
            json_number(writer, xbits_state_name((enum xbits_job_state)i), (int64_t)counts[i]);
    }
    json_object_end(writer);
    json_object_end(writer);
    json_writer_flush(writer);
}

/* "3 jobs: 2 TRANSFERRED, 1 ERROR" */
static void summarise_text(const struct run_queue *queue, const size_t counts[XBITS_STATE_COUNT])
{
    FILE *out = queue->cli->out;
    const char *before = ": ";

    fprintf(out, "%zu job%s", queue->jobs.count, queue->jobs.count == 1 ? "" : "s");
    for (size_t i = 0; i < XBITS_STATE_COUNT; i++) {
        if (counts[i] == 0)
            continue;
        fprintf(out, "%s%zu %s", before, counts[i], xbits_state_name((enum xbits_job_state)i));
        before = ", ";
    }
    fputc('\n', out);
}

void run_queue_summarise(struct run_queue *queue, enum cli_exit how)
{
    size_t counts[XBITS_STATE_COUNT];
    FILE *err = queue->cli->err;

    job_table_count(&queue->jobs, counts);
    if (how == CLI_INTERRUPTED)
        fputs("xbits: interrupted; the jobs stay in the queue\n", err);
    if (how == CLI_TIMED_OUT)
        fprintf(err, "xbits: timed out after %" PRIu64 " s; the jobs stay in the queue\n",
                queue->limit.limit_s);
    if (queue->cli->global.is_json)
        summarise_json(queue, how, counts);
    else if (!queue->cli->global.is_quiet)
        summarise_text(queue, counts);
}

void run_queue_dispose(struct run_queue *queue)
{
    job_table_dispose(&queue->jobs);
}
