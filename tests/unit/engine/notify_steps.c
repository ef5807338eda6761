/* SPDX-License-Identifier: MIT */
#include "notify_steps.h"

#include "support/assert_result.h"
#include "support/test_main.h"

const char me = 1;
const char other = 2;

struct driver driver;

int begin(void **state)
{
    (void)state;
    driver_init(&driver, NULL);
    return 0;
}

int end(void **state)
{
    (void)state;
    driver_dispose(&driver);
    return 0;
}

void set(struct engine_job *job, enum xbits_job_property property, struct xbits_value value)
{
    assert_ok(engine_set_property(driver.engine, job, property, &value, &driver.now));
}

void set_flags(struct engine_job *job, uint32_t flags)
{
    set(job, XBITS_JOB_NOTIFY_FLAGS, xbits_value_u32(flags));
}

void set_command(struct engine_job *job)
{
    struct xbits_value value = { .kind = XBITS_KIND_COMMAND,
                                 .as.command = { "/bin/true", "true a" } };

    set(job, XBITS_JOB_NOTIFY_COMMAND_LINE, value);
    driver_run(&driver);
}

void subscribe(struct engine_job *job)
{
    assert_ok(engine_subscribe(driver.engine, job, &me, &driver.now));
    driver_run(&driver);
}

struct engine_job *new_job(uint32_t files)
{
    return driver_job(&driver, XBITS_PRIORITY_NORMAL, files);
}

void finish(struct engine_job *job)
{
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_TRANSFERRED);
}

void break_it(struct engine_job *job)
{
    driver.head_status = 404;
    assert_ok(driver_ask(&driver, job, REQUEST_RESUME));
    assert_int_equal(driver_read(&driver, job).state, XBITS_STATE_ERROR);
    driver.head_status = 200;
}

uint64_t expect_at(const void *subscriber, enum xbits_notification_kind kind, uint32_t file,
                   int line)
{
    struct xbits_notification got;

    XBITS_INIT(&got);
    if (!engine_next_notification(driver.engine, subscriber, &driver.now, &got))
        fail_msg("line %d: nothing is due", line);
    if (got.kind != kind || got.file != file)
        fail_msg("line %d: kind %d of file %u", line, (int)got.kind, (unsigned)got.file);
    return got.id;
}

void expect_none_at(const void *subscriber, int line)
{
    struct xbits_notification got;

    XBITS_INIT(&got);
    if (engine_next_notification(driver.engine, subscriber, &driver.now, &got))
        fail_msg("line %d: kind %d is due", line, (int)got.kind);
}

void answer(uint64_t id, xbits_result result)
{
    assert_ok(engine_answer_notification(driver.engine, &me, id, result, &driver.now));
    driver_run(&driver);
}
