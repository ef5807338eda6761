/* SPDX-License-Identifier: MIT */
#define _DARWIN_C_SOURCE /* pthread_cond_timedwait_relative_np */
#include "base/thread_posix.h"

#include <time.h>

int condition_platform_init(pthread_cond_t *condition)
{
    return pthread_cond_init(condition, NULL);
}

/* There is no condition on the monotonic clock here, but one that takes the length of the wait. */
int condition_platform_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, uint64_t wait_ms)
{
    uint64_t wait = wait_ms < CONDITION_WAIT_MAXIMUM_MS ? wait_ms : CONDITION_WAIT_MAXIMUM_MS;
    struct timespec length = { .tv_sec = (time_t)(wait / 1000),
                               .tv_nsec = (long)(wait % 1000 * 1000000) };

    return pthread_cond_timedwait_relative_np(condition, mutex, &length);
}
