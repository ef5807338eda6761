/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_TEST_MAIN_H
#define SUPPORT_TEST_MAIN_H

#include <stdint.h>

#include "support/cmocka.h"

/*
 * The body of a test program's main: runs the tests of an array as cmocka does, and after one that
 * fails prints the lines it logged and the seed to repeat it with. Returns the number of failures.
 */
#undef run_tests /* cmocka's own, which it deprecates. */
#define run_tests(name, tests) run_test_list((name), (tests), sizeof(tests) / sizeof((tests)[0]))
int run_test_list(const char *name, const struct CMUnitTest *tests, size_t count);

/* skip() that explains nothing, because nothing has failed. */
#undef skip
#define skip() (test_skipped(), _skip(__FILE__, __LINE__))
void test_skipped(void);

/* What chance begins with: $XBITS_SEED, else always the same number. */
uint64_t test_seed(void);

#endif
