/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_ASSERT_RESULT_H
#define SUPPORT_ASSERT_RESULT_H

#include "support/cmocka.h"
#include "xbits/result.h"

/* The call answers XBITS_S_OK and no other success. */
#define assert_ok(call) assert_result(XBITS_S_OK, call)

/* The call answers this success: XBITS_S_FALSE, XBITS_BG_S_PARTIAL_COMPLETE. */
#define assert_result(expected, call)                                                              \
    assert_result_at((expected), (assert_result_begin(), (call)), #call, __FILE__, __LINE__)

/* The call fails with this result, and says why in xbits_last_error(). */
#define assert_fails(expected, call)                                                               \
    assert_fails_at((expected), (assert_result_begin(), (call)), #call, __FILE__, __LINE__)

/* The message of the last failure contains the text. */
#define assert_message(part) assert_message_at((part), __FILE__, __LINE__)

/* For the macros. The first makes an old failure visible as one: it puts another in its place. */
void assert_result_begin(void);
void assert_result_at(xbits_result expected, xbits_result got, const char *call, const char *file,
                      int line);
void assert_fails_at(xbits_result expected, xbits_result got, const char *call, const char *file,
                     int line);
void assert_message_at(const char *part, const char *file, int line);

#endif
