/* SPDX-License-Identifier: MIT */
#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/external/external_fixture.h"

#define PAGES 3

/* Some pages of one shell, whose functions are numbers; what is done inside a call is the test's.
 */
struct pages {
    struct world world;
    struct xbits_external *list[PAGES];
    struct text told; /* "call 1; drop 1; " */
    void (*inside)(struct pages *pages, uint64_t function);
};

static void call(uint64_t function, void *user)
{
    struct pages *pages = user;

    assert_ok(text_format(&pages->told, "call %d; ", (int)function));
    if (pages->inside != NULL)
        pages->inside(pages, function);
}

static void drop(uint64_t function, void *user)
{
    struct pages *pages = user;

    assert_ok(text_format(&pages->told, "drop %d; ", (int)function));
}

static void open_one(struct pages *pages, size_t index)
{
    struct xbits_external_options options;

    XBITS_INIT(&options);
    options.shell = pages->world.shell;
    options.downloads = &pages->world.downloads;
    options.call = call;
    options.drop = drop;
    options.user = pages;
    assert_ok(xbits_external_open(&options, &pages->list[index]));
}

static void close_one(struct pages *pages, size_t index)
{
    xbits_external_close(pages->list[index]);
    pages->list[index] = NULL;
}

static void hook(struct pages *pages, size_t index, struct xbits_variant value)
{
    assert_ok(put(pages->list[index], "OnColorChange", value));
}

static void begin(struct pages *pages, size_t count)
{
    *pages = (struct pages){ 0 };
    world_open(&pages->world, XBITS_PLAYER_WMP12);
    for (size_t i = 0; i < count; i++)
        open_one(pages, i);
}

/* Forgets what was told of the end. */
static void end(struct pages *pages)
{
    pages->inside = NULL;
    for (size_t i = 0; i < PAGES; i++)
        close_one(pages, i);
    text_dispose(&pages->told);
    world_close(&pages->world);
}

static void recolor(struct pages *pages, const char *color)
{
    assert_ok(xbits_shell_set_color(pages->world.shell, color));
}

static void assert_told(struct pages *pages, const char *told)
{
    assert_string_equal(text_c(&pages->told), told);
    text_clear(&pages->told);
}

static void a_function_is_called_once_for_each_change(void **state)
{
    struct pages pages;

    (void)state;
    begin(&pages, 1);
    hook(&pages, 0, function_variant(1));
    assert_told(&pages, "");
    recolor(&pages, "#112233");
    assert_told(&pages, "call 1; ");
    recolor(&pages, "#445566");
    recolor(&pages, "#445566");
    assert_told(&pages, "call 1; call 1; ");
    end(&pages);
}

static void a_page_without_a_function_is_not_called(void **state)
{
    struct pages pages;

    (void)state;
    begin(&pages, 2);
    hook(&pages, 1, function_variant(2));
    recolor(&pages, "#112233");
    assert_told(&pages, "call 2; ");
    end(&pages);
}

static void a_function_is_dropped_when_another_takes_its_place(void **state)
{
    struct pages pages;

    (void)state;
    begin(&pages, 1);
    hook(&pages, 0, function_variant(1));
    assert_told(&pages, "");
    hook(&pages, 0, function_variant(1));
    assert_told(&pages, "drop 1; ");
    hook(&pages, 0, function_variant(2));
    assert_told(&pages, "drop 1; ");
    hook(&pages, 0, plain_variant(XBITS_VARIANT_NULL));
    assert_told(&pages, "drop 2; ");
    hook(&pages, 0, function_variant(0));
    recolor(&pages, "#112233");
    assert_told(&pages, "call 0; ");
    hook(&pages, 0, plain_variant(XBITS_VARIANT_EMPTY));
    assert_told(&pages, "drop 0; ");
    recolor(&pages, "#112233");
    assert_told(&pages, "");
    hook(&pages, 0, function_variant(3));
    close_one(&pages, 0);
    assert_told(&pages, "drop 3; ");
    end(&pages);
}

static void what_is_no_function_is_refused(void **state)
{
    struct pages pages;

    (void)state;
    begin(&pages, 1);
    hook(&pages, 0, function_variant(1));
    assert_fails(XBITS_DISP_E_TYPEMISMATCH,
                 put(pages.list[0], "OnColorChange", text_variant("f()")));
    assert_fails(XBITS_DISP_E_TYPEMISMATCH, put(pages.list[0], "OnColorChange", long_variant(0)));
    recolor(&pages, "#112233");
    assert_told(&pages, "call 1; ");
    end(&pages);
}

static void put_three_in_one(struct pages *pages, uint64_t function)
{
    if (function == 1)
        hook(pages, 0, function_variant(3));
}

static void a_function_may_put_another_in_its_place(void **state)
{
    struct pages pages;

    (void)state;
    begin(&pages, 1);
    pages.inside = put_three_in_one;
    hook(&pages, 0, function_variant(1));
    recolor(&pages, "#112233");
    assert_told(&pages, "call 1; drop 1; ");
    recolor(&pages, "#112233");
    assert_told(&pages, "call 3; ");
    end(&pages);
}

static void close_the_others(struct pages *pages, uint64_t function)
{
    for (size_t i = 0; i < PAGES; i++) {
        if (i + 1 != function)
            close_one(pages, i);
    }
}

static void a_function_may_close_the_other_pages(void **state)
{
    struct pages pages;

    (void)state;
    begin(&pages, PAGES);
    pages.inside = close_the_others;
    for (size_t i = 0; i < PAGES; i++)
        hook(&pages, i, function_variant(i + 1));
    recolor(&pages, "#112233");
    assert_told(&pages, "call 3; drop 1; drop 2; ");
    end(&pages);
}

static void open_another(struct pages *pages, uint64_t function)
{
    if (function == 1 && pages->list[1] == NULL) {
        open_one(pages, 1);
        hook(pages, 1, function_variant(2));
    }
}

static void a_page_that_is_opened_inside_a_call_hears_of_the_next_change(void **state)
{
    struct pages pages;

    (void)state;
    begin(&pages, 1);
    pages.inside = open_another;
    hook(&pages, 0, function_variant(1));
    recolor(&pages, "#112233");
    assert_told(&pages, "call 1; ");
    recolor(&pages, "#112233");
    assert_told(&pages, "call 2; call 1; ");
    end(&pages);
}

static void recolor_once(struct pages *pages, uint64_t function)
{
    if (function != 2)
        return;
    pages->inside = NULL;
    recolor(pages, "#FFFFFF");
    assert_string_equal(read_text(pages->list[0], "appColorLight"), "#FFFFFF");
}

static void a_change_inside_a_call_is_told_once_to_each(void **state)
{
    struct pages pages;

    (void)state;
    begin(&pages, 2);
    pages.inside = recolor_once;
    hook(&pages, 0, function_variant(1));
    hook(&pages, 1, function_variant(2));
    recolor(&pages, "#112233");
    assert_told(&pages, "call 2; call 2; call 1; ");
    recolor(&pages, "#112233");
    assert_told(&pages, "call 2; call 1; ");
    end(&pages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_function_is_called_once_for_each_change),
        cmocka_unit_test(a_page_without_a_function_is_not_called),
        cmocka_unit_test(a_function_is_dropped_when_another_takes_its_place),
        cmocka_unit_test(what_is_no_function_is_refused),
        cmocka_unit_test(a_function_may_put_another_in_its_place),
        cmocka_unit_test(a_function_may_close_the_other_pages),
        cmocka_unit_test(a_page_that_is_opened_inside_a_call_hears_of_the_next_change),
        cmocka_unit_test(a_change_inside_a_call_is_told_once_to_each),
    };

    return run_tests("external_hook", tests);
}
