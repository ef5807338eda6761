/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <string.h>

#include "support/test_main.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define UNIX(seconds) (CLOCK_UNIX_EPOCH + INT64_C(seconds) * CLOCK_TICKS_PER_S)

static const struct {
    int64_t filetime;
    const char *utc;
    const char *http;
} dates[] = {
    { 0, "1601-01-01T00:00:00Z", "Mon, 01 Jan 1601 00:00:00 GMT" },
    { CLOCK_TICKS_PER_S, "1601-01-01T00:00:01Z", "Mon, 01 Jan 1601 00:00:01 GMT" },
    { CLOCK_UNIX_EPOCH, "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT" },
    { UNIX(-1), "1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 GMT" },
    { UNIX(784111777), "1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT" },
    { UNIX(951782400), "2000-02-29T00:00:00Z", "Tue, 29 Feb 2000 00:00:00 GMT" },
    { UNIX(951868799), "2000-02-29T23:59:59Z", "Tue, 29 Feb 2000 23:59:59 GMT" },
    { UNIX(951868800), "2000-03-01T00:00:00Z", "Wed, 01 Mar 2000 00:00:00 GMT" },
    { CLOCK_VIRTUAL_START, "2026-01-01T00:00:00Z", "Thu, 01 Jan 2026 00:00:00 GMT" },
    { UNIX(2147483648), "2038-01-19T03:14:08Z", "Tue, 19 Jan 2038 03:14:08 GMT" },
    { UNIX(4107542399), "2100-02-28T23:59:59Z", "Sun, 28 Feb 2100 23:59:59 GMT" },
    { UNIX(4107542400), "2100-03-01T00:00:00Z", "Mon, 01 Mar 2100 00:00:00 GMT" },
    { UNIX(253402300799), "9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT" },
};

static void dates_are_written(void **state)
{
    char text[32];

    (void)state;
    for (size_t i = 0; i < COUNT(dates); i++) {
        assert_string_equal(clock_format_utc(dates[i].filetime, text), dates[i].utc);
        assert_string_equal(clock_format_http(dates[i].filetime, text), dates[i].http);
    }
}

static void parts_of_a_second_are_dropped(void **state)
{
    char text[32];

    (void)state;
    assert_string_equal(clock_format_utc(CLOCK_UNIX_EPOCH + CLOCK_TICKS_PER_S - 1, text),
                        "1970-01-01T00:00:00Z");
}

static void no_number_is_too_large_or_too_small_to_write(void **state)
{
    char text[32];

    (void)state;
    assert_string_equal(clock_format_utc(INT64_MAX, text), "30828-09-14T02:48:05Z");
    assert_string_equal(clock_format_http(INT64_MAX, text), "Thu, 14 Sep 30828 02:48:05 GMT");
    assert_string_equal(clock_format_utc(-1, text), "1601-01-01T00:00:00Z");
    assert_string_equal(clock_format_utc(INT64_MIN, text), "1601-01-01T00:00:00Z");
}

static void dates_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(dates); i++) {
        int64_t filetime = -1;

        assert_true(clock_parse_http(dates[i].http, &filetime));
        assert_true(filetime == dates[i].filetime);
    }
}

/* 400 years are all the days there are: after them the calendar begins again. */
static void every_day_is_read_as_it_was_written(void **state)
{
    char text[32];

    (void)state;
    for (int64_t day = 0; day < 146097; day++) {
        int64_t written = (day * 86400 + day % 86400) * CLOCK_TICKS_PER_S;
        int64_t read = -1;

        assert_true(clock_parse_http(clock_format_http(written, text), &read));
        assert_true(read == written);
    }
}

static void a_leap_second_is_the_first_second_of_the_next_day(void **state)
{
    int64_t filetime = 0;

    (void)state;
    assert_true(clock_parse_http("Sat, 31 Dec 2016 23:59:60 GMT", &filetime));
    assert_true(filetime == UNIX(1483228800));
}

static void the_day_of_the_week_may_be_the_wrong_one(void **state)
{
    int64_t filetime = 0;

    (void)state;
    assert_true(clock_parse_http("Mon, 06 Nov 1994 08:49:37 GMT", &filetime));
    assert_true(filetime == UNIX(784111777));
}

static void what_is_no_http_date_is_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "0",
        "Sunday, 06-Nov-94 08:49:37 GMT", /* RFC 850 */
        "Sun Nov  6 08:49:37 1994",       /* asctime */
        "1994-11-06T08:49:37Z",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 gmt",
        "Sun, 06 Nov 1994 08:49:37 GMT ",
        " Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMTx",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "sun, 06 Nov 1994 08:49:37 GMT",
        "Son, 06 Nov 1994 08:49:37 GMT",
        "onT, 06 Nov 1994 08:49:37 GMT", /* letters of two names */
        "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Okt 1994 08:49:37 GMT",
        "Sun, 06 anF 1994 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT",
        "Tue, 29 Feb 2001 00:00:00 GMT",
        "Mon, 29 Feb 2100 00:00:00 GMT",
        "Sun, 32 Dec 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 Nov 1994 08:49:60 GMT",
        "Sun, 06 Nov 1994 23:59:61 GMT",
        "Sun, 31 Dec 1600 23:59:59 GMT",
        "Sun, 31 Dec 0000 23:59:59 GMT",
        "Sun, -6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov +994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08.49.37 GMT",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        int64_t filetime = 42;

        assert_false(clock_parse_http(texts[i], &filetime));
        assert_true(filetime == 42);
    }
}

static void no_part_of_a_date_is_a_date(void **state)
{
    static const char whole[] = "Sun, 06 Nov 1994 08:49:37 GMT";
    int64_t filetime = 42;
    char part[sizeof(whole)];

    (void)state;
    for (size_t length = 0; length < sizeof(whole) - 1; length++) {
        memcpy(part, whole, length);
        part[length] = '\0';
        assert_false(clock_parse_http(part, &filetime));
    }
}

static void a_virtual_clock_stands_still_until_told(void **state)
{
    struct clock_virtual clock;

    (void)state;
    clock_virtual_init(&clock, CLOCK_VIRTUAL_START);

    assert_true(clock_ms(&clock.base) == 0);
    assert_true(clock_utc(&clock.base) == CLOCK_VIRTUAL_START);

    clock_virtual_set(&clock, 600000);

    assert_true(clock_ms(&clock.base) == 600000);
    assert_true(clock_utc(&clock.base) == CLOCK_VIRTUAL_START + 600 * CLOCK_TICKS_PER_S);
}

static void a_virtual_clock_never_goes_back(void **state)
{
    struct clock_virtual clock;

    (void)state;
    clock_virtual_init(&clock, CLOCK_VIRTUAL_START);
    clock_virtual_set(&clock, 1000);

    clock_virtual_set(&clock, 999);

    assert_true(clock_ms(&clock.base) == 1000);
}

static void utc_jumps_alone(void **state)
{
    struct clock_virtual clock;

    (void)state;
    clock_virtual_init(&clock, CLOCK_VIRTUAL_START);
    clock_virtual_set(&clock, 1000);

    clock_virtual_jump_utc(&clock, -3600 * CLOCK_TICKS_PER_S);

    assert_true(clock_ms(&clock.base) == 1000);
    assert_true(clock_utc(&clock.base) == CLOCK_VIRTUAL_START - 3599 * CLOCK_TICKS_PER_S);
}

static void the_machines_clock_does_not_go_back(void **state)
{
    struct clock *clock = clock_system();
    uint64_t before = clock_ms(clock);

    (void)state;
    for (int i = 0; i < 1000; i++) {
        uint64_t now = clock_ms(clock);

        assert_true(now >= before);
        before = now;
    }
    assert_true(clock_utc(clock) > UNIX(1700000000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_written),
        cmocka_unit_test(parts_of_a_second_are_dropped),
        cmocka_unit_test(no_number_is_too_large_or_too_small_to_write),
        cmocka_unit_test(dates_are_read),
        cmocka_unit_test(every_day_is_read_as_it_was_written),
        cmocka_unit_test(a_leap_second_is_the_first_second_of_the_next_day),
        cmocka_unit_test(the_day_of_the_week_may_be_the_wrong_one),
        cmocka_unit_test(what_is_no_http_date_is_refused),
        cmocka_unit_test(no_part_of_a_date_is_a_date),
        cmocka_unit_test(a_virtual_clock_stands_still_until_told),
        cmocka_unit_test(a_virtual_clock_never_goes_back),
        cmocka_unit_test(utc_jumps_alone),
        cmocka_unit_test(the_machines_clock_does_not_go_back),
    };

    return run_tests("clock", tests);
}
