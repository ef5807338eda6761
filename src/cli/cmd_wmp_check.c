/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/wmp_text.h"

static const struct option options[] = { WMP_TEXT_OPTIONS };

static enum cli_exit run(struct cli *cli)
{
    const struct wmp_text_values *values = cli->values;
    struct xbits_wmp_description description;
    enum cli_exit status =
        wmp_text_read(cli, values->is_lenient ? XBITS_WMP_LENIENT : XBITS_WMP_STRICT, &description);

    if (status != CLI_DONE)
        return status;
    xbits_wmp_description_dispose(&description);
    if (cli->global.is_json)
        return json_print(cli, json_pack("{s:b}", "ok", 1), CLI_DONE);
    if (!cli->global.is_quiet)
        fputs("ok\n", cli->out);
    return CLI_DONE;
}

const struct cli_command cmd_wmp_check = {
    .name = "wmp check",
    .group = "wmp",
    .operands = "TEXT",
    .summary = "Say whether Windows Media Player would read a job's description",
    .details = "Prints \"ok\", or the rule that TEXT breaks and where, and ends with 1.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct wmp_text_values),
    .operand_minimum = 1,
    .operand_maximum = 1,
    .run = run,
};
