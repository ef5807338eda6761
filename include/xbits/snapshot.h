/* SPDX-License-Identifier: MIT */
#ifndef XBITS_SNAPSHOT_H
#define XBITS_SNAPSHOT_H

#include <string.h>

#include "xbits/value.h"

#ifdef __cplusplus
extern "C" {
#endif

/* BG_JOB_STATE, same numbers. Never compare states with <: ask a set. */
enum xbits_job_state {
    XBITS_STATE_QUEUED = 0,
    XBITS_STATE_CONNECTING = 1,
    XBITS_STATE_TRANSFERRING = 2,
    XBITS_STATE_SUSPENDED = 3,
    XBITS_STATE_ERROR = 4,
    XBITS_STATE_TRANSIENT_ERROR = 5,
    XBITS_STATE_TRANSFERRED = 6,
    XBITS_STATE_ACKNOWLEDGED = 7,
    XBITS_STATE_CANCELLED = 8
};
#define XBITS_STATE_COUNT 9

/* Sets of states. */
#define XBITS_IN(state)      (1u << (XBITS_STATE_##state))
#define XBITS_STATES_FINAL   (XBITS_IN(ACKNOWLEDGED) | XBITS_IN(CANCELLED))
#define XBITS_STATES_ACTIVE  (XBITS_IN(QUEUED) | XBITS_IN(CONNECTING) | XBITS_IN(TRANSFERRING))
#define XBITS_STATES_SETTLED (XBITS_IN(TRANSFERRED) | XBITS_IN(ERROR) | XBITS_STATES_FINAL)
#define XBITS_STATES_OPEN                                                                          \
    (XBITS_STATES_ACTIVE | XBITS_IN(SUSPENDED) | XBITS_IN(ERROR) | XBITS_IN(TRANSIENT_ERROR) |     \
     XBITS_IN(TRANSFERRED))

/* BG_JOB_TYPE. */
enum xbits_job_type { XBITS_TYPE_DOWNLOAD = 0, XBITS_TYPE_UPLOAD = 1, XBITS_TYPE_UPLOAD_REPLY = 2 };
#define XBITS_TYPE_COUNT 3

/* BG_JOB_PRIORITY: the lower number is the more urgent. */
enum xbits_job_priority {
    XBITS_PRIORITY_FOREGROUND = 0,
    XBITS_PRIORITY_HIGH = 1,
    XBITS_PRIORITY_NORMAL = 2,
    XBITS_PRIORITY_LOW = 3
};
#define XBITS_PRIORITY_COUNT 4

/* BG_ERROR_CONTEXT. */
enum xbits_error_context {
    XBITS_CONTEXT_NONE = 0,
    XBITS_CONTEXT_UNKNOWN = 1,
    XBITS_CONTEXT_GENERAL_QUEUE_MANAGER = 2,
    XBITS_CONTEXT_QUEUE_MANAGER_NOTIFICATION = 3,
    XBITS_CONTEXT_LOCAL_FILE = 4,
    XBITS_CONTEXT_REMOTE_FILE = 5,
    XBITS_CONTEXT_GENERAL_TRANSPORT = 6,
    XBITS_CONTEXT_REMOTE_APPLICATION = 7,
    XBITS_CONTEXT_SERVER_CERTIFICATE_CALLBACK = 8
};

/* What would move a job that does not move. */
enum xbits_waiting_for {
    XBITS_WAITING_NOTHING = 0,        /* It moves, or it is final. */
    XBITS_WAITING_FILES,              /* It has no files yet. */
    XBITS_WAITING_RESUME,             /* The caller: Resume. */
    XBITS_WAITING_COMPLETE,           /* The caller: Complete. */
    XBITS_WAITING_TURN,               /* Another job's turn to end. */
    XBITS_WAITING_SERVER,             /* The server's answer. */
    XBITS_WAITING_RETRY_DELAY,        /* The retry delay; waiting_until says when it ends. */
    XBITS_WAITING_NETWORK,            /* The network to come back. */
    XBITS_WAITING_REPAIR,             /* The caller: remove the cause of the error, then Resume. */
    XBITS_WAITING_CERTIFICATE_ANSWER, /* The subscriber's judgement of a certificate. */
    XBITS_WAITING_OWNER               /* Somebody to run the queue: nobody does. */
};

/* BG_JOB_PROGRESS. */
struct xbits_job_progress {
    uint64_t bytes_total; /* XBITS_SIZE_UNKNOWN while one file's size is unknown. */
    uint64_t bytes_transferred;
    uint32_t files_total;
    uint32_t files_transferred;
};

/* BG_JOB_TIMES: 100 ns since 1601-01-01 UTC, like FILETIME; 0 is "not yet". */
struct xbits_job_times {
    int64_t creation;
    int64_t modification;
    int64_t transfer_completion;
};

#define XBITS_FILE_NONE  UINT32_MAX       /* No file: an error that is not about one. */
#define XBITS_FILE_REPLY (UINT32_MAX - 1) /* The reply of an UPLOAD_REPLY job. */

/* IBackgroundCopyError. A failed job is data, not a failed call. */
struct xbits_job_error {
    enum xbits_error_context context;
    xbits_result result;
    uint32_t file;        /* Index of the file concerned, or XBITS_FILE_NONE. */
    int http_status;      /* 0 when it is not one. */
    const char *protocol; /* "http" (also for https), "file", or "". */
    const char *message;  /* What happened, naming the thing. */
};

/* Bits of xbits_job_snapshot.known: what an engine cannot tell is zero and not in here. */
#define XBITS_KNOWS_STATE_SINCE   0x01u
#define XBITS_KNOWS_WAITING       0x02u
#define XBITS_KNOWS_TIMES         0x04u
#define XBITS_KNOWS_ERROR_MESSAGE 0x08u
#define XBITS_KNOWS_ALL           0x0Fu

/* A job at one moment: its fields agree with each other. */
struct xbits_job_snapshot {
    size_t size; /* Set by XBITS_INIT. */
    uint32_t known;
    struct xbits_id id;
    enum xbits_job_type type;
    enum xbits_job_priority priority;
    enum xbits_job_state state;
    enum xbits_waiting_for waiting_for;
    int64_t state_since;   /* FILETIME */
    int64_t waiting_until; /* FILETIME, or 0. */
    struct xbits_job_progress progress;
    struct xbits_job_times times;
    bool has_error; /* GetError would answer. */
    struct xbits_job_error error;
    const char *display_name; /* Texts are never NULL; see the call that fills the struct for */
    const char *description;  /* how long they stay valid. */
    const char *owner;        /* A SID in text form. */
    void *owned;              /* The library's. */
};

/* BG_FILE_PROGRESS and the names of one file. */
struct xbits_file_snapshot {
    size_t size; /* Set by XBITS_INIT. */
    uint32_t index;
    const char *remote_name;
    const char *local_name;
    const char *temporary_name; /* "" before the file starts and after Complete. */
    uint64_t bytes_total;
    uint64_t bytes_transferred;
    bool is_transferred; /* All bytes are here. */
    bool is_completed;   /* Usable under its local name: true only after Complete. */
    void *owned;
};

/* Zeroes a struct that begins with its size, and sets that: XBITS_INIT(&options). */
#define XBITS_INIT(pointer)                                                                        \
    (memset((pointer), 0, sizeof *(pointer)), (void)((pointer)->size = sizeof *(pointer)))

XBITS_API const char *xbits_state_name(enum xbits_job_state state);       /* "QUEUED" */
XBITS_API const char *xbits_type_name(enum xbits_job_type type);          /* "DOWNLOAD" */
XBITS_API const char *xbits_priority_name(enum xbits_job_priority value); /* "FOREGROUND" */
XBITS_API const char *xbits_context_name(enum xbits_error_context context);
XBITS_API const char *xbits_context_text(enum xbits_error_context context);
XBITS_API const char *xbits_waiting_for_name(enum xbits_waiting_for waiting_for); /* "TURN" */
XBITS_API const char *xbits_waiting_for_text(enum xbits_waiting_for waiting_for);

/* Reads a name in any case. Results: XBITS_S_OK; XBITS_E_INVALIDARG. */
XBITS_API xbits_result xbits_priority_parse(const char *name, enum xbits_job_priority *out);
XBITS_API xbits_result xbits_type_parse(const char *name, enum xbits_job_type *out);
XBITS_API xbits_result xbits_state_parse(const char *name, enum xbits_job_state *out);

/* A deep copy that lives until its dispose. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
XBITS_API xbits_result xbits_job_snapshot_copy(const struct xbits_job_snapshot *snapshot,
                                               struct xbits_job_snapshot *copy_out);
XBITS_API void xbits_job_snapshot_dispose(struct xbits_job_snapshot *copy);

#ifdef __cplusplus
}
#endif

#endif
