/* SPDX-License-Identifier: MIT */
#ifndef CLI_FORMAT_H
#define CLI_FORMAT_H

#include <stdint.h>
#include <stdio.h>

#include "xbits/result.h"

/* How the program writes numbers and foreign text. */

#define FORMAT_SIZE 32

/* "64.0 MiB", "999 bytes". Returns text. */
char *format_bytes(uint64_t bytes, char text[FORMAT_SIZE]);

/* "0:07", "12:34", "3:00:00", "5 d 2 h". Returns text. */
char *format_duration(uint64_t seconds, char text[FORMAT_SIZE]);

/* "12 s", "3 min 5 s", "3 h 12 min", "5 d 2 h": for sentences. Returns text. */
char *format_span(uint64_t seconds, char text[FORMAT_SIZE]);

/* "0x80200013". Returns text. */
char *format_code(xbits_result result, char text[FORMAT_SIZE]);

/* Bytes at the head of a text that are no UTF-8, or a character that a terminal would obey, or that
 * turns the order of what is read around; 0: it is harmless. */
size_t format_unsafe_length(const char *text);

/* Writes text that others made: what is unsafe is printed as "?". */
void format_safely(FILE *stream, const char *text);

/* The same, with blanks behind it as far as it has fewer characters than width. */
void format_column(FILE *stream, const char *text, int width);

#endif
