/* SPDX-License-Identifier: MIT */
#ifndef CLI_OUTCOME_H
#define CLI_OUTCOME_H

#include "cli/cli.h"

/* How a verb that follows jobs ended: "done", "timed out", "interrupted", else "failed". */
const char *outcome_name(enum cli_exit how);

#endif
