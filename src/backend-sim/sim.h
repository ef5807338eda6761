/* SPDX-License-Identifier: MIT */
#ifndef SIM_SIM_H
#define SIM_SIM_H

#include "backend-sim/engine/engine.h"
#include "backend-sim/queue/queue.h"
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
    uint64_t inactive_ms; /* When a job that nothing happens to ends. */
    uint64_t told_change; /* What waiters were woken for, and when. */
    uint64_t told_news;
    uint64_t told_ms;

    /* sim_registry.c */
    bool is_shared;        /* It is in the registry, whose lock guards the rest. */
    struct sim *next_open; /* Of this process. */
    size_t connections;

    /* sim_store.c; NULL in memory. queue is used by who set queue_is_busy, without the lock. */
    char *place;     /* What options.queue said. */
    uint64_t device; /* Which directory that is. */
    uint64_t inode;
    enum xbits_access access;
    struct queue_lock *owner_lock;
    struct queue *queue;
    bool queue_is_busy;
    uint64_t stored_number;  /* engine_dirty_number up to which all is written ... */
    uint64_t durable_number; /* ... and on the medium. */
    uint64_t stored_ms;
    uint64_t unstored_bytes; /* That came since; the rounds' own. */

    /* sim_look.c: of a queue that is only read. */
    uint64_t seen_change;
    uint64_t seen_event;
    bool is_behind; /* Its owner wrote what was not read yet. */
    uint64_t owner; /* Its process, 0: none. */

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
    uint64_t round_ms;             /* The time of the present round. */
    struct sim_commands *commands; /* sim_command.c; NULL: none ran yet. */
};

/* One manager's connection: who calls. */
struct sim_connection {
    struct backend_connection base;
    struct backend slots; /* sim_backend, its missing slots filled. */
    struct sim *sim;
    struct principal principal;
    char sid[32];
    bool is_reader;      /* What changes a job is denied. */
    bool is_interrupted; /* Under the lock. */
    bool is_woken;       /* One wait ends; under the lock. */
};

static inline struct sim_connection *sim_of(struct backend_connection *connection)
{
    return (struct sim_connection *)connection;
}

/* sim_open.c */
xbits_result sim_new(const struct xbits_options *options, struct disk *disk, struct sim **sim_out);
/* Jobs of a queue in memory are cancelled, those of a kept one rest until it is opened again. */
void sim_free(struct sim *sim);
struct engine_now sim_now(const struct sim *sim);
/* From now on the jobs of a queue that was opened to be edited run. The lock is held. */
xbits_result sim_start(struct sim *sim);

/* sim_registry.c: one engine a queue and process. Every attach needs one detach. */
xbits_result sim_attach(const struct xbits_options *options, struct disk *disk,
                        struct sim **sim_out);
bool sim_is_in_memory(const char *place); /* "memory:NAME" */
void sim_detach(struct sim *sim, const struct sim_connection *connection);

/* sim_store.c; the lock is held on entry and exit, and not while the disk works. */
xbits_result sim_open_queue(struct sim *sim, const struct xbits_options *options);
/* is_well false: not all that became of the jobs was written down. */
void sim_close_queue(struct sim *sim, bool is_well);
void sim_store(struct sim *sim); /* What fails is tried again later. */
/* Waits until all that was changed so far is on the medium. */
xbits_result sim_make_durable(struct sim *sim);
/* ... until it survives the end of the process. */
xbits_result sim_write_down(struct sim *sim);
void sim_take_queue(struct sim *sim);
void sim_give_queue(struct sim *sim);
/* When what is dirty is to be written; UINT64_MAX: nothing is. */
uint64_t sim_store_due_ms(const struct sim *sim);

/* sim_recover.c: what the disk has of a job whose owner was killed. */
void sim_recover(struct disk *disk, struct job_record *record);
void sim_delete_leftovers(struct sim *sim);

/* sim_look.c: brings a queue that is only read up to date. The lock is held, and given back while
 * another thread uses the queue. */
xbits_result sim_look(struct sim *sim);
#define SIM_LOOK_MS 100 /* How often a waiting reader looks. */

/* Denied to a reader: "cannot ...". */
xbits_result sim_may_change(const struct sim_connection *connection);

/* sim_principal.c: XBITS_E_INVALIDARG for a name it does not know. */
xbits_result sim_principal_init(const char *name, struct sim_connection *connection);
unsigned long sim_user_id(void); /* sim_user_posix.c, sim_user_win32.c */

/* sim_pump.c; the lock is held on entry and exit of all of these. */
bool sim_round(struct sim *sim, uint64_t wait_ms); /* True: there is more to do at once. */
void sim_touch(struct sim *sim);                   /* A call changed something. */
/* Runs or waits until the job's operation has its answer / is over. */
void sim_await_answer(struct sim *sim, const struct engine_job *job);
void sim_await_idle(struct sim *sim, const struct engine_job *job);
/* ... until everything that was asked of disk and network is answered. */
void sim_await_quiet(struct sim *sim);
void sim_wake(struct sim *sim); /* A round that waits for sockets. */
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
/* sim_world.c: with either clock. The lock is held. S_FALSE: the time is over first. */
xbits_result sim_wait_for(struct sim_connection *connection, const struct sim_goal *goal);

/* True, once, when the connection was woken. The lock is held. */
bool sim_take_wake(struct sim_connection *connection);

/* sim_perform.c; without the lock. */
void sim_perform(struct sim *sim, const struct effect *effect);

/* sim_command.c; without the lock. */
void sim_run_command(struct sim *sim, const struct effect *effect);
/* Nobody notes any more how those that run end. No round is made. */
void sim_close_commands(struct sim *sim);

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
    struct sim_fetch *ahead; /* The HEAD of the next file, or NULL. */
    struct effect effect;    /* The one at work. */
    bool is_requested;       /* The source has it. */
    bool has_position;       /* A GET was made: position is meant. */
    struct disk_file *file;
    char *path;
    char *url;
    char *last_modified;
    uint32_t security_flags;
    bool is_direct;
    uint64_t size;
    uint64_t position; /* Written so far, from the file's start. */
    uint64_t behind;   /* Up to here they were sent to the medium. */
    uint64_t synced;   /* Up to here they are on it. */
    uint64_t synced_ms;
    uint32_t temporary_number;
    bool may_exist;  /* A file of the temporary name would be the job's. */
    uint64_t end;    /* The present answer may not go past it. */
    uint8_t *buffer; /* Bytes after position. */
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
xbits_result sim_fetch_new_ahead(struct sim_fetch *fetch); /* Fills and belongs to fetch->ahead. */
void sim_fetch_free(struct sim_fetch *fetch);              /* Leaves the file on disk. */
xbits_result sim_fetch_flush(struct sim_fetch *fetch);
enum happening_kind sim_fetch_end_kind(const struct sim_fetch *fetch); /* What ends its request. */

#endif
