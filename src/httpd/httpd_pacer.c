/* SPDX-License-Identifier: MIT */
#include "httpd/httpd_pacer.h"

#include "base/clock.h"
#include "base/thread.h"

#include <microhttpd.h>
#include <stdlib.h>

struct pacer {
    struct mutex *mutex; /* Taken before the lock of libmicrohttpd's connection lists. */
    struct condition *changed;
    struct thread *thread;
    struct pacer_entry *earliest;
    struct pacer_entry *latest;
    bool is_stopping;
};

/* Most waits are as long as the one before, so the place is near the end. */
static void insert_locked(struct pacer *pacer, struct pacer_entry *entry)
{
    struct pacer_entry *earlier = pacer->latest;

    while (earlier != NULL && earlier->due_ms > entry->due_ms)
        earlier = earlier->earlier;
    entry->earlier = earlier;
    entry->later = earlier != NULL ? earlier->later : pacer->earliest;
    *(entry->earlier != NULL ? &entry->earlier->later : &pacer->earliest) = entry;
    *(entry->later != NULL ? &entry->later->earlier : &pacer->latest) = entry;
}

/* The entry belongs to its request, which may end as soon as the connection runs again. */
static void resume_earliest_locked(struct pacer *pacer)
{
    struct pacer_entry *entry = pacer->earliest;

    pacer->earliest = entry->later;
    *(entry->later != NULL ? &entry->later->earlier : &pacer->latest) = NULL;
    MHD_resume_connection(entry->connection);
}

static void run(void *user)
{
    struct pacer *pacer = user;

    mutex_lock(pacer->mutex);
    while (!pacer->is_stopping) {
        uint64_t now_ms = clock_ms(clock_system());
        while (pacer->earliest != NULL && pacer->earliest->due_ms <= now_ms)
            resume_earliest_locked(pacer);
        if (pacer->earliest == NULL)
            condition_wait(pacer->changed, pacer->mutex);
        else
            (void)condition_wait_ms(pacer->changed, pacer->mutex, pacer->earliest->due_ms - now_ms);
    }
    mutex_unlock(pacer->mutex);
}

xbits_result pacer_new(struct pacer **pacer_out)
{
    xbits_result result;
    struct pacer *pacer = calloc(1, sizeof *pacer);

    if (pacer == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the server's timer");
    pacer->mutex = mutex_new();
    pacer->changed = condition_new();
    if (pacer->mutex == NULL || pacer->changed == NULL)
        result = xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the server's timer");
    else
        result = thread_start(run, pacer, &pacer->thread);
    if (XBITS_FAILED(result)) {
        pacer_free(pacer);
        return result;
    }
    *pacer_out = pacer;
    return XBITS_S_OK;
}

void pacer_stop(struct pacer *pacer)
{
    mutex_lock(pacer->mutex);
    pacer->is_stopping = true;
    while (pacer->earliest != NULL)
        resume_earliest_locked(pacer);
    condition_broadcast(pacer->changed);
    mutex_unlock(pacer->mutex);
    thread_join(pacer->thread);
    pacer->thread = NULL;
}

void pacer_free(struct pacer *pacer)
{
    if (pacer == NULL)
        return;
    if (pacer->thread != NULL)
        pacer_stop(pacer);
    condition_free(pacer->changed);
    mutex_free(pacer->mutex);
    free(pacer);
}

bool pacer_wait(struct pacer *pacer, struct pacer_entry *entry, uint64_t wait_ms)
{
    mutex_lock(pacer->mutex);
    const bool may_wait = !pacer->is_stopping;
    if (may_wait) {
        entry->due_ms = clock_ms(clock_system()) + wait_ms;
        MHD_suspend_connection(entry->connection);
        insert_locked(pacer, entry);
        if (pacer->earliest == entry)
            condition_broadcast(pacer->changed);
    }
    mutex_unlock(pacer->mutex);
    return may_wait;
}
