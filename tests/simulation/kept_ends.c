/* SPDX-License-Identifier: MIT */
#include "simulation/kept.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "backend-sim/sim_backend.h"
#include "base/clock.h"
#include "job/job_state.h"
#include "job/manager.h"

/* The engine's table has no place for a disk; set before each opening. */
static struct disk *disk_to_open;

static xbits_result open_on_disk(const struct xbits_options *options,
                                 struct backend_connection **connection_out)
{
    return sim_backend_open_on(options, disk_to_open, connection_out);
}

xbits_result kept_open_one(struct kept *kept, const char *principal, enum xbits_access access,
                           struct xbits_manager **manager_out)
{
    static const char *const settings[] = { "transfer.gather_bytes=16384",
                                            "transfer.buffer_bytes=16384",
                                            "transfer.checkpoint_bytes=16384",
                                            "transfer.checkpoint_s=0",
                                            "policy.MaxJobsPerUser=5",
                                            "policy.MaxFilesPerJob=6",
                                            NULL };
    struct backend backend = sim_backend;
    struct known_backend known = { .info = { .name = "sim" }, .backend = &backend };
    struct xbits_options options;

    backend.open = open_on_disk;
    disk_to_open = access == XBITS_ACCESS_READ ? kept->beside : kept->disk;
    XBITS_INIT(&options);
    options.principal = principal;
    options.source = "script";
    options.clock = XBITS_CLOCK_VIRTUAL;
    options.clock_start = kept->time;
    options.seed = kept->core.seed;
    options.settings = settings;
    options.queue = "/state/queue";
    options.access = access;
    return manager_open(&known, 1, &options, manager_out);
}

bool kept_open(struct kept *kept, enum xbits_access access)
{
    static const char *const principals[] = { "user", "service" };
    xbits_result result = XBITS_S_OK;

    for (size_t i = 0; i < CALLER_COUNT && XBITS_SUCCEEDED(result); i++)
        result = kept_open_one(kept, principals[i], access, &kept->managers[i]);
    kept->core.manager = kept->managers[CALLER_USER];
    if (XBITS_FAILED(result)) {
        struct xbits_error why = *xbits_last_error();

        claim(&kept->core, result != XBITS_BG_E_DATABASE_CORRUPT && !kept_is_well(kept),
              "the queue cannot be opened: %s", why.message);
        kept_close(kept);
        return false;
    }
    kept->access = access;
    return true;
}

void kept_close(struct kept *kept)
{
    for (size_t i = 0; i < KEPT_JOBS; i++) {
        xbits_job_close(kept->jobs[i].handle);
        kept->jobs[i].handle = NULL;
        kept->jobs[i].subscriber = -1;
    }
    for (size_t i = 0; i < CALLER_COUNT; i++) {
        xbits_manager_close(kept->managers[i]);
        kept->managers[i] = NULL;
    }
    kept->core.manager = NULL;
    kept->core.cursor = (struct xbits_cursor){ 0 };
    memset(kept->delivered, 0, sizeof kept->delivered);
}

static bool note_end(const struct xbits_event *event, void *user)
{
    struct kept_end *end = user;

    if (xbits_id_equal(&event->job, &end->job) &&
        (event->id == XBITS_EVENT_COMPLETED || event->id == XBITS_EVENT_CANCELLED))
        end->event = event->id;
    return true;
}

/* A file that Complete began to publish may have its name though the job was cancelled then. */
static void end_files(struct kept *kept, const struct kept_job *job, enum xbits_event_id event)
{
    for (size_t i = 0; i < kept->file_count; i++) {
        struct kept_file *file = &kept->files[i];

        if (file->job != job->number)
            continue;
        file->is_over = true;
        if (event == XBITS_EVENT_COMPLETED)
            file->name = file->was_transferred ? NAME_PRESENT : NAME_EITHER;
        else if (file->may_be_there || file->was_completed)
            file->name = NAME_EITHER;
    }
}

/* The job is gone: then a request that was begun has ended it, and the log tells which. */
static void check_gone(struct kept *kept, struct kept_job *job)
{
    struct kept_end end = { .job = job->id, .number = job->number };
    struct simulation *simulation = &kept->core;
    bool is_completed;

    claim(simulation,
          xbits_manager_visit_events(simulation->manager, 0, note_end, &end) == XBITS_S_OK,
          "the event log cannot be read");
    is_completed = end.event == XBITS_EVENT_COMPLETED;
    trace(simulation, "job %u: gone, event %d", job->number, (int)end.event);
    if (job->is_over)
        return;
    if (!claim(simulation, end.event != 0, "job %u is lost", job->number))
        return;
    claim(simulation, job->end_is_begun[is_completed ? END_COMPLETE : END_CANCEL],
          "job %u ended unasked", job->number);
    end_files(kept, job, end.event);
    if (kept->ended_count < KEPT_ENDED)
        kept->ended[kept->ended_count++] = end;
}

static void check_state(struct kept *kept, struct kept_job *job, enum xbits_job_state state)
{
    const uint32_t lasting = XBITS_IN(SUSPENDED) | XBITS_IN(ERROR) | XBITS_IN(TRANSFERRED);
    struct simulation *simulation = &kept->core;

    claim(simulation, !job_state_is_in(state, XBITS_STATES_FINAL), "job %u is %s after all",
          job->number, xbits_state_name(state));
    if (job->wish == WISH_SUSPENDED)
        claim(simulation, state == XBITS_STATE_SUSPENDED, "job %u was suspended and is %s",
              job->number, xbits_state_name(state));
    if (job->wish == WISH_RUNNING)
        claim(simulation, state != XBITS_STATE_SUSPENDED, "job %u was resumed and is SUSPENDED",
              job->number);
    if (kept->was_closed && job_state_is_in(job->state, lasting))
        claim(simulation, state == job->state, "job %u was %s and is %s after a clean close",
              job->number, xbits_state_name(job->state), xbits_state_name(state));
    job->state = state;
    job->end_is_begun[END_CANCEL] = false;
    job->end_is_begun[END_COMPLETE] = false;
}

static void check_values(struct kept *kept, struct kept_job *job)
{
    for (unsigned i = 0; i < KEPT_PROPERTY_COUNT; i++) {
        struct kept_value *value = &job->values[i];
        uint32_t found = 0;
        bool is_one;

        if (!claim(&kept->core, kept_get(job, (enum kept_property)i, &found),
                   "job %u: %s cannot be read", job->number,
                   xbits_job_property_name(kept_properties[i])))
            return;
        is_one = found == value->known;
        for (size_t k = 0; k < value->begun_count; k++)
            is_one = is_one || found == value->begun[k];
        claim(&kept->core, is_one, "job %u: %s was %" PRIu32 " and is %" PRIu32, job->number,
              xbits_job_property_name(kept_properties[i]), value->known, found);
        value->known = found;
        value->begun_count = 0;
    }
}

struct file_check {
    struct kept *kept;
    struct kept_job *job;
    size_t count;
};

/* Acknowledged files are there in their order; behind them there may be some that were begun. */
static bool check_file(const struct xbits_file_snapshot *file, void *user)
{
    struct file_check *check = user;
    struct kept *kept = check->kept;
    struct kept_job *job = check->job;
    size_t number = check->count++;
    char path[64];

    if (number < job->file_count) {
        claim(&kept->core, strcmp(file->local_name, kept_path(job->files[number], path)) == 0,
              "job %u: file %zu is %s and was %s", job->number, number, file->local_name, path);
        return true;
    }
    for (size_t i = 0; i < kept->file_count && number < KEPT_FILES_OF_A_JOB; i++) {
        if (kept->files[i].job != job->number || kept->files[i].is_added ||
            strcmp(file->local_name, kept_path(i, path)) != 0)
            continue;
        kept->files[i].is_added = true;
        job->has_more = true;
        job->files[job->file_count++] = i;
        return true;
    }
    claim(&kept->core, false, "job %u: %s was never asked for", job->number, file->local_name);
    return false;
}

static void check_files(struct kept *kept, struct kept_job *job)
{
    struct file_check check = { .kept = kept, .job = job };

    claim(&kept->core, xbits_job_visit_files(job->handle, check_file, &check) == XBITS_S_OK,
          "job %u: its files cannot be read", job->number);
    claim(&kept->core, check.count == job->file_count, "job %u had %zu files and has %zu",
          job->number, job->file_count, check.count);
    kept_check_bytes(kept, job);
}

static void find_again(struct kept *kept, struct kept_job *job)
{
    struct simulation *simulation = &kept->core;
    xbits_result result;

    job->caller = pick(simulation, 2) == 0 ? job->owner : CALLER_SERVICE;
    result = xbits_job_open(kept->managers[job->caller], &job->id, &job->handle);
    if (result == XBITS_BG_E_NOT_FOUND) {
        check_gone(kept, job);
        job->is_used = false;
        return;
    }
    if (!claim(simulation, result == XBITS_S_OK, "job %u cannot be opened: %s", job->number,
               xbits_last_error()->message) ||
        !claim(simulation, !job->is_over, "job %u is there again", job->number))
        return;
    check_state(kept, job, kept_read(kept, job).state);
    check_values(kept, job);
    check_files(kept, job);
    trace(simulation, "job %u: %s again", job->number, xbits_state_name(job->state));
}

/* A job that nobody knows was made by a call that was not answered any more. */
static bool adopt(const struct xbits_job_snapshot *snapshot, void *user)
{
    struct kept *kept = user;
    struct kept_job *job = kept_find(kept, &snapshot->id);

    if (job != NULL)
        return true;
    if (!claim(&kept->core, kept->begun_creates > 0, "there is a job that nobody made"))
        return false;
    kept->begun_creates--;
    trace(&kept->core, "a job that was begun is there");
    job = kept_place(kept);
    if (job == NULL)
        return true;
    *job = (struct kept_job){
        .is_used = true,
        .owner = strcmp(snapshot->owner, "S-1-5-18") == 0 ? CALLER_SERVICE : CALLER_USER,
        .subscriber = -1,
        .id = snapshot->id,
        .number = kept->core.jobs_made++,
        .wish = WISH_SUSPENDED,
    };
    for (size_t i = 0; i < KEPT_PROPERTY_COUNT; i++)
        job->values[i].known = kept_defaults[i];
    return true;
}

static void check_reopened(struct kept *kept)
{
    struct simulation *simulation = &kept->core;

    claim(simulation,
          xbits_manager_visit_jobs(kept->managers[CALLER_SERVICE], XBITS_SCOPE_ALL_USERS, adopt,
                                   kept) == XBITS_S_OK,
          "the jobs cannot be listed");
    kept->begun_creates = 0;
    kept->is_unsettled = kept->has_fault;
    for (size_t i = 0; i < KEPT_JOBS && !has_failed(simulation); i++) {
        if (kept->jobs[i].is_used)
            find_again(kept, &kept->jobs[i]);
    }
    kept_check_names(kept);
    kept_check_events(kept);
    claim(simulation,
          xbits_sim_set_network(simulation->manager, simulation->network_is_up) == XBITS_S_OK,
          "the network cannot be set");
    origin_serve(simulation);
}

/* While it was closed the clock went on, or was set back a little. */
static void let_time_pass(struct kept *kept)
{
    static const uint32_t seconds[] = { 1, 1, 100, 4000, 250000 };
    struct simulation *simulation = &kept->core;

    kept->time += pick(simulation, seconds[pick(simulation, 5)]) * CLOCK_TICKS_PER_S;
    if (pick(simulation, 10) == 0)
        kept->time -= pick(simulation, 3600) * CLOCK_TICKS_PER_S;
}

void kept_reopen(struct kept *kept, enum xbits_access access)
{
    struct simulation *simulation = &kept->core;

    trace(simulation, "closed and opened to %s", access == XBITS_ACCESS_RUN ? "run" : "edit");
    kept->time = xbits_manager_time(simulation->manager);
    kept->was_closed = kept_is_well(kept);
    kept_close(kept);
    kept->was_closed = kept->was_closed && kept_is_well(kept);
    if (disk_power_is_off(kept->power)) {
        kept_revive(kept);
        return;
    }
    let_time_pass(kept);
    if (!kept_open(kept, access)) {
        trace(simulation, "which fails");
        if (disk_power_is_off(kept->power)) {
            kept_revive(kept);
            return;
        }
        kept_clear_faults(kept);
        if (!kept_open(kept, access))
            return;
    }
    /* What the disk denies now would be taken for lost. */
    kept_clear_faults(kept);
    disk_power_end_after(kept->power, UINT64_MAX, DISK_POWER_KILL);
    check_reopened(kept);
    kept->was_closed = false;
}

static void close_for_good(struct kept *kept)
{
    if (kept->core.manager != NULL)
        kept->time = xbits_manager_time(kept->core.manager);
    kept_close(kept);
    kept_clear_faults(kept);
    disk_power_end_after(kept->power, UINT64_MAX, DISK_POWER_KILL);
    disk_power_restore(kept->power);
    let_time_pass(kept);
}

void kept_revive(struct kept *kept)
{
    struct simulation *simulation = &kept->core;
    enum xbits_access access = pick(simulation, 5) == 0 ? XBITS_ACCESS_EDIT : XBITS_ACCESS_RUN;

    trace(simulation, "the power went");
    kept->was_closed = false;
    close_for_good(kept);
    /* Who recovers may be hit, too. */
    if (pick(simulation, 4) == 0) {
        disk_power_end_after(kept->power, 1 + pick(simulation, 40),
                             pick(simulation, 2) == 0 ? DISK_POWER_CUT : DISK_POWER_KILL);
        (void)kept_open(kept, access);
        trace(simulation, "and again: %d", (int)disk_power_is_off(kept->power));
        disk_power_end_after(kept->power, 0, DISK_POWER_CUT);
        close_for_good(kept);
    }
    if (has_failed(simulation) || !kept_open(kept, access))
        return;
    check_reopened(kept);
}

static void end_at_once(struct kept *kept, enum disk_power_end end)
{
    trace(&kept->core, end == DISK_POWER_CUT ? "power cut" : "kill");
    disk_power_end_after(kept->power, 0, end);
}

void kept_end_operation(struct kept *kept)
{
    struct simulation *simulation = &kept->core;
    enum disk_power_end end = pick(simulation, 2) == 0 ? DISK_POWER_CUT : DISK_POWER_KILL;

    if (end == DISK_POWER_CUT)
        kept->cuts++;
    else
        kept->kills++;
    if (pick(simulation, 3) == 0) {
        end_at_once(kept, end);
        return;
    }
    trace(simulation, "the power will go");
    disk_power_end_after(kept->power, 1 + pick(simulation, 80), end);
}

/* What goes wrong, with what: on the queue's files or on the targets. */
static const struct {
    const char *operation;
    const char *path_part;
    xbits_result result;
} faults[] = {
    { "write_at", "queue.db", XBITS_ERROR_DISK_FULL },
    { "sync", "queue.db", XBITS_ERROR_IO_DEVICE },
    { "*", "queue.db", XBITS_ERROR_IO_DEVICE },
    { "write_at", "/files/", XBITS_ERROR_DISK_FULL },
    { "preallocate", "/files/", XBITS_ERROR_DISK_FULL },
    { "sync", "/files/", XBITS_ERROR_IO_DEVICE },
    { "open", "/files/", XBITS_ERROR_IO_DEVICE },
    { "rename", "/files/", XBITS_ERROR_IO_DEVICE },
    { "remove", "/files/", XBITS_ERROR_IO_DEVICE },
    { "sync_directory", "", XBITS_ERROR_IO_DEVICE },
    { "write_at", "", XBITS_ERROR_DISK_FULL },
};
#define FAULT_COUNT (sizeof faults / sizeof faults[0])

void kept_clear_faults(struct kept *kept)
{
    disk_faulty_clear(kept->disk);
    kept->has_fault = false;
}

void kept_fault_operation(struct kept *kept)
{
    struct simulation *simulation = &kept->core;
    uint32_t choice = pick(simulation, FAULT_COUNT);
    struct disk_fault fault = { .operation = faults[choice].operation,
                                .path_part = faults[choice].path_part,
                                .nth = pick(simulation, 2) == 0 ? 0 : 1 + pick(simulation, 6),
                                .kind = DISK_FAULT_FAIL,
                                .result = faults[choice].result };

    if (kept->has_fault) {
        trace(simulation, "the disk is well again");
        kept_clear_faults(kept);
        return;
    }
    trace(simulation, "%s of \"%s\" fails: %s, %" PRIu64, fault.operation, fault.path_part,
          xbits_result_name(fault.result), fault.nth);
    claim(simulation, disk_faulty_add(kept->disk, &fault) == XBITS_S_OK, "no such fault");
    kept->has_fault = true;
    kept->is_unsettled = true;
}
