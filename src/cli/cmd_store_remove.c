/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/json.h"
#include "cli/open_registry.h"

static enum cli_exit report(struct cli *cli, const char *key)
{
    if (cli->global.is_json)
        return json_print(cli, json_pack("{s:s}", "key", key), CLI_DONE);
    if (cli->global.is_quiet)
        return CLI_DONE;
    fputs("Removed ", cli->out);
    format_safely(cli->out, key);
    fputc('\n', cli->out);
    return CLI_DONE;
}

static enum cli_exit run(struct cli *cli)
{
    struct xbits_registry *registry = NULL;
    const char *key = cli->operands[0];
    enum cli_exit status;

    if (XBITS_FAILED(open_registry(&registry)))
        return cli_fail(cli, "cannot open the registry");
    if (XBITS_FAILED(xbits_registry_remove_store(registry, key)))
        status = cli_fail(cli, "cannot remove the store");
    else
        status = report(cli, key);
    xbits_registry_close(registry);
    return status;
}

const struct cli_command cmd_store_remove = {
    .name = "store remove",
    .group = "store",
    .operands = "KEY",
    .summary = "Remove a store of this user",
    .details = "The Player lets go of the store's jobs; they stay in their queue.\n",
    .operand_minimum = 1,
    .operand_maximum = 1,
    .run = run,
};
