/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define SECONDS_PER_DAY INT64_C(86400)
#define DAYS_PER_ERA    INT64_C(146097) /* 400 years: the calendar repeats itself. */
#define FIRST_YEAR      1601            /* FILETIME begins on its first day, a Monday. */

struct calendar {
    int64_t year;
    unsigned month; /* 0 to 11 */
    unsigned day;   /* 1 to 31 */
    unsigned weekday;
    unsigned hour, minute, second;
};

/* Both lists are read three letters at a time. */
static const char weekday_names[] = "MonTueWedThuFriSatSun";
static const char month_names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static unsigned days_in_month(int64_t year, unsigned month)
{
    static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return days[month] + (month == 1 && is_leap(year) ? 1 : 0);
}

/* Days from 1601-01-01 to the first of January of a year from 1601 on. */
static int64_t days_before_year(int64_t year)
{
    int64_t past = year - FIRST_YEAR;

    return past * 365 + past / 4 - past / 100 + past / 400;
}

/* A moment before 1601 is shown as the first one there is, as Windows knows none before it. */
static struct calendar to_calendar(int64_t filetime)
{
    int64_t seconds = filetime > 0 ? filetime / CLOCK_TICKS_PER_S : 0;
    int64_t days = seconds / SECONDS_PER_DAY;
    unsigned second_of_day = (unsigned)(seconds % SECONDS_PER_DAY);
    struct calendar date = {
        .year = FIRST_YEAR + days * 400 / DAYS_PER_ERA,
        .weekday = (unsigned)(days % 7),
        .hour = second_of_day / 3600,
        .minute = second_of_day / 60 % 60,
        .second = second_of_day % 60,
    };
    unsigned day_of_year;

    /* The average year's length misses by a day at most. */
    if (days_before_year(date.year) > days)
        date.year--;
    else if (days_before_year(date.year + 1) <= days)
        date.year++;
    day_of_year = (unsigned)(days - days_before_year(date.year));
    while (day_of_year >= days_in_month(date.year, date.month)) {
        day_of_year -= days_in_month(date.year, date.month);
        date.month++;
    }
    date.day = day_of_year + 1;
    return date;
}

static int64_t to_filetime(const struct calendar *date)
{
    int64_t days = days_before_year(date->year) + date->day - 1;

    for (unsigned month = 0; month < date->month; month++)
        days += days_in_month(date->year, month);
    return (days * SECONDS_PER_DAY + date->hour * 3600 + date->minute * 60 + date->second) *
           CLOCK_TICKS_PER_S;
}

char *clock_format_utc(int64_t filetime, char text[32])
{
    struct calendar date = to_calendar(filetime);

    snprintf(text, 32, "%04lld-%02u-%02uT%02u:%02u:%02uZ", (long long)date.year, date.month + 1,
             date.day, date.hour, date.minute, date.second);
    return text;
}

char *clock_format_http(int64_t filetime, char text[32])
{
    struct calendar date = to_calendar(filetime);

    snprintf(text, 32, "%.3s, %02u %.3s %04lld %02u:%02u:%02u GMT",
             weekday_names + 3 * (size_t)date.weekday, date.day,
             month_names + 3 * (size_t)date.month, (long long)date.year, date.hour, date.minute,
             date.second);
    return text;
}

/* The place of a name of three letters in its list; -1 when it has none. */
static int find_name(const char *names, const char *text)
{
    for (int i = 0; names[3 * i] != '\0'; i++) {
        if (strncmp(names + 3 * i, text, 3) == 0)
            return i;
    }
    return -1;
}

/* Does every letter of the text fit the shape: "0" any digit, "a" anything, the rest itself? */
static bool has_shape(const char *text, const char *shape)
{
    for (; *shape != '\0'; shape++, text++) {
        bool fits = *shape == '0'   ? *text >= '0' && *text <= '9'
                    : *shape == 'a' ? *text != '\0'
                                    : *text == *shape;

        if (!fits)
            return false;
    }
    return *text == '\0';
}

static unsigned read_number(const char *digits, size_t count)
{
    unsigned number = 0;

    for (size_t i = 0; i < count; i++)
        number = number * 10 + (unsigned)(digits[i] - '0');
    return number;
}

/* RFC 9110, 5.6.7 allows second 60, and a leap second ends a day. */
static bool is_possible(const struct calendar *date)
{
    bool may_be_leap = date->hour == 23 && date->minute == 59;

    return date->year >= FIRST_YEAR && date->day >= 1 &&
           date->day <= days_in_month(date->year, date->month) && date->hour <= 23 &&
           date->minute <= 59 && date->second <= (may_be_leap ? 60u : 59u);
}

bool clock_parse_http(const char *text, int64_t *filetime_out)
{
    struct calendar date;
    int month;

    if (!has_shape(text, "aaa, 00 aaa 0000 00:00:00 GMT"))
        return false;
    /* Whether it is the day's own name is not looked at: servers get that wrong, and the rest of
     * the date says all there is. */
    if (find_name(weekday_names, text) < 0)
        return false;
    month = find_name(month_names, text + 8);
    if (month < 0)
        return false;
    date = (struct calendar){
        .year = read_number(text + 12, 4),
        .month = (unsigned)month,
        .day = read_number(text + 5, 2),
        .hour = read_number(text + 17, 2),
        .minute = read_number(text + 20, 2),
        .second = read_number(text + 23, 2),
    };
    if (!is_possible(&date))
        return false;
    *filetime_out = to_filetime(&date);
    return true;
}
