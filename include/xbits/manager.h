/* SPDX-License-Identifier: MIT */
#ifndef XBITS_MANAGER_H
#define XBITS_MANAGER_H

#include "xbits/snapshot.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A manager is a caller with an identity at a queue of jobs. Every call of this library may be made
 * from any thread; a handle is freed once, by one thread. No call waits for the network unless it
 * says so. Times are FILETIME (100 ns since 1601 UTC), time-outs milliseconds. A handle is never
 * NULL but in a close. Besides the results that a call names, each can answer XBITS_E_OUTOFMEMORY,
 * XBITS_E_INVALIDARG (another argument is NULL that must not be, or a text is not UTF-8) and, on a
 * handle whose manager is closing or closed, XBITS_E_ABORT.
 */
struct xbits_manager;
struct xbits_job;

#define XBITS_FOREVER UINT64_MAX

enum xbits_clock { XBITS_CLOCK_SYSTEM = 0, XBITS_CLOCK_VIRTUAL = 1 };

/* What a manager may do to its queue. */
enum xbits_access {
    XBITS_ACCESS_RUN = 0,  /* Owns the queue and runs its jobs. */
    XBITS_ACCESS_EDIT = 1, /* Owns the queue and takes every call; no job gets a turn. */
    XBITS_ACCESS_READ = 2  /* Looks on, whoever owns the queue: what would change it is denied. */
};

struct xbits_options {
    size_t size;            /* Set by XBITS_INIT. */
    const char *backend;    /* "sim", "bits"; NULL: the platform's default (xbits_backend_at(0)). */
    const char *principal;  /* Who calls: "user" (NULL), "administrator" or "service". */
    const char *source;     /* sim: "http" (NULL) real sockets, "script" the in-memory origin. */
    enum xbits_clock clock; /* sim: virtual time does not pass by itself (xbits/sim.h). */
    int64_t clock_start;    /* Virtual clock: the UTC FILETIME it starts at; 0: 2026-01-01. */
    uint64_t seed; /* sim: order and temporary names; 0: from XBITS_SEED, else by chance. */
    const char *const
        *settings; /* "transfer.gather_bytes=262144", ..., NULL; see xbits/setting.h. */
    /* sim: an absolute directory, made with its parents if missing, where the queue lives;
     * "memory:NAME", shared by the managers of this process that say the same; NULL: a queue in
     * memory, this manager's own. */
    const char *queue;
    enum xbits_access access;
};

/*
 * Opens the queue. options NULL: the default engine, a queue in memory that ends with the manager.
 * The texts of options are borrowed for the call. Managers of one process that name the same queue
 * share its engine: clock, source, seed and settings are the first one's. Of several processes one
 * owns a queue; the others can only read it (XBITS_ACCESS_READ).
 * Results: XBITS_S_OK; XBITS_E_INVALIDARG (unknown backend, source, principal, setting or a bad
 * value, a queue that is no absolute path, named in xbits_last_error); 0x80070021
 * XBITS_ERROR_LOCK_VIOLATION (another process, named, owns the queue); XBITS_ERROR_FILE_NOT_FOUND
 * (READ: there is no queue); XBITS_BG_E_DATABASE_CORRUPT (its file was damaged: it was set aside,
 * both paths named, and the next open begins an empty queue; READ: it was left alone); 0x8007051A
 * XBITS_ERROR_REVISION_MISMATCH (a newer xbits wrote it); the disk's results; XBITS_E_OUTOFMEMORY;
 * what the engine's start can fail with.
 */
XBITS_API xbits_result xbits_manager_open(const struct xbits_options *options,
                                          struct xbits_manager **manager_out);

/*
 * Ends the connection; NULL is fine. Threads waiting in calls of this manager return with
 * XBITS_E_ABORT first. A queue in memory cancels its jobs and deletes their temporary files with
 * its last manager; one in a directory keeps them, and running jobs wait there as QUEUED. Close the
 * job handles before; a handle left open answers XBITS_E_ABORT from then on.
 */
XBITS_API void xbits_manager_close(struct xbits_manager *manager);

/*
 * Who runs the jobs of this manager's queue: process_id_out is this process or the owner of a queue
 * that is read. Results: XBITS_S_OK; XBITS_S_FALSE (nobody does: process_id_out 0; the jobs rest
 * until somebody opens the queue to run it); XBITS_E_ABORT.
 */
XBITS_API xbits_result xbits_manager_owner(struct xbits_manager *manager, uint64_t *process_id_out);

/*
 * Ends one wait: a thread that waits in a call of this manager returns as if its time had run out;
 * when none does, the next wait ends at once. Results: XBITS_S_OK; XBITS_E_ABORT.
 */
XBITS_API xbits_result xbits_manager_wake(struct xbits_manager *manager);

/* "sim" or "bits". */
XBITS_API const char *xbits_manager_backend_name(const struct xbits_manager *manager);

/* The current time of the manager's clock, FILETIME UTC; 0 once the manager is closing. */
XBITS_API int64_t xbits_manager_time(struct xbits_manager *manager);

enum xbits_list_scope { XBITS_SCOPE_MINE = 0, XBITS_SCOPE_ALL_USERS = 1 };

/* Called for each job; the snapshot's texts are valid until it returns. False ends the visit. */
typedef bool xbits_job_visit(const struct xbits_job_snapshot *snapshot, void *user);

/*
 * Visits a snapshot of each job that is not final, in no particular order (EnumJobs). The visit may
 * call this library except xbits_manager_close.
 * Results: XBITS_S_OK; XBITS_E_INVALIDARG (visit is NULL); XBITS_E_ACCESSDENIED (all users asked by
 * a non-administrator); XBITS_E_ABORT.
 */
XBITS_API xbits_result xbits_manager_visit_jobs(struct xbits_manager *manager,
                                                enum xbits_list_scope scope, xbits_job_visit *visit,
                                                void *user);

/* One engine that xbits knows; index 0 is this platform's default. NULL past the last. */
struct xbits_backend_info {
    const char *name;
    const char *summary;
    bool is_available; /* Built into this library. */
};
XBITS_API const struct xbits_backend_info *xbits_backend_at(size_t index);

#ifdef __cplusplus
}
#endif

#endif
