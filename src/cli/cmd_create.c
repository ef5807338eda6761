/* SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/open_job.h"
#include "cli/open_manager.h"

#include <string.h>

struct create_values {
    const char *type;
    const char *priority;
    const char *description;
};

#define AT(field) offsetof(struct create_values, field)

static const struct option options[] = {
    { .name = "type",
      .kind = OPTION_TEXT,
      .value_name = "TYPE",
      .summary = "download (the default), upload or upload-reply",
      .offset = AT(type) },
    { .name = "priority",
      .kind = OPTION_TEXT,
      .value_name = "PRIORITY",
      .summary = "foreground, high, normal (the default) or low",
      .offset = AT(priority) },
    { .name = "description",
      .kind = OPTION_TEXT,
      .value_name = "TEXT",
      .summary = "describe the job in at most 1024 characters",
      .offset = AT(description) },
};

/* A job as it is asked for. */
struct wish {
    enum xbits_job_type type;
    enum xbits_job_priority priority;
    const char *description; /* NULL: none. */
};

/* Words are written with "-" as everywhere here, names of types with "_". */
static xbits_result read_type(const char *word, enum xbits_job_type *type_out)
{
    char name[32];

    text_copy_into(name, sizeof name, word);
    for (char *dash = strchr(name, '-'); dash != NULL; dash = strchr(dash, '-'))
        *dash = '_';
    if (strlen(word) < sizeof name && XBITS_SUCCEEDED(xbits_type_parse(name, type_out)))
        return XBITS_S_OK;
    return xbits_fail(XBITS_E_INVALIDARG,
                      "\"%s\" is no job type: use download, upload or upload-reply", word);
}

static xbits_result read_wish(const struct create_values *values, struct wish *wish)
{
    wish->type = XBITS_TYPE_DOWNLOAD;
    wish->priority = XBITS_PRIORITY_NORMAL;
    wish->description = values->description;
    if (values->type != NULL)
        TRY(read_type(values->type, &wish->type));
    if (values->priority != NULL)
        TRY(xbits_priority_parse(values->priority, &wish->priority));
    return XBITS_S_OK;
}

static xbits_result equip(struct xbits_job *job, const struct wish *wish)
{
    struct xbits_value priority = xbits_value_u32((uint32_t)wish->priority);
    struct xbits_value description = xbits_value_text(wish->description);

    if (wish->priority != XBITS_PRIORITY_NORMAL)
        TRY(xbits_job_set(job, XBITS_JOB_PRIORITY, &priority));
    if (wish->description != NULL)
        TRY(xbits_job_set(job, XBITS_JOB_DESCRIPTION, &description));
    return XBITS_S_OK;
}

static enum cli_exit create(struct cli *cli, const struct wish *wish, struct open_job *opened)
{
    char id[XBITS_ID_TEXT_SIZE];
    enum cli_exit status;

    if (XBITS_FAILED(open_queue(&cli->global, XBITS_ACCESS_EDIT, &opened->manager)))
        return cli_fail(cli, "cannot open the queue");
    if (XBITS_FAILED(xbits_job_create(opened->manager, cli->operands[0], wish->type, &opened->job)))
        return cli_fail(cli, "cannot create the job");
    if (XBITS_FAILED(equip(opened->job, wish))) {
        status = cli_fail(cli, "cannot create the job");
        xbits_job_cancel(opened->job);
        return status;
    }
    if (cli->global.is_json)
        return json_print(cli, open_job_to_json(opened->job), CLI_DONE);
    fprintf(cli->out, "%s\n", xbits_id_format(xbits_job_id(opened->job), id));
    return CLI_DONE;
}

static enum cli_exit run(struct cli *cli)
{
    struct open_job opened = { 0 };
    struct wish wish;
    enum cli_exit status;

    if (XBITS_FAILED(read_wish(cli->values, &wish)))
        return cli_fail_usage(cli);
    status = create(cli, &wish, &opened);
    open_job_close(&opened);
    return status;
}

const struct cli_command cmd_create = {
    .name = "create",
    .operands = "NAME",
    .summary = "Create a job and print its GUID",
    .details = "The job is SUSPENDED and has no files: `xbits add` gives it some, `xbits resume`\n"
               "makes it ready, `xbits run` runs it. NAME, of at most 256 characters, need not\n"
               "be unique; other verbs take it for the GUID while it is.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct create_values),
    .operand_minimum = 1,
    .operand_maximum = 1,
    .run = run,
};
