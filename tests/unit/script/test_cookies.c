/* SPDX-License-Identifier: MIT */
#include "script/cookies/cookies.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "script/cookies/cookie.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define NOW   CLOCK_VIRTUAL_START
#define LATER "expires=Tue, 01 Jan 2030 00:00:00 GMT"

static const struct cookie_place shop = { .host = "www.shop.example", .path = "/music/page.html" };
static const struct cookie_place shop_script = { .host = "www.shop.example",
                                                 .path = "/music/page.html",
                                                 .is_script = true };
static const struct cookie_place shop_secure = { .host = "www.shop.example",
                                                 .path = "/music/page.html",
                                                 .is_secure = true };
static const struct cookie_place file_page = { .host = "", .path = "/home/me/page.html" };

static int set_up(void **state)
{
    struct cookie_jar *jar = NULL;

    assert_ok(cookie_jar_open(disk_system(), NULL, &jar));
    *state = jar;
    return 0;
}

static int tear_down(void **state)
{
    cookie_jar_close(*state);
    return 0;
}

static void assert_cookies_at(struct cookie_jar *jar, const struct cookie_place *place, int64_t now,
                              const char *expected)
{
    struct text line = { 0 };

    assert_ok(cookie_jar_get(jar, place, now, &line));
    assert_string_equal(text_c(&line), expected);
    text_dispose(&line);
}

static void assert_cookies(struct cookie_jar *jar, const struct cookie_place *place,
                           const char *expected)
{
    assert_cookies_at(jar, place, NOW, expected);
}

static void set(struct cookie_jar *jar, const struct cookie_place *place, const char *line)
{
    assert_ok(cookie_jar_set(jar, place, line, NOW));
}

static void dates_are_read_in_the_forms_that_pages_write(void **state)
{
    static const char *const cases[] = {
        "Tue, 01 Jan 2030 13:14:15 GMT",
        "Tue, 1 Jan 2030 13:14:15 UTC",
        "Tuesday, 01-Jan-30 13:14:15 GMT",
        "Tue Jan  1 13:14:15 2030",
        "Tue Jan 1 13:14:15 UTC+0100 2030",
        "Tue Jan 1 13:14:15 UTC 2030",
        "Tue Jan 01 2030 13:14:15 GMT+0100 (CET)",
        "1 january 2030 13:14:15",
        "2030 Jan 1 13:14:15",
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t time = 0;
        char text[32];

        if (!cookie_parse_date(cases[i], &time))
            fail_msg("\"%s\" is no date", cases[i]);
        assert_string_equal(clock_format_utc(time, text), "2030-01-01T13:14:15Z");
    }
}

static void a_year_of_two_digits_is_of_this_century_or_the_last(void **state)
{
    int64_t time = 0;
    char text[32];
    (void)state;

    assert_true(cookie_parse_date("Sun, 06-Nov-94 08:49:37 GMT", &time));
    assert_string_equal(clock_format_utc(time, text), "1994-11-06T08:49:37Z");
    assert_true(cookie_parse_date("Sun, 06-Nov-69 08:49:37 GMT", &time));
    assert_string_equal(clock_format_utc(time, text), "2069-11-06T08:49:37Z");
}

static void what_is_no_date_is_none(void **state)
{
    static const char *const cases[] = {
        "",
        "never",
        "Tue, 01 Jan 2030",
        "13:14:15",
        "01 Jan 2030 13:14",
        "32 Jan 2030 13:14:15",
        "00 Jan 2030 13:14:15",
        "30 Feb 2030 13:14:15",
        "01 Jxn 2030 13:14:15",
        "01 Jan 2030 24:14:15",
        "01 Jan 2030 13:60:15",
        "01 Jan 1600 13:14:15",
        "01 Jan 20300 13:14:15",
        "99999999999999999999 Jan 2030 13:14:15",
    };
    int64_t time = 0;
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        if (cookie_parse_date(cases[i], &time))
            fail_msg("\"%s\" is a date", cases[i]);
    }
}

static void a_cookie_comes_back_to_its_own_page(void **state)
{
    set(*state, &shop_script, "a=1");
    set(*state, &shop_script, " b = 2 3 ; path=/");
    set(*state, &shop_script, "c=x=y; PATH=/music; unknown=1");
    set(*state, &shop_script, "d=");

    assert_cookies(*state, &shop_script, "a=1; c=x=y; d=; b=2 3");
}

static void a_cookie_that_is_set_again_keeps_its_place(void **state)
{
    set(*state, &shop_script, "a=1");
    set(*state, &shop_script, "b=2");
    set(*state, &shop_script, "a=3; " LATER);

    assert_cookies(*state, &shop_script, "a=3; b=2");
}

static void lines_that_are_no_cookies_are_ignored(void **state)
{
    static const char *const lines[] = {
        "",
        ";",
        "name",
        "=value",
        " = value",
        "a=b\tc",
        "a\tb=c",
        "a=b\nc=d",
        "a=\x01",
        "a=\x7F",
        "a=\xFF",
        "a=1; path=/\x02",
        "a=1; domain=com",
        "a=1; domain=example",
        "a=1; domain=.example",
        "a=1; domain=other.example",
        "a=1; domain=hop.example",
        "a=1; domain=deep.www.shop.example",
        "a=1; httponly",
    };

    for (size_t i = 0; i < COUNT(lines); i++)
        set(*state, &shop_script, lines[i]);

    assert_cookies(*state, &shop, "");
}

static void a_cookie_of_too_many_bytes_is_ignored(void **state)
{
    char line[COOKIE_BYTES_MAXIMUM + 2];
    struct text got = { 0 };
    memset(line, 'v', sizeof(line));
    line[1] = '=';
    line[sizeof(line) - 1] = '\0';

    set(*state, &shop, line);
    assert_cookies(*state, &shop, "");

    line[COOKIE_BYTES_MAXIMUM - 64] = '\0';
    set(*state, &shop, line);
    assert_ok(cookie_jar_get(*state, &shop, NOW, &got));
    assert_string_equal(text_c(&got), line);
    text_dispose(&got);
}

static void a_domain_lets_its_other_hosts_in(void **state)
{
    const struct cookie_place other = { .host = "cdn.shop.example", .path = "/music/x" };
    const struct cookie_place above = { .host = "shop.example", .path = "/music/x" };
    const struct cookie_place alike = { .host = "evilshop.example", .path = "/music/x" };

    set(*state, &shop, "wide=1; domain=.Shop.Example");
    set(*state, &shop, "own=2");
    set(*state, &shop, "empty=3; domain=");

    assert_cookies(*state, &shop, "wide=1; own=2; empty=3");
    assert_cookies(*state, &other, "wide=1");
    assert_cookies(*state, &above, "wide=1");
    assert_cookies(*state, &alike, "");
}

static void an_address_of_numbers_is_a_host_alone(void **state)
{
    const struct cookie_place address = { .host = "127.0.0.1", .path = "/" };
    const struct cookie_place local = { .host = "localhost", .path = "/" };

    set(*state, &address, "a=1; domain=0.0.1");
    set(*state, &address, "b=2; domain=127.0.0.1");
    set(*state, &local, "c=3; domain=localhost");

    assert_cookies(*state, &address, "b=2");
    assert_cookies(*state, &local, "c=3");
}

static void a_path_keeps_other_directories_out(void **state)
{
    const struct cookie_place below = { .host = "www.shop.example", .path = "/music/rock/x" };
    const struct cookie_place alike = { .host = "www.shop.example", .path = "/musical/x" };
    const struct cookie_place root = { .host = "www.shop.example", .path = "/" };

    set(*state, &shop, "default=1");
    set(*state, &shop, "slash=2; path=/music/");
    set(*state, &shop, "relative=3; path=music");
    set(*state, &root, "root=4");

    assert_cookies(*state, &below, "slash=2; default=1; relative=3; root=4");
    assert_cookies(*state, &alike, "root=4");
}

static void a_secure_cookie_goes_to_https_alone(void **state)
{
    set(*state, &shop_secure, "a=1; secure");

    assert_cookies(*state, &shop, "");
    assert_cookies(*state, &shop_secure, "a=1");
}

static void a_script_neither_sees_nor_overwrites_what_is_for_http_alone(void **state)
{
    set(*state, &shop, "a=1; HttpOnly");
    set(*state, &shop_script, "a=2");
    set(*state, &shop_script, "a=2; max-age=0");

    assert_cookies(*state, &shop_script, "");
    assert_cookies(*state, &shop, "a=1");
}

static void a_cookie_is_over_at_its_expiry(void **state)
{
    const int64_t minute = 60 * CLOCK_TICKS_PER_S;

    set(*state, &shop, "a=1; max-age=60");
    set(*state, &shop, "b=2; max-age=120; expires=Thu, 01 Jan 1970 00:00:00 GMT");
    set(*state, &shop, "c=3; expires=Thu, 01 Jan 1970 00:00:00 GMT; max-age=99999999999999999999");
    set(*state, &shop, "d=4; expires=nonsense; max-age=x");

    assert_cookies_at(*state, &shop, NOW + minute - 1, "a=1; b=2; c=3; d=4");
    assert_cookies_at(*state, &shop, NOW + minute, "b=2; c=3; d=4");
    assert_cookies_at(*state, &shop, NOW + 1000000 * minute, "c=3; d=4");
}

static void a_past_expiry_removes(void **state)
{
    static const char *const ends[] = { "expires=Thu, 01 Jan 1970 00:00:00 GMT",
                                        "expires=Thu, 01-Jan-70 00:00:01 GMT", "max-age=0",
                                        "max-age=-1" };

    for (size_t i = 0; i < COUNT(ends); i++) {
        char line[80];

        set(*state, &shop, "a=1");
        set(*state, &shop, "b=2; " LATER);
        snprintf(line, sizeof(line), "a=; %s", ends[i]);
        set(*state, &shop, line);

        assert_cookies(*state, &shop, "b=2");
    }
}

static void the_end_of_the_session_takes_those_without_expiry(void **state)
{
    set(*state, &shop, "a=1");
    set(*state, &shop, "b=2; " LATER);
    set(*state, &shop, "c=3");

    cookie_jar_end_session(*state);

    assert_cookies(*state, &shop, "b=2");
}

static void the_oldest_of_a_host_make_room(void **state)
{
    const struct cookie_place other = { .host = "other.example", .path = "/" };
    struct text line = { 0 };

    set(*state, &other, "kept=1");
    for (int i = 0; i < COOKIES_A_HOST + 2; i++) {
        char cookie[32];

        snprintf(cookie, sizeof(cookie), "n%d=", i);
        set(*state, &shop, cookie);
    }

    assert_ok(cookie_jar_get(*state, &shop, NOW, &line));
    assert_true(text_starts_with(text_c(&line), "n2=; n3=;"));
    assert_cookies(*state, &other, "kept=1");
    text_dispose(&line);
}

static void the_oldest_of_all_make_room(void **state)
{
    char host[32] = "h.example";
    struct cookie_place place = { .host = host, .path = "/" };

    for (int i = 0; i < COOKIES_MAXIMUM + 1; i++) {
        snprintf(host, sizeof(host), "h%d.example", i);
        set(*state, &place, "a=1");
    }

    assert_cookies(*state, &place, "a=1");
    assert_cookies(*state, &(struct cookie_place){ .host = "h0.example", .path = "/" }, "");
    assert_cookies(*state, &(struct cookie_place){ .host = "h1.example", .path = "/" }, "a=1");
}

static void a_page_in_a_file_has_its_own(void **state)
{
    set(*state, &file_page, "a=1");
    set(*state, &file_page, "b=2; domain=shop.example");

    assert_cookies(*state, &file_page, "a=1");
    assert_cookies(*state, &shop, "");
}

static void what_has_an_expiry_is_there_in_the_next_session(void **state)
{
    struct temp_directory temp;
    char path[TEMP_PATH_SIZE];
    struct disk_stat stat = { 0 };
    struct cookie_jar *jar = NULL;
    (void)state;
    temp_directory_make(&temp);
    temp_directory_join(&temp, "new/cookies.txt", path);
    assert_ok(cookie_jar_open(disk_system(), path, &jar));
    set(jar, &shop, "a=1; " LATER);
    set(jar, &shop, "b=2");
    set(jar, &shop, "c=; domain=shop.example; path=/; secure; httponly; " LATER);
    set(jar, &file_page, "WMPDLC0=123; " LATER);

    assert_ok(cookie_jar_save(jar));
    cookie_jar_close(jar);
    assert_ok(cookie_jar_open(disk_system(), path, &jar));

    assert_cookies(jar, &shop_secure, "a=1; c=");
    assert_cookies(jar, &shop, "a=1");
    assert_cookies(jar, &file_page, "WMPDLC0=123");
    assert_ok(disk_stat(disk_system(), path, &stat));
    assert_false(stat.is_exposed);
    cookie_jar_close(jar);
    temp_directory_remove(&temp);
}

static void the_file_is_in_the_known_format(void **state)
{
    struct temp_directory temp;
    char path[TEMP_PATH_SIZE];
    struct cookie_jar *jar = NULL;
    char *content;
    (void)state;
    temp_directory_make(&temp);
    assert_ok(
        cookie_jar_open(disk_system(), temp_directory_join(&temp, "cookies.txt", path), &jar));
    set(jar, &shop, "a=1; " LATER);
    set(jar, &shop, "c=x y; domain=shop.example; path=/; secure; httponly; " LATER);

    assert_ok(cookie_jar_save(jar));

    content = temp_directory_read(&temp, "cookies.txt", NULL);
    assert_string_equal(content, "# Netscape HTTP Cookie File\n"
                                 "www.shop.example\tFALSE\t/music\tFALSE\t1893456000\ta\t1\n"
                                 "#HttpOnly_.shop.example\tTRUE\t/\tTRUE\t1893456000\tc\tx y\n");
    assert_int_equal(temp_directory_count(&temp), 1);
    free(content);
    cookie_jar_close(jar);
    temp_directory_remove(&temp);
}

static void a_jar_that_has_not_changed_writes_nothing(void **state)
{
    struct temp_directory temp;
    char path[TEMP_PATH_SIZE];
    struct cookie_jar *jar = NULL;
    (void)state;
    temp_directory_make(&temp);
    temp_directory_join(&temp, "cookies.txt", path);
    assert_ok(cookie_jar_open(disk_system(), path, &jar));
    set(jar, &shop, "session=1");

    assert_ok(cookie_jar_save(jar));
    assert_false(temp_directory_has(&temp, "cookies.txt"));

    set(jar, &shop, "a=1; " LATER);
    assert_ok(cookie_jar_save(jar));
    set(jar, &shop, "a=; max-age=0");
    assert_ok(cookie_jar_save(jar));
    cookie_jar_close(jar);
    assert_ok(cookie_jar_open(disk_system(), path, &jar));
    assert_cookies(jar, &shop, "");
    cookie_jar_close(jar);
    temp_directory_remove(&temp);
}

static void a_failed_write_leaves_the_old_file(void **state)
{
    struct temp_directory temp;
    char path[TEMP_PATH_SIZE];
    struct cookie_jar *jar = NULL;
    struct disk *disk = NULL;
    (void)state;
    temp_directory_make(&temp);
    temp_directory_join(&temp, "cookies.txt", path);
    assert_ok(disk_faulty_new(disk_system(), &disk));
    assert_ok(cookie_jar_open(disk, path, &jar));
    set(jar, &shop, "a=1; " LATER);
    assert_ok(cookie_jar_save(jar));
    set(jar, &shop, "b=2; " LATER);
    assert_ok(disk_faulty_add(disk, &(struct disk_fault){ .operation = "sync",
                                                          .path_part = "",
                                                          .result = XBITS_ERROR_DISK_FULL }));

    assert_fails(XBITS_ERROR_DISK_FULL, cookie_jar_save(jar));
    cookie_jar_close(jar);
    assert_ok(cookie_jar_open(disk_system(), path, &jar));

    assert_cookies(jar, &shop, "a=1");
    cookie_jar_close(jar);
    disk_faulty_free(disk);
    temp_directory_remove(&temp);
}

static void lines_of_the_file_that_cannot_be_read_are_dropped(void **state)
{
    static const char content[] = "# a comment\n"
                                  "\n"
                                  "nonsense\n"
                                  "www.shop.example\tFALSE\t/\tFALSE\t1893456000\tgood\t1\r\n"
                                  "www.shop.example\tmaybe\t/\tFALSE\t1893456000\ta\t1\n"
                                  "www.shop.example\tFALSE\t/\tFALSE\t0\tb\t1\n"
                                  "www.shop.example\tFALSE\t/\tFALSE\t-5\tc\t1\n"
                                  "www.shop.example\tFALSE\t/\tFALSE\t99999999999999\td\t1\n"
                                  "www.shop.example\tFALSE\tmusic\tFALSE\t1893456000\te\t1\n"
                                  "www.shop.example\tFALSE\t/\tFALSE\t1893456000\t\t1\n"
                                  "www.shop.example\tFALSE\t/\tFALSE\t1893456000\tf\t1\t2\n"
                                  "www.shop.example\tFALSE\t/\tFALSE\t1893456000\tg\n"
                                  "www.shop.example\tFALSE\t/\tFALSE\t1893456000\th\t1;i=2\n"
                                  "www.shop.example\tFALSE\t/\tFALSE\t1893456000\tj=k\t1\n"
                                  "www.shop.example\tFALSE\t/\tFALSE\t1893456000\tl\t\xFF\n"
                                  "www.shop.example\tFALSE\t/\tFALSE\t1893456000\tm\t\0\n"
                                  ".example\tTRUE\t/\tFALSE\t1893456000\tn\t1\n"
                                  "www.shop.example\tFALSE\t/\tFALSE\t1893456000\tlast\t";

    assert_ok(cookie_file_read(*state, content, sizeof(content) - 1));

    assert_cookies(*state, &shop, "good=1; last=");
}

static void a_line_of_the_file_without_end_is_dropped(void **state)
{
    const size_t size = 100000;
    char *content = malloc(size);
    assert_non_null(content);
    memset(content, '\t', size);

    assert_ok(cookie_file_read(*state, content, size));

    assert_cookies(*state, &shop, "");
    free(content);
}

int main(void)
{
#define JAR_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_read_in_the_forms_that_pages_write),
        cmocka_unit_test(a_year_of_two_digits_is_of_this_century_or_the_last),
        cmocka_unit_test(what_is_no_date_is_none),
        JAR_TEST(a_cookie_comes_back_to_its_own_page),
        JAR_TEST(a_cookie_that_is_set_again_keeps_its_place),
        JAR_TEST(lines_that_are_no_cookies_are_ignored),
        JAR_TEST(a_cookie_of_too_many_bytes_is_ignored),
        JAR_TEST(a_domain_lets_its_other_hosts_in),
        JAR_TEST(an_address_of_numbers_is_a_host_alone),
        JAR_TEST(a_path_keeps_other_directories_out),
        JAR_TEST(a_secure_cookie_goes_to_https_alone),
        JAR_TEST(a_script_neither_sees_nor_overwrites_what_is_for_http_alone),
        JAR_TEST(a_cookie_is_over_at_its_expiry),
        JAR_TEST(a_past_expiry_removes),
        JAR_TEST(the_end_of_the_session_takes_those_without_expiry),
        JAR_TEST(the_oldest_of_a_host_make_room),
        JAR_TEST(the_oldest_of_all_make_room),
        JAR_TEST(a_page_in_a_file_has_its_own),
        cmocka_unit_test(what_has_an_expiry_is_there_in_the_next_session),
        cmocka_unit_test(the_file_is_in_the_known_format),
        cmocka_unit_test(a_jar_that_has_not_changed_writes_nothing),
        cmocka_unit_test(a_failed_write_leaves_the_old_file),
        JAR_TEST(lines_of_the_file_that_cannot_be_read_are_dropped),
        JAR_TEST(a_line_of_the_file_without_end_is_dropped),
    };

    return run_tests("cookies", tests);
}
