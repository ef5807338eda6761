/* SPDX-License-Identifier: MIT */
#include "engine_driver.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#include <string.h>

/*
 * What a call changed and could not be made durable. The rounds may have written it lazily
 * meanwhile, so what is taken back may stand in the queue already.
 */
static void begin(struct driver *driver)
{
    const struct engine_numbers used = { .change = 100, .serial = 50, .event = 7 };

    driver_init(driver, NULL);
    engine_keep(driver->engine, &used);
}

static struct record_batch take(struct driver *driver)
{
    struct record_batch batch = { 0 };

    assert_ok(engine_take_records(driver->engine, &driver->now, &batch));
    return batch;
}

static void store(struct driver *driver, bool is_stored)
{
    struct record_batch batch = take(driver);

    engine_stored(driver->engine, &batch, is_stored);
    record_batch_dispose(&batch);
}

static void add_file(struct driver *driver, struct engine_job *job)
{
    const struct xbits_file_spec spec = { .remote_name = "http://origin.test/more",
                                          .local_name = "/d/more" };
    const struct engine_call call = { &driver->who, driver->now };

    assert_ok(engine_add_files(driver->engine, job, &call, &spec, 1));
}

static void a_job_that_was_never_written_is_gone_without_a_trace(void **state)
{
    struct driver driver;
    struct engine_job *job;
    struct xbits_id id;

    (void)state;
    begin(&driver);
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 0);
    id = *engine_job_id(job);
    store(&driver, false);

    engine_undo_create(driver.engine, job, &driver.now);

    assert_null(engine_find(driver.engine, &id));
    assert_int_equal(engine_open_count(driver.engine), 0);
    assert_false(engine_has_dirty(driver.engine));
    driver_dispose(&driver);
}

static void a_job_that_was_written_lazily_leaves_the_queue_again(void **state)
{
    struct driver driver;
    struct record_batch batch;
    struct engine_job *job;

    (void)state;
    begin(&driver);
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 0);
    store(&driver, true);

    engine_undo_create(driver.engine, job, &driver.now);

    batch = take(&driver);
    assert_int_equal(engine_open_count(driver.engine), 0);
    assert_int_equal(batch.job_count, 1);
    assert_true(batch.jobs[0].is_over);
    assert_int_equal(batch.event_count, 1);
    assert_int_equal(batch.events[0].id, XBITS_EVENT_CANCELLED);
    engine_stored(driver.engine, &batch, true);
    record_batch_dispose(&batch);
    driver_dispose(&driver);
}

static void a_job_that_another_manager_found_stays_readable_for_it(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    begin(&driver);
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 0);
    assert_ok(engine_hold(driver.engine, &driver.who, engine_job_id(job)));
    store(&driver, false);

    engine_undo_create(driver.engine, job, &driver.now);

    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_CANCELLED);
    engine_release(driver.engine, engine_job_id(job));
    store(&driver, true);
    assert_false(engine_has_dirty(driver.engine));
    driver_dispose(&driver);
}

static void files_that_were_written_lazily_leave_the_queue_again(void **state)
{
    struct driver driver;
    struct record_batch batch;
    struct engine_job *job;

    (void)state;
    begin(&driver);
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 2);
    store(&driver, true);
    add_file(&driver, job);
    store(&driver, true);

    engine_undo_add(driver.engine, job, 1);

    batch = take(&driver);
    assert_int_equal(batch.job_count, 1);
    assert_int_equal(batch.jobs[0].file_total, 2);
    assert_true(batch.jobs[0].is_shrunk);
    engine_stored(driver.engine, &batch, true);
    record_batch_dispose(&batch);
    add_file(&driver, job);
    batch = take(&driver);
    assert_false(batch.jobs[0].is_shrunk);
    engine_stored(driver.engine, &batch, true);
    record_batch_dispose(&batch);
    driver_dispose(&driver);
}

static void the_only_file_can_be_taken_back(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    begin(&driver);
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 0);
    store(&driver, true);
    add_file(&driver, job);
    store(&driver, false);

    engine_undo_add(driver.engine, job, 1);

    assert_int_equal(engine_file_count(job), 0);
    driver_dispose(&driver);
}

static void a_file_that_is_asked_about_ahead_is_not_taken_back(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    begin(&driver);
    driver.is_holding_get = true;
    driver.is_holding_ahead = true;
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    add_file(&driver, job);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    driver_run(&driver);
    assert_int_equal(driver.ahead.file, 1);

    engine_undo_add(driver.engine, job, 1);

    assert_int_equal(engine_file_count(job), 2);
    driver_end_ahead(&driver, XBITS_S_OK);
    driver_dispose(&driver);
}

static void a_file_that_has_bytes_on_disk_is_not_taken_back(void **state)
{
    struct driver driver;
    struct engine_job *job;

    (void)state;
    begin(&driver);
    driver.is_holding_get = true;
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 0);
    add_file(&driver, job);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    driver_run(&driver);
    assert_ok(driver_ask(&driver, job, REQUEST_SUSPEND));
    driver_run(&driver);

    engine_undo_add(driver.engine, job, 1);

    assert_int_equal(engine_file_count(job), 1);
    driver_dispose(&driver);
}

static void a_value_that_was_written_lazily_is_written_back(void **state)
{
    const struct xbits_value delays[] = { xbits_value_u32(600), xbits_value_u32(77) };
    struct driver driver;
    struct record_batch batch;
    struct engine_job *job;

    (void)state;
    begin(&driver);
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 0);
    assert_ok(engine_set_property(driver.engine, job, XBITS_JOB_MINIMUM_RETRY_DELAY, &delays[1],
                                  &driver.now));
    store(&driver, true);

    engine_put_back(driver.engine, job, XBITS_JOB_MINIMUM_RETRY_DELAY, &delays[0], &driver.now);

    batch = take(&driver);
    assert_int_equal(batch.job_count, 1);
    assert_int_equal(batch.jobs[0].property_count, 0);
    engine_stored(driver.engine, &batch, true);
    record_batch_dispose(&batch);
    driver_dispose(&driver);
}

static void a_disk_that_stays_full_does_not_gather_events_without_end(void **state)
{
    struct xbits_event event = { .number = 0 };
    struct driver driver;
    struct engine_job *job;
    size_t count = 0;

    (void)state;
    begin(&driver);
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    for (int i = 0; i < 12000; i++) {
        assert_ok(driver_ask(&driver, job, i % 2 == 0 ? REQUEST_RESUME : REQUEST_SUSPEND));
        driver.count = 0;
    }

    while (engine_next_event(driver.engine, event.number, &event))
        count++;
    assert_in_range(count, 9000, 10000);
    driver_dispose(&driver);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_job_that_was_never_written_is_gone_without_a_trace),
        cmocka_unit_test(a_job_that_was_written_lazily_leaves_the_queue_again),
        cmocka_unit_test(a_job_that_another_manager_found_stays_readable_for_it),
        cmocka_unit_test(files_that_were_written_lazily_leave_the_queue_again),
        cmocka_unit_test(the_only_file_can_be_taken_back),
        cmocka_unit_test(a_file_that_is_asked_about_ahead_is_not_taken_back),
        cmocka_unit_test(a_file_that_has_bytes_on_disk_is_not_taken_back),
        cmocka_unit_test(a_value_that_was_written_lazily_is_written_back),
        cmocka_unit_test(a_disk_that_stays_full_does_not_gather_events_without_end),
    };

    return run_tests("engine_undo", tests);
}
