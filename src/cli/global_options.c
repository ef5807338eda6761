/* SPDX-License-Identifier: MIT */
#include "cli/global_options.h"

#include "cli/cli.h"

#define AT(field) offsetof(struct global_values, field)

const struct option global_options[] = {
    { .name = "backend",
      .kind = OPTION_TEXT,
      .value_name = "NAME",
      .summary = "the engine: one that `xbits backends` lists",
      .offset = AT(backend) },
    { .name = "config",
      .kind = OPTION_TEXT,
      .value_name = "FILE",
      .summary = "read the settings from FILE and from nowhere else",
      .offset = AT(config) },
    { .name = "as",
      .kind = OPTION_TEXT,
      .value_name = "PRINCIPAL",
      .summary = "who calls: user, administrator or service",
      .offset = AT(principal) },
    { .name = "set",
      .kind = OPTION_LIST,
      .value_name = "SECTION.KEY=VALUE",
      .summary = "change one setting; may be given again and again",
      .offset = AT(settings) },
    { .name = "json",
      .kind = OPTION_FLAG,
      .summary = "print the answer as JSON",
      .offset = AT(is_json) },
    { .name = "quiet",
      .letter = 'q',
      .kind = OPTION_FLAG,
      .summary = "print failures only",
      .offset = AT(is_quiet) },
    { .name = "verbose",
      .letter = 'v',
      .kind = OPTION_FLAG,
      .summary = "trace what the library does, as XBITS_TRACE=all",
      .offset = AT(is_verbose) },
    { .name = "help",
      .letter = 'h',
      .kind = OPTION_FLAG,
      .summary = "explain the program, or the verb beside it",
      .offset = AT(wants_help) },
    { .name = "version",
      .kind = OPTION_FLAG,
      .summary = "print the version",
      .offset = AT(wants_version) },
};
const size_t global_option_count = sizeof global_options / sizeof global_options[0];
