/* SPDX-License-Identifier: MIT */
#include "cli/act_on_jobs.h"
#include "cli/commands.h"

#include <stdint.h>

static const struct option options[] = {
    { .name = "all",
      .kind = OPTION_FLAG,
      .summary = "every job of yours that would run",
      .offset = offsetof(struct act_values, is_all) },
};

static const struct job_act act = {
    .verb = "suspend",
    .done = "Suspended",
    .carry_out = xbits_job_suspend,
    .states = XBITS_STATES_ACTIVE | XBITS_IN(TRANSIENT_ERROR),
};

static enum cli_exit run(struct cli *cli)
{
    return act_on_jobs(cli, &act);
}

const struct cli_command cmd_suspend = {
    .name = "suspend",
    .operands = "JOB [JOB...]",
    .summary = "Keep jobs from running until they are resumed",
    .details = "A job is a GUID or the name of one job. What has arrived is kept.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct act_values),
    .operand_maximum = SIZE_MAX,
    .run = run,
};
