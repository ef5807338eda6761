/* SPDX-License-Identifier: MIT */
#include "cli/assignment.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/open_job.h"
#include "cli/property_text.h"

#include <stdint.h>
#include <stdlib.h>

/* Column where the values begin. */
#define VALUE_COLUMN 34

/* What is asked of a job. */
struct question {
    enum xbits_job_property *list;
    size_t count;
    bool is_all; /* Nothing was named: what cannot be read is left out. */
};

static xbits_result read_question(const struct cli *cli, struct question *question)
{
    size_t named = cli->operand_count - 1;

    question->is_all = named == 0;
    question->count = question->is_all ? XBITS_JOB_PROPERTY_COUNT : named;
    question->list = calloc(question->count, sizeof *question->list);
    if (question->list == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu properties", question->count);
    for (size_t i = 0; i < question->count; i++) {
        if (question->is_all)
            question->list[i] = (enum xbits_job_property)i;
        else
            TRY(assignment_property(cli->operands[i + 1], &question->list[i]));
    }
    return XBITS_S_OK;
}

static void print_row(FILE *stream, enum xbits_job_property property,
                      const struct xbits_value *value)
{
    fprintf(stream, "%-*s", VALUE_COLUMN, xbits_job_property_name(property));
    if (value->kind == XBITS_KIND_NONE)
        fputs("(not set)", stream);
    else
        property_print(stream, property, value);
    fputc('\n', stream);
}

/* properties NULL: as text. One that is asked for alone is for a script: its value and no more. */
static void answer_one(struct cli *cli, const struct question *question, size_t index,
                       const struct xbits_value *value, json_t *properties)
{
    enum xbits_job_property property = question->list[index];

    if (properties != NULL) {
        json_object_set_new(properties, xbits_job_property_name(property),
                            property_to_json(property, value));
    } else if (question->count == 1) {
        property_print(cli->out, property, value);
        fputc('\n', cli->out);
    } else {
        print_row(cli->out, property, value);
    }
}

static enum cli_exit fail_to_read(struct cli *cli, enum xbits_job_property property)
{
    char what[64];

    fflush(cli->out);
    snprintf(what, sizeof what, "cannot read %s", xbits_job_property_name(property));
    return cli_fail(cli, what);
}

static enum cli_exit answer(struct cli *cli, const struct question *question, struct xbits_job *job,
                            json_t *properties)
{
    for (size_t i = 0; i < question->count; i++) {
        struct xbits_value value = { 0 };

        if (XBITS_SUCCEEDED(xbits_job_get(job, question->list[i], &value)))
            answer_one(cli, question, i, &value, properties);
        else if (!question->is_all)
            return fail_to_read(cli, question->list[i]);
        xbits_value_dispose(&value);
    }
    return CLI_DONE;
}

static enum cli_exit answer_json(struct cli *cli, const struct question *question,
                                 struct xbits_job *job)
{
    json_t *properties = json_object();
    json_t *json;
    enum cli_exit status = answer(cli, question, job, properties);

    if (status != CLI_DONE) {
        json_decref(properties);
        return status;
    }
    json = open_job_to_json(job);
    json_object_set_new(json, "properties", properties);
    return json_print(cli, json, CLI_DONE);
}

static enum cli_exit run(struct cli *cli)
{
    struct question question = { 0 };
    struct open_job opened = { 0 };
    enum cli_exit status;

    if (XBITS_FAILED(read_question(cli, &question))) {
        status = cli_fail_usage(cli);
    } else {
        status = open_job(cli, XBITS_ACCESS_READ, &opened);
        if (status == CLI_DONE && cli->global.is_json)
            status = answer_json(cli, &question, opened.job);
        else if (status == CLI_DONE)
            status = answer(cli, &question, opened.job, NULL);
    }
    open_job_close(&opened);
    free(question.list);
    return status;
}

const struct cli_command cmd_get = {
    .name = "get",
    .operands = "JOB [NAME...]",
    .summary = "Read properties of a job",
    .details = "One NAME prints its value alone; several, or none for all that can be read,\n"
               "print a line each. Values are written as `xbits set` takes them. A password of a\n"
               "proxy is not shown.\n",
    .operand_minimum = 1,
    .operand_maximum = SIZE_MAX,
    .run = run,
};
