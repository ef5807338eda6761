/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/usage.h"

struct help_values {
    bool is_markdown;
};

static const struct option options[] = {
    { .name = "markdown",
      .kind = OPTION_FLAG,
      .summary = "print docs/cli.md",
      .offset = offsetof(struct help_values, is_markdown),
      .is_hidden = true },
};

static enum cli_exit run(struct cli *cli)
{
    const struct help_values *values = cli->values;
    const struct cli_command *command = NULL;

    if (values->is_markdown) {
        usage_print_markdown(cli->out);
        return CLI_DONE;
    }
    if (cli->operand_count > 0) {
        command = commands_find(cli->operands[0]);
        if (command == NULL) {
            xbits_fail(XBITS_E_INVALIDARG, "unknown verb \"%s\"", cli->operands[0]);
            return cli_fail_usage(cli);
        }
    }
    usage_print(cli->out, command);
    return CLI_DONE;
}

const struct cli_command cmd_help = {
    .name = "help",
    .operands = "[VERB]",
    .summary = "Explain the program or one verb",
    .details = "",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct help_values),
    .operand_maximum = 1,
    .run = run,
};
