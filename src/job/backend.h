/* SPDX-License-Identifier: MIT */
#ifndef JOB_BACKEND_H
#define JOB_BACKEND_H

#include "xbits/xbits.h"

/*
 * The port: one engine's jobs behind one table of calls. A connection is one caller (a principal)
 * at one queue; a backend embeds struct backend_connection first in its own.
 *
 * For every slot: it may be called from any thread (the backend locks); text is UTF-8 and borrowed
 * for the call; an _out belongs to the caller and is untouched on failure; on failure nothing has
 * changed, except COMPLETE (bits-client 2.5) and what ask() did but could not write down, which
 * stands until the queue is closed and is tried again till then; the reason was set by
 * xbits_fail(). No slot is NULL: what a backend has not is filled from backend_not_implemented. No
 * slot calls back into the caller after it returned. No slot waits for the network; ask() may wait
 * for the disk.
 */
struct backend_connection {
    const struct backend *backend;
};

enum backend_request { REQUEST_RESUME, REQUEST_SUSPEND, REQUEST_COMPLETE, REQUEST_CANCEL };
#define BACKEND_REQUEST_COUNT 4
const char *backend_request_name(enum backend_request request);

/* The file acts (ruling 21). */
enum backend_act {
    ACT_SET_VALIDATION_STATE,
    ACT_UPDATE_DOWNLOAD_POSITION,
    ACT_REQUEST_FILE_RANGES,
    ACT_CANCEL_FILE_RANGES,
    ACT_REMOVE_CACHE_RECORD
};

struct backend_credentials {
    uint32_t target; /* BG_AUTH_TARGET */
    uint32_t scheme; /* BG_AUTH_SCHEME */
    const char *user_name;
    const char *password;
};

/* Asked by advance() after every step; true ends it. */
typedef bool backend_stop(void *user);

struct backend {
    const char *name;    /* "sim", "bits": what --backend, the configuration and the log call it. */
    const char *summary; /* One line for `xbits backends`. */

    /* The options were checked for NULL and UTF-8 by the model; never NULL here. */
    xbits_result (*open)(const struct xbits_options *options,
                         struct backend_connection **connection_out);
    /* Nothing of this connection is running any more. */
    void (*close)(struct backend_connection *);
    /* Makes every waiting call of this connection return XBITS_E_ABORT, now and from now on. */
    void (*interrupt)(struct backend_connection *);
    /* Makes one waiting call of this connection return as if its time had run out. */
    xbits_result (*wake)(struct backend_connection *);

    /* Both readings of the engine's clock. */
    uint64_t (*now_ms)(struct backend_connection *);
    int64_t (*utc)(struct backend_connection *);

    /* The job is returned held. */
    xbits_result (*create_job)(struct backend_connection *, const char *display_name,
                               enum xbits_job_type type, struct xbits_id *id_out);
    /* GetJob: BG_E_NOT_FOUND for unknown or final, E_ACCESSDENIED for another's. Every successful
     * hold needs one release; a final job stays readable until its last one. */
    xbits_result (*hold_job)(struct backend_connection *, const struct xbits_id *);
    void (*release_job)(struct backend_connection *, const struct xbits_id *);

    /* Texts are valid until visit returns; visit may call slots of the same connection. */
    xbits_result (*read_jobs)(struct backend_connection *, enum xbits_list_scope scope,
                              xbits_job_visit *visit, void *user);
    /* One held job. visit is called once. */
    xbits_result (*read_job)(struct backend_connection *, const struct xbits_id *,
                             xbits_job_visit *visit, void *user);
    xbits_result (*ask)(struct backend_connection *, const struct xbits_id *, enum backend_request);

    /* Any number of whole files, or exactly one with ranges; all or none. */
    xbits_result (*add_files)(struct backend_connection *, const struct xbits_id *,
                              const struct xbits_file_spec *files, size_t count);
    /* first .. first + count - 1, count XBITS_FILE_NONE: to the end. Fewer are no failure. */
    xbits_result (*read_files)(struct backend_connection *, const struct xbits_id *, uint32_t first,
                               uint32_t count, xbits_file_visit *visit, void *user);

    /* S_FALSE and kind NONE: not set. The value is the caller's (value_copy). */
    xbits_result (*get_job_property)(struct backend_connection *, const struct xbits_id *,
                                     enum xbits_job_property, struct xbits_value *value_out);
    xbits_result (*set_job_property)(struct backend_connection *, const struct xbits_id *,
                                     enum xbits_job_property, const struct xbits_value *value);
    xbits_result (*get_file_property)(struct backend_connection *, const struct xbits_id *,
                                      uint32_t file, enum xbits_file_property,
                                      struct xbits_value *value_out);
    xbits_result (*set_file_property)(struct backend_connection *, const struct xbits_id *,
                                      uint32_t file, enum xbits_file_property,
                                      const struct xbits_value *value);
    xbits_result (*act_on)(struct backend_connection *, const struct xbits_id *, uint32_t file,
                           enum backend_act, const struct xbits_value *value);

    xbits_result (*set_credentials)(struct backend_connection *, const struct xbits_id *,
                                    const struct backend_credentials *);
    xbits_result (*remove_credentials)(struct backend_connection *, const struct xbits_id *,
                                       uint32_t target, uint32_t scheme);
    xbits_result (*take_ownership)(struct backend_connection *, const struct xbits_id *);
    xbits_result (*replace_remote_prefix)(struct backend_connection *, const struct xbits_id *,
                                          const char *old_prefix, const char *new_prefix);
    xbits_result (*read_reply)(struct backend_connection *, const struct xbits_id *,
                               struct xbits_value *out);

    /* The next change after the cursor, waiting until until_ms of now_ms() for one; S_FALSE: none.
     * A cursor at XBITS_CURSOR_NOW is first set to the newest change. */
    xbits_result (*next_change)(struct backend_connection *, struct xbits_cursor *cursor,
                                uint64_t until_ms, struct xbits_change *change_out);
    /* subscribe true: this connection receives the job's notifications; at most one does. */
    xbits_result (*subscribe)(struct backend_connection *, const struct xbits_id *, bool subscribe);
    /* Waits until until_ms for one that is due to this connection; S_FALSE: none. */
    xbits_result (*next_notification)(struct backend_connection *, uint64_t until_ms,
                                      struct xbits_notification *notification_out);
    xbits_result (*answer_notification)(struct backend_connection *, uint64_t id,
                                        xbits_result answer);

    /* Events of the queue's log after a number; visit may call slots of the same connection. */
    xbits_result (*read_events)(struct backend_connection *, uint64_t after,
                                xbits_event_visit *visit, void *user);
    /* The process that runs the queue; S_FALSE and 0: nobody. */
    xbits_result (*read_owner)(struct backend_connection *, uint64_t *process_id_out);

    xbits_result (*get_world_property)(struct backend_connection *, enum xbits_world_property,
                                       struct xbits_value *value_out);
    xbits_result (*set_world_property)(struct backend_connection *, enum xbits_world_property,
                                       const struct xbits_value *value);
    /*
     * Virtual clock: runs the engine until the clock reaches until_ms (S_FALSE), stop says so
     * (S_OK; stop may be NULL), or, with to_idle, until no timer and no transfer is left (S_OK).
     * Time jumps from timer to timer; without to_idle it ends exactly at until_ms (S_OK).
     */
    xbits_result (*advance)(struct backend_connection *, uint64_t until_ms, bool to_idle,
                            backend_stop *stop, void *user);
};

/* Every slot answers XBITS_E_NOTIMPL, naming the call; for tables that leave slots out. */
extern const struct backend backend_not_implemented;
/* A copy of backend with its empty slots filled from backend_not_implemented. */
struct backend backend_complete(struct backend backend);

/* Logs every call of inner, which it closes (XBITS_TRACE=backend). Results: XBITS_S_OK;
 * XBITS_E_OUTOFMEMORY (inner stays the caller's). */
xbits_result backend_trace_wrap(struct backend_connection *inner,
                                struct backend_connection **connection_out);

/*
 * Fails on purpose: the nth call of a slot ("ask"; "*": of any) since the fault was added answers
 * with a failing result, instead of the inner call or after it was carried out. now_ms, utc,
 * interrupt, release_job and close cannot fail. Closes inner; results as backend_trace_wrap.
 */
struct backend_fault {
    const char *slot;
    uint64_t nth; /* From 1; 0: every call. */
    bool after;
    xbits_result result;
};
xbits_result backend_faulty_wrap(struct backend_connection *inner,
                                 struct backend_connection **connection_out);
/* The slot's name is copied. */
xbits_result backend_faulty_add(struct backend_connection *faulty,
                                const struct backend_fault *fault);

#endif
