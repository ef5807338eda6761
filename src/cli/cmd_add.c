/* SPDX-License-Identifier: MIT */
#include "base/url_text.h"
#include "cli/commands.h"
#include "cli/file_pairs.h"
#include "cli/json.h"
#include "cli/open_job.h"

#include <stdint.h>

static json_t *pair_to_json(const struct xbits_file_spec *spec)
{
    struct text url = { 0 };
    json_t *json = NULL;

    if (XBITS_SUCCEEDED(url_text_add(&url, spec->remote_name)))
        json = json_pack("{s:s, s:s}", "url", text_c(&url), "file", spec->local_name);
    text_dispose(&url);
    return json;
}

static enum cli_exit print_json(struct cli *cli, const struct file_pairs *pairs,
                                struct xbits_job *job)
{
    json_t *answer = open_job_to_json(job);
    json_t *files = json_array();

    for (size_t i = 0; i < pairs->count; i++)
        json_array_append_new(files, pair_to_json(&pairs->specs[i]));
    json_object_set_new(answer, "files", files);
    return json_print(cli, answer, CLI_DONE);
}

static enum cli_exit report(struct cli *cli, const struct file_pairs *pairs, struct xbits_job *job)
{
    if (cli->global.is_json)
        return print_json(cli, pairs, job);
    if (cli->global.is_quiet)
        return CLI_DONE;
    fprintf(cli->out, "Added %zu file%s to ", pairs->count, pairs->count == 1 ? "" : "s");
    open_job_print_name(cli->out, job);
    fputc('\n', cli->out);
    return CLI_DONE;
}

static enum cli_exit add(struct cli *cli, const struct file_pairs *pairs)
{
    struct open_job opened = { 0 };
    enum cli_exit status = open_job(cli, XBITS_ACCESS_EDIT, &opened);

    if (status == CLI_DONE && XBITS_FAILED(file_pairs_add(pairs, opened.job)))
        status = cli_fail(cli, "cannot add the files");
    else if (status == CLI_DONE)
        status = report(cli, pairs, opened.job);
    open_job_close(&opened);
    return status;
}

static enum cli_exit run(struct cli *cli)
{
    const char *const *words = cli->operands + 1;
    size_t word_count = cli->operand_count - 1;
    struct file_pairs pairs = { 0 };
    enum cli_exit status;

    if (XBITS_FAILED(file_pairs_check("add", words, word_count)))
        return cli_fail_usage(cli);
    if (XBITS_FAILED(file_pairs_init(&pairs, words, word_count)))
        status = cli_fail(cli, "cannot add the files");
    else
        status = add(cli, &pairs);
    file_pairs_dispose(&pairs);
    return status;
}

const struct cli_command cmd_add = {
    .name = "add",
    .operands = "JOB URL FILE [URL FILE...]",
    .summary = "Add files to a job, all or none",
    .details = "JOB is a GUID or the name of one job. FILE may be a directory: then the URL's\n"
               "last segment names the file in it.\n",
    .operand_minimum = 3,
    .operand_maximum = SIZE_MAX,
    .run = run,
};
