/* SPDX-License-Identifier: MIT */
#include "cli/outcome.h"

const char *outcome_name(enum cli_exit how)
{
    switch (how) {
    case CLI_DONE:
        return "done";
    case CLI_TIMED_OUT:
        return "timed out";
    case CLI_INTERRUPTED:
        return "interrupted";
    case CLI_FAILED:
    case CLI_USAGE:
    case CLI_NO_SUCH_JOB:
        break;
    }
    return "failed";
}
