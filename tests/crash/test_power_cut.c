/* SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "crash/trial.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#include <stdlib.h>

/* XBITS_CRASH_SEEDS=n: so many seeds for each scenario. */
#define SEEDS 1

static const enum step whole[] = { STEP_OPEN,     STEP_CREATE,   STEP_ADD,    STEP_ADD,
                                   STEP_ADD,      STEP_DESCRIBE, STEP_RESUME, STEP_TRANSFER,
                                   STEP_COMPLETE, STEP_CLOSE };
static const enum step cancelled[] = { STEP_OPEN,    STEP_CREATE, STEP_ADD,     STEP_ADD,
                                       STEP_RESUME,  STEP_PASS,   STEP_SUSPEND, STEP_PASS,
                                       STEP_CLOSE,   STEP_OPEN,   STEP_RESUME,  STEP_PASS,
                                       STEP_SUSPEND, STEP_CANCEL, STEP_CLOSE };
static const enum step partial[] = { STEP_OPEN,   STEP_CREATE, STEP_ADD,      STEP_ADD,
                                     STEP_RESUME, STEP_PASS,   STEP_COMPLETE, STEP_CLOSE };

#define SCENARIO(steps, completed)                                                                 \
    {                                                                                              \
#steps, steps, sizeof(steps) / sizeof((steps)[0]), completed                               \
    }
static const struct scenario scenarios[] = { SCENARIO(whole, 3), SCENARIO(cancelled, 0),
                                             SCENARIO(partial, 1) };

/* False when the scenario came to its end before the power went. */
static bool try_one(const struct scenario *scenario, uint64_t seed, uint64_t operation,
                    enum disk_power_end end)
{
    struct trial trial = { .scenario = scenario, .seed = seed, .operation = operation, .end = end };
    bool was_off;

    trial_begin(&trial);
    was_off = disk_power_is_off(trial.disk);
    trial_recover(&trial);
    trial_dispose(&trial);
    return was_off;
}

static uint64_t seed_count(void)
{
    const char *text = getenv("XBITS_CRASH_SEEDS");
    uint64_t count = SEEDS;

    if (text != NULL)
        assert_true(text_parse_u64(text, UINT32_MAX, &count));
    return count;
}

static void end_everywhere(enum disk_power_end end, const char *what)
{
    uint64_t seeds = seed_count();

    for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++) {
        uint64_t count = 0;

        for (uint64_t seed = 1; seed <= seeds; seed++) {
            uint64_t operation = 1;

            while (try_one(&scenarios[i], seed, operation, end))
                operation++;
            count += operation - 1;
        }
        print_message("%s: %u %s\n", scenarios[i].name, (unsigned)count, what);
        assert_true(count > 100);
    }
}

static void the_power_may_go_after_any_operation(void **state)
{
    (void)state;
    end_everywhere(DISK_POWER_CUT, "power cuts");
}

static void the_process_may_be_killed_after_any_operation(void **state)
{
    (void)state;
    end_everywhere(DISK_POWER_KILL, "kills");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_process_may_be_killed_after_any_operation),
        cmocka_unit_test(the_power_may_go_after_any_operation),
    };

    return run_tests("power cut", tests);
}
