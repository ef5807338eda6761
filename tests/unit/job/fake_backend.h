/* SPDX-License-Identifier: MIT */
#ifndef FAKE_BACKEND_H
#define FAKE_BACKEND_H

#include "base/thread.h"
#include "job/manager.h"

/*
 * The smallest engine that the model can be tested over: jobs are what a test says they are, and
 * the clock moves when somebody waits. Every call of a slot is counted.
 */
#define FAKE_JOBS 4

struct fake_job {
    struct xbits_id id;
    char display_name[64];
    enum xbits_job_state state;
    unsigned holds;
    uint32_t files;
    uint64_t changed;        /* Position of its last change; 0: the job does not exist. */
    const char *description; /* Borrowed; NULL: "". */
    const char *local_name;  /* Of its files; borrowed. NULL: "/tmp/file". */
    enum xbits_waiting_for waiting_for; /* NOTHING: the engine does not know. */
    bool is_held_back;                  /* It is listed, but nobody may open it. */
    bool is_anothers;                   /* Its caller lists it no more, and may not read it. */
};

/* What happens while somebody waits for a change: time passes, then a job is in this state. */
struct fake_step {
    uint64_t ms;
    size_t job;
    enum xbits_job_state state;
};

struct fake {
    struct backend_connection base;
    struct mutex *mutex; /* Guards what follows. */
    struct condition *news;
    struct fake_job jobs[FAKE_JOBS];
    uint64_t position;
    uint64_t now_ms;
    const struct fake_step *steps; /* Taken one by one; then time jumps to the end of a wait. */
    size_t step_count;
    bool blocks; /* After the steps a wait lasts until it is interrupted. */
    bool is_waiting;
    bool is_interrupted;
    bool has_network;
    bool is_subscribed; /* By the last subscribe. */
    struct xbits_id subscribed;
    uint64_t notification_until_ms; /* Of the last next_notification. */
    uint64_t answered;              /* By the last answer_notification ... */
    xbits_result answer;            /* ... with this. */
    const char *last_slot;
    unsigned calls;
};

/* Answers XBITS_E_ACCESSDENIED to the principal "nobody". */
extern const struct backend fake_backend;

/* A manager over a fake, alone in the list of engines beside "absent", which is not built. */
xbits_result fake_manager_open(const struct xbits_options *options,
                               struct xbits_manager **manager_out);
/* The fake under a manager that is not traced. */
struct fake *fake_of(struct xbits_manager *manager);

/* One job of a fake, as a test's state: a setup and its teardown. */
struct fake_fixture {
    struct xbits_manager *manager;
    struct fake *fake;
    struct xbits_job *job;
};
int fake_fixture_open(void **state);
int fake_fixture_close(void **state);

/* Puts a job into a state, as an engine would. */
void fake_move(struct fake *fake, size_t job, enum xbits_job_state state);
/* Returns as soon as another thread waits in next_change. */
void fake_await_waiter(struct fake *fake);

/* Every slot that can fail, in the order of the port: its name (NULL past the last), and a call of
 * it with small arguments on the first job. Whatever it gives back is freed. */
const char *fake_slot_at(size_t index);
xbits_result fake_call_slot(struct backend_connection *connection, size_t index);

#endif
