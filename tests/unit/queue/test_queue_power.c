/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "queue_fixture.h"
#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"

#define SEEDS 32

static struct queue *open_queue(struct disk *disk)
{
    const struct queue_options options = { .directory = "/queue", .disk = disk };
    struct queue *queue = NULL;

    assert_ok(queue_open(&options, &queue));
    return queue;
}

static void write_lazily(struct queue *queue, uint64_t number)
{
    struct job_record record = make_record(number, 1);
    const struct record_batch batch = { .jobs = &record, .job_count = 1 };

    assert_ok(queue_write(queue, &batch, false));
    job_record_dispose(&record);
}

static struct queue *reopen_after(struct disk *disk, struct queue *queue, enum disk_power_end end)
{
    disk_power_end_after(disk, 0, end);
    queue_close(queue);
    disk_power_restore(disk);
    return open_queue(disk);
}

static size_t count_jobs(struct queue *queue)
{
    struct record_list list = read_records(queue, 0);
    size_t count = list.count;

    record_list_dispose(&list);
    return count;
}

static void a_durable_write_without_news_makes_what_came_before_durable(void **state)
{
    static const struct record_batch nothing = { 0 };

    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct disk *disk = disk_power_new(seed);
        struct queue *queue = open_queue(disk);

        write_lazily(queue, 1);
        write_lazily(queue, 2);
        assert_ok(queue_write(queue, &nothing, true));
        queue = reopen_after(disk, queue, DISK_POWER_CUT);

        assert_int_equal(count_jobs(queue), 2);
        assert_true(queue_was_restarted(queue));
        queue_close(queue);
        disk_power_free(disk);
    }
}

/* Writes lost are the last ones: a later one is never there without an earlier. */
static void a_lazy_write_survives_a_kill_and_may_be_lost_with_the_power(void **state)
{
    unsigned lost = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct disk *disk = disk_power_new(seed);
        struct queue *queue = open_queue(disk);

        write_lazily(queue, 1);
        queue = reopen_after(disk, queue, DISK_POWER_KILL);
        assert_int_equal(count_jobs(queue), 1);
        assert_false(queue_was_restarted(queue));
        write_lazily(queue, 2);
        queue = reopen_after(disk, queue, DISK_POWER_CUT);
        lost += count_jobs(queue) == 1;
        assert_in_range(count_jobs(queue), 1, 2);
        queue_close(queue);
        disk_power_free(disk);
    }
    assert_true(lost > 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_durable_write_without_news_makes_what_came_before_durable),
        cmocka_unit_test(a_lazy_write_survives_a_kill_and_may_be_lost_with_the_power),
    };

    return run_tests("queue power", tests);
}
