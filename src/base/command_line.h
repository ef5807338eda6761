/* SPDX-License-Identifier: MIT */
#ifndef BASE_COMMAND_LINE_H
#define BASE_COMMAND_LINE_H

#include "base/result.h"

/* A command line and its arguments, by the rules of Microsoft's C runtime; pure. */
struct command_line {
    char **argv; /* Ends with NULL; one block with the texts. NULL while empty. */
    size_t argc;
};

/*
 * The arguments of a program as a command line names them: blanks and tabs part them, except within
 * quotes; a quote within quotes is written twice or behind a backslash; backslashes count only
 * before a quote, where two make one. The first token is the program's name, where a backslash is
 * nothing special; it is replaced by program. parameters NULL or "": none.
 * Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY.
 */
xbits_result command_line_split(const char *program, const char *parameters,
                                struct command_line *out);
void command_line_dispose(struct command_line *line);

/* The way back: *out (heap) is a line that is split into argv again. Results: as split. */
xbits_result command_line_join(const char *const *argv, char **out);

#endif
