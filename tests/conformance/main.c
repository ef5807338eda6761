/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "conformance/claims.h"
#include "conformance/conformance.h"
#include "support/test_main.h"

/* usage: test_conformance sim.script|sim.http [part of a test's name]; or list, top60, wmp */

static const struct harness *const harnesses[] = { &harness_script, &harness_http };

static const struct conformance_suite *const suites[] = {
    &create_suite,
    &files_suite,
    &properties_suite,
    &states_suite,
    &transfer_suite,
    &resume_suite,
    &wire_suite,
    &errors_suite,
    &retry_suite,
    &network_suite,
    &complete_suite,
    &redirects_suite,
    &scheduling_suite,
    &clock_suite,
    &changes_suite,
    &threads_suite,
    &quirks_suite,
    &restart_suite,
    &notifications_suite,
    &notify_command_suite,
    &access_suite,
    &visits_suite,
    &limits_suite,
    &uploads_suite,
    &held_suite,
    &complete_failures_suite,
    &changed_files_suite,
    &inactivity_suite,
    &wmp_adopt_suite,
    &wmp_refuse_suite,
    &wmp_complete_suite,
    &wmp_library_suite,
    &wmp_states_suite,
    &wmp_pages_suite,
    &wmp_producer_suite,
    &wmp_session_suite,
    &wmp_download_collections_suite,
    &wmp_download_start_suite,
    &wmp_download_states_suite,
    &wmp_download_files_suite,
    &wmp_download_session_suite,
    &wmp_external_suite,
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* One test under one harness: what cmocka hands around. */
struct run {
    struct harness *harness;
    const struct conformance_test *test;
};

static bool is_possible(const struct run *run)
{
    return (run->test->needs & ~run->harness->offers) == 0;
}

static int begin(void **state)
{
    const struct run *run = *state;

    if (is_possible(run))
        harness_begin(run->harness);
    return 0;
}

static void body(void **state)
{
    const struct run *run = *state;

    if (!is_possible(run))
        skip();
    run->test->body(run->harness);
}

static int end(void **state)
{
    const struct run *run = *state;

    if (is_possible(run))
        harness_end(run->harness);
    return 0;
}

static size_t count_tests(void)
{
    size_t count = 0;

    for (size_t i = 0; i < COUNT(suites); i++)
        count += suites[i]->count;
    return count;
}

/* Fills one row a test. Returns how many the filter lets through. */
static size_t list_tests(struct harness *harness, const char *filter, struct run *runs,
                         struct CMUnitTest *tests)
{
    size_t count = 0;

    for (size_t i = 0; i < COUNT(suites); i++) {
        for (size_t k = 0; k < suites[i]->count; k++) {
            const struct conformance_test *test = &suites[i]->tests[k];

            if (filter != NULL && strstr(test->name, filter) == NULL)
                continue;
            runs[count] = (struct run){ harness, test };
            tests[count] = (struct CMUnitTest){ test->name, body, begin, end, &runs[count] };
            count++;
        }
    }
    return count;
}

static int run_all(struct harness *harness, const char *filter)
{
    size_t most = count_tests();
    struct run *runs = calloc(most, sizeof *runs);
    struct CMUnitTest *tests = calloc(most, sizeof *tests);
    int failed = 1;

    if (runs != NULL && tests != NULL)
        failed = run_test_list(harness->name, tests, list_tests(harness, filter, runs, tests));
    free(tests);
    free(runs);
    return failed;
}

/* Each test with its theme and the sections it checks. */
static void print_list(void)
{
    for (size_t i = 0; i < COUNT(suites); i++) {
        for (size_t k = 0; k < suites[i]->count; k++)
            printf("%s: %s (%s)\n", suites[i]->theme, suites[i]->tests[k].name,
                   suites[i]->tests[k].checks);
    }
}

/* "sim.script", or "sim.script.kept" for queues in directories. */
static bool find_harness(const char *name, struct harness *harness_out)
{
    for (size_t i = 0; i < COUNT(harnesses); i++) {
        size_t length = strlen(harnesses[i]->name);

        if (strncmp(name, harnesses[i]->name, length) != 0)
            continue;
        *harness_out = *harnesses[i];
        if (strcmp(name + length, ".kept") == 0)
            *harness_out = harness_kept(harnesses[i], name);
        else if (name[length] != '\0')
            continue;
        return true;
    }
    return false;
}

int main(int argc, char **argv)
{
    struct harness harness;

    if (argc >= 2 && find_harness(argv[1], &harness)) {
        if (geteuid() != 0)
            harness.offers |= IS_UNPRIVILEGED;
        return run_all(&harness, argc > 2 ? argv[2] : NULL) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
    }
    if (argc == 2 && strcmp(argv[1], "list") == 0) {
        print_list();
        return EXIT_SUCCESS;
    }
    if (argc == 2) {
        struct conformance_suites all = { suites, COUNT(suites) };
        enum claims_verdict verdict = claims_print(argv[1], &all);

        if (verdict != CLAIMS_UNKNOWN)
            return verdict == CLAIMS_RIGHT ? EXIT_SUCCESS : EXIT_FAILURE;
    }
    fprintf(stderr,
            "usage: %s sim.script|sim.http[.kept] [part of a test's name], or %s list|top60|wmp\n",
            argv[0], argv[0]);
    return 2;
}
