/* SPDX-License-Identifier: MIT */
#include "cli/act_on_jobs.h"
#include "cli/commands.h"

#include <stdint.h>

static const struct option options[] = {
    { .name = "all",
      .kind = OPTION_FLAG,
      .summary = "every job of yours that is TRANSFERRED",
      .offset = offsetof(struct act_values, is_all) },
};

static const struct job_act act = {
    .verb = "complete",
    .done = "Completed",
    .carry_out = xbits_job_complete,
    .states = XBITS_IN(TRANSFERRED),
};

static enum cli_exit run(struct cli *cli)
{
    return act_on_jobs(cli, &act);
}

const struct cli_command cmd_complete = {
    .name = "complete",
    .operands = "JOB [JOB...]",
    .summary = "Give transferred files their names and end jobs",
    .details = "A job is a GUID or the name of one job. A job that is not TRANSFERRED is\n"
               "completed in part: the files that are whole get their names, the others are\n"
               "given up.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct act_values),
    .operand_maximum = SIZE_MAX,
    .run = run,
};
