/* SPDX-License-Identifier: MIT */
#include "crash/crash_child.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "xbits/xbits.h"

/*
 * A program that is never idle: it keeps some jobs running in a queue, completes those that are
 * transferred and tells its log what it was answered. It ends when somebody kills it.
 * usage: crash_child QUEUE BASE-URL DIRECTORY LOG FIRST-NUMBER
 */
#define LIVE_JOBS 4

struct child {
    struct xbits_manager *manager;
    const char *base_url;
    const char *directory;
    FILE *log;
    unsigned next;
};

/* One write a line: it is in the file when the next call is made. */
static void tell(struct child *child, const char *what, unsigned number)
{
    char line[64];
    int length = snprintf(line, sizeof(line), "%s %u\n", what, number);

    if (fwrite(line, 1, (size_t)length, child->log) != (size_t)length)
        abort();
}

static void must(xbits_result result, const char *what)
{
    if (XBITS_SUCCEEDED(result))
        return;
    fprintf(stderr, "crash_child: cannot %s: %s\n", what, xbits_last_error()->message);
    abort();
}

static void create(struct child *child)
{
    unsigned number = child->next++;
    struct xbits_value priority = xbits_value_u32(XBITS_PRIORITY_FOREGROUND);
    struct xbits_job *job = NULL;
    char name[32];
    char remote_name[512];
    char local_name[512];

    snprintf(name, sizeof(name), CHILD_NAME "%u", number);
    snprintf(remote_name, sizeof(remote_name), "%s/%s", child->base_url, name);
    snprintf(local_name, sizeof(local_name), "%s/%s", child->directory, name);
    tell(child, CHILD_CREATING, number);
    must(xbits_job_create(child->manager, name, XBITS_TYPE_DOWNLOAD, &job), "create");
    tell(child, CHILD_CREATED, number);
    must(xbits_job_add_file(job, remote_name, local_name), "add a file");
    tell(child, CHILD_ADDED, number);
    must(xbits_job_set(job, XBITS_JOB_PRIORITY, &priority), "set the priority");
    must(xbits_job_resume(job), "resume");
    tell(child, CHILD_RESUMED, number);
    xbits_job_close(job);
}

struct work {
    size_t live;
    struct xbits_id id;
    unsigned number;
    bool has_transferred;
};

static bool look_at(const struct xbits_job_snapshot *snapshot, void *user)
{
    struct work *work = user;

    /* One that an earlier life had not resumed yet is left as it is. */
    work->live += snapshot->state != XBITS_STATE_SUSPENDED;
    if (snapshot->state == XBITS_STATE_TRANSFERRED) {
        work->has_transferred = true;
        work->id = snapshot->id;
        work->number = (unsigned)strtoul(snapshot->display_name + strlen(CHILD_NAME), NULL, 10);
    }
    return true;
}

static void complete(struct child *child, const struct work *work)
{
    struct xbits_job *job = NULL;

    must(xbits_job_open(child->manager, &work->id, &job), "open a job");
    tell(child, CHILD_COMPLETING, work->number);
    must(xbits_job_complete(job), "complete");
    tell(child, CHILD_COMPLETED, work->number);
    xbits_job_close(job);
}

static void work_on(struct child *child)
{
    struct xbits_cursor cursor = { XBITS_CURSOR_NOW };
    struct xbits_change change;

    for (;;) {
        struct work work = { 0 };

        must(xbits_manager_visit_jobs(child->manager, XBITS_SCOPE_MINE, look_at, &work), "list");
        if (work.has_transferred)
            complete(child, &work);
        else if (work.live < LIVE_JOBS)
            create(child);
        else {
            XBITS_INIT(&change);
            must(xbits_manager_next_change(child->manager, &cursor, 20, &change), "wait");
        }
    }
}

int main(int argc, char **argv)
{
    struct child child = { 0 };
    struct xbits_options options;

    if (argc != 6)
        return 2;
    XBITS_INIT(&options);
    options.backend = "sim";
    options.queue = argv[1];
    child.base_url = argv[2];
    child.directory = argv[3];
    child.log = fopen(argv[4], "a");
    child.next = (unsigned)strtoul(argv[5], NULL, 10);
    if (child.log == NULL || setvbuf(child.log, NULL, _IONBF, 0) != 0)
        return 2;
    must(xbits_manager_open(&options, &child.manager), "open the queue");
    work_on(&child);
    return 0;
}
