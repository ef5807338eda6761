/* SPDX-License-Identifier: MIT */
#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/thread.h"

#define RING_LINES 512
#define LINE_SIZE  240 /* A longer line loses its end. */

#define ALL_SCOPES ((1u << LOG_SCOPE_COUNT) - 1)
#define NOT_READ   (1u << LOG_SCOPE_COUNT) /* XBITS_TRACE has not been looked at. */

static const char *const scope_names[LOG_SCOPE_COUNT] = {
    [LOG_ENGINE] = "engine", [LOG_BACKEND] = "backend", [LOG_STORE] = "store",
    [LOG_HTTP] = "http",     [LOG_BITS] = "bits",       [LOG_DISK] = "disk",
    [LOG_CONFIG] = "config",
};

/* Guarded by mutex_of_log(). Line n, counted from 0 since the start, is at n % RING_LINES. */
static struct {
    char lines[RING_LINES][LINE_SIZE];
    uint64_t count;
} ring;

static atomic_uint traced = NOT_READ;

/* The bit of the scope whose name is the first length bytes of the text; 0 when there is none. */
static unsigned find_scope(const char *name, size_t length)
{
    if (length == strlen("all") && memcmp(name, "all", length) == 0)
        return ALL_SCOPES;
    for (unsigned i = 0; i < LOG_SCOPE_COUNT; i++) {
        if (strlen(scope_names[i]) == length && memcmp(scope_names[i], name, length) == 0)
            return 1u << i;
    }
    return 0;
}

static xbits_result parse_scopes(const char *scopes, unsigned *mask_out)
{
    unsigned mask = 0;

    while (*scopes != '\0') {
        size_t length = strcspn(scopes, ",");
        unsigned scope = find_scope(scopes, length);

        if (scope == 0) {
            return xbits_fail(XBITS_E_INVALIDARG,
                              "\"%.*s\" is no scope to trace; there are engine, backend, store, "
                              "http, bits, disk, config and all",
                              (int)(length < 60 ? length : 60), scopes);
        }
        mask |= scope;
        scopes += length;
        if (*scopes == ',')
            scopes++;
    }
    *mask_out = mask;
    return XBITS_S_OK;
}

/* Nobody called us with these names, so a wrong one is told where the lines would have gone. */
static unsigned read_environment(void)
{
    const char *scopes = getenv("XBITS_TRACE");
    struct xbits_error before = *xbits_last_error();
    unsigned mask = 0;

    if (scopes == NULL)
        return 0;
    if (XBITS_FAILED(parse_scopes(scopes, &mask))) {
        fprintf(stderr, "xbits: XBITS_TRACE: %s\n", xbits_last_error()->message);
        if (XBITS_FAILED(before.result))
            xbits_fail_again(&before);
    }
    return mask;
}

/* Two threads may both be the first: they read the same, and one of them wins. */
static unsigned traced_scopes(void)
{
    unsigned mask = atomic_load_explicit(&traced, memory_order_relaxed);

    if ((mask & NOT_READ) != 0) {
        unsigned read = read_environment();

        if (atomic_compare_exchange_strong(&traced, &mask, read))
            mask = read;
    }
    return mask;
}

bool log_is_traced(enum log_scope scope)
{
    return (traced_scopes() & 1u << scope) != 0;
}

void log_line(enum log_scope scope, const char *format, ...)
{
    char whole[2 * LINE_SIZE]; /* What it cuts, it cuts where the line does not reach. */
    char line[LINE_SIZE];
    int length = snprintf(whole, sizeof(whole), "%s: ", scope_names[scope]);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(whole + length, sizeof(whole) - (size_t)length, format, arguments);
    va_end(arguments);
    text_make_printable(text_copy_into(line, sizeof(line), whole));
    mutex_lock(mutex_of_log());
    memcpy(ring.lines[ring.count % RING_LINES], line, sizeof(line));
    ring.count++;
    mutex_unlock(mutex_of_log());
    if (log_is_traced(scope))
        fprintf(stderr, "%s\n", line);
}

static uint64_t count_lines(void)
{
    uint64_t count;

    mutex_lock(mutex_of_log());
    count = ring.count;
    mutex_unlock(mutex_of_log());
    return count;
}

/* Copies line *number, or the oldest that is left when it has been overwritten. */
static void read_line(uint64_t *number, char line[LINE_SIZE])
{
    mutex_lock(mutex_of_log());
    if (ring.count - *number > RING_LINES)
        *number = ring.count - RING_LINES;
    memcpy(line, ring.lines[*number % RING_LINES], LINE_SIZE);
    mutex_unlock(mutex_of_log());
}

/* The visitor runs without the lock, because it may log. It is shown what was there when it came.
 */
void xbits_log_read(xbits_log_visit *visit, void *user)
{
    char line[LINE_SIZE];
    uint64_t end = count_lines();

    for (uint64_t number = 0; number < end; number++) {
        read_line(&number, line);
        if (number >= end || !visit(line, user))
            return;
    }
}

xbits_result xbits_log_trace(const char *scopes)
{
    unsigned mask;

    TRY(parse_scopes(scopes, &mask));
    atomic_store(&traced, mask);
    return XBITS_S_OK;
}
