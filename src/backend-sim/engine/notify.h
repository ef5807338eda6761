/* SPDX-License-Identifier: MIT */
#ifndef ENGINE_NOTIFY_H
#define ENGINE_NOTIFY_H

#include "backend-sim/engine/internal.h"

/*
 * What a job tells, to whom and when (bits-client 7). What is due stands in the job and outlives
 * the process: job->due, and is_told of every file. The rest is here, for the few jobs that have a
 * subscriber, a command line or other flags than the default ones.
 *
 * A job has one thing under way at a time: a delivered notification that awaits its answer, or a
 * running command. Each file is told before the next, all of them before the job's end, and what
 * fails holds back what comes after it.
 */
enum notify_place { PLACE_NONE, PLACE_READY, PLACE_DELIVERED };

struct notify_event {
    enum xbits_notification_kind kind;
    uint32_t file;
};

struct notify {
    uint32_t flags;
    uint32_t interval_ms;
    struct xbits_value command; /* Owned copy; kind NONE: not set. */
    struct xbits_id clsid;

    const void *subscriber; /* NULL: none. */
    uint32_t told;          /* Bits 1 << kind: answered well, so not due again by new flags. */
    uint32_t first_untold;  /* No file before this one is due. */
    bool has_failed;        /* The subscriber did: the command line is next. */
    bool was_refused;       /* The owner's kind gets no commands, and the log says so. */
    bool has_modification;
    uint64_t modification_at_ms; /* Not before. */
    uint64_t retry_at_ms;        /* Nothing at all before. */
    uint64_t wake_at_ms;         /* NEVER: not by time. */

    uint64_t delivery; /* Its number; 0: none awaits an answer. */
    struct notify_event event;
    bool is_overtaken; /* The state that it tells of is over. */
    bool is_commanding;

    enum notify_place place;
    struct engine_job *next;
    struct engine_job *previous;
};

/* notify.c: hooks, called where something happened to a job. */
void notify_moved(struct engine *engine, struct engine_job *job, const struct engine_now *now);
void notify_modified(struct engine *engine, struct engine_job *job, const struct engine_now *now);
void notify_file_done(struct engine *engine, struct engine_job *job, uint32_t file,
                      const struct engine_now *now);
void notify_restored(struct engine *engine, struct engine_job *job, const struct engine_now *now);
void notify_tick(struct engine *engine, struct engine_job *job, const struct engine_now *now);
void notify_ran(struct engine *engine, struct happening *happening, const struct engine_now *now);
uint64_t notify_wake_ms(const struct engine_job *job);
void notify_unlist(struct engine *engine, struct engine_job *job);
void notify_free(struct notify *notify);

/* The same file's, for the calls: does what can be done now. */
void notify_consider(struct engine *engine, struct engine_job *job, const struct engine_now *now);
void notify_list(struct engine *engine, struct engine_job *job, enum notify_place place);
bool notify_next_event(struct engine_job *job, struct notify_event *event_out);
/* Bits 1 << kind of what the flags ask for. */
uint32_t notify_wanted(const struct engine_job *job);
/* The bit of what the present state is to be told by; 0: none. */
uint32_t notify_state_bit(const struct engine_job *job);
/* It has a command line, and an owner whose commands are run. */
bool notify_has_command(const struct engine_job *job);
void notify_told(struct engine *engine, struct engine_job *job, const struct notify_event *event);

/* notify_property.c. Results of need: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result notify_need(struct engine_job *job);
struct xbits_value notify_get_flags(const struct engine_job *job);
xbits_result notify_set_flags(struct engine *engine, struct engine_job *job,
                              const struct xbits_value *value, const struct engine_now *now);
struct xbits_value notify_get_command(const struct engine_job *job);
xbits_result notify_set_command(struct engine *engine, struct engine_job *job,
                                const struct xbits_value *value, const struct engine_now *now);
struct xbits_value notify_get_clsid(const struct engine_job *job);
xbits_result notify_set_clsid(struct engine *engine, struct engine_job *job,
                              const struct xbits_value *value, const struct engine_now *now);
struct xbits_value notify_get_interval(const struct engine_job *job);
xbits_result notify_set_interval(struct engine *engine, struct engine_job *job,
                                 const struct xbits_value *value, const struct engine_now *now);

#endif
