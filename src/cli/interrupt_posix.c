/* SPDX-License-Identifier: MIT */
#include "cli/interrupt.h"

#include "base/thread.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

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

/* Whom the watching thread wakes. It lives until the program ends, so this is found by name. */
static struct watcher {
    struct mutex *lock; /* NULL: nobody asked to be woken yet. */
    bool is_started;
    bool has_come;
    void (*wake)(void *user);
    void *user;
} watcher;

static void watch(void *user)
{
    (void)user;
    /* The next one ends the process: this thread lets it through. */
    interrupt_wait();
    mutex_lock(watcher.lock);
    watcher.has_come = true;
    if (watcher.wake != NULL)
        watcher.wake(watcher.user);
    mutex_unlock(watcher.lock);
    for (;;)
        pause();
}

void interrupt_wakes(void (*wake)(void *user), void *user)
{
    if (watcher.lock == NULL)
        watcher.lock = mutex_new();
    if (watcher.lock == NULL)
        return;
    mutex_lock(watcher.lock);
    watcher.wake = wake;
    watcher.user = user;
    if (wake != NULL && !watcher.is_started)
        watcher.is_started = XBITS_SUCCEEDED(thread_start_alone(watch, NULL));
    mutex_unlock(watcher.lock);
}

static bool take_seen(void)
{
    bool has_come;

    if (watcher.lock == NULL)
        return false;
    mutex_lock(watcher.lock);
    has_come = watcher.has_come;
    watcher.has_come = false;
    mutex_unlock(watcher.lock);
    return has_come;
}

bool interrupt_take(void)
{
    sigset_t pending, watched;

    if (take_seen())
        return true;
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
