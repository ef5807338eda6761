/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "conformance/steps_wmp.h"
#include "script/browser.h"
#include "support/assert_result.h"
#include "xbits/shell.h"

/* One browser shows all panes: what outlives the page that it shows (wmp-store 2.6, W36). */

#define OTHER_STORE "HillMusic"
#define HARBOR      "http://harbor.test/"
#define FIRST       HARBOR "1"
#define SECOND      HARBOR "2"
#define SONGS       HARBOR "songs"
#define HILL        "http://hill.test/"

/* The first page is the only one that sets cookies. */
static const struct {
    const char *url;
    const char *html;
} pages[] = {
    { FIRST, "<html><script>var runs = 1; document.cookie = 'visit=1';"
             "document.cookie = 'kept=1; expires=Fri, 1 Jan 2100 00:00:00 UTC';</script></html>" },
    { SECOND, "<html><script>var runs = 1;</script></html>" },
    { SONGS, "<html><script>var runs = 1;</script></html>" },
    { HILL, "<html><script>var runs = 1;</script>"
            "<body onunload=\"document.cookie = 'hill=1'\"></body></html>" },
};

struct shown {
    struct wmp wmp;
    struct xbits_shell *shell;
    struct cookie_jar *cookies;
    struct browser *browser;
};

static xbits_result load(const char *url, struct page_content *content, void *user)
{
    (void)user;
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        if (strcmp(pages[i].url, url) != 0)
            continue;
        assert_ok(text_add(&content->url, url));
        assert_ok(text_add(&content->content_type, "text/html"));
        return text_add(&content->body, pages[i].html);
    }
    return xbits_fail(XBITS_ERROR_FILE_NOT_FOUND, "there is no page %s", url);
}

static void fail_at(enum browser_news_kind kind, const char *pane_name, const char *text,
                    void *user)
{
    (void)user;
    if (kind == BROWSER_FAILED)
        fail_msg("%s: %s", pane_name, text);
}

static void open_shell(struct shown *shown)
{
    const size_t size = sizeof(struct xbits_shell_store);
    const struct xbits_shell_store stores[] = {
        { size, WMP_STORE, HARBOR, { FIRST, SECOND, NULL } },
        { size, OTHER_STORE, HILL, { HILL, NULL, NULL } },
    };
    struct xbits_shell_options options;

    XBITS_INIT(&options);
    options.player = XBITS_PLAYER_WMP10;
    options.stores = stores;
    options.store_count = sizeof stores / sizeof stores[0];
    options.active_store = WMP_STORE;
    assert_ok(xbits_shell_open(&options, &shown->shell));
}

static void open_browser(struct shown *shown)
{
    const struct browser_options options = {
        .page = { .manager = shown->wmp.harness->manager,
                  .shell = shown->shell,
                  .downloads = xbits_player_download_manager(shown->wmp.player),
                  .surface = XBITS_SURFACE_PANE,
                  .cookies = shown->cookies,
                  .load = load },
        .tell = fail_at,
    };

    assert_ok(browser_open(&options, &shown->browser));
}

static void begin(struct shown *shown, struct harness *harness)
{
    memset(shown, 0, sizeof *shown);
    wmp_begin_with_player(&shown->wmp, harness);
    open_shell(shown);
    assert_ok(cookie_jar_open(disk_system(), NULL, &shown->cookies));
    open_browser(shown);
}

static void end(struct shown *shown)
{
    browser_close(shown->browser);
    cookie_jar_close(shown->cookies);
    xbits_shell_close(shown->shell);
    wmp_close_player(&shown->wmp);
}

static void step(struct shown *shown)
{
    uint64_t due_ms = 0;

    assert_ok(browser_step(shown->browser, now_ms(shown->wmp.harness), &due_ms));
    assert_non_null(browser_page(shown->browser));
    assert_int_equal(page_error_count(browser_page(shown->browser)), 0);
}

static void select_pane(struct shown *shown, unsigned pane)
{
    assert_ok(xbits_shell_select_pane(shown->shell, pane));
    step(shown);
}

static void select_store(struct shown *shown, const char *key)
{
    assert_ok(xbits_shell_select_store(shown->shell, key));
    step(shown);
}

static void run(struct shown *shown, const char *script)
{
    const char *value = NULL;

    assert_ok(page_eval(browser_page(shown->browser), script, &value));
    step(shown);
}

static void assert_value(struct shown *shown, const char *expression, const char *expected)
{
    const char *value = NULL;

    assert_ok(page_eval(browser_page(shown->browser), expression, &value));
    assert_string_equal(value, expected);
}

static void assert_shows(struct shown *shown, const char *url)
{
    assert_string_equal(page_url(browser_page(shown->browser)), url);
}

static void a_pane_comes_back_with_its_address_and_the_sessions_cookies(struct harness *harness)
{
    struct shown shown;

    begin(&shown, harness);
    select_pane(&shown, 1);
    run(&shown, "location.href = 'songs'");
    assert_shows(&shown, SONGS);
    select_pane(&shown, 2);
    assert_shows(&shown, SECOND);
    select_pane(&shown, 1);

    assert_shows(&shown, SONGS);
    assert_value(&shown, "document.cookie", "visit=1; kept=1");
    end(&shown);
}

static void a_pane_that_comes_back_runs_its_scripts_anew(struct harness *harness)
{
    struct shown shown;

    begin(&shown, harness);
    select_pane(&shown, 1);
    run(&shown, "runs = 2; window.onunload = function () { document.cookie = 'left=' + runs; }");
    select_pane(&shown, 2);
    assert_value(&shown, "runs", "1");
    select_pane(&shown, 1);

    assert_value(&shown, "runs", "1");
    assert_value(&shown, "document.cookie", "visit=1; kept=1; left=2");
    end(&shown);
}

static void another_store_forgets_addresses_and_the_sessions_cookies(struct harness *harness)
{
    struct shown shown;

    begin(&shown, harness);
    select_pane(&shown, 2);
    run(&shown, "document.cookie = 'visit=2'");
    run(&shown, "document.cookie = 'kept=2; expires=Fri, 1 Jan 2100 00:00:00 UTC'");
    run(&shown, "location.href = 'songs'");
    assert_value(&shown, "document.cookie", "visit=2; kept=2");
    select_store(&shown, OTHER_STORE);
    assert_shows(&shown, HILL);
    assert_value(&shown, "document.cookie", "");
    select_store(&shown, WMP_STORE);
    assert_shows(&shown, FIRST);
    select_pane(&shown, 2);

    assert_shows(&shown, SECOND);
    assert_value(&shown, "document.cookie", "kept=1; visit=1");
    end(&shown);
}

/* A store cannot leave a note for its next visit in a cookie of its last page. */
static void what_a_page_says_when_its_store_is_left_is_forgotten(struct harness *harness)
{
    struct shown shown;

    begin(&shown, harness);
    select_store(&shown, OTHER_STORE);
    select_store(&shown, WMP_STORE);
    select_store(&shown, OTHER_STORE);

    assert_shows(&shown, HILL);
    assert_value(&shown, "document.cookie", "");
    end(&shown);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "wmp 2.6; W36",
                     a_pane_comes_back_with_its_address_and_the_sessions_cookies),
    CONFORMANCE_TEST(0, "wmp 2.6; W36", a_pane_that_comes_back_runs_its_scripts_anew),
    CONFORMANCE_TEST(0, "wmp 2.6; W36", another_store_forgets_addresses_and_the_sessions_cookies),
    CONFORMANCE_TEST(0, "wmp 2.6; W36", what_a_page_says_when_its_store_is_left_is_forgotten),
};

const struct conformance_suite wmp_pages_suite = CONFORMANCE_SUITE("wmp pages", tests);
