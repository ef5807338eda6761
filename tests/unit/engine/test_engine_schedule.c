/* SPDX-License-Identifier: MIT */
#include "engine_driver.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#define RUNS(job) (driver_read(&driver, job).state == XBITS_STATE_TRANSFERRING)

/* bits-client 4.1, check 47. */
static void all_foreground_jobs_and_one_background_job_run_at_once(void **state)
{
    struct driver driver;
    struct engine_job *jobs[5];

    (void)state;
    driver_init(&driver, NULL);
    driver.is_holding_get = true;
    for (int i = 0; i < 5; i++) {
        jobs[i] = driver_job(&driver, i < 2 ? XBITS_PRIORITY_FOREGROUND : XBITS_PRIORITY_NORMAL, 1);
        assert_ok(engine_ask(driver.engine, jobs[i], REQUEST_RESUME, &driver.now));
    }

    driver_run(&driver);

    assert_true(RUNS(jobs[0]) && RUNS(jobs[1]) && RUNS(jobs[2]));
    assert_int_equal(driver_read(&driver, jobs[3]).state, XBITS_STATE_QUEUED);
    assert_int_equal(driver_read(&driver, jobs[3]).waiting_for, XBITS_WAITING_TURN);
    assert_int_equal(driver_read(&driver, jobs[4]).state, XBITS_STATE_QUEUED);
    driver_dispose(&driver);
}

/* Check 48. */
static void a_more_urgent_job_takes_the_turn_away(void **state)
{
    struct driver driver;
    struct engine_job *normal;
    struct engine_job *high;

    (void)state;
    driver_init(&driver, NULL);
    driver.is_holding_get = true;
    normal = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    high = driver_job(&driver, XBITS_PRIORITY_HIGH, 1);
    assert_ok(driver_ask(&driver, normal, REQUEST_RESUME));
    assert_true(RUNS(normal));

    assert_ok(driver_ask(&driver, high, REQUEST_RESUME));

    assert_true(RUNS(high));
    assert_int_equal(driver_read(&driver, normal).state, XBITS_STATE_QUEUED);
    driver_end_get(&driver, XBITS_S_OK, 1000);
    driver_run(&driver);
    assert_int_equal(driver_read(&driver, high).state, XBITS_STATE_TRANSFERRED);
    assert_true(RUNS(normal));
    driver_dispose(&driver);
}

static void a_failed_job_does_not_block_the_next(void **state)
{
    struct driver driver;
    struct engine_job *first;
    struct engine_job *second;

    (void)state;
    driver_init(&driver, NULL);
    first = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    second = driver_job(&driver, XBITS_PRIORITY_LOW, 1);
    driver.head_status = 503;
    assert_ok(driver_ask(&driver, first, REQUEST_RESUME));
    assert_int_equal(driver_read(&driver, first).state, XBITS_STATE_TRANSIENT_ERROR);
    driver.head_status = 200;

    assert_ok(driver_ask(&driver, second, REQUEST_RESUME));

    assert_int_equal(driver_read(&driver, second).state, XBITS_STATE_TRANSFERRED);
    driver_dispose(&driver);
}

static void a_running_job_made_foreground_frees_the_background_turn(void **state)
{
    struct driver driver;
    struct xbits_value foreground = xbits_value_u32(XBITS_PRIORITY_FOREGROUND);
    struct engine_job *first;
    struct engine_job *second;

    (void)state;
    driver_init(&driver, NULL);
    driver.is_holding_get = true;
    first = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    second = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    assert_ok(driver_ask(&driver, first, REQUEST_RESUME));
    assert_ok(driver_ask(&driver, second, REQUEST_RESUME));
    assert_int_equal(driver_read(&driver, second).state, XBITS_STATE_QUEUED);

    assert_ok(
        engine_set_property(driver.engine, first, XBITS_JOB_PRIORITY, &foreground, &driver.now));
    driver_run(&driver);

    assert_true(RUNS(first) && RUNS(second));
    driver_dispose(&driver);
}

static void files_are_fetched_one_after_another_in_order(void **state)
{
    struct driver driver;
    struct engine_job *job;
    size_t next = 0;

    (void)state;
    driver_init(&driver, NULL);
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 3);

    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSFERRED);
    assert_int_equal(driver.count, 9);
    for (uint32_t file = 0; file < 3; file++) {
        static const enum effect_kind shape[] = { EFFECT_HEAD, EFFECT_GET, EFFECT_FINISH };

        for (size_t i = 0; i < 3; i++, next++) {
            assert_int_equal(driver.effects[next].kind, shape[i]);
            assert_int_equal(driver.effects[next].file, file);
        }
    }
    driver_dispose(&driver);
}

/* Ruling 28. */
static void background_asks_for_closed_ranges_and_foreground_for_the_whole(void **state)
{
    static const struct {
        enum xbits_job_priority priority;
        uint64_t size;
        bool has_range;
        uint64_t last;
        size_t requests;
    } rows[] = {
        { XBITS_PRIORITY_NORMAL, 1000, true, 999, 1 },
        { XBITS_PRIORITY_FOREGROUND, 1000, false, 999, 1 },
        { XBITS_PRIORITY_NORMAL, UINT64_C(0x7FFFFFFF), true, 0x7FFFFFFE, 1 },
        { XBITS_PRIORITY_NORMAL, UINT64_C(0x80000000), true, 0x7FFFFFFE, 2 },
        { XBITS_PRIORITY_FOREGROUND, UINT64_C(0x7FFFFFFF), false, 0x7FFFFFFE, 1 },
        { XBITS_PRIORITY_FOREGROUND, UINT64_C(0x80000000), true, 0x7FFFFFFE, 2 },
        { XBITS_PRIORITY_FOREGROUND, UINT64_C(5000000000), true, 0x7FFFFFFE, 3 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct driver driver;
        struct engine_job *job;

        driver_init(&driver, NULL);
        driver.file_size = rows[i].size;
        job = driver_job(&driver, rows[i].priority, 1);
        assert_ok(driver_ask(&driver, job, REQUEST_RESUME));

        assert_int_equal(driver_count(&driver, EFFECT_GET), rows[i].requests);
        assert_int_equal(driver.effects[1].has_range, rows[i].has_range);
        assert_int_equal(driver.effects[1].range_first, 0);
        assert_int_equal(driver.effects[1].range_last, rows[i].last);
        driver_dispose(&driver);
    }
}

static void an_empty_file_needs_no_get(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver.file_size = 0;
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);

    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));

    assert_int_equal(driver_count(&driver, EFFECT_GET), 0);
    assert_int_equal(driver_count(&driver, EFFECT_FINISH), 1);
    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSFERRED);
    driver_dispose(&driver);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_foreground_jobs_and_one_background_job_run_at_once),
        cmocka_unit_test(a_more_urgent_job_takes_the_turn_away),
        cmocka_unit_test(a_failed_job_does_not_block_the_next),
        cmocka_unit_test(a_running_job_made_foreground_frees_the_background_turn),
        cmocka_unit_test(files_are_fetched_one_after_another_in_order),
        cmocka_unit_test(background_asks_for_closed_ranges_and_foreground_for_the_whole),
        cmocka_unit_test(an_empty_file_needs_no_get),
    };

    return run_tests("engine schedule", tests);
}
