/* SPDX-License-Identifier: MIT */
#include "conformance/claims.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is not claimed; every other check is. */
struct open_checks {
    unsigned first;
    unsigned last;
    bool is_begun; /* Part of them has tests. */
    const char *missing;
};

static const struct open_checks open_top60[] = {
    { 24, 24, false, "changing remote names, and uploads" },
    { 25, 25, false, "reply files" },
    { 29, 30, false, "custom headers" },
    { 31, 31, false, "credentials" },
    { 35, 35, true, "credentials: Resume with them after 401" },
    { 36, 36, true, "dynamic content" },
    { 44, 44, false, "uploads do not transfer yet" },
    { 45, 45, false, "ranges of a file" },
    { 49, 49, false, "bandwidth policy" },
    { 56, 56, true, "helper tokens, high-performance and dynamic jobs" },
    { 58, 58, false, "validation" },
    { 59, 59, false, "high performance, dynamic content and cost" },
    { 60, 60, true, "taking ownership" },
};

static const struct open_checks open_wmp[] = {
    { 37, 39, false, "stores and their plug-ins" },
    { 41, 44, false, "hosting of store pages" },
    { 49, 53, false, "stores and their plug-ins" },
};

struct claims {
    const char *name;
    const char *tag;   /* What a row writes before the numbers. */
    const char *shown; /* What is printed before each. */
    unsigned check_count;
    const struct open_checks *open;
    size_t open_count;
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct claims all_claims[] = {
    { "top60", "top ", "", 60, open_top60, COUNT(open_top60) },
    { "wmp", "W", "W", 55, open_wmp, COUNT(open_wmp) },
};

static const struct open_checks *find_open(const struct claims *claims, unsigned number)
{
    for (size_t i = 0; i < claims->open_count; i++)
        if (number >= claims->open[i].first && number <= claims->open[i].last)
            return &claims->open[i];
    return NULL;
}

/* "16, 17; 2.5" or "32-35; 5.3": does the list at the start of text contain the number? */
static bool list_has(const char *text, unsigned number)
{
    for (;;) {
        char *end;
        unsigned long first = strtoul(text, &end, 10);
        unsigned long last = *end == '-' ? strtoul(end + 1, &end, 10) : first;

        if (number >= first && number <= last)
            return true;
        if (strncmp(end, ", ", 2) != 0)
            return false;
        text = end + 2;
    }
}

static bool names(const struct claims *claims, const char *checks, unsigned number)
{
    const char *tag = strstr(checks, claims->tag);

    while (tag != NULL) {
        const char *list = tag + strlen(claims->tag);

        if (list_has(list, number))
            return true;
        tag = strstr(list, claims->tag);
    }
    return false;
}

static size_t print_tests(const struct claims *claims, const struct conformance_suites *suites,
                          unsigned number)
{
    size_t count = 0;

    for (size_t i = 0; i < suites->count; i++) {
        const struct conformance_suite *suite = suites->suites[i];

        for (size_t k = 0; k < suite->count; k++) {
            if (!names(claims, suite->tests[k].checks, number))
                continue;
            printf("    %s: %s\n", suite->theme, suite->tests[k].name);
            count++;
        }
    }
    return count;
}

static bool print_check(const struct claims *claims, const struct conformance_suites *suites,
                        unsigned number)
{
    const struct open_checks *missing = find_open(claims, number);
    bool has_tests = missing == NULL || missing->is_begun;
    size_t count;

    printf("%s%u%s%s\n", claims->shown, number,
           missing == NULL ? "" : ": not yet: ", missing == NULL ? "" : missing->missing);
    count = print_tests(claims, suites, number);
    if (has_tests == (count > 0))
        return true;
    printf("    %s\n", has_tests ? "WRONG: no test names it" : "WRONG: it has tests");
    return false;
}

static enum claims_verdict print_all(const struct claims *claims,
                                     const struct conformance_suites *suites)
{
    enum claims_verdict verdict = CLAIMS_RIGHT;

    for (unsigned number = 1; number <= claims->check_count; number++)
        if (!print_check(claims, suites, number))
            verdict = CLAIMS_WRONG;
    return verdict;
}

enum claims_verdict claims_print(const char *list, const struct conformance_suites *suites)
{
    for (size_t i = 0; i < COUNT(all_claims); i++)
        if (strcmp(list, all_claims[i].name) == 0)
            return print_all(&all_claims[i], suites);
    return CLAIMS_UNKNOWN;
}
