/* SPDX-License-Identifier: MIT */
#include "fake_backend.h"

#include <string.h>

#include "base/log.h"
#include "support/assert_result.h"
#include "support/test_main.h"

struct fixture {
    struct backend_connection *trace;
    struct fake *fake;
};

static void open_trace(struct fixture *fixture)
{
    struct xbits_options options;
    struct backend_connection *inner;
    struct xbits_id id;

    XBITS_INIT(&options);
    assert_ok(fake_backend.open(&options, &inner));
    assert_ok(inner->backend->create_job(inner, "job", XBITS_TYPE_DOWNLOAD, &id));
    assert_ok(backend_trace_wrap(inner, &fixture->trace));
    fixture->fake = (struct fake *)inner;
}

struct search {
    const char *part;
    bool is_found;
};

static bool look(const char *line, void *user)
{
    struct search *search = user;

    search->is_found = search->is_found || strstr(line, search->part) != NULL;
    return true;
}

static bool is_logged(const char *part)
{
    struct search search = { part, false };

    xbits_log_read(look, &search);
    return search.is_found;
}

static void every_call_reaches_its_own_slot_with_its_result(void **state)
{
    struct fixture fixture;
    const char *slot;

    (void)state;
    open_trace(&fixture);
    for (size_t i = 0; (slot = fake_slot_at(i)) != NULL; i++) {
        assert_ok(fake_call_slot(fixture.trace, i));
        assert_string_equal(fixture.fake->last_slot, slot);
    }
    fixture.trace->backend->close(fixture.trace);
}

static void a_line_names_engine_call_job_and_result(void **state)
{
    const struct xbits_value delay = xbits_value_u32(60);
    const struct xbits_id unknown = { .data1 = 0xABCD };
    struct fixture fixture;

    (void)state;
    open_trace(&fixture);
    fixture.trace->backend->ask(fixture.trace, &unknown, REQUEST_RESUME);
    fixture.trace->backend->set_job_property(fixture.trace, &unknown, XBITS_JOB_MINIMUM_RETRY_DELAY,
                                             &delay);

    assert_true(is_logged("fake: Resume {0000ABCD-0000-0000-0000-000000000000}: BG_E_NOT_FOUND"));
    assert_true(is_logged("fake: set minimum-retry-delay = 60 {0000ABCD"));
    fixture.trace->backend->close(fixture.trace);
}

static void a_secret_is_not_logged(void **state)
{
    const struct backend_credentials credentials = { 1, 1, "me", "hunter2" };
    const struct xbits_value headers = xbits_value_text("Cookie: hunter2\r\n");
    const struct xbits_id id = { .data1 = 1 };
    struct fixture fixture;

    (void)state;
    open_trace(&fixture);
    assert_ok(fixture.trace->backend->set_credentials(fixture.trace, &id, &credentials));
    assert_ok(fixture.trace->backend->set_job_property(fixture.trace, &id, XBITS_JOB_CUSTOM_HEADERS,
                                                       &headers));

    assert_true(is_logged("set custom-headers"));
    assert_false(is_logged("hunter2"));
    fixture.trace->backend->close(fixture.trace);
}

static void a_manager_is_traced_when_somebody_asks_for_it(void **state)
{
    struct xbits_manager *manager;
    struct xbits_job *job;

    (void)state;
    assert_ok(xbits_log_trace("backend"));
    assert_ok(fake_manager_open(NULL, &manager));
    assert_ok(xbits_log_trace(""));
    assert_ok(xbits_job_create(manager, "traced", XBITS_TYPE_DOWNLOAD, &job));
    assert_ok(xbits_job_suspend(job));
    assert_string_equal(xbits_manager_backend_name(manager), "fake");
    xbits_job_close(job);
    xbits_manager_close(manager);

    assert_true(is_logged("fake: Suspend"));
    assert_true(is_logged("fake: interrupt: S_OK"));
    assert_true(is_logged("fake: close: S_OK"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_call_reaches_its_own_slot_with_its_result),
        cmocka_unit_test(a_line_names_engine_call_job_and_result),
        cmocka_unit_test(a_secret_is_not_logged),
        cmocka_unit_test(a_manager_is_traced_when_somebody_asks_for_it),
    };

    return run_tests("backend_trace", tests);
}
