/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/json.h"
#include "xbits/result.h"

struct explain_values {
    bool is_all;
};

static const struct option options[] = {
    { .name = "all",
      .kind = OPTION_FLAG,
      .summary = "list every code that xbits knows",
      .offset = offsetof(struct explain_values, is_all) },
};

/* What is known of a code: its row, or for an HTTP status without one what the number says. */
struct explanation {
    xbits_result result;
    int http_status;
    const char *name;
    const char *meaning;
    const char *cause;
    const char *remedy;
};

static struct explanation explain(xbits_result result)
{
    const struct xbits_result_info *info = xbits_result_find(result);

    return (struct explanation){
        .result = result,
        .http_status = xbits_result_http_status(result),
        .name = xbits_result_name(result),
        .meaning = xbits_result_text(result),
        .cause = info != NULL ? info->cause : "",
        .remedy = info != NULL ? info->remedy : "",
    };
}

static void print_line(FILE *stream, const char *label, const char *text)
{
    if (text[0] != '\0')
        fprintf(stream, "%-9s%s\n", label, text);
}

static void print_explanation(FILE *stream, const struct explanation *explanation)
{
    char code[FORMAT_SIZE];

    print_line(stream, "Name:", explanation->name);
    fprintf(stream, "%-9s%s, %ld\n", "Number:", format_code(explanation->result, code),
            (long)explanation->result);
    if (explanation->http_status != 0)
        fprintf(stream, "%-9s%d\n", "HTTP:", explanation->http_status);
    print_line(stream, "Meaning:", explanation->meaning);
    print_line(stream, "Cause:", explanation->cause);
    print_line(stream, "Remedy:", explanation->remedy);
}

static json_t *explanation_to_json(const struct explanation *explanation)
{
    char code[FORMAT_SIZE];

    return json_pack("{s:s, s:s, s:I, s:i, s:s, s:s, s:s}", "name", explanation->name, "result",
                     format_code(explanation->result, code), "number",
                     (json_int_t)explanation->result, "http_status", explanation->http_status,
                     "meaning", explanation->meaning, "cause", explanation->cause, "remedy",
                     explanation->remedy);
}

static enum cli_exit run_all(struct cli *cli)
{
    json_t *list = cli->global.is_json ? json_array() : NULL;

    for (size_t i = 0; i < xbits_result_count(); i++) {
        struct explanation row = explain(xbits_result_at(i)->result);
        char code[FORMAT_SIZE];

        if (cli->global.is_json)
            json_array_append_new(list, explanation_to_json(&row));
        else
            fprintf(cli->out, "%s  %-44s  %s\n", format_code(row.result, code), row.name,
                    row.meaning);
    }
    return cli->global.is_json ? json_print(cli, list, CLI_DONE) : CLI_DONE;
}

static enum cli_exit run_one(struct cli *cli, const char *written)
{
    struct explanation explanation;
    char code[FORMAT_SIZE];
    xbits_result result;

    if (XBITS_FAILED(xbits_result_parse(written, &result)))
        return cli_fail(cli, "cannot explain");
    explanation = explain(result);
    if (xbits_result_find(result) == NULL && explanation.http_status == 0) {
        xbits_fail(XBITS_E_INVALIDARG, "%s is none of the codes that xbits knows",
                   format_code(result, code));
        return cli_fail(cli, "cannot explain");
    }
    if (cli->global.is_json)
        return json_print(cli, explanation_to_json(&explanation), CLI_DONE);
    print_explanation(cli->out, &explanation);
    return CLI_DONE;
}

static enum cli_exit run(struct cli *cli)
{
    const struct explain_values *values = cli->values;

    if (values->is_all != (cli->operand_count == 0)) {
        xbits_fail(XBITS_E_INVALIDARG, "explain takes one CODE, or --all");
        return cli_fail_usage(cli);
    }
    return values->is_all ? run_all(cli) : run_one(cli, cli->operands[0]);
}

const struct cli_command cmd_explain = {
    .name = "explain",
    .operands = "CODE",
    .summary = "Say what a result code means, where it comes from and what to do",
    .details = "CODE is written as found: 0x80200013, -2145386477, BG_E_EMPTY, or an HTTP\n"
               "status.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct explain_values),
    .operand_maximum = 1,
    .run = run,
};
