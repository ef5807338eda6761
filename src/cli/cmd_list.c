/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/job_json.h"
#include "cli/open_manager.h"
#include "cli/progress_text.h"
#include "cli/state_set.h"

#include <inttypes.h>

struct list_values {
    bool is_all_users;
    const char *states;
};

static const struct option options[] = {
    { .name = "all-users",
      .kind = OPTION_FLAG,
      .summary = "the jobs of all users, with their owners; for administrators",
      .offset = offsetof(struct list_values, is_all_users) },
    { .name = "state",
      .kind = OPTION_TEXT,
      .value_name = "STATE,...",
      .summary = "only jobs in one of these states",
      .offset = offsetof(struct list_values, states) },
};

/* A list while it is printed: nothing is kept of a job once its line is out. */
struct list {
    struct cli *cli;
    uint32_t states; /* Those that are asked for. */
    bool has_owners;
    bool has_rows;
    struct json_writer writer;
};

/* The place of a line's parts: id, type, state, percent, bytes, files, priority. */
#define LINE "%-38s  %-12s  %-15s  %4s  %-22s  %-9s  %-10s  "

static void print_head(struct list *list)
{
    fprintf(list->cli->out, LINE "%s%s\n", "ID", "TYPE", "STATE", "DONE", "BYTES", "FILES",
            "PRIORITY", list->has_owners ? "OWNER  " : "", "NAME");
}

static void print_row(struct list *list, const struct xbits_job_snapshot *job)
{
    const struct xbits_job_progress *progress = &job->progress;
    int percent = progress_percent(progress);
    bool is_known = progress->bytes_total != XBITS_SIZE_UNKNOWN;
    char id[XBITS_ID_TEXT_SIZE], done[FORMAT_SIZE], total[FORMAT_SIZE];
    char share[FORMAT_SIZE] = "", bytes[2 * FORMAT_SIZE + 1], files[FORMAT_SIZE];
    FILE *out = list->cli->out;

    if (percent >= 0 && progress->files_total > 0)
        snprintf(share, sizeof share, "%d%%", percent);
    snprintf(bytes, sizeof bytes, "%s/%s", format_bytes(progress->bytes_transferred, done),
             is_known ? format_bytes(progress->bytes_total, total) : "?");
    snprintf(files, sizeof files, "%" PRIu32 "/%" PRIu32, progress->files_transferred,
             progress->files_total);
    fprintf(out, LINE, xbits_id_format(&job->id, id), xbits_type_name(job->type),
            xbits_state_name(job->state), share, bytes, files, xbits_priority_name(job->priority));
    if (list->has_owners) {
        format_safely(out, job->owner);
        fputs("  ", out);
    }
    format_safely(out, job->display_name);
    fputc('\n', out);
}

/* xbits_job_visit */
static bool visit(const struct xbits_job_snapshot *job, void *user)
{
    struct list *list = user;

    if (((1u << job->state) & list->states) == 0)
        return true;
    if (list->cli->global.is_json) {
        json_object_begin(&list->writer, NULL);
        json_job_members(&list->writer, job);
        json_object_end(&list->writer);
    } else {
        if (!list->has_rows && !list->cli->global.is_quiet)
            print_head(list);
        print_row(list, job);
    }
    list->has_rows = true;
    /* Nobody reads on behind a closed pipe. */
    return !ferror(list->cli->out);
}

static enum cli_exit print(struct list *list, struct xbits_manager *manager)
{
    enum xbits_list_scope scope = list->has_owners ? XBITS_SCOPE_ALL_USERS : XBITS_SCOPE_MINE;
    bool is_json = list->cli->global.is_json;
    xbits_result result;

    json_writer_init(&list->writer, list->cli->out, false);
    if (is_json)
        json_array_begin(&list->writer, NULL);
    result = xbits_manager_visit_jobs(manager, scope, visit, list);
    if (is_json && (XBITS_SUCCEEDED(result) || list->has_rows)) {
        json_array_end(&list->writer);
        json_writer_flush(&list->writer);
    }
    return XBITS_FAILED(result) ? cli_fail(list->cli, "cannot list the jobs") : CLI_DONE;
}

static enum cli_exit run(struct cli *cli)
{
    const struct list_values *values = cli->values;
    struct list list = { .cli = cli, .states = UINT32_MAX, .has_owners = values->is_all_users };
    struct xbits_manager *manager = NULL;
    enum cli_exit status;

    if (values->states != NULL && XBITS_FAILED(state_set_parse(values->states, &list.states)))
        return cli_fail_usage(cli);
    if (XBITS_FAILED(open_queue(&cli->global, XBITS_ACCESS_READ, &manager)))
        return cli_fail(cli, "cannot open the queue");
    tell_owner(cli, manager);
    status = print(&list, manager);
    xbits_manager_close(manager);
    return status;
}

const struct cli_command cmd_list = {
    .name = "list",
    .operands = "",
    .summary = "List the jobs of a queue",
    .details = "One line a job: its id, type, state, how much is done in percent, bytes and\n"
               "files, priority and name. --quiet leaves out the head of the table.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct list_values),
    .run = run,
};
