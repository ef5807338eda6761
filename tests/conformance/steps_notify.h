/* SPDX-License-Identifier: MIT */
#ifndef CONFORMANCE_STEPS_NOTIFY_H
#define CONFORMANCE_STEPS_NOTIFY_H

#include "conformance/steps.h"

/* Arrange: a job of so many small files that are served well. */
struct xbits_job *good_job(struct harness *harness, uint32_t files);

/* What the manager is told next, at most REACH_LIMIT_MS from now; without letting time pass. */
#define next_told(harness)   told_at(harness, REACH_LIMIT_MS, __FILE__, __LINE__)
#define told_by_now(harness) told_at(harness, 0, __FILE__, __LINE__)
struct xbits_notification told_at(struct harness *harness, uint64_t wait_ms, const char *file,
                                  int line);

/* Assert. */
#define assert_nothing_told(harness, wait_ms)                                                      \
    expect_nothing_told_at(harness, wait_ms, __FILE__, __LINE__)
void expect_nothing_told_at(struct harness *harness, uint64_t wait_ms, const char *file, int line);
#define assert_told(told, kind, file)                                                              \
    expect_told_at(told, XBITS_NOTIFICATION_##kind, file, __FILE__, __LINE__)
void expect_told_at(const struct xbits_notification *told, enum xbits_notification_kind kind,
                    uint32_t index, const char *file, int line);

/* The next one is this, and is answered well. */
#define answer_next(harness, kind, file)                                                           \
    answer_next_at(harness, XBITS_NOTIFICATION_##kind, file, __FILE__, __LINE__)
void answer_next_at(struct harness *harness, enum xbits_notification_kind kind, uint32_t index,
                    const char *file, int line);

#endif
