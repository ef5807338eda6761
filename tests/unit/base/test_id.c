/* SPDX-License-Identifier: MIT */
#include "xbits/id.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct xbits_id sample = {
    0xF3A1B2C4, 0x0D5E, 0x4F60, { 0x80, 0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD }
};

static void ids_are_written_with_braces_in_upper_case(void **state)
{
    char text[XBITS_ID_TEXT_SIZE];

    (void)state;
    assert_ptr_equal(xbits_id_format(&sample, text), text);

    assert_string_equal(text, "{F3A1B2C4-0D5E-4F60-8001-23456789ABCD}");
}

static void ids_are_read_in_every_form(void **state)
{
    static const char *const texts[] = {
        "{F3A1B2C4-0D5E-4F60-8001-23456789ABCD}",
        "F3A1B2C4-0D5E-4F60-8001-23456789ABCD",
        "{f3a1b2c4-0d5e-4f60-8001-23456789abcd}",
        "f3A1b2C4-0d5E-4f60-8001-23456789aBcD",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct xbits_id id = { 0 };

        assert_ok(xbits_id_parse(texts[i], &id));
        assert_true(xbits_id_equal(&id, &sample));
    }
}

static void what_is_no_id_is_refused_and_changes_nothing(void **state)
{
    static const char *const texts[] = {
        "",
        "{",
        "{}",
        "F3A1B2C4",
        "{F3A1B2C4-0D5E-4F60-8001-23456789ABCD",
        "F3A1B2C4-0D5E-4F60-8001-23456789ABCD}",
        "{F3A1B2C4-0D5E-4F60-8001-23456789ABCD} ",
        " F3A1B2C4-0D5E-4F60-8001-23456789ABCD",
        "F3A1B2C40D5E-4F60-8001-23456789ABCD00",
        "F3A1B2C4-0D5E-4F60-8001-23456789ABCG",
        "F3A1B2C4-0D5E-4F60-8001-23456789AB D",
        "+3A1B2C4-0D5E-4F60-8001-23456789ABCD",
        "F3A1B2C4-0D5E-4F60-8001-23456789ABCDE",
        "x3A1B2C4-0D5E-4F60-8001-23456789ABCD",
        "{F3A1B2C4-0D5E-4F60-8001-23456789ABCDD",
        "\xEF\xBC\xA1-1B2C4-0D5E-4F60-8001-23456789ABC",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct xbits_id id = sample;

        assert_fails(XBITS_E_INVALIDARG, xbits_id_parse(texts[i], &id));
        assert_true(xbits_id_equal(&id, &sample));
    }
}

static void ids_differ_in_any_part(void **state)
{
    struct xbits_id others[] = { sample, sample, sample, sample };

    (void)state;
    others[0].data1 ^= 1;
    others[1].data2 ^= 1;
    others[2].data3 ^= 1;
    others[3].data4[7] ^= 1;

    for (size_t i = 0; i < COUNT(others); i++)
        assert_false(xbits_id_equal(&others[i], &sample));
}

static void only_zeros_are_the_null_id(void **state)
{
    struct xbits_id id = { 0 };

    (void)state;
    assert_true(xbits_id_is_null(&id));

    id.data4[7] = 1;

    assert_false(xbits_id_is_null(&id));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_written_with_braces_in_upper_case),
        cmocka_unit_test(ids_are_read_in_every_form),
        cmocka_unit_test(what_is_no_id_is_refused_and_changes_nothing),
        cmocka_unit_test(ids_differ_in_any_part),
        cmocka_unit_test(only_zeros_are_the_null_id),
    };

    return run_tests("id", tests);
}
