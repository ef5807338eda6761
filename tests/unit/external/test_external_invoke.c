/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/external/external_fixture.h"

#define GET  XBITS_MEMBER_GET
#define PUT  XBITS_MEMBER_PUT
#define CALL XBITS_MEMBER_CALL

#define MANAGER                                                                                    \
    {                                                                                              \
        XBITS_OBJECT_DOWNLOAD_MANAGER, 0,                                                          \
        {                                                                                          \
            0                                                                                      \
        }                                                                                          \
    }
#define COLLECTION                                                                                 \
    {                                                                                              \
        XBITS_OBJECT_DOWNLOAD_COLLECTION, 7,                                                       \
        {                                                                                          \
            0                                                                                      \
        }                                                                                          \
    }
#define ITEM                                                                                       \
    {                                                                                              \
        XBITS_OBJECT_DOWNLOAD_ITEM, 0,                                                             \
        {                                                                                          \
            .data1 = 5                                                                             \
        }                                                                                          \
    }
#define FORGED                                                                                     \
    {                                                                                              \
        XBITS_OBJECT_DOWNLOAD_ITEM, 0,                                                             \
        {                                                                                          \
            .data1 = 6                                                                             \
        }                                                                                          \
    }
#define TEXT(of)                                                                                   \
    {                                                                                              \
        XBITS_VARIANT_TEXT,                                                                        \
        {                                                                                          \
            .text = of                                                                             \
        }                                                                                          \
    }
#define LONG(of)                                                                                   \
    {                                                                                              \
        XBITS_VARIANT_LONG,                                                                        \
        {                                                                                          \
            .number = of                                                                           \
        }                                                                                          \
    }

static void begin(struct world *world, struct xbits_external **external_out)
{
    world_open(world, XBITS_PLAYER_WMP10);
    *external_out = open_page(world, XBITS_SURFACE_PANE);
}

static void end(struct world *world, struct xbits_external *external)
{
    xbits_external_close(external);
    world_close(world);
}

static void numbers_and_texts_are_read(void **state)
{
    static const struct {
        struct deed deed;
        enum xbits_variant_kind kind;
        int32_t number;
        const char *text;
    } rows[] = {
        { { .name = "version", .use = GET }, XBITS_VARIANT_TEXT, 0, "10.0.0.3600" },
        { { .name = "appColorLight", .use = GET }, XBITS_VARIANT_TEXT, 0, "#7C9AD6" },
        { { .name = "appColorDark", .use = GET }, XBITS_VARIANT_TEXT, 0, "#445475" },
        { { .name = "SelectedTaskPane", .use = GET }, XBITS_VARIANT_TEXT, 0, "" },
        { { COLLECTION, "id", GET, { { 0 } }, 0 }, XBITS_VARIANT_LONG, 7, NULL },
        { { COLLECTION, "count", GET, { { 0 } }, 0 }, XBITS_VARIANT_LONG, 3, NULL },
        { { ITEM, "sourceURL", GET, { { 0 } }, 0 }, XBITS_VARIANT_TEXT, 0, "http://a/b.wma" },
        { { ITEM, "type", GET, { { 0 } }, 0 }, XBITS_VARIANT_TEXT, 0, "background" },
        { { ITEM, "size", GET, { { 0 } }, 0 }, XBITS_VARIANT_LONG, 1000, NULL },
        { { ITEM, "progress", GET, { { 0 } }, 0 }, XBITS_VARIANT_LONG, 250, NULL },
        { { ITEM, "downloadState", GET, { { 0 } }, 0 }, XBITS_VARIANT_LONG, 2, NULL },
        { { ITEM, "getItemInfo", CALL, { TEXT("Title") }, 1 }, XBITS_VARIANT_TEXT, 0, "verbatim" },
    };
    struct xbits_external *external;
    struct world world;

    (void)state;
    begin(&world, &external);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct xbits_variant result = { .kind = XBITS_VARIANT_OTHER };

        assert_ok(do_deed(external, &rows[i].deed, &result));
        assert_int_equal(result.kind, rows[i].kind);
        if (rows[i].text != NULL)
            assert_string_equal(result.as.text, rows[i].text);
        else
            assert_int_equal(result.as.number, rows[i].number);
    }
    end(&world, external);
}

static void calls_reach_what_is_behind_them(void **state)
{
    static const struct {
        struct deed deed;
        const char *called;
    } rows[] = {
        { { MANAGER, "createDownloadCollection", CALL, { { 0 } }, 0 }, "create 0 0; " },
        { { COLLECTION, "item", CALL, { TEXT(" 2 ") }, 1 }, "item 7 2; " },
        { { COLLECTION, "item", CALL, { { .kind = XBITS_VARIANT_EMPTY } }, 1 }, "item 7 0; " },
        { { COLLECTION, "removeItem", CALL, { { XBITS_VARIANT_DOUBLE, { .real = 1.5 } } }, 1 },
          "remove 7 2; " },
        { { COLLECTION, "clear", CALL, { { 0 } }, 0 }, "clear 7 0; " },
        { { COLLECTION, "startDownload", CALL, { TEXT("http://a/b"), TEXT("real time") }, 2 },
          "start 7 HarborTunes http://a/b real time; " },
        { { COLLECTION, "startDownload", CALL, { LONG(1), LONG(2) }, 2 },
          "start 7 HarborTunes 1 2; " },
        { { ITEM, "pause", CALL, { { 0 } }, 0 }, "pause; " },
        { { ITEM, "resume", CALL, { { 0 } }, 0 }, "resume; " },
        { { ITEM, "cancel", CALL, { { 0 } }, 0 }, "cancel; " },
        { { ITEM, "getItemInfo", CALL, { TEXT("WM/Provider") }, 1 }, "info; WM/Provider" },
    };
    struct xbits_external *external;
    struct world world;

    (void)state;
    begin(&world, &external);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        text_clear(&world.downloads.called);
        assert_ok(do_deed(external, &rows[i].deed, NULL));
        assert_string_equal(text_c(&world.downloads.called), rows[i].called);
    }
    end(&world, external);
}

static void objects_lead_to_objects(void **state)
{
    static const struct {
        struct deed deed;
        struct xbits_object object;
    } rows[] = {
        { { .name = "DownloadManager", .use = GET }, MANAGER },
        { { MANAGER, "getDownloadCollection", CALL, { TEXT("7") }, 1 }, COLLECTION },
        { { MANAGER, "createDownloadCollection", CALL, { { 0 } }, 0 },
          { XBITS_OBJECT_DOWNLOAD_COLLECTION, FAKE_NEW_COLLECTION, { 0 } } },
        { { COLLECTION, "item", CALL, { LONG(0) }, 1 }, ITEM },
        { { COLLECTION, "startDownload", CALL, { TEXT("u"), TEXT("t") }, 2 }, ITEM },
    };
    struct xbits_external *external;
    struct world world;

    (void)state;
    begin(&world, &external);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct xbits_variant result = { .kind = XBITS_VARIANT_OTHER };

        assert_ok(do_deed(external, &rows[i].deed, &result));
        assert_int_equal(result.kind, XBITS_VARIANT_OBJECT);
        assert_int_equal(result.as.object.object_class, rows[i].object.object_class);
        assert_int_equal(result.as.object.collection, rows[i].object.collection);
        assert_true(xbits_id_equal(&result.as.object.item, &rows[i].object.item));
    }
    end(&world, external);
}

static void wrong_invocations_are_refused(void **state)
{
    static const struct {
        struct deed deed;
        xbits_result result;
    } rows[] = {
        { { .name = "OnColorChange", .use = GET }, XBITS_DISP_E_MEMBERNOTFOUND },
        { { .name = "OnColorChange", .use = CALL }, XBITS_DISP_E_MEMBERNOTFOUND },
        { { .name = "version", .use = PUT, .count = 1 }, XBITS_DISP_E_MEMBERNOTFOUND },
        { { .name = "version", .use = CALL }, XBITS_DISP_E_MEMBERNOTFOUND },
        { { .name = "version", .use = 0 }, XBITS_E_INVALIDARG },
        { { .name = "SelectedTaskPane", .use = GET | PUT, .count = 1 }, XBITS_E_INVALIDARG },
        { { COLLECTION, "item", GET, { LONG(0) }, 1 }, XBITS_DISP_E_MEMBERNOTFOUND },
        { { COLLECTION, "item", CALL, { LONG(0) }, 0 }, XBITS_DISP_E_BADPARAMCOUNT },
        { { COLLECTION, "item", CALL, { LONG(0), LONG(0) }, 2 }, XBITS_DISP_E_BADPARAMCOUNT },
        { { COLLECTION, "count", GET, { LONG(0) }, 1 }, XBITS_DISP_E_BADPARAMCOUNT },
        { { .name = "SelectedTaskPane", .use = PUT }, XBITS_DISP_E_BADPARAMCOUNT },
        { { .name = "NavigateTaskPaneURL", .use = CALL, .count = 1 }, XBITS_DISP_E_BADPARAMCOUNT },
        { { .name = "NavigateTaskPaneURL", .use = CALL, .count = 4 }, XBITS_DISP_E_BADPARAMCOUNT },
        { { COLLECTION, "item", CALL, { TEXT("first") }, 1 }, XBITS_DISP_E_TYPEMISMATCH },
        { { COLLECTION, "item", CALL, { TEXT("3000000000") }, 1 }, XBITS_DISP_E_OVERFLOW },
        { { COLLECTION, "item", CALL, { LONG(-1) }, 1 }, XBITS_DISP_E_BADINDEX },
        { { COLLECTION, "item", CALL, { LONG(3) }, 1 }, XBITS_DISP_E_BADINDEX },
        { { ITEM, "getItemInfo", CALL, { TEXT("\xFF") }, 1 }, XBITS_E_INVALIDARG },
        { { FORGED, "downloadState", GET, { { 0 } }, 0 }, XBITS_BG_E_NOT_FOUND },
        { { FORGED, "cancel", CALL, { { 0 } }, 0 }, XBITS_BG_E_NOT_FOUND },
    };
    struct xbits_external *external;
    struct world world;

    (void)state;
    begin(&world, &external);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct xbits_variant result = long_variant(99);

        assert_fails(rows[i].result, do_deed(external, &rows[i].deed, &result));
        assert_int_equal(result.kind, XBITS_VARIANT_LONG);
        assert_int_equal(result.as.number, 99);
    }
    end(&world, external);
}

static void a_member_is_of_its_class_and_page_and_table(void **state)
{
    const struct xbits_object item = ITEM;
    const struct xbits_object external_object = { .object_class = XBITS_OBJECT_EXTERNAL };
    struct xbits_external *external;
    struct xbits_external *info_center;
    struct world world;
    struct xbits_invocation invocation = { .object = &item, .use = GET };
    struct xbits_member copy;

    (void)state;
    begin(&world, &external);
    info_center = open_page(&world, XBITS_SURFACE_INFO_CENTER);
    invocation.member =
        xbits_external_find_member(external, XBITS_OBJECT_DOWNLOAD_COLLECTION, "id");
    assert_fails(XBITS_DISP_E_MEMBERNOTFOUND, xbits_external_invoke(external, &invocation, NULL));
    invocation.member = xbits_external_find_member(external, XBITS_OBJECT_DOWNLOAD_ITEM, "size");
    assert_ok(xbits_external_invoke(external, &invocation, NULL));
    assert_fails(XBITS_DISP_E_MEMBERNOTFOUND,
                 xbits_external_invoke(info_center, &invocation, NULL));
    copy = *invocation.member;
    invocation.member = &copy;
    assert_fails(XBITS_DISP_E_MEMBERNOTFOUND, xbits_external_invoke(external, &invocation, NULL));
    invocation.object = &external_object;
    invocation.member = NULL;
    assert_fails(XBITS_E_INVALIDARG, xbits_external_invoke(external, &invocation, NULL));
    xbits_external_close(info_center);
    end(&world, external);
}

static void failures_of_the_store_are_handed_on(void **state)
{
    static const struct deed deeds[] = {
        { MANAGER, "createDownloadCollection", CALL, { { 0 } }, 0 },
        { COLLECTION, "startDownload", CALL, { TEXT("u"), TEXT("t") }, 2 },
        { COLLECTION, "count", GET, { { 0 } }, 0 },
        { ITEM, "sourceURL", GET, { { 0 } }, 0 },
        { ITEM, "getItemInfo", CALL, { TEXT("Title") }, 1 },
    };
    struct xbits_external *external;
    struct world world;

    (void)state;
    begin(&world, &external);
    world.downloads.failure = XBITS_E_ACCESSDENIED;
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++)
        assert_fails(XBITS_E_ACCESSDENIED, do_deed(external, &deeds[i], NULL));
    end(&world, external);
}

static void without_an_active_store_there_is_no_provider(void **state)
{
    const struct deed deed = { COLLECTION, "startDownload", CALL, { TEXT("u"), TEXT("t") }, 2 };
    struct xbits_external_options options;
    struct xbits_shell_options shell_options;
    struct xbits_external *external = NULL;
    struct xbits_download_manager downloads;

    (void)state;
    fake_downloads_init(&downloads);
    XBITS_INIT(&shell_options);
    XBITS_INIT(&options);
    options.downloads = &downloads;
    assert_ok(xbits_shell_open(&shell_options, &options.shell));
    assert_ok(xbits_external_open(&options, &external));
    assert_ok(do_deed(external, &deed, NULL));
    assert_string_equal(text_c(&downloads.called), "start 7 - u t; ");
    xbits_external_close(external);
    xbits_shell_close(options.shell);
    fake_downloads_dispose(&downloads);
}

static void a_pane_is_lit_by_assignment(void **state)
{
    struct xbits_external *external;
    struct world world;

    (void)state;
    begin(&world, &external);
    assert_ok(put(external, "selectedtaskpane", text_variant("ServiceTask2")));
    assert_string_equal(read_text(external, "SelectedTaskPane"), "ServiceTask2");
    assert_ok(put(external, "SelectedTaskPane", long_variant(3)));
    assert_fails(XBITS_DISP_E_TYPEMISMATCH,
                 put(external, "SelectedTaskPane", plain_variant(XBITS_VARIANT_NULL)));
    assert_string_equal(read_text(external, "SelectedTaskPane"), "ServiceTask2");
    assert_no_navigation(world.shell);
    end(&world, external);
}

static void navigation_needs_no_third_argument(void **state)
{
    struct deed deed = { .name = "NavigateTaskPaneURL", .use = CALL, .count = 2 };
    struct xbits_external *external;
    struct world world;

    (void)state;
    begin(&world, &external);
    deed.arguments[0] = text_variant(HARBOR);
    deed.arguments[1] = text_variant("ServiceTask2");
    assert_ok(do_deed(external, &deed, NULL));
    assert_navigation(world.shell, HARBOR_BASE, 2, false);
    deed.arguments[2] = text_variant("a=1");
    deed.count = 3;
    assert_ok(do_deed(external, &deed, NULL));
    assert_navigation(world.shell, HARBOR_BASE "?a=1", 2, false);
    deed.arguments[0] = text_variant("Nobody");
    assert_ok(do_deed(external, &deed, NULL));
    assert_no_navigation(world.shell);
    end(&world, external);
}

static void a_text_is_kept_until_the_pages_next_call(void **state)
{
    const struct deed info = { ITEM, "getItemInfo", CALL, { TEXT("Title") }, 1 };
    struct xbits_external *external;
    struct xbits_external *other;
    struct xbits_variant result = { .kind = XBITS_VARIANT_OTHER };
    struct deed again = info;
    struct world world;

    (void)state;
    begin(&world, &external);
    other = open_page(&world, XBITS_SURFACE_PANE);
    assert_ok(do_deed(external, &info, &result));
    assert_string_equal(read_text(other, "version"), "10.0.0.3600");
    assert_ok(xbits_shell_set_color(world.shell, "#010203"));
    assert_string_equal(result.as.text, "verbatim");
    again.arguments[0] = result;
    assert_ok(do_deed(external, &again, &result));
    assert_string_equal(text_c(&world.downloads.called), "info; Titleinfo; verbatim");
    xbits_external_close(other);
    end(&world, external);
}

static void the_old_player_plays_what_a_page_names(void **state)
{
    const struct deed deed = {
        .name = "playMedia", .use = CALL, .arguments = { TEXT("http://a/b.wma") }, .count = 1
    };
    struct xbits_external *external;
    struct xbits_variant result = { .kind = XBITS_VARIANT_OTHER };
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP9);
    external = open_page(&world, XBITS_SURFACE_GUIDE);
    assert_ok(do_deed(external, &deed, &result));
    assert_int_equal(result.kind, XBITS_VARIANT_EMPTY);
    end(&world, external);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_texts_are_read),
        cmocka_unit_test(calls_reach_what_is_behind_them),
        cmocka_unit_test(objects_lead_to_objects),
        cmocka_unit_test(wrong_invocations_are_refused),
        cmocka_unit_test(a_member_is_of_its_class_and_page_and_table),
        cmocka_unit_test(failures_of_the_store_are_handed_on),
        cmocka_unit_test(without_an_active_store_there_is_no_provider),
        cmocka_unit_test(a_pane_is_lit_by_assignment),
        cmocka_unit_test(navigation_needs_no_third_argument),
        cmocka_unit_test(a_text_is_kept_until_the_pages_next_call),
        cmocka_unit_test(the_old_player_plays_what_a_page_names),
    };

    return run_tests("external_invoke", tests);
}
