/* SPDX-License-Identifier: MIT */
#include "unit/external/external_fixture.h"

#include "support/assert_result.h"

static bool answer(const char *key, void *user)
{
    struct world *world = user;

    world->questions++;
    text_copy_into(world->asked, sizeof world->asked, key);
    return world->user_agrees;
}

void world_open(struct world *world, enum xbits_player_version player)
{
    const size_t size = sizeof(struct xbits_shell_store);
    const struct xbits_shell_store stores[] = {
        { size, HARBOR, HARBOR_BASE, { HARBOR_TASK(1), HARBOR_TASK(2), HARBOR_TASK(3) } },
        { size, HILL, HILL_BASE, { HILL_TASK, NULL, NULL } },
        { size, BARE, NULL, { NULL, NULL, NULL } },
    };
    struct xbits_shell_options options;

    *world = (struct world){ 0 };
    fake_downloads_init(&world->downloads);
    XBITS_INIT(&options);
    options.player = player;
    options.stores = stores;
    options.store_count = sizeof stores / sizeof stores[0];
    options.active_store = HARBOR;
    options.ask = answer;
    options.user = world;
    assert_ok(xbits_shell_open(&options, &world->shell));
}

void world_close(struct world *world)
{
    xbits_shell_close(world->shell);
    fake_downloads_dispose(&world->downloads);
}

struct xbits_external *open_page(struct world *world, enum xbits_surface surface)
{
    struct xbits_external_options options;
    struct xbits_external *external = NULL;

    XBITS_INIT(&options);
    options.shell = world->shell;
    options.downloads = &world->downloads;
    options.surface = surface;
    assert_ok(xbits_external_open(&options, &external));
    return external;
}

void assert_navigation(struct xbits_shell *shell, const char *url, unsigned pane, bool ends_session)
{
    struct xbits_navigation navigation;

    XBITS_INIT(&navigation);
    assert_ok(xbits_shell_next_navigation(shell, &navigation));
    assert_string_equal(navigation.url, url);
    assert_string_equal(navigation.store, xbits_shell_active_store(shell));
    assert_int_equal(navigation.pane, pane);
    assert_int_equal(navigation.ends_session, ends_session);
}

void assert_no_navigation(struct xbits_shell *shell)
{
    struct xbits_navigation navigation;

    XBITS_INIT(&navigation);
    assert_result(XBITS_S_FALSE, xbits_shell_next_navigation(shell, &navigation));
}

struct xbits_variant plain_variant(enum xbits_variant_kind kind)
{
    return (struct xbits_variant){ .kind = kind };
}

struct xbits_variant text_variant(const char *text)
{
    return (struct xbits_variant){ XBITS_VARIANT_TEXT, { .text = text } };
}

struct xbits_variant long_variant(int32_t number)
{
    return (struct xbits_variant){ XBITS_VARIANT_LONG, { .number = number } };
}

struct xbits_variant double_variant(double real)
{
    return (struct xbits_variant){ XBITS_VARIANT_DOUBLE, { .real = real } };
}

struct xbits_variant function_variant(uint64_t function)
{
    return (struct xbits_variant){ XBITS_VARIANT_FUNCTION, { .function = function } };
}

xbits_result do_deed(struct xbits_external *external, const struct deed *deed,
                     struct xbits_variant *result_out)
{
    const struct xbits_invocation invocation = {
        .object = &deed->object,
        .member = xbits_external_find_member(external, deed->object.object_class, deed->name),
        .use = deed->use,
        .arguments = deed->arguments,
        .argument_count = deed->count,
    };

    assert_non_null(invocation.member);
    return xbits_external_invoke(external, &invocation, result_out);
}

const char *read_text(struct xbits_external *external, const char *name)
{
    const struct deed deed = { .name = name, .use = XBITS_MEMBER_GET };
    struct xbits_variant result = { .kind = XBITS_VARIANT_OTHER };

    assert_ok(do_deed(external, &deed, &result));
    assert_int_equal(result.kind, XBITS_VARIANT_TEXT);
    return result.as.text;
}

xbits_result put(struct xbits_external *external, const char *name, struct xbits_variant value)
{
    const struct deed deed = {
        .name = name, .use = XBITS_MEMBER_PUT, .arguments = { value }, .count = 1
    };

    return do_deed(external, &deed, NULL);
}
