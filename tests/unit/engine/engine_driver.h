/* SPDX-License-Identifier: MIT */
#ifndef ENGINE_DRIVER_H
#define ENGINE_DRIVER_H

#include "backend-sim/engine/engine.h"

/*
 * Plays the engine's hands: answers effects as a well-behaved server and disk would, unless told
 * otherwise, and keeps what was asked.
 */
#define DRIVER_EFFECTS 256

struct driver {
    struct engine *engine;
    struct settings settings;
    struct engine_now now;
    struct principal who;
    uint64_t file_size; /* Of every file; HEAD tells it. */
    const char *last_modified;
    int head_status;
    xbits_result head_result; /* Failing: no answer came. */
    xbits_result finish_result;
    xbits_result rename_result;
    xbits_result remove_result;
    xbits_result start_result; /* Of a notification command ... */
    int exit_status;           /* ... and how it ends. */
    bool is_holding_command;   /* They run on. */
    bool is_holding_get;       /* GETs stay unanswered. */
    bool is_holding_ahead;
    xbits_result ahead_result; /* Of what is asked ahead of its turn: fails unless told. */
    struct effect ahead;       /* The last one unanswered. */
    size_t ahead_count;        /* They are not in effects: all but speed is the same without. */
    struct effect effects[DRIVER_EFFECTS];
    size_t count;
    struct effect held;    /* The last unanswered GET. */
    struct effect command; /* The last one that was started. */
    uint32_t next_id;
};

void driver_init(struct driver *driver, const char *const *settings);
void driver_dispose(struct driver *driver);
/* A job with so many files, not resumed. */
struct engine_job *driver_job(struct driver *driver, enum xbits_job_priority priority,
                              uint32_t files);
/* Steps and answers until nothing is left to answer. */
void driver_run(struct driver *driver);
/* The same after the clock moved on. */
void driver_advance(struct driver *driver, uint64_t ms);
xbits_result driver_ask(struct driver *driver, struct engine_job *job,
                        enum backend_request request);
struct xbits_job_snapshot driver_read(struct driver *driver, const struct engine_job *job);
size_t driver_count(const struct driver *driver, enum effect_kind kind);
/* The command ends as the driver's fields say. */
void driver_end_command(struct driver *driver);
/* What else can happen to the held GET. */
void driver_tell(struct driver *driver, enum happening_kind kind);
/* Ends the held GET, with all its bytes or with a failure. */
void driver_end_get(struct driver *driver, xbits_result result, uint64_t position);
/* Ends the held request that is ahead of its turn. */
void driver_end_ahead(struct driver *driver, xbits_result result);

#endif
