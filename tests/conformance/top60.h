/* SPDX-License-Identifier: MIT */
#ifndef CONFORMANCE_TOP60_H
#define CONFORMANCE_TOP60_H

#include "conformance/conformance.h"

/* The 60 checks that matter most (bits-client 15), as far as they are claimed to hold. */
struct conformance_suites {
    const struct conformance_suite *const *suites;
    size_t count;
};

/*
 * Prints each check, what is missing of it, and the tests that name it in their row ("top 16, 17",
 * "top 32-35"). False when a check that is claimed has none, or one that is not claimed has some.
 */
bool top60_print(const struct conformance_suites *suites);

#endif
