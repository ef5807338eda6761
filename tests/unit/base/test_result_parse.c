/* SPDX-License-Identifier: MIT */
#include "base/result.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void people_write_a_code_in_many_ways(void **state)
{
    static const struct {
        const char *text;
        uint32_t result;
    } cases[] = {
        /* hexadecimal */
        { "0x80200013", 0x80200013u },
        { "0X80072EE7", 0x80072EE7u },
        { "0x80072ee7", 0x80072EE7u },
        { "80200013h", 0x80200013u },
        { "80072ee7H", 0x80072EE7u },
        { "80200013", 0x80200013u },
        { "80072EE7", 0x80072EE7u },
        { "0x0", 0 },
        { "0x00200017", 0x00200017u },
        { "200017h", 0x00200017u },
        /* decimal */
        { "-2145386477", 0x80200013u },
        { "2149580819", 0x80200013u },
        { "-2147483648", 0x80000000u },
        { "4294967295", 0xFFFFFFFFu },
        { "0", 0 },
        { "1", 1 },
        { "-1", 0xFFFFFFFFu },
        /* names */
        { "BG_E_EMPTY", 0x80200003u },
        { "XBITS_BG_E_EMPTY", 0x80200003u },
        { "bg_e_empty", 0x80200003u },
        { "S_OK", 0 },
        { "E_INVALIDARG", 0x80070057u },
        { "ERROR_DISK_FULL", 0x80070070u },
        { "ERROR_ACCESS_DENIED", 0x80070005u },
        { "BG_E_FILE_CHANGED", 0x8020001Du },
        { "XBITS_ERROR_INVALID_HANDLE", 0x80070006u },
        /* HTTP statuses, also those without a name */
        { "404", 0x80190194u },
        { "HTTP 404", 0x80190194u },
        { "http 503", 0x801901F7u },
        { "425", 0x801901A9u },
        { "100", 0x80190064u },
        { "999", 0x801903E7u },
    };
    (void)state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        xbits_result result = XBITS_E_UNEXPECTED;

        if (XBITS_FAILED(xbits_result_parse(cases[i].text, &result)))
            fail_msg("%s is refused", cases[i].text);
        if (result != (xbits_result)cases[i].result)
            fail_msg("%s is read as 0x%08X", cases[i].text, (unsigned)result);
    }
}

static void what_is_no_code_is_refused(void **state)
{
    static const char *const cases[] = {
        "",
        " ",
        "0x",
        "h",
        "0x802000130",
        "0x8020001g",
        "802000130h",
        "8020001gh",
        "4294967296",
        "-2147483649",
        "-",
        "--1",
        "+1",
        "1.5",
        "18446744073709551616",
        " 404",
        "404 ",
        "HTTP",
        "HTTP ",
        "HTTP 4",
        "HTTP  404",
        "HTTP 4040",
        "HTTP404",
        "HTTP 0x194",
        "BG_E_",
        "BG_E_EMPTY ",
        "XBITS_",
        "XBITS_XBITS_S_OK",
        "unknown",
        "x",
        "\xFF",
        "80072EEG",
        "0x80200013h",
    };
    (void)state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        xbits_result result = XBITS_E_UNEXPECTED;

        if (xbits_result_parse(cases[i], &result) != XBITS_E_INVALIDARG)
            fail_msg("'%s' is read as 0x%08X", cases[i], (unsigned)result);
        assert_int_equal(result, XBITS_E_UNEXPECTED);
    }
}

static void a_refusal_quotes_the_text_and_the_forms(void **state)
{
    xbits_result result;
    (void)state;

    xbits_result_parse("nonsense", &result);

    assert_int_equal(xbits_last_error()->result, XBITS_E_INVALIDARG);
    assert_non_null(strstr(xbits_last_error()->message, "\"nonsense\""));
    assert_non_null(strstr(xbits_last_error()->message, "0x80200013"));
}

static void every_row_is_read_from_its_name_and_its_numbers(void **state)
{
    (void)state;

    for (size_t i = 0; i < xbits_result_count(); i++) {
        const struct xbits_result_info *info = xbits_result_at(i);
        char texts[4][64];

        snprintf(texts[0], sizeof(texts[0]), "%s", info->name);
        snprintf(texts[1], sizeof(texts[1]), "XBITS_%s", info->name);
        snprintf(texts[2], sizeof(texts[2]), "0x%08X", (unsigned)info->result);
        snprintf(texts[3], sizeof(texts[3]), "%ld", (long)info->result);
        for (size_t form = 0; form < 4; form++) {
            xbits_result result = XBITS_E_UNEXPECTED;

            assert_int_equal(xbits_result_parse(texts[form], &result), XBITS_S_OK);
            assert_int_equal(result, info->result);
        }
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_write_a_code_in_many_ways),
        cmocka_unit_test(what_is_no_code_is_refused),
        cmocka_unit_test(a_refusal_quotes_the_text_and_the_forms),
        cmocka_unit_test(every_row_is_read_from_its_name_and_its_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
