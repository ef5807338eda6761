/* SPDX-License-Identifier: MIT */
#include "engine_driver.h"

#include "support/assert_result.h"
#include "support/test_main.h"

static bool next(struct driver *driver, struct xbits_cursor *cursor, struct xbits_change *change)
{
    XBITS_INIT(change);
    return engine_next_change(driver->engine, cursor, change);
}

static void a_new_reader_sees_each_job_once(void **state)
{
    struct driver driver;
    struct xbits_cursor cursor = { 0 };
    struct xbits_change change;

    (void)state;
    driver_init(&driver, NULL);
    driver_job(&driver, XBITS_PRIORITY_NORMAL, 3);
    driver_job(&driver, XBITS_PRIORITY_NORMAL, 3);

    assert_true(next(&driver, &cursor, &change));
    assert_int_equal(change.id.data1, 1);
    assert_true(next(&driver, &cursor, &change));
    assert_int_equal(change.id.data1, 2);
    assert_false(next(&driver, &cursor, &change));
    driver_dispose(&driver);
}

static void many_changes_of_a_job_come_as_one(void **state)
{
    struct driver driver;
    struct xbits_cursor cursor = { UINT64_MAX };
    struct xbits_change change;
    struct engine_job *job;

    (void)state;
    driver_init(&driver, NULL);
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 2);
    assert_false(next(&driver, &cursor, &change));

    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));

    assert_true(next(&driver, &cursor, &change));
    assert_int_equal(change.kind, XBITS_CHANGE_JOB);
    assert_int_equal(change.state, XBITS_STATE_TRANSFERRED);
    assert_false(next(&driver, &cursor, &change));
    driver_dispose(&driver);
}

static void readers_do_not_disturb_each_other(void **state)
{
    struct driver driver;
    struct xbits_cursor first = { 0 };
    struct xbits_cursor second = { 0 };
    struct xbits_change change;

    (void)state;
    driver_init(&driver, NULL);
    driver_job(&driver, XBITS_PRIORITY_NORMAL, 0);

    assert_true(next(&driver, &first, &change));
    assert_true(next(&driver, &second, &change));
    driver_dispose(&driver);
}

static void a_forgotten_job_is_told_gone(void **state)
{
    struct driver driver;
    struct xbits_cursor cursor = { 0 };
    struct xbits_change change;
    struct engine_job *job;
    struct xbits_id id;

    (void)state;
    driver_init(&driver, NULL);
    job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 0);
    id = *engine_job_id(job);
    assert_true(next(&driver, &cursor, &change));

    assert_ok(driver_ask(&driver, job, REQUEST_CANCEL));
    engine_release(driver.engine, &id);

    assert_true(next(&driver, &cursor, &change));
    assert_int_equal(change.kind, XBITS_CHANGE_GONE);
    assert_int_equal(change.state, XBITS_STATE_CANCELLED);
    assert_true(xbits_id_equal(&change.id, &id));
    driver_dispose(&driver);
}

static void a_reader_that_missed_too_much_is_told_to_list_again(void **state)
{
    struct driver driver;
    struct xbits_cursor cursor = { 0 };
    struct xbits_change change;

    (void)state;
    driver_init(&driver, NULL);
    driver_job(&driver, XBITS_PRIORITY_NORMAL, 0);
    assert_true(next(&driver, &cursor, &change));

    for (int i = 0; i < 1100; i++) {
        struct engine_job *job = driver_job(&driver, XBITS_PRIORITY_NORMAL, 0);
        struct xbits_id id = *engine_job_id(job);

        assert_ok(driver_ask(&driver, job, REQUEST_CANCEL));
        engine_release(driver.engine, &id);
    }

    assert_true(next(&driver, &cursor, &change));
    assert_int_equal(change.kind, XBITS_CHANGE_RESYNC);
    assert_false(next(&driver, &cursor, &change));
    driver_dispose(&driver);
}

/* Where the reader stopped may change or go away before it reads on. */
static void a_reader_goes_on_behind_a_job_that_moved_or_went(void **state)
{
    struct driver driver;
    struct xbits_cursor cursor = { 0 };
    struct xbits_change change;
    struct engine_job *jobs[3];
    struct xbits_id second;

    (void)state;
    driver_init(&driver, NULL);
    for (size_t i = 0; i < 3; i++)
        jobs[i] = driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    second = *engine_job_id(jobs[1]);

    assert_true(next(&driver, &cursor, &change));
    assert_int_equal(change.id.data1, 1);
    assert_ok(driver_ask(&driver, jobs[0], REQUEST_RESUME));
    assert_true(next(&driver, &cursor, &change));
    assert_int_equal(change.id.data1, 2);
    assert_ok(driver_ask(&driver, jobs[1], REQUEST_CANCEL));
    engine_release(driver.engine, &second);

    assert_true(next(&driver, &cursor, &change));
    assert_int_equal(change.id.data1, 3);
    assert_true(next(&driver, &cursor, &change));
    assert_int_equal(change.id.data1, 1);
    assert_int_equal(change.state, XBITS_STATE_TRANSFERRED);
    assert_true(next(&driver, &cursor, &change));
    assert_int_equal(change.kind, XBITS_CHANGE_GONE);
    assert_int_equal(change.id.data1, 2);
    assert_false(next(&driver, &cursor, &change));
    driver_dispose(&driver);
}

static void a_place_from_before_the_queue_was_opened_has_fallen_behind(void **state)
{
    const struct engine_numbers used = { .change = 100, .serial = 50, .event = 7 };
    struct driver driver;
    struct xbits_cursor cursor = { 100 };
    struct xbits_change change;

    (void)state;
    driver_init(&driver, NULL);
    engine_keep(driver.engine, &used);
    driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);

    assert_true(next(&driver, &cursor, &change));
    assert_int_equal(change.kind, XBITS_CHANGE_RESYNC);
    assert_false(next(&driver, &cursor, &change));
    driver_job(&driver, XBITS_PRIORITY_NORMAL, 1);
    assert_true(next(&driver, &cursor, &change));
    assert_int_equal(change.id.data1, 2);
    driver_dispose(&driver);
}

#define READERS 9
#define JOBS    40

/* A reader that is told of a change between two of another one's looks is told of it later. */
static void many_readers_are_told_of_every_job_however_they_take_turns(void **state)
{
    struct driver driver;
    struct xbits_cursor cursors[READERS] = { 0 };
    uint64_t last_told[READERS][JOBS + 1] = { 0 };
    uint64_t changed[JOBS + 1] = { 0 };
    struct xbits_change change;
    uint32_t random = 1;

    (void)state;
    driver_init(&driver, NULL);
    for (int i = 0; i < JOBS; i++)
        driver_job(&driver, XBITS_PRIORITY_NORMAL, 0);
    for (uint64_t now = 1; now < 6000; now++) {
        unsigned reader;

        random = random * 1103515245u + 12345u;
        reader = (random >> 16) % READERS;
        if (now < 5000 && (random >> 24) % 4 == 0) {
            struct xbits_id id = { .data1 = 1 + (random >> 8) % JOBS };
            struct xbits_value delay = xbits_value_u32(60 + (uint32_t)now % 2);

            assert_ok(engine_set_property(driver.engine, engine_find(driver.engine, &id),
                                          XBITS_JOB_MINIMUM_RETRY_DELAY, &delay, &driver.now));
            changed[id.data1] = now;
        } else if (next(&driver, &cursors[reader], &change)) {
            last_told[reader][change.id.data1] = now;
        }
    }

    for (int i = 0; i < READERS; i++) {
        assert_false(next(&driver, &cursors[i], &change));
        for (int j = 1; j <= JOBS; j++)
            assert_true(last_told[i][j] > changed[j]);
    }
    driver_dispose(&driver);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_reader_sees_each_job_once),
        cmocka_unit_test(many_changes_of_a_job_come_as_one),
        cmocka_unit_test(readers_do_not_disturb_each_other),
        cmocka_unit_test(a_forgotten_job_is_told_gone),
        cmocka_unit_test(a_reader_goes_on_behind_a_job_that_moved_or_went),
        cmocka_unit_test(a_place_from_before_the_queue_was_opened_has_fallen_behind),
        cmocka_unit_test(many_readers_are_told_of_every_job_however_they_take_turns),
        cmocka_unit_test(a_reader_that_missed_too_much_is_told_to_list_again),
    };

    return run_tests("engine changes", tests);
}
