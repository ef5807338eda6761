/* SPDX-License-Identifier: MIT */
#include "conformance/steps_notify.h"

#include <stdio.h>

#include "support/assert_result.h"

struct xbits_job *good_job(struct harness *harness, uint32_t files)
{
    static const struct served good = { .path = "/good.bin", .size = 3000, .pattern = 5 };
    struct xbits_job *job = new_job(harness);

    harness_serve(harness, &good);
    for (uint32_t i = 0; i < files; i++) {
        char name[32];

        snprintf(name, sizeof name, "%zu-%u.bin", harness->job_count, (unsigned)i);
        add_file(harness, job, good.path, name);
    }
    return job;
}

struct xbits_notification told_at(struct harness *harness, uint64_t wait_ms, const char *file,
                                  int line)
{
    struct xbits_notification told;

    XBITS_INIT(&told);
    assert_result_at(XBITS_S_OK, xbits_manager_next_notification(harness->manager, wait_ms, &told),
                     "xbits_manager_next_notification", file, line);
    return told;
}

void expect_nothing_told_at(struct harness *harness, uint64_t wait_ms, const char *file, int line)
{
    struct xbits_notification told;

    XBITS_INIT(&told);
    assert_result_at(XBITS_S_FALSE,
                     xbits_manager_next_notification(harness->manager, wait_ms, &told),
                     "xbits_manager_next_notification", file, line);
}

void expect_told_at(const struct xbits_notification *told, enum xbits_notification_kind kind,
                    uint32_t index, const char *file, int line)
{
    if (told->kind == kind && told->file == index)
        return;
    print_error("told kind %d of file %u\n", (int)told->kind, (unsigned)told->file);
    _fail(file, line);
}

void answer_next_at(struct harness *harness, enum xbits_notification_kind kind, uint32_t index,
                    const char *file, int line)
{
    struct xbits_notification told = told_at(harness, REACH_LIMIT_MS, file, line);

    expect_told_at(&told, kind, index, file, line);
    assert_result_at(XBITS_S_OK, xbits_notification_answer(harness->manager, told.id, XBITS_S_OK),
                     "xbits_notification_answer", file, line);
}
