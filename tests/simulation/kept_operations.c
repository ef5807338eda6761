/* SPDX-License-Identifier: MIT */
#include "simulation/kept.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "job/job_state.h"

const enum xbits_job_property kept_properties[KEPT_PROPERTY_COUNT] = {
    [KEPT_DESCRIPTION] = XBITS_JOB_DESCRIPTION,
    [KEPT_PRIORITY] = XBITS_JOB_PRIORITY,
    [KEPT_RETRY_DELAY] = XBITS_JOB_MINIMUM_RETRY_DELAY,
    [KEPT_NO_PROGRESS] = XBITS_JOB_NO_PROGRESS_TIMEOUT,
    [KEPT_NOTIFY_FLAGS] = XBITS_JOB_NOTIFY_FLAGS,
};

const uint32_t kept_defaults[KEPT_PROPERTY_COUNT] = {
    [KEPT_DESCRIPTION] = 0,
    [KEPT_PRIORITY] = XBITS_PRIORITY_NORMAL,
    [KEPT_RETRY_DELAY] = 600,
    [KEPT_NO_PROGRESS] = 1209600,
    [KEPT_NOTIFY_FLAGS] = XBITS_NOTIFY_JOB_TRANSFERRED | XBITS_NOTIFY_JOB_ERROR,
};

/* Descriptions are numbers, too: "" is 0. */
bool kept_get(struct kept_job *job, enum kept_property property, uint32_t *value_out)
{
    struct xbits_value value = { .kind = XBITS_KIND_NONE };

    if (XBITS_FAILED(xbits_job_get(job->handle, kept_properties[property], &value)))
        return false;
    if (property == KEPT_DESCRIPTION)
        *value_out = (uint32_t)strtoul(value.as.text, NULL, 10);
    else
        *value_out = value.as.u32;
    xbits_value_dispose(&value);
    return true;
}

static size_t open_jobs_of(const struct kept *kept, enum kept_caller owner)
{
    size_t count = 0;

    for (size_t i = 0; i < KEPT_JOBS; i++) {
        const struct kept_job *job = &kept->jobs[i];

        count +=
            job->is_used && job->owner == owner && !job_state_is_in(job->state, XBITS_STATES_FINAL);
    }
    return count;
}

static void create_empty_job(struct kept *kept)
{
    struct simulation *simulation = &kept->core;
    struct kept_job *job = kept_place(kept);
    enum kept_caller owner = pick(simulation, 3) == 0 ? CALLER_SERVICE : CALLER_USER;
    bool is_too_many = owner == CALLER_USER && open_jobs_of(kept, owner) >= KEPT_JOBS_OF_A_USER;
    xbits_result expected = is_too_many ? XBITS_BG_E_TOO_MANY_JOBS_PER_USER : XBITS_S_OK;
    struct xbits_job *handle = NULL;
    xbits_result result;

    if (job == NULL)
        return;
    result = xbits_job_create(kept->managers[owner], "a job", XBITS_TYPE_DOWNLOAD, &handle);
    trace(simulation, "job %u is made: %s", simulation->jobs_made, xbits_result_name(result));
    claim(simulation, result == expected || (XBITS_FAILED(result) && !kept_is_well(kept)),
          "CreateJob answered %s: %s", xbits_result_name(result), xbits_last_error()->message);
    if (XBITS_FAILED(result)) {
        kept->begun_creates += is_too_many ? 0 : 1;
        return;
    }
    kept->is_unsettled = false;
    *job = (struct kept_job){
        .is_used = true,
        .handle = handle,
        .owner = owner,
        .caller = owner,
        .subscriber = -1,
        .id = *xbits_job_id(handle),
        .number = simulation->jobs_made++,
        .state = XBITS_STATE_SUSPENDED,
        .wish = WISH_SUSPENDED,
    };
    for (size_t i = 0; i < KEPT_PROPERTY_COUNT; i++)
        job->values[i].known = kept_defaults[i];
}

static xbits_result add(struct kept *kept, struct kept_job *job, uint32_t count)
{
    struct xbits_file_spec specs[3] = { { 0 } };
    char paths[3][64];
    char urls[3][64];

    for (uint32_t i = 0; i < count; i++) {
        kept->files[kept->file_count + i] = (struct kept_file){ .job = job->number };
        snprintf(urls[i], sizeof urls[i], ORIGIN_URL, (unsigned)pick(&kept->core, RESOURCE_COUNT));
        specs[i].remote_name = urls[i];
        specs[i].local_name = kept_path(kept->file_count + i, paths[i]);
    }
    return xbits_job_add_files(job->handle, specs, count);
}

static xbits_result expected_of_adding(const struct kept_job *job, uint32_t count)
{
    if (job_state_is_in(job->state, XBITS_STATES_FINAL))
        return XBITS_BG_E_INVALID_STATE;
    if (job->caller == CALLER_USER && job->file_count + count > KEPT_FILES_OF_USERS)
        return XBITS_BG_E_TOO_MANY_FILES_IN_JOB;
    return XBITS_S_OK;
}

static void add_files(struct kept *kept, struct kept_job *job)
{
    struct simulation *simulation = &kept->core;
    uint32_t count = 1 + pick(simulation, 3);
    xbits_result expected;
    xbits_result result;

    if (kept->file_count + count > KEPT_FILES || job->file_count + count > KEPT_FILES_OF_A_JOB)
        return;
    expected = expected_of_adding(job, count);
    result = add(kept, job, count);
    trace(simulation, "job %u: add %" PRIu32 " from f%zu: %s", job->number, count, kept->file_count,
          xbits_result_name(result));
    job->has_more |= result == XBITS_S_OK && job->state == XBITS_STATE_TRANSFERRED;
    claim(simulation, result == expected || (XBITS_FAILED(result) && !kept_is_well(kept)),
          "job %u in %s: AddFileSet answered %s, expected %s", job->number,
          xbits_state_name(job->state), xbits_result_name(result), xbits_result_name(expected));
    kept->is_unsettled = kept->is_unsettled && result != XBITS_S_OK;
    for (uint32_t i = 0; i < count; i++) {
        if (XBITS_SUCCEEDED(result)) {
            kept->files[kept->file_count].is_added = true;
            job->files[job->file_count++] = kept->file_count;
        }
        kept->file_count++;
    }
}

static void add_to_a_job(struct kept *kept)
{
    struct kept_job *job = kept_pick(kept);

    if (job != NULL)
        add_files(kept, job);
}

/* The new job takes the place that was free. */
static void create_job(struct kept *kept)
{
    struct kept_job *place = kept_place(kept);
    unsigned number = kept->core.jobs_made;

    create_empty_job(kept);
    if (place != NULL && place->is_used && place->number == number && pick(&kept->core, 5) > 0)
        add_files(kept, place);
}

typedef xbits_result request_call(struct xbits_job *job);
static const struct {
    const char *name;
    request_call *call;
    enum job_trigger trigger;
    enum kept_wish wish;
} requests[] = {
    [ASK_RESUME] = { "Resume", xbits_job_resume, TRIGGER_RESUME, WISH_RUNNING },
    [ASK_SUSPEND] = { "Suspend", xbits_job_suspend, TRIGGER_SUSPEND, WISH_SUSPENDED },
    [ASK_COMPLETE] = { "Complete", xbits_job_complete, TRIGGER_COMPLETE, WISH_OPEN },
    [ASK_CANCEL] = { "Cancel", xbits_job_cancel, TRIGGER_CANCEL, WISH_OPEN },
};

static xbits_result expected_answer(const struct xbits_job_snapshot *before, unsigned which)
{
    enum xbits_job_state after;
    bool is_whole = before->progress.files_transferred == before->progress.files_total;

    if (!job_state_after(before->state, before->type, requests[which].trigger, &after))
        return XBITS_BG_E_INVALID_STATE;
    if (which == ASK_RESUME && before->progress.files_total == 0)
        return XBITS_BG_E_EMPTY;
    if (which == ASK_COMPLETE && !is_whole)
        return XBITS_BG_S_PARTIAL_COMPLETE;
    return XBITS_S_OK;
}

struct marking {
    struct kept *kept;
    struct kept_job *job;
};

static bool mark_transferred(const struct xbits_file_snapshot *file, void *user)
{
    struct marking *marking = user;

    struct kept_file *known;

    if (file->index >= marking->job->file_count)
        return false;
    known = &marking->kept->files[marking->job->files[file->index]];
    known->was_transferred = file->is_transferred;
    known->was_completed = file->is_completed;
    return true;
}

static void end(struct kept *kept, struct kept_job *job, unsigned which, xbits_result result)
{
    bool is_complete = which == ASK_COMPLETE;

    job->is_over = true;
    for (size_t i = 0; i < job->file_count; i++) {
        struct kept_file *file = &kept->files[job->files[i]];

        file->is_over = true;
        if (!is_complete) {
            file->name = file->was_completed ? NAME_PRESENT : NAME_ABSENT;
            if (file->may_be_there)
                file->name = NAME_EITHER;
            continue;
        }
        file->name = file->was_transferred ? NAME_PRESENT : NAME_ABSENT;
        if (result == XBITS_BG_S_UNABLE_TO_DELETE_FILES || !kept_is_well(kept) ||
            (file->name == NAME_ABSENT && file->may_be_there))
            file->name = NAME_EITHER;
    }
    if (kept->ended_count < KEPT_ENDED)
        kept->ended[kept->ended_count++] =
            (struct kept_end){ .job = job->id,
                               .number = job->number,
                               .event =
                                   is_complete ? XBITS_EVENT_COMPLETED : XBITS_EVENT_CANCELLED };
}

static void note_answer(struct kept *kept, struct kept_job *job, unsigned which,
                        xbits_result result)
{
    bool is_end = which == ASK_COMPLETE || which == ASK_CANCEL;

    if (XBITS_SUCCEEDED(result)) {
        job->wish = requests[which].wish;
        job->has_more = job->has_more && which != ASK_RESUME;
        if (is_end)
            end(kept, job, which, result);
    } else if (!kept_is_well(kept)) {
        job->wish = WISH_OPEN;
        if (is_end)
            job->end_is_begun[which == ASK_COMPLETE ? END_COMPLETE : END_CANCEL] = true;
        for (size_t i = 0; which == ASK_COMPLETE && i < job->file_count; i++)
            kept->files[job->files[i]].may_be_there |= kept->files[job->files[i]].was_transferred;
    }
}

void kept_ask(struct kept *kept, struct kept_job *job, unsigned which)
{
    struct simulation *simulation = &kept->core;
    struct marking marking = { kept, job };
    struct xbits_job_snapshot before = kept_read(kept, job);
    xbits_result expected = expected_answer(&before, which);
    enum xbits_job_state state = before.state;
    xbits_result result;

    if (expected != XBITS_BG_E_INVALID_STATE)
        (void)xbits_job_visit_files(job->handle, mark_transferred, &marking);
    result = requests[which].call(job->handle);
    trace(simulation, "job %u in %s: %s: %s", job->number, xbits_state_name(state),
          requests[which].name, xbits_result_name(result));
    claim(simulation,
          result == expected || (!kept_is_well(kept) && expected != XBITS_BG_E_INVALID_STATE),
          "job %u in %s: %s answered %s, expected %s", job->number, xbits_state_name(state),
          requests[which].name, xbits_result_name(result), xbits_result_name(expected));
    if (expected != XBITS_BG_E_INVALID_STATE && expected != XBITS_BG_E_EMPTY)
        note_answer(kept, job, which, result);
}

static void ask(struct kept *kept, unsigned which)
{
    struct kept_job *job = kept_pick(kept);

    if (job != NULL)
        kept_ask(kept, job, which);
}

static void resume(struct kept *kept)
{
    ask(kept, ASK_RESUME);
}

static void suspend(struct kept *kept)
{
    ask(kept, ASK_SUSPEND);
}

static void complete(struct kept *kept)
{
    ask(kept, ASK_COMPLETE);
}

static void cancel(struct kept *kept)
{
    ask(kept, ASK_CANCEL);
}

static const struct {
    uint32_t least;
    uint32_t bound;
} ranges[KEPT_PROPERTY_COUNT] = {
    [KEPT_DESCRIPTION] = { 1, 100000 }, [KEPT_PRIORITY] = { 0, XBITS_PRIORITY_COUNT },
    [KEPT_RETRY_DELAY] = { 5, 1000 },   [KEPT_NO_PROGRESS] = { 0, 5000 },
    [KEPT_NOTIFY_FLAGS] = { 1, 3 },
};

static void note_value(struct kept *kept, struct kept_value *value, uint32_t number,
                       xbits_result result)
{
    if (XBITS_SUCCEEDED(result)) {
        kept->is_unsettled = false;
        value->known = number;
        value->begun_count = 0;
    } else if (!kept_is_well(kept) && value->begun_count < KEPT_BEGUN) {
        value->begun[value->begun_count++] = number;
    }
}

static void set_property(struct kept *kept)
{
    struct simulation *simulation = &kept->core;
    struct kept_job *job = kept_pick(kept);
    uint32_t property = pick(simulation, KEPT_PROPERTY_COUNT);
    uint32_t number = ranges[property].least + pick(simulation, ranges[property].bound);
    struct xbits_value value = xbits_value_u32(number);
    char text[16];
    bool is_final;
    xbits_result expected;
    xbits_result result;

    if (job == NULL || job->values[property].begun_count == KEPT_BEGUN)
        return;
    snprintf(text, sizeof text, "%" PRIu32, number);
    if (property == KEPT_DESCRIPTION)
        value = xbits_value_text(text);
    is_final = job_state_is_in(job->state, XBITS_STATES_FINAL);
    expected = is_final ? XBITS_BG_E_INVALID_STATE : XBITS_S_OK;
    result = xbits_job_set(job->handle, kept_properties[property], &value);
    trace(simulation, "job %u: %s = %s: %s", job->number,
          xbits_job_property_name(kept_properties[property]), text, xbits_result_name(result));
    claim(simulation, result == expected || (XBITS_FAILED(result) && !kept_is_well(kept)),
          "job %u in %s: setting a property answered %s", job->number, xbits_state_name(job->state),
          xbits_result_name(result));
    if (!is_final)
        note_value(kept, &job->values[property], number, result);
}

static void advance(struct kept *kept)
{
    static const uint32_t bounds[] = { 2, 200, 2000, 9000, 60000, 700000 };
    struct simulation *simulation = &kept->core;
    uint64_t ms = pick(simulation, bounds[pick(simulation, sizeof bounds / sizeof bounds[0])]);
    xbits_result result = xbits_sim_advance(simulation->manager, ms);

    trace(simulation, "advance %" PRIu64, ms);
    claim(simulation, result == XBITS_S_OK, "the clock cannot be advanced: %s",
          xbits_last_error()->message);
}

static bool count_down(void *user)
{
    uint32_t *left = user;

    return (*left)-- == 0;
}

static void run_some_steps(struct kept *kept)
{
    uint32_t left = pick(&kept->core, 8);
    xbits_result result = xbits_sim_run_until(kept->core.manager, 3600000, count_down, &left, NULL);

    trace(&kept->core, "some steps: %s", xbits_result_name(result));
    claim(&kept->core, XBITS_SUCCEEDED(result), "the engine does not run: %s",
          xbits_last_error()->message);
}

static void flip_network(struct kept *kept)
{
    struct simulation *simulation = &kept->core;

    simulation->network_is_up = !simulation->network_is_up;
    trace(simulation, "the network is %s", simulation->network_is_up ? "up" : "down");
    claim(simulation,
          xbits_sim_set_network(simulation->manager, simulation->network_is_up) == XBITS_S_OK,
          "the network cannot be set");
}

static void change_origin(struct kept *kept)
{
    origin_change(&kept->core, pick(&kept->core, 4) == 0);
}

/* A user may not see a service's job, the service every one; a final one is not found. */
static void open_again(struct kept *kept, struct kept_job *job)
{
    struct simulation *simulation = &kept->core;
    enum kept_caller caller = pick(simulation, 2) == 0 ? CALLER_USER : CALLER_SERVICE;
    bool is_final = job_state_is_in(job->state, XBITS_STATES_FINAL);
    xbits_result expected =
        caller == CALLER_USER && job->owner == CALLER_SERVICE ? XBITS_E_ACCESSDENIED : XBITS_S_OK;
    struct xbits_job *handle = NULL;
    xbits_result result = xbits_job_open(kept->managers[caller], &job->id, &handle);

    trace(simulation, "job %u: opened by %d: %s", job->number, (int)caller,
          xbits_result_name(result));
    if (is_final)
        expected = XBITS_BG_E_NOT_FOUND;
    claim(simulation, result == expected, "job %u in %s: GetJob answered %s", job->number,
          xbits_state_name(job->state), xbits_result_name(result));
    if (XBITS_SUCCEEDED(result)) {
        xbits_job_close(job->handle);
        job->handle = handle;
        job->caller = caller;
    } else if (job->is_over) {
        xbits_job_close(job->handle);
        job->handle = NULL;
        job->is_used = false;
    }
}

static void change_handles(struct kept *kept)
{
    for (size_t i = 0; i < KEPT_JOBS; i++) {
        struct kept_job *job = &kept->jobs[i];

        if (job->is_used && job->handle != NULL && pick(&kept->core, 2) == 0)
            open_again(kept, job);
    }
}

static void close_and_open(struct kept *kept)
{
    kept_reopen(kept, pick(&kept->core, 4) == 0 ? XBITS_ACCESS_EDIT : XBITS_ACCESS_RUN);
}

typedef void operation(struct kept *kept);
static const struct {
    operation *run;
    unsigned weight;
} operations[] = {
    { create_job, 12 },
    { add_to_a_job, 6 },
    { resume, 26 },
    { suspend, 4 },
    { complete, 5 },
    { cancel, 2 },
    { advance, 16 },
    { run_some_steps, 20 },
    { flip_network, 2 },
    { change_origin, 4 },
    { set_property, 7 },
    { change_handles, 3 },
    { kept_end_operation, 5 },
    { close_and_open, 3 },
    { kept_fault_operation, 4 },
    { kept_notify_operation, 8 },
    { kept_look_on, 3 },
};
#define OPERATION_COUNT (sizeof operations / sizeof operations[0])

void kept_operate(struct kept *kept)
{
    unsigned total = 0;
    unsigned drawn;

    /* What hinders most does not last. */
    if (!kept->core.network_is_up && pick(&kept->core, 4) == 0)
        flip_network(kept);
    if (kept->has_fault && pick(&kept->core, 4) == 0)
        kept_fault_operation(kept);
    if (kept->access == XBITS_ACCESS_EDIT && pick(&kept->core, 6) == 0)
        kept_reopen(kept, XBITS_ACCESS_RUN);
    for (size_t i = 0; i < OPERATION_COUNT; i++)
        total += operations[i].weight;
    drawn = pick(&kept->core, total);
    for (size_t i = 0; i < OPERATION_COUNT && kept->core.manager != NULL; i++) {
        if (drawn < operations[i].weight) {
            operations[i].run(kept);
            return;
        }
        drawn -= operations[i].weight;
    }
}
