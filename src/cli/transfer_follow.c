/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/transfer.h"

/* A new state ends a wait at once; this is how soon a key press and the next bar are seen. */
#define SLICE_MS 100

#define ALL_STATES ((1u << XBITS_STATE_COUNT) - 1u)

/* Waits for another state than the one in snapshot, for a slice at most. */
static xbits_result wait_slice(struct transfer *transfer, uint64_t left_ms,
                               struct xbits_job_snapshot *snapshot)
{
    uint32_t others = ALL_STATES & ~(1u << snapshot->state);
    uint64_t wait_ms = left_ms < SLICE_MS ? left_ms : SLICE_MS;
    xbits_result result = xbits_job_wait(transfer->job, others, wait_ms, snapshot);

    return result == XBITS_ERROR_TIMEOUT ? XBITS_S_OK : result;
}

static uint64_t left_ms(const struct transfer *transfer)
{
    uint64_t passed_ms = clock_ms(clock_system()) - transfer->started_ms;
    uint64_t limit_ms = transfer->timeout_s * 1000;

    if (transfer->timeout_s == 0)
        return XBITS_FOREVER;
    return passed_ms < limit_ms ? limit_ms - passed_ms : 0;
}

/* True, and why in *how, when the job need not be followed any longer. */
static bool has_ended(enum xbits_job_state state, uint64_t left, enum cli_exit *how)
{
    if (((1u << state) & XBITS_STATES_SETTLED) != 0)
        *how = state == XBITS_STATE_TRANSFERRED ? CLI_DONE : CLI_FAILED;
    else if (interrupt_take())
        *how = CLI_INTERRUPTED;
    else if (left == 0)
        *how = CLI_TIMED_OUT;
    else
        return false;
    return true;
}

static xbits_result keep_last(struct transfer *transfer, const struct xbits_job_snapshot *snapshot)
{
    transfer->elapsed_ms = clock_ms(clock_system()) - transfer->started_ms;
    XBITS_INIT(&transfer->last);
    return xbits_job_snapshot_copy(snapshot, &transfer->last);
}

xbits_result transfer_follow(struct transfer *transfer, enum cli_exit *how_out)
{
    struct cli *cli = transfer->cli;
    struct xbits_job_snapshot snapshot;
    struct progress progress;

    progress_init(&progress, cli->global.is_quiet ? NULL : cli->err);
    XBITS_INIT(&snapshot);
    TRY(xbits_job_read(transfer->job, &snapshot));
    for (;;) {
        uint64_t left = left_ms(transfer);

        progress_show(&progress, &snapshot, clock_ms(clock_system()),
                      xbits_manager_time(transfer->manager));
        if (has_ended(snapshot.state, left, how_out))
            break;
        TRY(wait_slice(transfer, left, &snapshot));
    }
    progress_end(&progress, &snapshot, xbits_manager_time(transfer->manager));
    return keep_last(transfer, &snapshot);
}
