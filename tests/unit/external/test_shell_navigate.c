/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/external/external_fixture.h"

static void a_page_of_the_active_store_opens_in_the_named_pane(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP10);
    assert_ok(xbits_shell_navigate(world.shell, HARBOR, "ServiceTask2", "a=1"));

    assert_int_equal(xbits_shell_pane(world.shell), 2);
    assert_int_equal(xbits_shell_lit_pane(world.shell), 0);
    assert_navigation(world.shell, HARBOR_BASE "?a=1", 2, false);
    assert_no_navigation(world.shell);
    assert_int_equal(world.questions, 0);
    world_close(&world);
}

static void parameters_may_be_missing(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP10);
    assert_ok(xbits_shell_navigate(world.shell, HARBOR, "ServiceTask1", NULL));
    assert_ok(xbits_shell_navigate(world.shell, HARBOR, "ServiceTask1", ""));

    assert_navigation(world.shell, HARBOR_BASE, 1, false);
    assert_navigation(world.shell, HARBOR_BASE, 1, false);
    world_close(&world);
}

static void a_pane_that_there_is_not_is_the_first(void **state)
{
    static const struct {
        enum xbits_player_version player;
        const char *pane;
        unsigned opened;
    } rows[] = {
        { XBITS_PLAYER_WMP10, "ServiceTask3", 3 }, { XBITS_PLAYER_WMP10, "ServiceTask4", 1 },
        { XBITS_PLAYER_WMP10, "servicetask3", 1 }, { XBITS_PLAYER_WMP10, "", 1 },
        { XBITS_PLAYER_WMP11, "ServiceTask3", 1 }, { XBITS_PLAYER_WMP12, "ServiceTask2", 1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct world world;

        world_open(&world, rows[i].player);
        assert_ok(xbits_shell_navigate(world.shell, HARBOR, rows[i].pane, NULL));
        assert_navigation(world.shell, HARBOR_BASE, rows[i].opened, false);
        world_close(&world);
    }
}

static void another_store_is_entered_when_the_user_agrees(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP10);
    world.user_agrees = true;
    assert_ok(xbits_shell_navigate(world.shell, HILL, "ServiceTask3", "a=1"));

    assert_string_equal(world.asked, HILL);
    assert_string_equal(xbits_shell_active_store(world.shell), HILL);
    assert_navigation(world.shell, HILL_BASE "&a=1", 1, true);
    assert_ok(xbits_shell_navigate(world.shell, HILL, "ServiceTask1", NULL));
    assert_navigation(world.shell, HILL_BASE, 1, false);
    assert_int_equal(world.questions, 1);
    world_close(&world);
}

static void nothing_happens_when_the_user_refuses(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP10);
    assert_ok(xbits_shell_select_pane(world.shell, 2));
    assert_navigation(world.shell, HARBOR_TASK(2), 2, false);
    assert_result(XBITS_S_FALSE, xbits_shell_navigate(world.shell, HILL, "ServiceTask1", NULL));

    assert_int_equal(world.questions, 1);
    assert_string_equal(xbits_shell_active_store(world.shell), HARBOR);
    assert_int_equal(xbits_shell_pane(world.shell), 2);
    assert_no_navigation(world.shell);
    world_close(&world);
}

static void nobody_is_asked_about_a_store_that_cannot_be_entered(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP10);
    world.user_agrees = true;
    assert_result(XBITS_S_FALSE, xbits_shell_navigate(world.shell, "Nobody", "ServiceTask1", ""));
    assert_result(XBITS_S_FALSE, xbits_shell_navigate(world.shell, "harbortunes", "", ""));
    assert_result(XBITS_S_FALSE, xbits_shell_navigate(world.shell, BARE, "ServiceTask1", ""));

    assert_int_equal(world.questions, 0);
    assert_no_navigation(world.shell);
    world_close(&world);
}

static void texts_that_are_none_are_refused(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP10);
    assert_fails(XBITS_E_INVALIDARG, xbits_shell_navigate(world.shell, NULL, "", ""));
    assert_fails(XBITS_E_INVALIDARG, xbits_shell_navigate(world.shell, HARBOR, NULL, ""));
    assert_fails(XBITS_E_INVALIDARG, xbits_shell_navigate(world.shell, HARBOR, "", "\xFF"));
    assert_fails(XBITS_E_INVALIDARG, xbits_shell_select_store(world.shell, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_shell_note_url(world.shell, NULL));
    assert_no_navigation(world.shell);
    world_close(&world);
}

static void no_shell_is_refused(void **state)
{
    struct xbits_navigation navigation;

    (void)state;
    XBITS_INIT(&navigation);
    assert_fails(XBITS_E_INVALIDARG, xbits_shell_select_pane(NULL, 1));
    assert_fails(XBITS_E_INVALIDARG, xbits_shell_select_store(NULL, HARBOR));
    assert_fails(XBITS_E_INVALIDARG, xbits_shell_navigate(NULL, HARBOR, "", ""));
    assert_fails(XBITS_E_INVALIDARG, xbits_shell_note_url(NULL, "http://songs/"));
    assert_fails(XBITS_E_INVALIDARG, xbits_shell_next_navigation(NULL, &navigation));
    assert_fails(XBITS_E_INVALIDARG, xbits_shell_set_color(NULL, "#112233"));
}

static void a_pane_comes_back_to_what_it_showed_last(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP10);
    assert_ok(xbits_shell_select_pane(world.shell, 1));
    assert_ok(xbits_shell_note_url(world.shell, "http://harbor.test/deep"));
    assert_ok(xbits_shell_select_pane(world.shell, 2));
    assert_int_equal(xbits_shell_lit_pane(world.shell), 2);
    assert_ok(xbits_shell_select_pane(world.shell, 1));

    assert_navigation(world.shell, HARBOR_TASK(1), 1, false);
    assert_navigation(world.shell, HARBOR_TASK(2), 2, false);
    assert_navigation(world.shell, "http://harbor.test/deep", 1, false);
    world_close(&world);
}

static void only_a_page_of_a_pane_has_an_address_to_note(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP10);
    assert_result(XBITS_S_FALSE, xbits_shell_note_url(world.shell, "http://harbor.test/"));
    assert_ok(xbits_shell_select_pane(world.shell, 1));
    assert_fails(XBITS_E_INVALIDARG, xbits_shell_note_url(world.shell, "javascript:x()"));
    assert_navigation(world.shell, HARBOR_TASK(1), 1, false);
    world_close(&world);
}

static void a_store_that_is_left_is_forgotten(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP10);
    assert_ok(xbits_shell_select_pane(world.shell, 2));
    assert_ok(xbits_shell_note_url(world.shell, "http://harbor.test/deep"));
    assert_navigation(world.shell, HARBOR_TASK(2), 2, false);
    assert_ok(xbits_shell_select_store(world.shell, HILL));
    assert_navigation(world.shell, HILL_TASK, 1, true);
    assert_int_equal(xbits_shell_lit_pane(world.shell), 1);
    assert_ok(xbits_shell_select_store(world.shell, HARBOR));
    assert_navigation(world.shell, HARBOR_TASK(1), 1, true);
    assert_ok(xbits_shell_select_pane(world.shell, 2));
    assert_navigation(world.shell, HARBOR_TASK(2), 2, false);
    world_close(&world);
}

static void a_store_is_chosen_by_its_key(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP10);
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, xbits_shell_select_store(world.shell, "Nobody"));
    assert_ok(xbits_shell_select_store(world.shell, HARBOR));
    assert_no_navigation(world.shell);
    assert_int_equal(world.questions, 0);
    world_close(&world);
}

/* The end of the session is told by the first page that follows. */
static void a_store_without_a_page_ends_the_session_all_the_same(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP10);
    assert_ok(xbits_shell_select_store(world.shell, BARE));
    assert_string_equal(xbits_shell_active_store(world.shell), BARE);
    assert_no_navigation(world.shell);
    assert_fails(XBITS_E_INVALIDARG, xbits_shell_select_pane(world.shell, 1));
    assert_ok(xbits_shell_select_store(world.shell, HARBOR));
    assert_navigation(world.shell, HARBOR_TASK(1), 1, true);
    world_close(&world);
}

static void a_pane_that_the_store_lacks_cannot_be_selected(void **state)
{
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP11);
    assert_fails(XBITS_E_INVALIDARG, xbits_shell_select_pane(world.shell, 0));
    assert_fails(XBITS_E_INVALIDARG, xbits_shell_select_pane(world.shell, 2));
    assert_fails(XBITS_E_INVALIDARG, xbits_shell_select_pane(world.shell, 4));
    assert_no_navigation(world.shell);
    world_close(&world);
}

static void of_many_navigations_the_newest_are_kept(void **state)
{
    const int extra = 5;
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP10);
    assert_ok(xbits_shell_select_store(world.shell, HILL));
    assert_ok(xbits_shell_select_store(world.shell, HARBOR));
    for (int i = 0; i < XBITS_NAVIGATIONS_MAXIMUM + extra; i++) {
        char parameters[16];

        snprintf(parameters, sizeof parameters, "n=%d", i);
        assert_ok(xbits_shell_navigate(world.shell, HARBOR, "ServiceTask1", parameters));
    }

    for (int i = extra; i < XBITS_NAVIGATIONS_MAXIMUM + extra; i++) {
        char url[64];

        snprintf(url, sizeof url, "%s?n=%d", HARBOR_BASE, i);
        assert_navigation(world.shell, url, 1, i == extra);
    }
    assert_no_navigation(world.shell);
    world_close(&world);
}

/* xbits_shell_ask: a user who goes elsewhere before the answer. */
static bool choose_and_agree(const char *key, void *user)
{
    struct xbits_shell *const *shell = user;

    assert_ok(xbits_shell_select_store(*shell, key));
    return true;
}

static void a_store_may_be_chosen_while_the_user_is_asked(void **state)
{
    const struct xbits_shell_store stores[] = {
        { sizeof stores[0], "A", "http://a/", { "http://a/1" } },
        { sizeof stores[0], "B", "http://b/", { "http://b/1" } },
    };
    struct xbits_shell *shell = NULL;
    struct xbits_shell_options options;

    (void)state;
    XBITS_INIT(&options);
    options.stores = stores;
    options.store_count = 2;
    options.active_store = "A";
    options.ask = choose_and_agree;
    options.user = &shell;
    assert_ok(xbits_shell_open(&options, &shell));
    assert_ok(xbits_shell_navigate(shell, "B", "ServiceTask1", NULL));

    assert_navigation(shell, "http://b/1", 1, true);
    assert_navigation(shell, "http://b/", 1, false);
    xbits_shell_close(shell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_of_the_active_store_opens_in_the_named_pane),
        cmocka_unit_test(parameters_may_be_missing),
        cmocka_unit_test(a_pane_that_there_is_not_is_the_first),
        cmocka_unit_test(another_store_is_entered_when_the_user_agrees),
        cmocka_unit_test(nothing_happens_when_the_user_refuses),
        cmocka_unit_test(nobody_is_asked_about_a_store_that_cannot_be_entered),
        cmocka_unit_test(texts_that_are_none_are_refused),
        cmocka_unit_test(no_shell_is_refused),
        cmocka_unit_test(a_pane_comes_back_to_what_it_showed_last),
        cmocka_unit_test(only_a_page_of_a_pane_has_an_address_to_note),
        cmocka_unit_test(a_store_that_is_left_is_forgotten),
        cmocka_unit_test(a_store_is_chosen_by_its_key),
        cmocka_unit_test(a_store_without_a_page_ends_the_session_all_the_same),
        cmocka_unit_test(a_pane_that_the_store_lacks_cannot_be_selected),
        cmocka_unit_test(of_many_navigations_the_newest_are_kept),
        cmocka_unit_test(a_store_may_be_chosen_while_the_user_is_asked),
    };

    return run_tests("shell_navigate", tests);
}
