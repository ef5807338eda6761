/* SPDX-License-Identifier: MIT */
#include "conformance/steps.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/assert_result.h"

#define TICKS_PER_MS 10000

struct xbits_job *new_job(struct harness *harness)
{
    struct xbits_job *job;

    assert_ok(xbits_job_create(harness->manager, "a job", XBITS_TYPE_DOWNLOAD, &job));
    return harness_keep_job(harness, job);
}

void add_file(struct harness *harness, struct xbits_job *job, const char *remote, const char *local)
{
    assert_ok(xbits_job_add_file(job, harness_url(harness, remote), harness_path(harness, local)));
}

struct xbits_job *new_download(struct harness *harness, const char *remote, const char *local)
{
    struct xbits_job *job = new_job(harness);

    add_file(harness, job, remote, local);
    return job;
}

void set_u32(struct xbits_job *job, enum xbits_job_property property, uint32_t value)
{
    struct xbits_value wrapped = xbits_value_u32(value);

    assert_ok(xbits_job_set(job, property, &wrapped));
}

uint32_t get_u32(struct xbits_job *job, enum xbits_job_property property)
{
    struct xbits_value value;

    assert_ok(xbits_job_get(job, property, &value));
    assert_int_equal(value.kind, XBITS_KIND_U32);
    return value.as.u32;
}

uint64_t bytes_from_origin(struct xbits_job *job, uint32_t file)
{
    struct xbits_value value;

    assert_ok(xbits_job_get_file(job, file, XBITS_FILE_BYTES_FROM_ORIGIN, &value));
    assert_int_equal(value.kind, XBITS_KIND_U64);
    return value.as.u64;
}

struct xbits_job_snapshot snapshot_of(struct xbits_job *job)
{
    struct xbits_job_snapshot snapshot;

    XBITS_INIT(&snapshot);
    assert_ok(xbits_job_read(job, &snapshot));
    return snapshot;
}

struct xbits_file_snapshot file_of(struct xbits_job *job, uint32_t file)
{
    struct xbits_file_snapshot snapshot;

    XBITS_INIT(&snapshot);
    assert_ok(xbits_job_read_file(job, file, &snapshot));
    return snapshot;
}

enum xbits_job_state state_of(struct xbits_job *job)
{
    return snapshot_of(job).state;
}

uint64_t now_ms(struct harness *harness)
{
    return (uint64_t)(xbits_manager_time(harness->manager) / TICKS_PER_MS);
}

void advance(struct harness *harness, uint64_t ms)
{
    assert_ok(xbits_sim_advance(harness->manager, ms));
}

struct awaited {
    struct xbits_job *job;
    uint64_t bytes;
    uint32_t files;
};

static bool has_arrived(void *user)
{
    const struct awaited *awaited = user;
    struct xbits_job_progress progress = snapshot_of(awaited->job).progress;

    return progress.bytes_transferred >= awaited->bytes &&
           progress.files_transferred >= awaited->files;
}

static void wait_for(struct harness *harness, struct awaited awaited)
{
    assert_ok(xbits_sim_run_until(harness->manager, REACH_LIMIT_MS, has_arrived, &awaited, NULL));
    assert_true(has_arrived(&awaited));
}

void wait_for_bytes(struct harness *harness, struct xbits_job *job, uint64_t bytes)
{
    wait_for(harness, (struct awaited){ .job = job, .bytes = bytes });
}

void wait_for_files(struct harness *harness, struct xbits_job *job, uint32_t files)
{
    wait_for(harness, (struct awaited){ .job = job, .files = files });
}

struct awaited_states {
    const struct expected_state *expected;
    size_t count;
};

static bool are_all_there(void *user)
{
    const struct awaited_states *awaited = user;

    for (size_t i = 0; i < awaited->count; i++) {
        if ((awaited->expected[i].states >> state_of(awaited->expected[i].job) & 1u) == 0)
            return false;
    }
    return true;
}

void wait_for_all(struct harness *harness, const struct expected_state *expected, size_t count)
{
    struct awaited_states awaited = { expected, count };

    assert_ok(xbits_sim_run_until(harness->manager, REACH_LIMIT_MS, are_all_there, &awaited, NULL));
    assert_true(are_all_there(&awaited));
}

static void explain(const struct xbits_job_snapshot *snapshot, uint32_t states)
{
    print_error("the job is %s, expected", xbits_state_name(snapshot->state));
    for (int state = 0; state < XBITS_STATE_COUNT; state++) {
        if ((states >> state & 1u) != 0)
            print_error(" %s", xbits_state_name((enum xbits_job_state)state));
    }
    print_error("; %" PRIu64 " bytes of %" PRIu64, snapshot->progress.bytes_transferred,
                snapshot->progress.bytes_total);
    if (snapshot->has_error)
        print_error("; its error is %s 0x%08X, %s: %s", xbits_result_name(snapshot->error.result),
                    (unsigned)snapshot->error.result, xbits_context_name(snapshot->error.context),
                    snapshot->error.message);
    print_error("\n");
}

void expect_state_at(struct xbits_job *job, uint32_t states, const char *file, int line)
{
    struct xbits_job_snapshot snapshot = snapshot_of(job);

    if ((states >> snapshot.state & 1u) != 0)
        return;
    explain(&snapshot, states);
    _fail(file, line);
}

void expect_reaches_at(struct xbits_job *job, uint32_t states, const char *file, int line)
{
    struct xbits_job_snapshot snapshot;

    XBITS_INIT(&snapshot);
    if (xbits_job_wait(job, states, REACH_LIMIT_MS, &snapshot) == XBITS_S_OK)
        return;
    explain(&snapshot, states);
    _fail(file, line);
}

void expect_error_at(struct xbits_job *job, xbits_result result, enum xbits_error_context context,
                     const char *file, int line)
{
    struct xbits_job_error error;

    memset(&error, 0, sizeof error);
    if (xbits_job_get_error(job, &error) == XBITS_S_OK && error.result == result &&
        error.context == context && error.message[0] != '\0')
        return;
    print_error("the job's error is %s 0x%08X in %s (%s), expected %s 0x%08X in %s\n",
                xbits_result_name(error.result), (unsigned)error.result,
                xbits_context_name(error.context), error.message == NULL ? "" : error.message,
                xbits_result_name(result), (unsigned)result, xbits_context_name(context));
    _fail(file, line);
}

void expect_no_error_at(struct xbits_job *job, const char *file, int line)
{
    struct xbits_job_error error;

    if (xbits_job_get_error(job, &error) == XBITS_BG_E_ERROR_INFORMATION_UNAVAILABLE &&
        !snapshot_of(job).has_error)
        return;
    print_error("the job has an error where it should have none\n");
    _fail(file, line);
}
