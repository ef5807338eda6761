/* SPDX-License-Identifier: MIT */
#ifndef XBITS_RESULT_LIST_H
#define XBITS_RESULT_LIST_H

#include "xbits/result_list_bits.h"
#include "xbits/result_list_http.h"
#include "xbits/result_list_network.h"
#include "xbits/result_list_system.h"

/*
 * Every result that xbits names: X(name, value, meaning). The name is Microsoft's in full, so that
 * searching for it finds Microsoft's pages; xbits/result.h makes the enumerators with XBITS_ before
 * it. One row a value: where Windows has two names for one number the better known one has the row
 * and xbits_result_parse knows the other. Causes and remedies: docs/results.md.
 */
#define XBITS_RESULT_LIST(X)                                                                       \
    XBITS_RESULT_LIST_SYSTEM(X)                                                                    \
    XBITS_RESULT_LIST_BITS(X)                                                                      \
    XBITS_RESULT_LIST_HTTP(X)                                                                      \
    XBITS_RESULT_LIST_NETWORK(X)

#endif
