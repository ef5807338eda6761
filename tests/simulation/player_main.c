/* SPDX-License-Identifier: MIT */
#include "simulation/player_trade.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/*
 * usage: test_simulation_player [number of seeds], else XBITS_SIMULATION_SEEDS of them, else so
 * many as stand here. XBITS_SEED=n runs that seed alone and shows it, XBITS_SIMULATION_STEPS=n lets
 * it have only so many steps.
 */
#define SEED_COUNT 40
#define STEP_COUNT 120

static bool run_twice(uint64_t seed, bool is_verbose)
{
    struct text failure = { 0 };
    uint64_t first = 0;
    uint64_t second = 0;

    if (!trade_run(seed, simulation_steps(STEP_COUNT), is_verbose, &first, &failure)) {
        printf("%s\nrepeat it with XBITS_SEED=%" PRIu64 "\n", text_c(&failure), seed);
        text_dispose(&failure);
        simulation_show_shortest(trade_run, seed, STEP_COUNT);
        return false;
    }
    if (trade_run(seed, simulation_steps(STEP_COUNT), false, &second, NULL) && first == second)
        return true;
    printf("seed %" PRIu64 " does not give the same trace twice\n", seed);
    return false;
}

static int usage(const char *program)
{
    fprintf(stderr,
            "usage: [XBITS_SEED=n] [XBITS_SIMULATION_SEEDS=n] [XBITS_SIMULATION_STEPS=n] "
            "%s [number of seeds]\n",
            program);
    return 2;
}

int main(int argc, char **argv)
{
    const char *only = getenv("XBITS_SEED");
    const char *wanted = argc == 2 ? argv[1] : getenv("XBITS_SIMULATION_SEEDS");
    uint64_t count = SEED_COUNT;
    uint64_t failed = 0;
    uint64_t seed = 0;

    if (argc > 2 || (wanted != NULL && !text_parse_u64(wanted, UINT32_MAX, &count)))
        return usage(argv[0]);
    if (only != NULL && !text_parse_u64(only, UINT64_MAX, &seed))
        return usage(argv[0]);
    if (only != NULL)
        return run_twice(seed, true) ? EXIT_SUCCESS : EXIT_FAILURE;
    for (seed = 1; seed <= count; seed++)
        failed += run_twice(seed, false) ? 0 : 1;
    printf("%" PRIu64 " seeds, %" PRIu64 " failed\n", count, failed);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
