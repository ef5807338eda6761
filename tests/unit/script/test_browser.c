/* SPDX-License-Identifier: MIT */
#include "script/browser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "support/assert_result.h"
#include "support/test_main.h"
#include "xbits/shell.h"

/* What a page does here is what its address says: "...#go=URL" wants to go there once, "bad" cannot
 * be opened. Every load and unload is written down. */
struct page {
    struct page_options options;
    char url[160];
    char wanted[160];
};

struct fixture {
    struct xbits_shell *shell;
    struct cookie_jar *cookies;
    struct browser *browser;
    struct text log;
    unsigned steps;
};

static void note(struct fixture *fixture, const char *what, const char *text)
{
    assert_ok(text_format(&fixture->log, "%s %s\n", what, text));
}

void page_content_dispose(struct page_content *content)
{
    text_dispose(&content->url);
    text_dispose(&content->content_type);
    text_dispose(&content->body);
}

xbits_result page_open(const struct page_options *options, const struct page_content *content,
                       struct page **page_out)
{
    const char *url = text_c(&content->url);
    const char *wanted = strstr(url, "?go=");
    struct page *page;

    page = calloc(1, sizeof(*page));
    assert_non_null(page);
    page->options = *options;
    text_copy_into(page->url, sizeof(page->url), url);
    text_copy_into(page->wanted, sizeof(page->wanted), wanted != NULL ? wanted + 4 : "");
    *page_out = page;
    return XBITS_S_OK;
}

void page_close(struct page *page)
{
    free(page);
}

xbits_result page_unload(struct page *page)
{
    const struct cookie_place place = { .host = "h", .path = "/" };

    note(page->options.user, "unload", page->url);
    return cookie_jar_set(page->options.cookies, &place, "left=1", CLOCK_VIRTUAL_START);
}

xbits_result page_step(struct page *page, uint64_t now_ms, uint64_t *next_due_ms_out)
{
    ((struct fixture *)page->options.user)->steps++;
    if (strstr(page->url, "stops") != NULL)
        return xbits_fail(XBITS_E_ABORT, "the page was stopped");
    *next_due_ms_out = now_ms + 1000;
    return XBITS_S_OK;
}

const char *page_take_location(struct page *page)
{
    static char taken[sizeof(page->wanted)];

    text_copy_into(taken, sizeof(taken), page->wanted);
    page->wanted[0] = '\0';
    return taken;
}

const char *page_url(const struct page *page)
{
    return page->url;
}

static xbits_result load(const char *url, struct page_content *content, void *user)
{
    note(user, "load", url);
    if (strcmp(url, "http://h/bad") == 0)
        return xbits_fail(XBITS_ERROR_FILE_NOT_FOUND, "it is not there");
    assert_ok(text_add(&content->content_type,
                       strcmp(url, "http://h/song") == 0 ? "audio/mpeg" : "text/html"));
    return text_add(&content->url, url);
}

static void hear(enum browser_news_kind kind, const char *pane_name, const char *text, void *user)
{
    static const char *const names[] = { "LOADED", "NAVIGATED", "FAILED" };
    char line[300];

    snprintf(line, sizeof(line), "%s%s%s", pane_name, pane_name[0] != '\0' ? " " : "", text);
    note(user, names[kind], line);
}

static void open_shell(struct fixture *fixture)
{
    static const struct xbits_shell_store stores[] = {
        { .size = sizeof(struct xbits_shell_store),
          .key = "A",
          .navigate_base_url = "http://h/nav",
          .task_urls = { "http://h/1", "http://h/2", NULL } },
        { .size = sizeof(struct xbits_shell_store),
          .key = "B",
          .task_urls = { "http://b/1", NULL, NULL } },
    };
    struct xbits_shell_options options;

    XBITS_INIT(&options);
    options.player = XBITS_PLAYER_WMP10;
    options.stores = stores;
    options.store_count = 2;
    options.active_store = "A";
    assert_ok(xbits_shell_open(&options, &fixture->shell));
}

static void open_browser(struct fixture *fixture, enum xbits_surface surface)
{
    const struct browser_options options = {
        .page = { .shell = fixture->shell,
                  .surface = surface,
                  .cookies = fixture->cookies,
                  .load = load,
                  .user = fixture },
        .tell = hear,
        .user = fixture,
    };

    assert_ok(browser_open(&options, &fixture->browser));
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));

    assert_non_null(fixture);
    open_shell(fixture);
    assert_ok(cookie_jar_open(disk_system(), NULL, &fixture->cookies));
    open_browser(fixture, XBITS_SURFACE_PANE);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    browser_close(fixture->browser);
    cookie_jar_close(fixture->cookies);
    xbits_shell_close(fixture->shell);
    text_dispose(&fixture->log);
    free(fixture);
    return 0;
}

static uint64_t step(struct fixture *fixture)
{
    uint64_t due_ms = 0;

    assert_ok(browser_step(fixture->browser, 5, &due_ms));
    return due_ms;
}

static void assert_log(struct fixture *fixture, const char *expected)
{
    assert_string_equal(text_c(&fixture->log), expected);
    text_clear(&fixture->log);
}

static void assert_session_cookie(struct fixture *fixture, const char *expected)
{
    const struct cookie_place place = { .host = "h", .path = "/" };
    struct text line = { 0 };

    assert_ok(cookie_jar_get(fixture->cookies, &place, CLOCK_VIRTUAL_START, &line));
    assert_string_equal(text_c(&line), expected);
    text_dispose(&line);
}

static void select_pane(struct fixture *fixture, unsigned pane)
{
    assert_ok(xbits_shell_select_pane(fixture->shell, pane));
    (void)step(fixture);
}

static void nothing_is_shown_at_first(void **state)
{
    struct fixture *fixture = *state;

    assert_true(step(fixture) == UINT64_MAX);
    assert_null(browser_page(fixture->browser));
    assert_ok(browser_leave(fixture->browser));
    assert_log(fixture, "");
}

static void the_next_page_is_loaded_before_the_last_is_unloaded(void **state)
{
    struct fixture *fixture = *state;

    assert_ok(browser_show(fixture->browser, "http://h/a"));
    assert_ok(browser_show(fixture->browser, "http://h/b"));

    assert_log(fixture, "load http://h/a\nLOADED http://h/a\n"
                        "load http://h/b\nunload http://h/a\nLOADED http://h/b\n");
    assert_true(step(fixture) == 1005);
}

static void a_page_that_cannot_be_loaded_leaves_the_last_one(void **state)
{
    struct fixture *fixture = *state;
    assert_ok(browser_show(fixture->browser, "http://h/a"));

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, browser_show(fixture->browser, "http://h/bad"));

    assert_string_equal(page_url(browser_page(fixture->browser)), "http://h/a");
}

static void what_is_no_page_leaves_the_last_one(void **state)
{
    struct fixture *fixture = *state;
    assert_ok(browser_show(fixture->browser, "http://h/a"));

    assert_fails(XBITS_ERROR_INVALID_DATA, browser_show(fixture->browser, "http://h/song"));

    assert_string_equal(page_url(browser_page(fixture->browser)), "http://h/a");
    assert_log(fixture, "load http://h/a\nLOADED http://h/a\nload http://h/song\n");
}

static void a_location_is_followed_and_noted(void **state)
{
    struct fixture *fixture = *state;
    select_pane(fixture, 1);
    assert_ok(browser_show(fixture->browser, "http://h/a?go=http://h/b"));
    text_clear(&fixture->log);

    (void)step(fixture);

    assert_log(fixture, "load http://h/b\nunload http://h/a?go=http://h/b\nLOADED http://h/b\n");
    select_pane(fixture, 2);
    text_clear(&fixture->log);
    select_pane(fixture, 1);
    assert_log(fixture, "NAVIGATED ServiceTask1 http://h/b\nload http://h/b\nunload http://h/2\n"
                        "LOADED http://h/b\n");
}

static void a_location_that_cannot_be_opened_is_told(void **state)
{
    struct fixture *fixture = *state;
    assert_ok(browser_show(fixture->browser, "http://h/a?go=http://h/bad"));
    text_clear(&fixture->log);

    (void)step(fixture);

    assert_log(fixture, "load http://h/bad\nFAILED it is not there\n");
    assert_non_null(browser_page(fixture->browser));
}

static void a_part_of_the_same_page_is_not_loaded(void **state)
{
    struct fixture *fixture = *state;
    assert_ok(browser_show(fixture->browser, "http://h/a?go=http://h/a?go=x#part"));
    text_copy_into(browser_page(fixture->browser)->url, 160, "http://h/a?go=x#top");
    text_clear(&fixture->log);

    (void)step(fixture);

    assert_log(fixture, "");
}

static void a_page_of_a_server_does_not_open_files(void **state)
{
    struct fixture *fixture = *state;
    assert_ok(browser_show(fixture->browser, "http://h/a?go=FILE:///etc/passwd"));
    text_clear(&fixture->log);

    (void)step(fixture);

    assert_log(fixture, "FAILED http://h/a?go=FILE:///etc/passwd may not open the file "
                        "\"FILE:///etc/passwd\"\n");
}

static void a_circle_of_pages_ends(void **state)
{
    struct fixture *fixture = *state;
    char url[160] = "http://h/";
    for (int i = 0; i < 20; i++)
        snprintf(url + strlen(url), sizeof(url) - strlen(url), "?go=%d", i);
    assert_ok(browser_show(fixture->browser, url));

    assert_true(step(fixture) == 1005);
    assert_string_equal(page_url(browser_page(fixture->browser)), "15?go=16?go=17?go=18?go=19");
    assert_non_null(strstr(text_c(&fixture->log),
                           "FAILED the pages lead on and on: 16?go=17?go=18?go=19 is not opened "
                           "after 16 others at once\n"));
    assert_true(step(fixture) == 1005);
}

static void another_store_ends_the_session(void **state)
{
    struct fixture *fixture = *state;
    select_pane(fixture, 1);
    select_pane(fixture, 2);
    assert_session_cookie(fixture, "left=1");
    text_clear(&fixture->log);

    assert_ok(xbits_shell_select_store(fixture->shell, "B"));
    (void)step(fixture);

    assert_log(fixture, "unload http://h/2\nNAVIGATED ServiceTask1 http://b/1\nload http://b/1\n"
                        "LOADED http://b/1\n");
    assert_session_cookie(fixture, "");
}

static void another_surface_stays_and_tells_where_a_pane_goes(void **state)
{
    struct fixture *fixture = *state;
    browser_close(fixture->browser);
    open_browser(fixture, XBITS_SURFACE_INFO_CENTER);
    assert_ok(browser_show(fixture->browser, "http://h/info"));
    text_clear(&fixture->log);

    assert_ok(xbits_shell_navigate(fixture->shell, "A", "ServiceTask2", "a=1"));
    (void)step(fixture);

    assert_log(fixture, "NAVIGATED ServiceTask2 http://h/nav?a=1\n");
    assert_string_equal(page_url(browser_page(fixture->browser)), "http://h/info");
}

static void a_page_that_was_stopped_gives_way_to_another_pane(void **state)
{
    struct fixture *fixture = *state;
    assert_ok(browser_show(fixture->browser, "http://h/stops"));

    assert_true(step(fixture) == UINT64_MAX);
    select_pane(fixture, 2);

    assert_string_equal(page_url(browser_page(fixture->browser)), "http://h/2");
}

static void a_page_that_is_left_is_unloaded_once(void **state)
{
    struct fixture *fixture = *state;
    assert_ok(browser_show(fixture->browser, "http://h/a"));

    assert_ok(browser_leave(fixture->browser));
    assert_ok(browser_leave(fixture->browser));

    assert_log(fixture, "load http://h/a\nLOADED http://h/a\nunload http://h/a\n");
    assert_null(browser_page(fixture->browser));
}

int main(void)
{
#define BROWSER_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        BROWSER_TEST(nothing_is_shown_at_first),
        BROWSER_TEST(the_next_page_is_loaded_before_the_last_is_unloaded),
        BROWSER_TEST(a_page_that_cannot_be_loaded_leaves_the_last_one),
        BROWSER_TEST(what_is_no_page_leaves_the_last_one),
        BROWSER_TEST(a_location_is_followed_and_noted),
        BROWSER_TEST(a_location_that_cannot_be_opened_is_told),
        BROWSER_TEST(a_part_of_the_same_page_is_not_loaded),
        BROWSER_TEST(a_page_of_a_server_does_not_open_files),
        BROWSER_TEST(a_circle_of_pages_ends),
        BROWSER_TEST(another_store_ends_the_session),
        BROWSER_TEST(another_surface_stays_and_tells_where_a_pane_goes),
        BROWSER_TEST(a_page_that_was_stopped_gives_way_to_another_pane),
        BROWSER_TEST(a_page_that_is_left_is_unloaded_once),
    };

    return run_tests("browser", tests);
}
