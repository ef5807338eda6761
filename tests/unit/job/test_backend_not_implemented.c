/* SPDX-License-Identifier: MIT */
#include "fake_backend.h"

#include "support/assert_result.h"
#include "support/test_main.h"

static void every_slot_is_refused_by_name(void **state)
{
    struct backend_connection connection = { &backend_not_implemented };
    const char *slot;

    (void)state;
    for (size_t i = 0; (slot = fake_slot_at(i)) != NULL; i++) {
        assert_fails(XBITS_E_NOTIMPL, fake_call_slot(&connection, i));
        assert_message("this engine has no");
    }
    connection.backend->interrupt(&connection);
    connection.backend->close(&connection);
    assert_int_equal(connection.backend->now_ms(&connection), 0);
    assert_int_equal(connection.backend->utc(&connection), 0);
}

static void a_table_is_filled_up_and_keeps_what_it_has(void **state)
{
    const struct backend partial = { .name = "partial", .open = fake_backend.open };
    struct backend_connection connection;
    struct backend whole;

    (void)state;
    whole = backend_complete(partial);
    connection.backend = &whole;

    assert_string_equal(whole.name, "partial");
    assert_true(whole.open == fake_backend.open);
    for (size_t i = 0; fake_slot_at(i) != NULL; i++)
        assert_fails(XBITS_E_NOTIMPL, fake_call_slot(&connection, i));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_slot_is_refused_by_name),
        cmocka_unit_test(a_table_is_filled_up_and_keeps_what_it_has),
    };

    return run_tests("backend_not_implemented", tests);
}
