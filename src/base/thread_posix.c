/* SPDX-License-Identifier: MIT */
#include "base/thread_posix.h"

#include "base/thread.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

struct mutex {
    pthread_mutex_t handle;
};

struct condition {
    pthread_cond_t handle;
};

struct thread {
    pthread_t handle;
    void (*run)(void *user);
    void *user;
};

/* A lock that cannot be taken is our own mistake, and whatever came next would be a race. */
static void must(int error)
{
    if (error != 0)
        abort();
}

struct mutex *mutex_new(void)
{
    struct mutex *mutex = malloc(sizeof(*mutex));

    if (mutex != NULL && pthread_mutex_init(&mutex->handle, NULL) != 0) {
        free(mutex);
        return NULL;
    }
    return mutex;
}

void mutex_free(struct mutex *mutex)
{
    if (mutex == NULL)
        return;
    must(pthread_mutex_destroy(&mutex->handle));
    free(mutex);
}

void mutex_lock(struct mutex *mutex)
{
    must(pthread_mutex_lock(&mutex->handle));
}

void mutex_unlock(struct mutex *mutex)
{
    must(pthread_mutex_unlock(&mutex->handle));
}

struct mutex *mutex_of_log(void)
{
    static struct mutex log_mutex = { PTHREAD_MUTEX_INITIALIZER };

    return &log_mutex;
}

struct mutex *mutex_of_registry(void)
{
    static struct mutex registry_mutex = { PTHREAD_MUTEX_INITIALIZER };

    return &registry_mutex;
}

struct condition *condition_new(void)
{
    struct condition *condition = malloc(sizeof(*condition));

    if (condition != NULL && condition_platform_init(&condition->handle) != 0) {
        free(condition);
        return NULL;
    }
    return condition;
}

void condition_free(struct condition *condition)
{
    if (condition == NULL)
        return;
    must(pthread_cond_destroy(&condition->handle));
    free(condition);
}

void condition_wait(struct condition *condition, struct mutex *mutex)
{
    must(pthread_cond_wait(&condition->handle, &mutex->handle));
}

bool condition_wait_ms(struct condition *condition, struct mutex *mutex, uint64_t wait_ms)
{
    int error = condition_platform_wait(&condition->handle, &mutex->handle, wait_ms);

    /* A wait that is too long for the platform ends early, and then as if woken for no reason. */
    if (error == ETIMEDOUT)
        return wait_ms > CONDITION_WAIT_MAXIMUM_MS;
    must(error);
    return true;
}

void condition_broadcast(struct condition *condition)
{
    must(pthread_cond_broadcast(&condition->handle));
}

static void *run_thread(void *user)
{
    struct thread *thread = user;

    thread->run(thread->user);
    return NULL;
}

static void *run_thread_alone(void *user)
{
    struct thread thread = *(struct thread *)user;

    free(user);
    thread.run(thread.user);
    return NULL;
}

/* The new thread inherits the mask, so there is no moment in which it could take a signal. A fault
 * of its own comes to it all the same, so that debuggers and sanitizers see where it happened. */
static int start_with_signals_blocked(pthread_t *handle, void *(*body)(void *user),
                                      struct thread *thread)
{
    static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT };
    sigset_t blocked;
    sigset_t before;
    int error;

    sigfillset(&blocked);
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
        sigdelset(&blocked, faults[i]);
    must(pthread_sigmask(SIG_SETMASK, &blocked, &before));
    error = pthread_create(handle, NULL, body, thread);
    must(pthread_sigmask(SIG_SETMASK, &before, NULL));
    return error;
}

static struct thread *new_thread(void (*run)(void *user), void *user)
{
    struct thread *thread = malloc(sizeof(*thread));

    if (thread == NULL)
        return NULL;
    thread->run = run;
    thread->user = user;
    return thread;
}

static xbits_result refuse(struct thread *thread, int error)
{
    free(thread);
    return xbits_fail_native(XBITS_E_OUTOFMEMORY, XBITS_DOMAIN_ERRNO, error,
                             "the system starts no further thread");
}

xbits_result thread_start(void (*run)(void *user), void *user, struct thread **thread_out)
{
    struct thread *thread = new_thread(run, user);
    int error;

    if (thread == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a thread");
    error = start_with_signals_blocked(&thread->handle, run_thread, thread);
    if (error != 0)
        return refuse(thread, error);
    *thread_out = thread;
    return XBITS_S_OK;
}

xbits_result thread_start_alone(void (*run)(void *user), void *user)
{
    struct thread *thread = new_thread(run, user);
    pthread_t handle;
    int error;

    if (thread == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a thread");
    /* It frees what it was started with, maybe before we are back. */
    error = start_with_signals_blocked(&handle, run_thread_alone, thread);
    if (error != 0)
        return refuse(thread, error);
    must(pthread_detach(handle));
    return XBITS_S_OK;
}

void thread_join(struct thread *thread)
{
    if (thread == NULL)
        return;
    must(pthread_join(thread->handle, NULL));
    free(thread);
}

uint64_t thread_current(void)
{
    return (uint64_t)(uintptr_t)pthread_self();
}
