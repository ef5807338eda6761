/* SPDX-License-Identifier: MIT */
#include "script/browser.h"

#include <stdlib.h>
#include <string.h>

#include "base/url_text.h"
#include "script/document/html_charset.h"
#include "xbits/shell.h"

/* A page can send the browser on as soon as it is there. So many pages are shown at once; where
 * more are wanted they lead to each other in a circle. */
#define PAGES_A_STEP       16
#define NAVIGATIONS_A_STEP (PAGES_A_STEP + XBITS_NAVIGATIONS_MAXIMUM + 1)

struct browser {
    struct browser_options options;
    struct page *page;
    unsigned shown; /* In this step. */
};

static void tell(const struct browser *browser, enum browser_news_kind kind, const char *pane_name,
                 const char *text)
{
    if (browser->options.tell != NULL)
        browser->options.tell(kind, pane_name, text, browser->options.user);
}

xbits_result browser_open(const struct browser_options *options, struct browser **browser_out)
{
    struct browser *browser = calloc(1, sizeof(*browser));

    if (browser == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a browser");
    browser->options = *options;
    *browser_out = browser;
    return XBITS_S_OK;
}

void browser_close(struct browser *browser)
{
    if (browser == NULL)
        return;
    page_close(browser->page);
    free(browser);
}

struct page *browser_page(const struct browser *browser)
{
    return browser->page;
}

xbits_result browser_leave(struct browser *browser)
{
    struct page *page = browser->page;
    xbits_result result;

    if (page == NULL)
        return XBITS_S_OK;
    browser->page = NULL;
    result = page_unload(page);
    page_close(page);
    return result;
}

static bool is_pane(const struct browser *browser)
{
    return browser->options.page.surface == XBITS_SURFACE_PANE;
}

/* What is no page, as a song that a link leads to, leaves the old one where it is. */
static xbits_result show_content(struct browser *browser, const struct page_content *content)
{
    TRY(html_check_type(text_c(&content->content_type), text_c(&content->body),
                        content->body.length));
    TRY(browser_leave(browser));
    TRY(page_open(&browser->options.page, content, &browser->page));
    tell(browser, BROWSER_LOADED, "", page_url(browser->page));
    return XBITS_S_OK;
}

static xbits_result show(struct browser *browser, const char *url)
{
    struct page_content content = { 0 };
    xbits_result result = browser->options.page.load(url, &content, browser->options.page.user);

    if (XBITS_SUCCEEDED(result))
        result = show_content(browser, &content);
    page_content_dispose(&content);
    return result;
}

/* What the shell comes back to when the user does. No pane may be shown yet. */
static xbits_result note_url(const struct browser *browser)
{
    const xbits_result result =
        xbits_shell_note_url(browser->options.page.shell, page_url(browser->page));

    return XBITS_FAILED(result) ? result : XBITS_S_OK;
}

xbits_result browser_show(struct browser *browser, const char *url)
{
    TRY(show(browser, url));
    return is_pane(browser) ? note_url(browser) : XBITS_S_OK;
}

static xbits_result follow_to(struct browser *browser, const char *url)
{
    if (browser->shown++ >= PAGES_A_STEP)
        return xbits_fail(XBITS_ERROR_WINHTTP_REDIRECT_FAILED,
                          "the pages lead on and on: %s is not opened after %d others at once",
                          url_text(url).c, PAGES_A_STEP);
    return show(browser, url);
}

/* What cannot be opened is told; only a lack of memory ends the step. */
static xbits_result tell_failure(const struct browser *browser, const char *pane_name,
                                 xbits_result result)
{
    if (result == XBITS_E_OUTOFMEMORY)
        return result;
    tell(browser, BROWSER_FAILED, pane_name, xbits_last_error()->message);
    return XBITS_S_OK;
}

/* The pages of a store end with it: what its last one leaves behind is forgotten, too. */
static xbits_result end_session(struct browser *browser)
{
    TRY(browser_leave(browser));
    if (browser->options.page.cookies != NULL)
        cookie_jar_end_session(browser->options.page.cookies);
    return XBITS_S_OK;
}

/* The shell may be at another pane by now: the address that it remembers is its own pane's. */
static xbits_result show_in_pane(struct browser *browser, const struct xbits_navigation *navigation)
{
    if (!is_pane(browser))
        return XBITS_S_OK;
    TRY(follow_to(browser, navigation->url));
    return xbits_shell_pane(browser->options.page.shell) == navigation->pane ? note_url(browser)
                                                                             : XBITS_S_OK;
}

static xbits_result follow_navigation(struct browser *browser,
                                      const struct xbits_navigation *navigation)
{
    const char *pane_name = xbits_pane_name(navigation->pane);
    xbits_result result;

    if (navigation->ends_session)
        TRY(end_session(browser));
    tell(browser, BROWSER_NAVIGATED, pane_name, navigation->url);
    result = show_in_pane(browser, navigation);
    return XBITS_FAILED(result) ? tell_failure(browser, pane_name, result) : XBITS_S_OK;
}

/* XBITS_S_FALSE: there was none. */
static xbits_result follow_shell(struct browser *browser)
{
    struct xbits_navigation navigation;
    xbits_result result;

    XBITS_INIT(&navigation);
    result = xbits_shell_next_navigation(browser->options.page.shell, &navigation);
    return result == XBITS_S_OK ? follow_navigation(browser, &navigation) : result;
}

/* "#part" of the page that is shown. */
static bool is_within(const char *location, const char *url)
{
    const size_t length = strcspn(url, "#");

    return strncmp(location, url, length) == 0 && location[length] == '#';
}

static xbits_result go(struct browser *browser, const char *location)
{
    const char *url = page_url(browser->page);

    if (is_within(location, url))
        return XBITS_S_OK;
    if (text_starts_with_ignoring_case(location, "file:") &&
        !text_starts_with_ignoring_case(url, "file:"))
        return xbits_fail(XBITS_E_ACCESSDENIED, "%s may not open the file \"%s\"", url_text(url).c,
                          url_text(location).c);
    TRY(follow_to(browser, location));
    return is_pane(browser) ? note_url(browser) : XBITS_S_OK;
}

/* The location is the page's, which ends on the way. XBITS_S_FALSE: there was none. */
static xbits_result follow_page(struct browser *browser)
{
    const char *wanted = browser->page != NULL ? page_take_location(browser->page) : "";
    char *location = NULL;
    xbits_result result;

    if (wanted[0] == '\0')
        return XBITS_S_FALSE;
    TRY(text_copy(wanted, &location));
    result = go(browser, location);
    free(location);
    return XBITS_FAILED(result) ? tell_failure(browser, "", result) : XBITS_S_OK;
}

/* The shell goes first: where its pane is another one, the page that is left has no say. */
static xbits_result follow(struct browser *browser)
{
    xbits_result result = follow_shell(browser);

    return result == XBITS_S_FALSE ? follow_page(browser) : result;
}

/* A page that was stopped has no timers any more; it is left as any other. */
static xbits_result step_page(const struct browser *browser, uint64_t now_ms,
                              uint64_t *next_due_ms_out)
{
    xbits_result result;

    if (browser->page == NULL)
        return XBITS_S_OK;
    result = page_step(browser->page, now_ms, next_due_ms_out);
    return result == XBITS_E_ABORT ? XBITS_S_OK : result;
}

xbits_result browser_step(struct browser *browser, uint64_t now_ms, uint64_t *next_due_ms_out)
{
    uint64_t next_due_ms = UINT64_MAX;
    xbits_result result = XBITS_S_OK;

    browser->shown = 0;
    for (int i = 0; i < NAVIGATIONS_A_STEP && result == XBITS_S_OK; i++) {
        next_due_ms = UINT64_MAX;
        TRY(step_page(browser, now_ms, &next_due_ms));
        result = follow(browser);
    }
    TRY(result);
    *next_due_ms_out = result == XBITS_S_FALSE ? next_due_ms : now_ms;
    return XBITS_S_OK;
}
