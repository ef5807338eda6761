/* SPDX-License-Identifier: MIT */
#ifndef CLI_LIBRARY_LIST_H
#define CLI_LIBRARY_LIST_H

#include "cli/cli.h"
#include "xbits/library.h"

/* The options of the verbs that read a library. */
struct library_values {
    const char *library;
};

#define LIBRARY_OPTION(values)                                                                     \
    {                                                                                              \
        .name = "library", .kind = OPTION_TEXT, .value_name = "DIR",                               \
        .summary = "the library's directory; by default `library` in the user directory",          \
        .offset = offsetof(values, library)                                                        \
    }

/* xbits_library_visit_entries, xbits_library_search */
typedef xbits_result library_find(struct xbits_library *library, const char *what,
                                  xbits_library_visit *visit, void *user);

/* Prints the entries that are found: nodes as headings, one line an entry below. When there are
 * none it says so: that nothing "is at or below" what, or "contains" it. The verb's values are
 * struct library_values. */
enum cli_exit library_list(struct cli *cli, library_find *find, const char *relation,
                           const char *what);

#endif
