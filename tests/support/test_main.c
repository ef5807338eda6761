/* SPDX-License-Identifier: MIT */
#include "support/test_main.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "xbits/log.h"

#define DEFAULT_SEED UINT64_C(20260101)

/* One test on its way through cmocka, which hands it from setup to body to teardown. */
struct test_run {
    const struct CMUnitTest *test;
    void *state;    /* What the test itself knows as its state. */
    bool is_passed; /* The body came back: a failed assertion jumps out of it. */
};

/* skip() jumps out of the body too, and has no other way to tell. */
static bool is_skipped;

void test_skipped(void)
{
    is_skipped = true;
}

uint64_t test_seed(void)
{
    const char *given = getenv("XBITS_SEED");
    uint64_t seed = DEFAULT_SEED;

    if (given != NULL && !text_parse_u64(given, UINT64_MAX, &seed)) {
        fprintf(stderr, "XBITS_SEED: \"%s\" is no decimal number\n", given);
        abort();
    }
    return seed;
}

static void mark_of(const struct test_run *run, char mark[160])
{
    snprintf(mark, 160, "engine: test %.120s", run->test->name);
}

struct log_tail {
    char mark[160];
    bool is_past_mark;
};

static bool print_line(const char *line, void *user)
{
    struct log_tail *tail = user;

    if (tail->is_past_mark)
        print_error("  log: %s\n", line);
    if (strcmp(line, tail->mark) == 0)
        tail->is_past_mark = true;
    return true;
}

/* A test that logged more than the ring holds has overwritten its mark: then all of it is its own.
 */
static bool find_mark(const char *line, void *user)
{
    struct log_tail *tail = user;

    tail->is_past_mark = strcmp(line, tail->mark) != 0;
    return tail->is_past_mark;
}

static void explain_failure(const struct test_run *run)
{
    struct log_tail tail = { .is_past_mark = true };

    mark_of(run, tail.mark);
    xbits_log_read(find_mark, &tail);
    xbits_log_read(print_line, &tail);
    print_error("  repeat it with XBITS_SEED=%llu\n", (unsigned long long)test_seed());
}

static int begin_run(void **state)
{
    struct test_run *run = *state;

    log_line(LOG_ENGINE, "test %.120s", run->test->name);
    is_skipped = false;
    run->state = run->test->initial_state;
    return run->test->setup_func != NULL ? run->test->setup_func(&run->state) : 0;
}

static void run_body(void **state)
{
    struct test_run *run = *state;

    run->test->test_func(&run->state);
    run->is_passed = true;
}

static int end_run(void **state)
{
    struct test_run *run = *state;

    if (!run->is_passed && !is_skipped)
        explain_failure(run);
    return run->test->teardown_func != NULL ? run->test->teardown_func(&run->state) : 0;
}

int run_test_list(const char *name, const struct CMUnitTest *tests, size_t count)
{
    struct CMUnitTest *wrapped = calloc(count, sizeof(*wrapped));
    struct test_run *runs = calloc(count, sizeof(*runs));
    int failures = -1;

    if (wrapped == NULL || runs == NULL)
        goto cleanup;
    for (size_t i = 0; i < count; i++) {
        runs[i].test = &tests[i];
        wrapped[i] = (struct CMUnitTest){ tests[i].name, run_body, begin_run, end_run, &runs[i] };
    }
    failures = _cmocka_run_group_tests(name, wrapped, count, NULL, NULL);
cleanup:
    free(runs);
    free(wrapped);
    return failures;
}
