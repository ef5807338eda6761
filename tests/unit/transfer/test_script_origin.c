/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/script_origin.h"

#include "base/clock.h"
#include "base/text.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#include <stdio.h>

static struct script_origin *parse(const char *ini)
{
    struct script_origin *origin = NULL;

    assert_ok(script_origin_parse(ini, &origin));
    return origin;
}

static void every_key_is_read(void **state)
{
    struct script_origin *origin = parse("[resource a]\n"
                                         "url = HTTP://Server/Dir/a.bin\n"
                                         "size = 1000\n"
                                         "pattern = 7\n"
                                         "etag = \"x\"\n"
                                         "last_modified = Sat, 21 Nov 2026 09:30:00 GMT\n"
                                         "content_type = text/plain\n"
                                         "status = 503\n"
                                         "head_status = 405\n"
                                         "fail_times = 2\n"
                                         "location = /b\n"
                                         "retry_after = 120\n"
                                         "content_range = bytes 1-2/3\n"
                                         "ranges = no\n"
                                         "length = no\n"
                                         "validators = no\n"
                                         "version = 1.0\n"
                                         "error = reset\n"
                                         "latency_ms = 20\n"
                                         "rate = 5000\n"
                                         "cut_after = 10\n"
                                         "cut_times = 3\n"
                                         "stalls = yes\n");
    const struct script_section *section =
        script_origin_request(origin, "http://server/Dir/a.bin#part");
    int64_t date;

    (void)state;
    assert_non_null(section);
    assert_string_equal(section->url, "http://server/Dir/a.bin");
    assert_int_equal(section->resource.size, 1000);
    assert_int_equal(section->pattern, 7);
    assert_string_equal(section->resource.etag, "\"x\"");
    assert_true(clock_parse_http("Sat, 21 Nov 2026 09:30:00 GMT", &date));
    assert_true(section->resource.modified == date);
    assert_string_equal(section->resource.content_type, "text/plain");
    assert_int_equal(section->resource.rules.status, 503);
    assert_int_equal(section->resource.rules.head_status, 405);
    assert_int_equal(section->fail_times, 2);
    assert_string_equal(section->resource.rules.location, "/b");
    assert_string_equal(section->resource.rules.retry_after, "120");
    assert_string_equal(section->resource.rules.wrong_content_range, "bytes 1-2/3");
    assert_true(section->resource.rules.no_ranges);
    assert_true(section->resource.rules.no_length);
    assert_true(section->resource.rules.no_validators);
    assert_true(section->resource.rules.is_http_1_0);
    assert_int_equal(section->error, XBITS_ERROR_WINHTTP_CONNECTION_ERROR);
    assert_int_equal(section->latency_ms, 20);
    assert_int_equal(section->rate, 5000);
    assert_int_equal(section->cut_after, 10);
    assert_int_equal(section->cut_times, 3);
    assert_true(section->stalls);
    script_origin_release(origin);
}

static void a_resource_needs_no_more_than_a_url(void **state)
{
    struct script_origin *origin = parse("[resource a]\nurl = http://server\n");
    const struct script_section *section = script_origin_request(origin, "http://server/");

    (void)state;
    assert_non_null(section);
    assert_int_equal(section->resource.size, 0);
    assert_true(section->resource.modified == CLOCK_VIRTUAL_START);
    assert_null(section->resource.etag);
    assert_int_equal(section->resource.rules.status, 0);
    script_origin_release(origin);
}

static void a_text_is_the_body_and_gives_the_size(void **state)
{
    struct script_origin *origin =
        parse("[resource a]\nurl = http://server/a\ntext = hello\nsize = 99\n");
    const struct script_section *section = script_origin_request(origin, "http://server/a");

    (void)state;
    assert_string_equal(section->body, "hello");
    assert_int_equal(section->resource.size, 5);
    script_origin_release(origin);
}

static void a_later_section_replaces_an_earlier_one_after_so_many_requests(void **state)
{
    struct script_origin *origin =
        parse("[resource new]\nurl = http://server/a\nafter = 2\nsize = 2\n"
              "[resource old]\nurl = http://server/a\nsize = 1\n"
              "[resource newest]\nurl = http://server/a\nafter = 3\n"
              "size = 3\n");
    static const uint64_t sizes[] = { 1, 1, 2, 3, 3 };

    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
        assert_int_equal(script_origin_request(origin, "http://server/a")->resource.size, sizes[i]);
    script_origin_release(origin);
}

static void a_resource_can_appear_later(void **state)
{
    struct script_origin *origin = parse("[resource a]\nurl = http://server/a\nafter = 1\n");

    (void)state;
    assert_null(script_origin_request(origin, "http://server/a"));
    assert_non_null(script_origin_request(origin, "http://server/a"));
    script_origin_release(origin);
}

static void a_server_is_known_by_any_of_its_resources(void **state)
{
    static const struct {
        const char *url;
        bool is_known;
    } cases[] = {
        { "http://server/nothing", true },   { "HTTP://SERVER/nothing", true },
        { "http://server?q", true },         { "http://server", true },
        { "https://server/nothing", false }, { "http://serve/nothing", false },
        { "http://server2/nothing", false }, { "http://server:8080/nothing", true },
        { "http://server:80/x", false },     { "http://server-b/x", true },
        { "http://server.a/x", true },       { "http://server.b/x", false },
        { "ftp://server/x", false },
    };
    struct script_origin *origin = parse("[resource a]\nurl = http://server/a?q=1\n"
                                         "[resource b]\nurl = http://server:8080/b\n"
                                         "[resource c]\nurl = http://server-b/\n"
                                         "[resource d]\nurl = http://server.a?x\n");

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(script_origin_has_server(origin, cases[i].url), cases[i].is_known);
    assert_non_null(script_origin_request(origin, "http://server.a/?x"));
    script_origin_release(origin);
}

static void an_empty_text_is_an_origin_without_servers(void **state)
{
    struct script_origin *origin = parse("");

    (void)state;
    assert_null(script_origin_request(origin, "http://server/a"));
    assert_false(script_origin_has_server(origin, "http://server/a"));
    script_origin_release(origin);
    script_origin_release(parse(NULL));
}

static void many_resources_are_all_found(void **state)
{
    struct script_origin *origin;
    struct text ini = { 0 };
    char url[64];

    (void)state;
    for (int i = 0; i < 2000; i++)
        assert_ok(
            text_format(&ini, "[resource %d]\nurl = http://s%d/%d\nsize = %d\n", i, i % 7, i, i));
    origin = parse(text_c(&ini));
    for (int i = 0; i < 2000; i++) {
        snprintf(url, sizeof(url), "http://s%d/%d", i % 7, i);
        assert_int_equal(script_origin_request(origin, url)->resource.size, i);
    }
    script_origin_release(origin);
    text_dispose(&ini);
}

#define URL "[resource a]\nurl = http://server/a\n"

static void nonsense_is_refused_by_line_and_key(void **state)
{
    static const struct {
        const char *ini;
        const char *place;
    } cases[] = {
        { "[server a]\nurl = http://server/a\n", "origin:2: server a.url: " },
        { "[resource a]\nsize = 1\n", "origin:2: resource a.url: " },
        { "[resource a]\nsize = 1\n\n[resource b]\nurl = http://s/b\n",
          "origin:2: resource a.url" },
        { "[resource a]\nurl = ftp://server/a\n", "origin:2: resource a.url: " },
        { "[resource a]\nurl = /a\n", "origin:2: resource a.url: " },
        { URL "[resource b]\nsize = 1\nurl = HTTP://server/a#x\n", "resource b.url: " },
        { URL "colour = red\n", "origin:3: resource a.colour: " },
        { URL "size = -1\n", "origin:3: resource a.size: " },
        { URL "size = 1k\n", "origin:3: resource a.size: " },
        { URL "size = 18446744073709551616\n", "origin:3: resource a.size: " },
        { URL "size = 1125899906842625\n", "origin:3: resource a.size: " },
        { URL "size =\n", "origin:3: resource a.size: " },
        { URL "status = 99\n", "origin:3: resource a.status: " },
        { URL "status = 1000\n", "origin:3: resource a.status: " },
        { URL "head_status = x\n", "origin:3: resource a.head_status: " },
        { URL "ranges = maybe\n", "origin:3: resource a.ranges: " },
        { URL "version = 2.0\n", "origin:3: resource a.version: " },
        { URL "error = magic\n", "origin:3: resource a.error: " },
        { URL "last_modified = today\n", "origin:3: resource a.last_modified: " },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct script_origin *origin = NULL;

        assert_fails(XBITS_E_INVALIDARG, script_origin_parse(cases[i].ini, &origin));
        assert_message(cases[i].place);
        assert_null(origin);
    }
}

static void an_origin_lives_as_long_as_its_last_reference(void **state)
{
    struct script_origin *origin = parse(URL);
    struct script_origin *second = script_origin_retain(origin);

    (void)state;
    script_origin_release(origin);
    assert_non_null(script_origin_request(second, "http://server/a"));
    script_origin_release(second);
    script_origin_release(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_read),
        cmocka_unit_test(a_resource_needs_no_more_than_a_url),
        cmocka_unit_test(a_text_is_the_body_and_gives_the_size),
        cmocka_unit_test(a_later_section_replaces_an_earlier_one_after_so_many_requests),
        cmocka_unit_test(a_resource_can_appear_later),
        cmocka_unit_test(a_server_is_known_by_any_of_its_resources),
        cmocka_unit_test(an_empty_text_is_an_origin_without_servers),
        cmocka_unit_test(many_resources_are_all_found),
        cmocka_unit_test(nonsense_is_refused_by_line_and_key),
        cmocka_unit_test(an_origin_lives_as_long_as_its_last_reference),
    };

    return run_tests("script_origin", tests);
}
