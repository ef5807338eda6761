/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/json.h"
#include "cli/wmp_text.h"

static const struct option options[] = { WMP_TEXT_OPTIONS };

static enum cli_exit print(struct cli *cli, const struct xbits_wmp_description *description)
{
    struct xbits_wmp_refusal refusal;
    char text[XBITS_WMP_TEXT_SIZE];

    XBITS_INIT(&refusal);
    if (XBITS_FAILED(xbits_wmp_description_format(description, text, &refusal)))
        return wmp_text_refuse(cli, "the text has no strict form", &refusal);
    if (cli->global.is_json)
        return json_print(cli, json_pack("{s:s}", "text", text), CLI_DONE);
    format_safely(cli->out, text);
    fputc('\n', cli->out);
    return CLI_DONE;
}

static enum cli_exit run(struct cli *cli)
{
    struct xbits_wmp_description description;
    enum cli_exit status = wmp_text_read(cli, XBITS_WMP_LENIENT, &description);

    if (status != CLI_DONE)
        return status;
    status = print(cli, &description);
    xbits_wmp_description_dispose(&description);
    return status;
}

const struct cli_command cmd_wmp_format = {
    .name = "wmp format",
    .group = "wmp",
    .operands = "TEXT",
    .summary = "Write a job's description as every Windows Media Player reads it",
    .details = "TEXT is read as with --lenient, given or not; what is printed a strict reader\n"
               "takes. The convention has no escape for a colon: one in a title becomes \" -\" or\n"
               "\"-\". A control character is printed as \"?\"; --json keeps it.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct wmp_text_values),
    .operand_minimum = 1,
    .operand_maximum = 1,
    .run = run,
};
