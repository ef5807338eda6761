/* SPDX-License-Identifier: MIT */
#include "crash/trial.h"

#include <string.h>

#define QUEUE "/state/queue"

static const struct {
    const char *remote_name;
    const char *local_name;
    uint64_t size;
} files[TRIAL_FILES] = {
    { "http://origin.test/0", "/files/zero.bin", 30000 },
    { "http://origin.test/1", "/files/one.bin", 70000 },
    { "http://origin.test/2", "/files/two.bin", 50001 },
};

static const char origin[] = "[resource zero]\n"
                             "url = http://origin.test/0\n"
                             "size = 30000\n"
                             "pattern = 1\n"
                             "rate = 40000\n"
                             "[resource one]\n"
                             "url = http://origin.test/1\n"
                             "size = 70000\n"
                             "pattern = 2\n"
                             "rate = 40000\n"
                             "[resource two]\n"
                             "url = http://origin.test/2\n"
                             "size = 50001\n"
                             "pattern = 3\n"
                             "rate = 40000\n";

const char *trial_local_name(size_t file)
{
    return files[file].local_name;
}

const char *trial_remote_name(size_t file)
{
    return files[file].remote_name;
}

uint64_t trial_size(size_t file)
{
    return files[file].size;
}

static const struct backend *port(struct trial *trial)
{
    return trial->connection->backend;
}

bool trial_open(struct trial *trial)
{
    static const char *const settings[] = { "transfer.gather_bytes=16384",
                                            "transfer.buffer_bytes=16384",
                                            "transfer.checkpoint_bytes=16384",
                                            "transfer.checkpoint_s=0", NULL };
    struct xbits_options options;
    struct xbits_value text = xbits_value_text(origin);

    XBITS_INIT(&options);
    options.backend = "sim";
    options.source = "script";
    options.clock = XBITS_CLOCK_VIRTUAL;
    options.seed = trial->seed;
    options.settings = settings;
    options.queue = QUEUE;
    if (sim_backend_open_on(&options, trial->disk, &trial->connection) != XBITS_S_OK)
        return false;
    trial_claim(trial,
                port(trial)->set_world_property(trial->connection, XBITS_WORLD_ORIGIN, &text) ==
                    XBITS_S_OK,
                "the origin is refused");
    return true;
}

void trial_close(struct trial *trial)
{
    if (trial->connection != NULL)
        port(trial)->close(trial->connection);
    trial->connection = NULL;
}

static bool pass(struct trial *trial, uint64_t ms)
{
    const struct backend *backend = port(trial);

    trial_claim(trial,
                XBITS_SUCCEEDED(backend->advance(
                    trial->connection, backend->now_ms(trial->connection) + ms, false, NULL, NULL)),
                "time does not pass");
    return !disk_power_is_off(trial->disk);
}

static bool keep_state(const struct xbits_job_snapshot *snapshot, void *user)
{
    *(enum xbits_job_state *)user = snapshot->state;
    return true;
}

bool trial_transfer(struct trial *trial)
{
    enum xbits_job_state state = XBITS_STATE_SUSPENDED;

    for (int seconds = 0; seconds < 7200 && state != XBITS_STATE_TRANSFERRED; seconds++) {
        if (!pass(trial, 1000))
            return false;
        if (XBITS_FAILED(port(trial)->read_job(trial->connection, &trial->job, keep_state, &state)))
            return false;
    }
    return state == XBITS_STATE_TRANSFERRED;
}

static bool add_file(struct trial *trial)
{
    struct xbits_file_spec spec = { 0 };
    size_t added = 0;

    for (size_t i = 0; i < trial->acknowledged; i++)
        added += trial->scenario->steps[i] == STEP_ADD;
    spec.remote_name = files[added].remote_name;
    spec.local_name = files[added].local_name;
    return XBITS_SUCCEEDED(port(trial)->add_files(trial->connection, &trial->job, &spec, 1));
}

static bool describe(struct trial *trial)
{
    struct xbits_value value = xbits_value_text("kept");

    return XBITS_SUCCEEDED(port(trial)->set_job_property(trial->connection, &trial->job,
                                                         XBITS_JOB_DESCRIPTION, &value));
}

static bool ask(struct trial *trial, enum backend_request request)
{
    return XBITS_SUCCEEDED(port(trial)->ask(trial->connection, &trial->job, request));
}

/* A job that is known already is held again. */
static bool open_queue(struct trial *trial)
{
    if (!trial_open(trial))
        return false;
    return trial->acknowledged == 0 ||
           XBITS_SUCCEEDED(port(trial)->hold_job(trial->connection, &trial->job));
}

static bool create(struct trial *trial)
{
    return XBITS_SUCCEEDED(
        port(trial)->create_job(trial->connection, "job", XBITS_TYPE_DOWNLOAD, &trial->job));
}

static bool resume(struct trial *trial)
{
    return ask(trial, REQUEST_RESUME);
}

static bool suspend(struct trial *trial)
{
    return ask(trial, REQUEST_SUSPEND);
}

static bool complete(struct trial *trial)
{
    return ask(trial, REQUEST_COMPLETE);
}

static bool cancel(struct trial *trial)
{
    return ask(trial, REQUEST_CANCEL);
}

static bool pass_a_second(struct trial *trial)
{
    return pass(trial, 1000);
}

static bool close_queue(struct trial *trial)
{
    trial_close(trial);
    return !disk_power_is_off(trial->disk);
}

bool trial_step(struct trial *trial, enum step step)
{
    static bool (*const steps[])(struct trial *) = {
        [STEP_OPEN] = open_queue,         [STEP_CREATE] = create,     [STEP_ADD] = add_file,
        [STEP_DESCRIBE] = describe,       [STEP_RESUME] = resume,     [STEP_PASS] = pass_a_second,
        [STEP_TRANSFER] = trial_transfer, [STEP_SUSPEND] = suspend,   [STEP_COMPLETE] = complete,
        [STEP_CANCEL] = cancel,           [STEP_CLOSE] = close_queue,
    };

    return steps[step](trial);
}
