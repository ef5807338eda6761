/* SPDX-License-Identifier: MIT */
#include "simulation/simulation.h"

#include <inttypes.h>
#include <string.h>

#include "job/job_state.h"

static struct simulated_job *find_job(struct simulation *simulation, const struct xbits_id *id)
{
    for (size_t i = 0; i < JOB_MAXIMUM; i++) {
        if (simulation->jobs[i].handle != NULL && xbits_id_equal(&simulation->jobs[i].id, id))
            return &simulation->jobs[i];
    }
    return NULL;
}

/* A state that is seen follows from the one that was seen before. */
static void see_state(struct simulation *simulation, struct simulated_job *job,
                      enum xbits_job_state state)
{
    if (state == job->state)
        return;
    trace(simulation, "job %u: %s after %s", job->number, xbits_state_name(state),
          xbits_state_name(job->state));
    claim(simulation, job_state_is_reachable(job->state, state, XBITS_TYPE_DOWNLOAD),
          "job %u was %s and is %s", job->number, xbits_state_name(job->state),
          xbits_state_name(state));
    job->state = state;
}

static void check_changes(struct simulation *simulation)
{
    struct xbits_change change;
    struct simulated_job *job;

    XBITS_INIT(&change);
    while (xbits_manager_next_change(simulation->manager, &simulation->cursor, 0, &change) ==
           XBITS_S_OK) {
        job = find_job(simulation, &change.id);
        if (change.kind == XBITS_CHANGE_GONE)
            claim(simulation, job == NULL, "a job that is open is said to be gone");
        else if (job != NULL)
            see_state(simulation, job, change.state);
    }
}

static void check_progress(struct simulation *simulation, const struct simulated_job *job,
                           const struct xbits_job_progress *progress)
{
    claim(simulation, progress->bytes_transferred <= progress->bytes_total,
          "job %u has %" PRIu64 " bytes of %" PRIu64, job->number, progress->bytes_transferred,
          progress->bytes_total);
    claim(simulation, progress->files_total == job->file_count, "job %u has %" PRIu32 " files",
          job->number, progress->files_total);
    claim(simulation, progress->files_transferred <= progress->files_total,
          "job %u has %" PRIu32 " whole files of %" PRIu32, job->number,
          progress->files_transferred, progress->files_total);
}

static bool is_error_state(enum xbits_job_state state)
{
    return state == XBITS_STATE_ERROR || state == XBITS_STATE_TRANSIENT_ERROR;
}

static void check_error(struct simulation *simulation, struct simulated_job *job,
                        const struct xbits_job_snapshot *snapshot)
{
    struct xbits_value count;

    if (is_error_state(snapshot->state))
        claim(simulation, snapshot->has_error && XBITS_FAILED(snapshot->error.result),
              "job %u is %s without an error", job->number, xbits_state_name(snapshot->state));
    if (snapshot->state == XBITS_STATE_TRANSFERRING || snapshot->state == XBITS_STATE_TRANSFERRED)
        claim(simulation, !snapshot->has_error, "job %u is %s and has an error", job->number,
              xbits_state_name(snapshot->state));
    if (xbits_job_get(job->handle, XBITS_JOB_ERROR_COUNT, &count) != XBITS_S_OK)
        return;
    claim(simulation, count.as.u32 >= job->error_count, "job %u forgot errors", job->number);
    job->error_count = count.as.u32;
}

static bool check_file(const struct xbits_file_snapshot *file, void *user)
{
    struct simulation *simulation = user;

    claim(simulation, file->bytes_transferred <= file->bytes_total,
          "%s has %" PRIu64 " bytes of %" PRIu64, file->local_name, file->bytes_transferred,
          file->bytes_total);
    claim(simulation, !file->is_transferred || file->bytes_transferred == file->bytes_total,
          "%s is transferred and lacks bytes", file->local_name);
    claim(simulation, !file->is_completed || file->is_transferred,
          "%s is completed and not transferred", file->local_name);
    for (size_t i = 0; i < simulation->file_count; i++) {
        struct simulated_file *known = &simulation->files[i];

        if (strcmp(strrchr(file->local_name, '/') + 1, known->name) != 0)
            continue;
        claim(simulation, !known->is_over || known->is_completed == file->is_completed,
              "%s changed after its job had ended", known->name);
        known->is_completed = file->is_completed;
    }
    return true;
}

static void check_files(struct simulation *simulation, struct simulated_job *job)
{
    bool is_final = job_state_is_in(job->state, XBITS_STATES_FINAL);

    claim(simulation, xbits_job_visit_files(job->handle, check_file, simulation) == XBITS_S_OK,
          "the files of job %u cannot be read", job->number);
    for (size_t i = 0; i < simulation->file_count; i++) {
        struct simulated_file *file = &simulation->files[i];

        if (xbits_id_equal(&file->job, &job->id)) {
            claim(simulation, !file->is_completed || job->state == XBITS_STATE_ACKNOWLEDGED,
                  "%s bears its name and job %u is %s", file->name, job->number,
                  xbits_state_name(job->state));
            file->is_over = is_final;
        }
    }
}

static void check_job(struct simulation *simulation, struct simulated_job *job)
{
    struct xbits_job_snapshot snapshot = read_job(simulation, job);

    see_state(simulation, job, snapshot.state);
    check_progress(simulation, job, &snapshot.progress);
    check_error(simulation, job, &snapshot);
    claim(simulation,
          snapshot.times.modification >= job->modification &&
              snapshot.times.modification >= snapshot.times.creation,
          "job %u was modified earlier than before", job->number);
    job->modification = snapshot.times.modification;
    claim(simulation,
          snapshot.state != XBITS_STATE_TRANSFERRED ||
              snapshot.times.transfer_completion >= snapshot.times.creation,
          "job %u is TRANSFERRED since never", job->number);
    check_files(simulation, job);
}

/* All foreground jobs run, and one other (bits-client 4.1); none without a network. */
static void check_turns(struct simulation *simulation)
{
    const uint32_t moving = XBITS_IN(CONNECTING) | XBITS_IN(TRANSFERRING);
    unsigned background = 0;

    for (size_t i = 0; i < JOB_MAXIMUM; i++) {
        struct simulated_job *job = &simulation->jobs[i];

        if (job->handle == NULL || !job_state_is_in(job->state, moving))
            continue;
        if (read_job(simulation, job).priority != XBITS_PRIORITY_FOREGROUND)
            background++;
        claim(simulation, simulation->network_is_up, "job %u is %s without a network", job->number,
              xbits_state_name(job->state));
    }
    claim(simulation, background <= 1, "%u background jobs run at a time", background);
}

void check_all(struct simulation *simulation)
{
    int64_t time = xbits_manager_time(simulation->manager);

    claim(simulation, time >= simulation->time, "time went back");
    simulation->time = time;
    check_changes(simulation);
    for (size_t i = 0; i < JOB_MAXIMUM; i++) {
        if (simulation->jobs[i].handle != NULL)
            check_job(simulation, &simulation->jobs[i]);
    }
    check_turns(simulation);
}

void check_directory(struct simulation *simulation)
{
    for (size_t i = 0; i < simulation->file_count; i++) {
        const struct simulated_file *file = &simulation->files[i];
        bool is_there = temp_directory_has(&simulation->directory, file->name);

        claim(simulation, is_there == file->is_completed, "%s %s its name", file->name,
              is_there ? "bears" : "does not bear");
        if (is_there)
            claim(simulation, origin_has_served(simulation, file->name),
                  "%s is a copy of nothing that was ever served", file->name);
    }
}
