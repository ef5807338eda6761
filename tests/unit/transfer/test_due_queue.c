/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/due_queue.h"

#include "base/random.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#define COUNT 500

static void an_empty_queue_is_never_due(void **state)
{
    struct due_queue queue = { 0 };

    (void)state;
    assert_true(due_queue_next_ms(&queue) == UINT64_MAX);
    assert_null(due_queue_take(&queue, UINT64_MAX));
    due_queue_dispose(&queue);
}

static void equal_times_leave_in_the_order_of_adding(void **state)
{
    struct due_entry entries[4] = { { 0 } };
    struct due_queue queue = { 0 };

    (void)state;
    assert_ok(due_queue_reserve(&queue, 4));
    due_queue_add(&queue, &entries[0], 20);
    due_queue_add(&queue, &entries[1], 10);
    due_queue_add(&queue, &entries[2], 20);
    due_queue_add(&queue, &entries[3], 20);

    assert_null(due_queue_take(&queue, 9));
    assert_ptr_equal(due_queue_take(&queue, 20), &entries[1]);
    assert_ptr_equal(due_queue_take(&queue, 20), &entries[0]);
    assert_ptr_equal(due_queue_take(&queue, 20), &entries[2]);
    assert_ptr_equal(due_queue_take(&queue, 20), &entries[3]);
    due_queue_dispose(&queue);
}

static void what_is_due_never_is_not_taken_but_can_be_removed(void **state)
{
    struct due_entry entry = { 0 };
    struct due_queue queue = { 0 };

    (void)state;
    assert_ok(due_queue_reserve(&queue, 1));
    due_queue_add(&queue, &entry, UINT64_MAX);

    assert_null(due_queue_take(&queue, UINT64_MAX));

    due_queue_remove(&queue, &entry);
    due_queue_remove(&queue, &entry);
    assert_int_equal(queue.count, 0);
    due_queue_dispose(&queue);
}

/* Against the plain truth: what is taken is never later than what is left. */
static void removals_in_the_middle_keep_the_order(void **state)
{
    static struct due_entry entries[COUNT];
    struct due_queue queue = { 0 };
    struct random random;
    uint64_t last_ms = 0;
    size_t taken = 0;

    (void)state;
    random_init(&random, 1);
    assert_ok(due_queue_reserve(&queue, COUNT));
    for (size_t i = 0; i < COUNT; i++)
        due_queue_add(&queue, &entries[i], random_below(&random, 100));

    for (size_t i = 0; i < COUNT; i += 3)
        due_queue_remove(&queue, &entries[i]);

    for (struct due_entry *entry; (entry = due_queue_take(&queue, 100)) != NULL; taken++) {
        assert_true(entry->due_ms >= last_ms);
        last_ms = entry->due_ms;
    }
    assert_int_equal(taken, COUNT - (COUNT + 2) / 3);
    due_queue_dispose(&queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_queue_is_never_due),
        cmocka_unit_test(equal_times_leave_in_the_order_of_adding),
        cmocka_unit_test(what_is_due_never_is_not_taken_but_can_be_removed),
        cmocka_unit_test(removals_in_the_middle_keep_the_order),
    };

    return run_tests("due_queue", tests);
}
