/* SPDX-License-Identifier: MIT */
#include "engine_driver.h"

#include "support/assert_result.h"
#include "support/test_main.h"

static struct engine_job *transferred_job(struct driver *driver, uint32_t files)
{
    struct engine_job *job = driver_job(driver, XBITS_PRIORITY_NORMAL, files);

    assert_ok(driver_ask(driver, job, REQUEST_RESUME));
    assert_int_equal(driver_read(driver, job).state, XBITS_STATE_TRANSFERRED);
    return job;
}

static void complete_renames_every_file_and_ends_the_job(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    job = transferred_job(&driver, 3);

    assert_int_equal(driver_ask(&driver, job, REQUEST_COMPLETE), XBITS_S_OK);

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_ACKNOWLEDGED);
    assert_int_equal(driver_count(&driver, EFFECT_PUBLISH), 3);
    assert_int_equal(driver_count(&driver, EFFECT_SYNC), 1);
    assert_int_equal(driver_count(&driver, EFFECT_REMOVE), 0);
    assert_int_equal(engine_pending_count(driver.engine), 0);
    driver_dispose(&driver);
}

/* Ruling 8, check 20. */
static void a_rename_that_fails_keeps_the_job_for_another_complete(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    job = transferred_job(&driver, 2);
    driver.rename_result = XBITS_ERROR_SHARING_VIOLATION;

    assert_fails(XBITS_ERROR_SHARING_VIOLATION, driver_ask(&driver, job, REQUEST_COMPLETE));
    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSFERRED);

    driver.rename_result = XBITS_S_OK;
    assert_int_equal(driver_ask(&driver, job, REQUEST_COMPLETE), XBITS_S_OK);
    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_ACKNOWLEDGED);
    driver_dispose(&driver);
}

static void whole_files_that_cannot_get_their_names_make_the_job_transferred(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    job = transferred_job(&driver, 2);
    assert_ok(driver_ask(&driver, job, REQUEST_SUSPEND));
    driver.rename_result = XBITS_ERROR_SHARING_VIOLATION;

    assert_fails(XBITS_ERROR_SHARING_VIOLATION, driver_ask(&driver, job, REQUEST_COMPLETE));

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSFERRED);
    driver_dispose(&driver);
}

/* Check 19: the run is stopped first, what is not whole is dropped. */
static void complete_in_the_middle_keeps_what_is_whole(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver.is_holding_get = true;
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 2);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    driver_end_get(&driver, XBITS_S_OK, 1000);
    driver_run(&driver);
    assert_int_equal(driver_read(&driver, job).progress.files_transferred, 1);

    assert_int_equal(driver_ask(&driver, job, REQUEST_COMPLETE), XBITS_BG_S_PARTIAL_COMPLETE);

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_ACKNOWLEDGED);
    assert_int_equal(driver_count(&driver, EFFECT_STOP), 1);
    assert_int_equal(driver_count(&driver, EFFECT_PUBLISH), 1);
    assert_int_equal(driver_count(&driver, EFFECT_REMOVE), 1);
    driver_dispose(&driver);
}

static void a_rename_that_fails_in_the_middle_suspends_and_drops_nothing(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver.is_holding_get = true;
    driver.rename_result = XBITS_E_ACCESSDENIED;
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 2);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    driver_end_get(&driver, XBITS_S_OK, 1000);
    driver_run(&driver);

    assert_fails(XBITS_E_ACCESSDENIED, driver_ask(&driver, job, REQUEST_COMPLETE));

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_SUSPENDED);
    assert_int_equal(driver_count(&driver, EFFECT_REMOVE), 0);
    driver_dispose(&driver);
}

/* Check 21. */
static void cancel_tells_of_files_it_could_not_delete(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver.remove_result = XBITS_E_ACCESSDENIED;
    job = transferred_job(&driver, 1);

    assert_int_equal(driver_ask(&driver, job, REQUEST_CANCEL), XBITS_BG_S_UNABLE_TO_DELETE_FILES);

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_CANCELLED);
    driver_dispose(&driver);
}

static void an_empty_job_completes_and_cancels(void **state)
{
    static const enum backend_request requests[] = { REQUEST_COMPLETE, REQUEST_CANCEL };
    struct driver driver;

    (void)state;
    driver_init(&driver, NULL);
    for (size_t i = 0; i < 2; i++) {
        struct engine_job *job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 0);

        assert_int_equal(driver_ask(&driver, job, requests[i]), XBITS_S_OK);
        assert_true(engine_is_final(job));
    }
    driver_dispose(&driver);
}

static void a_final_job_is_forgotten_when_nobody_holds_it(void **state)
{
    struct driver driver;
    struct engine_job *job;
    struct xbits_id id;

    (void)state;
    driver_init(&driver, NULL);
    job = transferred_job(&driver, 1);
    id = *engine_job_id(job);
    assert_ok(driver_ask(&driver, job, REQUEST_COMPLETE));
    assert_fails(XBITS_BG_E_NOT_FOUND, engine_hold(driver.engine, &driver.who, &id));
    assert_non_null(engine_find(driver.engine, &id));

    engine_release(driver.engine, &id);

    assert_null(engine_find(driver.engine, &id));
    driver_dispose(&driver);
}

static void requests_on_a_final_job_are_refused(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    job = transferred_job(&driver, 1);
    assert_ok(driver_ask(&driver, job, REQUEST_COMPLETE));

    for (int request = 0; request < BACKEND_REQUEST_COUNT; request++)
        assert_fails(XBITS_BG_E_INVALID_STATE,
                     driver_ask(&driver, job, (enum backend_request)request));
    driver_dispose(&driver);
}

/* Suspended after it was transferred: nothing is fetched again. */
static void a_finished_job_that_was_suspended_needs_no_server(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    job = transferred_job(&driver, 1);
    assert_ok(driver_ask(&driver, job, REQUEST_SUSPEND));
    driver.count = 0;

    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSFERRED);
    assert_int_equal(driver.count, 0);
    driver_dispose(&driver);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(complete_renames_every_file_and_ends_the_job),
        cmocka_unit_test(a_rename_that_fails_keeps_the_job_for_another_complete),
        cmocka_unit_test(whole_files_that_cannot_get_their_names_make_the_job_transferred),
        cmocka_unit_test(complete_in_the_middle_keeps_what_is_whole),
        cmocka_unit_test(a_rename_that_fails_in_the_middle_suspends_and_drops_nothing),
        cmocka_unit_test(cancel_tells_of_files_it_could_not_delete),
        cmocka_unit_test(an_empty_job_completes_and_cancels),
        cmocka_unit_test(a_final_job_is_forgotten_when_nobody_holds_it),
        cmocka_unit_test(requests_on_a_final_job_are_refused),
        cmocka_unit_test(a_finished_job_that_was_suspended_needs_no_server),
    };

    return run_tests("engine operations", tests);
}
