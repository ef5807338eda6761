/* SPDX-License-Identifier: MIT */
#ifndef CLI_LIBRARY_JSON_H
#define CLI_LIBRARY_JSON_H

#include "cli/json_writer.h"
#include "xbits/library.h"

/* "AUDIO" */
const char *library_json_kind_name(enum xbits_media_kind kind);

/* An entry of the library, as an object (docs/cli-json.md). */
void json_library_entry(struct json_writer *writer, const struct xbits_library_entry *entry);

#endif
