/* SPDX-License-Identifier: MIT */
#ifndef SIMULATION_KEPT_H
#define SIMULATION_KEPT_H

#include "simulation/simulation.h"
#include "support/disk_power.h"

/*
 * The same over a queue that survives, on a disk in memory whose power can go: what was
 * acknowledged must be true whenever the queue is opened again. What was only begun, because the
 * disk failed or the power went meanwhile, may be or not.
 */
#define KEPT_JOBS           12
#define KEPT_FILES_OF_A_JOB 8
#define KEPT_FILES          600
#define KEPT_ENDED          200
#define KEPT_BEGUN          8
#define KEPT_JOBS_OF_A_USER 5
#define KEPT_FILES_OF_USERS 6

/* Two managers share the queue's engine; the service may do everything. */
enum kept_caller { CALLER_USER, CALLER_SERVICE };
#define CALLER_COUNT 2

enum kept_property {
    KEPT_DESCRIPTION,
    KEPT_PRIORITY,
    KEPT_RETRY_DELAY,
    KEPT_NO_PROGRESS,
    KEPT_NOTIFY_FLAGS
};
#define KEPT_PROPERTY_COUNT 5

struct kept_value {
    uint32_t known;
    uint32_t begun[KEPT_BEGUN]; /* What calls that failed would have made of it. */
    size_t begun_count;
};

/* What the last acknowledged request says of the state. */
enum kept_wish { WISH_SUSPENDED, WISH_RUNNING, WISH_OPEN };

struct kept_job {
    bool is_used;
    bool is_over;             /* An acknowledged request has ended it. */
    bool end_is_begun[2];     /* A Cancel, a Complete may have ended it. */
    bool was_told;            /* That it is TRANSFERRED, and that was answered. */
    bool has_more;            /* Files were added since it was TRANSFERRED: it awaits a Resume. */
    struct xbits_job *handle; /* NULL: closed; it is opened again now and then. */
    enum kept_caller owner;
    enum kept_caller caller; /* Whose handle it is. */
    int subscriber;          /* -1: none. */
    struct xbits_id id;
    unsigned number;
    enum xbits_job_state state;
    enum kept_wish wish;
    struct kept_value values[KEPT_PROPERTY_COUNT];
    size_t files[KEPT_FILES_OF_A_JOB];
    size_t file_count;
};
enum { END_CANCEL, END_COMPLETE };

enum kept_name { NAME_ABSENT, NAME_PRESENT, NAME_EITHER };

struct kept_file {
    unsigned job;         /* Its number. */
    bool is_added;        /* Acknowledged. */
    bool is_over;         /* Its job is. */
    bool may_be_there;    /* A Complete that failed may have published it and not said so. */
    enum kept_name name;  /* Whether the final name is there. */
    bool was_transferred; /* When a request was begun last, ... */
    bool was_completed;   /* ... an earlier Complete that failed had published it. */
};

struct kept_end {
    struct xbits_id job;
    unsigned number;
    enum xbits_event_id event;
};

#define KEPT_DELIVERED 16
struct kept_delivery {
    uint64_t id; /* 0: none. */
    struct xbits_id job;
    enum xbits_notification_kind kind;
};

struct kept {
    struct simulation core; /* Its manager is the user's. */
    struct disk *power;
    struct disk *disk;   /* What fails on purpose, over it: the owner's. */
    struct disk *beside; /* The same disk, as another process has it. */
    struct xbits_manager *managers[CALLER_COUNT];
    enum xbits_access access;
    bool has_fault;
    bool is_unsettled; /* A write may have failed halfway since the last that did not: of that a
                          reader may see what the owner took back. */
    bool was_closed;   /* While it is opened again: the last owner closed it, all being well. */
    int64_t time;      /* Of the clock, when the queue is opened next; 0: its own beginning. */
    struct kept_job jobs[KEPT_JOBS];
    size_t begun_creates;
    struct kept_file files[KEPT_FILES];
    size_t file_count;
    struct kept_end ended[KEPT_ENDED];
    size_t ended_count;
    struct kept_delivery delivered[CALLER_COUNT][KEPT_DELIVERED];
    struct picture *followed; /* kept_reader.c */
    unsigned cuts;
    unsigned kills;
};

/* kept.c */
/* A run of so many steps. False when a claim did not hold; then failure_out (may be NULL) says it.
 */
bool kept_run(uint64_t seed, unsigned steps, bool is_verbose, uint64_t *trace_out,
              struct text *failure_out);

/* What kept.c's parts share. True when the disk does as it is told: then every call must answer as
 * it should. */
bool kept_is_well(const struct kept *kept);
char *kept_path(size_t file, char path[64]);
struct kept_job *kept_find(struct kept *kept, const struct xbits_id *id);
struct xbits_job_snapshot kept_read(struct kept *kept, struct kept_job *job);
/* A random job with a handle, seldom one that is over; NULL: none. */
struct kept_job *kept_pick(struct kept *kept);
struct kept_job *kept_place(struct kept *kept);

/* kept_operations.c */
void kept_operate(struct kept *kept);
void kept_ask(struct kept *kept, struct kept_job *job, unsigned which);
extern const enum xbits_job_property kept_properties[KEPT_PROPERTY_COUNT];
extern const uint32_t kept_defaults[KEPT_PROPERTY_COUNT];
/* The value of a property as a number; false: it cannot be read. */
bool kept_get(struct kept_job *job, enum kept_property property, uint32_t *value_out);

/* kept_ends.c: closing, killing, cutting and opening */
bool kept_open(struct kept *kept, enum xbits_access access);
xbits_result kept_open_one(struct kept *kept, const char *principal, enum xbits_access access,
                           struct xbits_manager **manager_out);
void kept_close(struct kept *kept);
void kept_reopen(struct kept *kept, enum xbits_access access); /* After a clean close. */
void kept_revive(struct kept *kept);                           /* After the power went. */
void kept_end_operation(struct kept *kept);
void kept_fault_operation(struct kept *kept);
void kept_clear_faults(struct kept *kept);

/* kept_notify.c */
void kept_notify_operation(struct kept *kept);
void kept_check_due(struct kept *kept); /* At the end: what was not answered is told. */

/* kept_check.c */
void kept_check(struct kept *kept); /* After each step. */
void kept_check_names(struct kept *kept);
void kept_check_events(struct kept *kept);
void kept_check_settled(struct kept *kept); /* No temporary file without an open job. */
/* Every byte that is said to be there is. */
void kept_check_bytes(struct kept *kept, struct kept_job *job);

/* kept_reader.c */
struct picture *kept_new_picture(void); /* free() it. */
void kept_follow(struct kept *kept);    /* Changes give the same picture as a list. */
void kept_look_on(struct kept *kept);

#endif
