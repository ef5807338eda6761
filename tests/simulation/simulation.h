/* SPDX-License-Identifier: MIT */
#ifndef SIMULATION_SIMULATION_H
#define SIMULATION_SIMULATION_H

#include "base/random.h"
#include "base/text.h"
#include "support/temp_directory.h"
#include "xbits/xbits.h"

/*
 * Seeded random operations on an engine over the scripted source, and what must hold after each of
 * them. The same seed gives the same trace.
 */
#define JOB_MAXIMUM     10
#define FILE_MAXIMUM    400
#define RESOURCE_COUNT  8
#define VERSION_MAXIMUM 24
#define FILES_OF_A_JOB  4
#define NO_JOB          SIZE_MAX

/* One thing the origin serves or served: enough to know a copy of it again. */
struct version {
    uint64_t size;
    uint64_t pattern;
};

struct resource_history {
    struct version versions[VERSION_MAXIMUM];
    size_t count;
};

struct simulated_job {
    struct xbits_job *handle; /* NULL: this place is free. */
    struct xbits_id id;
    unsigned number;            /* In the order of creation: what the trace calls it. */
    enum xbits_job_state state; /* As last seen. */
    uint32_t file_count;
    uint32_t error_count;
    int64_t modification;
};

/* A local name that was given to a job. */
struct simulated_file {
    char name[32];
    struct xbits_id job;
    bool is_over;      /* Its job is final: nothing about it may change. */
    bool is_completed; /* It bears its name. */
};

struct simulation {
    uint64_t seed;
    bool is_verbose; /* Prints the trace. */
    struct random random;
    struct temp_directory directory;
    struct xbits_manager *manager;
    struct xbits_cursor cursor;
    struct simulated_job jobs[JOB_MAXIMUM];
    unsigned jobs_made;
    struct simulated_file files[FILE_MAXIMUM];
    size_t file_count;
    struct resource_history resources[RESOURCE_COUNT];
    struct text origin; /* What it serves now: INI. */
    bool network_is_up;
    int64_t time;
    uint64_t trace; /* A hash of all that happened. */
    unsigned step;
    struct text failure; /* "" while all is well. */
};

/* Notes what happened: part of the trace. */
void trace(struct simulation *simulation, const char *format, ...) BASE_PRINTF(2, 3);
/* Notes the first claim that does not hold. Returns is_true. */
bool claim(struct simulation *simulation, bool is_true, const char *format, ...) BASE_PRINTF(3, 4);
bool has_failed(const struct simulation *simulation);

/* Below bound. */
uint32_t pick(struct simulation *simulation, uint32_t bound);

/* origin.c */
#define ORIGIN_URL "http://origin.test/r%u"
/* Replaces what is served: new versions, each with a fault or, when is_good, all well. */
void origin_change(struct simulation *simulation, bool is_good);
/* Serves the same again: after the queue was opened anew. */
void origin_serve(struct simulation *simulation);
/* Do the bytes begin one version of something that had so many in all? */
bool origin_has_begun(const struct simulation *simulation, uint64_t total, const char *bytes,
                      size_t size);
/* Is the file a whole copy of one version of something? */
bool origin_has_served(const struct simulation *simulation, const char *path);

/* operations.c */
void operate(struct simulation *simulation);
struct xbits_job_snapshot read_job(struct simulation *simulation, struct simulated_job *job);
void request(struct simulation *simulation, struct simulated_job *job, unsigned which);
enum { ASK_RESUME, ASK_SUSPEND, ASK_COMPLETE, ASK_CANCEL };

/* invariants.c */
void check_all(struct simulation *simulation);
/* Every name bears what it should; call it when nothing is under way. */
void check_directory(struct simulation *simulation);

/* A run of a seed; its trace is told, and a failure in words. */
typedef bool simulation_run(uint64_t seed, unsigned steps, bool is_verbose, uint64_t *trace_out,
                            struct text *failure_out);
/* XBITS_SIMULATION_STEPS, else so many. */
unsigned simulation_steps(unsigned otherwise);
/* Prints the fewest steps, below most, after which the run fails: what is to be looked at. */
void simulation_show_shortest(simulation_run *run, uint64_t seed, unsigned most);

#endif
