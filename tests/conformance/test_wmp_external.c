/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "conformance/steps_wmp.h"
#include "support/assert_result.h"
#include "xbits/external.h"

/* What a page finds in external, beside a player and its real download manager (wmp-store 3, W31 to
 * W35; errata 2.6). */

#define OTHER_STORE "HillMusic"
#define BASE_URL    "http://harbor.test/go"

/* A page, the Player around it and a user who answers the same to each question. */
struct hosted {
    struct wmp wmp;
    struct xbits_shell *shell;
    struct xbits_external *external;
    bool user_agrees;
    unsigned questions;
    unsigned calls; /* Of the function 1. */
};

static bool answer(const char *key, void *user)
{
    struct hosted *hosted = user;

    assert_string_equal(key, OTHER_STORE);
    hosted->questions++;
    return hosted->user_agrees;
}

static void count_call(uint64_t function, void *user)
{
    struct hosted *hosted = user;

    assert_int_equal(function, 1);
    hosted->calls++;
}

static void open_shell(struct hosted *hosted, enum xbits_player_version version)
{
    const size_t size = sizeof(struct xbits_shell_store);
    const struct xbits_shell_store stores[] = {
        { size,
          WMP_STORE,
          BASE_URL,
          { "http://harbor.test/1", "http://harbor.test/2", "http://harbor.test/3" } },
        { size, OTHER_STORE, "http://hill.test/go?l=409", { "http://hill.test/", NULL, NULL } },
    };
    struct xbits_shell_options options;

    XBITS_INIT(&options);
    options.player = version;
    options.stores = stores;
    options.store_count = sizeof stores / sizeof stores[0];
    options.active_store = WMP_STORE;
    options.ask = answer;
    options.user = hosted;
    assert_ok(xbits_shell_open(&options, &hosted->shell));
}

static void show_page(struct hosted *hosted, enum xbits_player_version version,
                      enum xbits_surface surface)
{
    struct xbits_external_options options;

    hosted->wmp.options.version = version;
    wmp_open_player(&hosted->wmp);
    open_shell(hosted, version);
    XBITS_INIT(&options);
    options.shell = hosted->shell;
    options.downloads = xbits_player_download_manager(hosted->wmp.player);
    options.surface = surface;
    options.call = count_call;
    options.user = hosted;
    assert_ok(xbits_external_open(&options, &hosted->external));
}

static void leave_page(struct hosted *hosted)
{
    xbits_external_close(hosted->external);
    xbits_shell_close(hosted->shell);
    wmp_close_player(&hosted->wmp);
}

static void begin(struct hosted *hosted, struct harness *harness)
{
    memset(hosted, 0, sizeof *hosted);
    wmp_begin(&hosted->wmp, harness);
}

static const struct xbits_object external_object = { .object_class = XBITS_OBJECT_EXTERNAL };

static bool has(const struct hosted *hosted, const char *name)
{
    return xbits_external_find_member(hosted->external, XBITS_OBJECT_EXTERNAL, name) != NULL;
}

static void assert_members(const struct hosted *hosted, const char *const *names, bool is_wanted)
{
    for (; *names != NULL; names++) {
        if (has(hosted, *names) != is_wanted)
            fail_msg("%s is %s", *names, is_wanted ? "absent" : "present");
    }
}

/* The member is found by its name; how says the rest. */
static struct xbits_variant invoke(struct hosted *hosted, const char *name,
                                   struct xbits_invocation how)
{
    struct xbits_variant result = { .kind = XBITS_VARIANT_OTHER };

    how.member = xbits_external_find_member(hosted->external, how.object->object_class, name);
    assert_non_null(how.member);
    assert_ok(xbits_external_invoke(hosted->external, &how, &result));
    return result;
}

static struct xbits_variant read_member(struct hosted *hosted, const struct xbits_object *object,
                                        const char *name)
{
    return invoke(hosted, name,
                  (struct xbits_invocation){ .object = object, .use = XBITS_MEMBER_GET });
}

static const char *read_text(struct hosted *hosted, const char *name)
{
    const struct xbits_variant value = read_member(hosted, &external_object, name);

    assert_int_equal(value.kind, XBITS_VARIANT_TEXT);
    return value.as.text;
}

static void put(struct hosted *hosted, const char *name, struct xbits_variant value)
{
    invoke(hosted, name,
           (struct xbits_invocation){ .object = &external_object,
                                      .use = XBITS_MEMBER_PUT,
                                      .arguments = &value,
                                      .argument_count = 1 });
}

static struct xbits_variant text(const char *of)
{
    return (struct xbits_variant){ XBITS_VARIANT_TEXT, { .text = of } };
}

static void navigate(struct hosted *hosted, const char *key, const char *pane,
                     const char *parameters)
{
    const struct xbits_variant arguments[] = { text(key), text(pane), text(parameters) };

    invoke(hosted, "NavigateTaskPaneURL",
           (struct xbits_invocation){ .object = &external_object,
                                      .use = XBITS_MEMBER_CALL,
                                      .arguments = arguments,
                                      .argument_count = 3 });
}

static void assert_navigation(struct hosted *hosted, const char *url, unsigned pane)
{
    struct xbits_navigation navigation;

    XBITS_INIT(&navigation);
    assert_ok(xbits_shell_next_navigation(hosted->shell, &navigation));
    assert_string_equal(navigation.url, url);
    assert_int_equal(navigation.pane, pane);
}

static void assert_no_navigation(struct hosted *hosted)
{
    struct xbits_navigation navigation;

    XBITS_INIT(&navigation);
    assert_result(XBITS_S_FALSE, xbits_shell_next_navigation(hosted->shell, &navigation));
}

static const char *const of_a_pane[] = {
    "version",
    "appColorLight",
    "appColorMedium",
    "appColorDark",
    "appColorButtonHighlight",
    "appColorButtonShadow",
    "appColorButtonHoverFace",
    "OnColorChange",
    "NavigateTaskPaneURL",
    "SelectedTaskPane",
    "DownloadManager",
    NULL,
};

/* Type 1 stores have these (3.4). */
static const char *const of_type_1[] = {
    "accountType",
    "basketTitle",
    "filter",
    "ignoreIEHistory",
    "libraryLocationID",
    "libraryLocationType",
    "pluginRunning",
    "selectedItemID",
    "selectedItemType",
    "task",
    "templateBeingDisplayedInLocalLibrary",
    "userLoggedIn",
    "viewParameters",
    "addToBasket",
    "attemptLogin",
    "authenticate",
    "buy",
    "cancelNavigate",
    "changeView",
    "changeViewOnlineList",
    "download",
    "play",
    "saveCurrentViewToLibrary",
    "sendMessage",
    "showPopup",
    "OnChangeViewError",
    "OnChangeViewOnlineListError",
    "OnLoginChange",
    "OnSendMessageComplete",
    "OnViewChange",
    NULL,
};

static void a_store_pane_has_the_members_of_type_2_and_no_others(struct harness *harness)
{
    static const char *const not_here[] = { "playMedia", NULL };
    static const enum xbits_player_version versions[] = { XBITS_PLAYER_WMP10, XBITS_PLAYER_WMP11,
                                                          XBITS_PLAYER_WMP12 };
    struct hosted hosted;

    begin(&hosted, harness);
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        show_page(&hosted, versions[i], XBITS_SURFACE_PANE);
        assert_members(&hosted, of_a_pane, true);
        assert_members(&hosted, of_type_1, false);
        assert_members(&hosted, not_here, false);
        leave_page(&hosted);
    }
}

static void a_page_reaches_the_players_own_downloads(struct harness *harness)
{
    struct xbits_variant manager;
    struct xbits_variant collection;
    struct hosted hosted;

    begin(&hosted, harness);
    show_page(&hosted, XBITS_PLAYER_WMP12, XBITS_SURFACE_PANE);
    manager = read_member(&hosted, &external_object, "DownloadManager");
    assert_int_equal(manager.kind, XBITS_VARIANT_OBJECT);
    collection =
        invoke(&hosted, "createDownloadCollection",
               (struct xbits_invocation){ .object = &manager.as.object, .use = XBITS_MEMBER_CALL });
    assert_int_equal(collection.kind, XBITS_VARIANT_OBJECT);

    assert_int_not_equal(read_member(&hosted, &collection.as.object, "id").as.number, 0);
    assert_int_equal(read_member(&hosted, &collection.as.object, "count").as.number, 0);
    leave_page(&hosted);
}

static void the_info_center_navigates_and_does_not_download(struct harness *harness)
{
    static const enum xbits_surface surfaces[] = { XBITS_SURFACE_INFO_CENTER,
                                                   XBITS_SURFACE_ALBUM_INFO,
                                                   XBITS_SURFACE_HTML_VIEW };
    struct hosted hosted;

    begin(&hosted, harness);
    for (size_t i = 0; i < sizeof surfaces / sizeof surfaces[0]; i++) {
        show_page(&hosted, XBITS_PLAYER_WMP11, surfaces[i]);
        assert_true(has(&hosted, "NavigateTaskPaneURL"));
        assert_false(has(&hosted, "DownloadManager"));
        navigate(&hosted, WMP_STORE, "ServiceTask1", "a=1");
        assert_navigation(&hosted, BASE_URL "?a=1", 1);
        leave_page(&hosted);
    }
}

static void
a_page_of_the_ninth_player_downloads_anywhere_and_does_not_navigate(struct harness *harness)
{
    static const char *const not_yet[] = { "NavigateTaskPaneURL", "SelectedTaskPane",
                                           "appColorMedium", "appColorButtonHoverFace", NULL };
    struct hosted hosted;

    begin(&hosted, harness);
    show_page(&hosted, XBITS_PLAYER_WMP9, XBITS_SURFACE_INFO_CENTER);
    assert_true(has(&hosted, "DownloadManager"));
    assert_true(has(&hosted, "playMedia"));
    assert_members(&hosted, not_yet, false);
    assert_null(
        xbits_external_find_member(hosted.external, XBITS_OBJECT_DOWNLOAD_ITEM, "getItemInfo"));
    leave_page(&hosted);
}

static bool is_color(const char *text)
{
    return strlen(text) == 7 && text[0] == '#' && strspn(text + 1, "0123456789ABCDEF") == 6;
}

static void a_new_colour_calls_the_page_once(struct harness *harness)
{
    struct hosted hosted;

    begin(&hosted, harness);
    show_page(&hosted, XBITS_PLAYER_WMP12, XBITS_SURFACE_PANE);
    put(&hosted, "OnColorChange",
        (struct xbits_variant){ XBITS_VARIANT_FUNCTION, { .function = 1 } });
    assert_int_equal(hosted.calls, 0);
    assert_ok(xbits_shell_set_color(hosted.shell, "#204060"));

    assert_int_equal(hosted.calls, 1);
    assert_string_equal(read_text(&hosted, "appColorLight"), "#204060");
    for (size_t i = 1; i <= XBITS_COLOR_COUNT; i++)
        assert_true(is_color(read_text(&hosted, of_a_pane[i])));
    leave_page(&hosted);
}

static void a_page_lights_a_button_and_goes_nowhere(struct harness *harness)
{
    struct hosted hosted;

    begin(&hosted, harness);
    show_page(&hosted, XBITS_PLAYER_WMP10, XBITS_SURFACE_PANE);
    put(&hosted, "SelectedTaskPane", text("ServiceTask2"));
    assert_int_equal(xbits_shell_lit_pane(hosted.shell), 2);
    put(&hosted, "SelectedTaskPane", text("ServiceTask9"));

    assert_int_equal(xbits_shell_lit_pane(hosted.shell), 2);
    assert_string_equal(read_text(&hosted, "SelectedTaskPane"), "ServiceTask2");
    assert_int_equal(xbits_shell_pane(hosted.shell), 0);
    assert_no_navigation(&hosted);
    leave_page(&hosted);
}

static void a_page_opens_the_base_url_with_its_parameters(struct harness *harness)
{
    struct hosted hosted;

    begin(&hosted, harness);
    show_page(&hosted, XBITS_PLAYER_WMP10, XBITS_SURFACE_PANE);
    navigate(&hosted, WMP_STORE, "ServiceTask2", "a=1");

    assert_navigation(&hosted, BASE_URL "?a=1", 2);
    assert_no_navigation(&hosted);
    assert_int_equal(hosted.questions, 0);
    leave_page(&hosted);
}

static void a_page_enters_another_store_only_if_the_user_agrees(struct harness *harness)
{
    struct hosted hosted;

    begin(&hosted, harness);
    show_page(&hosted, XBITS_PLAYER_WMP10, XBITS_SURFACE_PANE);
    navigate(&hosted, OTHER_STORE, "ServiceTask1", "a=1");
    assert_int_equal(hosted.questions, 1);
    assert_no_navigation(&hosted);
    assert_string_equal(xbits_shell_active_store(hosted.shell), WMP_STORE);
    hosted.user_agrees = true;
    navigate(&hosted, OTHER_STORE, "ServiceTask1", "a=1");

    assert_int_equal(hosted.questions, 2);
    assert_navigation(&hosted, "http://hill.test/go?l=409&a=1", 1);
    assert_string_equal(xbits_shell_active_store(hosted.shell), OTHER_STORE);
    leave_page(&hosted);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "wmp 3.1, 3.2, 3.4; W31",
                     a_store_pane_has_the_members_of_type_2_and_no_others),
    CONFORMANCE_TEST(0, "wmp 2.1; W31", a_page_reaches_the_players_own_downloads),
    CONFORMANCE_TEST(0, "wmp 3.1; W32", the_info_center_navigates_and_does_not_download),
    CONFORMANCE_TEST(0, "wmp 3.1; errata 2.6",
                     a_page_of_the_ninth_player_downloads_anywhere_and_does_not_navigate),
    CONFORMANCE_TEST(0, "wmp 3.2; W33", a_new_colour_calls_the_page_once),
    CONFORMANCE_TEST(0, "wmp 3.2; W34", a_page_lights_a_button_and_goes_nowhere),
    CONFORMANCE_TEST(0, "wmp 3.3; W35", a_page_opens_the_base_url_with_its_parameters),
    CONFORMANCE_TEST(0, "wmp 3.3; W35", a_page_enters_another_store_only_if_the_user_agrees),
};

const struct conformance_suite wmp_external_suite = CONFORMANCE_SUITE("wmp external", tests);
