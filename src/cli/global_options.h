/* SPDX-License-Identifier: MIT */
#ifndef CLI_GLOBAL_OPTIONS_H
#define CLI_GLOBAL_OPTIONS_H

#include "cli/options.h"

/* What every verb takes, written into struct global_values. */
extern const struct option global_options[];
extern const size_t global_option_count;

#endif
