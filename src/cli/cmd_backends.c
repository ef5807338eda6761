/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/json.h"
#include "xbits/manager.h"

static const char *note(size_t index, const struct xbits_backend_info *info)
{
    if (!info->is_available)
        return "not in this build";
    return index == 0 ? "default" : "";
}

static enum cli_exit print_table(struct cli *cli)
{
    const struct xbits_backend_info *info;

    for (size_t i = 0; (info = xbits_backend_at(i)) != NULL; i++)
        fprintf(cli->out, "%-6s  %-17s  %s\n", info->name, note(i, info), info->summary);
    return CLI_DONE;
}

static enum cli_exit print_json(struct cli *cli)
{
    json_t *list = json_array();
    const struct xbits_backend_info *info;

    for (size_t i = 0; (info = xbits_backend_at(i)) != NULL; i++) {
        json_array_append_new(list, json_pack("{s:s, s:s, s:b, s:b}", "name", info->name, "summary",
                                              info->summary, "available", (int)info->is_available,
                                              "default", i == 0));
    }
    return json_print(cli, list, CLI_DONE);
}

static enum cli_exit run(struct cli *cli)
{
    return cli->global.is_json ? print_json(cli) : print_table(cli);
}

const struct cli_command cmd_backends = {
    .name = "backends",
    .operands = "",
    .summary = "List the engines that can carry out jobs",
    .details = "`--backend NAME` chooses one for a verb that runs jobs.\n",
    .run = run,
};
