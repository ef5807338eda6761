/* SPDX-License-Identifier: MIT */
#include "simulation/simulation.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "job/job_state.h"

struct xbits_job_snapshot read_job(struct simulation *simulation, struct simulated_job *job)
{
    struct xbits_job_snapshot snapshot;

    XBITS_INIT(&snapshot);
    claim(simulation, xbits_job_read(job->handle, &snapshot) == XBITS_S_OK, "job %u cannot be read",
          job->number);
    return snapshot;
}

/* A random job, rarely a final one; NULL without any. */
static struct simulated_job *pick_job(struct simulation *simulation)
{
    uint32_t states = pick(simulation, 10) == 0 ? UINT32_MAX : XBITS_STATES_OPEN;
    struct simulated_job *wanted[JOB_MAXIMUM];
    uint32_t count = 0;

    for (size_t i = 0; i < JOB_MAXIMUM; i++) {
        struct simulated_job *job = &simulation->jobs[i];

        if (job->handle != NULL && job_state_is_in(job->state, states))
            wanted[count++] = job;
    }
    return count > 0 ? wanted[pick(simulation, count)] : NULL;
}

static struct simulated_job *free_place(struct simulation *simulation)
{
    for (size_t i = 0; i < JOB_MAXIMUM; i++) {
        if (simulation->jobs[i].handle == NULL)
            return &simulation->jobs[i];
    }
    return NULL;
}

static void add_file(struct simulation *simulation, struct simulated_job *job)
{
    bool is_final = job_state_is_in(job->state, XBITS_STATES_FINAL);
    struct simulated_file *file = &simulation->files[simulation->file_count];
    char path[TEMP_PATH_SIZE];
    char url[64];
    xbits_result result;

    if (simulation->file_count == FILE_MAXIMUM || job->file_count == FILES_OF_A_JOB)
        return;
    *file = (struct simulated_file){ .job = job->id };
    snprintf(file->name, sizeof file->name, "f%zu.bin", simulation->file_count);
    snprintf(url, sizeof url, ORIGIN_URL, (unsigned)pick(simulation, RESOURCE_COUNT));
    result = xbits_job_add_file(job->handle, url,
                                temp_directory_join(&simulation->directory, file->name, path));
    trace(simulation, "job %u: add %s as %s: %s", job->number, url, file->name,
          xbits_result_name(result));
    claim(simulation, result == (is_final ? XBITS_BG_E_INVALID_STATE : XBITS_S_OK),
          "job %u in %s: AddFile answered %s", job->number, xbits_state_name(job->state),
          xbits_result_name(result));
    if (XBITS_FAILED(result))
        return;
    simulation->file_count++;
    job->file_count++;
}

static void create_job(struct simulation *simulation)
{
    struct simulated_job *job = free_place(simulation);
    xbits_result result;

    if (job == NULL)
        return;
    *job =
        (struct simulated_job){ .number = simulation->jobs_made++, .state = XBITS_STATE_SUSPENDED };
    result = xbits_job_create(simulation->manager, "a job", XBITS_TYPE_DOWNLOAD, &job->handle);
    trace(simulation, "job %u is made", job->number);
    if (!claim(simulation, result == XBITS_S_OK, "no job: %s", xbits_last_error()->message))
        return;
    job->id = *xbits_job_id(job->handle);
    for (uint32_t i = pick(simulation, 4); i > 0; i--)
        add_file(simulation, job);
}

static void add_to_a_job(struct simulation *simulation)
{
    struct simulated_job *job = pick_job(simulation);

    if (job != NULL)
        add_file(simulation, job);
}

typedef xbits_result request_call(struct xbits_job *job);
static const struct {
    const char *name;
    request_call *call;
    enum job_trigger trigger;
} requests[] = {
    [ASK_RESUME] = { "Resume", xbits_job_resume, TRIGGER_RESUME },
    [ASK_SUSPEND] = { "Suspend", xbits_job_suspend, TRIGGER_SUSPEND },
    [ASK_COMPLETE] = { "Complete", xbits_job_complete, TRIGGER_COMPLETE },
    [ASK_CANCEL] = { "Cancel", xbits_job_cancel, TRIGGER_CANCEL },
};

/* Complete is partial unless every file is whole; Resume needs a file. */
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

void request(struct simulation *simulation, struct simulated_job *job, unsigned which)
{
    struct xbits_job_snapshot before = read_job(simulation, job);
    xbits_result expected = expected_answer(&before, which);
    enum xbits_job_state state = before.state;
    xbits_result result = requests[which].call(job->handle);

    trace(simulation, "job %u in %s: %s: %s", job->number, xbits_state_name(state),
          requests[which].name, xbits_result_name(result));
    claim(simulation, result == expected, "job %u in %s: %s answered %s, expected %s", job->number,
          xbits_state_name(state), requests[which].name, xbits_result_name(result),
          xbits_result_name(expected));
}

static void ask(struct simulation *simulation, unsigned which)
{
    struct simulated_job *job = pick_job(simulation);

    if (job != NULL)
        request(simulation, job, which);
}

static void resume(struct simulation *simulation)
{
    ask(simulation, ASK_RESUME);
}

static void suspend(struct simulation *simulation)
{
    ask(simulation, ASK_SUSPEND);
}

static void complete(struct simulation *simulation)
{
    ask(simulation, ASK_COMPLETE);
}

static void cancel(struct simulation *simulation)
{
    ask(simulation, ASK_CANCEL);
}

static void advance(struct simulation *simulation)
{
    static const uint32_t bounds[] = { 2, 200, 2000, 9000, 60000, 700000 };
    uint64_t ms = pick(simulation, bounds[pick(simulation, sizeof bounds / sizeof bounds[0])]);
    int64_t before = xbits_manager_time(simulation->manager);
    xbits_result result = xbits_sim_advance(simulation->manager, ms);

    trace(simulation, "advance %" PRIu64, ms);
    claim(simulation, result == XBITS_S_OK, "the clock cannot be advanced: %s",
          xbits_last_error()->message);
    claim(simulation,
          xbits_manager_time(simulation->manager) == before + (int64_t)ms * INT64_C(10000),
          "the clock did not move by %" PRIu64 " ms", ms);
}

static bool count_down(void *user)
{
    uint32_t *left = user;

    return (*left)-- == 0;
}

/* Stops in the middle of things: after a few steps of the engine. */
static void run_some_steps(struct simulation *simulation)
{
    uint32_t left = pick(simulation, 8);
    xbits_result result =
        xbits_sim_run_until(simulation->manager, 3600000, count_down, &left, NULL);

    trace(simulation, "some steps: %s", xbits_result_name(result));
    claim(simulation, XBITS_SUCCEEDED(result), "the engine does not run: %s",
          xbits_last_error()->message);
}

static void flip_network(struct simulation *simulation)
{
    simulation->network_is_up = !simulation->network_is_up;
    trace(simulation, "the network is %s", simulation->network_is_up ? "up" : "down");
    claim(simulation,
          xbits_sim_set_network(simulation->manager, simulation->network_is_up) == XBITS_S_OK,
          "the network cannot be set");
}

static void change_origin(struct simulation *simulation)
{
    origin_change(simulation, pick(simulation, 4) == 0);
}

static void set_property(struct simulation *simulation)
{
    static const struct {
        enum xbits_job_property property;
        uint32_t least;
        uint32_t bound;
    } choices[] = {
        { XBITS_JOB_PRIORITY, 0, XBITS_PRIORITY_COUNT },
        { XBITS_JOB_PRIORITY, 0, XBITS_PRIORITY_COUNT },
        { XBITS_JOB_MINIMUM_RETRY_DELAY, 0, 1000 },
        { XBITS_JOB_NO_PROGRESS_TIMEOUT, 0, 5000 },
        { XBITS_JOB_MAXIMUM_DOWNLOAD_TIME, 1, 500 },
    };
    uint32_t choice = pick(simulation, sizeof choices / sizeof choices[0]);
    struct xbits_value value =
        xbits_value_u32(choices[choice].least + pick(simulation, choices[choice].bound));
    struct simulated_job *job = pick_job(simulation);
    xbits_result result;

    if (job == NULL)
        return;
    result = xbits_job_set(job->handle, choices[choice].property, &value);
    trace(simulation, "job %u: %s = %" PRIu32 ": %s", job->number,
          xbits_job_property_name(choices[choice].property), value.as.u32,
          xbits_result_name(result));
    claim(simulation,
          result == (job_state_is_in(job->state, XBITS_STATES_FINAL) ? XBITS_BG_E_INVALID_STATE
                                                                     : XBITS_S_OK),
          "job %u in %s: setting a property answered %s", job->number, xbits_state_name(job->state),
          xbits_result_name(result));
}

static void reopen(struct simulation *simulation, struct simulated_job *job)
{
    bool is_final = job_state_is_in(job->state, XBITS_STATES_FINAL);
    xbits_result result;

    xbits_job_close(job->handle);
    job->handle = NULL;
    result = xbits_job_open(simulation->manager, &job->id, &job->handle);
    trace(simulation, "job %u: closed and opened: %s", job->number, xbits_result_name(result));
    claim(simulation, result == (is_final ? XBITS_BG_E_NOT_FOUND : XBITS_S_OK),
          "job %u in %s: GetJob answered %s", job->number, xbits_state_name(job->state),
          xbits_result_name(result));
}

/* A final job is forgotten with its last handle, another one is found again. */
static void close_handles(struct simulation *simulation)
{
    for (size_t i = 0; i < JOB_MAXIMUM; i++) {
        if (simulation->jobs[i].handle != NULL && pick(simulation, 2) == 0)
            reopen(simulation, &simulation->jobs[i]);
    }
}

typedef void operation(struct simulation *simulation);
static const struct {
    operation *run;
    unsigned weight;
} operations[] = {
    { create_job, 12 },  { add_to_a_job, 5 },  { resume, 24 },      { suspend, 5 },
    { complete, 4 },     { cancel, 2 },        { advance, 14 },     { run_some_steps, 18 },
    { flip_network, 3 }, { change_origin, 4 }, { set_property, 6 }, { close_handles, 3 },
};
#define OPERATION_COUNT (sizeof operations / sizeof operations[0])

void operate(struct simulation *simulation)
{
    unsigned total = 0;
    unsigned drawn;

    if (!simulation->network_is_up && pick(simulation, 4) == 0)
        flip_network(simulation);
    for (size_t i = 0; i < OPERATION_COUNT; i++)
        total += operations[i].weight;
    drawn = pick(simulation, total);
    for (size_t i = 0; i < OPERATION_COUNT; i++) {
        if (drawn < operations[i].weight) {
            operations[i].run(simulation);
            return;
        }
        drawn -= operations[i].weight;
    }
}
