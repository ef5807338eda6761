/* SPDX-License-Identifier: MIT */
#include "base/url_text.h"
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

static enum cli_exit explain(struct cli *cli, const char *name)
{
    const struct cli_command *command = commands_find(name);
    const char *group = commands_group(name);

    if (command == NULL && group == NULL) {
        xbits_fail(XBITS_E_INVALIDARG, "unknown verb \"%s\"", url_text(name).c);
        return cli_fail_usage(cli);
    }
    usage_print(cli->out, group, command);
    return CLI_DONE;
}

/* A verb may have two words. */
static xbits_result join_operands(const struct cli *cli, struct text *name)
{
    TRY(text_add(name, cli->operands[0]));
    return cli->operand_count > 1 ? text_format(name, " %s", cli->operands[1]) : XBITS_S_OK;
}

static enum cli_exit run(struct cli *cli)
{
    const struct help_values *values = cli->values;
    struct text name = { 0 };
    enum cli_exit status = CLI_DONE;

    if (values->is_markdown)
        usage_print_markdown(cli->out);
    else if (cli->operand_count == 0)
        usage_print(cli->out, NULL, NULL);
    else if (XBITS_FAILED(join_operands(cli, &name)))
        status = cli_fail(cli, "cannot explain");
    else
        status = explain(cli, text_c(&name));
    text_dispose(&name);
    return status;
}

const struct cli_command cmd_help = {
    .name = "help",
    .operands = "[VERB]",
    .summary = "Explain the program, a group of verbs or one verb",
    .details = "",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct help_values),
    .operand_maximum = 2,
    .run = run,
};
