/* SPDX-License-Identifier: MIT */
#include "cli/wait_job.h"

#include "base/clock.h"
#include "cli/find_job.h"
#include "cli/interrupt.h"
#include "cli/open_manager.h"
#include "cli/progress.h"

/* A new state ends a wait at once; this is how soon a key press and the next bar are seen. */
#define SLICE_MS 100
/* How soon it is seen that the queue's owner has ended. */
#define OWNER_EVERY_MS 1000

#define ALL_STATES ((1u << XBITS_STATE_COUNT) - 1u)

static void detach(struct wait_job *wait)
{
    xbits_job_close(wait->job);
    xbits_manager_close(wait->manager);
    wait->job = NULL;
    wait->manager = NULL;
}

/* The word names the job the first time, the id names it from then on. */
static enum cli_exit find(struct wait_job *wait)
{
    const char *word = wait->cli->operands[0];
    xbits_result result = wait->has_id ? xbits_job_open(wait->manager, &wait->id, &wait->job)
                                       : find_job(wait->manager, word, &wait->job);

    if (XBITS_FAILED(result))
        return fail_to_find(wait->cli, word);
    wait->id = *xbits_job_id(wait->job);
    wait->has_id = true;
    return CLI_DONE;
}

/* Opens the queue to look at it. Why it failed has been told. */
static enum cli_exit look_on(struct wait_job *wait)
{
    wait->is_owner = false;
    wait->looked_ms = clock_ms(clock_system());
    if (XBITS_FAILED(open_queue(&wait->cli->global, XBITS_ACCESS_READ, &wait->manager)))
        return cli_fail(wait->cli, "cannot open the queue");
    return find(wait);
}

static bool is_run(struct wait_job *wait)
{
    uint64_t process_id = 0;

    return xbits_manager_owner(wait->manager, &process_id) == XBITS_S_OK;
}

/* Becomes the owner of a queue that has none. Another process may come first: then it is looked
 * at. Why it failed has been told. */
static enum cli_exit take_over(struct wait_job *wait)
{
    struct cli *cli = wait->cli;
    xbits_result result;

    /* Managers of one process share their engine, and a reader's runs nothing: it goes first. */
    detach(wait);
    result = open_queue(&cli->global, XBITS_ACCESS_RUN, &wait->manager);
    if (result == XBITS_ERROR_LOCK_VIOLATION)
        return look_on(wait);
    if (XBITS_FAILED(result))
        return cli_fail(cli, "cannot run the queue");
    if (!cli->global.is_quiet)
        fputs("xbits: nobody runs the queue, so this process does\n", cli->err);
    wait->is_owner = true;
    return find(wait);
}

/* Nobody but the owner can change a job, and this process only waits. */
static bool is_stuck(const struct wait_job *wait, const struct xbits_job_snapshot *job)
{
    uint32_t resting = XBITS_IN(SUSPENDED) | XBITS_IN(TRANSFERRED);

    return wait->is_owner && ((1u << job->state) & resting) != 0;
}

/* True, and why in *how, when waiting is over. */
static bool has_ended(const struct wait_job *wait, const struct xbits_job_snapshot *job,
                      enum cli_exit *how)
{
    uint32_t failed = XBITS_IN(ERROR) | XBITS_STATES_FINAL;
    uint32_t state = 1u << job->state;

    if ((state & wait->states) != 0)
        *how = CLI_DONE;
    else if ((state & failed) != 0 || is_stuck(wait, job))
        *how = CLI_FAILED;
    else if (interrupt_take())
        *how = CLI_INTERRUPTED;
    else if (time_limit_left_ms(&wait->limit) == 0)
        *how = CLI_TIMED_OUT;
    else
        return false;
    return true;
}

static xbits_result wait_slice(struct wait_job *wait, struct xbits_job_snapshot *snapshot)
{
    uint32_t others = ALL_STATES & ~(1u << snapshot->state);
    uint64_t left_ms = time_limit_left_ms(&wait->limit);
    uint64_t wait_ms = left_ms < SLICE_MS ? left_ms : SLICE_MS;
    xbits_result result = xbits_job_wait(wait->job, others, wait_ms, snapshot);

    return result == XBITS_ERROR_TIMEOUT ? XBITS_S_OK : result;
}

/* A reader whose owner has gone would wait for ever. */
static bool is_deserted(struct wait_job *wait)
{
    uint64_t now_ms = clock_ms(clock_system());

    if (wait->is_owner || now_ms - wait->looked_ms < OWNER_EVERY_MS)
        return false;
    wait->looked_ms = now_ms;
    return !is_run(wait);
}

static xbits_result keep_last(struct wait_job *wait, const struct xbits_job_snapshot *snapshot)
{
    XBITS_INIT(&wait->last);
    return xbits_job_snapshot_copy(snapshot, &wait->last);
}

/* Follows the job until waiting is over, or, with *is_deserted_out, its queue has no owner. */
static xbits_result follow(struct wait_job *wait, struct progress *progress, bool *is_deserted_out,
                           enum cli_exit *how_out)
{
    struct xbits_job_snapshot snapshot;

    XBITS_INIT(&snapshot);
    TRY(xbits_job_read(wait->job, &snapshot));
    for (;;) {
        progress_show(progress, &snapshot, clock_ms(clock_system()),
                      xbits_manager_time(wait->manager));
        if (has_ended(wait, &snapshot, how_out))
            break;
        *is_deserted_out = is_deserted(wait);
        if (*is_deserted_out)
            return XBITS_S_OK;
        TRY(wait_slice(wait, &snapshot));
    }
    progress_end(progress, &snapshot, xbits_manager_time(wait->manager));
    return keep_last(wait, &snapshot);
}

/* A job that is where it is wanted needs nobody to run it. */
static enum cli_exit take_over_if_needed(struct wait_job *wait)
{
    struct xbits_job_snapshot snapshot;

    XBITS_INIT(&snapshot);
    if (XBITS_FAILED(xbits_job_read(wait->job, &snapshot)))
        return cli_fail(wait->cli, "cannot read the job");
    if (((1u << snapshot.state) & (wait->states | XBITS_IN(ERROR))) != 0)
        return CLI_DONE;
    if (!is_run(wait))
        return take_over(wait);
    tell_owner(wait->cli, wait->manager);
    return CLI_DONE;
}

enum cli_exit wait_job(struct wait_job *wait)
{
    struct progress progress;
    bool is_deserted = false;
    enum cli_exit status = look_on(wait);

    progress_init(&progress, wait->cli->global.is_quiet ? NULL : wait->cli->err);
    if (status == CLI_DONE)
        status = take_over_if_needed(wait);
    while (status == CLI_DONE) {
        is_deserted = false;
        if (XBITS_FAILED(follow(wait, &progress, &is_deserted, &status)))
            status = cli_fail(wait->cli, "cannot wait for the job");
        else if (!is_deserted)
            break;
        else
            status = take_over(wait);
    }
    detach(wait);
    return status;
}
