/* SPDX-License-Identifier: MIT */
#include "cli/json.h"

#include "base/text.h"
#include "xbits/value.h"

/* Six digits: a time of 0.42 s is not to be read as 0.41999999999999998. */
#define LINE_FORMAT JSON_REAL_PRECISION(6)
#define FORMAT      (JSON_INDENT(2) | LINE_FORMAT)

enum cli_exit json_print(struct cli *cli, json_t *value, enum cli_exit status)
{
    const bool is_line = cli->command != NULL && cli->command->prints_lines;
    const size_t format = is_line ? LINE_FORMAT : FORMAT;

    /* An answer that could not be written is told of when the output is flushed. */
    if (value == NULL || (json_dumpf(value, cli->out, format) != 0 && !ferror(cli->out))) {
        fputs("xbits: the answer could not be made into JSON\n", cli->err);
        status = CLI_FAILED;
    }
    fputc('\n', cli->out);
    json_decref(value);
    return status;
}

json_t *json_path(const char *path)
{
    return path != NULL && text_is_utf8(path) ? json_string(path) : json_null();
}

json_t *json_bytes(uint64_t bytes)
{
    if (bytes == XBITS_SIZE_UNKNOWN || bytes > INT64_MAX)
        return json_null();
    return json_integer((json_int_t)bytes);
}
