/* SPDX-License-Identifier: MIT */
#include "simulation/simulation.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "simulation/kept.h"

/*
 * usage: test_simulation [number of seeds], else XBITS_SIMULATION_SEEDS of them, else so many as
 * stand here. XBITS_SEED=n runs that seed alone and shows it, XBITS_SIMULATION_STEPS=n lets a kept
 * queue have only so many steps.
 */

#define SEED_COUNT      200
#define KEPT_SEED_COUNT 40
#define STEP_COUNT      100
#define KEPT_STEP_COUNT 100

static bool open_manager(struct simulation *simulation)
{
    static const char *const settings[] = { "transfer.sync=no", NULL };
    struct xbits_options options;

    XBITS_INIT(&options);
    options.backend = "sim";
    options.source = "script";
    options.clock = XBITS_CLOCK_VIRTUAL;
    options.seed = simulation->seed;
    options.settings = settings;
    return claim(simulation, xbits_manager_open(&options, &simulation->manager) == XBITS_S_OK,
                 "no manager: %s", xbits_last_error()->message);
}

static void request_of_all(struct simulation *simulation, unsigned which)
{
    for (size_t i = 0; i < JOB_MAXIMUM; i++) {
        struct simulated_job *job = &simulation->jobs[i];

        if (job->handle != NULL)
            request(simulation, job, which);
    }
}

/*
 * With the network up and a good origin, every job that is asked to can be transferred. They are
 * suspended first: a request that is under way still meets the origin it was made to.
 */
static void recover(struct simulation *simulation)
{
    simulation->network_is_up = true;
    claim(simulation, xbits_sim_set_network(simulation->manager, true) == XBITS_S_OK,
          "the network does not come back");
    request_of_all(simulation, ASK_SUSPEND);
    origin_change(simulation, true);
    request_of_all(simulation, ASK_RESUME);
    claim(simulation, xbits_sim_run(simulation->manager, XBITS_FOREVER, NULL) == XBITS_S_OK,
          "the engine does not come to rest");
    check_all(simulation);
    for (size_t i = 0; i < JOB_MAXIMUM; i++) {
        const struct simulated_job *job = &simulation->jobs[i];
        uint32_t wanted = XBITS_STATES_FINAL | XBITS_IN(TRANSFERRED);

        if (job->handle != NULL && job->file_count > 0)
            claim(simulation, (wanted >> job->state & 1u) != 0, "job %u is stuck in %s",
                  job->number, xbits_state_name(job->state));
    }
}

static void finish(struct simulation *simulation)
{
    for (size_t i = 0; i < JOB_MAXIMUM; i++) {
        struct simulated_job *job = &simulation->jobs[i];

        if (job->handle != NULL && pick(simulation, 3) > 0)
            request(simulation, job, pick(simulation, 3) == 0 ? ASK_CANCEL : ASK_COMPLETE);
    }
    check_all(simulation);
    check_directory(simulation);
}

static void close_all(struct simulation *simulation)
{
    size_t completed = 0;

    for (size_t i = 0; i < JOB_MAXIMUM; i++)
        xbits_job_close(simulation->jobs[i].handle);
    xbits_manager_close(simulation->manager);
    for (size_t i = 0; i < simulation->file_count; i++)
        completed += simulation->files[i].is_completed ? 1 : 0;
    check_directory(simulation);
    claim(simulation, temp_directory_count(&simulation->directory) == completed,
          "%zu files are left and %zu were completed", temp_directory_count(&simulation->directory),
          completed);
}

static void simulate(struct simulation *simulation)
{
    temp_directory_make(&simulation->directory);
    random_init(&simulation->random, simulation->seed);
    simulation->network_is_up = true;
    if (open_manager(simulation)) {
        origin_change(simulation, false);
        for (; simulation->step < STEP_COUNT && !has_failed(simulation); simulation->step++) {
            operate(simulation);
            check_all(simulation);
        }
        recover(simulation);
        finish(simulation);
        close_all(simulation);
    }
    temp_directory_remove(&simulation->directory);
}

/* One run. False, and said so, when a claim did not hold. */
static bool run_seed(uint64_t seed, bool is_verbose, uint64_t *trace_out)
{
    struct simulation *simulation = calloc(1, sizeof *simulation);
    bool is_well;

    if (simulation == NULL)
        abort();
    simulation->seed = seed;
    simulation->is_verbose = is_verbose;
    simulate(simulation);
    is_well = !has_failed(simulation);
    if (!is_well)
        printf("%s\nrepeat it with XBITS_SEED=%" PRIu64 "\n", text_c(&simulation->failure), seed);
    *trace_out = simulation->trace;
    text_dispose(&simulation->failure);
    text_dispose(&simulation->origin);
    free(simulation);
    return is_well;
}

static bool run_twice(uint64_t seed, bool is_verbose)
{
    uint64_t first = 0;
    uint64_t second = 0;

    if (!run_seed(seed, is_verbose, &first) || !run_seed(seed, false, &second))
        return false;
    if (first == second)
        return true;
    printf("seed %" PRIu64 " does not give the same trace twice\n", seed);
    return false;
}

static bool run_kept_twice(uint64_t seed, bool is_verbose)
{
    struct text failure = { 0 };
    uint64_t first = 0;
    uint64_t second = 0;
    bool is_well = kept_run(seed, simulation_steps(KEPT_STEP_COUNT), is_verbose, &first, &failure);

    if (!is_well) {
        printf("kept queue, %s\nrepeat it with XBITS_SEED=%" PRIu64 "\n", text_c(&failure), seed);
        simulation_show_shortest(kept_run, seed, KEPT_STEP_COUNT);
        text_dispose(&failure);
        return false;
    }
    is_well =
        kept_run(seed, simulation_steps(KEPT_STEP_COUNT), false, &second, NULL) && first == second;
    if (!is_well)
        printf("kept queue, seed %" PRIu64 " does not give the same trace twice\n", seed);
    return is_well;
}

static int usage(const char *program)
{
    fprintf(stderr,
            "usage: [XBITS_SEED=n] [XBITS_SIMULATION_SEEDS=n] [XBITS_SIMULATION_STEPS=n] "
            "%s [number of seeds]\n",
            program);
    return 2;
}

static int run_one(const char *text, const char *program)
{
    uint64_t seed = 0;
    bool is_well;

    if (!text_parse_u64(text, UINT64_MAX, &seed))
        return usage(program);
    is_well = run_twice(seed, true);
    is_well = run_kept_twice(seed, true) && is_well;
    return is_well ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int run_all(uint64_t count, uint64_t kept_count)
{
    uint64_t failed = 0;

    for (uint64_t seed = 1; seed <= count; seed++)
        failed += run_twice(seed, false) ? 0 : 1;
    for (uint64_t seed = 1; seed <= kept_count; seed++)
        failed += run_kept_twice(seed, false) ? 0 : 1;
    printf("%" PRIu64 " seeds in memory, %" PRIu64 " kept, %" PRIu64 " failed\n", count, kept_count,
           failed);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    const char *only = getenv("XBITS_SEED");
    const char *wanted = argc == 2 ? argv[1] : getenv("XBITS_SIMULATION_SEEDS");
    uint64_t count = 0;

    if (argc > 2 || (wanted != NULL && !text_parse_u64(wanted, UINT32_MAX, &count)))
        return usage(argv[0]);
    if (only != NULL)
        return run_one(only, argv[0]);
    if (wanted != NULL)
        return run_all(count, count);
    return run_all(SEED_COUNT, KEPT_SEED_COUNT);
}
