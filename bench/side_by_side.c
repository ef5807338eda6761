/* SPDX-License-Identifier: MIT */
/*
 * side_by_side ROUNDS COMMAND... -- COMMAND...: runs each command once a round, in turn, and prints
 * the median wall time of each in milliseconds, from before its process is made to its end.
 */
#include "bench/bench.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define COMMANDS_MAXIMUM 8

extern char **environ;

static double run_once(char **command)
{
    double begin_s = bench_now_s();
    pid_t process;
    int status;

    if (posix_spawnp(&process, command[0], NULL, NULL, command, environ) != 0)
        bench_give_up("a command cannot be started");
    if (waitpid(process, &status, 0) != process || status != 0)
        bench_give_up("a command failed");
    return (bench_now_s() - begin_s) * 1000;
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
    size_t rounds;
    size_t count;
    double *times;

    if (argc < 3)
        bench_give_up("usage: side_by_side ROUNDS COMMAND... -- COMMAND...");
    rounds = bench_number(argv[1]);
    count = split(argc, argv, commands);
    times = bench_allocate(rounds * count, sizeof *times);
    for (size_t round = 0; round < rounds; round++)
        for (size_t i = 0; i < count; i++)
            times[i * rounds + round] = run_once(commands[i]);
    for (size_t i = 0; i < count; i++) {
        qsort(times + i * rounds, rounds, sizeof *times, compare);
        printf("%.3f%c", times[i * rounds + rounds / 2], i + 1 < count ? ' ' : '\n');
    }
    free(times);
    return 0;
}
