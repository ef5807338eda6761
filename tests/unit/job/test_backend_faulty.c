/* SPDX-License-Identifier: MIT */
#include "fake_backend.h"

#include "support/assert_result.h"
#include "support/test_main.h"

struct fixture {
    struct backend_connection *faulty;
    struct fake *fake;
};

static void open_faulty(struct fixture *fixture)
{
    struct xbits_options options;
    struct backend_connection *inner;
    struct xbits_id id;

    XBITS_INIT(&options);
    assert_ok(fake_backend.open(&options, &inner));
    assert_ok(inner->backend->create_job(inner, "job", XBITS_TYPE_DOWNLOAD, &id));
    assert_ok(backend_faulty_wrap(inner, &fixture->faulty));
    fixture->fake = (struct fake *)inner;
}

static void close_faulty(struct fixture *fixture)
{
    fixture->faulty->backend->close(fixture->faulty);
}

static void without_faults_every_slot_reaches_its_own(void **state)
{
    struct fixture fixture;
    const char *slot;

    (void)state;
    open_faulty(&fixture);
    for (size_t i = 0; (slot = fake_slot_at(i)) != NULL; i++) {
        assert_ok(fake_call_slot(fixture.faulty, i));
        assert_string_equal(fixture.fake->last_slot, slot);
    }
    close_faulty(&fixture);
}

static void a_fault_before_keeps_the_call_from_the_engine(void **state)
{
    struct fixture fixture;
    const char *slot;

    (void)state;
    for (size_t i = 0; (slot = fake_slot_at(i)) != NULL; i++) {
        const struct backend_fault fault = { slot, 1, false, XBITS_BG_E_INVALID_STATE };
        unsigned calls;

        open_faulty(&fixture);
        assert_ok(backend_faulty_add(fixture.faulty, &fault));
        calls = fixture.fake->calls;
        assert_fails(XBITS_BG_E_INVALID_STATE, fake_call_slot(fixture.faulty, i));
        assert_message(slot);
        assert_int_equal(fixture.fake->calls, calls);
        assert_ok(fake_call_slot(fixture.faulty, i));
        close_faulty(&fixture);
    }
}

static void a_fault_after_lets_the_engine_do_it_first(void **state)
{
    struct fixture fixture;
    const char *slot;

    (void)state;
    for (size_t i = 0; (slot = fake_slot_at(i)) != NULL; i++) {
        const struct backend_fault fault = { slot, 0, true, XBITS_E_FAIL };
        unsigned calls;

        open_faulty(&fixture);
        assert_ok(backend_faulty_add(fixture.faulty, &fault));
        calls = fixture.fake->calls;
        assert_fails(XBITS_E_FAIL, fake_call_slot(fixture.faulty, i));
        assert_true(fixture.fake->calls > calls);
        close_faulty(&fixture);
    }
}

static void a_job_that_was_made_before_the_failure_is_let_go(void **state)
{
    const struct backend_fault fault = { "*", 0, true, XBITS_E_FAIL };
    struct fixture fixture;

    (void)state;
    open_faulty(&fixture);
    assert_ok(backend_faulty_add(fixture.faulty, &fault));
    assert_fails(XBITS_E_FAIL, fake_call_slot(fixture.faulty, 0));
    assert_fails(XBITS_E_FAIL, fake_call_slot(fixture.faulty, 1));

    assert_int_equal(fixture.fake->jobs[1].holds, 0);
    assert_int_equal(fixture.fake->jobs[0].holds, 1);
    close_faulty(&fixture);
}

static void the_nth_call_of_any_slot_fails_once(void **state)
{
    const struct backend_fault fault = { "*", 3, false, XBITS_E_FAIL };
    struct fixture fixture;

    (void)state;
    open_faulty(&fixture);
    assert_ok(backend_faulty_add(fixture.faulty, &fault));

    assert_ok(fake_call_slot(fixture.faulty, 1));
    assert_ok(fake_call_slot(fixture.faulty, 2));
    assert_fails(XBITS_E_FAIL, fake_call_slot(fixture.faulty, 3));
    assert_ok(fake_call_slot(fixture.faulty, 3));
    close_faulty(&fixture);
}

static void clock_and_interrupt_pass_through(void **state)
{
    const struct backend_fault fault = { "*", 0, false, XBITS_E_FAIL };
    struct xbits_options options;
    struct backend_connection *none;
    struct fixture fixture;

    (void)state;
    XBITS_INIT(&options);
    open_faulty(&fixture);
    assert_ok(backend_faulty_add(fixture.faulty, &fault));

    assert_int_equal(fixture.faulty->backend->now_ms(fixture.faulty), 1000);
    assert_int_equal(fixture.faulty->backend->utc(fixture.faulty), 10000000);
    fixture.faulty->backend->interrupt(fixture.faulty);
    assert_true(fixture.fake->is_interrupted);
    assert_fails(XBITS_E_NOTIMPL, fixture.faulty->backend->open(&options, &none));
    close_faulty(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_faults_every_slot_reaches_its_own),
        cmocka_unit_test(a_fault_before_keeps_the_call_from_the_engine),
        cmocka_unit_test(a_fault_after_lets_the_engine_do_it_first),
        cmocka_unit_test(a_job_that_was_made_before_the_failure_is_let_go),
        cmocka_unit_test(the_nth_call_of_any_slot_fails_once),
        cmocka_unit_test(clock_and_interrupt_pass_through),
    };

    return run_tests("backend_faulty", tests);
}
