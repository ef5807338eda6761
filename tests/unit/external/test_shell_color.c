/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/external/external_fixture.h"

static void the_light_colour_is_what_was_set(void **state)
{
    static const struct {
        const char *set;
        const char *got;
    } rows[] = {
        { "#204060", "#204060" },
        { "#abcdef", "#ABCDEF" },
        { "#000000", "#000000" },
        { "#FFFFFF", "#FFFFFF" },
    };
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP12);
    assert_string_equal(xbits_shell_color(world.shell, XBITS_COLOR_LIGHT), "#7C9AD6");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_ok(xbits_shell_set_color(world.shell, rows[i].set));
        assert_string_equal(xbits_shell_color(world.shell, XBITS_COLOR_LIGHT), rows[i].got);
    }
    world_close(&world);
}

static void the_others_follow_from_it(void **state)
{
    static const char *const colors[XBITS_COLOR_COUNT] = {
        "#64C80A", "#50A008", "#376E05", "#C1E99D", "#285004", "#92D853",
    };
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP12);
    assert_ok(xbits_shell_set_color(world.shell, "#64C80A"));
    for (unsigned i = 0; i < XBITS_COLOR_COUNT; i++)
        assert_string_equal(xbits_shell_color(world.shell, (enum xbits_color)i), colors[i]);
    assert_string_equal(xbits_shell_color(world.shell, (enum xbits_color)6), "");
    world_close(&world);
}

static void what_is_no_colour_changes_nothing(void **state)
{
    static const char *const bad[] = { "",
                                       "#",
                                       "#12345",
                                       "#1234567",
                                       "123456",
                                       "#12345G",
                                       "#12345@",
                                       "red",
                                       "#12 456",
                                       "#\xC3\xA9"
                                       "1234",
                                       "\xFF",
                                       NULL };
    struct world world;

    (void)state;
    world_open(&world, XBITS_PLAYER_WMP12);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_fails(XBITS_E_INVALIDARG, xbits_shell_set_color(world.shell, bad[i]));
    assert_string_equal(xbits_shell_color(world.shell, XBITS_COLOR_LIGHT), "#7C9AD6");
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_light_colour_is_what_was_set),
        cmocka_unit_test(the_others_follow_from_it),
        cmocka_unit_test(what_is_no_colour_changes_nothing),
    };

    return run_tests("shell_color", tests);
}
