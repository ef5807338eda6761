/* SPDX-License-Identifier: MIT */
#include "simulation/player_trade.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/clock.h"

/* The disk in memory has no clock, and what is written anew may get the old one's inode. */
void trade_touch_registry(struct trade *trade)
{
    struct disk_file *file = NULL;

    if (XBITS_FAILED(disk_open(trade->power, TRADE_USER "/registry.ini", DISK_OPEN_WRITE, &file)))
        return;
    trade->stamp += CLOCK_TICKS_PER_S;
    (void)disk_set_modified(trade->power, file, trade->stamp);
    (void)disk_close(trade->power, file);
}

static void change_store(struct trade *trade)
{
    uint32_t store = pick(&trade->core, TRADE_STORES);
    xbits_result result = trade->is_installed[store]
                              ? xbits_registry_remove_store(trade->registry, trade_stores[store])
                              : xbits_registry_add_store(trade->registry, trade_stores[store], "");

    trade_touch_registry(trade);
    trace(&trade->core, "%s %s: %s", trade_stores[store],
          trade->is_installed[store] ? "goes" : "comes", xbits_result_name(result));
    claim(&trade->core, XBITS_SUCCEEDED(result) || !trade_is_well(trade), "%s: %s",
          trade_stores[store], xbits_last_error()->message);
}

static void set_refresh(struct trade *trade)
{
    uint32_t number = pick(&trade->core, 4);
    struct xbits_value value = xbits_value_u32(number == 0 ? 0 : number);
    xbits_result result;

    if (number == 1)
        value = (struct xbits_value){ .kind = XBITS_KIND_NONE };
    result = xbits_registry_set(trade->registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &value);
    trade_touch_registry(trade);
    trace(&trade->core, "RefreshDownload %" PRIu32 ": %s", number, xbits_result_name(result));
    claim(&trade->core, XBITS_SUCCEEDED(result) || !trade_is_well(trade), "RefreshDownload: %s",
          xbits_last_error()->message);
}

void trade_advance(struct trade *trade, uint64_t ms)
{
    trace(&trade->core, "advance %" PRIu64, ms);
    trade->now_ms += ms;
    claim(&trade->core, xbits_sim_advance(trade->core.manager, ms) == XBITS_S_OK,
          "the clock cannot be advanced: %s", xbits_last_error()->message);
}

static void advance(struct trade *trade)
{
    static const uint32_t bounds[] = { 200, 3000, 9000, 60000, 1300000 };

    trade_advance(trade, pick(&trade->core, bounds[pick(&trade->core, 5)]));
}

static void play(struct trade *trade)
{
    static const enum xbits_player_version versions[] = {
        XBITS_PLAYER_WMP12, XBITS_PLAYER_WMP12, XBITS_PLAYER_WMP11,
        XBITS_PLAYER_WMP10, XBITS_PLAYER_WMP10, XBITS_PLAYER_WMP9,
    };

    if (trade->player == NULL)
        trade_open_player(trade, versions[pick(&trade->core, 6)],
                          pick(&trade->core, 3) == 0 ? XBITS_WMP_LENIENT : XBITS_WMP_STRICT);
    else if (pick(&trade->core, 5) == 0)
        trade_close_player(trade);
}

static void step_player(struct trade *trade)
{
    if (trade->player == NULL)
        return;
    if (pick(&trade->core, 2) == 0)
        trade_advance(trade, 5000);
    trade_step_player(trade, 500 + pick(&trade->core, 2000));
}

static void ask_item(struct trade *trade)
{
    static const struct {
        const char *name;
        xbits_result (*call)(struct xbits_player *player, const struct xbits_id *job);
    } requests[] = { { "pause", xbits_player_pause_item },
                     { "resume", xbits_player_resume_item },
                     { "cancel", xbits_player_cancel_item } };
    uint32_t which = pick(&trade->core, 3);
    struct trade_job *job = trade_pick(trade);
    xbits_result result;

    if (job == NULL || trade->player == NULL)
        return;
    result = requests[which].call(trade->player, &job->id);
    trace(&trade->core, "job %u: %s on the page: %s", job->number, requests[which].name,
          xbits_result_name(result));
    claim(&trade->core, job->is_adopted || result == XBITS_BG_E_NOT_FOUND,
          "job %u is no item, and %s answered %s", job->number, requests[which].name,
          xbits_result_name(result));
    job->is_cancelled_here |=
        job->is_adopted && which == 2 && (XBITS_SUCCEEDED(result) || !trade_is_well(trade));
}

/* What goes wrong, with what. A move to another device is only another way to move. */
static const struct {
    const char *operation;
    const char *path_part;
    xbits_result result;
} faults[] = {
    { "*", "library.db", XBITS_ERROR_IO_DEVICE },
    { "write_at", "library.db", XBITS_ERROR_DISK_FULL },
    { "sync", "library.db", XBITS_ERROR_IO_DEVICE },
    { "*", "queue.db", XBITS_ERROR_IO_DEVICE },
    { "sync", "queue.db", XBITS_ERROR_IO_DEVICE },
    { "*", "store.db", XBITS_ERROR_IO_DEVICE },
    { "*", "registry", XBITS_ERROR_IO_DEVICE },
    { "*", "/music/", XBITS_ERROR_IO_DEVICE },
    { "*", "/files/", XBITS_ERROR_IO_DEVICE },
    { "stat", "", XBITS_ERROR_IO_DEVICE },
    { "is_taken", "", XBITS_ERROR_IO_DEVICE },
    { "open", "", XBITS_E_ACCESSDENIED },
    { "make_directory", "", XBITS_ERROR_DISK_FULL },
    { "rename", "", XBITS_ERROR_IO_DEVICE },
    { "rename_new", "", XBITS_ERROR_IO_DEVICE },
    { "rename_new", "/files/", XBITS_ERROR_NOT_SAME_DEVICE },
    { "rename_new", "/music/", XBITS_ERROR_NOT_SAME_DEVICE },
    { "remove", "", XBITS_ERROR_IO_DEVICE },
    { "sync_directory", "", XBITS_ERROR_IO_DEVICE },
    { "*", "", XBITS_ERROR_IO_DEVICE },
};
#define FAULT_COUNT (sizeof faults / sizeof faults[0])

void trade_clear_faults(struct trade *trade)
{
    disk_faulty_clear(trade->disk);
    trade->has_fault = false;
}

static void fault(struct trade *trade)
{
    uint32_t choice = pick(&trade->core, FAULT_COUNT);
    struct disk_fault fault = { .operation = faults[choice].operation,
                                .path_part = faults[choice].path_part,
                                .nth = pick(&trade->core, 3) == 0 ? 0 : 1 + pick(&trade->core, 12),
                                .kind = DISK_FAULT_FAIL,
                                .result = faults[choice].result };

    if (trade->has_fault) {
        trace(&trade->core, "the disk is well again");
        trade_clear_faults(trade);
        return;
    }
    if (fault.result == XBITS_ERROR_NOT_SAME_DEVICE)
        fault.nth = 0;
    trace(&trade->core, "%s of \"%s\" fails: %s, %" PRIu64, fault.operation, fault.path_part,
          xbits_result_name(fault.result), fault.nth);
    claim(&trade->core, disk_faulty_add(trade->disk, &fault) == XBITS_S_OK, "no such fault");
    trade->has_fault = true;
    trade->was_faulty = true;
    trade->is_shaken = true;
    trade->is_session_well = false;
}

static const struct {
    void (*run)(struct trade *trade);
    unsigned weight;
} operations[] = {
    { trade_send, 12 },
    { trade_send_by_hand, 6 },
    { trade_ask_operation, 9 },
    { trade_describe_operation, 4 },
    { change_store, 3 },
    { set_refresh, 4 },
    { advance, 18 },
    { play, 10 },
    { step_player, 40 },
    { ask_item, 5 },
    { trade_start_download, 7 },
    { trade_ask_download, 9 },
    { trade_clear_downloads, 1 },
    { trade_foreign_operation, 7 },
    { fault, 5 },
    { trade_end_operation, 5 },
    { trade_reopen, 2 },
};
#define OPERATION_COUNT (sizeof operations / sizeof operations[0])

void trade_operate(struct trade *trade)
{
    unsigned total = 0;
    unsigned drawn;

    /* What hinders most does not last. */
    if (trade->has_fault && pick(&trade->core, 5) == 0)
        fault(trade);
    for (size_t i = 0; i < OPERATION_COUNT; i++)
        total += operations[i].weight;
    drawn = pick(&trade->core, total);
    for (size_t i = 0; i < OPERATION_COUNT; i++) {
        if (drawn < operations[i].weight) {
            operations[i].run(trade);
            return;
        }
        drawn -= operations[i].weight;
    }
}
