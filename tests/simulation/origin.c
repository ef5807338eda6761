/* SPDX-License-Identifier: MIT */
#include "simulation/simulation.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "wire/resource.h"

/* A version's size ends in its number, so that two versions of a resource always differ in size. */
#define VERSION_BITS 5

static uint64_t choose_size(struct simulation *simulation, size_t version)
{
    static const uint32_t bounds[] = { 4, 64, 64, 1000, 1000, 1000, 9000 };
    uint32_t bound = bounds[pick(simulation, sizeof bounds / sizeof bounds[0])];

    return (uint64_t)pick(simulation, bound) << VERSION_BITS | version;
}

static const struct version *add_version(struct simulation *simulation, unsigned resource)
{
    struct resource_history *history = &simulation->resources[resource];
    struct version *version;

    /* When all numbers are used up the last version stays. */
    if (history->count == VERSION_MAXIMUM)
        return &history->versions[VERSION_MAXIMUM - 1];
    version = &history->versions[history->count];
    version->size = choose_size(simulation, history->count);
    version->pattern = 1 + resource * VERSION_MAXIMUM + history->count;
    history->count++;
    return version;
}

typedef xbits_result add_fault(struct simulation *simulation, struct text *ini);

static xbits_result fault_none(struct simulation *simulation, struct text *ini)
{
    (void)simulation;
    (void)ini;
    return XBITS_S_OK;
}

static xbits_result fault_status(struct simulation *simulation, struct text *ini)
{
    static const int statuses[] = { 404, 503, 500, 408, 501, 403, 302 };

    return text_format(ini, "status = %d\nfail_times = %" PRIu32 "\n",
                       statuses[pick(simulation, sizeof statuses / sizeof statuses[0])],
                       pick(simulation, 4));
}

static xbits_result fault_head(struct simulation *simulation, struct text *ini)
{
    return text_format(ini, "head_status = %d\n", pick(simulation, 2) == 0 ? 405 : 503);
}

static xbits_result fault_cut(struct simulation *simulation, struct text *ini)
{
    return text_format(ini, "cut_after = %" PRIu32 "\ncut_times = %" PRIu32 "\n",
                       1 + pick(simulation, 20000), pick(simulation, 4));
}

static xbits_result fault_slow(struct simulation *simulation, struct text *ini)
{
    return text_format(ini, "rate = %" PRIu32 "\nlatency_ms = %" PRIu32 "\n",
                       1 + pick(simulation, 100000), pick(simulation, 45000));
}

static xbits_result fault_stall(struct simulation *simulation, struct text *ini)
{
    (void)simulation;
    return text_add(ini, "stalls = yes\n");
}

static xbits_result fault_feature(struct simulation *simulation, struct text *ini)
{
    static const char *const missing[] = { "ranges = no\n", "length = no\n", "validators = no\n",
                                           "version = 1.0\n", "version = 0.9\n" };

    return text_add(ini, missing[pick(simulation, sizeof missing / sizeof missing[0])]);
}

static xbits_result fault_connection(struct simulation *simulation, struct text *ini)
{
    static const char *const errors[] = { "resolve", "connect", "timeout", "reset", "tls" };

    return text_format(ini, "error = %s\nfail_times = %" PRIu32 "\n",
                       errors[pick(simulation, sizeof errors / sizeof errors[0])],
                       pick(simulation, 4));
}

static xbits_result fault_redirect(struct simulation *simulation, struct text *ini)
{
    return text_format(ini, "status = 302\nlocation = " ORIGIN_URL "\n",
                       (unsigned)pick(simulation, RESOURCE_COUNT));
}

/* Slow and breaking ones more than once: there most of the moves are. */
static add_fault *const faults[] = { fault_none,  fault_none,    fault_slow,       fault_slow,
                                     fault_slow,  fault_slow,    fault_cut,        fault_cut,
                                     fault_cut,   fault_status,  fault_status,     fault_head,
                                     fault_stall, fault_feature, fault_connection, fault_redirect };

static xbits_result add_resource(struct simulation *simulation, struct text *ini, unsigned resource,
                                 bool is_good)
{
    const struct version *version = add_version(simulation, resource);
    int64_t modified = CLOCK_VIRTUAL_START + (int64_t)version->pattern * CLOCK_TICKS_PER_S;
    add_fault *fault = faults[pick(simulation, sizeof faults / sizeof faults[0])];
    char date[32];

    TRY(text_format(ini,
                    "[resource r%u]\nurl = " ORIGIN_URL "\nsize = %" PRIu64 "\npattern = %" PRIu64
                    "\nlast_modified = %s\n",
                    resource, resource, version->size, version->pattern,
                    clock_format_http(modified, date)));
    return is_good ? XBITS_S_OK : fault(simulation, ini);
}

void origin_serve(struct simulation *simulation)
{
    xbits_result result = xbits_sim_set_origin(simulation->manager, text_c(&simulation->origin));

    claim(simulation, result == XBITS_S_OK, "the origin was refused: %s",
          xbits_last_error()->message);
}

void origin_change(struct simulation *simulation, bool is_good)
{
    struct text ini = { 0 };
    xbits_result result = XBITS_S_OK;

    for (unsigned i = 0; i < RESOURCE_COUNT && XBITS_SUCCEEDED(result); i++)
        result = add_resource(simulation, &ini, i, is_good);
    if (XBITS_FAILED(result))
        abort();
    text_dispose(&simulation->origin);
    simulation->origin = ini;
    trace(simulation, "the origin serves\n%s", text_c(&ini));
    origin_serve(simulation);
}

static bool is_begin(const struct version *version, const char *bytes, size_t size)
{
    char *expected = malloc(size + 1);
    bool is_equal;

    if (expected == NULL)
        abort();
    resource_pattern(version->pattern, 0, expected, size);
    is_equal = memcmp(expected, bytes, size) == 0;
    free(expected);
    return is_equal;
}

bool origin_has_begun(const struct simulation *simulation, uint64_t total, const char *bytes,
                      size_t size)
{
    bool is_known = false;

    for (size_t i = 0; i < RESOURCE_COUNT && !is_known; i++) {
        const struct resource_history *history = &simulation->resources[i];

        for (size_t k = 0; k < history->count && !is_known; k++)
            is_known =
                history->versions[k].size == total && is_begin(&history->versions[k], bytes, size);
    }
    return is_known;
}

bool origin_has_served(const struct simulation *simulation, const char *name)
{
    size_t size = 0;
    char *bytes = temp_directory_read(&simulation->directory, name, &size);
    bool is_known = origin_has_begun(simulation, size, bytes, size);

    free(bytes);
    return is_known;
}
