/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/interrupt.h"
#include "cli/job_json.h"
#include "cli/outcome.h"
#include "cli/state_set.h"
#include "cli/wait_job.h"

#include <inttypes.h>

struct wait_values {
    const char *states;
    uint64_t timeout_s;
};

static const struct option options[] = {
    { .name = "for",
      .kind = OPTION_TEXT,
      .value_name = "STATE,...",
      .summary = "wait for one of these states, not for TRANSFERRED or ACKNOWLEDGED",
      .offset = offsetof(struct wait_values, states) },
    { .name = "timeout",
      .kind = OPTION_NUMBER,
      .value_name = "SECONDS",
      .summary = "give up after so long; the job goes on",
      .offset = offsetof(struct wait_values, timeout_s),
      .minimum = 1,
      .maximum = UINT32_MAX },
};

/* What the job waits for when this program does not wait any longer. */
static void tell_failure(const struct wait_job *wait, enum cli_exit how)
{
    const struct xbits_job_snapshot *job = &wait->last;
    uint32_t failed = XBITS_IN(ERROR) | XBITS_IN(TRANSIENT_ERROR);
    struct failure failure = failure_of_job(&job->error);
    FILE *err = wait->cli->err;
    const char *state = xbits_state_name(job->state);
    bool has_failed = job->has_error && ((1u << job->state) & failed) != 0;

    if (has_failed)
        failure_print(err, state, &failure);
    if (how == CLI_TIMED_OUT)
        fprintf(err, "xbits: timed out after %" PRIu64 " s in %s\n", wait->limit.limit_s, state);
    else if (how == CLI_INTERRUPTED)
        fprintf(err, "xbits: interrupted in %s\n", state);
    else if (!has_failed)
        fprintf(err, "xbits: the job is %s and waits for %s\n", state,
                xbits_waiting_for_text(job->waiting_for));
}

static void print_json(const struct wait_job *wait, enum cli_exit how)
{
    struct json_writer writer;

    json_writer_init(&writer, wait->cli->out, false);
    json_object_begin(&writer, NULL);
    json_text(&writer, "outcome", outcome_name(how));
    json_job_members(&writer, &wait->last);
    json_object_end(&writer);
    json_writer_flush(&writer);
}

static enum cli_exit run(struct cli *cli)
{
    const struct wait_values *values = cli->values;
    struct wait_job wait = { .cli = cli,
                             .states = XBITS_IN(TRANSFERRED) | XBITS_IN(ACKNOWLEDGED),
                             .limit = time_limit_start(values->timeout_s) };
    enum cli_exit status;

    if (values->states != NULL && XBITS_FAILED(state_set_parse(values->states, &wait.states)))
        return cli_fail_usage(cli);
    interrupt_watch();
    status = wait_job(&wait);
    /* What failed before it could wait has been told. */
    if (wait.last.owned != NULL) {
        if (status != CLI_DONE)
            tell_failure(&wait, status);
        if (cli->global.is_json)
            print_json(&wait, status);
    }
    xbits_job_snapshot_dispose(&wait.last);
    return status;
}

const struct cli_command cmd_wait = {
    .name = "wait",
    .operands = "JOB",
    .summary = "Wait until a job is transferred",
    .details = "JOB is an id or the name of exactly one job. If nobody runs the queue, this runs\n"
               "it meanwhile; else it looks on. Ends with 1 when the job is in ERROR, is final,\n"
               "or rests in a state that nobody but this program could change. Ctrl-C and the\n"
               "timeout leave the job as it is.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct wait_values),
    .operand_minimum = 1,
    .operand_maximum = 1,
    .run = run,
};
