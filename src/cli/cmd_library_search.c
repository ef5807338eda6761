/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/library_list.h"

static const struct option options[] = { LIBRARY_OPTION(struct library_values) };

static enum cli_exit run(struct cli *cli)
{
    return library_list(cli, xbits_library_search, "contains", cli->operands[0]);
}

const struct cli_command cmd_library_search = {
    .name = "library search",
    .group = "library",
    .operands = "TEXT",
    .summary = "List the entries of the library that contain a text",
    .details = "It is looked for in the files' names and in every attribute, in any case. The\n"
               "entries are printed as `xbits library list` prints them.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct library_values),
    .operand_minimum = 1,
    .operand_maximum = 1,
    .run = run,
};
