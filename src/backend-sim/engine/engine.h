/* SPDX-License-Identifier: MIT */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "backend-sim/engine/effect.h"
#include "backend-sim/engine/record.h"
#include "job/backend.h"
#include "job/setting.h"

/*
 * What a BITS service decides, without its hands: every job of one queue. Calls come from one
 * thread at a time (the driver's lock), with the time passed in; nothing here blocks. After any
 * call that can change a job the driver runs engine_step and carries out what it left in the
 * outbox.
 */
struct engine;

struct engine_now {
    uint64_t ms; /* Monotonic. */
    int64_t utc; /* FILETIME */
};

/* Who calls. */
struct principal {
    const char *sid;
    bool is_administrator;
    bool is_exempt; /* From the job and file limits: administrators and services. */
    uint32_t integrity_level;
};

/* A call and its moment. */
struct engine_call {
    const struct principal *who;
    struct engine_now now;
};

/* settings outlives the engine. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result engine_new(const struct settings *settings, struct engine **engine_out);
void engine_free(struct engine *engine);

/* Fires what is due and hands out turns. Returns when to be called next; UINT64_MAX: not by time.
 */
uint64_t engine_step(struct engine *engine, const struct engine_now *now);
/* When the job that nothing happened to for longest ends; UINT64_MAX: there is none. Apart from the
 * step's timers, because nobody waits for it. */
uint64_t engine_inactive_ms(const struct engine *engine, const struct engine_now *now);
/* Effects in the outbox, and taking them: effects_out has room for so many. */
size_t engine_effect_count(const struct engine *engine);
void engine_take_effects(struct engine *engine, struct effect *effects_out);
/* Takes note; disposes what the happening owns. */
void engine_happened(struct engine *engine, struct happening *happening,
                     const struct engine_now *now);
/* Effects that were taken and not yet answered. */
size_t engine_pending_count(const struct engine *engine);

/* id is new and random; the job is returned held. */
xbits_result engine_create_job(struct engine *engine, const struct engine_call *call,
                               const struct xbits_id *id, const char *display_name,
                               enum xbits_job_type type);
/* NULL: unknown, or final and not held. */
struct engine_job *engine_find(struct engine *engine, const struct xbits_id *id);
/* BG_E_NOT_FOUND, E_ACCESSDENIED */
xbits_result engine_hold(struct engine *engine, const struct principal *who,
                         const struct xbits_id *id);
void engine_release(struct engine *engine, const struct xbits_id *id);

/* Names were checked by file_rules; limits and state are checked here. Texts are copied. */
xbits_result engine_add_files(struct engine *engine, struct engine_job *job,
                              const struct engine_call *call, const struct xbits_file_spec *files,
                              size_t count);

/*
 * The four requests. One that needs the disk leaves an operation behind: the driver runs until
 * engine_has_answer and takes the answer, which ends the operation. While a job is busy with one,
 * no other request may be made.
 */
xbits_result engine_ask(struct engine *engine, struct engine_job *job, enum backend_request request,
                        const struct engine_now *now);
bool engine_is_busy(const struct engine_job *job);
bool engine_has_answer(const struct engine_job *job);
/* Ends the operation; raised when it failed. The job is gone if nobody holds it. */
xbits_result engine_take_answer(struct engine *engine, struct engine_job *job);

/* Snapshots borrow from the job until the next call that changes it. */
void engine_read(const struct engine *engine, const struct engine_job *job,
                 const struct engine_now *now, struct xbits_job_snapshot *snapshot_out);
bool engine_read_file(const struct engine *engine, const struct engine_job *job, uint32_t file,
                      struct xbits_file_snapshot *snapshot_out);
const struct xbits_id *engine_job_id(const struct engine_job *job);
enum xbits_job_type engine_job_type(const struct engine_job *job);
bool engine_is_final(const struct engine_job *job);
bool engine_is_owner(const struct engine_job *job, const char *sid);
bool engine_is_seen_by(const struct engine_job *job, const struct principal *who);
/* E_ACCESSDENIED. The second: to who may see it, but is of a lower integrity level. */
xbits_result engine_may_see(const struct engine_job *job, const struct principal *who);
xbits_result engine_may_change(const struct engine_job *job, const struct principal *who);
uint32_t engine_file_count(const struct engine_job *job);
/* Every job that is not final, oldest first: NULL starts, NULL ends. */
size_t engine_open_count(const struct engine *engine);
struct engine_job *engine_next_open(const struct engine *engine, const struct engine_job *after);

xbits_result engine_get_property(const struct engine_job *job, enum xbits_job_property property,
                                 struct xbits_value *value_out);
xbits_result engine_set_property(struct engine *engine, struct engine_job *job,
                                 enum xbits_job_property property, const struct xbits_value *value,
                                 const struct engine_now *now);
xbits_result engine_get_file_property(const struct engine_job *job, uint32_t file,
                                      enum xbits_file_property property,
                                      struct xbits_value *value_out);
xbits_result engine_set_file_property(struct engine_job *job, uint32_t file,
                                      enum xbits_file_property property,
                                      const struct xbits_value *value);

/* False: nothing after the cursor. position UINT64_MAX becomes the newest. */
bool engine_next_change(struct engine *engine, struct xbits_cursor *cursor,
                        struct xbits_change *change_out);

/*
 * Writing down (record_take.c, record_restore.c, dirty.c). engine_keep says that the queue has a
 * place on disk, and the numbers that were used there last; from then on every change makes its job
 * dirty until it is taken. What was taken is answered by engine_stored: on failure it is dirty
 * again. A final job is not forgotten before its end was written.
 */
struct engine_numbers {
    uint64_t change;
    uint64_t serial;
    uint64_t event;
};
void engine_keep(struct engine *engine, const struct engine_numbers *used);
bool engine_has_dirty(const struct engine *engine);
/* True, once, when the effects that were just taken must wait until all is on the medium. */
bool engine_take_pressing(struct engine *engine);
/* Rises with every change that has to be written down. */
uint64_t engine_dirty_number(const struct engine *engine);
/* Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY (nothing was taken). */
xbits_result engine_take_records(struct engine *engine, const struct engine_now *now,
                                 struct record_batch *batch_out);
void engine_stored(struct engine *engine, const struct record_batch *batch, bool is_stored);

/*
 * Takes a job back, in place of the one with its id if there is one. is_active: a job that was
 * CONNECTING or TRANSFERRING still is, in the process that owns the queue. Takes the record, also
 * on failure. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY.
 */
xbits_result engine_restore(struct engine *engine, struct job_record *record, bool is_active,
                            const struct engine_now *now);
/* After the last of them: the number of the newest change that was ever written. */
xbits_result engine_restored(struct engine *engine, uint64_t newest_change);

/* Whether jobs get turns and timers fire; a restart of the service is an event (ruling 24). */
void engine_set_running(struct engine *engine, bool is_running, const struct engine_now *now);

/*
 * A queue that is only read. Its changes have numbers of their own, because a job is forgotten here
 * at another time than by its owner. A look takes back what changed, or the whole queue: then jobs
 * that are not in it any more have ended, nobody knows how.
 */
void engine_keep_nothing(struct engine *engine, uint64_t newest_change);
void engine_look(struct engine *engine, bool is_running); /* Whether its owner runs it. */
/* Its owner has ended the job. */
void engine_remove(struct engine *engine, const struct xbits_id *id, enum xbits_job_state state);
void engine_looked(struct engine *engine, bool is_whole);
/* Ends every turn: their jobs are QUEUED when the driver has carried out what is in the outbox. */
void engine_stop_turns(struct engine *engine, const struct engine_now *now);

/* What a call changed is taken back: it could not be written down. */
void engine_undo_create(struct engine *engine, struct engine_job *job,
                        const struct engine_now *now);
void engine_put_back(struct engine *engine, struct engine_job *job,
                     enum xbits_job_property property, const struct xbits_value *value,
                     const struct engine_now *now);
void engine_undo_add(struct engine *engine, struct engine_job *job, size_t count);

/* Lines of the event log after a number that are in memory, in order; false ends. */
bool engine_next_event(const struct engine *engine, uint64_t after, struct xbits_event *event_out);

/*
 * Notifications (notify.c). A subscriber is whoever the driver means by the pointer. Results of
 * subscribe: XBITS_S_OK; XBITS_BG_E_INVALID_STATE; XBITS_E_OUTOFMEMORY; of unsubscribe: XBITS_S_OK;
 * XBITS_S_FALSE (it was none); of answer: XBITS_S_OK; XBITS_BG_E_NOT_FOUND.
 */
xbits_result engine_subscribe(struct engine *engine, struct engine_job *job, const void *subscriber,
                              const struct engine_now *now);
xbits_result engine_unsubscribe(struct engine *engine, struct engine_job *job,
                                const void *subscriber, const struct engine_now *now);
void engine_unsubscribe_all(struct engine *engine, const void *subscriber,
                            const struct engine_now *now);
/* False: none is due. Fills in all but size. */
bool engine_next_notification(struct engine *engine, const void *subscriber,
                              const struct engine_now *now,
                              struct xbits_notification *notification_out);
xbits_result engine_answer_notification(struct engine *engine, const void *subscriber, uint64_t id,
                                        xbits_result answer, const struct engine_now *now);
/* What EFFECT_RUN_COMMAND runs: kind COMMAND, or NONE when it was cleared since. Borrowed. */
const struct xbits_value *engine_command(const struct engine_job *job);

/* The number of the newest change, and how many states moved or operations were answered: news that
 * nobody should wait for, while progress may be told now and then. */
uint64_t engine_newest_change(const struct engine *engine);
uint64_t engine_news_count(const struct engine *engine);

void engine_set_network(struct engine *engine, bool is_up, const struct engine_now *now);
bool engine_network_is_up(const struct engine *engine);

/* What the driver needs to carry out an effect; borrowed while the lock is held. */
struct effect_facts {
    const char *url; /* Where redirects led. */
    const char *local_name;
    const char *temporary_name; /* NULL: none yet. */
    uint32_t temporary_number;  /* What it is to be made from. */
    bool may_exist;             /* A file of this name would be the job's own. */
    const char *last_modified;  /* As the server wrote it, or "". */
    int64_t modified;           /* The same as FILETIME; 0: unknown. */
    uint64_t size;
    uint64_t position; /* Bytes that are good on disk. */
    uint64_t synced;   /* Of them, on the medium. */
    uint32_t security_flags;
    bool is_direct; /* No proxy, whatever is configured. */
};
void engine_effect_facts(const struct effect *effect, struct effect_facts *facts_out);

/* The driver's own, per job: what it has open. */
void engine_attach(struct engine_job *job, void *attachment);
void *engine_attachment(const struct engine_job *job);

#endif
