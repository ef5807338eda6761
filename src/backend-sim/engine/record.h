/* SPDX-License-Identifier: MIT */
#ifndef ENGINE_RECORD_H
#define ENGINE_RECORD_H

#include "job/backend.h"

/*
 * The part of a job that outlives the process: what the engine hands out to be written down and
 * takes back when the queue is opened again. Texts are heap and the record's own; NULL is "none".
 */
struct file_record {
    uint32_t number; /* Index in the job. */
    char *remote_name;
    char *local_name;
    char *last_modified;    /* The validator as the server wrote it. */
    char *response_headers; /* Of the last answer. */
    int64_t modified;
    uint64_t size;     /* XBITS_SIZE_UNKNOWN until HEAD. */
    uint64_t written;  /* Bytes handed to the system: good as long as it is not restarted. */
    uint64_t synced;   /* Bytes on the medium. */
    uint64_t received; /* Bytes that came over the wire, restarts included. */
    uint64_t device;   /* With inode: which file the temporary one is; 0: never opened. */
    uint64_t inode;
    uint32_t temporary_number; /* Its temporary name is BIT<this, 8 hex digits>.tmp. */
    bool has_temporary;        /* It was made and is not renamed or deleted yet. */
    bool is_transferred;
    bool is_published;
    bool is_told; /* FileTransferred was answered. */
};

/* A property that is not its default. */
struct property_record {
    enum xbits_job_property property;
    struct xbits_value value; /* Its own copy. */
};

struct job_record {
    struct xbits_id id;
    uint64_t serial; /* Order of creation; never used again. */
    uint64_t change; /* Number of its last change: rises with every record of the queue. */
    bool is_over;    /* Final: only id, change and the files' local_name, temporary_number and
                        has_temporary count, and its rows go. */
    enum xbits_job_type type;
    enum xbits_job_priority priority;
    enum xbits_job_state state;
    int64_t state_since;
    struct xbits_job_times times;
    char *display_name;
    char *description;
    char *owner;
    uint32_t integrity_level;
    bool is_elevated;
    bool was_resumed;

    bool has_error;
    struct xbits_job_error error; /* Its texts are not used: protocol follows from the file. */
    char *error_text;
    uint32_t error_count;

    uint64_t retry_left_ms;    /* UINT64_MAX: not by time. */
    int64_t no_progress_since; /* UTC; 0: no failure since the last byte. */
    uint64_t connected_ms;     /* Of MaximumDownloadTime, used since Resume. */
    uint32_t due;              /* Bits 1 << kind: notifications that await an answer. */

    struct property_record *properties; /* All that are not their defaults. */
    size_t property_count;
    struct file_record *files; /* Those that changed since the last record, by rising number. */
    size_t file_count;
    size_t file_total; /* Files the job has. */
    bool is_shrunk;    /* More were written: they were taken back, and their rows go. */
    bool is_mended;    /* Taking back: it is not what was written any more. */
};

struct event_record {
    uint64_t number;
    int64_t time;
    enum xbits_event_id id;
    struct xbits_id job;
    char *display_name;
    xbits_result result;
    char *text;
};

/* Zeroed storage is fine. */
void file_record_dispose(struct file_record *file);
void job_record_dispose(struct job_record *record);
/* Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result event_record_copy(const struct xbits_event *event, struct event_record *record_out);
void event_record_dispose(struct event_record *record);

/* "/a/BIT0000BEEF.tmp" for a file that will be "/a/b". Results: XBITS_S_OK;
 * XBITS_E_OUTOFMEMORY. */
xbits_result temporary_name_of(const char *local_name, uint32_t number, char **name_out);
/* Could it have formed this path? */
bool is_temporary_name(const char *path);

/* What is written down together. */
struct record_batch {
    struct job_record *jobs;
    size_t job_count;
    struct event_record *events;
    size_t event_count;
};
void record_batch_dispose(struct record_batch *batch);

#endif
