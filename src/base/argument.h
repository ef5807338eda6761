/* SPDX-License-Identifier: MIT */
#ifndef BASE_ARGUMENT_H
#define BASE_ARGUMENT_H

#include "xbits/value.h"

/*
 * What the model itself checks: NULL, UTF-8 and sizes that no engine could carry. All rules of BITS
 * belong to the engine. Each raises XBITS_E_INVALIDARG, naming the argument.
 */

/* A struct of the caller that begins with its size; a larger one is of a later version and fine. */
xbits_result argument_struct(const char *name, size_t size, size_t expected);
/* Not NULL, and UTF-8. */
xbits_result argument_text(const char *name, const char *text);
/* NULL, or UTF-8. */
xbits_result argument_optional_text(const char *name, const char *text);
/* Not NULL, UTF-8, and an absolute path of this machine. */
xbits_result argument_path(const char *name, const char *path);
xbits_result argument_pointer(const char *name, const void *pointer);
/* A value as a caller made it: every text in it is UTF-8, every list is there. */
xbits_result argument_value(const struct xbits_value *value);

#endif
