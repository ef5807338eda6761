/* SPDX-License-Identifier: MIT */
#ifndef NOTIFY_STEPS_H
#define NOTIFY_STEPS_H

#include "backend-sim/engine/notify.h"
#include "engine_driver.h"

/* What tests of notifications are made of; one driver a test. */
#define RETRY_MS  600000u /* MinimumRetryDelay as it is. */
#define REPEAT_MS 60000u

extern struct driver driver;
/* Two subscribers: nothing but addresses to the engine. */
extern const char me;
extern const char other;

int begin(void **state);
int end(void **state);
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

struct engine_job *new_job(uint32_t files);
void set(struct engine_job *job, enum xbits_job_property property, struct xbits_value value);
void set_flags(struct engine_job *job, uint32_t flags);
void set_command(struct engine_job *job);
void subscribe(struct engine_job *job);
/* Runs the job into TRANSFERRED, into ERROR. */
void finish(struct engine_job *job);
void break_it(struct engine_job *job);
void answer(uint64_t id, xbits_result result);

/* The next notification is this one; returns its id. */
uint64_t expect_at(const void *subscriber, enum xbits_notification_kind kind, uint32_t file,
                   int line);
#define expect(kind, file) expect_at(&me, XBITS_NOTIFICATION_##kind, file, __LINE__)
#define expect_job(kind)   expect_at(&me, XBITS_NOTIFICATION_##kind, XBITS_FILE_NONE, __LINE__)
void expect_none_at(const void *subscriber, int line);
#define expect_none() expect_none_at(&me, __LINE__)

#endif
