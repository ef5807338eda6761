/* SPDX-License-Identifier: MIT */
#ifndef ENGINE_ENGINE_JOB_H
#define ENGINE_ENGINE_JOB_H

#include "backend-sim/engine/engine.h"

/* A job, its files and what it has under way. Internal to this room, by way of internal.h. */

struct engine_file {
    char *remote_name;
    char *local_name;
    char *temporary_name; /* NULL until the file is first opened, and after it was published. */
    char *last_modified;  /* The validator from HEAD, NULL before. */
    char *response_headers;
    int64_t modified;
    uint64_t size;     /* XBITS_SIZE_UNKNOWN until HEAD. */
    uint64_t position; /* Bytes that are good on disk, as long as the system is not restarted. */
    uint64_t synced;   /* Bytes that are on the medium. */
    uint64_t received; /* Bytes that came over the wire, restarts included. */
    uint64_t device;   /* With inode: which file the temporary one is; 0: not known. */
    uint64_t inode;
    uint32_t temporary_number; /* Its temporary name is BIT<this>.tmp. */
    bool is_transferred;
    bool is_published;
    bool is_told;    /* FileTransferred was answered, or nobody wanted it. */
    bool may_exist;  /* Came from disk: a file of its temporary name is its own. */
    bool is_removed; /* The temporary file is, but not yet from the medium. */
};

/* A HEAD that was made before its file's turn. */
struct ahead {
    uint32_t file;       /* 0: none; no file stands before the first. */
    bool is_under_way;   /* Not yet answered. */
    struct answer *head; /* NULL: nothing of use came. */
};

/* What a running job waits for from its driver. */
enum phase { PHASE_IDLE, PHASE_HEAD, PHASE_GET, PHASE_FINISH };

/* EXPIRE is the engine's own Cancel (JobInactivityTimeout): nobody takes its answer. */
enum operation_kind {
    OPERATION_NONE,
    OPERATION_SUSPEND,
    OPERATION_COMPLETE,
    OPERATION_CANCEL,
    OPERATION_EXPIRE
};

/* STOPPING waits for the run to end, then each stage's effects are emitted and waited for. */
enum operation_stage {
    STAGE_STOPPING,
    STAGE_PUBLISHING,
    STAGE_SYNCING,
    STAGE_CLEANING,
    STAGE_SETTLING, /* What was deleted is gone from the medium, too. */
    STAGE_ANSWERED
};

struct operation {
    enum operation_kind kind;
    enum operation_stage stage;
    uint32_t pending; /* Of them, not yet answered. */
    bool could_not_delete;
    bool could_not_settle;
    bool was_partial;     /* Complete: not every file was whole. */
    xbits_result failure; /* The first rename's. */
    char *failure_text;
    xbits_result answer; /* Of the finished one. */
};

struct link {
    struct engine_job *next;
    struct engine_job *previous;
};
struct job_list {
    struct engine_job *first;
    struct engine_job *last;
};

/* The places a job can stand in; each job has one link for each. */
enum list_kind { LIST_OPEN, LIST_ACTIVE, LIST_TURN, LIST_CHANGES, LIST_DIRTY, LIST_COUNT };

struct engine_job {
    struct xbits_id id;
    uint64_t serial; /* Order of creation. */
    enum xbits_job_type type;
    enum xbits_job_state state; /* Written by move.c alone. */
    enum xbits_job_priority priority;
    int64_t state_since;
    struct xbits_job_times times;
    char *display_name;
    char *description; /* NULL: empty, as most are. */
    const char *owner; /* The engine's: it has few. */
    uint32_t integrity_level;
    bool is_elevated;

    uint32_t minimum_retry_delay_s;
    uint32_t no_progress_timeout_s;
    uint32_t maximum_download_time_s;
    uint32_t security_flags;
    struct xbits_value *proxy; /* NULL: the default. */

    struct engine_file *files;
    uint32_t file_count;
    uint32_t file_capacity;
    uint32_t current; /* The file at work; == file_count: all are transferred. */
    uint32_t files_transferred;
    uint32_t files_unknown; /* Whose size is not known. */
    uint32_t dirty_first;   /* Files that changed since the last record: from this one ... */
    uint32_t dirty_end;     /* ... to before this one. */
    uint64_t bytes_known;   /* Sum of the known sizes. */
    uint64_t bytes_transferred;

    bool has_error;
    struct xbits_job_error error; /* message is error_text */
    char *error_text;
    uint32_t error_count;
    bool was_resumed;
    bool is_retry; /* This run came out of TRANSIENT_ERROR. */

    uint64_t run; /* Names the run; happenings of another one are stale. */
    enum phase phase;
    bool is_running;  /* The driver may have something open for it. */
    bool is_stopping; /* STOP was emitted and not answered. */
    uint32_t pending; /* Effects not yet answered: the job may not be freed. */
    char *url;        /* Where redirects led the current file; NULL: its remote name. */
    uint32_t redirects;
    bool restarted; /* The file started over and no byte came since. */
    struct ahead ahead;
    uint64_t request_first; /* Where the present GET begins. */
    uint64_t active_at_ms;  /* The last sign of life of the present request. */
    bool has_answered;      /* The present request had one. */
    bool is_in_line;        /* It was not even made yet. */

    uint64_t retry_at_ms;          /* NEVER: by event only. */
    uint64_t no_progress_since_ms; /* NEVER: no failure since the last byte. */
    uint64_t no_progress_spent_ms; /* Of that time, before the queue was opened. */
    uint64_t connected_since_ms;   /* NEVER: neither CONNECTING nor TRANSFERRING. */
    uint64_t connected_ms;         /* Of earlier turns, since Resume. */

    struct operation operation;

    uint32_t due;          /* Bits 1 << kind: notifications that await an answer. */
    struct notify *notify; /* NULL until the job has more to do with notifications. */

    bool is_taken;          /* Its record is being written. */
    bool is_written;        /* A record of it is in the queue ... */
    uint32_t files_written; /* ... that says so many files. */
    uint64_t seen_change;   /* Of a queue that is only read: its owner's number ... */
    uint64_t look;          /* ... and which look found it last. */
    uint32_t holds;
    uint64_t change; /* The number of its last change. */
    struct link links[LIST_COUNT];
    bool is_listed[LIST_COUNT];
    size_t timer_index; /* Place in the heap, SIZE_MAX: in none. */
    uint64_t timer_due_ms;
    struct engine_job *hash_next;
    void *attachment;
};

#endif
