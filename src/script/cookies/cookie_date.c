/* SPDX-License-Identifier: MIT */
#include "script/cookies/cookie.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"

#define TOKEN_MAXIMUM 16

/* What was found so far; -1: nothing. */
struct found {
    int hour, minute, second;
    int day;
    int month; /* From 0. */
    int year;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* RFC 6265, 5.1.1: neither digits, letters nor a colon. */
static bool is_delimiter(char c)
{
    const char small = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;

    return !is_digit(c) && !(small >= 'a' && small <= 'z') && c != ':' && (unsigned char)c < 0x7F;
}

/* A number of so many digits and no more; where it ends, or NULL. */
static const char *read_number(const char *text, size_t minimum, size_t maximum, int *number_out)
{
    size_t length = 0;
    int number = 0;

    for (; length < maximum && is_digit(text[length]); length++)
        number = 10 * number + (text[length] - '0');
    if (length < minimum || is_digit(text[length]))
        return NULL;
    *number_out = number;
    return text + length;
}

static bool take_time(struct found *found, const char *token)
{
    int hour = 0;
    int minute = 0;
    int second = 0;

    token = read_number(token, 1, 2, &hour);
    token = token != NULL && *token == ':' ? read_number(token + 1, 1, 2, &minute) : NULL;
    token = token != NULL && *token == ':' ? read_number(token + 1, 1, 2, &second) : NULL;
    if (token == NULL || found->hour >= 0)
        return false;
    found->hour = hour;
    found->minute = minute;
    found->second = second;
    return true;
}

static bool take_day(struct found *found, const char *token)
{
    return found->day < 0 && read_number(token, 1, 2, &found->day) != NULL;
}

static bool take_month(struct found *found, const char *token)
{
    static const char *const names[] = { "jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec" };

    for (int i = 0; found->month < 0 && i < 12; i++) {
        if (text_starts_with_ignoring_case(token, names[i])) {
            found->month = i;
            return true;
        }
    }
    return false;
}

static bool take_year(struct found *found, const char *token)
{
    int year = 0;

    if (found->year >= 0 || read_number(token, 2, 4, &year) == NULL)
        return false;
    if (year < 100)
        year += year < 70 ? 2000 : 1900;
    found->year = year;
    return true;
}

static void take_token(struct found *found, const char *token)
{
    (void)(take_time(found, token) || take_day(found, token) || take_month(found, token) ||
           take_year(found, token));
}

/* "UTC+0100", which JScript writes before the year: the number is not one. The zone itself is not
 * looked at, by the RFC. */
static size_t zone_length(const char *token, size_t length)
{
    const bool is_zone = length == 3 && (text_starts_with_ignoring_case(token, "utc") ||
                                         text_starts_with_ignoring_case(token, "gmt"));

    if (!is_zone || (token[3] != '+' && token[3] != '-'))
        return length;
    length++;
    while (is_digit(token[length]))
        length++;
    return length;
}

/* The date is made into the one form that base knows, which judges it. */
static bool convert(const struct found *found, int64_t *filetime_out)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char text[64];

    if (found->hour < 0 || found->day < 0 || found->month < 0 || found->year < 0)
        return false;
    snprintf(text, sizeof(text), "Mon, %02d %.3s %04d %02d:%02d:%02d GMT", found->day,
             months + 3 * (size_t)found->month, found->year, found->hour, found->minute,
             found->second);
    return clock_parse_http(text, filetime_out);
}

bool cookie_parse_date(const char *text, int64_t *filetime_out)
{
    struct found found = { -1, -1, -1, -1, -1, -1 };

    while (*text != '\0') {
        char token[TOKEN_MAXIMUM];
        size_t length = 0;

        while (text[length] != '\0' && !is_delimiter(text[length]))
            length++;
        if (length > 0 && length < sizeof(token)) {
            memcpy(token, text, length);
            token[length] = '\0';
            take_token(&found, token);
        }
        text += length > 0 ? zone_length(text, length) : 1;
    }
    return convert(&found, filetime_out);
}
