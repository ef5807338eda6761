/* SPDX-License-Identifier: MIT */
#include "simulation/player_trade.h"

#include <stdlib.h>

#include "support/assert_result.h"

bool trade_is_on(const struct trade *trade)
{
    return !disk_power_is_off(trade->power);
}

bool trade_is_well(const struct trade *trade)
{
    return !trade->has_fault && trade_is_on(trade);
}

static struct random *ids;

/* In place of the system's: see CMakeLists.txt. */
xbits_result random_system(void *bytes, size_t size)
{
    uint8_t *byte = bytes;

    for (size_t i = 0; i < size; i++)
        byte[i] = (uint8_t)random_below(ids, 256);
    return XBITS_S_OK;
}

static void begin(struct trade *trade)
{
    trade->power = disk_power_new(trade->core.seed);
    assert_ok(disk_faulty_new(trade->power, &trade->disk));
    assert_ok(disk_make_directory(trade->power, TRADE_DIR));
    random_init(&trade->core.random, trade->core.seed);
    random_init(&trade->ids, ~trade->core.seed);
    ids = &trade->ids;
    if (!trade_open(trade))
        return;
    for (size_t i = 0; i < 2; i++)
        assert_ok(xbits_registry_add_store(trade->registry, trade_stores[i], ""));
    trade_touch_registry(trade);
    trade_see(trade);
}

static void step(struct trade *trade)
{
    trade_operate(trade);
    do {
        if (!trade_is_on(trade))
            trade_revive(trade);
        if (!has_failed(&trade->core))
            trade_check(trade);
    } while (!trade_is_on(trade) && !has_failed(&trade->core));
}

static void ask_all(struct trade *trade)
{
    for (size_t i = 0; i < trade->job_count && !has_failed(&trade->core); i++) {
        struct trade_job *job = &trade->jobs[i];

        if (job->is_present && (job->state == XBITS_STATE_ERROR || pick(&trade->core, 2) == 0) &&
            job->files_total > 0)
            trade_ask(trade, job, TRADE_RESUME);
    }
}

static void play_to_the_end(struct trade *trade)
{
    trade_open_player(trade, XBITS_PLAYER_WMP12,
                      pick(&trade->core, 2) == 0 ? XBITS_WMP_LENIENT : XBITS_WMP_STRICT);
    trade_resume_downloads(trade);
    for (int i = 0; i < 6 && !has_failed(&trade->core); i++) {
        claim(&trade->core, xbits_sim_run(trade->core.manager, XBITS_FOREVER, NULL) == XBITS_S_OK,
              "the engine does not come to rest");
        trade_see(trade);
        if (!has_failed(&trade->core))
            trade_step_player(trade, 5000);
    }
}

/* With a sound disk and a good origin whatever can be filed is. */
static void recover(struct trade *trade)
{
    struct xbits_value one = xbits_value_u32(1);

    trade_close(trade);
    trade_clear_faults(trade);
    disk_power_end_after(trade->power, UINT64_MAX, DISK_POWER_KILL);
    disk_power_restore(trade->power);
    trade->is_armed = false;
    if (!trade_open(trade))
        return;
    claim(&trade->core,
          xbits_registry_set(trade->registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &one) == XBITS_S_OK,
          "RefreshDownload cannot be set");
    trade_touch_registry(trade);
    trade_serve(trade, true);
    trade_check(trade);
    ask_all(trade);
    if (!has_failed(&trade->core))
        play_to_the_end(trade);
}

/* Another session has nothing to do. */
static void finish(struct trade *trade)
{
    trade_check_end(trade);
    trade_reopen(trade);
    if (has_failed(&trade->core))
        return;
    trade_serve(trade, true);
    trade_check(trade);
    play_to_the_end(trade);
    if (!has_failed(&trade->core))
        trade_check_end(trade);
}

static void simulate(struct trade *trade, unsigned steps)
{
    begin(trade);
    for (; trade->core.step < steps && !has_failed(&trade->core); trade->core.step++)
        step(trade);
    if (!has_failed(&trade->core))
        recover(trade);
    if (!has_failed(&trade->core))
        finish(trade);
    trace(&trade->core, "%u cuts, %u kills", trade->cuts, trade->kills);
    trade_close(trade);
    disk_faulty_free(trade->disk);
    disk_power_free(trade->power);
}

bool trade_run(uint64_t seed, unsigned steps, bool is_verbose, uint64_t *trace_out,
               struct text *failure_out)
{
    struct trade *trade = calloc(1, sizeof *trade);
    bool is_well;

    if (trade == NULL)
        abort();
    trade->core.seed = seed;
    trade->core.is_verbose = is_verbose;
    simulate(trade, steps);
    is_well = !has_failed(&trade->core);
    *trace_out = trade->core.trace;
    if (!is_well && failure_out != NULL &&
        XBITS_FAILED(text_add(failure_out, text_c(&trade->core.failure))))
        abort();
    text_dispose(&trade->core.failure);
    free(trade);
    return is_well;
}
