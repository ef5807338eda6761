/* SPDX-License-Identifier: MIT */
#ifndef UNIT_PAGE_FIXTURE_H
#define UNIT_PAGE_FIXTURE_H

#include "script/page.h"
#include "xbits/manager.h"
#include "xbits/shell.h"

/* A page of this text in the Info Center View of a Player, on a clock that stands still. */
#define PAGE_FIXTURE_URL "http://store.example/shop/page.htm"

/* What scripts' running is measured by: each look at it takes so long, and nothing else does. */
struct page_fixture_clock {
    struct clock base;
    uint64_t now_ms;
    uint64_t look_ms;
};

struct page_fixture {
    struct page_fixture_clock clock;
    struct xbits_manager *manager;
    struct xbits_shell *shell;
    struct cookie_jar *cookies;
    struct page_options options;
    struct page *page;
    struct text told;      /* "error: ...\n" */
    const char *file_name; /* What <script src> may load, and what is in it. */
    const char *file_text;
};

/* cmocka's. */
int page_fixture_set_up(void **state);
int page_fixture_tear_down(void **state);

/* Closes the last page; the new one must open. */
void page_fixture_open(struct page_fixture *fixture, const char *html);
/* The opening, as it ends. */
xbits_result page_fixture_try(struct page_fixture *fixture, const char *content_type,
                              const char *body, size_t length);
/* Puts a text in body's place. */
void page_fixture_body(struct page_fixture *fixture, const char *body);
/* Moves the time and runs what is due on the way. */
void page_fixture_advance(struct page_fixture *fixture, uint64_t ms);
uint64_t page_fixture_now(const struct page_fixture *fixture);

/* The expression has this value, as text. */
#define assert_value(fixture, expression, expected)                                                \
    assert_value_at((fixture), (expression), (expected), __FILE__, __LINE__)
void assert_value_at(struct page_fixture *fixture, const char *expression, const char *expected,
                     const char *file, int line);
/* What was told contains this. */
#define assert_told(fixture, part) assert_told_at((fixture), (part), __FILE__, __LINE__)
void assert_told_at(const struct page_fixture *fixture, const char *part, const char *file,
                    int line);

#endif
