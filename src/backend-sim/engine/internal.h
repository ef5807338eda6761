/* SPDX-License-Identifier: MIT */
#ifndef ENGINE_INTERNAL_H
#define ENGINE_INTERNAL_H

#include "backend-sim/engine/engine_job.h"
#include "job/job_property.h"

/* What the files of this room share. Nothing outside includes it. */

#define NEVER UINT64_MAX

/* Jobs that were forgotten, for readers of changes. */
#define TOMBSTONE_COUNT 1024
struct tombstone {
    uint64_t change;
    struct xbits_id id;
    enum xbits_job_state state;
};

/* A reader's place in the list of changes: the last job up to a position, NULL: there is none. */
#define CHANGE_PLACE_COUNT 8
struct change_place {
    uint64_t position; /* 0: not used. */
    struct engine_job *job;
};

/* A line of the event log; both texts lie in one block. */
struct logged_event {
    uint64_t number;
    int64_t time;
    enum xbits_event_id id;
    struct xbits_id job;
    xbits_result result;
    char *display_name;
    const char *text;
};

struct engine {
    const struct settings *settings;
    bool network_is_up;
    bool is_running;  /* Jobs get turns and timers fire. */
    bool is_kept;     /* What changes has to be written down, ... */
    bool is_pressing; /* ... on the medium, before the next effect. */

    struct engine_job **buckets;
    size_t bucket_count;
    uint64_t newest_serial;
    size_t job_count;
    size_t open_count;
    size_t file_count;
    struct job_list open;
    struct job_list active;                      /* The open ones, the longest unmodified first. */
    struct job_list turns[XBITS_PRIORITY_COUNT]; /* QUEUED jobs, by level. */
    struct engine_job *background;               /* Who has the one background turn. */

    char **owners; /* Every SID that a job has, once. */
    size_t owner_count;
    struct job_list dirty; /* Jobs to be written down. */
    uint64_t dirty_number; /* Rises with every change that has to be. */
    struct logged_event *events;
    size_t event_count;
    size_t event_capacity;
    uint64_t newest_event;

    struct job_list notify_ready;     /* Jobs with something to tell a subscriber. */
    struct job_list notify_delivered; /* Jobs whose notification awaits its answer. */
    uint64_t newest_delivery;

    struct job_list changes;                        /* Oldest change first. */
    struct change_place places[CHANGE_PLACE_COUNT]; /* Where readers were last. */
    size_t place_next;
    uint64_t newest_change;
    uint64_t news_count;
    struct tombstone *tombstones; /* A ring by change number. */
    size_t tombstone_next;
    uint64_t lost_change; /* Tombstones up to this change are overwritten. */
    uint64_t look;        /* Counts the looks at a queue that is only read. */

    struct engine_job **timers;
    size_t timer_count;
    size_t timer_capacity;

    struct effect *outbox;
    size_t outbox_count;
    size_t outbox_capacity;
    size_t pending;
};

/* jobs.c */
struct engine_job *job_new(void);
void job_free(struct engine_job *job);
/* As it was made, but for its id, its places in lists and who holds it. */
void job_empty(struct engine *engine, struct engine_job *job);
xbits_result jobs_insert(struct engine *engine, struct engine_job *job);
void jobs_forget(struct engine *engine, struct engine_job *job);
/* Frees a final job that nobody holds and no effect needs. */
void job_forget_if_over(struct engine *engine, struct engine_job *job);
void list_append(struct job_list *list, struct engine_job *job, enum list_kind kind);
void list_remove(struct job_list *list, struct engine_job *job, enum list_kind kind);

/* engine.c: the one copy of an owner's SID. */
xbits_result engine_owner(struct engine *engine, const char *sid, const char **owner_out);

/* dirty.c: what has to be written down. A file's own changes need a job_dirty after them. */
void job_dirty(struct engine *engine, struct engine_job *job);
void file_dirty(struct engine_job *job, const struct engine_file *file);

/* event_log.c; a line that finds no memory is lost. */
void logged_event_dispose(struct logged_event *event);
struct event_line {
    enum xbits_event_id id;
    xbits_result result;
    const char *text; /* NULL: none. */
};
void event_log(struct engine *engine, const struct engine_job *job, const struct event_line *line,
               const struct engine_now *now);
/* The job's creation, when it is the newest line and was not written down yet. */
void event_unlog_creation(struct engine *engine, const struct engine_job *job);

/* effects.c: room was reserved, so emitting cannot fail. */
xbits_result effects_reserve(struct engine *engine, size_t more_jobs, size_t more_files);
struct effect *effect_emit(struct engine *engine, struct engine_job *job, enum effect_kind kind,
                           uint32_t file);

/* look.c: a job was taken back by one who only reads. */
void look_note(struct engine *engine, struct engine_job *job, uint64_t owners_change,
               enum xbits_job_state before);

/* changes.c */
void change_touch(struct engine *engine, struct engine_job *job);
void change_bury(struct engine *engine, struct engine_job *job);
/* Changes have numbers after this one; who has read to before it is told to list again. */
void change_begin_after(struct engine *engine, uint64_t change);

/* timers.c */
xbits_result timers_reserve(struct engine *engine, size_t job_count);
void timer_set(struct engine *engine, struct engine_job *job, uint64_t due_ms); /* NEVER: none */
struct engine_job *timers_due(struct engine *engine, uint64_t now_ms);
uint64_t timers_next(const struct engine *engine);

/* move.c: the one setter. False: the move is not legal (and nothing happened). */
bool job_move(struct engine *engine, struct engine_job *job, enum job_trigger trigger,
              const struct engine_now *now);
void job_modified(struct engine *engine, struct engine_job *job, const struct engine_now *now);
/* The state a job comes back with when its queue is opened again. */
void job_restore_state(struct engine *engine, struct engine_job *job, enum xbits_job_state state,
                       const struct engine_now *now);
/* Sets the job's timer to the next thing that can fall due. */
void job_arm(struct engine *engine, struct engine_job *job);

/* files.c */
void file_dispose(struct engine_file *file);
void file_set_size(struct engine_job *job, struct engine_file *file, uint64_t size);
void file_set_position(struct engine_job *job, struct engine_file *file, uint64_t position);
void file_start_over(struct engine *engine, struct engine_job *job, struct engine_file *file);
struct engine_file *file_current(struct engine_job *job);
void job_find_current(struct engine_job *job);

/* failure.c */
struct failure {
    xbits_result result;
    enum xbits_error_context context;
    uint32_t file;
    const char *text;
};
void job_fail(struct engine *engine, struct engine_job *job, const struct failure *failure,
              const struct engine_now *now);
void job_clear_error(struct engine_job *job);
/* Out of TRANSIENT_ERROR, for whatever reason. */
void job_retry(struct engine *engine, struct engine_job *job, const struct engine_now *now);
void job_tick(struct engine *engine, struct engine_job *job, const struct engine_now *now);

/* run.c */
void run_start(struct engine *engine, struct engine_job *job, const struct engine_now *now);
void run_stop(struct engine *engine, struct engine_job *job);
void run_head(struct engine *engine, struct engine_job *job, const struct engine_now *now);

/* ahead.c: a HEAD of the next file while this one's body arrives. */
void ahead_begin(struct engine *engine, struct engine_job *job);
void ahead_drop(struct engine_job *job);
/* Keeps what came if it can be used. */
void ahead_note(struct engine_job *job, struct happening *happening);
bool ahead_is_awaited(const struct engine_job *job); /* For the current file. */
/* What the server said of the current file; NULL: it was not asked, or has to be asked again. */
struct answer *ahead_take(struct engine_job *job);

/* redirect.c: true when the answer was a redirect that is followed; else *result_out says why not.
 */
bool redirect_follow(struct engine_job *job, const struct answer *answer, xbits_result *result_out);

/* schedule.c */
void schedule(struct engine *engine, const struct engine_now *now);
void schedule_enqueue(struct engine *engine, struct engine_job *job);
void schedule_dequeue(struct engine *engine, struct engine_job *job);
void schedule_reprioritise(struct engine *engine, struct engine_job *job,
                           enum xbits_job_priority priority, const struct engine_now *now);
void schedule_turn_over(struct engine *engine, struct engine_job *job);

/* properties.c: what a record keeps of a job, and putting it back unchecked. */
bool property_is_kept(const struct engine_job *job, enum xbits_job_property property,
                      struct xbits_value *value_out);
xbits_result property_restore(struct engine *engine, struct engine_job *job,
                              enum xbits_job_property property, const struct xbits_value *value,
                              const struct engine_now *now);

/* operation.c */
void operation_begin(struct engine *engine, struct engine_job *job, enum operation_kind kind,
                     const struct engine_now *now);
void operation_continue(struct engine *engine, struct engine_job *job,
                        const struct engine_now *now);
void operation_happened(struct engine *engine, struct happening *happening,
                        const struct engine_now *now);

#endif
