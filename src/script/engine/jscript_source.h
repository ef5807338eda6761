/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_ENGINE_JSCRIPT_SOURCE_H
#define SCRIPT_ENGINE_JSCRIPT_SOURCE_H

#include "base/text.h"

/*
 * JScript lets a script say `function object::event(...) {...}`, or `function
 * object.event(...) {...}`, for what is elsewhere `object.event = function(...) {...};`. Appends
 * the script to an empty text with each such definition rewritten, and nothing else: every line
 * stays a line, and what follows on a line keeps its column, a name that comes directly behind the
 * closing brace excepted. Comments, strings and regular expressions stay as they are. Results:
 * XBITS_S_OK; XBITS_E_OUTOFMEMORY.
 */
xbits_result jscript_source_rewrite(const char *script, size_t length, struct text *script_out);

#endif
