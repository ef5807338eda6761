/* SPDX-License-Identifier: MIT */
#include "script/engine/js_duktape.h"

#include <stdio.h>
#include <string.h>

/*
 * Dates as JScript reads and writes them; Duktape has ISO 8601 only. The zone is UTC. Pages make
 * the expiry of cookies by toGMTString, and servers read that: RFC 1123.
 */
static const char *const month_names[] = { "January",   "February", "March",    "April",
                                           "May",       "June",     "July",     "August",
                                           "September", "October",  "November", "December" };
static const char *const day_names[] = { "Sunday",   "Monday", "Tuesday", "Wednesday",
                                         "Thursday", "Friday", "Saturday" };

/* From js_duktape_config.h. */
double js_duktape_now(void *engine);
int js_duktape_parse_date(void *duk, const char *text);
int js_duktape_format_date(void *duk, const duk_int_t *parts, int has_day, int has_time,
                           int is_local);

double js_duktape_now(void *engine)
{
    const struct js_engine *owner = engine;

    return owner->now == NULL ? 0.0 : (double)owner->now(owner->host);
}

#define UNKNOWN (-1)

struct date {
    int year;
    int month; /* From 1. */
    int day;
    int hour;
    int minute;
    int second;
    int offset_minutes; /* East of UTC. */
    bool is_afternoon;
    bool is_morning;
    bool has_zone;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* At most six digits; leaves at behind them. */
static int read_number(const char **at)
{
    int number = 0;
    int digits;

    for (digits = 0; is_digit(**at) && digits < 6; digits++, (*at)++)
        number = number * 10 + (**at - '0');
    return number;
}

/* The name that begins with this word, or UNKNOWN. */
static int find_name(const char *const *names, int count, const char *word)
{
    int i;

    for (i = 0; i < count; i++) {
        if (strlen(word) >= 3 && text_starts_with_ignoring_case(names[i], word))
            return i;
    }
    return UNKNOWN;
}

static bool take_word(struct date *date, const char *word)
{
    int month = find_name(month_names, 12, word);

    if (month != UNKNOWN && date->month == UNKNOWN) {
        date->month = month + 1;
        return true;
    }
    if (text_equal_ignoring_case(word, "AM"))
        return date->is_morning = true;
    if (text_equal_ignoring_case(word, "PM"))
        return date->is_afternoon = true;
    if (text_equal_ignoring_case(word, "GMT") || text_equal_ignoring_case(word, "UTC") ||
        text_equal_ignoring_case(word, "Z"))
        return date->has_zone = true;
    return find_name(day_names, 7, word) != UNKNOWN;
}

static bool read_word(struct date *date, const char **at)
{
    char word[16] = "";
    size_t length;

    for (length = 0; is_letter(**at); length++, (*at)++) {
        if (length + 1 < sizeof(word))
            word[length] = **at;
    }
    if (**at == '.')
        (*at)++;
    return length < sizeof(word) && take_word(date, word);
}

static bool read_clock(struct date *date, int hour, const char **at)
{
    if (date->hour != UNKNOWN)
        return false;
    date->hour = hour;
    (*at)++;
    if (!is_digit(**at))
        return false;
    date->minute = read_number(at);
    if (**at != ':')
        return true;
    (*at)++;
    if (!is_digit(**at))
        return false;
    date->second = read_number(at);
    return true;
}

/* month/day/year, as in the United States. */
static bool read_slashes(struct date *date, int month, const char **at)
{
    if (date->month != UNKNOWN || date->day != UNKNOWN)
        return false;
    date->month = month;
    (*at)++;
    if (!is_digit(**at))
        return false;
    date->day = read_number(at);
    if (**at != '/' && **at != '-')
        return true;
    (*at)++;
    if (!is_digit(**at))
        return false;
    date->year = read_number(at);
    return true;
}

static bool read_digits(struct date *date, const char **at)
{
    int number = read_number(at);

    if (**at == ':')
        return read_clock(date, number, at);
    if ((**at == '/' || **at == '-') && is_digit((*at)[1]))
        return read_slashes(date, number, at);
    if (date->day == UNKNOWN && number <= 31) {
        date->day = number;
        return true;
    }
    if (date->year != UNKNOWN)
        return false;
    date->year = number;
    return true;
}

/* +0100 and +01:00 behind the time; "1-Jan-2030" has a dash before that. */
static bool read_sign(struct date *date, const char **at)
{
    int sign = **at == '-' ? -1 : 1;
    int number;

    (*at)++;
    if (date->hour == UNKNOWN || !is_digit(**at))
        return sign < 0;
    number = read_number(at);
    if (**at == ':' && is_digit((*at)[1])) {
        (*at)++;
        number = number * 100 + read_number(at);
    } else if (number < 24) {
        number *= 100;
    }
    date->offset_minutes = sign * (number / 100 * 60 + number % 100);
    return number < 2400;
}

static bool skip_comment(const char **at)
{
    const char *end = strchr(*at, ')');

    if (end != NULL)
        *at = end + 1;
    return end != NULL;
}

static bool read_date(struct date *date, const char *at)
{
    bool is_good = true;

    while (is_good && *at != '\0') {
        if (is_digit(*at))
            is_good = read_digits(date, &at);
        else if (is_letter(*at))
            is_good = read_word(date, &at);
        else if (*at == '+' || *at == '-')
            is_good = read_sign(date, &at);
        else if (*at == '(')
            is_good = skip_comment(&at);
        else if (*at == ' ' || *at == ',' || *at == '\t')
            at++;
        else
            is_good = false;
    }
    return is_good;
}

/* Fills in what was not said, and refuses what no clock shows. */
static bool complete(struct date *date)
{
    if (date->year == UNKNOWN || date->month < 1 || date->month > 12 || date->day < 1 ||
        date->day > 31)
        return false;
    if (date->year < 100)
        date->year += 1900;
    if (date->hour == UNKNOWN)
        date->hour = 0;
    if (date->is_morning && date->hour == 12)
        date->hour = 0;
    if (date->is_afternoon && date->hour < 12)
        date->hour += 12;
    return date->hour < 24 && date->minute < 60 && date->second < 60;
}

/* Days from 1970-01-01; years begin in March, so that a leap day is a year's last. */
static int64_t day_number(int year, int month, int day)
{
    int64_t years = month <= 2 ? year - 1 : year;
    int64_t months = (month + 9) % 12;

    return years * 365 + years / 4 - years / 100 + years / 400 + (months * 306 + 5) / 10 + day - 1 -
           719468;
}

int js_duktape_parse_date(void *duk, const char *text)
{
    struct date date = { UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, 0, 0, 0, false, false, false };
    int64_t minutes;

    if (!read_date(&date, text) || !complete(&date))
        return 0;
    minutes = day_number(date.year, date.month, date.day) * 1440 + date.hour * 60 + date.minute -
              date.offset_minutes;
    duk_push_number(duk, (double)((minutes * 60 + date.second) * 1000));
    return 1;
}

/* Of parts: year, month, day, hour, minute, second, millisecond, weekday. */
int js_duktape_format_date(void *duk, const duk_int_t *parts, int has_day, int has_time,
                           int is_local)
{
    const char *weekday = day_names[(unsigned)parts[7] % 7];
    const char *month = month_names[(unsigned)(parts[1] - 1) % 12];
    char clock[16] = "";
    char text[96];

    (void)snprintf(clock, sizeof(clock), "%02u:%02u:%02u", (unsigned)parts[3] % 24,
                   (unsigned)parts[4] % 60, (unsigned)parts[5] % 60);
    if (!is_local)
        (void)snprintf(text, sizeof(text), "%.3s, %02d %.3s %04d %s GMT", weekday, (int)parts[2],
                       month, (int)parts[0], clock);
    else if (!has_time)
        (void)snprintf(text, sizeof(text), "%.3s %.3s %d %d", weekday, month, (int)parts[2],
                       (int)parts[0]);
    else if (!has_day)
        (void)snprintf(text, sizeof(text), "%s UTC", clock);
    else
        (void)snprintf(text, sizeof(text), "%.3s %.3s %d %s UTC %d", weekday, month, (int)parts[2],
                       clock, (int)parts[0]);
    duk_push_string(duk, text);
    return 1;
}
