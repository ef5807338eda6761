/* SPDX-License-Identifier: MIT */
#ifndef BASE_THREAD_POSIX_H
#define BASE_THREAD_POSIX_H

#include <pthread.h>
#include <stdint.h>

/* What one call waits at most: it keeps a time_t of 32 bits from overflowing. */
#define CONDITION_WAIT_MAXIMUM_MS UINT64_C(86400000)

/* What thread_linux.c and thread_macos.c do each in their way: waiting that a change of the wall
 * clock neither shortens nor lengthens. Both return an errno. */
int condition_platform_init(pthread_cond_t *condition);
int condition_platform_wait(pthread_cond_t *condition, pthread_mutex_t *mutex, uint64_t wait_ms);

#endif
