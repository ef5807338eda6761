/* SPDX-License-Identifier: MIT */
#include "base/thread.h"

#include <process.h>
#include <stdint.h>
#include <stdlib.h>
#include <windows.h>

struct mutex {
    SRWLOCK handle;
};

struct condition {
    CONDITION_VARIABLE handle;
};

struct thread {
    HANDLE handle;
    void (*run)(void *user);
    void *user;
};

struct mutex *mutex_new(void)
{
    struct mutex *mutex = malloc(sizeof(*mutex));

    if (mutex != NULL)
        InitializeSRWLock(&mutex->handle);
    return mutex;
}

void mutex_free(struct mutex *mutex)
{
    free(mutex);
}

void mutex_lock(struct mutex *mutex)
{
    AcquireSRWLockExclusive(&mutex->handle);
}

void mutex_unlock(struct mutex *mutex)
{
    ReleaseSRWLockExclusive(&mutex->handle);
}

struct mutex *mutex_of_log(void)
{
    static struct mutex log_mutex = { SRWLOCK_INIT };

    return &log_mutex;
}

struct mutex *mutex_of_registry(void)
{
    static struct mutex registry_mutex = { SRWLOCK_INIT };

    return &registry_mutex;
}

struct condition *condition_new(void)
{
    struct condition *condition = malloc(sizeof(*condition));

    if (condition != NULL)
        InitializeConditionVariable(&condition->handle);
    return condition;
}

void condition_free(struct condition *condition)
{
    free(condition);
}

void condition_wait(struct condition *condition, struct mutex *mutex)
{
    SleepConditionVariableSRW(&condition->handle, &mutex->handle, INFINITE, 0);
}

bool condition_wait_ms(struct condition *condition, struct mutex *mutex, uint64_t wait_ms)
{
    DWORD wait = wait_ms < INFINITE ? (DWORD)wait_ms : INFINITE - 1;

    return SleepConditionVariableSRW(&condition->handle, &mutex->handle, wait, 0) != 0;
}

void condition_broadcast(struct condition *condition)
{
    WakeAllConditionVariable(&condition->handle);
}

static unsigned __stdcall run_thread(void *user)
{
    struct thread *thread = user;

    thread->run(thread->user);
    return 0;
}

static unsigned __stdcall run_thread_alone(void *user)
{
    struct thread thread = *(struct thread *)user;

    free(user);
    thread.run(thread.user);
    return 0;
}

/* There are no signals to block: the console's come on a thread of the system's own. */
xbits_result thread_start(void (*run)(void *user), void *user, struct thread **thread_out)
{
    struct thread *thread = malloc(sizeof(*thread));

    if (thread == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a thread");
    thread->run = run;
    thread->user = user;
    thread->handle = (HANDLE)_beginthreadex(NULL, 0, run_thread, thread, 0, NULL);
    if (thread->handle == NULL) {
        free(thread);
        return xbits_fail(XBITS_E_OUTOFMEMORY, "the system starts no further thread");
    }
    *thread_out = thread;
    return XBITS_S_OK;
}

xbits_result thread_start_alone(void (*run)(void *user), void *user)
{
    struct thread *thread = malloc(sizeof(*thread));
    HANDLE handle;

    if (thread == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a thread");
    thread->run = run;
    thread->user = user;
    handle = (HANDLE)_beginthreadex(NULL, 0, run_thread_alone, thread, 0, NULL);
    if (handle == NULL) {
        free(thread);
        return xbits_fail(XBITS_E_OUTOFMEMORY, "the system starts no further thread");
    }
    CloseHandle(handle);
    return XBITS_S_OK;
}

void thread_join(struct thread *thread)
{
    if (thread == NULL)
        return;
    WaitForSingleObject(thread->handle, INFINITE);
    CloseHandle(thread->handle);
    free(thread);
}

uint64_t thread_current(void)
{
    return GetCurrentThreadId();
}
