/* SPDX-License-Identifier: MIT */
#include "unit/script/page_fixture.h"

#include <string.h>

#include "support/assert_result.h"
#include "xbits/sim.h"

static void tell(enum page_news_kind kind, const char *text, void *user)
{
    struct page_fixture *fixture = user;

    assert_ok(text_format(&fixture->told, "%s: %s\n", page_news_name(kind), text));
}

static xbits_result load(const char *url, struct page_content *content, void *user)
{
    const struct page_fixture *fixture = user;

    if (fixture->file_name == NULL || strcmp(url, fixture->file_name) != 0)
        return xbits_fail(XBITS_ERROR_FILE_NOT_FOUND, "there is no %s", url);
    TRY(text_add(&content->url, url));
    return text_add(&content->body, fixture->file_text);
}

static void open_manager(struct page_fixture *fixture)
{
    struct xbits_options options;

    XBITS_INIT(&options);
    options.backend = "sim";
    options.source = "script";
    options.clock = XBITS_CLOCK_VIRTUAL;
    options.seed = 1;
    assert_ok(xbits_manager_open(&options, &fixture->manager));
}

static uint64_t look_at_clock(struct clock *clock)
{
    struct page_fixture_clock *looked = (struct page_fixture_clock *)clock;

    looked->now_ms += looked->look_ms;
    return looked->now_ms;
}

int page_fixture_set_up(void **state)
{
    static struct page_fixture fixture;
    struct xbits_shell_options shell;

    fixture = (struct page_fixture){ 0 };
    open_manager(&fixture);
    XBITS_INIT(&shell);
    shell.version = "12.0.1.2";
    assert_ok(xbits_shell_open(&shell, &fixture.shell));
    assert_ok(cookie_jar_open(disk_system(), NULL, &fixture.cookies));
    fixture.clock.base.monotonic_ms = look_at_clock;
    fixture.options = (struct page_options){ .manager = fixture.manager,
                                             .clock = &fixture.clock.base,
                                             .shell = fixture.shell,
                                             .surface = XBITS_SURFACE_INFO_CENTER,
                                             .cookies = fixture.cookies,
                                             .load = load,
                                             .tell = tell,
                                             .user = &fixture };
    *state = &fixture;
    return 0;
}

int page_fixture_tear_down(void **state)
{
    struct page_fixture *fixture = *state;

    page_close(fixture->page);
    cookie_jar_close(fixture->cookies);
    xbits_shell_close(fixture->shell);
    xbits_manager_close(fixture->manager);
    text_dispose(&fixture->told);
    return 0;
}

xbits_result page_fixture_try(struct page_fixture *fixture, const char *content_type,
                              const char *body, size_t length)
{
    struct page_content content = { 0 };
    xbits_result result;

    page_close(fixture->page);
    fixture->page = NULL;
    assert_ok(text_add(&content.url, PAGE_FIXTURE_URL));
    assert_ok(text_add(&content.content_type, content_type));
    assert_ok(text_append(&content.body, body, length));
    result = page_open(&fixture->options, &content, &fixture->page);
    page_content_dispose(&content);
    return result;
}

void page_fixture_open(struct page_fixture *fixture, const char *html)
{
    assert_ok(page_fixture_try(fixture, "text/html; charset=utf-8", html, strlen(html)));
}

void page_fixture_body(struct page_fixture *fixture, const char *body)
{
    struct text html = { 0 };

    assert_ok(text_format(&html, "<html><body>%s</body></html>", body));
    page_fixture_open(fixture, text_c(&html));
    text_dispose(&html);
}

uint64_t page_fixture_now(const struct page_fixture *fixture)
{
    return (uint64_t)(xbits_manager_time(fixture->manager) / CLOCK_TICKS_PER_MS);
}

void page_fixture_advance(struct page_fixture *fixture, uint64_t ms)
{
    uint64_t end = page_fixture_now(fixture) + ms;
    uint64_t due = 0;

    assert_ok(page_step(fixture->page, page_fixture_now(fixture), &due));
    while (page_fixture_now(fixture) < end) {
        uint64_t next = due < end ? due : end;

        assert_ok(xbits_sim_advance(fixture->manager, next - page_fixture_now(fixture)));
        assert_ok(page_step(fixture->page, page_fixture_now(fixture), &due));
    }
}

void assert_value_at(struct page_fixture *fixture, const char *expression, const char *expected,
                     const char *file, int line)
{
    const char *text = NULL;

    if (XBITS_FAILED(page_eval(fixture->page, expression, &text)))
        text = xbits_last_error()->message;
    if (strcmp(text, expected) == 0)
        return;
    print_error("%s is\n%s, not\n%s\ntold:\n%s", expression, text, expected,
                text_c(&fixture->told));
    _fail(file, line);
}

void assert_told_at(const struct page_fixture *fixture, const char *part, const char *file,
                    int line)
{
    if (strstr(text_c(&fixture->told), part) != NULL)
        return;
    print_error("\"%s\" is not in what was told:\n%s", part, text_c(&fixture->told));
    _fail(file, line);
}
