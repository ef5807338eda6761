/* SPDX-License-Identifier: MIT */
/*
 * small_files URL DIRECTORY FILES JOBS [SETTING...]: fetches URL/f0, URL/f1, ... into the
 * directory, in one background job (JOBS 1) or spread over foreground jobs, completes them and
 * prints how many seconds it took from opening the queue to its close.
 */
#include "bench/bench.h"

#include <stdio.h>
#include <stdlib.h>

/* Waits a bit longer than any round takes; what hangs is an error. */
#define LIMIT_MS 600000

static void add_files(struct xbits_job *job, char **argv, size_t first, size_t count)
{
    struct xbits_file_spec *specs = bench_allocate(count, sizeof *specs);
    char(*names)[2][256] = bench_allocate(count, sizeof *names);

    for (size_t i = 0; i < count; i++) {
        snprintf(names[i][0], sizeof names[i][0], "%s/f%zu", argv[1], first + i);
        snprintf(names[i][1], sizeof names[i][1], "%s/f%zu", argv[2], first + i);
        specs[i].remote_name = names[i][0];
        specs[i].local_name = names[i][1];
    }
    bench_check(xbits_job_add_files(job, specs, count), "add");
    free(names);
    free(specs);
}

static struct xbits_job *start_job(struct xbits_manager *manager, char **argv, size_t index)
{
    size_t files = bench_number(argv[3]);
    size_t jobs = bench_number(argv[4]);
    size_t first = files * index / jobs;
    struct xbits_value foreground = xbits_value_u32(XBITS_PRIORITY_FOREGROUND);
    struct xbits_job *job;

    bench_check(xbits_job_create(manager, "bench", XBITS_TYPE_DOWNLOAD, &job), "create");
    add_files(job, argv, first, files * (index + 1) / jobs - first);
    if (jobs > 1)
        bench_check(xbits_job_set(job, XBITS_JOB_PRIORITY, &foreground), "set");
    bench_check(xbits_job_resume(job), "resume");
    return job;
}

int main(int argc, char **argv)
{
    struct xbits_options options;
    struct xbits_manager *manager;
    struct xbits_job **running;
    size_t jobs;
    double begin_s;

    if (argc < 5)
        bench_give_up("usage: small_files URL DIRECTORY FILES JOBS [SETTING...]");
    jobs = bench_number(argv[4]);
    running = bench_allocate(jobs, sizeof(struct xbits_job *));
    begin_s = bench_now_s();
    bench_options(&options);
    options.settings = (const char *const *)argv + 5;
    bench_check(xbits_manager_open(&options, &manager), "open");
    for (size_t i = 0; i < jobs; i++)
        running[i] = start_job(manager, argv, i);
    for (size_t i = 0; i < jobs; i++) {
        bench_check(xbits_job_wait(running[i], XBITS_STATES_SETTLED, LIMIT_MS, NULL), "wait");
        bench_check(xbits_job_complete(running[i]), "complete");
        xbits_job_close(running[i]);
    }
    xbits_manager_close(manager);
    printf("%.6f\n", bench_now_s() - begin_s);
    free(running);
    return 0;
}
