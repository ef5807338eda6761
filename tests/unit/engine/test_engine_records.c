/* SPDX-License-Identifier: MIT */
#include "engine_driver.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#include <string.h>

/* What the engine hands out to be written down, and takes back. */

static void keep(struct driver *driver)
{
    const struct engine_numbers used = { .change = 100, .serial = 50, .event = 7 };

    engine_keep(driver->engine, &used);
}

static struct record_batch take(struct driver *driver)
{
    struct record_batch batch = { 0 };

    assert_ok(engine_take_records(driver->engine, &driver->now, &batch));
    return batch;
}

static void store(struct driver *driver, struct record_batch *batch, bool is_stored)
{
    engine_stored(driver->engine, batch, is_stored);
    record_batch_dispose(batch);
}

static void what_is_not_kept_is_never_dirty(void **state)
{
    struct driver driver;

    (void)state;
    driver_init(&driver, NULL);
    (void)driver_job(&driver, XBITS_PRIORITY_NORMAL, 2);

    assert_false(engine_has_dirty(driver.engine));
    driver_dispose(&driver);
}

static void a_new_job_is_taken_once_with_all_its_files(void **state)
{
    struct driver driver;
    struct record_batch batch;

    (void)state;
    driver_init(&driver, NULL);
    keep(&driver);
    (void)driver_job(&driver, XBITS_PRIORITY_HIGH, 2);

    batch = take(&driver);
    assert_int_equal(batch.job_count, 1);
    assert_int_equal(batch.jobs[0].file_count, 2);
    assert_int_equal(batch.jobs[0].priority, XBITS_PRIORITY_HIGH);
    assert_int_equal(batch.jobs[0].serial, 51);
    assert_true(batch.jobs[0].change > 100);
    assert_int_equal(batch.event_count, 1);
    assert_int_equal(batch.events[0].number, 8);
    store(&driver, &batch, true);
    assert_false(engine_has_dirty(driver.engine));
    driver_dispose(&driver);
}

static void only_the_files_that_changed_are_taken(void **state)
{
    struct driver driver;
    struct record_batch batch;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    keep(&driver);
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 5);
    batch = take(&driver);
    store(&driver, &batch, true);
    driver.is_holding_get = true;
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    driver_run(&driver);

    batch = take(&driver);
    assert_int_equal(batch.job_count, 1);
    assert_int_equal(batch.jobs[0].file_total, 5);
    assert_int_equal(batch.jobs[0].file_count, 1);
    assert_int_equal(batch.jobs[0].files[0].number, 0);
    assert_true(batch.jobs[0].files[0].has_temporary);
    store(&driver, &batch, true);
    driver_dispose(&driver);
}

static void what_could_not_be_stored_is_taken_again(void **state)
{
    struct driver driver;
    struct record_batch batch;

    (void)state;
    driver_init(&driver, NULL);
    keep(&driver);
    (void)driver_job(&driver, XBITS_PRIORITY_NORMAL, 3);
    batch = take(&driver);
    assert_false(engine_has_dirty(driver.engine) && batch.event_count == 0);
    store(&driver, &batch, false);

    assert_true(engine_has_dirty(driver.engine));
    batch = take(&driver);
    assert_int_equal(batch.job_count, 1);
    assert_int_equal(batch.jobs[0].file_count, 3);
    assert_int_equal(batch.event_count, 1);
    store(&driver, &batch, true);
    driver_dispose(&driver);
}

static void a_final_job_is_forgotten_when_its_end_is_stored(void **state)
{
    struct driver driver;
    struct record_batch batch;
    struct xbits_id id;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    keep(&driver);
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    id = *engine_job_id(job);
    assert_ok(driver_ask(&driver, job, REQUEST_CANCEL));
    engine_release(driver.engine, &id);
    assert_non_null(engine_find(driver.engine, &id));

    batch = take(&driver);
    assert_true(batch.jobs[0].is_over);
    engine_stored(driver.engine, &batch, false);
    assert_non_null(engine_find(driver.engine, &id));
    record_batch_dispose(&batch);
    batch = take(&driver);
    store(&driver, &batch, true);
    assert_null(engine_find(driver.engine, &id));
    driver_dispose(&driver);
}

/* Takes the one job of a driver over into a new one, as another process would. */
static struct engine_job *move_over(struct driver *from, struct driver *to)
{
    struct record_batch batch = take(from);
    struct xbits_id id = batch.jobs[0].id;
    struct engine_job *job;

    assert_int_equal(batch.job_count, 1);
    engine_set_running(to->engine, false, &to->now);
    keep(to);
    assert_ok(engine_restore(to->engine, &batch.jobs[0], false, &to->now));
    assert_ok(engine_restored(to->engine, 1000));
    batch.job_count = 0;
    record_batch_dispose(&batch);
    job = engine_find(to->engine, &id);
    assert_non_null(job);
    return job;
}

static void a_job_that_ran_is_queued_and_keeps_its_bytes(void **state)
{
    struct driver driver;
    struct driver next;
    struct engine_job *job;
    struct xbits_job_snapshot snapshot;

    (void)state;
    driver_init(&driver, NULL);
    driver_init(&next, NULL);
    keep(&driver);
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    driver.is_holding_get = true;
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    driver_run(&driver);
    driver_end_get(&driver, XBITS_S_OK, 400);
    job = move_over(&driver, &next);

    snapshot = driver_read(&next, job);
    assert_int_equal(snapshot.state, XBITS_STATE_QUEUED);
    assert_int_equal(snapshot.progress.bytes_transferred, 400);
    assert_int_equal(snapshot.progress.bytes_total, 1000);
    /* Who reads the queue is to see it, too. */
    assert_true(engine_has_dirty(next.engine));
    engine_set_running(next.engine, true, &next.now);
    driver_run(&next);
    assert_int_equal(driver_read(&next, job).state, XBITS_STATE_TRANSFERRED);
    driver_dispose(&driver);
    driver_dispose(&next);
}

static void the_last_bytes_of_an_answer_are_written_down(void **state)
{
    struct driver driver;
    struct record_batch batch;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    keep(&driver);
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    driver.is_holding_get = true;
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    driver_run(&driver);
    batch = take(&driver);
    store(&driver, &batch, true);
    driver_end_get(&driver, XBITS_S_OK, 400);

    batch = take(&driver);

    assert_int_equal(batch.job_count, 1);
    assert_int_equal(batch.jobs[0].file_count, 1);
    assert_int_equal(batch.jobs[0].files[0].written, 400);
    store(&driver, &batch, true);
    driver_dispose(&driver);
}

static void a_transferred_job_that_got_more_files_still_waits(void **state)
{
    const struct xbits_file_spec spec = { .remote_name = "http://origin.test/more",
                                          .local_name = "/d/more" };
    struct driver driver;
    struct driver next;
    struct engine_call call;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    driver_init(&next, NULL);
    keep(&driver);
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    call = (struct engine_call){ &driver.who, driver.now };
    assert_ok(engine_add_files(driver.engine, job, &call, &spec, 1));

    job = move_over(&driver, &next);

    assert_int_equal(driver_read(&next, job).state, XBITS_STATE_TRANSFERRED);
    assert_int_equal(driver_read(&next, job).progress.files_total, 2);
    driver_dispose(&driver);
    driver_dispose(&next);
}

static void a_transferred_job_that_lost_a_file_goes_on(void **state)
{
    struct driver driver;
    struct driver next;
    struct record_batch batch;
    struct engine_job *job;
    struct xbits_id id;

    (void)state;
    driver_init(&driver, NULL);
    driver_init(&next, NULL);
    keep(&driver);
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 2);
    id = *engine_job_id(job);
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSFERRED);
    batch = take(&driver);
    batch.jobs[0].files[1].is_transferred = false;
    batch.jobs[0].files[1].written = 0;
    batch.jobs[0].is_mended = true;
    keep(&next);
    assert_ok(engine_restore(next.engine, &batch.jobs[0], false, &next.now));
    batch.job_count = 0;
    record_batch_dispose(&batch);

    job = engine_find(next.engine, &id);
    assert_int_equal(driver_read(&next, job).state, XBITS_STATE_QUEUED);
    assert_true(engine_has_dirty(next.engine));
    driver_run(&next);
    assert_int_equal(driver_read(&next, job).state, XBITS_STATE_TRANSFERRED);
    driver_dispose(&driver);
    driver_dispose(&next);
}

/* A queue that is looked at is told again and again. */
static void a_record_takes_the_place_of_the_job_it_is_about(void **state)
{
    struct driver driver;
    struct driver next;
    struct record_batch batch;
    struct engine_job *job;
    struct engine_job *seen;

    (void)state;
    driver_init(&driver, NULL);
    driver_init(&next, NULL);
    keep(&driver);
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    seen = move_over(&driver, &next);
    assert_ok(engine_hold(next.engine, &next.who, engine_job_id(seen)));
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    batch = take(&driver);
    assert_ok(engine_restore(next.engine, &batch.jobs[0], true, &next.now));
    batch.job_count = 0;
    record_batch_dispose(&batch);

    assert_ptr_equal(engine_find(next.engine, engine_job_id(job)), seen);
    assert_int_equal(driver_read(&next, seen).state, XBITS_STATE_TRANSFERRED);
    assert_int_equal(engine_open_count(next.engine), 1);
    engine_remove(next.engine, engine_job_id(job), XBITS_STATE_ACKNOWLEDGED);
    assert_int_equal(engine_open_count(next.engine), 0);
    assert_int_equal(driver_read(&next, seen).state, XBITS_STATE_ACKNOWLEDGED);
    driver_dispose(&driver);
    driver_dispose(&next);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_kept_is_never_dirty),
        cmocka_unit_test(a_new_job_is_taken_once_with_all_its_files),
        cmocka_unit_test(only_the_files_that_changed_are_taken),
        cmocka_unit_test(what_could_not_be_stored_is_taken_again),
        cmocka_unit_test(a_final_job_is_forgotten_when_its_end_is_stored),
        cmocka_unit_test(a_job_that_ran_is_queued_and_keeps_its_bytes),
        cmocka_unit_test(the_last_bytes_of_an_answer_are_written_down),
        cmocka_unit_test(a_transferred_job_that_got_more_files_still_waits),
        cmocka_unit_test(a_transferred_job_that_lost_a_file_goes_on),
        cmocka_unit_test(a_record_takes_the_place_of_the_job_it_is_about),
    };

    return run_tests("engine records", tests);
}
