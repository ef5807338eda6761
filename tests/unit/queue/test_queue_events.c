/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "queue_fixture.h"
#include "support/assert_result.h"
#include "support/test_main.h"

struct seen {
    size_t count;
    uint64_t first;
    uint64_t last;
};

static xbits_result note_event(void *user, struct event_record *event)
{
    struct seen *seen = user;

    if (seen->count++ == 0)
        seen->first = event->number;
    seen->last = event->number;
    event_record_dispose(event);
    return XBITS_S_OK;
}

static xbits_result compare_event(void *user, struct event_record *got)
{
    struct event_record expected = make_event(got->number);

    (*(size_t *)user)++;
    assert_true(got->time == expected.time);
    assert_int_equal(got->id, expected.id);
    assert_true(xbits_id_equal(&got->job, &expected.job));
    assert_string_equal(got->display_name, expected.display_name);
    assert_int_equal(got->result, expected.result);
    assert_string_equal(got->text, expected.text);
    event_record_dispose(&expected);
    event_record_dispose(got);
    return XBITS_S_OK;
}

static void events_come_back_in_order(void **state)
{
    struct queue_fixture *fixture = *state;
    size_t count = 0;

    queue_fixture_open(fixture);
    for (uint64_t number = 1; number <= 3; number++)
        write_event(fixture->queue, make_event(number));
    queue_fixture_reopen(fixture);

    assert_ok(queue_read_events(fixture->queue, 1, compare_event, &count));
    assert_int_equal(count, 2);
}

static void the_newest_ten_thousand_events_stay(void **state)
{
    struct queue_fixture *fixture = *state;
    struct record_batch batch = { .event_count = 10050 };
    struct seen seen = { 0 };

    batch.events = calloc(batch.event_count, sizeof(*batch.events));
    assert_non_null(batch.events);
    for (size_t i = 0; i < batch.event_count; i++)
        batch.events[i] = make_event(i + 1);
    queue_fixture_open(fixture);
    assert_ok(queue_write(fixture->queue, &batch, true));
    record_batch_dispose(&batch);

    assert_ok(queue_read_events(fixture->queue, 0, note_event, &seen));
    assert_true(seen.count == 10000 && seen.first == 51 && seen.last == 10050);
    write_event(fixture->queue, make_event(10051));
    seen = (struct seen){ 0 };
    assert_ok(queue_read_events(fixture->queue, 0, note_event, &seen));
    assert_true(seen.count == 10000 && seen.first == 52 && seen.last == 10051);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(events_come_back_in_order, queue_fixture_begin,
                                        queue_fixture_end),
        cmocka_unit_test_setup_teardown(the_newest_ten_thousand_events_stay, queue_fixture_begin,
                                        queue_fixture_end),
    };

    return run_tests("queue_events", tests);
}
