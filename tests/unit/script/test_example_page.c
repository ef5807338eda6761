/* SPDX-License-Identifier: MIT */
/* examples/store/page in a Player: real jobs from an origin in memory, on a virtual clock. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "script/page.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"
#include "xbits/xbits.h"

#define SITE      "http://origin.test/shop/"
#define PAGE_URL  SITE "index.html"
#define STORE     "HarborTunes"
#define SONG_SIZE 300000
#define SONGS     5
#define SECOND_MS UINT64_C(1000)

struct fixture {
    struct temp_directory directory;
    struct xbits_manager *manager;
    /* One session of the Player. */
    struct xbits_player *player;
    struct xbits_shell *shell;
    struct cookie_jar *cookies;
    struct page *page;
    enum xbits_surface surface;
    const char *url;
    struct text told;
};

static uint64_t now_ms(struct fixture *fixture)
{
    return (uint64_t)(xbits_manager_time(fixture->manager) / CLOCK_TICKS_PER_MS);
}

static void read_example(const char *name, struct text *text)
{
    struct temp_directory examples;
    size_t size;
    char *bytes;

    snprintf(examples.path, sizeof examples.path, "%s", EXAMPLE_PAGE);
    bytes = temp_directory_read(&examples, name, &size);
    assert_ok(text_append(text, bytes, size));
    free(bytes);
}

/* page_load */
static xbits_result load(const char *url, struct page_content *content, void *user)
{
    const char *name = strrchr(url, '/') + 1;

    (void)user;
    TRY(text_add(&content->url, url));
    TRY(text_add(&content->content_type,
                 strstr(name, ".js") != NULL ? "text/javascript" : "text/html; charset=utf-8"));
    read_example(name, &content->body);
    return XBITS_S_OK;
}

/* page_tell */
static void note(enum page_news_kind kind, const char *text, void *user)
{
    struct fixture *fixture = user;

    assert_ok(text_format(&fixture->told, "%s: %s\n", page_news_name(kind), text));
}

static void serve_songs(struct fixture *fixture)
{
    static const char *const names[SONGS] = { "ebb", "flow", "slack", "spring", "neap" };
    struct text ini = { 0 };

    for (size_t i = 0; i < SONGS; i++)
        assert_ok(text_format(&ini,
                              "[resource %s]\nurl = " SITE "songs/%s.mp3\nsize = %d\n"
                              "rate = 100000\n",
                              names[i], names[i], SONG_SIZE));
    assert_ok(xbits_sim_set_origin(fixture->manager, text_c(&ini)));
    text_dispose(&ini);
}

static void open_manager(struct fixture *fixture)
{
    struct xbits_options options;

    XBITS_INIT(&options);
    options.backend = "sim";
    options.source = "script";
    options.clock = XBITS_CLOCK_VIRTUAL;
    options.seed = test_seed();
    assert_ok(xbits_manager_open(&options, &fixture->manager));
    serve_songs(fixture);
}

static void open_player(struct fixture *fixture)
{
    struct xbits_player_options options;

    XBITS_INIT(&options);
    options.user_directory = fixture->directory.path;
    assert_ok(xbits_player_open(fixture->manager, &options, &fixture->player));
}

static void open_shell(struct fixture *fixture)
{
    struct xbits_shell_options options;
    struct xbits_shell_store store;

    XBITS_INIT(&store);
    store.key = STORE;
    store.task_urls[0] = PAGE_URL;
    XBITS_INIT(&options);
    options.stores = &store;
    options.store_count = 1;
    options.active_store = STORE;
    assert_ok(xbits_shell_open(&options, &fixture->shell));
}

static void open_cookies(struct fixture *fixture)
{
    char path[TEMP_PATH_SIZE];

    temp_directory_join(&fixture->directory, "cookies.txt", path);
    assert_ok(cookie_jar_open(disk_system(), path, &fixture->cookies));
}

static void open_page(struct fixture *fixture)
{
    const struct page_options options = {
        .manager = fixture->manager,
        .shell = fixture->shell,
        .downloads = xbits_player_download_manager(fixture->player),
        .surface = fixture->surface,
        .cookies = fixture->cookies,
        .load = load,
        .tell = note,
        .user = fixture,
    };
    struct page_content content = { 0 };

    assert_ok(text_add(&content.url, fixture->url));
    assert_ok(text_add(&content.content_type, "text/html; charset=utf-8"));
    read_example("index.html", &content.body);
    assert_ok(page_open(&options, &content, &fixture->page));
    page_content_dispose(&content);
}

static void begin_session(struct fixture *fixture)
{
    open_player(fixture);
    open_shell(fixture);
    open_cookies(fixture);
    open_page(fixture);
}

static void end_session(struct fixture *fixture)
{
    page_close(fixture->page);
    fixture->page = NULL;
    if (fixture->cookies != NULL)
        assert_ok(cookie_jar_save(fixture->cookies));
    cookie_jar_close(fixture->cookies);
    fixture->cookies = NULL;
    xbits_shell_close(fixture->shell);
    fixture->shell = NULL;
    xbits_player_close(fixture->player);
    fixture->player = NULL;
}

static int set_up(void **state)
{
    static struct fixture fixture;

    fixture = (struct fixture){ .surface = XBITS_SURFACE_PANE, .url = PAGE_URL };
    temp_directory_make(&fixture.directory);
    open_manager(&fixture);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    end_session(fixture);
    xbits_manager_close(fixture->manager);
    text_dispose(&fixture->told);
    temp_directory_remove(&fixture->directory);
    return 0;
}

static void step(struct fixture *fixture)
{
    uint64_t due_ms;

    assert_ok(xbits_player_step(fixture->player, now_ms(fixture), &due_ms));
    assert_ok(page_step(fixture->page, now_ms(fixture), &due_ms));
}

static void advance(struct fixture *fixture, unsigned seconds)
{
    step(fixture);
    for (unsigned i = 0; i < seconds; i++) {
        assert_ok(xbits_sim_advance(fixture->manager, SECOND_MS));
        step(fixture);
    }
}

static void click(struct fixture *fixture, const char *button)
{
    assert_ok(page_fire(fixture->page, button, "click"));
}

static void choose(struct fixture *fixture, const char *list, int index)
{
    char script[64];
    const char *text;

    snprintf(script, sizeof script, "%s.selectedIndex = %d", list, index);
    assert_ok(page_eval(fixture->page, script, &text));
    assert_ok(page_fire(fixture->page, list, "change"));
}

#define assert_shows(fixture, expression, wanted)                                                  \
    do {                                                                                           \
        const char *shown_ = "";                                                                   \
        assert_ok(page_eval((fixture)->page, (expression), &shown_));                              \
        assert_string_equal(shown_, wanted);                                                       \
    } while (0)

static int32_t shown_number(struct fixture *fixture, const char *expression)
{
    const char *text;

    assert_ok(page_eval(fixture->page, expression, &text));
    return (int32_t)strtol(text, NULL, 10);
}

static void nothing_went_wrong(const struct fixture *fixture)
{
    assert_string_equal(text_c(&fixture->told), "");
    assert_int_equal(page_error_count(fixture->page), 0);
}

/* xbits_library_visit */
static bool count_entry(const struct xbits_library_entry *entry, void *user)
{
    size_t *count = user;

    assert_int_equal(entry->file_size, SONG_SIZE);
    (*count)++;
    return true;
}

static size_t songs_in_library(struct fixture *fixture)
{
    struct xbits_library *library;
    char path[TEMP_PATH_SIZE];
    size_t count = 0;

    temp_directory_join(&fixture->directory, "library", path);
    assert_ok(xbits_library_open(path, XBITS_LIBRARY_READ, &library));
    assert_ok(xbits_library_visit_entries(library, NULL, count_entry, &count));
    xbits_library_close(library);
    return count;
}

static void five_songs_go_from_a_click_into_the_library(void **state)
{
    struct fixture *fixture = *state;

    begin_session(fixture);
    assert_shows(fixture, "selDLC.length + ' ' + selItem.length", "0 0");
    click(fixture, "btnDownload");
    assert_shows(fixture, "message.innerText", "5 downloads started.");
    assert_shows(fixture, "selDLC.length + ' ' + selItem.length", "1 5");
    assert_shows(fixture, "selItem.options[4].text", "neap.mp3");
    assert_shows(fixture, "dlstate.innerText", "Size: Waiting..., progress: Waiting...");

    advance(fixture, 60);

    for (int i = 0; i < SONGS; i++) {
        choose(fixture, "selItem", i);
        assert_shows(fixture, "dlstate.innerText", "Size: Completed, progress: Completed");
    }
    assert_int_equal(songs_in_library(fixture), SONGS);
    nothing_went_wrong(fixture);
}

/* The timer alone shows it: one background job at a time, 100,000 bytes a second. */
static void the_state_is_shown_every_second(void **state)
{
    struct fixture *fixture = *state;
    int32_t progress;

    begin_session(fixture);
    click(fixture, "btnDownload");
    choose(fixture, "selItem", 1);
    assert_shows(fixture, "dlstate.innerText", "Size: Waiting..., progress: Waiting...");
    choose(fixture, "selItem", 0);
    advance(fixture, 2);

    assert_shows(fixture, "dlstate.innerText.split(',')[0]", "Size: 300000 bytes");
    progress = shown_number(fixture, "dlstate.innerText.split('progress: ')[1]");
    assert_in_range(progress, 1, SONG_SIZE - 1);
    nothing_went_wrong(fixture);
}

static void a_second_session_finds_the_download_by_its_cookie(void **state)
{
    struct fixture *fixture = *state;
    int32_t id;

    begin_session(fixture);
    click(fixture, "btnDownload");
    id = shown_number(fixture, "selDLC.options[0].value");
    advance(fixture, 1);
    assert_ok(page_unload(fixture->page));
    end_session(fixture);

    begin_session(fixture);
    assert_int_not_equal(id, 0);
    assert_shows(fixture, "selDLC.length + ' ' + selItem.length", "1 5");
    assert_int_equal(shown_number(fixture, "selDLC.options[0].value"), id);
    advance(fixture, 60);
    choose(fixture, "selItem", SONGS - 1);
    assert_shows(fixture, "dlstate.innerText", "Size: Completed, progress: Completed");
    assert_int_equal(songs_in_library(fixture), SONGS);
    nothing_went_wrong(fixture);
}

/* wmp-store 7.6: the first of two is done, and the second must not be lost for its place. */
static void what_is_finished_leaves_no_gap_in_the_cookies(void **state)
{
    struct fixture *fixture = *state;
    int32_t second;

    begin_session(fixture);
    click(fixture, "btnDownload");
    advance(fixture, 60);
    click(fixture, "btnDownload");
    second = shown_number(fixture, "selDLC.options[1].value");
    assert_ok(page_unload(fixture->page));
    end_session(fixture);

    begin_session(fixture);
    assert_shows(fixture, "selDLC.length", "1");
    assert_int_equal(shown_number(fixture, "selDLC.options[0].value"), second);
    advance(fixture, 60);
    assert_ok(page_unload(fixture->page));
    end_session(fixture);

    begin_session(fixture);
    assert_shows(fixture, "selDLC.length", "0");
    assert_shows(fixture, "document.cookie", "downloads=0");
    nothing_went_wrong(fixture);
}

static void real_time_downloads_are_not_kept(void **state)
{
    struct fixture *fixture = *state;

    begin_session(fixture);
    choose(fixture, "selType", 1);
    click(fixture, "btnDownload");
    assert_shows(fixture, "selItem.length", "5");
    assert_ok(page_unload(fixture->page));
    end_session(fixture);

    begin_session(fixture);
    assert_shows(fixture, "selDLC.length", "0");
    nothing_went_wrong(fixture);
}

/* Cookies are texts that anybody may have written. */
static void cookies_that_name_nothing_are_skipped(void **state)
{
    static const struct cookie_place place = { .host = "origin.test", .path = "/shop/" };
    static const char *const lines[] = { "downloads=4; max-age=1000", "download0=0; max-age=1000",
                                         "download1=tide; max-age=1000",
                                         "download3=4711; max-age=1000" };
    struct fixture *fixture = *state;

    open_cookies(fixture);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        assert_ok(cookie_jar_set(fixture->cookies, &place, lines[i],
                                 xbits_manager_time(fixture->manager)));
    end_session(fixture);
    begin_session(fixture);

    assert_shows(fixture, "selDLC.length", "1");
    assert_shows(fixture, "selDLC.options[0].value", "4711");
    nothing_went_wrong(fixture);
}

static void the_buttons_work_on_the_selected_song(void **state)
{
    struct fixture *fixture = *state;

    begin_session(fixture);
    click(fixture, "btnPause");
    assert_shows(fixture, "message.innerText", "Choose a song first.");
    click(fixture, "btnDownload");
    choose(fixture, "selItem", 2);
    click(fixture, "btnPause");
    assert_shows(fixture, "selectedItem().downloadState", "1");
    click(fixture, "btnResume");
    assert_shows(fixture, "selectedItem().downloadState", "0");
    click(fixture, "btnCancel");
    assert_shows(fixture, "dlstate.innerText", "Size: Canceled, progress: Canceled");
    assert_shows(fixture, "selItem.length", "5");
    click(fixture, "btnRemove");

    assert_shows(fixture, "selItem.length + ' ' + selItem.options[2].text", "4 spring.mp3");
    assert_shows(fixture, "message.innerText", "Removed.");
    assert_shows(fixture, "dlstate.innerText", "Size: Waiting..., progress: Waiting...");
    advance(fixture, 60);
    assert_int_equal(songs_in_library(fixture), 4);
    nothing_went_wrong(fixture);
}

/* What com_objects.h promises, by the script of a page. */
static void objects_are_those_of_automation(void **state)
{
    struct fixture *fixture = *state;

    begin_session(fixture);
    click(fixture, "btnDownload");

    assert_shows(fixture, "selectedItem() === selectedCollection().ITEM('0')", "true");
    assert_shows(fixture, "selectedItem() === selectedCollection().item(1)", "false");
    assert_shows(fixture,
                 "selectedCollection() === external.downloadmanager."
                 "GetDownloadCollection(selDLC.options[0].value)",
                 "true");
    assert_shows(fixture,
                 "var names = []; for (var name in selectedCollection()) names.push(name);"
                 "names.join()",
                 "id,count,item,startDownload,removeItem,Clear");
    nothing_went_wrong(fixture);
}

static void the_page_has_the_players_colour(void **state)
{
    struct fixture *fixture = *state;

    begin_session(fixture);
    assert_shows(fixture, "document.bgColor == external.appColorLight", "true");
    assert_ok(xbits_shell_set_color(fixture->shell, "#112233"));

    assert_shows(fixture, "document.bgColor", "#112233");
    nothing_went_wrong(fixture);
}

static void outside_a_pane_the_page_says_why_it_does_nothing(void **state)
{
    struct fixture *fixture = *state;

    fixture->surface = XBITS_SURFACE_INFO_CENTER;
    begin_session(fixture);
    click(fixture, "btnDownload");
    assert_ok(page_unload(fixture->page));

    assert_shows(fixture, "message.innerText",
                 "This page downloads only inside Windows Media Player.");
    nothing_went_wrong(fixture);
}

static void an_address_that_is_refused_is_said_in_the_page(void **state)
{
    struct fixture *fixture = *state;

    fixture->url = "file:///shop/index.html";
    begin_session(fixture);
    click(fixture, "btnDownload");

    assert_shows(fixture, "message.innerText.length > 0", "true");
    assert_shows(fixture, "message.innerText.indexOf('started')", "-1");
    nothing_went_wrong(fixture);
}

#define TEST(body) cmocka_unit_test_setup_teardown(body, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(five_songs_go_from_a_click_into_the_library),
        TEST(the_state_is_shown_every_second),
        TEST(a_second_session_finds_the_download_by_its_cookie),
        TEST(what_is_finished_leaves_no_gap_in_the_cookies),
        TEST(real_time_downloads_are_not_kept),
        TEST(cookies_that_name_nothing_are_skipped),
        TEST(the_buttons_work_on_the_selected_song),
        TEST(objects_are_those_of_automation),
        TEST(the_page_has_the_players_colour),
        TEST(outside_a_pane_the_page_says_why_it_does_nothing),
        TEST(an_address_that_is_refused_is_said_in_the_page),
    };

    return run_tests("example_page", tests);
}
