/* SPDX-License-Identifier: MIT */
#include "crash/trial.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/assert_result.h"
#include "wire/resource.h"

/* No more operations than an opening queue makes; the second cut comes anywhere among them. */
#define RECOVERY_OPERATIONS 60

void trial_claim(const struct trial *trial, bool is_true, const char *what)
{
    if (is_true)
        return;
    print_error("%s, seed %" PRIu64 ", %s after operation %" PRIu64 ", step %zu: %s (%s)\n",
                trial->scenario->name, trial->seed,
                trial->end == DISK_POWER_CUT ? "power cut" : "kill", trial->operation,
                trial->acknowledged, what, xbits_last_error()->message);
    fail();
}

/* Steps of this kind that were acknowledged, ... */
static size_t done(const struct trial *trial, enum step step)
{
    size_t count = 0;

    for (size_t i = 0; i < trial->acknowledged; i++)
        count += trial->scenario->steps[i] == step;
    return count;
}

/* ... and with the one that was only begun. */
static size_t begun(const struct trial *trial, enum step step)
{
    return done(trial, step) +
           (!trial->is_over && trial->scenario->steps[trial->acknowledged] == step);
}

void trial_begin(struct trial *trial)
{
    trial->disk = disk_power_new(trial->seed * 1000003 + trial->operation);
    random_init(&trial->random, trial->seed * 7919 + trial->operation);
    assert_ok(disk_make_directory(trial->disk, "/files"));
    disk_power_end_after(trial->disk, trial->operation, trial->end);
    while (trial->acknowledged < trial->scenario->step_count &&
           trial_step(trial, trial->scenario->steps[trial->acknowledged]))
        trial->acknowledged++;
    trial->is_over = trial->acknowledged == trial->scenario->step_count;
    trial_claim(trial, trial->is_over || disk_power_is_off(trial->disk),
                "a step fails though there is power");
}

struct listing {
    size_t count;
    struct xbits_id id;
    enum xbits_job_state state;
    char name[64];
    char description[64];
};

static bool list_job(const struct xbits_job_snapshot *snapshot, void *user)
{
    struct listing *listing = user;

    listing->count++;
    listing->id = snapshot->id;
    listing->state = snapshot->state;
    snprintf(listing->name, sizeof(listing->name), "%s", snapshot->display_name);
    snprintf(listing->description, sizeof(listing->description), "%s", snapshot->description);
    return true;
}

static struct listing list_jobs(struct trial *trial)
{
    struct listing listing = { 0 };

    assert_ok(trial->connection->backend->read_jobs(trial->connection, XBITS_SCOPE_MINE, list_job,
                                                    &listing));
    return listing;
}

struct file_check {
    const struct trial *trial;
    size_t count;
};

static bool check_file(const struct xbits_file_snapshot *snapshot, void *user)
{
    struct file_check *check = user;

    trial_claim(check->trial,
                check->count < TRIAL_FILES &&
                    strcmp(snapshot->remote_name, trial_remote_name(check->count)) == 0 &&
                    strcmp(snapshot->local_name, trial_local_name(check->count)) == 0,
                "a file has changed");
    check->count++;
    return true;
}

/* Returns how many there are. */
static size_t check_files(struct trial *trial)
{
    struct file_check check = { .trial = trial };

    assert_ok(trial->connection->backend->read_files(trial->connection, &trial->job, 0,
                                                     XBITS_FILE_NONE, check_file, &check));
    trial_claim(trial,
                check.count >= done(trial, STEP_ADD) && check.count <= begun(trial, STEP_ADD),
                "files are missing or too many");
    return check.count;
}

/* The request that decides was acknowledged, and no other was begun after it. */
static bool stands(const struct trial *trial, enum step step, enum step other)
{
    size_t place = trial->acknowledged;

    if (!trial->is_over && trial->scenario->steps[place] == other)
        return false;
    while (place-- > 0) {
        if (trial->scenario->steps[place] == step || trial->scenario->steps[place] == other)
            return trial->scenario->steps[place] == step;
    }
    return false;
}

static void check_state(const struct trial *trial, enum xbits_job_state state)
{
    static const uint32_t going_on =
        XBITS_IN(QUEUED) | XBITS_IN(CONNECTING) | XBITS_IN(TRANSFERRING) | XBITS_IN(TRANSFERRED);

    if (begun(trial, STEP_COMPLETE) > 0 || begun(trial, STEP_CANCEL) > 0)
        return;
    if (begun(trial, STEP_RESUME) == 0 || stands(trial, STEP_SUSPEND, STEP_RESUME))
        trial_claim(trial, state == XBITS_STATE_SUSPENDED, "the job is not suspended any more");
    if (stands(trial, STEP_RESUME, STEP_SUSPEND))
        trial_claim(trial, (going_on >> state & 1u) != 0, "the job does not go on");
    if (done(trial, STEP_TRANSFER) > 0 && trial->end == DISK_POWER_KILL)
        trial_claim(trial, state == XBITS_STATE_TRANSFERRED, "the job is not TRANSFERRED any more");
}

static void check_job(struct trial *trial, const struct listing *listing)
{
    bool may_be_over = begun(trial, STEP_COMPLETE) > 0 || begun(trial, STEP_CANCEL) > 0;
    bool must_be_over = done(trial, STEP_COMPLETE) > 0 || done(trial, STEP_CANCEL) > 0;

    trial_claim(trial, listing->count <= 1, "there are two jobs");
    if (listing->count == 0) {
        trial_claim(trial, done(trial, STEP_CREATE) == 0 || may_be_over, "the job is lost");
        return;
    }
    trial_claim(trial, begun(trial, STEP_CREATE) > 0 && !must_be_over, "there is a job too many");
    if (done(trial, STEP_CREATE) > 0)
        trial_claim(trial, memcmp(&listing->id, &trial->job, sizeof(trial->job)) == 0,
                    "the job has another id");
    trial->job = listing->id;
    trial_claim(trial, strcmp(listing->name, "job") == 0, "the job has another name");
    trial_claim(trial,
                strcmp(listing->description, "kept") == 0 ||
                    (strcmp(listing->description, "") == 0 && done(trial, STEP_DESCRIBE) == 0),
                "the description is lost");
    check_state(trial, listing->state);
}

/* No file under a final name before Complete, and none with a wrong byte; returns how many. */
static size_t check_final_files(const struct trial *trial, bool may_be_there)
{
    static uint8_t found[100000];
    static uint8_t wanted[100000];
    size_t count = 0;

    for (size_t i = 0; i < TRIAL_FILES; i++) {
        struct disk_file *file = NULL;
        size_t size = 0;

        if (disk_open(trial->disk, trial_local_name(i), DISK_OPEN_READ, &file) != XBITS_S_OK)
            continue;
        count++;
        trial_claim(trial, may_be_there, "a final name came too early");
        assert_ok(disk_read_at(trial->disk, file, 0, found, sizeof(found), &size));
        assert_ok(disk_close(trial->disk, file));
        resource_pattern(i + 1, 0, wanted, (size_t)trial_size(i));
        trial_claim(trial, size == trial_size(i) && memcmp(found, wanted, size) == 0,
                    "a final file has wrong bytes");
    }
    return count;
}

static void count_temporary(void *user, const char *path)
{
    if (strstr(path, "/BIT") != NULL)
        ++*(size_t *)user;
}

static size_t temporary_files(const struct trial *trial)
{
    size_t count = 0;

    disk_power_visit_files(trial->disk, count_temporary, &count);
    return count;
}

static void check_over(const struct trial *trial)
{
    size_t completed = check_final_files(trial, begun(trial, STEP_COMPLETE) > 0);

    if (begun(trial, STEP_CANCEL) == 0 && begun(trial, STEP_COMPLETE) > 0)
        trial_claim(trial, completed == trial->scenario->completed,
                    "a completed file has not its name");
    trial_claim(trial, temporary_files(trial) == 0, "a temporary file was forgotten");
}

/* The owner that recovers may be hit, too. */
static void fail_to_recover(struct trial *trial)
{
    disk_power_end_after(trial->disk, 1 + random_below(&trial->random, RECOVERY_OPERATIONS),
                         trial->end);
    if (trial_open(trial))
        (void)trial->connection->backend->advance(trial->connection, 3000, false, NULL, NULL);
    trial_close(trial);
    disk_power_end_after(trial->disk, 0, trial->end);
    disk_power_restore(trial->disk);
}

static void finish_job(struct trial *trial)
{
    const struct backend *backend = trial->connection->backend;
    size_t file_count;

    assert_ok(backend->hold_job(trial->connection, &trial->job));
    file_count = check_files(trial);
    (void)check_final_files(trial, begun(trial, STEP_COMPLETE) > 0);
    if (file_count == 0) {
        assert_ok(backend->ask(trial->connection, &trial->job, REQUEST_CANCEL));
    } else {
        assert_ok(backend->ask(trial->connection, &trial->job, REQUEST_RESUME));
        trial_claim(trial, trial_transfer(trial), "the job does not come to its end");
        trial_claim(trial,
                    backend->ask(trial->connection, &trial->job, REQUEST_COMPLETE) == XBITS_S_OK,
                    "the job cannot be completed");
    }
    backend->release_job(trial->connection, &trial->job);
    trial_claim(trial, check_final_files(trial, true) == file_count,
                "a completed file is not there");
    trial_claim(trial, temporary_files(trial) == 0, "a temporary file is left at the end");
}

void trial_recover(struct trial *trial)
{
    struct listing listing;

    trial_close(trial);
    disk_power_end_after(trial->disk, 0, trial->end);
    disk_power_restore(trial->disk);
    fail_to_recover(trial);
    trial_claim(trial, trial_open(trial), "the queue cannot be opened");
    listing = list_jobs(trial);
    check_job(trial, &listing);
    if (listing.count == 0)
        check_over(trial);
    else
        finish_job(trial);
    trial_close(trial);
    trial_claim(trial, trial_open(trial), "the queue cannot be opened a second time");
    trial_claim(trial, list_jobs(trial).count == 0, "a job is there again");
    trial_close(trial);
}

void trial_dispose(struct trial *trial)
{
    trial_close(trial);
    disk_power_free(trial->disk);
}
