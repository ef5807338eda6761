/* SPDX-License-Identifier: MIT */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "cli/options.h"

/* What the program ends with. */
enum cli_exit {
    CLI_DONE = 0,
    CLI_FAILED = 1,
    CLI_USAGE = 2,
    CLI_NO_SUCH_JOB = 3,
    CLI_TIMED_OUT = 4,
    CLI_INTERRUPTED = 130
};

/* The options that every verb takes (global_options.c). */
struct global_values {
    const char *backend;
    const char *config;
    const char *principal;
    const char *queue; /* As it was written; queue_path makes it absolute. */
    struct option_list settings;
    bool is_json;
    bool is_quiet;
    bool is_verbose;
    bool wants_help;
    bool wants_version;
};

struct cli_command;

/* One call of the program, as its verb sees it. */
struct cli {
    FILE *out; /* What was asked for. */
    FILE *err; /* Progress and failures. */
    struct global_values global;
    const char *group;                 /* Of a verb of two words, once its first is read. */
    const struct cli_command *command; /* NULL: no verb was given. */
    void *values;                      /* command->values_size bytes, filled by its options. */
    const char **operands;
    size_t operand_count;
};

/*
 * A verb is a row. Usage, help and docs/cli.md are made from it; run parses nothing that a row can
 * say.
 */
struct cli_command {
    const char *name;     /* One word, or two: "list", "wmp send". */
    const char *group;    /* The first of two: "wmp"; NULL: the name is one word. */
    const char *operands; /* "URL FILE [URL FILE...]", or "". */
    const char *summary;  /* One line. */
    const char *details;  /* What help adds: lines of at most 80 columns; "" for nothing. */
    const struct option *options;
    size_t option_count;
    size_t values_size; /* 0: no options. */
    size_t operand_minimum;
    size_t operand_maximum;
    bool prints_lines; /* With --json one value a line, so an error too. */
    enum cli_exit (*run)(struct cli *cli);
};

/* The program but for its process: argv in, streams out, exit status back. */
int cli_main(int argc, char **argv, FILE *out, FILE *err);

/* Ends a verb with what this thread's last error says, in words and, with --json, as JSON.
 * `what` says what could not be done: "cannot add the files". */
enum cli_exit cli_fail(struct cli *cli, const char *what);

/* Ends a verb that was called in a wrong way: this thread's last error, and its usage line. */
enum cli_exit cli_fail_usage(struct cli *cli);

#endif
