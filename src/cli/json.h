/* SPDX-License-Identifier: MIT */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <jansson.h>

#include "cli/cli.h"

/*
 * Prints value as the answer and takes it: indented, or in one line if the verb prints lines.
 * Returns status; CLI_FAILED, said on standard error, when value is NULL: jansson's way to say that
 * there was no memory.
 */
enum cli_exit json_print(struct cli *cli, json_t *value, enum cli_exit status);

/* Bytes as a JSON integer; null for XBITS_SIZE_UNKNOWN. */
json_t *json_bytes(uint64_t bytes);

/* A path as JSON text; null for NULL, and for a name that is not UTF-8: JSON cannot hold it. */
json_t *json_path(const char *path);

#endif
