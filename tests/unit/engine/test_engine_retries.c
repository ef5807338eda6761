/* SPDX-License-Identifier: MIT */
#include "engine_driver.h"

#include "support/assert_result.h"
#include "support/test_main.h"

static void set_u32(struct driver *driver, struct engine_job *job, enum xbits_job_property property,
                    uint32_t number)
{
    struct xbits_value value = xbits_value_u32(number);

    assert_ok(engine_set_property(driver->engine, job, property, &value, &driver->now));
}

static uint32_t error_count(const struct engine_job *job)
{
    struct xbits_value value;

    assert_ok(engine_get_property(job, XBITS_JOB_ERROR_COUNT, &value));
    return value.as.u32;
}

/* bits-client 5.3, both directions. */
static void http_statuses_are_transient_or_fatal(void **state)
{
    static const int transient[] = { 408, 409, 500, 502, 503, 504, 599, 306, 308 };
    static const int fatal[] = { 300, 304, 305, 400, 401, 403, 404,
                                 405, 407, 410, 416, 449, 501, 505 };
    struct driver driver;

    (void)state;
    for (size_t i = 0;
         i < sizeof(transient) / sizeof(transient[0]) + sizeof(fatal) / sizeof(fatal[0]); i++) {
        bool is_transient = i < sizeof(transient) / sizeof(transient[0]);
        struct xbits_job_snapshot snapshot;
        struct engine_job *job;

        driver_init(&driver, NULL);
        driver.head_status =
            is_transient ? transient[i] : fatal[i - sizeof(transient) / sizeof(transient[0])];
        job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
        assert_ok(driver_ask(&driver, job, REQUEST_RESUME));

        snapshot = driver_read(&driver, job);
        assert_int_equal(snapshot.state,
                         is_transient ? XBITS_STATE_TRANSIENT_ERROR : XBITS_STATE_ERROR);
        assert_int_equal(snapshot.error.result, (int)(0x80190000u + (unsigned)driver.head_status));
        assert_int_equal(snapshot.error.context, XBITS_CONTEXT_REMOTE_FILE);
        assert_string_equal(snapshot.error.protocol, "http");
        driver_dispose(&driver);
    }
}

/* Ruling 24. */
static void a_retry_due_when_the_no_progress_time_ends_still_comes(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver.head_status = 503;
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    set_u32(&driver, job, XBITS_JOB_MINIMUM_RETRY_DELAY, 5);
    set_u32(&driver, job, XBITS_JOB_NO_PROGRESS_TIMEOUT, 10);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    assert_int_equal(error_count(job), 0);

    driver_advance(&driver, 5000);
    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSIENT_ERROR);
    assert_int_equal(error_count(job), 1);
    driver_advance(&driver, 5000);

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_ERROR);
    assert_int_equal(error_count(job), 2);
    assert_int_equal(driver_count(&driver, EFFECT_HEAD), 3);
    driver_dispose(&driver);
}

static void the_no_progress_time_ends_between_two_retries(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver.head_status = 503;
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    set_u32(&driver, job, XBITS_JOB_MINIMUM_RETRY_DELAY, 7);
    set_u32(&driver, job, XBITS_JOB_NO_PROGRESS_TIMEOUT, 10);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));

    driver_advance(&driver, 7000);
    assert_int_equal(engine_step(driver.engine, &driver.now), driver.now.ms + 3000);
    driver_advance(&driver, 3000);

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_ERROR);
    assert_int_equal(driver_read(&driver, job).error.result, XBITS_BG_E_HTTP_ERROR_503);
    assert_int_equal(driver_count(&driver, EFFECT_HEAD), 2);
    driver_dispose(&driver);
}

static void no_time_for_no_progress_makes_every_failure_fatal(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver.head_status = 503;
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    set_u32(&driver, job, XBITS_JOB_NO_PROGRESS_TIMEOUT, 0);

    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_ERROR);
    driver_dispose(&driver);
}

/* Errata E1: until TRANSFERRING. */
static void the_error_stays_readable_until_bytes_move_again(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver.head_status = 503;
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    driver.head_status = 200;
    driver.is_holding_get = true;

    assert_ok(engine_ask(driver.engine, job, REQUEST_RESUME, &driver.now));
    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_QUEUED);
    assert_true(driver_read(&driver, job).has_error);
    driver_run(&driver);

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSFERRING);
    assert_false(driver_read(&driver, job).has_error);
    driver_dispose(&driver);
}

/* Check 41. */
static void a_lost_network_stops_every_job_and_its_return_starts_them_at_once(void **state)
{
    struct driver driver;
    struct engine_job *running;
    struct engine_job *queued;

    (void)state;
    driver_init(&driver, NULL);
    driver.is_holding_get = true;
    running = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    queued = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    assert_ok(driver_ask(&driver, running, REQUEST_RESUME));
    assert_ok(driver_ask(&driver, queued, REQUEST_RESUME));

    engine_set_network(driver.engine, false, &driver.now);
    driver_run(&driver);

    assert_int_equal(driver_read(&driver, running).state, XBITS_STATE_TRANSIENT_ERROR);
    assert_int_equal(driver_read(&driver, queued).state, XBITS_STATE_TRANSIENT_ERROR);
    assert_int_equal(driver_read(&driver, running).error.result, XBITS_BG_E_NETWORK_DISCONNECTED);
    assert_int_equal(driver_read(&driver, running).waiting_for, XBITS_WAITING_NETWORK);
    assert_int_equal(error_count(running), 0);

    engine_set_network(driver.engine, true, &driver.now);
    driver_run(&driver);
    assert_int_equal(driver_read(&driver, running).state, XBITS_STATE_TRANSFERRING);
    assert_int_equal(driver_read(&driver, queued).state, XBITS_STATE_QUEUED);
    driver_dispose(&driver);
}

static void a_server_that_says_nothing_times_out(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver.is_holding_get = true;
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));

    driver_advance(&driver, 60000);

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSIENT_ERROR);
    assert_int_equal(driver_read(&driver, job).error.result, XBITS_ERROR_WINHTTP_TIMEOUT);
    assert_int_equal(error_count(job), 1);
    driver_dispose(&driver);
}

/* Check 60; bytes do not help, Resume does. */
static void the_maximum_download_time_counts_connected_time_only(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver.is_holding_get = true;
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    set_u32(&driver, job, XBITS_JOB_MAXIMUM_DOWNLOAD_TIME, 5);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    driver_advance(&driver, 3000);
    assert_ok(driver_ask(&driver, job, REQUEST_SUSPEND));
    driver_advance(&driver, 100000);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    driver_advance(&driver, 4999);
    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSFERRING);

    driver_advance(&driver, 1);

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_ERROR);
    assert_int_equal(driver_read(&driver, job).error.result, XBITS_BG_E_MAXDOWNLOAD_TIMEOUT);
    driver_dispose(&driver);
}

static void a_changed_file_starts_over(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver.is_holding_get = true;
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    driver_end_get(&driver, XBITS_ERROR_WINHTTP_CONNECTION_ERROR, 400);
    driver_run(&driver);
    assert_int_equal(driver_read(&driver, job).progress.bytes_transferred, 400);

    driver.last_modified = "Sun, 22 Nov 2026 09:30:00 GMT";
    driver.file_size = 700;
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));

    assert_int_equal(driver.held.range_first, 0);
    assert_int_equal(driver.held.range_last, 699);
    assert_int_equal(driver_read(&driver, job).progress.bytes_total, 700);
    assert_int_equal(driver_read(&driver, job).progress.bytes_transferred, 0);
    driver_dispose(&driver);
}

static void an_unchanged_file_goes_on_where_it_broke_off(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver.is_holding_get = true;
    job = driver_job(&driver, XBITS_PRIORITY_FOREGROUND, 1);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    assert_false(driver.held.has_range);
    driver_end_get(&driver, XBITS_ERROR_WINHTTP_CONNECTION_ERROR, 400);
    driver_run(&driver);

    driver_advance(&driver, 600000);

    assert_true(driver.held.has_range);
    assert_int_equal(driver.held.range_first, 400);
    assert_int_equal(driver.held.range_last, 999);
    driver_dispose(&driver);
}

static void a_server_that_always_denies_its_own_head_is_given_up(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver.is_holding_get = true;
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));

    driver_end_get(&driver, XBITS_BG_E_REMOTE_FILE_CHANGED, 0);
    driver_run(&driver);
    driver_end_get(&driver, XBITS_BG_E_REMOTE_FILE_CHANGED, 0);
    driver_run(&driver);

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_ERROR);
    assert_int_equal(driver_read(&driver, job).error.result, XBITS_BG_E_INVALID_SERVER_RESPONSE);
    driver_dispose(&driver);
}

/* The server is not to blame for what it was not asked yet. */
static void a_request_in_line_has_no_time_out(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    job = driver_job(&driver, XBITS_PRIORITY_FOREGROUND, 1);
    driver.is_holding_get = true;
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    driver_tell(&driver, HAPPENED_IN_LINE);
    driver_advance(&driver, 3600000);
    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSFERRING);

    driver_tell(&driver, HAPPENED_BEGUN);
    driver_advance(&driver, 59000);
    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSFERRING);
    driver_advance(&driver, 2000);
    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSIENT_ERROR);
    driver_dispose(&driver);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_in_line_has_no_time_out),
        cmocka_unit_test(http_statuses_are_transient_or_fatal),
        cmocka_unit_test(a_retry_due_when_the_no_progress_time_ends_still_comes),
        cmocka_unit_test(the_no_progress_time_ends_between_two_retries),
        cmocka_unit_test(no_time_for_no_progress_makes_every_failure_fatal),
        cmocka_unit_test(the_error_stays_readable_until_bytes_move_again),
        cmocka_unit_test(a_lost_network_stops_every_job_and_its_return_starts_them_at_once),
        cmocka_unit_test(a_server_that_says_nothing_times_out),
        cmocka_unit_test(the_maximum_download_time_counts_connected_time_only),
        cmocka_unit_test(a_changed_file_starts_over),
        cmocka_unit_test(an_unchanged_file_goes_on_where_it_broke_off),
        cmocka_unit_test(a_server_that_always_denies_its_own_head_is_given_up),
    };

    return run_tests("engine retries", tests);
}
