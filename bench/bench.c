/* SPDX-License-Identifier: MIT */
#include "bench/bench.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void bench_give_up(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

void bench_check(xbits_result result, const char *what)
{
    if (XBITS_SUCCEEDED(result))
        return;
    fprintf(stderr, "bench: %s: %s\n", what, xbits_last_error()->message);
    exit(1);
}

double bench_now_s(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

size_t bench_number(const char *text)
{
    char *end;
    unsigned long long number = strtoull(text, &end, 10);

    if (end == text || *end != '\0')
        bench_give_up("an argument is not a number");
    return (size_t)number;
}

void *bench_allocate(size_t count, size_t size)
{
    void *memory = calloc(count, size);

    if (memory == NULL)
        bench_give_up("no memory");
    return memory;
}

void bench_options(struct xbits_options *options_out)
{
    XBITS_INIT(options_out);
    options_out->backend = "sim";
    options_out->principal = "service";
}

/* The number of a line "Name:   123 ..." of a status file of Linux. */
static size_t read_status(const char *path, const char *name)
{
    FILE *file = fopen(path, "r");
    char line[256];
    size_t number = 0;

    if (file == NULL)
        return 0;
    while (fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, name, strlen(name)) == 0)
            number = (size_t)strtoull(line + strlen(name), NULL, 10);
    fclose(file);
    return number;
}

size_t bench_resident_kib(void)
{
    return read_status("/proc/self/status", "VmRSS:");
}

/* A thread that waits gives the processor away once for each time that it is woken. */
size_t bench_wake_ups(void)
{
    DIR *tasks = opendir("/proc/self/task");
    struct dirent *entry;
    size_t count = 0;

    if (tasks == NULL)
        bench_give_up("wake-ups can be counted on Linux only");
    while ((entry = readdir(tasks)) != NULL) {
        char path[300];

        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "/proc/self/task/%s/status", entry->d_name);
        count += read_status(path, "voluntary_ctxt_switches:");
    }
    closedir(tasks);
    return count;
}
