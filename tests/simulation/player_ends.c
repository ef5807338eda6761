/* SPDX-License-Identifier: MIT */
#include "simulation/player_trade.h"

#include <inttypes.h>

#include "backend-sim/sim_backend.h"
#include "base/clock.h"
#include "job/manager.h"

/* The engine's table has no place for a disk; set before each opening. */
static struct disk *disk_to_open;

static xbits_result open_on_disk(const struct xbits_options *options,
                                 struct backend_connection **connection_out)
{
    return sim_backend_open_on(options, disk_to_open, connection_out);
}

static xbits_result open_manager(struct trade *trade)
{
    struct backend backend = sim_backend;
    struct known_backend known = { .info = { .name = "sim" }, .backend = &backend };
    struct xbits_options options;

    XBITS_INIT(&options);
    options.source = "script";
    options.clock = XBITS_CLOCK_VIRTUAL;
    options.clock_start = trade->time;
    options.seed = trade->core.seed;
    options.queue = TRADE_QUEUE;
    backend.open = open_on_disk;
    disk_to_open = trade->disk;
    return manager_open(&known, 1, &options, &trade->core.manager);
}

bool trade_open(struct trade *trade)
{
    xbits_result result = open_manager(trade);

    if (XBITS_SUCCEEDED(result))
        result = registry_open_on(TRADE_USER, trade->disk, &trade->registry);
    if (XBITS_SUCCEEDED(result))
        result = registry_open_on(TRADE_USER, trade->power, &trade->look);
    if (XBITS_FAILED(result)) {
        claim(&trade->core, !trade_is_well(trade), "the queue cannot be opened: %s",
              xbits_last_error()->message);
        trade_close(trade);
        return false;
    }
    trade_serve(trade, false);
    return true;
}

void trade_open_player(struct trade *trade, enum xbits_player_version version,
                       enum xbits_wmp_mode mode)
{
    struct xbits_player_options options;
    xbits_result result;

    XBITS_INIT(&options);
    options.user_directory = TRADE_USER;
    options.library = TRADE_MUSIC;
    options.version = version;
    options.mode = mode;
    options.tell = trade_hear;
    options.user = trade;
    result = player_open_on(trade->core.manager, &options, trade->disk, &trade->player);
    trace(&trade->core, "player %d, %s: %s", (int)version,
          mode == XBITS_WMP_LENIENT ? "lenient" : "strict", xbits_result_name(result));
    claim(&trade->core, XBITS_SUCCEEDED(result) || !trade_is_well(trade),
          "the player cannot be opened: %s", xbits_last_error()->message);
    trade->version = version;
    trade->mode = mode;
    trade->has_looked = false;
    trade->is_session_well = trade_is_well(trade);
    for (size_t i = 0; i < trade->job_count; i++) {
        trade->jobs[i].is_adopted = false;
        trade->jobs[i].is_session_over = false;
        /* A player that cannot remember goes on without. */
        trade->jobs[i].must_be_inherited &= trade_is_well(trade);
    }
}

/* A WMP_STATUS stays one; a WMP_JOB that becomes one is adopted anew. */
static void allow(struct trade *trade)
{
    for (size_t i = 0; i < trade->job_count; i++) {
        struct trade_job *job = &trade->jobs[i];

        bool is_shown_only = job->is_adopted && job->adopted_text->kind == XBITS_WMP_STATUS;

        job->may_complete = trade_fits(trade, job) && !is_shown_only &&
                            job->text->kind == XBITS_WMP_JOB &&
                            trade->version != XBITS_PLAYER_WMP9 && trade->refresh != 0;
    }
}

/* What the step began may come to light later. */
static void note_tried(struct trade *trade)
{
    for (size_t i = 0; i < trade->job_count; i++) {
        struct trade_job *job = &trade->jobs[i];

        if (!job->may_complete || trade_is_well(trade))
            continue;
        job->was_tried = true;
        job->is_unsure = true;
        job->is_excused |= trade_give_up_planted(trade, job->local_names[0]);
    }
}

/* A look when one is due, and none when none is wanted. */
static void check_look(struct trade *trade, uint64_t passes)
{
    bool has_looked = trade->player->pass != passes;
    bool may_look = trade->version != XBITS_PLAYER_WMP9 && trade->refresh != 0;

    claim(&trade->core, may_look || !has_looked, "the player looked though it must not");
    claim(&trade->core,
          !may_look || has_looked || trade->now_ms < trade->looked_ms + trade->player->poll_ms,
          "the player did not look");
    if (has_looked)
        trade->looked_ms = trade->now_ms;
}

static void forbid(struct trade *trade)
{
    for (size_t i = 0; i < trade->job_count; i++)
        trade->jobs[i].may_complete = false;
}

void trade_step_player(struct trade *trade, uint64_t ms)
{
    uint64_t passes = trade->player->pass;
    uint64_t due_ms = 0;
    xbits_result result;

    trade->now_ms += ms;
    trade->was_moved = false;
    allow(trade);
    result = xbits_player_step(trade->player, trade->now_ms, &due_ms);
    trace(&trade->core, "step: %s", xbits_result_name(result));
    claim(&trade->core, XBITS_SUCCEEDED(result) || !trade_is_well(trade), "the step failed: %s",
          xbits_last_error()->message);
    note_tried(trade);
    if (trade_is_on(trade)) {
        trade_see(trade);
        if (XBITS_SUCCEEDED(result)) {
            check_look(trade, passes);
            if (trade->player->pass != passes)
                trade_check_items(trade);
        }
    }
    forbid(trade);
}

/* What the next session can know of this one. */
static void bequeath(struct trade *trade)
{
    for (size_t i = 0; i < trade->job_count; i++) {
        struct trade_job *job = &trade->jobs[i];
        bool is_known = job->is_adopted || (job->must_be_inherited && !trade->has_looked);

        job->must_be_inherited =
            is_known && !job->is_session_over && trade->is_session_well && trade_is_well(trade);
        job->may_be_inherited |= job->is_adopted;
        job->is_adopted = false;
    }
}

void trade_close_player(struct trade *trade)
{
    if (trade->player == NULL)
        return;
    trace(&trade->core, "player closed");
    xbits_player_close(trade->player);
    trade->player = NULL;
    trade_end_session_of_downloads(trade);
    bequeath(trade);
}

void trade_close(struct trade *trade)
{
    trade_close_player(trade);
    xbits_registry_close(trade->registry);
    xbits_registry_close(trade->look);
    trade->registry = NULL;
    trade->look = NULL;
    if (trade->core.manager != NULL)
        trade->time = xbits_manager_time(trade->core.manager);
    xbits_manager_close(trade->core.manager);
    trade->core.manager = NULL;
}

static void calm(struct trade *trade)
{
    trade_clear_faults(trade);
    disk_power_end_after(trade->power, UINT64_MAX, DISK_POWER_KILL);
    disk_power_restore(trade->power);
    trade->is_armed = false;
}

void trade_reopen(struct trade *trade)
{
    trace(&trade->core, "closed and opened");
    trade_close(trade);
    if (!trade_is_on(trade)) {
        trade_revive(trade);
        return;
    }
    calm(trade);
    trade_open(trade);
}

/* Whoever comes next may be hit, too. */
static void hit_again(struct trade *trade, enum disk_power_end end)
{
    disk_power_end_after(trade->power, 1 + pick(&trade->core, 150), end);
    trade->is_armed = true;
    if (trade_open(trade)) {
        trade_see(trade);
        trade_open_player(trade, XBITS_PLAYER_WMP12, XBITS_WMP_STRICT);
        if (trade->player != NULL)
            trade_step_player(trade, 1000);
    }
    trace(&trade->core, "and again: %d", (int)disk_power_is_off(trade->power));
    disk_power_end_after(trade->power, 0, end);
    trade_close(trade);
    calm(trade);
}

void trade_revive(struct trade *trade)
{
    trace(&trade->core, "the power went");
    trade->is_shaken = true;
    trade->is_session_well = false;
    trade_close(trade);
    for (size_t i = 0; i < trade->job_count; i++)
        trade->jobs[i].must_be_inherited = false;
    calm(trade);
    if (pick(&trade->core, 3) == 0)
        hit_again(trade, pick(&trade->core, 2) == 0 ? DISK_POWER_CUT : DISK_POWER_KILL);
    if (!has_failed(&trade->core))
        trade_open(trade);
}

void trade_end_operation(struct trade *trade)
{
    enum disk_power_end end = pick(&trade->core, 2) == 0 ? DISK_POWER_CUT : DISK_POWER_KILL;
    uint64_t operations = pick(&trade->core, 3) == 0 ? 0 : 1 + pick(&trade->core, 120);

    if (end == DISK_POWER_CUT)
        trade->cuts++;
    else
        trade->kills++;
    trace(&trade->core, "%s after %" PRIu64, end == DISK_POWER_CUT ? "power cut" : "kill",
          operations);
    trade->is_armed = true;
    disk_power_end_after(trade->power, operations, end);
}
