/* SPDX-License-Identifier: MIT */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include "base/result.h"

/*
 * INI by inih, read strictly. Refused, by file and line, are: a line over 190 bytes, a section or
 * key over 48, NUL and control bytes, what is not UTF-8, a " ;" inside a value, a key with a colon
 * or outside a section. A long value goes on in the indented lines right below, joined without a
 * space. Comments begin with ; or # in the first column and stand on their own line.
 */
struct config_entry {
    const char *file; /* As named in messages. */
    int line;         /* Where the value begins. */
    const char *section;
    const char *key;
    const char *value; /* Joined; borrowed for the call. */
};

/* Called for each value in order. A failure ends the reading and is passed on. */
typedef xbits_result config_visit(const struct config_entry *entry, void *user);

/* Results: XBITS_S_OK; XBITS_E_INVALIDARG (syntax, with "file:line: what"); the file system's. */
xbits_result config_read_file(const char *path, config_visit *visit, void *user);
xbits_result config_read_text(const char *name, const char *ini, config_visit *visit, void *user);

/* The failure of a value: "file:line: section.key: reason". */
xbits_result config_fail(const struct config_entry *entry, const char *format, ...)
    BASE_PRINTF(2, 3);

#endif
