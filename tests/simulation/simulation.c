/* SPDX-License-Identifier: MIT */
#include "simulation/simulation.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

bool has_failed(const struct simulation *simulation)
{
    return simulation->failure.length > 0;
}

/* FNV-1a */
static uint64_t hash(uint64_t value, const char *text)
{
    for (; *text != '\0'; text++)
        value = (value ^ (unsigned char)*text) * UINT64_C(0x100000001B3);
    return value;
}

void trace(struct simulation *simulation, const char *format, ...)
{
    char line[2048];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    simulation->trace = hash(simulation->trace, line);
    if (simulation->is_verbose)
        printf("%3u %s\n", simulation->step, line);
}

bool claim(struct simulation *simulation, bool is_true, const char *format, ...)
{
    char what[512];
    va_list arguments;

    if (is_true || has_failed(simulation))
        return is_true;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    if (XBITS_FAILED(text_format(&simulation->failure, "seed %" PRIu64 ", step %u: %s",
                                 simulation->seed, simulation->step, what)))
        abort();
    return false;
}

uint32_t pick(struct simulation *simulation, uint32_t bound)
{
    return (uint32_t)random_below(&simulation->random, bound);
}

unsigned simulation_steps(unsigned otherwise)
{
    const char *text = getenv("XBITS_SIMULATION_STEPS");
    uint64_t count = otherwise;

    if (text != NULL && !text_parse_u64(text, UINT32_MAX, &count))
        abort();
    return (unsigned)count;
}

void simulation_show_shortest(simulation_run *run, uint64_t seed, unsigned most)
{
    struct text failure = { 0 };
    unsigned steps = 0;
    uint64_t trace;

    while (steps < most && run(seed, steps, false, &trace, &failure))
        steps++;
    printf("%u steps are enough: %s\n", steps, text_c(&failure));
    text_dispose(&failure);
}
