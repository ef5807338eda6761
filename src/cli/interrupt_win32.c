/* SPDX-License-Identifier: MIT */
#include "cli/interrupt.h"

#include <windows.h>

/* The console calls its handler on a thread of its own without a word of context, so the event has
 * to be found by it: the one variable here. */
static HANDLE interrupted;

static BOOL WINAPI handle(DWORD kind)
{
    (void)kind;
    SetEvent(interrupted);
    return TRUE;
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
