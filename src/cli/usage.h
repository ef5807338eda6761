/* SPDX-License-Identifier: MIT */
#ifndef CLI_USAGE_H
#define CLI_USAGE_H

#include <stdio.h>

#include "cli/cli.h"

/* Everything here is made from the rows of the verbs and of their options. */

/* "usage: xbits transfer [OPTION...] URL FILE [URL FILE...]"; command NULL: of the group of verbs,
 * group NULL: of the program. */
void usage_print_line(FILE *stream, const char *group, const struct cli_command *command);

/* The whole help of the same. */
void usage_print(FILE *stream, const char *group, const struct cli_command *command);

/* docs/cli.md. */
void usage_print_markdown(FILE *stream);

#endif
