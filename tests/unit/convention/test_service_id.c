/* SPDX-License-Identifier: MIT */
#include "convention/service_id.h"

#include "support/assert_result.h"
#include "support/test_main.h"
#include "xbits/convention.h"

static void a_service_id_is_read_as_a_script_sees_it(void **state)
{
    static const struct {
        const char *text;
        int32_t service_id;
    } rows[] = {
        { "1", 1 },
        { "1234567", 1234567 },
        { "0001234567", 1234567 },
        { "2147483647", INT32_MAX },
        { "2147483648", INT32_MIN },
        { "-2147483648", INT32_MIN },
        { "-1", -1 },
        { "4294967295", -1 },
        { "4294967294", -2 },
        { "0x1", 1 },
        { "0xFFFFFFFF", -1 },
        { "0xffffffff", -1 },
        { "0x7fFFffFf", INT32_MAX },
        { "0x80000000", INT32_MIN },
        { "0x0000000000000000A", 10 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int32_t service_id = 0;

        if (!service_id_parse(rows[i].text, &service_id))
            fail_msg("refused: %s", rows[i].text);
        if (service_id != rows[i].service_id)
            fail_msg("%s is read as %d", rows[i].text, (int)service_id);
    }
}

static void what_is_no_number_of_32_bits_is_no_service_id(void **state)
{
    static const char *const rows[] = {
        "",
        "0",
        "-0",
        "00",
        "0x0",
        "0x",
        "0X1",
        "-",
        "--1",
        "+1",
        "abc",
        "1a",
        "0xg",
        "-0x1",
        "4294967296",
        "99999999999999999999999999",
        "-2147483649",
        "0x100000000",
        "0x123456789",
        " 1",
        "1 ",
        "1.0",
        "1e3",
        "x1",
        "0x1 ",
        "\xD9\xA1",
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int32_t service_id = 77;

        if (service_id_parse(rows[i], &service_id))
            fail_msg("accepted: %s", rows[i]);
        assert_int_equal(service_id, 77);
    }
}

static void what_is_printed_reads_back(void **state)
{
    static const int32_t rows[] = { 1, -1, 1234567, INT32_MAX, INT32_MIN, -2147483647 };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[SERVICE_ID_SIZE];
        int32_t service_id = 0;

        service_id_print(rows[i], text);

        assert_true(service_id_parse(text, &service_id));
        assert_int_equal(service_id, rows[i]);
    }
}

static void a_new_service_id_is_positive_and_another_each_time(void **state)
{
    int32_t before = 0;
    int repetitions = 0;

    (void)state;
    for (int i = 0; i < 100; i++) {
        int32_t service_id = 0;

        assert_ok(xbits_wmp_new_service_id(&service_id));
        assert_true(service_id > 0);
        repetitions += service_id == before ? 1 : 0;
        before = service_id;
    }

    assert_true(repetitions < 3);
}

static void a_new_service_id_needs_a_place(void **state)
{
    (void)state;
    assert_fails(XBITS_E_INVALIDARG, xbits_wmp_new_service_id(NULL));
    assert_message("service_id_out");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_service_id_is_read_as_a_script_sees_it),
        cmocka_unit_test(what_is_no_number_of_32_bits_is_no_service_id),
        cmocka_unit_test(what_is_printed_reads_back),
        cmocka_unit_test(a_new_service_id_is_positive_and_another_each_time),
        cmocka_unit_test(a_new_service_id_needs_a_place),
    };

    return run_tests("service_id", tests);
}
