/* SPDX-License-Identifier: MIT */
#include "convention/service_id.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/argument.h"
#include "base/random.h"
#include "base/text.h"
#include "xbits/convention.h"

static bool parse_hexadecimal(const char *text, uint64_t *number_out)
{
    static const char digits[] = "0123456789ABCDEFabcdef";
    uint64_t number = 0;

    if (text[0] == '\0')
        return false;
    for (; *text != '\0'; text++) {
        const char *digit = strchr(digits, *text);

        if (digit == NULL || number > UINT32_MAX >> 4)
            return false;
        number = number << 4 | (uint64_t)(digit - digits - (digit - digits > 15 ? 6 : 0));
    }
    *number_out = number;
    return true;
}

static bool parse_magnitude(const char *text, bool is_negative, uint64_t *number_out)
{
    if (!is_negative && text_starts_with(text, "0x"))
        return parse_hexadecimal(text + 2, number_out);
    return text_parse_u64(text, is_negative ? (uint64_t)INT32_MAX + 1 : UINT32_MAX, number_out);
}

bool service_id_parse(const char *text, int32_t *service_id_out)
{
    const bool is_negative = text[0] == '-';
    uint64_t magnitude;
    int64_t number;

    if (!parse_magnitude(is_negative ? text + 1 : text, is_negative, &magnitude) || magnitude == 0)
        return false;
    number = is_negative ? -(int64_t)magnitude : (int64_t)magnitude;
    if (number > INT32_MAX)
        number -= (int64_t)UINT32_MAX + 1;
    *service_id_out = (int32_t)number;
    return true;
}

void service_id_print(int32_t service_id, char text_out[SERVICE_ID_SIZE])
{
    snprintf(text_out, SERVICE_ID_SIZE, "%" PRId32, service_id);
}

xbits_result xbits_wmp_new_service_id(int32_t *service_id_out)
{
    uint32_t number;

    TRY(argument_pointer("service_id_out", service_id_out));
    do {
        TRY(random_system(&number, sizeof number));
        number &= INT32_MAX;
    } while (number == 0);
    *service_id_out = (int32_t)number;
    return XBITS_S_OK;
}
