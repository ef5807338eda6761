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

/* "0x80200013". Returns text. */
char *format_code(xbits_result result, char text[FORMAT_SIZE]);

/* Writes text that others made: what a terminal would obey is printed as "?". */
void format_safely(FILE *stream, const char *text);

#endif
