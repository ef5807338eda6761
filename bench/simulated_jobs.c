/* SPDX-License-Identifier: MIT */
/*
 * simulated_jobs DIRECTORY JOBS: that many jobs of one small file from the scripted source, on a
 * virtual clock, files in DIRECTORY (a file system in memory) and not synced. Prints jobs a second,
 * from the first create to the last complete.
 */
#include "bench/bench.h"

#include <stdio.h>
#include <stdlib.h>

/* Jobs that are there at the same time. */
#define BATCH 256

static const char origin[] = "[resource a]\n"
                             "url = http://bench.test/a\n"
                             "size = 1024\n";

static struct xbits_job *start_job(struct xbits_manager *manager, const char *directory,
                                   size_t index)
{
    struct xbits_value foreground = xbits_value_u32(XBITS_PRIORITY_FOREGROUND);
    struct xbits_job *job;
    char name[256];

    snprintf(name, sizeof name, "%s/%zu", directory, index);
    bench_check(xbits_job_create(manager, "bench", XBITS_TYPE_DOWNLOAD, &job), "create");
    bench_check(xbits_job_add_file(job, "http://bench.test/a", name), "add");
    bench_check(xbits_job_set(job, XBITS_JOB_PRIORITY, &foreground), "set");
    bench_check(xbits_job_resume(job), "resume");
    return job;
}

static void run_batch(struct xbits_manager *manager, const char *directory, size_t count)
{
    struct xbits_job *jobs[BATCH];

    for (size_t i = 0; i < count; i++)
        jobs[i] = start_job(manager, directory, i);
    for (size_t i = 0; i < count; i++) {
        bench_check(xbits_job_wait(jobs[i], XBITS_IN(TRANSFERRED), 60000, NULL), "wait");
        bench_check(xbits_job_complete(jobs[i]), "complete");
        xbits_job_close(jobs[i]);
    }
}

int main(int argc, char **argv)
{
    static const char *const settings[] = { "transfer.sync=no", NULL };
    struct xbits_options options;
    struct xbits_manager *manager;
    size_t count;
    double begin_s;

    if (argc != 3)
        bench_give_up("usage: simulated_jobs DIRECTORY JOBS");
    count = bench_number(argv[2]);
    bench_options(&options);
    options.source = "script";
    options.clock = XBITS_CLOCK_VIRTUAL;
    options.seed = 1;
    options.settings = settings;
    bench_check(xbits_manager_open(&options, &manager), "open");
    bench_check(xbits_sim_set_origin(manager, origin), "origin");
    begin_s = bench_now_s();
    for (size_t done = 0; done < count; done += BATCH)
        run_batch(manager, argv[1], count - done < BATCH ? count - done : BATCH);
    printf("%.0f\n", (double)count / (bench_now_s() - begin_s));
    xbits_manager_close(manager);
    return 0;
}
