/* SPDX-License-Identifier: MIT */
#include "store/external/variant.h"

#include <math.h>

#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/external/external_fixture.h"

static void numbers_become_long_rounded_half_to_even(void **state)
{
    static const struct {
        double real;
        int32_t number;
    } rows[] = {
        { 0.0, 0 },
        { -0.0, 0 },
        { 2.4, 2 },
        { 0.5, 0 },
        { 1.5, 2 },
        { 2.5, 2 },
        { 2.51, 3 },
        { -0.5, 0 },
        { -1.5, -2 },
        { -2.5, -2 },
        { -2.6, -3 },
        { 2147483647.0, INT32_MAX },
        { 2147483647.4, INT32_MAX },
        { -2147483648.0, INT32_MIN },
        { -2147483648.5, INT32_MIN },
    };
    struct argument argument = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct xbits_variant variant = double_variant(rows[i].real);

        assert_ok(variant_change(&variant, XBITS_VARIANT_LONG, &argument));
        assert_int_equal(argument.number, rows[i].number);
    }
}

static void what_is_no_long_overflows(void **state)
{
    static const double rows[] = { 2147483647.5, 2147483648.0, -2147483648.6, 1e300,
                                   -1e300,       INFINITY,     -INFINITY,     NAN };
    struct argument argument = { .number = 7 };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct xbits_variant variant = double_variant(rows[i]);

        assert_fails(XBITS_DISP_E_OVERFLOW,
                     variant_change(&variant, XBITS_VARIANT_LONG, &argument));
        assert_int_equal(argument.number, 7);
    }
}

static void texts_become_long_by_the_syntax_of_numbers(void **state)
{
    static const struct {
        const char *text;
        xbits_result result;
        int32_t number;
    } rows[] = {
        { "7", XBITS_S_OK, 7 },
        { " \t7\r\n", XBITS_S_OK, 7 },
        { "-7", XBITS_S_OK, -7 },
        { "+7", XBITS_S_OK, 7 },
        { "007", XBITS_S_OK, 7 },
        { "2.5", XBITS_S_OK, 2 },
        { "3.5", XBITS_S_OK, 4 },
        { ".5", XBITS_S_OK, 0 },
        { "5.", XBITS_S_OK, 5 },
        { "1e3", XBITS_S_OK, 1000 },
        { "1.25E+2", XBITS_S_OK, 125 },
        { "1e-400000000000000000000000", XBITS_S_OK, 0 },
        { "0e999999999999999999999", XBITS_S_OK, 0 },
        { "2147483647", XBITS_S_OK, INT32_MAX },
        { "-2147483648", XBITS_S_OK, INT32_MIN },
        { "2.50000000000000000000000000000000000000", XBITS_S_OK, 2 },
        { "10000000000000000000000000000e-28", XBITS_S_OK, 1 },
        { "2147483648", XBITS_DISP_E_OVERFLOW, 0 },
        { "4294967296", XBITS_DISP_E_OVERFLOW, 0 },
        { "1e99999999999999999999", XBITS_DISP_E_OVERFLOW, 0 },
        { "", XBITS_DISP_E_TYPEMISMATCH, 0 },
        { " ", XBITS_DISP_E_TYPEMISMATCH, 0 },
        { NULL, XBITS_DISP_E_TYPEMISMATCH, 0 },
        { "-", XBITS_DISP_E_TYPEMISMATCH, 0 },
        { ".", XBITS_DISP_E_TYPEMISMATCH, 0 },
        { "- 7", XBITS_DISP_E_TYPEMISMATCH, 0 },
        { "7 8", XBITS_DISP_E_TYPEMISMATCH, 0 },
        { "7x", XBITS_DISP_E_TYPEMISMATCH, 0 },
        { "0x7", XBITS_DISP_E_TYPEMISMATCH, 0 },
        { "1e", XBITS_DISP_E_TYPEMISMATCH, 0 },
        { "1e+", XBITS_DISP_E_TYPEMISMATCH, 0 },
        { "e1", XBITS_DISP_E_TYPEMISMATCH, 0 },
        { "NaN", XBITS_DISP_E_TYPEMISMATCH, 0 },
        { "inf", XBITS_DISP_E_TYPEMISMATCH, 0 },
        { "\xFF", XBITS_DISP_E_TYPEMISMATCH, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct xbits_variant variant = text_variant(rows[i].text);
        struct argument argument = { 0 };
        xbits_result result = variant_change(&variant, XBITS_VARIANT_LONG, &argument);

        if (result != rows[i].result || argument.number != rows[i].number)
            fail_msg("\"%s\" gave %s and %d", rows[i].text, xbits_result_name(result),
                     (int)argument.number);
    }
}

static void values_become_texts(void **state)
{
    static const struct {
        struct xbits_variant variant;
        const char *text;
    } rows[] = {
        { { XBITS_VARIANT_EMPTY, { 0 } }, "" },
        { { XBITS_VARIANT_BOOL, { .boolean = true } }, "-1" },
        { { XBITS_VARIANT_BOOL, { .boolean = false } }, "0" },
        { { XBITS_VARIANT_LONG, { .number = INT32_MIN } }, "-2147483648" },
        { { XBITS_VARIANT_DOUBLE, { .real = 0.1 } }, "0.1" },
        { { XBITS_VARIANT_DOUBLE, { .real = -2.5 } }, "-2.5" },
        { { XBITS_VARIANT_DOUBLE, { .real = 1e21 } }, "1E+21" },
        { { XBITS_VARIANT_DOUBLE, { .real = -1.7976931348623157e308 } }, "-1.79769313486232E+308" },
        { { XBITS_VARIANT_TEXT, { .text = "a b" } }, "a b" },
        { { XBITS_VARIANT_TEXT, { .text = NULL } }, "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct argument argument = { 0 };

        assert_ok(variant_change(&rows[i].variant, XBITS_VARIANT_TEXT, &argument));
        assert_string_equal(argument.text, rows[i].text);
    }
}

static void truth_and_nothing_become_long(void **state)
{
    const struct xbits_variant truth = { XBITS_VARIANT_BOOL, { .boolean = true } };
    const struct xbits_variant nothing = plain_variant(XBITS_VARIANT_EMPTY);
    struct argument argument = { .number = 7 };

    (void)state;
    assert_ok(variant_change(&truth, XBITS_VARIANT_LONG, &argument));
    assert_int_equal(argument.number, -1);
    assert_ok(variant_change(&nothing, XBITS_VARIANT_LONG, &argument));
    assert_int_equal(argument.number, 0);
}

static void objects_functions_and_null_are_no_values(void **state)
{
    static const enum xbits_variant_kind kinds[] = { XBITS_VARIANT_NULL, XBITS_VARIANT_OBJECT,
                                                     XBITS_VARIANT_FUNCTION, XBITS_VARIANT_OTHER,
                                                     (enum xbits_variant_kind)99 };
    struct argument argument = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const struct xbits_variant variant = plain_variant(kinds[i]);

        assert_fails(XBITS_DISP_E_TYPEMISMATCH,
                     variant_change(&variant, XBITS_VARIANT_LONG, &argument));
        assert_fails(XBITS_DISP_E_TYPEMISMATCH,
                     variant_change(&variant, XBITS_VARIANT_TEXT, &argument));
    }
}

static void a_number_that_is_none_has_no_text(void **state)
{
    const struct xbits_variant variants[] = { double_variant(NAN), double_variant(INFINITY) };
    struct argument argument = { 0 };

    (void)state;
    for (size_t i = 0; i < 2; i++)
        assert_fails(XBITS_DISP_E_TYPEMISMATCH,
                     variant_change(&variants[i], XBITS_VARIANT_TEXT, &argument));
}

static void a_text_that_is_not_utf8_is_refused(void **state)
{
    const struct xbits_variant variant = text_variant("a\xC3");
    struct argument argument = { 0 };

    (void)state;
    assert_fails(XBITS_E_INVALIDARG, variant_change(&variant, XBITS_VARIANT_TEXT, &argument));
}

static void a_function_is_one_or_none(void **state)
{
    const struct xbits_variant function = function_variant(9);
    const struct xbits_variant null = plain_variant(XBITS_VARIANT_NULL);
    const struct xbits_variant number = long_variant(9);
    struct argument argument = { 0 };

    (void)state;
    assert_ok(variant_change(&function, XBITS_VARIANT_FUNCTION, &argument));
    assert_true(argument.has_function);
    assert_int_equal(argument.function, 9);
    assert_ok(variant_change(&null, XBITS_VARIANT_FUNCTION, &argument));
    assert_false(argument.has_function);
    assert_fails(XBITS_DISP_E_TYPEMISMATCH,
                 variant_change(&number, XBITS_VARIANT_FUNCTION, &argument));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_become_long_rounded_half_to_even),
        cmocka_unit_test(what_is_no_long_overflows),
        cmocka_unit_test(texts_become_long_by_the_syntax_of_numbers),
        cmocka_unit_test(values_become_texts),
        cmocka_unit_test(truth_and_nothing_become_long),
        cmocka_unit_test(objects_functions_and_null_are_no_values),
        cmocka_unit_test(a_number_that_is_none_has_no_text),
        cmocka_unit_test(a_text_that_is_not_utf8_is_refused),
        cmocka_unit_test(a_function_is_one_or_none),
    };

    return run_tests("variant", tests);
}
