/* SPDX-License-Identifier: MIT */
/*
 * queue_look DIRECTORY: opens a queue to run it, lists its jobs, and prints: jobs, seconds to open,
 * seconds to list, bytes of resident memory a job.
 * queue_look DIRECTORY SECONDS: opens it, lets it settle, and prints how often any thread was woken
 * in so many seconds.
 */
#include "bench/bench.h"

#include <stdio.h>

static bool count_job(const struct xbits_job_snapshot *snapshot, void *user)
{
    size_t *count = user;

    (void)snapshot;
    (*count)++;
    return true;
}

/* Waits as a program does that shows a queue: no change comes. */
static void wait_s(struct xbits_manager *manager, size_t seconds)
{
    struct xbits_cursor cursor = { XBITS_CURSOR_NOW };
    struct xbits_change change;

    XBITS_INIT(&change);
    if (xbits_manager_next_change(manager, &cursor, seconds * 1000, &change) != XBITS_S_FALSE)
        bench_give_up("the queue is not idle");
}

static void look(struct xbits_manager *manager, size_t resident_kib, double opened_s)
{
    size_t grown_kib = bench_resident_kib() - resident_kib;
    size_t count = 0;
    double begin_s = bench_now_s();

    bench_check(xbits_manager_visit_jobs(manager, XBITS_SCOPE_MINE, count_job, &count), "list");
    printf("%zu %.4f %.4f %.0f\n", count, opened_s, bench_now_s() - begin_s,
           count > 0 ? (double)grown_kib * 1024 / (double)count : 0);
}

/* The waiting thread is woken once itself, when its time is over. */
static void watch(struct xbits_manager *manager, size_t seconds)
{
    size_t before;

    wait_s(manager, 1);
    before = bench_wake_ups();
    wait_s(manager, seconds);
    printf("%zu\n", bench_wake_ups() - before - 1);
}

int main(int argc, char **argv)
{
    struct xbits_options options;
    struct xbits_manager *manager;
    size_t resident_kib;
    double begin_s;

    if (argc != 2 && argc != 3)
        bench_give_up("usage: queue_look DIRECTORY [SECONDS]");
    bench_options(&options);
    options.queue = argv[1];
    resident_kib = bench_resident_kib();
    begin_s = bench_now_s();
    bench_check(xbits_manager_open(&options, &manager), "open");
    if (argc == 2)
        look(manager, resident_kib, bench_now_s() - begin_s);
    else
        watch(manager, bench_number(argv[2]));
    xbits_manager_close(manager);
    return 0;
}
