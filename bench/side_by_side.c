/* SPDX-License-Identifier: MIT */
/*
 * side_by_side [--process-time] ROUNDS COMMAND... -- COMMAND...: runs each command once a round, in
 * turn, and prints the median time of each in milliseconds: on the wall, from before its process is
 * made to its end, or what its process took of a processor, for itself and in the system.
 */
#include "bench/bench.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#define COMMANDS_MAXIMUM 8

extern char **environ;

static double wall_ms(void)
{
    return bench_now_s() * 1000;
}

/* Of the commands that have ended. */
static double process_ms(void)
{
    struct rusage usage;

    getrusage(RUSAGE_CHILDREN, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

static double run_once(char **command, double (*clock_ms)(void))
{
    double begin_ms = clock_ms();
    pid_t process;
    int status;

    if (posix_spawnp(&process, command[0], NULL, NULL, command, environ) != 0)
        bench_give_up("a command cannot be started");
    if (waitpid(process, &status, 0) != process || status != 0)
        bench_give_up("a command failed");
    return clock_ms() - begin_ms;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Cuts the arguments at each "--". */
static size_t split(int argc, char **argv, char ***commands)
{
    size_t count = 0;

    commands[count++] = argv + 2;
    for (int i = 2; i < argc && count < COMMANDS_MAXIMUM; i++) {
        if (strcmp(argv[i], "--") != 0)
            continue;
        argv[i] = NULL;
        commands[count++] = argv + i + 1;
    }
    return count;
}

int main(int argc, char **argv)
{
    char **commands[COMMANDS_MAXIMUM];
    double (*clock_ms)(void) = wall_ms;
    size_t rounds;
    size_t count;
    double *times;

    if (argc > 1 && strcmp(argv[1], "--process-time") == 0) {
        clock_ms = process_ms;
        argc--;
        argv++;
    }
    if (argc < 3)
        bench_give_up("usage: side_by_side [--process-time] ROUNDS COMMAND... -- COMMAND...");
    rounds = bench_number(argv[1]);
    count = split(argc, argv, commands);
    times = bench_allocate(rounds * count, sizeof *times);
    for (size_t round = 0; round < rounds; round++)
        for (size_t i = 0; i < count; i++)
            times[i * rounds + round] = run_once(commands[i], clock_ms);
    for (size_t i = 0; i < count; i++) {
        qsort(times + i * rounds, rounds, sizeof *times, compare);
        printf("%.3f%c", times[i * rounds + rounds / 2], i + 1 < count ? ' ' : '\n');
    }
    free(times);
    return 0;
}
