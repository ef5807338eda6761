/* SPDX-License-Identifier: MIT */
#include "xbits/shell.h"

#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/external/external_fixture.h"

static void each_player_says_its_version(void **state)
{
    static const struct {
        enum xbits_player_version player;
        enum xbits_player_version got;
        const char *version;
    } rows[] = {
        { XBITS_PLAYER_WMP9, XBITS_PLAYER_WMP9, "9.0.0.3250" },
        { XBITS_PLAYER_WMP10, XBITS_PLAYER_WMP10, "10.0.0.3600" },
        { XBITS_PLAYER_WMP11, XBITS_PLAYER_WMP11, "11.0.5721.5145" },
        { XBITS_PLAYER_WMP12, XBITS_PLAYER_WMP12, "12.0.7601.17514" },
        { (enum xbits_player_version)0, XBITS_PLAYER_WMP12, "12.0.7601.17514" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct world world;

        world_open(&world, rows[i].player);
        assert_int_equal(xbits_shell_player(world.shell), rows[i].got);
        assert_string_equal(xbits_shell_version(world.shell), rows[i].version);
        world_close(&world);
    }
}

static void a_shell_may_have_no_store_and_another_version(void **state)
{
    struct xbits_shell_options options;
    struct xbits_shell *shell = NULL;

    (void)state;
    XBITS_INIT(&options);
    options.version = "10.0.0.4081";
    assert_ok(xbits_shell_open(&options, &shell));

    assert_string_equal(xbits_shell_version(shell), "10.0.0.4081");
    assert_null(xbits_shell_active_store(shell));
    assert_fails(XBITS_E_INVALIDARG, xbits_shell_select_pane(shell, 1));
    xbits_shell_light_pane(shell, "ServiceTask1");
    assert_int_equal(xbits_shell_lit_pane(shell), 0);
    xbits_shell_close(shell);
}

static void bad_options_are_refused(void **state)
{
    const size_t size = sizeof(struct xbits_shell_store);
    const struct {
        enum xbits_player_version player;
        const char *active;
        struct xbits_shell_store stores[2];
    } rows[] = {
        { 8, NULL, { { size, "A", NULL, { 0 } }, { size, "B", NULL, { 0 } } } },
        { 13, NULL, { { size, "A", NULL, { 0 } }, { size, "B", NULL, { 0 } } } },
        { 0, "C", { { size, "A", NULL, { 0 } }, { size, "B", NULL, { 0 } } } },
        { 0, "a", { { size, "A", NULL, { 0 } }, { size, "B", NULL, { 0 } } } },
        { 0, NULL, { { size, "A", NULL, { 0 } }, { size, "A", NULL, { 0 } } } },
        { 0, NULL, { { size, "A", NULL, { 0 } }, { size, NULL, NULL, { 0 } } } },
        { 0, NULL, { { size, "A", NULL, { 0 } }, { size, "", NULL, { 0 } } } },
        { 0, NULL, { { size, "A", NULL, { 0 } }, { size, "\xFF", NULL, { 0 } } } },
        { 0, NULL, { { size, "A", "ftp://a/", { 0 } }, { size, "B", NULL, { 0 } } } },
        { 0, NULL, { { size, "A", NULL, { "a.htm" } }, { size, "B", NULL, { 0 } } } },
        { 0, NULL, { { 0, "A", NULL, { 0 } }, { size, "B", NULL, { 0 } } } },
    };
    struct xbits_shell *shell = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct xbits_shell_options options;

        XBITS_INIT(&options);
        options.player = rows[i].player;
        options.active_store = rows[i].active;
        options.stores = rows[i].stores;
        options.store_count = 2;
        assert_fails(XBITS_E_INVALIDARG, xbits_shell_open(&options, &shell));
        assert_null(shell);
    }
}

static void a_pane_is_lit_by_its_exact_name(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP10);
    xbits_shell_light_pane(world.shell, "ServiceTask2");
    assert_int_equal(xbits_shell_lit_pane(world.shell), 2);
    xbits_shell_light_pane(world.shell, "servicetask3");
    xbits_shell_light_pane(world.shell, "ServiceTask4");
    xbits_shell_light_pane(world.shell, "");
    xbits_shell_light_pane(world.shell, NULL);
    assert_int_equal(xbits_shell_lit_pane(world.shell), 2);

    assert_int_equal(xbits_shell_pane(world.shell), 0);
    assert_no_navigation(world.shell);
    world_close(&world);
}

static void a_player_of_one_pane_lights_no_other(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP11);
    xbits_shell_light_pane(world.shell, "ServiceTask2");
    assert_int_equal(xbits_shell_lit_pane(world.shell), 0);
    xbits_shell_light_pane(world.shell, "ServiceTask1");
    assert_int_equal(xbits_shell_lit_pane(world.shell), 1);
    world_close(&world);
}

static void panes_have_names(void **state)
{
    (void)state;
    assert_string_equal(xbits_pane_name(0), "");
    assert_string_equal(xbits_pane_name(3), "ServiceTask3");
    assert_string_equal(xbits_pane_name(4), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_player_says_its_version),
        cmocka_unit_test(a_shell_may_have_no_store_and_another_version),
        cmocka_unit_test(bad_options_are_refused),
        cmocka_unit_test(a_pane_is_lit_by_its_exact_name),
        cmocka_unit_test(a_player_of_one_pane_lights_no_other),
        cmocka_unit_test(panes_have_names),
    };

    return run_tests("shell", tests);
}
