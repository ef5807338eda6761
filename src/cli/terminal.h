/* SPDX-License-Identifier: MIT */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stddef.h>
#include <stdio.h>

/* Columns of the terminal behind a stream that can redraw a line; 0: it is none. */
size_t terminal_width(FILE *stream);

#endif
