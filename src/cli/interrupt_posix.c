/* SPDX-License-Identifier: MIT */
#include "cli/interrupt.h"

#include <signal.h>
#include <stddef.h>

/*
 * Watched signals are blocked and stay pending, so no handler and no flag are needed. Threads that
 * are started afterwards inherit the mask and cannot take a signal away.
 */

static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

/* A shell ignores SIGINT for what it runs in the background, nohup SIGHUP: that is respected. */
static void watched_set(sigset_t *set)
{
    sigemptyset(set);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct sigaction action;

        if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaddset(set, numbers[i]);
    }
}

void interrupt_watch(void)
{
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    sigset_t set;

    watched_set(&set);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
}

void interrupt_wait(void)
{
    sigset_t set;
    int number;

    watched_set(&set);
    while (sigwait(&set, &number) != 0)
        continue;
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

bool interrupt_take(void)
{
    sigset_t pending, watched;

    watched_set(&watched);
    if (sigpending(&pending) != 0)
        return false;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (sigismember(&watched, numbers[i]) == 1 && sigismember(&pending, numbers[i]) == 1) {
            interrupt_wait();
            return true;
        }
    }
    return false;
}
