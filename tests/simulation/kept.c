/* SPDX-License-Identifier: MIT */
#include "simulation/kept.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "job/job_state.h"
#include "support/assert_result.h"

bool kept_is_well(const struct kept *kept)
{
    return !kept->has_fault && !disk_power_is_off(kept->power);
}

char *kept_path(size_t file, char path[64])
{
    snprintf(path, 64, "/files/f%zu.bin", file);
    return path;
}

struct kept_job *kept_find(struct kept *kept, const struct xbits_id *id)
{
    for (size_t i = 0; i < KEPT_JOBS; i++) {
        if (kept->jobs[i].is_used && xbits_id_equal(&kept->jobs[i].id, id))
            return &kept->jobs[i];
    }
    return NULL;
}

struct xbits_job_snapshot kept_read(struct kept *kept, struct kept_job *job)
{
    struct xbits_job_snapshot snapshot;

    XBITS_INIT(&snapshot);
    claim(&kept->core, xbits_job_read(job->handle, &snapshot) == XBITS_S_OK,
          "job %u cannot be read: %s", job->number, xbits_last_error()->message);
    return snapshot;
}

struct kept_job *kept_pick(struct kept *kept)
{
    bool takes_over = pick(&kept->core, 12) == 0;
    struct kept_job *wanted[KEPT_JOBS];
    uint32_t count = 0;

    for (size_t i = 0; i < KEPT_JOBS; i++) {
        struct kept_job *job = &kept->jobs[i];

        if (job->is_used && job->handle != NULL &&
            (takes_over || !job_state_is_in(job->state, XBITS_STATES_FINAL)))
            wanted[count++] = job;
    }
    return count > 0 ? wanted[pick(&kept->core, count)] : NULL;
}

struct kept_job *kept_place(struct kept *kept)
{
    for (size_t i = 0; i < KEPT_JOBS; i++) {
        if (!kept->jobs[i].is_used)
            return &kept->jobs[i];
    }
    return NULL;
}

static void begin(struct kept *kept)
{
    kept->power = disk_power_new(kept->core.seed);
    assert_ok(disk_faulty_new(kept->power, &kept->disk));
    assert_ok(disk_faulty_new(kept->power, &kept->beside));
    assert_ok(disk_make_directory(kept->power, "/files"));
    random_init(&kept->core.random, kept->core.seed);
    kept->core.network_is_up = true;
    kept->followed = kept_new_picture();
    claim(&kept->core, kept_open(kept, XBITS_ACCESS_RUN), "no queue: %s",
          xbits_last_error()->message);
    if (!has_failed(&kept->core))
        origin_change(&kept->core, false);
}

static void step(struct kept *kept)
{
    kept_operate(kept);
    if (disk_power_is_off(kept->power))
        kept_revive(kept);
    if (!has_failed(&kept->core))
        kept_check(kept);
}

static void ask_all(struct kept *kept, unsigned which)
{
    for (size_t i = 0; i < KEPT_JOBS; i++) {
        struct kept_job *job = &kept->jobs[i];

        if (job->is_used && job->handle != NULL && !job_state_is_in(job->state, XBITS_STATES_FINAL))
            kept_ask(kept, job, which);
    }
}

/* With a sound disk, a network and a good origin every job can be transferred. */
static void recover(struct kept *kept)
{
    struct simulation *simulation = &kept->core;

    disk_power_end_after(kept->power, UINT64_MAX, DISK_POWER_KILL);
    kept_clear_faults(kept);
    kept_reopen(kept, XBITS_ACCESS_RUN);
    simulation->network_is_up = true;
    claim(simulation, xbits_sim_set_network(simulation->manager, true) == XBITS_S_OK,
          "the network does not come back");
    ask_all(kept, ASK_SUSPEND);
    origin_change(simulation, true);
    ask_all(kept, ASK_RESUME);
    claim(simulation, xbits_sim_run(simulation->manager, XBITS_FOREVER, NULL) == XBITS_S_OK,
          "the engine does not come to rest");
    kept_check(kept);
    for (size_t i = 0; i < KEPT_JOBS; i++) {
        const struct kept_job *job = &kept->jobs[i];

        if (job->is_used && job->file_count > 0 && job->handle != NULL)
            claim(simulation,
                  job_state_is_in(job->state, XBITS_STATES_FINAL | XBITS_IN(TRANSFERRED)),
                  "job %u is stuck in %s", job->number, xbits_state_name(job->state));
    }
}

static void finish(struct kept *kept)
{
    struct simulation *simulation = &kept->core;

    kept_check_due(kept);
    for (size_t i = 0; i < KEPT_JOBS; i++) {
        struct kept_job *job = &kept->jobs[i];

        if (job->is_used && job->handle != NULL &&
            !job_state_is_in(job->state, XBITS_STATES_FINAL) && pick(simulation, 3) > 0)
            kept_ask(kept, job, pick(simulation, 3) == 0 ? ASK_CANCEL : ASK_COMPLETE);
    }
    kept_check(kept);
    kept_look_on(kept);
    kept_reopen(kept, XBITS_ACCESS_EDIT);
    if (!has_failed(simulation))
        kept_check_settled(kept);
}

static void simulate(struct kept *kept, unsigned steps)
{
    struct simulation *simulation = &kept->core;

    begin(kept);
    for (; simulation->step < steps && !has_failed(simulation); simulation->step++)
        step(kept);
    if (!has_failed(simulation))
        recover(kept);
    if (!has_failed(simulation))
        finish(kept);
    trace(simulation, "%u cuts, %u kills", kept->cuts, kept->kills);
    kept_close(kept);
    free(kept->followed);
    disk_faulty_free(kept->disk);
    disk_faulty_free(kept->beside);
    disk_power_free(kept->power);
}

bool kept_run(uint64_t seed, unsigned steps, bool is_verbose, uint64_t *trace_out,
              struct text *failure_out)
{
    struct kept *kept = calloc(1, sizeof *kept);
    bool is_well;

    if (kept == NULL)
        abort();
    kept->core.seed = seed;
    kept->core.is_verbose = is_verbose;
    simulate(kept, steps);
    is_well = !has_failed(&kept->core);
    *trace_out = kept->core.trace;
    if (!is_well && failure_out != NULL &&
        XBITS_FAILED(text_add(failure_out, text_c(&kept->core.failure))))
        abort();
    text_dispose(&kept->core.failure);
    text_dispose(&kept->core.origin);
    free(kept);
    return is_well;
}
