/* SPDX-License-Identifier: MIT */
#include "cli/interrupt.h"

#include <windows.h>

/* The console calls its handler on a thread of its own without a word of context, so what it
 * needs is found by name. */
static HANDLE interrupted;

/* Whom the handler wakes. */
static SRWLOCK lock = SRWLOCK_INIT;
static void (*to_wake)(void *user);
static void *to_wake_user;

static BOOL WINAPI handle(DWORD kind)
{
    (void)kind;
    SetEvent(interrupted);
    AcquireSRWLockExclusive(&lock);
    if (to_wake != NULL)
        to_wake(to_wake_user);
    ReleaseSRWLockExclusive(&lock);
    return TRUE;
}

void interrupt_wakes(void (*wake)(void *user), void *user)
{
    AcquireSRWLockExclusive(&lock);
    to_wake = wake;
    to_wake_user = user;
    ReleaseSRWLockExclusive(&lock);
}

void interrupt_watch(void)
{
    interrupted = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (interrupted != NULL)
        SetConsoleCtrlHandler(handle, TRUE);
}

bool interrupt_take(void)
{
    if (interrupted == NULL || WaitForSingleObject(interrupted, 0) != WAIT_OBJECT_0)
        return false;
    SetConsoleCtrlHandler(handle, FALSE);
    ResetEvent(interrupted);
    return true;
}

void interrupt_wait(void)
{
    WaitForSingleObject(interrupted, INFINITE);
    interrupt_take();
}
