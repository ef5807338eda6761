/* SPDX-License-Identifier: MIT */
#include "store/external/variant.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/argument.h"

#define BLANKS " \t\n\v\f\r"

/* As many digits as a double holds; an exponent that no text can make good; a power that is 0 or
 * infinite. */
#define MANTISSA_MAXIMUM UINT64_C(100000000000000000)
#define EXPONENT_LARGE   INT64_C(1000000000000)
#define POWER_MAXIMUM    400

const char *variant_kind_name(enum xbits_variant_kind kind)
{
    static const char *const names[] = {
        [XBITS_VARIANT_EMPTY] = "EMPTY",   [XBITS_VARIANT_NULL] = "NULL",
        [XBITS_VARIANT_BOOL] = "BOOL",     [XBITS_VARIANT_LONG] = "LONG",
        [XBITS_VARIANT_DOUBLE] = "DOUBLE", [XBITS_VARIANT_TEXT] = "TEXT",
        [XBITS_VARIANT_OBJECT] = "OBJECT", [XBITS_VARIANT_FUNCTION] = "FUNCTION",
        [XBITS_VARIANT_OTHER] = "OTHER",
    };

    return (unsigned)kind < sizeof names / sizeof names[0] ? names[kind] : "unknown";
}

static xbits_result fail_mismatch(const struct xbits_variant *variant, enum xbits_variant_kind kind)
{
    return xbits_fail(XBITS_DISP_E_TYPEMISMATCH, "a value of kind %s cannot be made into %s",
                      variant_kind_name(variant->kind), variant_kind_name(kind));
}

/* Half to even; compared as a double first, so that nothing is converted that does not fit. */
static xbits_result round_to_long(double real, int32_t *number_out)
{
    int64_t whole;
    double rest;

    if (!(real >= -2147483648.5 && real < 2147483647.5))
        return xbits_fail(XBITS_DISP_E_OVERFLOW, "%.15g is no number of 32 bits", real);
    whole = (int64_t)real;
    rest = real - (double)whole;
    if (rest > 0.5 || (rest == 0.5 && whole % 2 != 0))
        whole++;
    if (rest < -0.5 || (rest == -0.5 && whole % 2 != 0))
        whole--;
    *number_out = (int32_t)whole;
    return XBITS_S_OK;
}

/* A decimal number as it is read: mantissa * 10^exponent. */
struct decimal {
    uint64_t mantissa;
    int64_t exponent;
    bool has_digits;
};

static const char *read_digits(const char *next, struct decimal *decimal, bool is_fraction)
{
    for (; *next >= '0' && *next <= '9'; next++) {
        bool is_kept = decimal->mantissa < MANTISSA_MAXIMUM;

        if (is_kept)
            decimal->mantissa = decimal->mantissa * 10 + (uint64_t)(*next - '0');
        decimal->has_digits = true;
        if (is_kept == is_fraction)
            decimal->exponent += is_fraction ? -1 : 1;
    }
    return next;
}

/* "e5", "E-12"; NULL: an e without digits. */
static const char *read_exponent(const char *next, struct decimal *decimal)
{
    bool is_negative;
    int64_t exponent = 0;

    if (*next != 'e' && *next != 'E')
        return next;
    next++;
    is_negative = *next == '-';
    if (*next == '-' || *next == '+')
        next++;
    if (*next < '0' || *next > '9')
        return NULL;
    for (; *next >= '0' && *next <= '9'; next++) {
        if (exponent < EXPONENT_LARGE)
            exponent = exponent * 10 + (*next - '0');
    }
    decimal->exponent += is_negative ? -exponent : exponent;
    return next;
}

static double decimal_value(const struct decimal *decimal)
{
    double power = 1;
    int64_t count = decimal->exponent < 0 ? -decimal->exponent : decimal->exponent;

    for (int64_t i = 0; i < count && i < POWER_MAXIMUM; i++)
        power *= 10;
    if (decimal->mantissa == 0)
        return 0;
    return decimal->exponent < 0 ? (double)decimal->mantissa / power
                                 : (double)decimal->mantissa * power;
}

/* strtod would obey the process's locale, and take "inf" and "0x10". */
static bool parse_number(const char *text, double *real_out)
{
    struct decimal decimal = { 0 };
    const char *next = text + strspn(text, BLANKS);
    bool is_negative = *next == '-';

    if (*next == '-' || *next == '+')
        next++;
    next = read_digits(next, &decimal, false);
    if (*next == '.')
        next = read_digits(next + 1, &decimal, true);
    next = decimal.has_digits ? read_exponent(next, &decimal) : NULL;
    if (next == NULL || next[strspn(next, BLANKS)] != '\0')
        return false;
    *real_out = is_negative ? -decimal_value(&decimal) : decimal_value(&decimal);
    return true;
}

static xbits_result text_to_long(const struct xbits_variant *variant, int32_t *number_out)
{
    double real;

    if (!parse_number(variant->as.text != NULL ? variant->as.text : "", &real))
        return fail_mismatch(variant, XBITS_VARIANT_LONG);
    return round_to_long(real, number_out);
}

static xbits_result change_to_long(const struct xbits_variant *variant, struct argument *argument)
{
    switch (variant->kind) {
    case XBITS_VARIANT_EMPTY:
        argument->number = 0;
        return XBITS_S_OK;
    case XBITS_VARIANT_BOOL:
        argument->number = variant->as.boolean ? -1 : 0;
        return XBITS_S_OK;
    case XBITS_VARIANT_LONG:
        argument->number = variant->as.number;
        return XBITS_S_OK;
    case XBITS_VARIANT_DOUBLE:
        return round_to_long(variant->as.real, &argument->number);
    case XBITS_VARIANT_TEXT:
        return text_to_long(variant, &argument->number);
    case XBITS_VARIANT_NULL:
    case XBITS_VARIANT_OBJECT:
    case XBITS_VARIANT_FUNCTION:
    case XBITS_VARIANT_OTHER:
        break;
    }
    return fail_mismatch(variant, XBITS_VARIANT_LONG);
}

static bool is_finite(double real)
{
    return real - real == 0;
}

/* Fifteen digits, with a point whatever the process's locale has in its place. */
static void print_double(double real, char text[VARIANT_TEXT_SIZE])
{
    size_t at;
    size_t rest;

    snprintf(text, VARIANT_TEXT_SIZE, "%.15G", real);
    at = strspn(text, "+-0123456789E");
    rest = at + strcspn(text + at, "+-0123456789E");
    if (rest == at)
        return;
    text[at] = '.';
    memmove(text + at + 1, text + rest, strlen(text + rest) + 1);
}

static xbits_result use_text(const char *text, struct argument *argument)
{
    TRY(argument_optional_text("a text argument", text));
    argument->text = text != NULL ? text : "";
    return XBITS_S_OK;
}

static xbits_result change_to_text(const struct xbits_variant *variant, struct argument *argument)
{
    argument->text = argument->made;
    switch (variant->kind) {
    case XBITS_VARIANT_EMPTY:
        argument->made[0] = '\0';
        return XBITS_S_OK;
    case XBITS_VARIANT_BOOL:
        snprintf(argument->made, sizeof argument->made, "%s", variant->as.boolean ? "-1" : "0");
        return XBITS_S_OK;
    case XBITS_VARIANT_LONG:
        snprintf(argument->made, sizeof argument->made, "%ld", (long)variant->as.number);
        return XBITS_S_OK;
    case XBITS_VARIANT_DOUBLE:
        if (!is_finite(variant->as.real))
            break;
        print_double(variant->as.real, argument->made);
        return XBITS_S_OK;
    case XBITS_VARIANT_TEXT:
        return use_text(variant->as.text, argument);
    case XBITS_VARIANT_NULL:
    case XBITS_VARIANT_OBJECT:
    case XBITS_VARIANT_FUNCTION:
    case XBITS_VARIANT_OTHER:
        break;
    }
    return fail_mismatch(variant, XBITS_VARIANT_TEXT);
}

static xbits_result change_to_function(const struct xbits_variant *variant,
                                       struct argument *argument)
{
    argument->has_function = variant->kind == XBITS_VARIANT_FUNCTION;
    argument->function = argument->has_function ? variant->as.function : 0;
    if (argument->has_function || variant->kind == XBITS_VARIANT_NULL ||
        variant->kind == XBITS_VARIANT_EMPTY)
        return XBITS_S_OK;
    return fail_mismatch(variant, XBITS_VARIANT_FUNCTION);
}

xbits_result variant_change(const struct xbits_variant *variant, enum xbits_variant_kind kind,
                            struct argument *argument)
{
    if (kind == XBITS_VARIANT_LONG)
        return change_to_long(variant, argument);
    if (kind == XBITS_VARIANT_TEXT)
        return change_to_text(variant, argument);
    assert(kind == XBITS_VARIANT_FUNCTION);
    return change_to_function(variant, argument);
}
