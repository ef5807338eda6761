/* SPDX-License-Identifier: MIT */
#include "simulation/kept.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "job/job_state.h"

/* What somebody sees who looks at the queue from without: the service, which may see all. */
#define PICTURE_MAXIMUM 64

struct seen_job {
    struct xbits_id id;
    enum xbits_job_state state;
    enum xbits_job_priority priority;
    struct xbits_job_progress progress;
    uint32_t description;
};

struct picture {
    struct seen_job jobs[PICTURE_MAXIMUM];
    size_t count;
};

struct picture *kept_new_picture(void)
{
    struct picture *picture = calloc(1, sizeof *picture);

    if (picture == NULL)
        abort();
    return picture;
}

static struct seen_job *find(struct picture *picture, const struct xbits_id *id)
{
    for (size_t i = 0; i < picture->count; i++) {
        if (xbits_id_equal(&picture->jobs[i].id, id))
            return &picture->jobs[i];
    }
    return NULL;
}

static bool add(const struct xbits_job_snapshot *snapshot, void *user)
{
    struct picture *picture = user;

    if (picture->count == PICTURE_MAXIMUM)
        return false;
    picture->jobs[picture->count++] = (struct seen_job){
        .id = snapshot->id,
        .state = snapshot->state,
        .priority = snapshot->priority,
        .progress = snapshot->progress,
        .description = (uint32_t)strtoul(snapshot->description, NULL, 10),
    };
    return true;
}

static void list(struct kept *kept, struct xbits_manager *manager, struct picture *picture)
{
    claim(&kept->core,
          xbits_manager_visit_jobs(manager, XBITS_SCOPE_ALL_USERS, add, picture) == XBITS_S_OK,
          "the jobs cannot be listed: %s", xbits_last_error()->message);
}

static void forget(struct picture *picture, struct seen_job *job)
{
    if (job != NULL)
        *job = picture->jobs[--picture->count];
}

static void apply(struct picture *picture, const struct xbits_change *change)
{
    struct seen_job *job = find(picture, &change->id);

    if (change->kind == XBITS_CHANGE_GONE || job_state_is_in(change->state, XBITS_STATES_FINAL)) {
        forget(picture, job);
        return;
    }
    if (job == NULL && picture->count < PICTURE_MAXIMUM)
        job = &picture->jobs[picture->count++];
    if (job != NULL)
        *job = (struct seen_job){ .id = change->id, .state = change->state };
}

/* The follower's picture lives with the manager: a new one begins with a new cursor. */
void kept_follow(struct kept *kept)
{
    struct simulation *simulation = &kept->core;
    struct xbits_manager *manager = kept->managers[CALLER_SERVICE];
    struct picture listed = { 0 };
    struct xbits_change change;
    struct picture *picture = kept->followed;

    XBITS_INIT(&change);
    if (simulation->cursor.position == 0)
        picture->count = 0;
    while (xbits_manager_next_change(manager, &simulation->cursor, 0, &change) == XBITS_S_OK) {
        if (change.kind == XBITS_CHANGE_RESYNC) {
            picture->count = 0;
            list(kept, manager, picture);
        } else {
            apply(picture, &change);
        }
    }
    list(kept, manager, &listed);
    claim(simulation, listed.count == picture->count, "changes tell of %zu jobs, the list of %zu",
          picture->count, listed.count);
    for (size_t i = 0; i < listed.count; i++) {
        const struct seen_job *followed = find(picture, &listed.jobs[i].id);

        claim(simulation, followed != NULL && followed->state == listed.jobs[i].state,
              "changes tell of a job in %s, the list says %s",
              followed != NULL ? xbits_state_name(followed->state) : "no state",
              xbits_state_name(listed.jobs[i].state));
    }
}

static void compare(struct kept *kept, struct picture *mine, struct picture *other)
{
    struct simulation *simulation = &kept->core;

    claim(simulation, mine->count == other->count, "a reader sees %zu jobs of %zu", other->count,
          mine->count);
    for (size_t i = 0; i < mine->count; i++) {
        const struct seen_job *job = &mine->jobs[i];
        const struct seen_job *seen = find(other, &job->id);

        if (!claim(simulation, seen != NULL, "a reader does not see a job"))
            return;
        claim(simulation, seen->state == job->state, "a reader sees %s, it is %s",
              xbits_state_name(seen->state), xbits_state_name(job->state));
        claim(simulation, seen->priority == job->priority && seen->description == job->description,
              "a reader sees other properties");
        claim(simulation, memcmp(&seen->progress, &job->progress, sizeof seen->progress) == 0,
              "a reader sees %" PRIu64 " bytes of %" PRIu64 ", the owner %" PRIu64 " of %" PRIu64,
              seen->progress.bytes_transferred, seen->progress.bytes_total,
              job->progress.bytes_transferred, job->progress.bytes_total);
    }
}

static void check_denied(struct kept *kept, struct xbits_manager *reader)
{
    struct xbits_job *job = NULL;

    claim(&kept->core,
          xbits_job_create(reader, "no job", XBITS_TYPE_DOWNLOAD, &job) == XBITS_E_ACCESSDENIED,
          "a reader may make jobs");
}

/* Another process opens the queue to read it, whoever owns it. The owner's log is read first: that
 * writes down what was not yet. */
void kept_look_on(struct kept *kept)
{
    struct simulation *simulation = &kept->core;
    struct xbits_manager *reader = NULL;
    struct picture mine = { 0 };
    struct picture other = { 0 };

    if (!kept_is_well(kept) || kept->is_unsettled)
        return;
    kept_check_events(kept);
    if (!kept_is_well(kept))
        return;
    list(kept, kept->managers[CALLER_SERVICE], &mine);
    if (!claim(simulation, kept_open_one(kept, "service", XBITS_ACCESS_READ, &reader) == XBITS_S_OK,
               "a reader cannot open the queue: %s", xbits_last_error()->message))
        return;
    list(kept, reader, &other);
    compare(kept, &mine, &other);
    check_denied(kept, reader);
    trace(simulation, "a reader sees %zu jobs", other.count);
    xbits_manager_close(reader);
}
