/* SPDX-License-Identifier: MIT */
#include "cli/wmp_text.h"

#include "cli/failure.h"
#include "cli/json.h"

static const char *field_name(const struct xbits_wmp_refusal *refusal)
{
    if (refusal->field == XBITS_WMP_NO_FIELD)
        return NULL;
    return xbits_wmp_field_name((enum xbits_wmp_field)refusal->field);
}

static void print_place(FILE *err, const struct xbits_wmp_refusal *refusal)
{
    const char *field = field_name(refusal);

    fprintf(err, "Rule: %s: %s\n", xbits_wmp_rule_name(refusal->rule),
            xbits_wmp_rule_text(refusal->rule));
    fprintf(err, "Place: %s%sposition %zu\n", field != NULL ? field : "", field != NULL ? ", " : "",
            refusal->position);
}

enum cli_exit wmp_text_refuse(struct cli *cli, const char *what,
                              const struct xbits_wmp_refusal *refusal)
{
    struct failure failure = failure_of_call();

    /* Memory can be short for any text. */
    if (refusal->rule == XBITS_WMP_RULE_NONE)
        return cli_fail(cli, what);
    failure_print(cli->err, what, &failure);
    print_place(cli->err, refusal);
    if (!cli->global.is_json)
        return CLI_FAILED;
    return json_print(cli,
                      json_pack("{s:o, s:s, s:s?, s:I}", "error", failure_to_json(&failure), "rule",
                                xbits_wmp_rule_name(refusal->rule), "field", field_name(refusal),
                                "position", (json_int_t)refusal->position),
                      CLI_FAILED);
}

enum cli_exit wmp_text_read(struct cli *cli, enum xbits_wmp_mode mode,
                            struct xbits_wmp_description *description)
{
    struct xbits_wmp_refusal refusal;

    XBITS_INIT(description);
    XBITS_INIT(&refusal);
    if (XBITS_FAILED(xbits_wmp_description_parse(cli->operands[0], mode, description, &refusal)))
        return wmp_text_refuse(cli, "the text is not of the convention", &refusal);
    return CLI_DONE;
}
