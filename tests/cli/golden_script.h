/* SPDX-License-Identifier: MIT */
#ifndef TESTS_CLI_GOLDEN_SCRIPT_H
#define TESTS_CLI_GOLDEN_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/*
 * A golden file is a list of steps; between them stand blank lines and comments ("# ...").
 *
 *   $ command            runs to its end
 *   & command            a server: goes on until the file's end, where it is asked to stop
 *   ^WORD command        gets an interrupt as soon as its output contains WORD
 *   output               what it prints to both streams ("&": its first line)
 *   ? status             what it exits with
 *
 * In an output line [..] stands for any text; a line [...] stands for any number of lines.
 * {DIR} is the directory the commands run in, {PORT} the port in the server's first line.
 */
enum golden_kind { GOLDEN_RUN, GOLDEN_SERVER, GOLDEN_INTERRUPT };

struct golden_step {
    enum golden_kind kind;
    int line; /* Of the command. */
    char *word;
    char *command;
    char *expected; /* Whole lines. */
    int status;
};

enum golden_found { GOLDEN_STEP, GOLDEN_END, GOLDEN_MALFORMED };

/* Reads the step that follows *position, behind line *line, and moves both on. A step that is found
 * is to be disposed. */
enum golden_found golden_next(const char **position, int *line, struct golden_step *step_out);
void golden_dispose(struct golden_step *step);

/* True when all of output is what expected says. */
bool golden_matches(const char *expected, const char *output);

/* Appends text with {DIR} and {PORT} replaced. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result golden_expand(struct text *target, const char *text, const char *directory,
                           unsigned port);

#endif
