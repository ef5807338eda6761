/* SPDX-License-Identifier: MIT */
#ifndef BASE_ERROR_TEXT_H
#define BASE_ERROR_TEXT_H

#include <stddef.h>

/* What the C library says of an errno: "No space left on device". Always terminated, never empty.
 * Thread-safe, which strerror is not. Returns text. */
char *error_text(int error_number, char *text, size_t size);

#endif
