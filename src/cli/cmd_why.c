/* SPDX-License-Identifier: MIT */
#include "base/url_text.h"
#include "cli/commands.h"
#include "cli/find_job.h"
#include "cli/open_manager.h"
#include "cli/shell_text.h"
#include "cli/why_print.h"
#include "xbits/file.h"

#include <string.h>

/* What is the same for every job that is explained. */
struct reader {
    struct cli *cli;
    struct xbits_manager *manager;
    uint64_t owner;
    struct text program;
    bool has_turn;                  /* turn is filled. */
    struct xbits_job_snapshot turn; /* The background job that has the turn. */
    struct json_writer writer;
    bool has_answers;
    xbits_result result; /* Of what a visit could not do. */
};

/* The file that an error is about, as it is shown. */
struct file_texts {
    struct text url;
    struct text name;
    struct text directory;
};

static void dispose_texts(struct file_texts *texts)
{
    text_dispose(&texts->url);
    text_dispose(&texts->name);
    text_dispose(&texts->directory);
}

/* The directory of a path, as a word for a shell. A file in the root has the root's name before
 * it. */
static xbits_result add_directory(struct text *directory, const char *path)
{
    const char *slash = strrchr(path, '/');
    struct text name = { 0 };
    xbits_result result;

    if (slash == NULL)
        return XBITS_S_OK;
    result = text_append(&name, path, slash == path ? 1 : (size_t)(slash - path));
    if (XBITS_SUCCEEDED(result))
        result = shell_text_add(directory, text_c(&name));
    text_dispose(&name);
    return result;
}

static xbits_result copy_texts(const struct xbits_file_snapshot *file, struct file_texts *texts)
{
    TRY(url_text_add(&texts->url, file->remote_name));
    TRY(text_add(&texts->name, file->local_name));
    return add_directory(&texts->directory, file->local_name);
}

/* Of a job whose error is about no file, and of one that is gone, nothing. */
static xbits_result read_texts(struct reader *reader, const struct xbits_job_snapshot *snapshot,
                               struct file_texts *texts)
{
    struct xbits_file_snapshot file;
    struct xbits_job *job = NULL;
    xbits_result result = XBITS_S_OK;

    if (!snapshot->has_error || snapshot->error.file >= XBITS_FILE_REPLY)
        return XBITS_S_OK;
    if (XBITS_FAILED(xbits_job_open(reader->manager, &snapshot->id, &job)))
        return XBITS_S_OK;
    XBITS_INIT(&file);
    if (XBITS_SUCCEEDED(xbits_job_read_file(job, snapshot->error.file, &file)))
        result = copy_texts(&file, texts);
    xbits_job_close(job);
    return result;
}

static struct why_blocker blocker_of(const struct reader *reader,
                                     const struct xbits_job_snapshot *job)
{
    if (!reader->has_turn || xbits_id_equal(&reader->turn.id, &job->id))
        return (struct why_blocker){ .is_there = false };
    return (struct why_blocker){ .is_there = job->waiting_for == XBITS_WAITING_TURN,
                                 .id = reader->turn.id,
                                 .state = reader->turn.state,
                                 .priority = reader->turn.priority,
                                 .display_name = reader->turn.display_name };
}

static xbits_result print(struct reader *reader, const struct why_answer *answer)
{
    FILE *out = reader->cli->out;

    if (reader->cli->global.is_json) {
        why_print_json(&reader->writer, answer);
    } else {
        if (reader->has_answers)
            fputc('\n', out);
        why_print_text(out, answer);
    }
    reader->has_answers = true;
    return XBITS_S_OK;
}

static xbits_result explain(struct reader *reader, const struct xbits_job_snapshot *job)
{
    struct file_texts texts = { .url = { 0 } };
    struct why_facts facts = { .job = job,
                               .now = xbits_manager_time(reader->manager),
                               .owner = reader->owner,
                               .program = text_c(&reader->program),
                               .blocker = blocker_of(reader, job) };
    struct why why = { .cause = NULL };
    xbits_result result;

    result = read_texts(reader, job, &texts);
    facts.url = text_c(&texts.url);
    facts.directory = text_c(&texts.directory);
    if (XBITS_SUCCEEDED(result))
        result = why_explain(&facts, &why);
    if (XBITS_SUCCEEDED(result))
        result = print(reader, &(struct why_answer){ &facts, &why, text_c(&texts.name) });
    why_dispose(&why);
    dispose_texts(&texts);
    return result;
}

/* xbits_job_visit */
static bool explain_visited(const struct xbits_job_snapshot *job, void *user)
{
    struct reader *reader = user;

    /* What moves is not stuck. */
    if (job->state == XBITS_STATE_TRANSFERRING)
        return true;
    reader->result = explain(reader, job);
    return XBITS_SUCCEEDED(reader->result) && !ferror(reader->cli->out);
}

/* xbits_job_visit */
static bool find_turn(const struct xbits_job_snapshot *job, void *user)
{
    struct reader *reader = user;
    uint32_t on_turn = XBITS_IN(CONNECTING) | XBITS_IN(TRANSFERRING);

    if (job->priority == XBITS_PRIORITY_FOREGROUND || ((1u << job->state) & on_turn) == 0)
        return true;
    XBITS_INIT(&reader->turn);
    reader->result = xbits_job_snapshot_copy(job, &reader->turn);
    reader->has_turn = XBITS_SUCCEEDED(reader->result);
    return false;
}

static xbits_result explain_one(struct reader *reader)
{
    struct xbits_job_snapshot snapshot;
    struct xbits_job *job = NULL;
    xbits_result result;

    TRY(find_job(reader->manager, reader->cli->operands[0], &job));
    XBITS_INIT(&snapshot);
    result = xbits_job_read(job, &snapshot);
    if (XBITS_SUCCEEDED(result))
        result = explain(reader, &snapshot);
    xbits_job_close(job);
    return result;
}

static xbits_result explain_all(struct reader *reader)
{
    bool is_json = reader->cli->global.is_json;

    if (is_json)
        json_array_begin(&reader->writer, NULL);
    TRY(xbits_manager_visit_jobs(reader->manager, XBITS_SCOPE_MINE, explain_visited, reader));
    TRY(reader->result);
    if (is_json)
        json_array_end(&reader->writer);
    else if (!reader->has_answers && !reader->cli->global.is_quiet)
        fputs("xbits: no job waits for anything\n", reader->cli->err);
    return XBITS_S_OK;
}

static xbits_result prepare(struct reader *reader)
{
    json_writer_init(&reader->writer, reader->cli->out, false);
    TRY(shell_text_program(&reader->program, &reader->cli->global));
    TRY(xbits_manager_owner(reader->manager, &reader->owner));
    TRY(xbits_manager_visit_jobs(reader->manager, XBITS_SCOPE_MINE, find_turn, reader));
    return reader->result;
}

static enum cli_exit read_queue(struct reader *reader)
{
    struct cli *cli = reader->cli;

    if (XBITS_FAILED(prepare(reader)))
        return cli_fail(cli, "cannot read the queue");
    if (cli->operand_count > 0) {
        if (XBITS_FAILED(explain_one(reader)))
            return fail_to_find(cli, cli->operands[0]);
    } else if (XBITS_FAILED(explain_all(reader))) {
        return cli_fail(cli, "cannot read the queue");
    }
    json_writer_flush(&reader->writer);
    return CLI_DONE;
}

static enum cli_exit run(struct cli *cli)
{
    struct reader reader = { .cli = cli };
    enum cli_exit status;

    if (XBITS_FAILED(open_queue(&cli->global, XBITS_ACCESS_READ, &reader.manager)))
        return cli_fail(cli, "cannot open the queue");
    tell_owner(cli, reader.manager);
    status = read_queue(&reader);
    xbits_job_snapshot_dispose(&reader.turn);
    text_dispose(&reader.program);
    xbits_manager_close(reader.manager);
    return status;
}

const struct cli_command cmd_why = {
    .name = "why",
    .operands = "[JOB]",
    .summary = "Say why a job does not move, and what would move it",
    .details = "JOB is an id or the name of exactly one job; without it every job is explained\n"
               "through which no bytes move: what it waits for and since when, the true cause,\n"
               "and commands that would help.\n",
    .operand_maximum = 1,
    .run = run,
};
