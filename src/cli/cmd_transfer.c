/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/file_pairs.h"
#include "cli/interrupt.h"
#include "cli/open_manager.h"
#include "cli/queue_path.h"
#include "cli/transfer.h"

#include <stdint.h>
#include <stdlib.h>

struct transfer_values {
    const char *priority;
    uint64_t timeout_s;
};

static const struct option options[] = {
    { .name = "priority",
      .kind = OPTION_TEXT,
      .value_name = "PRIORITY",
      .summary = "foreground, high, normal (the default) or low",
      .offset = offsetof(struct transfer_values, priority) },
    { .name = "timeout",
      .kind = OPTION_NUMBER,
      .value_name = "SECONDS",
      .summary = "give up, and cancel the job, after so long",
      .offset = offsetof(struct transfer_values, timeout_s),
      .minimum = 1,
      .maximum = UINT32_MAX },
};

static xbits_result add_files(struct transfer *transfer)
{
    const struct cli *cli = transfer->cli;
    struct file_pairs pairs = { 0 };
    xbits_result result = file_pairs_init(&pairs, cli->operands, cli->operand_count);

    if (XBITS_SUCCEEDED(result))
        result = file_pairs_add(&pairs, transfer->job);
    file_pairs_dispose(&pairs);
    return result;
}

static xbits_result start(struct transfer *transfer, enum xbits_job_priority priority)
{
    struct xbits_value value = xbits_value_u32((uint32_t)priority);

    TRY(xbits_job_create(transfer->manager, "xbits transfer", XBITS_TYPE_DOWNLOAD, &transfer->job));
    TRY(add_files(transfer));
    TRY(xbits_job_set(transfer->job, XBITS_JOB_PRIORITY, &value));
    return xbits_job_resume(transfer->job);
}

/* A job in a directory can be completed later, when the cause is gone. */
static enum cli_exit complete(struct transfer *transfer)
{
    if (XBITS_FAILED(xbits_job_complete(transfer->job))) {
        enum cli_exit how = cli_fail(transfer->cli, "cannot give the files their names");

        if (transfer->queue != NULL)
            transfer_print_command(transfer, TRANSFER_COMPLETE);
        return how;
    }
    transfer->elapsed_ms = clock_ms(clock_system()) - transfer->started_ms;
    return transfer_report(transfer, CLI_DONE);
}

static void cancel(struct transfer *transfer)
{
    xbits_result result = xbits_job_cancel(transfer->job);

    if (XBITS_FAILED(result)) {
        struct failure failure = failure_of_call();

        failure_print(transfer->cli->err, "cannot cancel the job", &failure);
    } else if (result == XBITS_BG_S_UNABLE_TO_DELETE_FILES) {
        fputs("xbits: a temporary file could not be deleted\n", transfer->cli->err);
    }
}

/* The report comes first: a cancelled job has no bytes to tell of. */
static enum cli_exit give_up(struct transfer *transfer, enum cli_exit how)
{
    transfer_report_failure(transfer, how);
    how = transfer_report(transfer, how);
    cancel(transfer);
    return how;
}

/* What has arrived stays in the queue, and the user is told how to go on. */
static enum cli_exit put_aside(struct transfer *transfer)
{
    transfer_report_failure(transfer, CLI_INTERRUPTED);
    if (XBITS_FAILED(xbits_job_suspend(transfer->job))) {
        struct failure failure = failure_of_call();

        failure_print(transfer->cli->err, "cannot suspend the job", &failure);
        return CLI_INTERRUPTED;
    }
    transfer->last.state = XBITS_STATE_SUSPENDED;
    transfer_print_command(transfer, TRANSFER_CONTINUE);
    return transfer_report(transfer, CLI_INTERRUPTED);
}

static enum cli_exit end(struct transfer *transfer, enum cli_exit how)
{
    if (how == CLI_DONE)
        return complete(transfer);
    if (how == CLI_INTERRUPTED && transfer->queue != NULL)
        return put_aside(transfer);
    return give_up(transfer, how);
}

/* Nothing of a job that could not be started is left in the queue. */
static enum cli_exit fail_to_start(struct transfer *transfer)
{
    enum cli_exit how = cli_fail(transfer->cli, "cannot start the transfer");

    if (transfer->job != NULL)
        cancel(transfer);
    return how;
}

static xbits_result open_place(struct transfer *transfer)
{
    const struct global_values *global = &transfer->cli->global;

    if (global->queue != NULL)
        TRY(queue_path(global, &transfer->queue));
    return open_manager(global, &transfer->manager);
}

static enum cli_exit carry_out(struct transfer *transfer, enum xbits_job_priority priority)
{
    enum cli_exit how = CLI_FAILED;

    if (XBITS_FAILED(open_place(transfer)))
        return cli_fail(transfer->cli, "cannot open the queue");
    if (XBITS_FAILED(start(transfer, priority)))
        return fail_to_start(transfer);
    if (XBITS_FAILED(transfer_follow(transfer, &how)))
        return cli_fail(transfer->cli, "cannot follow the transfer");
    return end(transfer, how);
}

static enum cli_exit run(struct cli *cli)
{
    const struct transfer_values *values = cli->values;
    struct transfer transfer = { .cli = cli, .timeout_s = values->timeout_s };
    enum xbits_job_priority priority = XBITS_PRIORITY_NORMAL;
    enum cli_exit status;

    if (XBITS_FAILED(file_pairs_check("transfer", cli->operands, cli->operand_count)))
        return cli_fail_usage(cli);
    if (values->priority != NULL && XBITS_FAILED(xbits_priority_parse(values->priority, &priority)))
        return cli_fail_usage(cli);
    interrupt_watch();
    transfer.started_ms = clock_ms(clock_system());
    status = carry_out(&transfer, priority);
    xbits_job_snapshot_dispose(&transfer.last);
    xbits_job_close(transfer.job);
    xbits_manager_close(transfer.manager);
    free(transfer.queue);
    return status;
}

const struct cli_command cmd_transfer = {
    .name = "transfer",
    .operands = "URL FILE [URL FILE...]",
    .summary = "Download files as one job and wait for it",
    .details = "Every file is fetched under a temporary name; all get their names when all are\n"
               "there. FILE may be a directory: then the URL's last segment names the file in\n"
               "it. A job in TRANSIENT_ERROR tries again by itself. Ctrl-C, a failure and the\n"
               "timeout cancel the job and remove what arrived; with --queue, which the job then\n"
               "lives in, Ctrl-C suspends it and prints the commands that go on.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct transfer_values),
    .operand_minimum = 2,
    .operand_maximum = SIZE_MAX,
    .run = run,
};
