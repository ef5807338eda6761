/* SPDX-License-Identifier: MIT */
#include "conformance/top60.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK_COUNT 60

/* What is not claimed; every other check is. */
static const struct open_check {
    unsigned number;
    bool is_begun; /* Part of it has tests. */
    const char *missing;
} open_checks[] = {
    { 24, false, "changing remote names, and uploads" },
    { 25, false, "reply files" },
    { 29, false, "custom headers" },
    { 30, false, "custom headers" },
    { 31, false, "credentials" },
    { 35, true, "credentials: Resume with them after 401" },
    { 36, true, "dynamic content" },
    { 44, false, "uploads do not transfer yet" },
    { 45, false, "ranges of a file" },
    { 49, false, "bandwidth policy" },
    { 56, true, "helper tokens, high-performance and dynamic jobs" },
    { 58, false, "validation" },
    { 59, false, "high performance, dynamic content and cost" },
    { 60, true, "taking ownership" },
};

static const struct open_check *find_open(unsigned number)
{
    for (size_t i = 0; i < sizeof open_checks / sizeof open_checks[0]; i++)
        if (open_checks[i].number == number)
            return &open_checks[i];
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

static bool names(const char *checks, unsigned number)
{
    const char *top = strstr(checks, "top ");

    return top != NULL && list_has(top + strlen("top "), number);
}

static size_t print_tests(const struct conformance_suites *suites, unsigned number)
{
    size_t count = 0;

    for (size_t i = 0; i < suites->count; i++) {
        const struct conformance_suite *suite = suites->suites[i];

        for (size_t k = 0; k < suite->count; k++) {
            if (!names(suite->tests[k].checks, number))
                continue;
            printf("    %s: %s\n", suite->theme, suite->tests[k].name);
            count++;
        }
    }
    return count;
}

static bool print_check(const struct conformance_suites *suites, unsigned number)
{
    const struct open_check *missing = find_open(number);
    bool has_tests = missing == NULL || missing->is_begun;
    size_t count;

    printf("%u%s%s\n", number,
           missing == NULL ? "" : ": not yet: ", missing == NULL ? "" : missing->missing);
    count = print_tests(suites, number);
    if (has_tests == (count > 0))
        return true;
    printf("    %s\n", has_tests ? "WRONG: no test names it" : "WRONG: it has tests");
    return false;
}

bool top60_print(const struct conformance_suites *suites)
{
    bool is_right = true;

    for (unsigned number = 1; number <= CHECK_COUNT; number++)
        if (!print_check(suites, number))
            is_right = false;
    return is_right;
}
