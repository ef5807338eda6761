/* SPDX-License-Identifier: MIT */
#include "cli/open_job.h"

#include "cli/find_job.h"
#include "cli/format.h"
#include "cli/open_manager.h"

enum cli_exit open_job(struct cli *cli, enum xbits_access access, struct open_job *opened)
{
    const char *word = cli->operands[0];

    if (XBITS_FAILED(open_queue(&cli->global, access, &opened->manager)))
        return cli_fail(cli, "cannot open the queue");
    if (access == XBITS_ACCESS_READ)
        tell_owner(cli, opened->manager);
    if (XBITS_FAILED(find_job(opened->manager, word, &opened->job)))
        return fail_to_find(cli, word);
    return CLI_DONE;
}

void open_job_close(struct open_job *opened)
{
    xbits_job_close(opened->job);
    xbits_manager_close(opened->manager);
    *opened = (struct open_job){ 0 };
}

void open_job_print_name(FILE *stream, struct xbits_job *job)
{
    struct xbits_job_snapshot snapshot;
    char id[XBITS_ID_TEXT_SIZE];

    fputs(xbits_id_format(xbits_job_id(job), id), stream);
    XBITS_INIT(&snapshot);
    if (XBITS_FAILED(xbits_job_read(job, &snapshot)))
        return;
    fputc(' ', stream);
    format_safely(stream, snapshot.display_name);
}

json_t *open_job_to_json(struct xbits_job *job)
{
    struct xbits_job_snapshot snapshot;
    char id[XBITS_ID_TEXT_SIZE];

    XBITS_INIT(&snapshot);
    if (XBITS_FAILED(xbits_job_read(job, &snapshot)))
        snapshot.display_name = NULL;
    return json_pack("{s:s, s:s?}", "id", xbits_id_format(xbits_job_id(job), id), "name",
                     snapshot.display_name);
}
