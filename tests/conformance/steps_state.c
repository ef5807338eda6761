/* SPDX-License-Identifier: MIT */
#include "conformance/steps.h"

#include "support/assert_result.h"

static const struct served good = { .path = "/good.bin", .size = 5000, .pattern = 5 };
static const struct served gone = { .path = "/gone.bin", .status = 404 };
static const struct served busy = { .path = "/busy.bin", .status = 503 };
static const struct served stalled = { .path = "/stalled.bin", .size = 5000, .stalls = true };

static struct xbits_job *resumed(struct harness *harness, const struct served *served)
{
    struct xbits_job *job = new_download(harness, served->path, "a.bin");

    harness_serve(harness, served);
    assert_ok(xbits_job_resume(job));
    return job;
}

static struct xbits_job *suspended_job(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, good.path, "a.bin");

    harness_serve(harness, &good);
    return job;
}

static struct xbits_job *connecting_job(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, harness->silent_url(harness), "a.bin");

    assert_ok(xbits_job_resume(job));
    assert_reaches(job, CONNECTING);
    return job;
}

/* Only one background job has a turn: another one, more urgent, has it. */
static struct xbits_job *queued_job(struct harness *harness)
{
    struct xbits_job *urgent = new_download(harness, harness->silent_url(harness), "b.bin");
    struct xbits_job *job = suspended_job(harness);

    set_priority(urgent, HIGH);
    assert_ok(xbits_job_resume(urgent));
    assert_reaches(urgent, CONNECTING);
    assert_ok(xbits_job_resume(job));
    return job;
}

static struct xbits_job *transferring_job(struct harness *harness)
{
    struct xbits_job *job = resumed(harness, &stalled);

    assert_reaches(job, TRANSFERRING);
    return job;
}

static struct xbits_job *failed_job(struct harness *harness)
{
    struct xbits_job *job = resumed(harness, &gone);

    assert_reaches(job, ERROR);
    return job;
}

static struct xbits_job *retrying_job(struct harness *harness)
{
    struct xbits_job *job = resumed(harness, &busy);

    assert_reaches(job, TRANSIENT_ERROR);
    return job;
}

static struct xbits_job *transferred_job(struct harness *harness)
{
    struct xbits_job *job = resumed(harness, &good);

    assert_reaches(job, TRANSFERRED);
    return job;
}

static struct xbits_job *acknowledged_job(struct harness *harness)
{
    struct xbits_job *job = transferred_job(harness);

    assert_ok(xbits_job_complete(job));
    return job;
}

static struct xbits_job *cancelled_job(struct harness *harness)
{
    struct xbits_job *job = suspended_job(harness);

    assert_ok(xbits_job_cancel(job));
    return job;
}

static struct xbits_job *(*const makers[XBITS_STATE_COUNT])(struct harness *harness) = {
    [XBITS_STATE_QUEUED] = queued_job,
    [XBITS_STATE_CONNECTING] = connecting_job,
    [XBITS_STATE_TRANSFERRING] = transferring_job,
    [XBITS_STATE_SUSPENDED] = suspended_job,
    [XBITS_STATE_ERROR] = failed_job,
    [XBITS_STATE_TRANSIENT_ERROR] = retrying_job,
    [XBITS_STATE_TRANSFERRED] = transferred_job,
    [XBITS_STATE_ACKNOWLEDGED] = acknowledged_job,
    [XBITS_STATE_CANCELLED] = cancelled_job,
};

struct xbits_job *job_in_state(struct harness *harness, enum xbits_job_state state)
{
    struct xbits_job *job = makers[state](harness);

    expect_state_at(job, 1u << state, __FILE__, __LINE__);
    return job;
}

struct xbits_job *fresh_job_in_state(struct harness *harness, enum xbits_job_state state)
{
    struct xbits_options options;

    harness_options(harness, &options);
    harness_reopen(harness, &options);
    return job_in_state(harness, state);
}
