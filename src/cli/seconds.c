/* SPDX-License-Identifier: MIT */
#include "cli/seconds.h"

#include "base/text.h"

#include <string.h>

#define FRACTION_DIGITS 3

/* "5" of "0.5" is 500 ms. */
static bool parse_fraction(const char *digits, uint64_t *ms_out)
{
    char text[FRACTION_DIGITS + 1] = "000";
    size_t length = strlen(digits);

    if (length == 0 || length > FRACTION_DIGITS)
        return false;
    memcpy(text, digits, length);
    return text_parse_u64(text, UINT64_MAX, ms_out);
}

static bool parse(const char *word, uint64_t *ms_out)
{
    const char *point = strchr(word, '.');
    size_t length = point != NULL ? (size_t)(point - word) : strlen(word);
    char whole[16] = "0";
    uint64_t seconds;
    uint64_t ms = 0;

    if (length >= sizeof whole || (point != NULL && !parse_fraction(point + 1, &ms)))
        return false;
    if (length > 0 || point == NULL)
        text_copy_into(whole, length + 1, word);
    if (!text_parse_u64(whole, SECONDS_MAXIMUM, &seconds))
        return false;
    *ms_out = seconds * 1000 + ms;
    return true;
}

xbits_result seconds_parse(const char *word, uint64_t *ms_out)
{
    if (!parse(word, ms_out))
        return xbits_fail(XBITS_E_INVALIDARG,
                          "\"%.100s\" is no number of seconds such as 60 or 2.5", word);
    return XBITS_S_OK;
}
