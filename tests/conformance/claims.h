/* SPDX-License-Identifier: MIT */
#ifndef CONFORMANCE_CLAIMS_H
#define CONFORMANCE_CLAIMS_H

#include "conformance/conformance.h"

/* The numbered checks of the specification, as far as they are claimed to hold. */
struct conformance_suites {
    const struct conformance_suite *const *suites;
    size_t count;
};

enum claims_verdict { CLAIMS_RIGHT, CLAIMS_WRONG, CLAIMS_UNKNOWN };

/*
 * Prints each check of a list, what is missing of it, and the tests that name it in their row.
 * "top60": the 60 checks that matter most (bits-client 15), named "top 16, 17", "top 32-35".
 * "wmp": the checks of the Player's side (wmp-store 10, errata 2.7), named "W1", "W2, W5".
 * CLAIMS_WRONG when a check that is claimed has none, or one that is not claimed has some;
 * CLAIMS_UNKNOWN when there is no such list.
 */
enum claims_verdict claims_print(const char *list, const struct conformance_suites *suites);

#endif
