/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

#include "base/url_text.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/format.h"
#include "cli/global_options.h"
#include "cli/json.h"
#include "cli/usage.h"
#include "xbits/log.h"
#include "xbits/version.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static struct option_set global_set(struct cli *cli)
{
    return (struct option_set){ global_options, global_option_count, &cli->global };
}

static struct option_set command_set(struct cli *cli)
{
    if (cli->command == NULL)
        return (struct option_set){ NULL, 0, NULL };
    return (struct option_set){ cli->command->options, cli->command->option_count, cli->values };
}

static xbits_result take_command(struct cli *cli, const char *name)
{
    const struct cli_command *command = commands_find(name);
    const char *nearest;

    if (command == NULL) {
        nearest = commands_nearest(name);
        return xbits_fail(XBITS_E_INVALIDARG, "unknown verb \"%s\"%s%s%s", url_text(name).c,
                          nearest ? "; did you mean \"" : "", nearest ? nearest : "",
                          nearest ? "\"?" : "");
    }
    if (command->values_size > 0) {
        cli->values = calloc(1, command->values_size);
        if (cli->values == NULL)
            return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the options of %s", name);
    }
    cli->command = command;
    return XBITS_S_OK;
}

static xbits_result take_verb(struct cli *cli, const char *word)
{
    struct text name = { 0 };
    xbits_result result;

    if (cli->group == NULL) {
        cli->group = commands_group(word);
        return cli->group != NULL ? XBITS_S_OK : take_command(cli, word);
    }
    result = text_format(&name, "%s %s", cli->group, word);
    if (XBITS_SUCCEEDED(result))
        result = take_command(cli, text_c(&name));
    text_dispose(&name);
    return result;
}

static xbits_result take_word(struct cli *cli, const char *word)
{
    if (cli->command == NULL)
        return take_verb(cli, word);
    cli->operands[cli->operand_count++] = word;
    return XBITS_S_OK;
}

static xbits_result check_operands(const struct cli *cli)
{
    const struct cli_command *command = cli->command;

    if (cli->operand_count < command->operand_minimum) {
        return xbits_fail(XBITS_E_INVALIDARG, "%s needs %s, and %s", command->name,
                          command->operands,
                          cli->operand_count > 0 ? "one is missing" : "there is nothing");
    }
    if (cli->operand_count > command->operand_maximum) {
        return xbits_fail(XBITS_E_INVALIDARG, "%s takes %s, so \"%s\" is too many", command->name,
                          command->operands[0] ? command->operands : "no operand",
                          url_text(cli->operands[command->operand_maximum]).c);
    }
    return XBITS_S_OK;
}

static xbits_result read_words(struct cli *cli, struct option_words *words)
{
    bool has_ended = false;

    while (words->next < words->count) {
        const char *word = words->words[words->next];

        if (!has_ended && strcmp(word, "--") == 0) {
            has_ended = true;
            words->next++;
        } else if (!has_ended && options_is_option(word)) {
            struct option_set sets[] = { global_set(cli), command_set(cli) };

            TRY(options_take(sets, 2, words));
        } else {
            words->next++;
            TRY(take_word(cli, word));
        }
    }
    return XBITS_S_OK;
}

static xbits_result read_arguments(struct cli *cli, int argc, char **argv)
{
    struct option_words words = { argv, (size_t)argc, 1 };

    cli->operands = calloc((size_t)argc + 1, sizeof *cli->operands);
    if (cli->operands == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %d arguments", argc);
    TRY(read_words(cli, &words));
    if (cli->global.wants_help || cli->global.wants_version)
        return XBITS_S_OK;
    if (cli->command == NULL && cli->group != NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "%s needs a second word", cli->group);
    if (cli->command == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "no verb was given; `xbits help` lists them");
    return check_operands(cli);
}

static enum cli_exit run(struct cli *cli)
{
    if (cli->global.wants_help) {
        usage_print(cli->out, cli->group, cli->command);
        return CLI_DONE;
    }
    if (cli->global.wants_version) {
        fprintf(cli->out, "xbits %s\n", xbits_version());
        return CLI_DONE;
    }
    if (cli->global.is_verbose && XBITS_FAILED(xbits_log_trace("all")))
        return cli_fail(cli, "cannot trace");
    return cli->command->run(cli);
}

/* An answer that did not reach its reader (a full disk, a closed pipe) is a failure too. */
static enum cli_exit flush(struct cli *cli, enum cli_exit status)
{
    if (fflush(cli->out) == 0 && !ferror(cli->out))
        return status;
    fputs("xbits: the output could not be written\n", cli->err);
    return status == CLI_DONE ? CLI_FAILED : status;
}

static void dispose(struct cli *cli)
{
    struct option_set global = global_set(cli);
    struct option_set command = command_set(cli);

    options_dispose(&command);
    options_dispose(&global);
    free(cli->values);
    free(cli->operands);
}

int cli_main(int argc, char **argv, FILE *out, FILE *err)
{
    struct cli cli = { .out = out, .err = err };
    enum cli_exit status;

    if (XBITS_FAILED(read_arguments(&cli, argc, argv)))
        status = cli_fail_usage(&cli);
    else
        status = run(&cli);
    status = flush(&cli, status);
    dispose(&cli);
    return (int)status;
}

enum cli_exit cli_fail(struct cli *cli, const char *what)
{
    struct failure failure = failure_of_call();

    failure_print(cli->err, what, &failure);
    if (cli->global.is_json)
        json_print(cli, json_pack("{s:o}", "error", failure_to_json(&failure)), CLI_FAILED);
    return failure.result == XBITS_BG_E_NOT_FOUND ? CLI_NO_SUCH_JOB : CLI_FAILED;
}

enum cli_exit cli_fail_usage(struct cli *cli)
{
    fputs("xbits: ", cli->err);
    format_safely(cli->err, xbits_last_error()->message);
    fputc('\n', cli->err);
    usage_print_line(cli->err, cli->group, cli->command);
    return CLI_USAGE;
}
