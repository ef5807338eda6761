/* SPDX-License-Identifier: MIT */
#include "engine_driver.h"

#include "support/assert_result.h"
#include "support/test_main.h"

/* What happens to a job at work, one happening at a time. */

static struct engine_job *transferring_job(struct driver *driver, enum xbits_job_priority priority)
{
    struct engine_job *job = driver_job(driver, priority, 1);

    driver->is_holding_get = true;
    assert_ok(driver_ask(driver, job, REQUEST_RESUME));
    assert_int_equal(driver_read(driver, job).state, XBITS_STATE_TRANSFERRING);
    return job;
}

/* Steps, and takes the one effect that is expected. */
static struct effect take_effect(struct driver *driver, enum effect_kind kind)
{
    struct effect effect;

    engine_step(driver->engine, &driver->now);
    assert_int_equal(engine_effect_count(driver->engine), 1);
    engine_take_effects(driver->engine, &effect);
    assert_int_equal(effect.kind, kind);
    return effect;
}

/* The head of an answer to HEAD may be told of before the answer ends. */
static void a_sign_of_life_before_the_first_get_is_no_progress(void **state)
{
    struct driver driver;
    struct engine_job *job;
    struct effect head;
    struct happening happening;

    (void)state;
    driver_init(&driver, NULL);
    job = transferring_job(&driver, XBITS_PRIORITY_NORMAL);
    driver_end_get(&driver, XBITS_ERROR_WINHTTP_CONNECTION_ERROR, 500);
    driver_run(&driver);
    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSIENT_ERROR);
    assert_ok(engine_ask(driver.engine, job, REQUEST_RESUME, &driver.now));
    head = take_effect(&driver, EFFECT_HEAD);

    happening = (struct happening){ .kind = HAPPENED_MOVED, .job = job, .run = head.run };
    engine_happened(driver.engine, &happening, &driver.now);

    assert_int_equal(driver_read(&driver, job).progress.bytes_transferred, 500);
    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_CONNECTING);
    driver_dispose(&driver);
}

/* Ruling 28: the setting overrides what either priority would ask for. */
static void a_foreground_request_for_a_part_has_a_range(void **state)
{
    static const char *const settings[] = { "transfer.range_bytes=100", NULL };
    struct driver driver;

    (void)state;
    driver_init(&driver, settings);
    transferring_job(&driver, XBITS_PRIORITY_FOREGROUND);

    assert_true(driver.held.has_range);
    assert_int_equal(driver.held.range_first, 0);
    assert_int_equal(driver.held.range_last, 99);
    driver_dispose(&driver);
}

static void a_foreground_request_for_the_whole_has_none(void **state)
{
    static const char *const settings[] = { "transfer.range_bytes=1000", NULL };
    struct driver driver;

    (void)state;
    driver_init(&driver, settings);
    transferring_job(&driver, XBITS_PRIORITY_FOREGROUND);

    assert_false(driver.held.has_range);
    driver_dispose(&driver);
}

/* Foreground jobs all run at once: descriptors run out, and come back when others end. */
static void too_many_open_files_is_tried_again(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver.finish_result = XBITS_ERROR_TOO_MANY_OPEN_FILES;
    job = driver_job(&driver, XBITS_PRIORITY_FOREGROUND, 1);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSIENT_ERROR);
    assert_int_equal(driver_read(&driver, job).error.context, XBITS_CONTEXT_LOCAL_FILE);

    driver.finish_result = XBITS_S_OK;
    driver_advance(&driver, 600000);

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSFERRED);
    driver_dispose(&driver);
}

/* A directory that went away took the temporary file along. */
static void a_lost_directory_starts_the_file_over(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver.finish_result = XBITS_ERROR_PATH_NOT_FOUND;
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_ERROR);
    assert_int_equal(driver_read(&driver, job).progress.bytes_transferred, 0);

    driver.finish_result = XBITS_S_OK;
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSFERRED);
    driver_dispose(&driver);
}

/* The sum of a job's sizes would wrap around. */
static void a_size_that_no_file_can_have_is_no_size(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver.file_size = UINT64_MAX - 1;
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_ERROR);
    assert_int_equal(driver_read(&driver, job).error.result, XBITS_BG_E_INVALID_SERVER_RESPONSE);
    assert_true(driver_read(&driver, job).progress.bytes_total == XBITS_SIZE_UNKNOWN);
    driver_dispose(&driver);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sign_of_life_before_the_first_get_is_no_progress),
        cmocka_unit_test(a_foreground_request_for_a_part_has_a_range),
        cmocka_unit_test(a_foreground_request_for_the_whole_has_none),
        cmocka_unit_test(too_many_open_files_is_tried_again),
        cmocka_unit_test(a_lost_directory_starts_the_file_over),
        cmocka_unit_test(a_size_that_no_file_can_have_is_no_size),
    };

    return run_tests("engine run", tests);
}
