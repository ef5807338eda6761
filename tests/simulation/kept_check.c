/* SPDX-License-Identifier: MIT */
#include "simulation/kept.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "job/job_state.h"

static void see_state(struct kept *kept, struct kept_job *job, enum xbits_job_state state)
{
    struct simulation *simulation = &kept->core;

    if (state == job->state)
        return;
    trace(simulation, "job %u: %s after %s", job->number, xbits_state_name(state),
          xbits_state_name(job->state));
    claim(simulation, job_state_is_reachable(job->state, state, XBITS_TYPE_DOWNLOAD),
          "job %u was %s and is %s", job->number, xbits_state_name(job->state),
          xbits_state_name(state));
    claim(simulation,
          !job_state_is_in(state, XBITS_STATES_FINAL) || job->is_over ||
              job->end_is_begun[state == XBITS_STATE_ACKNOWLEDGED ? END_COMPLETE : END_CANCEL],
          "job %u is %s unasked", job->number, xbits_state_name(state));
    job->state = state;
}

static void check_snapshot(struct kept *kept, const struct kept_job *job,
                           const struct xbits_job_snapshot *snapshot)
{
    struct simulation *simulation = &kept->core;
    const uint32_t moving = XBITS_IN(CONNECTING) | XBITS_IN(TRANSFERRING);
    const uint32_t failed = XBITS_IN(ERROR) | XBITS_IN(TRANSIENT_ERROR);

    claim(simulation, job->wish != WISH_SUSPENDED || snapshot->state == XBITS_STATE_SUSPENDED,
          "job %u was suspended and is %s", job->number, xbits_state_name(snapshot->state));
    claim(simulation, job->wish != WISH_RUNNING || snapshot->state != XBITS_STATE_SUSPENDED,
          "job %u was resumed and is SUSPENDED", job->number);
    claim(simulation, !job->is_over || job_state_is_in(snapshot->state, XBITS_STATES_FINAL),
          "job %u ended and is %s", job->number, xbits_state_name(snapshot->state));
    claim(simulation, snapshot->progress.files_total == job->file_count,
          "job %u has %" PRIu32 " files and %zu were added", job->number,
          snapshot->progress.files_total, job->file_count);
    claim(simulation,
          !job_state_is_in(snapshot->state, moving) ||
              (simulation->network_is_up && kept->access == XBITS_ACCESS_RUN),
          "job %u is %s though nothing can move", job->number, xbits_state_name(snapshot->state));
    claim(simulation,
          !job_state_is_in(snapshot->state, failed) ||
              (snapshot->has_error && XBITS_FAILED(snapshot->error.result)),
          "job %u is %s without an error", job->number, xbits_state_name(snapshot->state));
    claim(simulation,
          snapshot->state != XBITS_STATE_TRANSFERRED || job->has_more ||
              snapshot->progress.files_transferred == snapshot->progress.files_total,
          "job %u is TRANSFERRED and lacks files", job->number);
}

struct sums {
    struct kept *kept;
    struct kept_job *job;
    struct xbits_job_progress progress;
};

static void check_name(struct kept *kept, size_t number, bool is_wanted)
{
    struct disk_stat stat;
    char path[64];
    bool is_there = XBITS_SUCCEEDED(disk_stat(kept->power, kept_path(number, path), &stat));

    claim(&kept->core, is_there == is_wanted, "%s %s", path,
          is_there ? "is there too early" : "is not there");
}

static bool add_up(const struct xbits_file_snapshot *file, void *user)
{
    struct sums *sums = user;
    struct simulation *simulation = &sums->kept->core;
    size_t number;

    if (!claim(simulation, file->index < sums->job->file_count, "job %u: a file too many",
               sums->job->number))
        return false;
    claim(simulation, file->bytes_transferred <= file->bytes_total, "%s has more bytes than all",
          file->local_name);
    claim(simulation, !file->is_transferred || file->bytes_transferred == file->bytes_total,
          "%s is transferred and lacks bytes", file->local_name);
    number = sums->job->files[file->index];
    if (file->is_completed || !sums->kept->files[number].may_be_there)
        check_name(sums->kept, number, file->is_completed);
    sums->progress.files_total++;
    sums->progress.files_transferred += file->is_transferred;
    sums->progress.bytes_transferred += file->bytes_transferred;
    if (file->bytes_total == XBITS_SIZE_UNKNOWN)
        sums->progress.bytes_total = XBITS_SIZE_UNKNOWN;
    else if (sums->progress.bytes_total != XBITS_SIZE_UNKNOWN)
        sums->progress.bytes_total += file->bytes_total;
    return true;
}

static void check_sums(struct kept *kept, struct kept_job *job,
                       const struct xbits_job_progress *progress)
{
    struct sums sums = { .kept = kept, .job = job };

    claim(&kept->core, xbits_job_visit_files(job->handle, add_up, &sums) == XBITS_S_OK,
          "the files of job %u cannot be read", job->number);
    claim(&kept->core,
          sums.progress.files_total == progress->files_total &&
              sums.progress.files_transferred == progress->files_transferred &&
              sums.progress.bytes_transferred == progress->bytes_transferred &&
              sums.progress.bytes_total == progress->bytes_total,
          "job %u says %" PRIu64 " of %" PRIu64 " bytes, its files %" PRIu64 " of %" PRIu64,
          job->number, progress->bytes_transferred, progress->bytes_total,
          sums.progress.bytes_transferred, sums.progress.bytes_total);
}

/* A value that could not be written down is as before. */
static void check_values(struct kept *kept, struct kept_job *job)
{
    for (unsigned i = 0; i < KEPT_PROPERTY_COUNT; i++) {
        uint32_t found = 0;

        claim(&kept->core,
              kept_get(job, (enum kept_property)i, &found) && found == job->values[i].known,
              "job %u: %s was %" PRIu32 " and is %" PRIu32, job->number,
              xbits_job_property_name(kept_properties[i]), job->values[i].known, found);
    }
}

static void check_job(struct kept *kept, struct kept_job *job)
{
    struct xbits_job_snapshot snapshot = kept_read(kept, job);
    struct xbits_job_progress progress = snapshot.progress;

    see_state(kept, job, snapshot.state);
    check_snapshot(kept, job, &snapshot);
    check_sums(kept, job, &progress);
    check_values(kept, job);
}

static char *read_file(struct kept *kept, const char *path, uint64_t limit, size_t *size_out)
{
    struct disk_file *file = NULL;
    char *bytes = malloc((size_t)limit + 1);
    xbits_result result;

    if (bytes == NULL)
        abort();
    *size_out = 0;
    if (XBITS_FAILED(disk_open(kept->power, path, DISK_OPEN_READ, &file))) {
        free(bytes);
        return NULL;
    }
    result = disk_read_at(kept->power, file, 0, bytes, (size_t)limit, size_out);
    (void)disk_close(kept->power, file);
    claim(&kept->core, XBITS_SUCCEEDED(result), "%s cannot be read", path);
    return bytes;
}

static bool check_bytes(const struct xbits_file_snapshot *file, void *user)
{
    struct kept *kept = user;
    const char *path = file->is_completed ? file->local_name : file->temporary_name;
    size_t size;
    char *bytes;

    if (file->bytes_transferred == 0)
        return true;
    bytes = read_file(kept, path, file->bytes_transferred, &size);
    claim(&kept->core, bytes != NULL && size == file->bytes_transferred,
          "%s has %zu bytes, %" PRIu64 " are said to be in \"%s\"", file->local_name, size,
          file->bytes_transferred, path);
    if (bytes != NULL && size == file->bytes_transferred)
        claim(&kept->core, origin_has_begun(&kept->core, file->bytes_total, bytes, size),
              "%s has other bytes than were served", file->local_name);
    free(bytes);
    return true;
}

void kept_check_bytes(struct kept *kept, struct kept_job *job)
{
    if (!job_state_is_in(job->state, XBITS_STATES_FINAL))
        (void)xbits_job_visit_files(job->handle, check_bytes, kept);
}

/* Of jobs that are over: what Complete published is there, whole, and nothing else. */
void kept_check_names(struct kept *kept)
{
    for (size_t i = 0; i < kept->file_count; i++) {
        const struct kept_file *file = &kept->files[i];
        struct disk_stat stat;
        char path[64];
        size_t size;
        char *bytes;

        if (!file->is_over) {
            if (!file->is_added)
                check_name(kept, i, false);
            continue;
        }
        if (file->name != NAME_EITHER)
            check_name(kept, i, file->name == NAME_PRESENT);
        if (XBITS_FAILED(disk_stat(kept->power, kept_path(i, path), &stat)))
            continue;
        bytes = read_file(kept, path, stat.size, &size);
        claim(&kept->core, bytes != NULL && origin_has_begun(&kept->core, stat.size, bytes, size),
              "%s is a copy of nothing that was ever served", path);
        free(bytes);
    }
}

struct log_check {
    struct kept *kept;
    uint64_t number;
    bool is_told[KEPT_ENDED];
};

static bool check_event(const struct xbits_event *event, void *user)
{
    struct log_check *check = user;
    struct kept *kept = check->kept;
    const struct kept_job *job = kept_find(kept, &event->job);
    bool is_end = event->id == XBITS_EVENT_COMPLETED || event->id == XBITS_EVENT_CANCELLED;

    claim(&kept->core, event->number == check->number + 1, "event %" PRIu64 " comes after %" PRIu64,
          event->number, check->number);
    check->number = event->number;
    if (is_end && job != NULL)
        claim(&kept->core, job_state_is_in(job->state, XBITS_STATES_FINAL),
              "job %u is %s, and the log says that it ended", job->number,
              xbits_state_name(job->state));
    for (size_t i = 0; is_end && i < kept->ended_count; i++) {
        if (!xbits_id_equal(&kept->ended[i].job, &event->job))
            continue;
        claim(&kept->core, !check->is_told[i] && kept->ended[i].event == event->id,
              "job %u: event %d tells its end", kept->ended[i].number, (int)event->id);
        check->is_told[i] = true;
    }
    return true;
}

void kept_check_events(struct kept *kept)
{
    struct log_check check = { .kept = kept };
    xbits_result result = xbits_manager_visit_events(kept->core.manager, 0, check_event, &check);

    if (!claim(&kept->core, result == XBITS_S_OK || !kept_is_well(kept),
               "the event log cannot be read: %s", xbits_last_error()->message) ||
        result != XBITS_S_OK)
        return;
    for (size_t i = 0; i < kept->ended_count; i++)
        claim(&kept->core, check.is_told[i], "the log does not tell that job %u ended",
              kept->ended[i].number);
}

/* All foreground jobs run, and one other. */
static void check_turns(struct kept *kept)
{
    const uint32_t moving = XBITS_IN(CONNECTING) | XBITS_IN(TRANSFERRING);
    unsigned background = 0;

    for (size_t i = 0; i < KEPT_JOBS; i++) {
        const struct kept_job *job = &kept->jobs[i];

        background += job->is_used && job_state_is_in(job->state, moving) &&
                      job->values[KEPT_PRIORITY].known != XBITS_PRIORITY_FOREGROUND;
    }
    claim(&kept->core, background <= 1, "%u background jobs run at a time", background);
}

void kept_check(struct kept *kept)
{
    struct kept_job *chosen;

    for (size_t i = 0; i < KEPT_JOBS && !has_failed(&kept->core); i++) {
        if (kept->jobs[i].is_used && kept->jobs[i].handle != NULL)
            check_job(kept, &kept->jobs[i]);
    }
    check_turns(kept);
    kept_follow(kept);
    if (pick(&kept->core, 8) == 0)
        kept_check_events(kept);
    chosen = pick(&kept->core, 4) == 0 ? kept_pick(kept) : NULL;
    if (chosen != NULL)
        kept_check_bytes(kept, chosen);
}

/* One temporary file, and whether an open job has it. */
struct settling {
    struct kept *kept;
    struct text path;
    bool is_known;
};

static bool is_temporary(const struct xbits_file_snapshot *file, void *user)
{
    struct settling *settling = user;

    if (strcmp(file->temporary_name, text_c(&settling->path)) == 0)
        settling->is_known = true;
    return true;
}

static void check_temporary(struct kept *kept, const char *path, size_t length)
{
    struct settling settling = { .kept = kept };

    if (XBITS_FAILED(text_append(&settling.path, path, length)))
        abort();
    for (size_t i = 0; i < KEPT_JOBS; i++) {
        if (kept->jobs[i].is_used && kept->jobs[i].handle != NULL)
            (void)xbits_job_visit_files(kept->jobs[i].handle, is_temporary, &settling);
    }
    claim(&kept->core, settling.is_known, "a temporary file is left that no job has");
    text_dispose(&settling.path);
}

static void keep_path(void *user, const char *path)
{
    if (strncmp(path, "/files/BIT", strlen("/files/BIT")) == 0 &&
        XBITS_FAILED(text_format(user, "%s\n", path)))
        abort();
}

void kept_check_settled(struct kept *kept)
{
    struct text paths = { 0 };
    const char *line;

    disk_power_visit_files(kept->power, keep_path, &paths);
    for (line = text_c(&paths); *line != '\0'; line += strcspn(line, "\n") + 1)
        check_temporary(kept, line, strcspn(line, "\n"));
    text_dispose(&paths);
}
