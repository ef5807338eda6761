/* SPDX-License-Identifier: MIT */
#ifndef SIM_SIM_H
#define SIM_SIM_H

#include "backend-sim/engine/engine.h"
#include "backend-sim/sim_backend.h"
#include "backend-sim/transfer/transfer.h"
#include "base/clock.h"
#include "base/disk.h"
#include "base/random.h"
#include "base/thread.h"

/* What the files of the glue share. */

struct sim_fetch;

/* A text the source gets from its own thread: set_origin is asked for by any. */
struct sim_origin_order {
    const char *ini; /* NULL: none. */
    bool is_done;
    xbits_result result;
    struct xbits_error error;
};

/*
 * The engine of one queue, running. One lock guards the engine; it is never held across disk or
 * network (ruling 9). The rounds of sim_pump.c do all work, one at a time: on the worker's thread,
 * or with a virtual clock on the thread of whoever waits or advances.
 */
struct sim {
    struct mutex *lock;
    struct condition *changed; /* After every round and every change by a call. */
    struct condition *work;    /* For a worker without anything under way. */
    struct thread *worker;     /* NULL with a virtual clock. */
    bool is_ending;
    bool is_pumping;      /* Virtual clock: somebody makes the rounds. */
    bool has_work;        /* A call changed something since the last round began. */
    uint64_t due_ms;      /* When the engine wants the next step. */
    uint64_t told_change; /* What waiters were woken for, and when. */
    uint64_t told_news;
    uint64_t told_ms;

    struct engine *engine;
    struct settings settings;
    struct clock *clock;
    struct clock_virtual virtual_clock;
    bool is_virtual;

    /* Below: the rounds' own, without the lock. */
    struct disk *disk;
    struct random random;
    struct transfer_source *source;
    struct sim_origin_order origin; /* Under the lock. */
    struct effect *effects;         /* Of the present round. */
    size_t effect_capacity;
    struct happening *inbox;
    size_t inbox_count;
    size_t inbox_capacity;
    struct sim_fetch *fetches; /* Every open one. */
    uint8_t *spare_buffer;
    uint64_t round_ms; /* The time of the present round. */
};

/* One manager's connection: who calls. */
struct sim_connection {
    struct backend_connection base;
    struct backend slots; /* sim_backend, its missing slots filled. */
    struct sim *sim;
    struct principal principal;
    char sid[32];
    bool is_interrupted; /* Under the lock. */
};

static inline struct sim_connection *sim_of(struct backend_connection *connection)
{
    return (struct sim_connection *)connection;
}

/* sim_open.c */
xbits_result sim_new(const struct xbits_options *options, struct disk *disk, struct sim **sim_out);
void sim_free(struct sim *sim); /* Cancels every job first. */
struct engine_now sim_now(const struct sim *sim);

/* sim_principal.c: XBITS_E_INVALIDARG for a name it does not know. */
xbits_result sim_principal_init(const char *name, struct sim_connection *connection);
unsigned long sim_user_id(void); /* sim_user_posix.c, sim_user_win32.c */

/* sim_pump.c; the lock is held on entry and exit of all of these. */
bool sim_round(struct sim *sim, uint64_t wait_ms); /* True: there is more to do at once. */
void sim_touch(struct sim *sim);                   /* A call changed something. */
/* Runs or waits until the job's operation has its answer / is over. */
void sim_await_answer(struct sim *sim, const struct engine_job *job);
void sim_await_idle(struct sim *sim, const struct engine_job *job);
xbits_result sim_order_origin(struct sim *sim, const char *ini);
void sim_work(void *user); /* The worker's thread; takes the lock itself. */

/* sim_advance.c: the virtual clock. */
struct sim_goal {
    uint64_t until_ms;
    bool to_idle;
    bool (*is_reached)(struct sim_connection *connection, void *user); /* NULL: none. Lock held. */
    void *user;
};
xbits_result sim_run_to(struct sim_connection *connection, const struct sim_goal *goal);

/* sim_perform.c; without the lock. */
void sim_perform(struct sim *sim, const struct effect *effect);

/* sim_fetch.c; without the lock. */
struct transfer_listener sim_fetch_listener(struct sim *sim);
struct happening *sim_happened(struct sim *sim, enum happening_kind kind,
                               const struct effect *effect);
void sim_flush_fetches(struct sim *sim, uint64_t now_ms);
bool sim_has_unflushed(const struct sim *sim);

/* What a running job has open: its request, its temporary file and the bytes on their way into it.
 */
struct sim_fetch {
    struct sim *sim;
    struct sim_fetch *next;
    struct effect effect; /* The one at work. */
    bool is_requested;    /* The source has it. */
    bool has_position;    /* A GET was made: position is meant. */
    struct disk_file *file;
    char *path;
    char *url;
    char *last_modified;
    uint32_t security_flags;
    bool is_direct;
    uint64_t size;
    uint64_t position; /* Written so far, from the file's start. */
    uint64_t behind;   /* Up to here they were sent to the medium. */
    uint64_t end;      /* The present answer may not go past it. */
    uint8_t *buffer;   /* Bytes after position. */
    size_t used;
    struct answer *head;
    xbits_result verdict; /* On it. */
    bool is_local;        /* The failure is the disk's. */
    bool has_moved;
    bool was_quiet; /* Nothing came in the present round. */
    uint64_t reported;
    uint64_t reported_ms;
    uint64_t flushed_ms;
};

xbits_result sim_fetch_new(struct sim *sim, struct sim_fetch **fetch_out);
void sim_fetch_free(struct sim_fetch *fetch); /* Leaves the file on disk. */
xbits_result sim_fetch_flush(struct sim_fetch *fetch);

#endif
