/* SPDX-License-Identifier: MIT */
#ifndef CLI_CONFIGURATION_H
#define CLI_CONFIGURATION_H

#include <stddef.h>

#include "cli/cli.h"
#include "xbits/setting.h"

/* Who says what a setting is. */
enum configuration_source {
    CONFIGURATION_DEFAULT,
    CONFIGURATION_PROGRAM, /* This program's default, which is not the library's. */
    CONFIGURATION_FILE,
    CONFIGURATION_OPTION /* --set */
};

struct configuration_value {
    const struct xbits_setting_info *setting;
    char *value;
    enum configuration_source source;
    int line; /* In the file. */
};

/*
 * Every setting's value: from --set, else from the one file, else its default. The file is the
 * first of --config FILE, $XBITS_CONFIG, xbits/xbits.ini in the user's configuration directory,
 * and the system's; nothing is merged.
 */
struct configuration {
    char *path; /* NULL: no file. */
    struct configuration_value *values;
    size_t count;
    char **entries; /* "section.key=value" of what is not the library's default; ends with NULL. */
};

/*
 * Zeroed storage in. Results: XBITS_S_OK; XBITS_E_INVALIDARG (file:line, or the --set, and the
 * rule); 0x80070002 XBITS_ERROR_FILE_NOT_FOUND (a file that was named); the file system's;
 * XBITS_E_OUTOFMEMORY. Dispose in any case.
 */
xbits_result configuration_load(struct configuration *configuration,
                                const struct global_values *global);
void configuration_dispose(struct configuration *configuration);

/* "default", "line 12", "--set". Returns text. */
char *configuration_source_text(const struct configuration_value *value, char text[32]);

#endif
