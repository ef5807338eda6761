/* SPDX-License-Identifier: MIT */
/*
 * queue_create DIRECTORY JOBS CALLERS: creates jobs in a queue on disk, spread over so many
 * threads, each durable when its call returns, and prints jobs a second. queue_create --raw FILE
 * RECORDS: what the disk can do: appends records of the same size, each followed by fdatasync, and
 * prints records a second.
 */
#include "bench/bench.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a job without files takes in the log of the queue. */
#define RECORD_BYTES 400

struct caller {
    pthread_t thread;
    struct xbits_manager *manager;
    size_t jobs;
};

static void *create_jobs(void *user)
{
    struct caller *caller = user;

    for (size_t i = 0; i < caller->jobs; i++) {
        struct xbits_job *job;

        bench_check(xbits_job_create(caller->manager, "bench", XBITS_TYPE_DOWNLOAD, &job),
                    "create");
        xbits_job_close(job);
    }
    return NULL;
}

static double create_all(struct xbits_manager *manager, size_t jobs, size_t count)
{
    struct caller *callers = bench_allocate(count, sizeof *callers);
    double begin_s = bench_now_s();

    for (size_t i = 0; i < count; i++) {
        callers[i] = (struct caller){ .manager = manager,
                                      .jobs = jobs * (i + 1) / count - jobs * i / count };
        if (pthread_create(&callers[i].thread, NULL, create_jobs, &callers[i]) != 0)
            bench_give_up("no more threads");
    }
    for (size_t i = 0; i < count; i++)
        pthread_join(callers[i].thread, NULL);
    free(callers);
    return bench_now_s() - begin_s;
}

static double append_records(const char *path, size_t count)
{
    static const char record[RECORD_BYTES];
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    double begin_s = bench_now_s();

    if (file < 0)
        bench_give_up("cannot create the file of raw records");
    for (size_t i = 0; i < count; i++)
        if (write(file, record, sizeof record) != (ssize_t)sizeof record || fdatasync(file) != 0)
            bench_give_up("cannot write a raw record");
    close(file);
    return bench_now_s() - begin_s;
}

int main(int argc, char **argv)
{
    struct xbits_options options;
    struct xbits_manager *manager;
    size_t count;
    double spent_s;

    if (argc != 4)
        bench_give_up("usage: queue_create DIRECTORY JOBS CALLERS | --raw FILE RECORDS");
    if (strcmp(argv[1], "--raw") == 0) {
        count = bench_number(argv[3]);
        printf("%.0f\n", (double)count / append_records(argv[2], count));
        return 0;
    }
    bench_options(&options);
    options.queue = argv[1];
    options.access = XBITS_ACCESS_EDIT;
    bench_check(xbits_manager_open(&options, &manager), "open");
    count = bench_number(argv[2]);
    spent_s = create_all(manager, count, bench_number(argv[3]));
    xbits_manager_close(manager);
    printf("%.0f\n", (double)count / spent_s);
    return 0;
}
