/* SPDX-License-Identifier: MIT */
#include "base/result.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"

/* Second names of numbers that have their row under a better known one. */
static const struct alias {
    const char *name;
    xbits_result result;
} aliases[] = {
    { "BG_E_FILE_CHANGED", XBITS_BG_E_LOCAL_FILE_CHANGED },
    { "BG_E_SERVER_EXECUTE_ENABLED", XBITS_BG_E_SERVER_EXECUTE_ENABLE },
    { "ERROR_SUCCESS", XBITS_S_OK },
    { "ERROR_ACCESS_DENIED", XBITS_E_ACCESSDENIED },
    { "ERROR_INVALID_HANDLE", XBITS_E_HANDLE },
    { "ERROR_INVALID_PARAMETER", XBITS_E_INVALIDARG },
    { "ERROR_OUTOFMEMORY", XBITS_E_OUTOFMEMORY },
};

#define HTTP_CODE_BASE 0x80190000u

static bool parse_name(const char *text, uint32_t *code_out)
{
    if (text_starts_with_ignoring_case(text, "XBITS_"))
        text += strlen("XBITS_");
    for (size_t i = 0; i < xbits_result_count(); i++) {
        if (text_equal_ignoring_case(text, xbits_result_at(i)->name)) {
            *code_out = (uint32_t)xbits_result_at(i)->result;
            return true;
        }
    }
    for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++) {
        if (text_equal_ignoring_case(text, aliases[i].name)) {
            *code_out = (uint32_t)aliases[i].result;
            return true;
        }
    }
    return false;
}

/* "404" and "HTTP 404". Only three digits are a status: "0404" is somebody's mistake. */
static bool parse_http_status(const char *text, uint32_t *code_out)
{
    uint64_t status;

    if (text_starts_with_ignoring_case(text, "HTTP "))
        text += strlen("HTTP ");
    if (strlen(text) != 3 || text[0] == '0' || !text_parse_u64(text, 999, &status))
        return false;
    *code_out = HTTP_CODE_BASE | (uint32_t)status;
    return true;
}

static int hex_digit_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

/* The length leading characters are 1 to 8 hexadecimal digits and nothing else. */
static bool parse_hex_digits(const char *text, size_t length, uint32_t *code_out)
{
    uint32_t code = 0;

    if (length < 1 || length > 8)
        return false;
    for (size_t i = 0; i < length; i++) {
        int digit = hex_digit_value(text[i]);

        if (digit < 0)
            return false;
        code = code << 4 | (uint32_t)digit;
    }
    *code_out = code;
    return true;
}

/* 0x80200013, 80200013h, and a failure's eight digits alone, as logs print them. */
static bool parse_hex(const char *text, uint32_t *code_out)
{
    size_t length = strlen(text);

    if (text_starts_with_ignoring_case(text, "0x"))
        return parse_hex_digits(text + 2, length - 2, code_out);
    if (length > 1 && (text[length - 1] == 'h' || text[length - 1] == 'H'))
        return parse_hex_digits(text, length - 1, code_out);
    return length == 8 && text[0] == '8' && parse_hex_digits(text, length, code_out);
}

/* -2145386477, and 2149580819 as programs print it that know no sign. */
static bool parse_decimal(const char *text, uint32_t *code_out)
{
    bool is_negative = text[0] == '-';
    uint64_t value;

    if (!text_parse_u64(text + is_negative, is_negative ? UINT64_C(0x80000000) : UINT32_MAX,
                        &value))
        return false;
    *code_out = is_negative ? 0u - (uint32_t)value : (uint32_t)value;
    return true;
}

xbits_result xbits_result_parse(const char *text, xbits_result *result_out)
{
    /* The order decides what fits two forms: 404 is a status, 80070005 is hexadecimal. */
    static bool (*const parsers[])(const char *, uint32_t *) = {
        parse_name,
        parse_http_status,
        parse_hex,
        parse_decimal,
    };
    uint32_t code;

    assert(text != NULL && result_out != NULL);
    for (size_t i = 0; i < sizeof(parsers) / sizeof(parsers[0]); i++) {
        if (parsers[i](text, &code)) {
            *result_out = (xbits_result)code;
            return XBITS_S_OK;
        }
    }
    return xbits_fail(XBITS_E_INVALIDARG,
                      "\"%s\" is no result: it is neither a number like 0x80200013, nor a name "
                      "like BG_E_EMPTY, nor an HTTP status like 404",
                      text);
}
