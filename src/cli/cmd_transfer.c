/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/url_text.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/interrupt.h"
#include "cli/open_manager.h"
#include "cli/path.h"
#include "cli/transfer.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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

/* The pairs URL FILE as the API takes them; the local names are ours. */
struct pairs {
    struct xbits_file_spec *specs;
    char **local_names;
    size_t count;
};

static void pairs_dispose(struct pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++)
        free(pairs->local_names[i]);
    free(pairs->local_names);
    free(pairs->specs);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The engine lets the later file replace the earlier one: half of the answer would be lost. */
static xbits_result check_distinct(const struct pairs *pairs)
{
    char **sorted = calloc(pairs->count, sizeof *sorted);
    xbits_result result = XBITS_S_OK;

    if (sorted == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu files", pairs->count);
    memcpy(sorted, pairs->local_names, pairs->count * sizeof *sorted);
    qsort(sorted, pairs->count, sizeof *sorted, compare_names);
    for (size_t i = 1; i < pairs->count && XBITS_SUCCEEDED(result); i++) {
        if (strcmp(sorted[i - 1], sorted[i]) == 0)
            result =
                xbits_fail(XBITS_E_INVALIDARG,
                           "two files would get the name %s, and one would be lost", sorted[i]);
    }
    free(sorted);
    return result;
}

static xbits_result pairs_init(struct pairs *pairs, const struct cli *cli)
{
    size_t count = cli->operand_count / 2;

    pairs->specs = calloc(count, sizeof *pairs->specs);
    pairs->local_names = calloc(count, sizeof *pairs->local_names);
    if (pairs->specs == NULL || pairs->local_names == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu files", count);
    pairs->count = count;
    for (size_t i = 0; i < count; i++) {
        const char *url = cli->operands[2 * i];

        TRY(path_for_download(url, cli->operands[2 * i + 1], &pairs->local_names[i]));
        pairs->specs[i].remote_name = url;
        pairs->specs[i].local_name = pairs->local_names[i];
    }
    return check_distinct(pairs);
}

static xbits_result add_files(struct transfer *transfer)
{
    struct pairs pairs = { 0 };
    xbits_result result = pairs_init(&pairs, transfer->cli);

    if (XBITS_SUCCEEDED(result))
        result = xbits_job_add_files(transfer->job, pairs.specs, pairs.count);
    pairs_dispose(&pairs);
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

static enum cli_exit complete(struct transfer *transfer)
{
    if (XBITS_FAILED(xbits_job_complete(transfer->job)))
        return cli_fail(transfer->cli, "cannot give the files their names");
    transfer->elapsed_ms = clock_ms(clock_system()) - transfer->started_ms;
    return transfer_report(transfer, CLI_DONE);
}

/* The report comes first: a cancelled job has no bytes to tell of. */
static enum cli_exit give_up(struct transfer *transfer, enum cli_exit how)
{
    FILE *err = transfer->cli->err;
    xbits_result result;

    transfer_report_failure(transfer, how);
    how = transfer_report(transfer, how);
    result = xbits_job_cancel(transfer->job);
    if (XBITS_FAILED(result)) {
        struct failure failure = failure_of_call();

        failure_print(err, "cannot cancel the job", &failure);
    } else if (result == XBITS_BG_S_UNABLE_TO_DELETE_FILES) {
        fputs("xbits: a temporary file could not be deleted\n", err);
    }
    return how;
}

static enum cli_exit carry_out(struct transfer *transfer, enum xbits_job_priority priority)
{
    enum cli_exit how = CLI_FAILED;

    if (XBITS_FAILED(open_manager(&transfer->cli->global, &transfer->manager)))
        return cli_fail(transfer->cli, "cannot open the queue");
    if (XBITS_FAILED(start(transfer, priority)))
        return cli_fail(transfer->cli, "cannot start the transfer");
    if (XBITS_FAILED(transfer_follow(transfer, &how)))
        return cli_fail(transfer->cli, "cannot follow the transfer");
    return how == CLI_DONE ? complete(transfer) : give_up(transfer, how);
}

static enum cli_exit run(struct cli *cli)
{
    const struct transfer_values *values = cli->values;
    struct transfer transfer = { .cli = cli, .timeout_s = values->timeout_s };
    enum xbits_job_priority priority = XBITS_PRIORITY_NORMAL;
    enum cli_exit status;

    if (cli->operand_count % 2 != 0) {
        xbits_fail(XBITS_E_INVALIDARG, "transfer takes pairs, and the URL \"%s\" has no FILE",
                   url_text(cli->operands[cli->operand_count - 1]).c);
        return cli_fail_usage(cli);
    }
    if (values->priority != NULL && XBITS_FAILED(xbits_priority_parse(values->priority, &priority)))
        return cli_fail_usage(cli);
    interrupt_watch();
    transfer.started_ms = clock_ms(clock_system());
    status = carry_out(&transfer, priority);
    xbits_job_snapshot_dispose(&transfer.last);
    xbits_job_close(transfer.job);
    xbits_manager_close(transfer.manager);
    return status;
}

const struct cli_command cmd_transfer = {
    .name = "transfer",
    .operands = "URL FILE [URL FILE...]",
    .summary = "Download files as one job and wait for it",
    .details = "Every file is fetched under a temporary name; all get their names when all are\n"
               "there. FILE may be a directory: then the URL's last segment names the file in it.\n"
               "A job in TRANSIENT_ERROR tries again by itself. Ctrl-C, a failure and the timeout\n"
               "cancel the job and remove what arrived.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct transfer_values),
    .operand_minimum = 2,
    .operand_maximum = SIZE_MAX,
    .run = run,
};
