/* SPDX-License-Identifier: MIT */
#include "cli/assignment.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/json.h"
#include "cli/open_job.h"

#include <stdint.h>
#include <stdlib.h>

struct set_values {
    struct option_list cleared;
};

static const struct option options[] = {
    { .name = "clear",
      .kind = OPTION_LIST,
      .value_name = "NAME",
      .summary = "make the property not set; may be given again and again",
      .offset = offsetof(struct set_values, cleared) },
};

struct assignments {
    struct assignment *list;
    size_t count;
};

static void assignments_dispose(struct assignments *assignments)
{
    for (size_t i = 0; i < assignments->count; i++)
        assignment_dispose(&assignments->list[i]);
    free(assignments->list);
}

/* Of two values for one property the reader would have to guess. */
static xbits_result check_last(const struct assignments *assignments)
{
    enum xbits_job_property last = assignments->list[assignments->count - 1].property;

    for (size_t i = 0; i + 1 < assignments->count; i++) {
        if (assignments->list[i].property == last)
            return xbits_fail(XBITS_E_INVALIDARG, "%s is given twice",
                              xbits_job_property_name(last));
    }
    return XBITS_S_OK;
}

static xbits_result read_pairs(struct assignments *assignments, const char *const *words,
                               size_t word_count)
{
    for (size_t i = 0, taken = 0; i < word_count; i += taken) {
        struct assignment *assignment = &assignments->list[assignments->count++];

        TRY(assignment_read(assignment, words + i, word_count - i, &taken));
        TRY(check_last(assignments));
    }
    return XBITS_S_OK;
}

static xbits_result read_cleared(struct assignments *assignments, const struct option_list *names)
{
    for (size_t i = 0; i < names->count; i++) {
        struct assignment *assignment = &assignments->list[assignments->count++];

        TRY(assignment_property(names->items[i], &assignment->property));
        TRY(check_last(assignments));
    }
    return XBITS_S_OK;
}

static xbits_result read_all(struct assignments *assignments, const struct cli *cli)
{
    const struct set_values *values = cli->values;
    size_t room = cli->operand_count + values->cleared.count;

    assignments->list = calloc(room, sizeof *assignments->list);
    if (assignments->list == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu properties", room);
    TRY(read_pairs(assignments, cli->operands + 1, cli->operand_count - 1));
    TRY(read_cleared(assignments, &values->cleared));
    if (assignments->count == 0)
        return xbits_fail(XBITS_E_INVALIDARG, "set needs NAME VALUE or --clear NAME");
    return XBITS_S_OK;
}

/* Writes them in their order. Returns how many were written before one was refused. */
static size_t assign(const struct assignments *assignments, struct xbits_job *job)
{
    size_t done = 0;

    while (done < assignments->count &&
           XBITS_SUCCEEDED(xbits_job_set(job, assignments->list[done].property,
                                         &assignments->list[done].value)))
        done++;
    return done;
}

static void print_names(FILE *stream, const struct assignments *assignments, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fprintf(stream, "%s%s", i > 0 ? ", " : "",
                xbits_job_property_name(assignments->list[i].property));
}

/* The answer in JSON; failure NULL: everything was written. */
static enum cli_exit print_json(struct cli *cli, const struct assignments *assignments, size_t done,
                                struct xbits_job *job, const struct failure *failure)
{
    json_t *answer = open_job_to_json(job);
    json_t *names = json_array();

    for (size_t i = 0; i < done; i++)
        json_array_append_new(names,
                              json_string(xbits_job_property_name(assignments->list[i].property)));
    json_object_set_new(answer, "set", names);
    if (failure != NULL)
        json_object_set_new(answer, "error", failure_to_json(failure));
    return json_print(cli, answer, failure != NULL ? CLI_FAILED : CLI_DONE);
}

/* BITS has no way to write several properties at once, so what was written stays written. */
static enum cli_exit report_refusal(struct cli *cli, const struct assignments *assignments,
                                    size_t done, struct xbits_job *job)
{
    struct xbits_error error = *xbits_last_error();
    struct failure failure = { .result = error.result, .message = error.message };
    char what[64];

    snprintf(what, sizeof what, "cannot set %s",
             xbits_job_property_name(assignments->list[done].property));
    failure_print(cli->err, what, &failure);
    if (done > 0) {
        fputs("Set before that: ", cli->err);
        print_names(cli->err, assignments, done);
        fputc('\n', cli->err);
    }
    if (cli->global.is_json)
        return print_json(cli, assignments, done, job, &failure);
    return CLI_FAILED;
}

static enum cli_exit report(struct cli *cli, const struct assignments *assignments, size_t done,
                            struct xbits_job *job)
{
    if (done < assignments->count)
        return report_refusal(cli, assignments, done, job);
    if (cli->global.is_json)
        return print_json(cli, assignments, done, job, NULL);
    if (cli->global.is_quiet)
        return CLI_DONE;
    fputs("Set ", cli->out);
    print_names(cli->out, assignments, done);
    fputs(" of ", cli->out);
    open_job_print_name(cli->out, job);
    fputc('\n', cli->out);
    return CLI_DONE;
}

static enum cli_exit run(struct cli *cli)
{
    struct assignments assignments = { 0 };
    struct open_job opened = { 0 };
    enum cli_exit status;

    if (XBITS_FAILED(read_all(&assignments, cli))) {
        status = cli_fail_usage(cli);
    } else {
        status = open_job(cli, XBITS_ACCESS_EDIT, &opened);
        if (status == CLI_DONE)
            status = report(cli, &assignments, assign(&assignments, opened.job), opened.job);
    }
    open_job_close(&opened);
    assignments_dispose(&assignments);
    return status;
}

const struct cli_command cmd_set = {
    .name = "set",
    .operands = "JOB NAME VALUE [NAME VALUE...]",
    .summary = "Write properties of a job",
    .details = "docs/job-properties.md lists the properties and who may write them when. VALUE\n"
               "is yes or no; a number, decimal or as 0x3, times in seconds; a text; a GUID.\n"
               "Some take other words:\n"
               "\n"
               "    priority foreground|high|normal|low\n"
               "    max-download-size BYTES|unlimited\n"
               "    proxy-settings preconfig|no-proxy|autodetect\n"
               "    proxy-settings \"override LIST [except BYPASS]\"\n"
               "    notify-command-line PROGRAM PARAMETERS\n"
               "    client-certificate LOCATION STORE SUBJECT|HASH\n"
               "\n"
               "PARAMETERS may be \"\". LOCATION is current-user, local-machine or another word\n"
               "for BG_CERT_STORE_LOCATION, or its number; HASH has 40 digits.\n"
               "\n"
               "Everything is read before anything is written. BITS writes one property at a\n"
               "time: when it refuses one, those before it stay written, and are told.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct set_values),
    .operand_minimum = 1,
    .operand_maximum = SIZE_MAX,
    .run = run,
};
