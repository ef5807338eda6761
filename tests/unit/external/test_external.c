/* SPDX-License-Identifier: MIT */
#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/external/external_fixture.h"

static void a_page_needs_a_shell_and_where_it_downloads_a_manager(void **state)
{
    static const struct {
        enum xbits_player_version player;
        enum xbits_surface surface;
        bool needs_manager;
    } rows[] = {
        { XBITS_PLAYER_WMP9, XBITS_SURFACE_PANE, true },
        { XBITS_PLAYER_WMP9, XBITS_SURFACE_GUIDE, true },
        { XBITS_PLAYER_WMP10, XBITS_SURFACE_PANE, true },
        { XBITS_PLAYER_WMP10, XBITS_SURFACE_INFO_CENTER, false },
        { XBITS_PLAYER_WMP12, XBITS_SURFACE_HTML_VIEW, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct xbits_external_options options;
        struct xbits_external *external = NULL;
        struct world world;

        world_open(&world, rows[i].player);
        XBITS_INIT(&options);
        options.surface = rows[i].surface;
        options.downloads = &world.downloads;
        assert_fails(XBITS_E_INVALIDARG, xbits_external_open(&options, &external));
        options.shell = world.shell;
        options.downloads = NULL;
        if (rows[i].needs_manager)
            assert_fails(XBITS_E_INVALIDARG, xbits_external_open(&options, &external));
        else
            assert_ok(xbits_external_open(&options, &external));
        xbits_external_close(external);
        world_close(&world);
    }
}

static void bad_options_are_refused(void **state)
{
    struct xbits_external_options options;
    struct xbits_external *external = NULL;
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP12);
    XBITS_INIT(&options);
    options.shell = world.shell;
    options.downloads = &world.downloads;
    options.surface = (enum xbits_surface)XBITS_SURFACE_COUNT;
    assert_fails(XBITS_E_INVALIDARG, xbits_external_open(&options, &external));
    options.surface = XBITS_SURFACE_PANE;
    options.size = 0;
    assert_fails(XBITS_E_INVALIDARG, xbits_external_open(&options, &external));
    assert_fails(XBITS_E_INVALIDARG, xbits_external_open(NULL, &external));
    assert_null(external);
    xbits_external_close(NULL);
    world_close(&world);
}

static void a_member_is_found_in_any_case(void **state)
{
    static const char *const names[] = { "DownloadManager", "downloadmanager", "DOWNLOADMANAGER" };
    struct xbits_external *external;
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP12);
    external = open_page(&world, XBITS_SURFACE_PANE);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct xbits_member *member =
            xbits_external_find_member(external, XBITS_OBJECT_EXTERNAL, names[i]);

        assert_non_null(member);
        assert_string_equal(member->name, "DownloadManager");
    }
    assert_null(xbits_external_find_member(external, XBITS_OBJECT_EXTERNAL, "DownloadManager2"));
    assert_null(xbits_external_find_member(external, XBITS_OBJECT_EXTERNAL, ""));
    assert_null(xbits_external_find_member(external, XBITS_OBJECT_EXTERNAL, NULL));
    assert_null(xbits_external_find_member(external, XBITS_OBJECT_DOWNLOAD_ITEM, "version"));
    xbits_external_close(external);
    world_close(&world);
}

static void a_page_finds_what_its_surface_has(void **state)
{
    static const struct {
        enum xbits_player_version player;
        enum xbits_surface surface;
        const char *name;
        bool is_found;
    } rows[] = {
        { XBITS_PLAYER_WMP9, XBITS_SURFACE_HTML_VIEW, "DownloadManager", true },
        { XBITS_PLAYER_WMP9, XBITS_SURFACE_PANE, "NavigateTaskPaneURL", false },
        { XBITS_PLAYER_WMP9, XBITS_SURFACE_PANE, "playMedia", true },
        { XBITS_PLAYER_WMP10, XBITS_SURFACE_HTML_VIEW, "DownloadManager", false },
        { XBITS_PLAYER_WMP10, XBITS_SURFACE_PANE, "playMedia", false },
        { XBITS_PLAYER_WMP11, XBITS_SURFACE_GUIDE, "playMedia", true },
        { XBITS_PLAYER_WMP12, XBITS_SURFACE_GUIDE, "playMedia", false },
        { XBITS_PLAYER_WMP12, XBITS_SURFACE_INFO_CENTER, "NavigateTaskPaneURL", true },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct xbits_external *external;
        struct world world;

        world_open(&world, rows[i].player);
        external = open_page(&world, rows[i].surface);
        assert_int_equal(
            xbits_external_find_member(external, XBITS_OBJECT_EXTERNAL, rows[i].name) != NULL,
            rows[i].is_found);
        xbits_external_close(external);
        world_close(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_needs_a_shell_and_where_it_downloads_a_manager),
        cmocka_unit_test(bad_options_are_refused),
        cmocka_unit_test(a_member_is_found_in_any_case),
        cmocka_unit_test(a_page_finds_what_its_surface_has),
    };

    return run_tests("external", tests);
}
