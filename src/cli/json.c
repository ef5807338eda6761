/* SPDX-License-Identifier: MIT */
#include "cli/json.h"

#include "xbits/value.h"

/* Six digits: a time of 0.42 s is not to be read as 0.41999999999999998. */
#define FORMAT (JSON_INDENT(2) | JSON_REAL_PRECISION(6))

enum cli_exit json_print(struct cli *cli, json_t *value, enum cli_exit status)
{
    if (value == NULL || json_dumpf(value, cli->out, FORMAT) != 0) {
        fputs("xbits: the answer could not be made into JSON\n", cli->err);
        status = CLI_FAILED;
    }
    fputc('\n', cli->out);
    json_decref(value);
    return status;
}

json_t *json_bytes(uint64_t bytes)
{
    if (bytes == XBITS_SIZE_UNKNOWN || bytes > INT64_MAX)
        return json_null();
    return json_integer((json_int_t)bytes);
}
