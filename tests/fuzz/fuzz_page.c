/* SPDX-License-Identifier: MIT */
#include "fuzz/fuzz.h"
#include "script/page.h"
#include "xbits/manager.h"
#include "xbits/shell.h"
#include "xbits/sim.h"

#include <string.h>

/* A whole page: what it says is told, a click is made, time passes, it is left. */
struct player {
    struct xbits_manager *manager;
    struct xbits_shell *shell;
    struct cookie_jar *cookies;
};

static void tell(enum page_news_kind kind, const char *text, void *user)
{
    (void)user;
    FUZZ_CHECK(page_news_name(kind)[0] != '\0' && text_is_utf8(text));
}

static xbits_result load(const char *url, struct page_content *content, void *user)
{
    (void)user;
    TRY(text_add(&content->url, url));
    return text_add(&content->body, "var loaded = 1");
}

/* Another one for each page: nothing that a page did is left for the next. */
static void open_player(struct player *player)
{
    struct xbits_options options;
    struct xbits_shell_options shell;

    XBITS_INIT(&options);
    options.backend = "sim";
    options.source = "script";
    options.clock = XBITS_CLOCK_VIRTUAL;
    options.seed = 1;
    FUZZ_CHECK(XBITS_SUCCEEDED(xbits_manager_open(&options, &player->manager)));
    XBITS_INIT(&shell);
    FUZZ_CHECK(XBITS_SUCCEEDED(xbits_shell_open(&shell, &player->shell)));
    FUZZ_CHECK(XBITS_SUCCEEDED(cookie_jar_open(disk_system(), NULL, &player->cookies)));
}

static void close_player(struct player *player)
{
    cookie_jar_close(player->cookies);
    xbits_shell_close(player->shell);
    xbits_manager_close(player->manager);
}

static void use(struct player *player, struct page *page)
{
    uint64_t next = 0;
    const char *text;

    (void)page_fire(page, "b", "click");
    for (int i = 0; i < 3; i++) {
        FUZZ_CHECK(XBITS_SUCCEEDED(xbits_sim_advance(player->manager, 1000)));
        (void)page_step(page, (uint64_t)(xbits_manager_time(player->manager) / CLOCK_TICKS_PER_MS),
                        &next);
    }
    (void)xbits_shell_set_color(player->shell, "#102030");
    if (XBITS_SUCCEEDED(page_eval(page, "document.body && document.body.innerHTML", &text)))
        FUZZ_CHECK(text_is_utf8(text));
    FUZZ_CHECK(text_is_utf8(page_take_location(page)));
    (void)page_unload(page);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct player player = { 0 };
    struct page_content content = { 0 };
    struct page_options options = { .surface = XBITS_SURFACE_INFO_CENTER,
                                    .limits = { .memory_bytes = 8 << 20, .run_ms = 40 },
                                    .load = load,
                                    .tell = tell };
    struct page *page = NULL;

    open_player(&player);
    options.manager = player.manager;
    options.shell = player.shell;
    options.cookies = player.cookies;
    FUZZ_CHECK(XBITS_SUCCEEDED(text_add(&content.url, "http://store.example/a/page.htm")));
    FUZZ_CHECK(XBITS_SUCCEEDED(text_add(&content.content_type, "text/html")));
    FUZZ_CHECK(XBITS_SUCCEEDED(text_append(&content.body, (const char *)data, size)));
    if (XBITS_SUCCEEDED(page_open(&options, &content, &page)))
        use(&player, page);
    page_close(page);
    page_content_dispose(&content);
    close_player(&player);
    return 0;
}
