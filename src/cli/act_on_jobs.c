/* SPDX-License-Identifier: MIT */
#include "cli/act_on_jobs.h"

#include "base/url_text.h"
#include "cli/failure.h"
#include "cli/find_job.h"
#include "cli/format.h"
#include "cli/json.h"
#include "cli/open_job.h"
#include "cli/open_manager.h"

#include <stdlib.h>

/* One run of a verb. */
struct acting {
    struct cli *cli;
    const struct job_act *act;
    struct xbits_manager *manager;
    json_t *answers; /* NULL: as text. */
    enum cli_exit status;
};

static void note_status(struct acting *acting, enum cli_exit status)
{
    if (status > acting->status)
        acting->status = status;
}

/* Adds to what is known of the job (NULL: nothing) how it went. */
static void add_answer(struct acting *acting, const char *word, struct xbits_job *job,
                       xbits_result result, const struct failure *failure)
{
    json_t *answer = job != NULL ? open_job_to_json(job) : json_pack("{s:n, s:n}", "id", "name");
    char code[FORMAT_SIZE];

    if (acting->answers == NULL) {
        json_decref(answer);
        return;
    }
    json_object_set_new(answer, "job", json_string(url_text(word).c));
    json_object_set_new(answer, "result", json_string(format_code(result, code)));
    json_object_set_new(answer, "error", failure ? failure_to_json(failure) : json_null());
    json_array_append_new(acting->answers, answer);
}

static void report_failure(struct acting *acting, const char *word, struct xbits_job *job)
{
    struct xbits_error error = *xbits_last_error();
    struct failure failure = { .result = error.result, .message = error.message };
    struct text what = { 0 };

    if (XBITS_FAILED(text_format(&what, "cannot %s \"%s\"", acting->act->verb, url_text(word).c)))
        text_clear(&what);
    /* In a file that takes both streams the jobs stay in their order. */
    fflush(acting->cli->out);
    failure_print(acting->cli->err, text_c(&what), &failure);
    text_dispose(&what);
    add_answer(acting, word, job, failure.result, &failure);
    note_status(acting, failure.result == XBITS_BG_E_NOT_FOUND ? CLI_NO_SUCH_JOB : CLI_FAILED);
}

/* Some successes are worth a word. */
static void report_success(struct acting *acting, const char *word, struct xbits_job *job,
                           xbits_result result)
{
    FILE *out = acting->cli->out;

    add_answer(acting, word, job, result, NULL);
    if (acting->cli->global.is_json || acting->cli->global.is_quiet)
        return;
    fprintf(out, "%s ", acting->act->done);
    open_job_print_name(out, job);
    if (result != XBITS_S_OK && result != XBITS_S_FALSE)
        fprintf(out, ": %s (%s)", xbits_result_text(result), xbits_result_name(result));
    fputc('\n', out);
}

static void act_on_job(struct acting *acting, const char *word, struct xbits_job *job)
{
    xbits_result result = acting->act->carry_out(job);

    if (XBITS_FAILED(result))
        report_failure(acting, word, job);
    else
        report_success(acting, word, job, result);
}

static void act_on_named(struct acting *acting)
{
    for (size_t i = 0; i < acting->cli->operand_count; i++) {
        const char *word = acting->cli->operands[i];
        struct xbits_job *job = NULL;

        if (XBITS_FAILED(find_job(acting->manager, word, &job)))
            report_failure(acting, word, NULL);
        else
            act_on_job(acting, word, job);
        xbits_job_close(job);
    }
}

/* The jobs that --all means, as they are when it is said. */
struct chosen {
    const struct job_act *act;
    struct xbits_id *list;
    size_t count;
    size_t room;
    xbits_result result;
};

/* xbits_job_visit */
static bool choose(const struct xbits_job_snapshot *snapshot, void *user)
{
    struct chosen *chosen = user;

    if ((chosen->act->states & 1u << snapshot->state) == 0)
        return true;
    if (chosen->act->needs_files && snapshot->progress.files_total == 0)
        return true;
    if (chosen->count == chosen->room) {
        size_t room = chosen->room > 0 ? chosen->room * 2 : 64;
        struct xbits_id *list = realloc(chosen->list, room * sizeof *list);

        if (list == NULL) {
            chosen->result = xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu jobs", room);
            return false;
        }
        chosen->list = list;
        chosen->room = room;
    }
    chosen->list[chosen->count++] = snapshot->id;
    return true;
}

static void act_on_chosen(struct acting *acting, const struct chosen *chosen)
{
    for (size_t i = 0; i < chosen->count; i++) {
        struct xbits_job *job = NULL;
        char word[XBITS_ID_TEXT_SIZE];

        xbits_id_format(&chosen->list[i], word);
        if (XBITS_FAILED(xbits_job_open(acting->manager, &chosen->list[i], &job)))
            report_failure(acting, word, NULL);
        else
            act_on_job(acting, word, job);
        xbits_job_close(job);
    }
    if (chosen->count == 0 && !acting->cli->global.is_json && !acting->cli->global.is_quiet)
        fprintf(acting->cli->out, "There is no job to %s\n", acting->act->verb);
}

static xbits_result act_on_all(struct acting *acting)
{
    struct chosen chosen = { .act = acting->act };
    xbits_result result;

    result = xbits_manager_visit_jobs(acting->manager, XBITS_SCOPE_MINE, choose, &chosen);
    if (XBITS_SUCCEEDED(result))
        result = chosen.result;
    if (XBITS_SUCCEEDED(result))
        act_on_chosen(acting, &chosen);
    free(chosen.list);
    return result;
}

static enum cli_exit finish(struct acting *acting)
{
    if (acting->answers != NULL)
        return json_print(acting->cli, acting->answers, acting->status);
    return acting->status;
}

static enum cli_exit act_on_queue(struct acting *acting, bool is_all)
{
    struct cli *cli = acting->cli;

    if (XBITS_FAILED(open_queue(&cli->global, XBITS_ACCESS_EDIT, &acting->manager)))
        return cli_fail(cli, "cannot open the queue");
    acting->answers = cli->global.is_json ? json_array() : NULL;
    if (!is_all) {
        act_on_named(acting);
    } else if (XBITS_FAILED(act_on_all(acting))) {
        json_decref(acting->answers);
        return cli_fail(cli, "cannot list the jobs");
    }
    return finish(acting);
}

enum cli_exit act_on_jobs(struct cli *cli, const struct job_act *act)
{
    const struct act_values *values = cli->values;
    struct acting acting = { .cli = cli, .act = act };
    enum cli_exit status;

    if (values->is_all != (cli->operand_count == 0)) {
        xbits_fail(XBITS_E_INVALIDARG, "%s takes one JOB or several, or --all", act->verb);
        return cli_fail_usage(cli);
    }
    status = act_on_queue(&acting, values->is_all);
    xbits_manager_close(acting.manager);
    return status;
}
