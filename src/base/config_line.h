/* SPDX-License-Identifier: MIT */
#ifndef BASE_CONFIG_LINE_H
#define BASE_CONFIG_LINE_H

#include <stddef.h>

/* inih cuts longer lines, sections and keys without a word. */
#define CONFIG_LINE_BYTES    190
#define CONFIG_SECTION_BYTES 48
#define CONFIG_KEY_BYTES     48

enum config_line_kind {
    CONFIG_LINE_BLANK,
    CONFIG_LINE_COMMENT,
    CONFIG_LINE_SECTION,
    CONFIG_LINE_KEY,         /* key = value */
    CONFIG_LINE_CONTINUATION /* Indented: goes on the value above. */
};

/*
 * Copies a line, without its end, and says what it is. Returns NULL, or the rule that it breaks as
 * a constant sentence; kind_out is set in both cases, as far as it could be told.
 */
const char *config_line_read(const char *bytes, size_t length, char line[CONFIG_LINE_BYTES + 1],
                             enum config_line_kind *kind_out);

#endif
