/* SPDX-License-Identifier: MIT */
#include "cli/run_player.h"

#include "base/clock.h"
#include "cli/format.h"
#include "cli/interrupt.h"
#include "cli/outcome.h"
#include "cli/player_news.h"

#include <string.h>

/* How soon Ctrl-C is seen by a system that could not watch for it. */
#define SLICE_MS 250
/* How soon what failed is tried again. */
#define RETRY_MS 1000

void run_player_init(struct run_player *run, struct cli *cli)
{
    *run = (struct run_player){ .cli = cli, .cursor = { XBITS_CURSOR_NOW } };
    json_writer_init(&run->writer, cli->out, true);
}

static xbits_result note_failure(struct run_player *run, const struct xbits_player_news *news)
{
    struct job_entry *entry;

    if (news->kind != XBITS_NEWS_FAILED && news->kind != XBITS_NEWS_FILED)
        return XBITS_S_OK;
    TRY(job_table_entry(&run->failures, &news->job, &entry));
    job_table_set(&run->failures, entry, entry->state, news->kind == XBITS_NEWS_FAILED);
    return XBITS_S_OK;
}

void run_player_tell(const struct xbits_player_news *news, void *user)
{
    struct run_player *run = user;
    xbits_result result = note_failure(run, news);

    if (XBITS_FAILED(result))
        run->result = result;
    run->adopted += news->kind == XBITS_NEWS_ADOPTED;
    run->filed += news->kind == XBITS_NEWS_FILED;
    if (run->cli->global.is_json)
        json_player_news(&run->writer, news);
    else
        player_news_print(run->cli, news);
}

/* Each time that it begins to wait: a retry that fails is worth a line, a look at it is not. */
static xbits_result note_wait(struct run_player *run, const struct xbits_player_item *item)
{
    struct job_entry *entry;
    bool was_waiting;

    TRY(job_table_entry(&run->states, &item->job, &entry));
    was_waiting = entry->has_state && entry->state == XBITS_STATE_TRANSIENT_ERROR;
    job_table_set(&run->states, entry, item->job_state, false);
    if (item->job_state == XBITS_STATE_TRANSIENT_ERROR && !was_waiting)
        player_news_print_wait(run->cli, item);
    return XBITS_S_OK;
}

/* xbits_player_item_visit */
static bool look_at_item(const struct xbits_player_item *item, void *user)
{
    struct run_player *run = user;

    run->result = note_wait(run, item);
    run->can_go_on = run->can_go_on || item->can_go_on;
    run->has_error = run->has_error || item->job_state == XBITS_STATE_ERROR;
    return XBITS_SUCCEEDED(run->result);
}

static xbits_result step(struct run_player *run, uint64_t *due_ms_out)
{
    TRY(xbits_player_step(run->player, clock_ms(clock_system()), due_ms_out));
    TRY(run->result);
    json_writer_flush(&run->writer);
    fflush(run->cli->out);
    run->can_go_on = false;
    run->has_error = false;
    TRY(xbits_player_visit_items(run->player, 0, look_at_item, run));
    return run->result;
}

/* A Player that goes on for ever is not ended by what can be mended, as by half of a registry.ini
 * that somebody edits: it says so once, and tries again. */
static xbits_result step_patiently(struct run_player *run, uint64_t *due_ms_out)
{
    xbits_result result = step(run, due_ms_out);
    const char *message = xbits_last_error()->message;

    if (XBITS_SUCCEEDED(result)) {
        text_clear(&run->complaint);
        return result;
    }
    if (run->is_once || result == XBITS_E_ABORT || XBITS_FAILED(run->result))
        return result;
    *due_ms_out = clock_ms(clock_system()) + RETRY_MS;
    if (strcmp(text_c(&run->complaint), message) == 0)
        return XBITS_S_OK;
    text_clear(&run->complaint);
    TRY(text_add(&run->complaint, message));
    fputs("xbits: the Player waits: ", run->cli->err);
    format_safely(run->cli->err, text_c(&run->complaint));
    fputc('\n', run->cli->err);
    return XBITS_S_OK;
}

/* The player looks at the queue when it is time to, whatever changes there before. */
static xbits_result wait_until(struct run_player *run, uint64_t due_ms, bool *is_interrupted_out)
{
    bool is_interrupted = interrupt_take();

    while (!is_interrupted) {
        uint64_t now_ms = clock_ms(clock_system());
        uint64_t left_ms = due_ms > now_ms ? due_ms - now_ms : 0;
        struct xbits_change change;

        if (left_ms == 0)
            break;
        XBITS_INIT(&change);
        TRY(xbits_manager_next_change(run->manager, &run->cursor,
                                      left_ms < SLICE_MS ? left_ms : SLICE_MS, &change));
        is_interrupted = interrupt_take();
    }
    *is_interrupted_out = is_interrupted;
    return XBITS_S_OK;
}

static bool has_failed(const struct run_player *run)
{
    return run->has_error || run->failures.pending_count > 0;
}

xbits_result run_player_follow(struct run_player *run, enum cli_exit *how_out)
{
    bool is_interrupted = false;
    uint64_t due_ms = 0;

    while (!is_interrupted) {
        TRY(step_patiently(run, &due_ms));
        if (ferror(run->cli->out) || (run->is_once && !run->can_go_on)) {
            *how_out = ferror(run->cli->out) || has_failed(run) ? CLI_FAILED : CLI_DONE;
            return XBITS_S_OK;
        }
        TRY(wait_until(run, due_ms, &is_interrupted));
    }
    *how_out = CLI_INTERRUPTED;
    return XBITS_S_OK;
}

void run_player_summarise(struct run_player *run, enum cli_exit how)
{
    struct json_writer *writer = &run->writer;

    if (how == CLI_INTERRUPTED)
        fputs("xbits: interrupted; the jobs stay in the queue\n", run->cli->err);
    if (!run->cli->global.is_json)
        return;
    json_object_begin(writer, NULL);
    json_text(writer, "outcome", outcome_name(how));
    json_number(writer, "adopted", (int64_t)run->adopted);
    json_number(writer, "filed", (int64_t)run->filed);
    json_number(writer, "failed", (int64_t)run->failures.pending_count);
    json_object_end(writer);
    json_writer_flush(writer);
}

void run_player_dispose(struct run_player *run)
{
    text_dispose(&run->complaint);
    job_table_dispose(&run->failures);
    job_table_dispose(&run->states);
}
