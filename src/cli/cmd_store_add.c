/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/json.h"
#include "cli/open_registry.h"

struct add_values {
    const char *friendly_name;
};

static const struct option options[] = {
    { .name = "friendly-name",
      .kind = OPTION_TEXT,
      .value_name = "T",
      .summary = "what people call the store; without it a name that is there stays",
      .offset = offsetof(struct add_values, friendly_name) },
};

static enum cli_exit report(struct cli *cli, const char *key)
{
    if (cli->global.is_json)
        return json_print(cli, json_pack("{s:s}", "key", key), CLI_DONE);
    if (cli->global.is_quiet)
        return CLI_DONE;
    fputs("Installed ", cli->out);
    format_safely(cli->out, key);
    fputc('\n', cli->out);
    return CLI_DONE;
}

static enum cli_exit run(struct cli *cli)
{
    const struct add_values *values = cli->values;
    struct xbits_registry *registry = NULL;
    const char *key = cli->operands[0];
    enum cli_exit status;

    if (XBITS_FAILED(open_registry(&registry)))
        return cli_fail(cli, "cannot open the registry");
    if (XBITS_FAILED(xbits_registry_add_store(registry, key, values->friendly_name)))
        status = cli_fail(cli, "cannot install the store");
    else
        status = report(cli, key);
    xbits_registry_close(registry);
    return status;
}

const struct cli_command cmd_store_add = {
    .name = "store add",
    .group = "store",
    .operands = "KEY",
    .summary = "Install a store for this user",
    .details = "KEY is the name of the store's registry key, and what a job's description names\n"
               "as its Provider. The Player adopts only jobs of stores that are installed. A\n"
               "store that is there already may get another friendly name.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct add_values),
    .operand_minimum = 1,
    .operand_maximum = 1,
    .run = run,
};
