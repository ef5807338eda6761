/* SPDX-License-Identifier: MIT */
#include "store/registry_model.h"

#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#define ROUNDS 400

static xbits_result read_text(struct registry_model *model, const char *ini)
{
    return registry_model_read(model, "test.ini", ini, strlen(ini));
}

static void assert_prints(const struct registry_model *model, const char *expected)
{
    struct text text = { 0 };
    const char *first;

    assert_ok(registry_model_print(model, &text));

    assert_int_equal(text_c(&text)[0], ';');
    first = strstr(text_c(&text), "\n[");
    assert_string_equal(first != NULL ? first : "", expected);
    text_dispose(&text);
}

static void a_value_is_put_where_its_section_is(void **state)
{
    struct registry_model model = { 0 };

    (void)state;
    assert_ok(read_text(&model, "[a]\nx=1\n[b]\ny=2\n[a]\nz=3\n[c]\nu=4\n"));
    assert_ok(registry_model_set(&model, "a", "new", "5"));
    assert_ok(registry_model_set(&model, "a", "x", "6"));
    assert_ok(registry_model_set(&model, "d", "x", "7"));

    assert_prints(&model, "\n[a]\nx=6\n\n[b]\ny=2\n\n[a]\nz=3\nnew=5\n\n[c]\nu=4\n\n[d]\nx=7\n");
    registry_model_dispose(&model);
}

static void of_two_values_the_last_one_counts(void **state)
{
    struct registry_model model = { 0 };

    (void)state;
    assert_ok(read_text(&model, "[a]\nx=1\n[b]\nx=2\n[a]\nx=3\n"));

    assert_string_equal(registry_model_find(&model, "a", "x")->value, "3");
    assert_int_equal(registry_model_find(&model, "a", "x")->line, 6);
    assert_null(registry_model_find(&model, "a", "X"));
    assert_null(registry_model_find(&model, "A", "x"));
    assert_ok(registry_model_set(&model, "a", "x", "4"));
    assert_string_equal(registry_model_find(&model, "a", "x")->value, "4");
    registry_model_remove(&model, "a", "x");
    assert_null(registry_model_find(&model, "a", "x"));
    assert_prints(&model, "\n[b]\nx=2\n");
    registry_model_dispose(&model);
}

static void a_section_goes_with_its_values(void **state)
{
    struct registry_model model = { 0 };

    (void)state;
    assert_ok(read_text(&model, "[a]\nx=1\n[b]\ny=2\n[a]\nz=3\n"));
    assert_true(registry_model_has_section(&model, "a"));
    registry_model_remove(&model, "a", NULL);

    assert_false(registry_model_has_section(&model, "a"));
    assert_prints(&model, "\n[b]\ny=2\n");
    registry_model_dispose(&model);
}

static void a_nul_is_refused_with_its_line(void **state)
{
    static const char ini[] = "[a]\nx=1\ny=\0z\n";
    struct registry_model model = { 0 };

    (void)state;
    assert_fails(XBITS_E_INVALIDARG, registry_model_read(&model, "test.ini", ini, sizeof(ini) - 1));

    assert_message("test.ini:3: a NUL byte");
    registry_model_dispose(&model);
}

static void a_value_that_no_lines_can_hold_is_not_written(void **state)
{
    struct registry_model model = { 0 };
    struct text text = { 0 };
    char blanks[512];

    (void)state;
    memset(blanks, ' ', sizeof(blanks));
    blanks[0] = 'a';
    memcpy(&blanks[sizeof(blanks) - 2], "b", 2);
    assert_ok(registry_model_set(&model, "a", "x", blanks));

    assert_fails(XBITS_E_UNEXPECTED, registry_model_print(&model, &text));

    text_dispose(&text);
    registry_model_dispose(&model);
}

/* A piece of a line as long as it says: words, blanks, signs that mean something elsewhere. */
static void add_piece(struct random *random, struct text *ini, size_t length)
{
    static const char *const parts[] = { "a", "  ", ";", "\xC3\xA4", "#", "[", "]", "\t", "=" };
    size_t end = ini->length + length;

    assert_ok(text_add(ini, "<"));
    while (ini->length + 3 < end) {
        const char *part = parts[random_below(random, sizeof(parts) / sizeof(parts[0]))];
        char last = text_c(ini)[ini->length - 1];

        if (part[0] != ';' || (last != ' ' && last != '\t'))
            assert_ok(text_add(ini, part));
    }
    assert_ok(text_add(ini, ">"));
}

static void add_random_value(struct random *random, struct text *ini, unsigned number)
{
    size_t lines = (size_t)random_below(random, 4);

    if (number % 5 == 0)
        assert_ok(
            text_format(ini, "[section %llu]\n", (unsigned long long)random_below(random, 3)));
    assert_ok(text_format(ini, "key %u =", number % 7));
    if (random_below(random, 4) > 0)
        add_piece(random, ini, (size_t)random_below(random, 180));
    for (size_t i = 0; i < lines; i++) {
        assert_ok(text_add(ini, "\n\t"));
        add_piece(random, ini, (size_t)random_below(random, 189));
    }
    assert_ok(text_add(ini, "\n"));
}

static void assert_same(const struct registry_model *a, const struct registry_model *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_string_equal(a->entries[i].section, b->entries[i].section);
        assert_string_equal(a->entries[i].key, b->entries[i].key);
        assert_string_equal(a->entries[i].value, b->entries[i].value);
    }
}

static void whatever_can_be_read_is_written_so_that_it_is_read_the_same(void **state)
{
    struct random random;

    (void)state;
    random_init(&random, test_seed());
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct registry_model before = { 0 };
        struct registry_model after = { 0 };
        struct text ini = { 0 };
        struct text printed = { 0 };

        for (unsigned i = 0; i < 15; i++)
            add_random_value(&random, &ini, i);
        assert_ok(read_text(&before, text_c(&ini)));
        assert_int_equal(before.count, 15);
        assert_ok(registry_model_print(&before, &printed));
        assert_ok(read_text(&after, text_c(&printed)));

        assert_same(&before, &after);
        text_dispose(&printed);
        text_dispose(&ini);
        registry_model_dispose(&after);
        registry_model_dispose(&before);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_put_where_its_section_is),
        cmocka_unit_test(of_two_values_the_last_one_counts),
        cmocka_unit_test(a_section_goes_with_its_values),
        cmocka_unit_test(a_nul_is_refused_with_its_line),
        cmocka_unit_test(a_value_that_no_lines_can_hold_is_not_written),
        cmocka_unit_test(whatever_can_be_read_is_written_so_that_it_is_read_the_same),
    };

    return run_tests("registry model", tests);
}
