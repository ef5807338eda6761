/* SPDX-License-Identifier: MIT */
#include "cli/act_on_jobs.h"
#include "cli/commands.h"

#include <stdint.h>

static const struct option options[] = {
    { .name = "all",
      .kind = OPTION_FLAG,
      .summary = "every job of yours that has files and is SUSPENDED or in an error",
      .offset = offsetof(struct act_values, is_all) },
};

static const struct job_act act = {
    .verb = "resume",
    .done = "Resumed",
    .carry_out = xbits_job_resume,
    .states = XBITS_IN(SUSPENDED) | XBITS_IN(ERROR) | XBITS_IN(TRANSIENT_ERROR),
    .needs_files = true,
};

static enum cli_exit run(struct cli *cli)
{
    return act_on_jobs(cli, &act);
}

const struct cli_command cmd_resume = {
    .name = "resume",
    .operands = "JOB [JOB...]",
    .summary = "Make jobs ready to run",
    .details = "A job is a GUID or the name of one job. It runs when somebody runs its queue, as\n"
               "`xbits run` does, and one in TRANSIENT_ERROR tries again at once.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct act_values),
    .operand_maximum = SIZE_MAX,
    .run = run,
};
