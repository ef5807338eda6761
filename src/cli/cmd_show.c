/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/url_text.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/job_json.h"
#include "cli/job_text.h"
#include "cli/open_job.h"
#include "cli/progress_text.h"
#include "cli/property_text.h"

#include <inttypes.h>
#include <stdlib.h>

/* The properties that say how a job behaves; the others are for `xbits get`. */
static const enum xbits_job_property shown[] = {
    XBITS_JOB_ERROR_COUNT,           XBITS_JOB_MINIMUM_RETRY_DELAY, XBITS_JOB_NO_PROGRESS_TIMEOUT,
    XBITS_JOB_MAXIMUM_DOWNLOAD_TIME, XBITS_JOB_NOTIFY_FLAGS,        XBITS_JOB_NOTIFY_COMMAND_LINE,
    XBITS_JOB_PROXY_SETTINGS,        XBITS_JOB_SECURITY_FLAGS,
};

#define SHOWN_COUNT (sizeof shown / sizeof shown[0])

/* A job that is shown. */
struct show {
    struct cli *cli;
    struct xbits_manager *manager;
    struct xbits_job *job;
    const struct xbits_job_snapshot *snapshot;
    struct json_writer writer;
};

static void print_time(FILE *out, const char *label, int64_t time)
{
    char text[32];

    job_text_line(out, label, time != 0 ? clock_format_utc(time, text) : "");
}

static void print_progress(FILE *out, const struct xbits_job_progress *progress)
{
    bool is_known = progress->bytes_total != XBITS_SIZE_UNKNOWN;
    char done[FORMAT_SIZE], total[FORMAT_SIZE], text[160];

    snprintf(text, sizeof text, "%s of %s, %" PRIu32 " of %" PRIu32 " file%s",
             format_bytes(progress->bytes_transferred, done),
             is_known ? format_bytes(progress->bytes_total, total) : "an unknown size",
             progress->files_transferred, progress->files_total,
             progress->files_total == 1 ? "" : "s");
    job_text_line(out, "Progress:", text);
}

static void print_error(FILE *out, const struct xbits_job_error *error)
{
    const struct xbits_result_info *info = xbits_result_find(error->result);
    char code[FORMAT_SIZE];

    job_text_line(out, "Error:",
                  error->message[0] != '\0' ? error->message : xbits_result_text(error->result));
    fprintf(out, "  %-13s%s, %s\n", "", xbits_result_name(error->result),
            format_code(error->result, code));
    job_text_meaning(out, error);
    job_text_line(out, "Remedy:", info != NULL ? info->remedy : "");
}

static void print_property(struct show *show, enum xbits_job_property property)
{
    struct xbits_value value = { 0 };
    FILE *out = show->cli->out;

    if (XBITS_SUCCEEDED(xbits_job_get(show->job, property, &value)) &&
        value.kind != XBITS_KIND_NONE) {
        fprintf(out, "    %-32s", xbits_job_property_name(property));
        property_print(out, property, &value);
        fputc('\n', out);
    }
    xbits_value_dispose(&value);
}

/* xbits_file_visit */
static bool print_file(const struct xbits_file_snapshot *file, void *user)
{
    struct show *show = user;
    FILE *out = show->cli->out;
    bool is_known = file->bytes_total != XBITS_SIZE_UNKNOWN;
    char done[FORMAT_SIZE], total[FORMAT_SIZE];
    struct text url = { 0 };

    fprintf(out, "    %" PRIu32 ": ", file->index);
    if (XBITS_SUCCEEDED(url_text_add(&url, file->remote_name)))
        format_safely(out, text_c(&url));
    fputs("\n       to ", out);
    format_safely(out, file->local_name);
    fprintf(out, "\n       %s of %s%s\n", format_bytes(file->bytes_transferred, done),
            is_known ? format_bytes(file->bytes_total, total) : "an unknown size",
            file->is_completed     ? ", completed"
            : file->is_transferred ? ", transferred"
                                   : "");
    text_dispose(&url);
    return !ferror(out);
}

static enum cli_exit print_text(struct show *show)
{
    const struct xbits_job_snapshot *job = show->snapshot;
    int64_t now = xbits_manager_time(show->manager);
    FILE *out = show->cli->out;

    job_text_head(out, job);
    job_text_line(out, "Description:", job->description);
    job_text_line(out, "Type:", xbits_type_name(job->type));
    job_text_line(out, "Priority:", xbits_priority_name(job->priority));
    job_text_line(out, "Owner:", job->owner);
    job_text_state(out, job, now);
    job_text_wait(out, job, now);
    print_progress(out, &job->progress);
    print_time(out, "Created:", job->times.creation);
    print_time(out, "Modified:", job->times.modification);
    print_time(out, "Transferred:", job->times.transfer_completion);
    if (job->has_error)
        print_error(out, &job->error);
    fputs("  Properties:\n", out);
    for (size_t i = 0; i < SHOWN_COUNT; i++)
        print_property(show, shown[i]);
    fputs("  Files:\n", out);
    if (XBITS_FAILED(xbits_job_visit_files(show->job, print_file, show)))
        return cli_fail(show->cli, "cannot list the files");
    return CLI_DONE;
}

/* xbits_file_visit */
static bool write_file(const struct xbits_file_snapshot *file, void *user)
{
    struct show *show = user;

    json_file(&show->writer, file);
    return !ferror(show->cli->out);
}

static void write_property(struct show *show, enum xbits_job_property property)
{
    const char *name = xbits_job_property_name(property);
    struct xbits_value value = { 0 };
    json_t *json;
    char *text;

    if (XBITS_SUCCEEDED(xbits_job_get(show->job, property, &value))) {
        json = property_to_json(property, &value);
        text = json_dumps(json, JSON_ENCODE_ANY);
        json_raw(&show->writer, name, text != NULL ? text : "null");
        free(text);
        json_decref(json);
    }
    xbits_value_dispose(&value);
}

static enum cli_exit print_json(struct show *show)
{
    struct json_writer *writer = &show->writer;
    xbits_result result;

    json_writer_init(writer, show->cli->out, false);
    json_object_begin(writer, NULL);
    json_job_members(writer, show->snapshot);
    json_object_begin(writer, "properties");
    for (size_t i = 0; i < SHOWN_COUNT; i++)
        write_property(show, shown[i]);
    json_object_end(writer);
    json_array_begin(writer, "files");
    result = xbits_job_visit_files(show->job, write_file, show);
    json_array_end(writer);
    json_object_end(writer);
    json_writer_flush(writer);
    return XBITS_FAILED(result) ? cli_fail(show->cli, "cannot list the files") : CLI_DONE;
}

static enum cli_exit show_job(struct cli *cli, struct open_job *opened)
{
    struct xbits_job_snapshot snapshot;
    struct show show = { .cli = cli, .manager = opened->manager, .job = opened->job };
    struct xbits_job_snapshot copy = { 0 };
    enum cli_exit status;

    XBITS_INIT(&snapshot);
    XBITS_INIT(&copy);
    /* A copy: its texts are to live on while other things of the job are read. */
    if (XBITS_FAILED(xbits_job_read(opened->job, &snapshot)) ||
        XBITS_FAILED(xbits_job_snapshot_copy(&snapshot, &copy)))
        return cli_fail(cli, "cannot read the job");
    show.snapshot = &copy;
    status = cli->global.is_json ? print_json(&show) : print_text(&show);
    xbits_job_snapshot_dispose(&copy);
    return status;
}

static enum cli_exit run(struct cli *cli)
{
    struct open_job opened = { 0 };
    enum cli_exit status = open_job(cli, XBITS_ACCESS_READ, &opened);

    if (status == CLI_DONE)
        status = show_job(cli, &opened);
    open_job_close(&opened);
    return status;
}

const struct cli_command cmd_show = {
    .name = "show",
    .operands = "JOB",
    .summary = "Show everything about one job",
    .details = "JOB is an id or the name of exactly one job. Passwords of URLs are not shown.\n"
               "`xbits get JOB` has every property.\n",
    .operand_minimum = 1,
    .operand_maximum = 1,
    .run = run,
};
