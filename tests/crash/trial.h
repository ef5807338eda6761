/* SPDX-License-Identifier: MIT */
#ifndef CRASH_TRIAL_H
#define CRASH_TRIAL_H

#include "backend-sim/sim_backend.h"
#include "base/random.h"
#include "support/disk_power.h"

/*
 * One run of a scenario whose power goes on the way, and what must hold when the queue is opened
 * again. What a step acknowledged must be there, what it had only begun may be there or not.
 */
enum step {
    STEP_OPEN,
    STEP_CREATE,
    STEP_ADD,      /* One more file. */
    STEP_DESCRIBE, /* Sets the description. */
    STEP_RESUME,
    STEP_PASS,     /* A second. */
    STEP_TRANSFER, /* Until it is TRANSFERRED. */
    STEP_SUSPEND,
    STEP_COMPLETE,
    STEP_CANCEL,
    STEP_CLOSE
};

#define TRIAL_FILES 3

struct scenario {
    const char *name;
    const enum step *steps;
    size_t step_count;
    size_t completed; /* So many files have their final names when it is over. */
};

struct trial {
    const struct scenario *scenario;
    uint64_t seed;
    uint64_t operation; /* After which the power went. */
    enum disk_power_end end;
    struct disk *disk;
    struct random random;
    struct backend_connection *connection; /* NULL: closed. */
    struct xbits_id job;
    size_t acknowledged; /* Steps that were; the next one was begun. */
    bool is_over;        /* All of them were. */
};

/* Runs the scenario from its beginning until its end or until the power goes. */
void trial_begin(struct trial *trial);
/* The power comes back: opens the queue again, checks, brings the job to its end, checks. */
void trial_recover(struct trial *trial);
void trial_dispose(struct trial *trial);

/* Ends the test when it is false, and says where it was. */
void trial_claim(const struct trial *trial, bool is_true, const char *what);

/* trial_steps.c */
bool trial_open(struct trial *trial);
void trial_close(struct trial *trial);
bool trial_step(struct trial *trial, enum step step);
/* Lets virtual time pass until the job is TRANSFERRED; false: it is not within two hours. */
bool trial_transfer(struct trial *trial);
const char *trial_local_name(size_t file);
const char *trial_remote_name(size_t file);
uint64_t trial_size(size_t file);

#endif
