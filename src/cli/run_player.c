/* SPDX-License-Identifier: MIT */
#include "cli/run_player.h"

#include "base/clock.h"
#include "cli/interrupt.h"
#include "cli/outcome.h"
#include "cli/player_news.h"

/* How soon Ctrl-C is seen by a system that could not watch for it. */
#define SLICE_MS 250

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

/* xbits_player_item_visit */
static bool look_at_item(const struct xbits_player_item *item, void *user)
{
    struct run_player *run = user;

    run->can_go_on = run->can_go_on || item->can_go_on;
    run->has_error = run->has_error || item->job_state == XBITS_STATE_ERROR;
    return true;
}

static xbits_result step(struct run_player *run, uint64_t *due_ms_out)
{
    TRY(xbits_player_step(run->player, clock_ms(clock_system()), due_ms_out));
    TRY(run->result);
    json_writer_flush(&run->writer);
    fflush(run->cli->out);
    run->can_go_on = false;
    run->has_error = false;
    return xbits_player_visit_items(run->player, 0, look_at_item, run);
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
        TRY(step(run, &due_ms));
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
    job_table_dispose(&run->failures);
}
