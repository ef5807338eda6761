/* SPDX-License-Identifier: MIT */
#include "store/registry.h"

#include <string.h>

#include "registry_fixture.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#define TEN "1234567890"
#define K32 TEN TEN TEN "12"
#define T64 TEN TEN TEN TEN TEN TEN "1234"

static void values_have_the_names_of_the_registry(void **state)
{
    (void)state;

    assert_string_equal(xbits_registry_value_name(XBITS_REGISTRY_REFRESH_DOWNLOAD),
                        "Services\\RefreshDownload");
    assert_string_equal(xbits_registry_value_name(XBITS_REGISTRY_TEST_PARAMETER),
                        "Services\\TestParameter");
    assert_string_equal(xbits_registry_value_name(XBITS_REGISTRY_ACTIVE_SERVICE),
                        "Subscriptions\\ActiveService");
    assert_string_equal(xbits_registry_value_name((enum xbits_registry_value)77), "unknown");
}

static void nothing_is_set_in_the_beginning(void **state)
{
    struct registry_fixture *fixture = *state;

    for (int which = 0; which < XBITS_REGISTRY_VALUE_COUNT; which++)
        assert_absent(fixture->registry, (enum xbits_registry_value)which);
    assert_stores(fixture->registry, "");
    assert_int_equal(temp_directory_count(&fixture->directory), 0);
}

static void the_user_directory_is_made(void **state)
{
    struct registry_fixture *fixture = *state;
    struct xbits_registry *registry = NULL;
    char path[TEMP_PATH_SIZE];

    assert_ok(
        xbits_registry_open(temp_directory_join(&fixture->directory, "a/b", path), &registry));
    set_number(registry, 1);

    assert_true(temp_directory_has(&fixture->directory, "a/b/registry.ini"));
    xbits_registry_close(registry);
}

static void a_user_directory_that_is_none_is_refused(void **state)
{
    static const struct {
        const char *path, *message;
    } cases[] = {
        { NULL, "the user directory is NULL" },
        { "", "\"\" is not absolute" },
        { "a/b", "\"a/b\" is not absolute" },
        { "/\xFF", "the user directory is not UTF-8" },
    };
    struct xbits_registry *registry = NULL;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_fails(XBITS_E_INVALIDARG, xbits_registry_open(cases[i].path, &registry));
        assert_message(cases[i].message);
    }
    assert_fails(XBITS_E_INVALIDARG, xbits_registry_open("/tmp", NULL));
    assert_null(registry);
    xbits_registry_close(NULL);
}

static void a_user_directory_that_is_a_file_is_refused(void **state)
{
    struct registry_fixture *fixture = *state;
    struct xbits_registry *registry = NULL;
    char path[TEMP_PATH_SIZE];

    temp_directory_write(&fixture->directory, "file", "", 0);

    assert_fails(
        XBITS_ERROR_DIRECTORY,
        xbits_registry_open(temp_directory_join(&fixture->directory, "file", path), &registry));
    assert_null(registry);
}

static void numbers_are_read_as_they_were_written(void **state)
{
    static const uint32_t numbers[] = { 0, 1, 4294967295u };
    struct registry_fixture *fixture = *state;

    for (size_t i = 0; i < COUNT(numbers); i++) {
        set_number(fixture->registry, numbers[i]);

        assert_number(fixture->registry, numbers[i]);
    }
}

static void texts_are_read_as_they_were_written(void **state)
{
    static const char *const texts[] = {
        "",          "8540;8541", "a = b", "#1 [x];", ";8540", "#", "\xC3\xA4\xF0\x9F\x8E\xB5",
        "a  b\";\"", "[a]",       T64 T64
    };
    struct registry_fixture *fixture = *state;

    for (size_t i = 0; i < COUNT(texts); i++) {
        set_text(fixture->registry, XBITS_REGISTRY_TEST_PARAMETER, texts[i]);
        set_text(fixture->registry, XBITS_REGISTRY_ACTIVE_SERVICE, texts[i]);
        assert_ok(xbits_registry_add_store(fixture->registry, "HarborTunes", texts[i]));

        assert_text(fixture->registry, XBITS_REGISTRY_TEST_PARAMETER, texts[i]);
        assert_text(fixture->registry, XBITS_REGISTRY_ACTIVE_SERVICE, texts[i]);
    }
}

static void a_value_of_no_kind_removes_it(void **state)
{
    const struct xbits_value none = { .kind = XBITS_KIND_NONE };
    struct registry_fixture *fixture = *state;

    set_number(fixture->registry, 1);
    set_text(fixture->registry, XBITS_REGISTRY_TEST_PARAMETER, "8540");

    assert_ok(xbits_registry_set(fixture->registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &none));
    assert_ok(xbits_registry_set(fixture->registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &none));

    assert_absent(fixture->registry, XBITS_REGISTRY_REFRESH_DOWNLOAD);
    assert_text(fixture->registry, XBITS_REGISTRY_TEST_PARAMETER, "8540");
}

static void a_value_of_another_kind_is_refused(void **state)
{
    const struct xbits_value number = xbits_value_u32(1);
    const struct xbits_value wide = xbits_value_u64(1);
    const struct xbits_value text = xbits_value_text("1");
    const struct xbits_value nothing = { .kind = XBITS_KIND_TEXT };
    struct registry_fixture *fixture = *state;
    struct xbits_registry *registry = fixture->registry;

    assert_fails(XBITS_E_INVALIDARG,
                 xbits_registry_set(registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &text));
    assert_message("Services\\RefreshDownload takes a number of 32 bits");
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_registry_set(registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &wide));
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_registry_set(registry, XBITS_REGISTRY_TEST_PARAMETER, &number));
    assert_message("Services\\TestParameter takes a text");
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_registry_set(registry, XBITS_REGISTRY_ACTIVE_SERVICE, &nothing));
    assert_int_equal(temp_directory_count(&fixture->directory), 0);
}

static bool ignore_store(const struct xbits_store_info *store, void *user)
{
    (void)store;
    (void)user;
    return true;
}

static void what_is_missing_in_a_call_is_refused(void **state)
{
    const struct xbits_value value = xbits_value_u32(1);
    struct registry_fixture *fixture = *state;
    struct xbits_registry *registry = fixture->registry;
    struct xbits_value out = xbits_value_u32(7);

    assert_fails(XBITS_E_INVALIDARG,
                 xbits_registry_get(NULL, XBITS_REGISTRY_REFRESH_DOWNLOAD, &out));
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_registry_get(registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, NULL));
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_registry_get(registry, (enum xbits_registry_value)3, &out));
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_registry_set(NULL, XBITS_REGISTRY_REFRESH_DOWNLOAD, &value));
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_registry_set(registry, (enum xbits_registry_value) - 1, &value));
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_registry_set(registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_registry_add_store(NULL, "a", NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_registry_add_store(registry, NULL, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_registry_remove_store(NULL, "a"));
    assert_fails(XBITS_E_INVALIDARG, xbits_registry_remove_store(registry, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_registry_visit_stores(NULL, ignore_store, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_registry_visit_stores(registry, NULL, NULL));
    assert_int_equal(out.as.u32, 7);
}

static void a_text_that_is_refused_names_its_rule(void **state)
{
    static const struct {
        const char *text, *rule;
    } cases[] = {
        { T64 T64 "x", "at most 128 bytes" },  { "\xC3", "a text is UTF-8" },
        { "\xED\xA0\x80", "a text is UTF-8" }, { "a\nb", "no control characters" },
        { "a\tb", "no control characters" },   { "a\x7F", "no control characters" },
        { " a", "no blank at either end" },    { "a ", "no blank at either end" },
        { " ", "no blank at either end" },     { "a ;b", "no \" ;\"" },
    };
    struct registry_fixture *fixture = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct xbits_value value = xbits_value_text(cases[i].text);

        assert_fails(XBITS_E_INVALIDARG,
                     xbits_registry_set(fixture->registry, XBITS_REGISTRY_TEST_PARAMETER, &value));
        assert_message(cases[i].rule);
        assert_message("Services\\TestParameter");
        assert_fails(XBITS_E_INVALIDARG,
                     xbits_registry_add_store(fixture->registry, "HarborTunes", cases[i].text));
        assert_message(cases[i].rule);
        assert_message("a friendly name");
    }
    assert_int_equal(temp_directory_count(&fixture->directory), 0);
}

static void a_key_that_is_refused_names_its_rule(void **state)
{
    static const struct {
        const char *key, *rule;
    } cases[] = {
        { "", "not empty" },
        { K32 "3", "at most 32 bytes" },
        { "\xC3\x28", "is UTF-8" },
        { "a\nb", "no control characters" },
        { "\x7F", "no control characters" },
        { "a\\b", "none of \\ / : ; [ ] = #" },
        { "a/b", "none of \\ / : ; [ ] = #" },
        { "a:b", "none of \\ / : ; [ ] = #" },
        { "a;b", "none of \\ / : ; [ ] = #" },
        { "[a", "none of \\ / : ; [ ] = #" },
        { "a]", "none of \\ / : ; [ ] = #" },
        { "a=b", "none of \\ / : ; [ ] = #" },
        { "#a", "none of \\ / : ; [ ] = #" },
        { " a", "no blank at either end" },
        { "a ", "no blank at either end" },
        { "ActiveService", "names the active store" },
    };
    struct registry_fixture *fixture = *state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_fails(XBITS_E_INVALIDARG,
                     xbits_registry_add_store(fixture->registry, cases[i].key, NULL));
        assert_message(cases[i].rule);
        assert_fails(XBITS_E_INVALIDARG,
                     xbits_registry_remove_store(fixture->registry, cases[i].key));
        assert_message(cases[i].rule);
    }
    assert_int_equal(temp_directory_count(&fixture->directory), 0);
}

static void stores_are_visited_in_the_order_of_their_keys(void **state)
{
    struct registry_fixture *fixture = *state;

    assert_ok(xbits_registry_add_store(fixture->registry, "b", "Second"));
    assert_ok(xbits_registry_add_store(fixture->registry, "activeservice", NULL));
    assert_ok(xbits_registry_add_store(fixture->registry, "B", "First"));
    assert_ok(xbits_registry_add_store(fixture->registry, "\xC3\xA4 \xE2\x99\xAB", "Third"));
    assert_ok(xbits_registry_add_store(fixture->registry, K32, ""));

    assert_stores(fixture->registry, K32 "=\nB=First\nactiveservice=\nb=Second\n"
                                         "\xC3\xA4 \xE2\x99\xAB=Third\n");
}

static bool stop_at_the_first(const struct xbits_store_info *store, void *user)
{
    (void)store;
    ++*(int *)user;
    return false;
}

static void a_visit_ends_when_it_is_told_to(void **state)
{
    struct registry_fixture *fixture = *state;
    int count = 0;

    assert_ok(xbits_registry_add_store(fixture->registry, "a", NULL));
    assert_ok(xbits_registry_add_store(fixture->registry, "b", NULL));

    assert_ok(xbits_registry_visit_stores(fixture->registry, stop_at_the_first, &count));

    assert_int_equal(count, 1);
}

static bool remove_store(const struct xbits_store_info *store, void *user)
{
    assert_ok(xbits_registry_remove_store(user, store->key));
    return true;
}

static void a_visitor_may_change_what_it_visits(void **state)
{
    struct registry_fixture *fixture = *state;

    assert_ok(xbits_registry_add_store(fixture->registry, "a", NULL));
    assert_ok(xbits_registry_add_store(fixture->registry, "b", NULL));

    assert_ok(xbits_registry_visit_stores(fixture->registry, remove_store, fixture->registry));

    assert_stores(fixture->registry, "");
}

static void a_store_gets_another_friendly_name_only_when_one_is_told(void **state)
{
    struct registry_fixture *fixture = *state;
    struct xbits_registry *registry = fixture->registry;

    assert_ok(xbits_registry_add_store(registry, "HarborTunes", "Harbor Tunes"));
    assert_ok(xbits_registry_add_store(registry, "HarborTunes", NULL));
    assert_stores(registry, "HarborTunes=Harbor Tunes\n");
    assert_ok(xbits_registry_add_store(registry, "HarborTunes", "Tunes"));
    assert_stores(registry, "HarborTunes=Tunes\n");
    assert_ok(xbits_registry_add_store(registry, "HarborTunes", ""));
    assert_stores(registry, "HarborTunes=\n");
}

static void a_store_is_removed_by_its_exact_key(void **state)
{
    struct registry_fixture *fixture = *state;
    struct xbits_registry *registry = fixture->registry;

    assert_ok(xbits_registry_add_store(registry, "HarborTunes", NULL));
    assert_ok(xbits_registry_add_store(registry, "Harbor", NULL));
    set_text(registry, XBITS_REGISTRY_ACTIVE_SERVICE, "HarborTunes");

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, xbits_registry_remove_store(registry, "harbortunes"));
    assert_message("\"harbortunes\"");
    assert_ok(xbits_registry_remove_store(registry, "HarborTunes"));
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, xbits_registry_remove_store(registry, "HarborTunes"));

    assert_stores(registry, "Harbor=\n");
    assert_text(registry, XBITS_REGISTRY_ACTIVE_SERVICE, "HarborTunes");
}

static void handles_see_what_another_one_writes(void **state)
{
    struct registry_fixture *fixture = *state;
    struct xbits_registry *other = NULL;

    assert_ok(xbits_registry_open(fixture->directory.path, &other));
    set_number(fixture->registry, 3);
    assert_ok(xbits_registry_add_store(other, "HarborTunes", "Harbor"));

    assert_number(other, 3);
    assert_stores(fixture->registry, "HarborTunes=Harbor\n");
    xbits_registry_close(other);
}

int main(void)
{
#define test(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, registry_fixture_open, registry_fixture_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_have_the_names_of_the_registry),
        test(nothing_is_set_in_the_beginning),
        test(the_user_directory_is_made),
        cmocka_unit_test(a_user_directory_that_is_none_is_refused),
        test(a_user_directory_that_is_a_file_is_refused),
        test(numbers_are_read_as_they_were_written),
        test(texts_are_read_as_they_were_written),
        test(a_value_of_no_kind_removes_it),
        test(a_value_of_another_kind_is_refused),
        test(what_is_missing_in_a_call_is_refused),
        test(a_text_that_is_refused_names_its_rule),
        test(a_key_that_is_refused_names_its_rule),
        test(stores_are_visited_in_the_order_of_their_keys),
        test(a_visit_ends_when_it_is_told_to),
        test(a_visitor_may_change_what_it_visits),
        test(a_store_gets_another_friendly_name_only_when_one_is_told),
        test(a_store_is_removed_by_its_exact_key),
        test(handles_see_what_another_one_writes),
    };

    return run_tests("registry", tests);
}
