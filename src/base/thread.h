/* SPDX-License-Identifier: MIT */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"

/* Opaque because the platform's headers stay in thread_posix.c and thread_win32.c. */
struct mutex;
struct condition;
struct thread;

/* NULL when out of memory. Free of NULL is fine. */
struct mutex *mutex_new(void);
void mutex_free(struct mutex *mutex);
void mutex_lock(struct mutex *mutex);
void mutex_unlock(struct mutex *mutex);
/* The log's own: it needs no making, because the first line may be the first thing that happens. */
struct mutex *mutex_of_log(void);
/* Of the list of the queues that this process has open. */
struct mutex *mutex_of_registry(void);

struct condition *condition_new(void);
void condition_free(struct condition *condition);
void condition_wait(struct condition *condition, struct mutex *mutex);
/* Real time. False when wait_ms passed without a signal. */
bool condition_wait_ms(struct condition *condition, struct mutex *mutex, uint64_t wait_ms);
void condition_broadcast(struct condition *condition);

/* Starts a thread that blocks every signal. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result thread_start(void (*run)(void *user), void *user, struct thread **thread_out);
/* The same for a thread that nobody waits for. */
xbits_result thread_start_alone(void (*run)(void *user), void *user);
/* Waits for its end and frees it. NULL is fine. */
void thread_join(struct thread *thread);

/* A number that is equal only for the same thread. */
uint64_t thread_current(void);

#endif
