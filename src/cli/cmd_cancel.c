/* SPDX-License-Identifier: MIT */
#include "cli/act_on_jobs.h"
#include "cli/commands.h"

#include <stdint.h>

static const struct option options[] = {
    { .name = "all",
      .kind = OPTION_FLAG,
      .summary = "every job of yours",
      .offset = offsetof(struct act_values, is_all) },
};

static const struct job_act act = {
    .verb = "cancel",
    .done = "Cancelled",
    .carry_out = xbits_job_cancel,
    .states = XBITS_STATES_OPEN,
};

static enum cli_exit run(struct cli *cli)
{
    return act_on_jobs(cli, &act);
}

const struct cli_command cmd_cancel = {
    .name = "cancel",
    .operands = "JOB [JOB...]",
    .summary = "End jobs and delete what has arrived",
    .details = "A job is a GUID or the name of one job. Files that are complete stay.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct act_values),
    .operand_maximum = SIZE_MAX,
    .run = run,
};
