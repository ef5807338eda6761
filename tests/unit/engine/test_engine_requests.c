/* SPDX-License-Identifier: MIT */
#include "engine_driver.h"

#include "job/job_state.h"
#include "support/assert_result.h"
#include "support/test_main.h"

/*
 * Every request in every state that a job of every type can be brought to, against the move table.
 * What an upload cannot reach yet is counted, so that the count falls when uploads run.
 */
static struct engine_job *new_job(struct driver *driver, enum xbits_job_type type)
{
    struct engine_call call = { &driver->who, driver->now };
    struct xbits_id id = { .data1 = ++driver->next_id };
    struct xbits_file_spec spec = { .remote_name = "http://origin.test/a", .local_name = "/d/a" };
    struct engine_job *job;

    assert_ok(engine_create_job(driver->engine, &call, &id, "job", type));
    job = engine_find(driver->engine, &id);
    assert_ok(engine_add_files(driver->engine, job, &call, &spec, 1));
    return job;
}

static void resume(struct driver *driver, struct engine_job *job)
{
    assert_ok(engine_ask(driver->engine, job, REQUEST_RESUME, &driver->now));
}

/* One step without an answer: the job is CONNECTING. The effects are played by the next run. */
static void to_connecting(struct driver *driver, struct engine_job *job)
{
    resume(driver, job);
    engine_step(driver->engine, &driver->now);
}

static void to_transferring(struct driver *driver, struct engine_job *job)
{
    driver->is_holding_get = true;
    resume(driver, job);
    driver_run(driver);
}

static void to_suspended(struct driver *driver, struct engine_job *job)
{
    (void)driver;
    (void)job;
}

static void to_error(struct driver *driver, struct engine_job *job)
{
    driver->head_status = 404;
    resume(driver, job);
    driver_run(driver);
}

static void to_transient_error(struct driver *driver, struct engine_job *job)
{
    engine_set_network(driver->engine, false, &driver->now);
    resume(driver, job);
    driver_run(driver);
}

static void to_transferred(struct driver *driver, struct engine_job *job)
{
    resume(driver, job);
    driver_run(driver);
}

static void to_acknowledged(struct driver *driver, struct engine_job *job)
{
    to_transferred(driver, job);
    (void)driver_ask(driver, job, REQUEST_COMPLETE);
}

static void to_cancelled(struct driver *driver, struct engine_job *job)
{
    assert_ok(driver_ask(driver, job, REQUEST_CANCEL));
}

static void (*const ways[XBITS_STATE_COUNT])(struct driver *driver, struct engine_job *job) = {
    [XBITS_STATE_QUEUED] = resume,
    [XBITS_STATE_CONNECTING] = to_connecting,
    [XBITS_STATE_TRANSFERRING] = to_transferring,
    [XBITS_STATE_SUSPENDED] = to_suspended,
    [XBITS_STATE_ERROR] = to_error,
    [XBITS_STATE_TRANSIENT_ERROR] = to_transient_error,
    [XBITS_STATE_TRANSFERRED] = to_transferred,
    [XBITS_STATE_ACKNOWLEDGED] = to_acknowledged,
    [XBITS_STATE_CANCELLED] = to_cancelled,
};

/* The requests' triggers come first and in the port's order (job_state.h). */
static xbits_result ask_without_a_step(struct driver *driver, struct engine_job *job, int request)
{
    if (request == REQUEST_RESUME)
        return engine_ask(driver->engine, job, REQUEST_RESUME, &driver->now);
    return driver_ask(driver, job, (enum backend_request)request);
}

/* False: a job of this type cannot be brought to the state. */
static bool compare(enum xbits_job_type type, enum xbits_job_state state, int request)
{
    struct driver driver;
    struct engine_job *job;
    enum xbits_job_state expected = state;
    bool is_reached;
    bool is_legal = job_state_after(state, type, (enum job_trigger)request, &expected);

    driver_init(&driver, NULL);
    job = new_job(&driver, type);
    ways[state](&driver, job);
    is_reached = driver_read(&driver, job).state == state;
    if (is_reached) {
        xbits_result result = ask_without_a_step(&driver, job, request);

        /* Nothing new to transfer: Resume succeeds and moves nothing (ruling 8). */
        if (request == REQUEST_RESUME && state == XBITS_STATE_TRANSFERRED)
            expected = state;
        assert_int_equal(XBITS_SUCCEEDED(result), is_legal);
        if (!is_legal)
            assert_int_equal(result, XBITS_BG_E_INVALID_STATE);
        assert_int_equal(driver_read(&driver, job).state, expected);
    }
    driver_dispose(&driver);
    return is_reached;
}

static size_t compare_all(enum xbits_job_type type)
{
    size_t unreached = 0;

    for (int state = 0; state < XBITS_STATE_COUNT; state++) {
        bool is_reached = true;

        for (int request = 0; request < BACKEND_REQUEST_COUNT; request++)
            is_reached = compare(type, (enum xbits_job_state)state, request) && is_reached;
        unreached += !is_reached;
    }
    return unreached;
}

static void each_request_on_a_download_answers_as_the_table_says(void **state)
{
    (void)state;
    assert_int_equal(compare_all(XBITS_TYPE_DOWNLOAD), 0);
}

/* CONNECTING, TRANSFERRING, TRANSFERRED and ACKNOWLEDGED need an engine that uploads. */
static void each_request_on_an_upload_answers_as_the_table_says(void **state)
{
    (void)state;
    assert_int_equal(compare_all(XBITS_TYPE_UPLOAD), 4);
    assert_int_equal(compare_all(XBITS_TYPE_UPLOAD_REPLY), 4);
}

static void an_upload_fails_as_data_and_says_why(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    job = new_job(&driver, XBITS_TYPE_UPLOAD);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_ERROR);
    assert_int_equal(driver_read(&driver, job).error.result, XBITS_E_NOTIMPL);
    driver_dispose(&driver);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_request_on_a_download_answers_as_the_table_says),
        cmocka_unit_test(each_request_on_an_upload_answers_as_the_table_says),
        cmocka_unit_test(an_upload_fails_as_data_and_says_why),
    };

    return run_tests("engine requests", tests);
}
