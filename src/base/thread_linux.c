/* SPDX-License-Identifier: MIT */
#include "base/thread_posix.h"

#include <time.h>

#define NS_PER_MS INT64_C(1000000)
#define NS_PER_S  INT64_C(1000000000)

int condition_platform_init(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;
    int error = pthread_condattr_init(&attributes);

    if (error != 0)
        return error;
    error = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    if (error == 0)
        error = pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
    return error;
}

int condition_platform_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, uint64_t wait_ms)
{
    struct timespec until = { 0 };
    int64_t wait =
        (int64_t)(wait_ms < CONDITION_WAIT_MAXIMUM_MS ? wait_ms : CONDITION_WAIT_MAXIMUM_MS);
    int64_t nanoseconds;

    clock_gettime(CLOCK_MONOTONIC, &until);
    nanoseconds = until.tv_nsec + wait % 1000 * NS_PER_MS;
    until.tv_sec += (time_t)(wait / 1000 + nanoseconds / NS_PER_S);
    until.tv_nsec = (long)(nanoseconds % NS_PER_S);
    return pthread_cond_timedwait(condition, mutex, &until);
}
