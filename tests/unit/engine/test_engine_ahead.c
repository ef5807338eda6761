/* SPDX-License-Identifier: MIT */
#include "engine_driver.h"

#include "support/assert_result.h"
#include "support/test_main.h"

/* A HEAD of the next file while this file's body arrives (ruling 12). */

static struct engine_job *start_job(struct driver *driver, uint32_t files)
{
    struct engine_job *job = driver_job(driver, XBITS_PRIORITY_NORMAL, files);

    assert_ok(driver_ask(driver, job, REQUEST_RESUME));
    return job;
}

static void each_later_file_is_asked_about_once_and_ahead(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver.ahead_result = XBITS_S_OK;

    job = start_job(&driver, 4);

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSFERRED);
    assert_int_equal(driver.ahead_count, 3);
    assert_int_equal(driver_count(&driver, EFFECT_HEAD), 1);
    assert_int_equal(driver_count(&driver, EFFECT_GET), 4);
    assert_int_equal(driver_count(&driver, EFFECT_FINISH), 4);
    driver_dispose(&driver);
}

static void what_failed_ahead_is_asked_again_in_its_turn(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);

    job = start_job(&driver, 4);

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSFERRED);
    assert_int_equal(driver.ahead_count, 3);
    assert_int_equal(driver_count(&driver, EFFECT_HEAD), 4);
    driver_dispose(&driver);
}

static void an_unusual_answer_ahead_is_asked_for_again_in_its_turn(void **state)
{
    static const int statuses[] = { 204, 206, 302, 404, 405, 500 };

    (void)state;
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        struct driver driver;
        struct engine_job *job;

        driver_init(&driver, NULL);
        driver.is_holding_ahead = true;
        job = start_job(&driver, 2);
        driver.head_status = statuses[i];
        driver_end_ahead(&driver, XBITS_S_OK);
        driver.head_status = 200;
        driver_run(&driver);

        assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSFERRED);
        assert_false(driver_read(&driver, job).has_error);
        assert_int_equal(driver_count(&driver, EFFECT_HEAD), 2);
        driver_dispose(&driver);
    }
}

static void a_file_whose_turn_comes_waits_for_what_is_under_way(void **state)
{
    static const xbits_result results[] = { XBITS_S_OK, XBITS_ERROR_WINHTTP_TIMEOUT };

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct driver driver;
        struct engine_job *job;

        driver_init(&driver, NULL);
        driver.is_holding_ahead = true;
        job = start_job(&driver, 2);
        assert_int_equal(driver_count(&driver, EFFECT_FINISH), 1);
        assert_int_equal(driver_count(&driver, EFFECT_HEAD), 1);

        driver_end_ahead(&driver, results[i]);
        driver_run(&driver);

        assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSFERRED);
        assert_int_equal(driver_count(&driver, EFFECT_HEAD), 1 + i);
        driver_dispose(&driver);
    }
}

static void nothing_is_known_of_a_file_before_its_turn(void **state)
{
    struct driver driver;
    struct engine_job *job;
    struct xbits_file_snapshot file;

    (void)state;
    XBITS_INIT(&file);
    driver_init(&driver, NULL);
    driver.ahead_result = XBITS_S_OK;
    driver.is_holding_get = true;

    job = start_job(&driver, 2);

    assert_int_equal(driver.ahead_count, 1);
    assert_true(engine_read_file(driver.engine, job, 1, &file));
    assert_int_equal(file.bytes_total, XBITS_SIZE_UNKNOWN);
    assert_int_equal(driver_read(&driver, job).progress.bytes_total, XBITS_SIZE_UNKNOWN);
    driver_dispose(&driver);
}

static void a_stopped_run_forgets_what_was_said_ahead(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver.ahead_result = XBITS_S_OK;
    driver.is_holding_get = true;
    job = start_job(&driver, 2);
    assert_ok(driver_ask(&driver, job, REQUEST_SUSPEND));
    driver.is_holding_get = false;
    driver.ahead_result = XBITS_ERROR_WINHTTP_CONNECTION_ERROR;

    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSFERRED);
    assert_int_equal(driver.ahead_count, 2);
    assert_int_equal(driver_count(&driver, EFFECT_HEAD), 3);
    driver_dispose(&driver);
}

static void a_large_body_leaves_the_next_file_alone(void **state)
{
    struct driver driver;

    (void)state;
    driver_init(&driver, NULL);
    driver.file_size = UINT64_C(16) << 20;
    driver.ahead_result = XBITS_S_OK;

    start_job(&driver, 3);

    assert_int_equal(driver.ahead_count, 0);
    assert_int_equal(driver_count(&driver, EFFECT_HEAD), 3);
    driver_dispose(&driver);
}

static void the_quirk_turns_it_off(void **state)
{
    static const char *const settings[] = { "quirk.head_ahead=no", NULL };
    struct driver driver;

    (void)state;
    driver_init(&driver, settings);
    driver.ahead_result = XBITS_S_OK;

    start_job(&driver, 3);

    assert_int_equal(driver.ahead_count, 0);
    assert_int_equal(driver_count(&driver, EFFECT_HEAD), 3);
    driver_dispose(&driver);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_later_file_is_asked_about_once_and_ahead),
        cmocka_unit_test(what_failed_ahead_is_asked_again_in_its_turn),
        cmocka_unit_test(an_unusual_answer_ahead_is_asked_for_again_in_its_turn),
        cmocka_unit_test(a_file_whose_turn_comes_waits_for_what_is_under_way),
        cmocka_unit_test(nothing_is_known_of_a_file_before_its_turn),
        cmocka_unit_test(a_stopped_run_forgets_what_was_said_ahead),
        cmocka_unit_test(a_large_body_leaves_the_next_file_alone),
        cmocka_unit_test(the_quirk_turns_it_off),
    };

    return run_tests("engine ahead", tests);
}
