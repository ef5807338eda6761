/* SPDX-License-Identifier: MIT */
#include "base/url_text.h"
#include "cli/failure.h"
#include "cli/format.h"
#include "cli/json.h"
#include "cli/outcome.h"
#include "cli/transfer.h"

#include <inttypes.h>
#include <string.h>

/* "timed out after 5 s in TRANSIENT_ERROR" */
static xbits_result describe(struct text *text, const struct transfer *transfer, enum cli_exit how)
{
    TRY(text_add(text, how == CLI_FAILED ? "the transfer failed" : outcome_name(how)));
    if (how == CLI_TIMED_OUT)
        TRY(text_format(text, " after %" PRIu64 " s", transfer->timeout_s));
    if (how != CLI_FAILED)
        TRY(text_format(text, " in %s", xbits_state_name(transfer->last.state)));
    return XBITS_S_OK;
}

void transfer_report_failure(const struct transfer *transfer, enum cli_exit how)
{
    FILE *err = transfer->cli->err;
    struct text what = { 0 };

    if (XBITS_FAILED(describe(&what, transfer, how)))
        text_clear(&what);
    if (transfer->last.has_error) {
        struct failure failure = failure_of_job(&transfer->last.error);

        failure_print(err, text_c(&what), &failure);
    } else {
        fprintf(err, "xbits: %s\n", text_c(&what));
    }
    text_dispose(&what);
}

static bool is_plain(const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-./:\\";

    return word[strspn(word, plain)] == '\0';
}

/* A word as a shell takes it for one. */
static xbits_result add_quoted(struct text *text, const char *word)
{
    if (is_plain(word))
        return text_add(text, word);
    TRY(text_add(text, "'"));
    for (const char *c = word; *c != '\0'; c++)
        TRY(*c == '\'' ? text_add(text, "'\\''") : text_append(text, c, 1));
    return text_add(text, "'");
}

/* "xbits --queue DIR resume ID && ..." */
static xbits_result describe_rest(struct text *text, const struct transfer *transfer,
                                  enum transfer_rest rest)
{
    static const char *const verbs[] = { "resume", "run", "complete" };
    char id[XBITS_ID_TEXT_SIZE];

    xbits_id_format(xbits_job_id(transfer->job), id);
    for (size_t i = rest == TRANSFER_COMPLETE ? 2 : 0; i < 3; i++) {
        TRY(text_add(text, text->length > 0 ? " && xbits --queue " : "xbits --queue "));
        TRY(add_quoted(text, transfer->queue));
        TRY(text_format(text, " %s", verbs[i]));
        if (i != 1)
            TRY(text_format(text, " '%s'", id));
    }
    return XBITS_S_OK;
}

void transfer_print_command(const struct transfer *transfer, enum transfer_rest rest)
{
    FILE *err = transfer->cli->err;
    struct text command = { 0 };

    if (XBITS_SUCCEEDED(describe_rest(&command, transfer, rest))) {
        fputs("The job stays in its queue. To go on:\n  ", err);
        format_safely(err, text_c(&command));
        fputc('\n', err);
    }
    text_dispose(&command);
}

static void print_speed(FILE *stream, uint64_t bytes, uint64_t elapsed_ms)
{
    double seconds = (double)(elapsed_ms > 0 ? elapsed_ms : 1) / 1000.0;
    char size[FORMAT_SIZE], rate[FORMAT_SIZE];

    fprintf(stream, "%s in %.2f s, %s/s\n", format_bytes(bytes, size), seconds,
            format_bytes((uint64_t)((double)bytes / seconds), rate));
}

/* xbits_file_visit */
static bool print_file(const struct xbits_file_snapshot *file, void *user)
{
    struct transfer *transfer = user;
    FILE *out = transfer->cli->out;
    char size[FORMAT_SIZE];

    format_safely(out, file->local_name);
    fputs(": ", out);
    if (transfer->last.progress.files_total == 1)
        print_speed(out, file->bytes_transferred, transfer->elapsed_ms);
    else
        fprintf(out, "%s\n", format_bytes(file->bytes_transferred, size));
    return true;
}

static enum cli_exit print_text(struct transfer *transfer, enum cli_exit how)
{
    const struct xbits_job_progress *progress = &transfer->last.progress;
    struct cli *cli = transfer->cli;

    if (how != CLI_DONE || cli->global.is_quiet)
        return how;
    if (XBITS_FAILED(xbits_job_visit_files(transfer->job, print_file, transfer)))
        return cli_fail(cli, "cannot list the files");
    if (progress->files_total > 1) {
        fprintf(cli->out, "%" PRIu32 " files: ", progress->files_total);
        print_speed(cli->out, progress->bytes_transferred, transfer->elapsed_ms);
    }
    return how;
}

/* xbits_file_visit; user is a JSON array. */
static bool add_file(const struct xbits_file_snapshot *file, void *user)
{
    struct text url = { 0 };

    if (XBITS_SUCCEEDED(url_text_add(&url, file->remote_name))) {
        json_array_append_new(user, json_pack("{s:s, s:s, s:o, s:o, s:b}", "url", text_c(&url),
                                              "file", file->local_name, "bytes_total",
                                              json_bytes(file->bytes_total), "bytes_transferred",
                                              json_bytes(file->bytes_transferred), "completed",
                                              (int)file->is_completed));
    }
    text_dispose(&url);
    return true;
}

static json_t *error_to_json(const struct transfer *transfer)
{
    struct failure failure = failure_of_job(&transfer->last.error);

    return transfer->last.has_error ? failure_to_json(&failure) : json_null();
}

static enum cli_exit print_json(struct transfer *transfer, enum cli_exit how)
{
    const struct xbits_job_snapshot *last = &transfer->last;
    enum xbits_job_state state = how == CLI_DONE ? XBITS_STATE_ACKNOWLEDGED : last->state;
    char id[XBITS_ID_TEXT_SIZE];
    json_t *files = json_array();

    if (XBITS_FAILED(xbits_job_visit_files(transfer->job, add_file, files))) {
        json_decref(files);
        return cli_fail(transfer->cli, "cannot list the files");
    }
    return json_print(transfer->cli,
                      json_pack("{s:s, s:s, s:s, s:o, s:o, s:f, s:o, s:o}", "id",
                                xbits_id_format(&last->id, id), "outcome", outcome_name(how),
                                "state", xbits_state_name(state), "bytes_total",
                                json_bytes(last->progress.bytes_total), "bytes_transferred",
                                json_bytes(last->progress.bytes_transferred), "seconds",
                                (double)transfer->elapsed_ms / 1000.0, "error",
                                error_to_json(transfer), "files", files),
                      how);
}

enum cli_exit transfer_report(struct transfer *transfer, enum cli_exit how)
{
    return transfer->cli->global.is_json ? print_json(transfer, how) : print_text(transfer, how);
}
