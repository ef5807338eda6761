/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/library_list.h"

static const struct option options[] = { LIBRARY_OPTION(struct library_values) };

static enum cli_exit run(struct cli *cli)
{
    return library_list(cli, xbits_library_visit_entries, "is at or below",
                        cli->operand_count > 0 ? cli->operands[0] : NULL);
}

const struct cli_command cmd_library_list = {
    .name = "library list",
    .group = "library",
    .operands = "[NODE]",
    .summary = "List what is in the Player's library",
    .details = "NODE is a node of it, such as \"All Music\": only what is there or below is\n"
               "listed. One line an entry below the name of its node: number, track, album\n"
               "artist, album, title, and its file in the library.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct library_values),
    .operand_maximum = 1,
    .run = run,
};
