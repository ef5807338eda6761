/* SPDX-License-Identifier: MIT */
#include "store/registry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "registry_fixture.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#define MIB   1048576
#define TEN   "1234567890"
#define FIFTY TEN TEN TEN TEN TEN

static void a_number_is_decimal_or_hexadecimal(void **state)
{
    static const struct {
        const char *text;
        uint32_t number;
    } cases[] = {
        { "0", 0 },
        { "1", 1 },
        { "007", 7 },
        { "4294967295", 4294967295u },
        { "0x0", 0 },
        { "0x1f", 31 },
        { "0X1F", 31 },
        { "0xFFFFFFFF", 4294967295u },
        { "0x0000000000001", 1 },
    };
    struct registry_fixture *fixture = *state;
    char ini[128];

    for (size_t i = 0; i < COUNT(cases); i++) {
        snprintf(ini, sizeof(ini), "[Services]\nRefreshDownload = %s\n", cases[i].text);
        write_ini(fixture, ini);

        assert_number(fixture->registry, cases[i].number);
    }
}

static void a_number_that_is_none_is_named_with_its_line(void **state)
{
    static const char *const numbers[] = { "",    "abc", "-1",  "+1",          "1 ;",
                                           "1.0", "0x",  "0xg", "0x-1",        "4294967296",
                                           "1 2", "x1",  "yes", "0x100000000", "\xD9\xA1" };
    struct registry_fixture *fixture = *state;
    struct xbits_value value = xbits_value_u32(9);
    char ini[128];

    for (size_t i = 0; i < COUNT(numbers); i++) {
        snprintf(ini, sizeof(ini), "[Services]\n\nRefreshDownload=%s\n", numbers[i]);
        write_ini(fixture, ini);

        assert_fails(
            XBITS_E_INVALIDARG,
            xbits_registry_get(fixture->registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &value));
        assert_message(fixture->directory.path);
        assert_message("/registry.ini:3: ");
    }
    assert_int_equal(value.as.u32, 9);
    write_ini(fixture, "[Services]\nRefreshDownload=abc\n");
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_registry_get(fixture->registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &value));
    assert_message(":2: Services.RefreshDownload: \"abc\" is no number of 32 bits");
}

static void a_value_that_is_wrong_is_set_right(void **state)
{
    struct registry_fixture *fixture = *state;

    write_ini(fixture, "[Services]\nRefreshDownload=abc\n");
    set_number(fixture->registry, 1);

    assert_number(fixture->registry, 1);
}

static void the_file_says_what_it_is(void **state)
{
    struct registry_fixture *fixture = *state;

    set_number(fixture->registry, 1);
    assert_ok(xbits_registry_add_store(fixture->registry, "HarborTunes", NULL));

    assert_ini(fixture,
               "; The part of the registry below Software\\Microsoft\\MediaPlayer that xbits "
               "reads and writes.\n; Whatever is set here is kept when it writes; comments are "
               "not.\n\n[Services]\nRefreshDownload=1\n\n[Subscriptions/HarborTunes]\n"
               "FriendlyName=\n");
}

static void what_is_not_known_is_kept(void **state)
{
    struct registry_fixture *fixture = *state;
    char *content;

    write_ini(fixture, "; mine\n[PrivateServices]\nHarbor = 4711\n[Services]\nOther=a\n  b\n"
                       "RefreshDownload=7\n[Subscriptions/HarborTunes]\nCapabilities=0xF\n"
                       "[Subscriptions/a/b]\nx=y\n");
    set_number(fixture->registry, 0);
    set_text(fixture->registry, XBITS_REGISTRY_ACTIVE_SERVICE, "HarborTunes");

    content = read_ini(fixture);
    assert_string_equal(strstr(content, "\n["),
                        "\n[PrivateServices]\nHarbor=4711\n\n[Services]\nOther=ab\n"
                        "RefreshDownload=0\n\n[Subscriptions/HarborTunes]\nCapabilities=0xF\n\n"
                        "[Subscriptions/a/b]\nx=y\n\n[Subscriptions]\n"
                        "ActiveService=HarborTunes\n");
    free(content);
}

static void a_store_is_there_when_its_section_has_a_value(void **state)
{
    struct registry_fixture *fixture = *state;

    write_ini(fixture, "[Subscriptions/a]\nCapabilities=1\n[Subscriptions/Empty]\n"
                       "[Subscriptions/b]\nFriendlyName=first\n[Subscriptions/a]\nx=\n"
                       "[Subscriptions/b]\nFriendlyName=second\nfriendlyname=third\n"
                       "[subscriptions/c]\nx=1\n[SubscriptionsX/d]\nx=1\n"
                       "[Subscriptions]\nActiveService=b\n");

    assert_stores(fixture->registry, "a=\nb=second\n");
    assert_ok(xbits_registry_remove_store(fixture->registry, "b"));
    assert_ok(xbits_registry_add_store(fixture->registry, "a", NULL));
    assert_stores(fixture->registry, "a=\n");
}

static bool never_visited(const struct xbits_store_info *store, void *user)
{
    (void)user;
    fail_msg("%s was visited", store->key);
    return false;
}

static void a_section_that_names_no_store_is_told_with_its_line(void **state)
{
    static const struct {
        const char *section, *rule;
    } cases[] = {
        { "Subscriptions/", "a key is not empty" },
        { "Subscriptions/a/b", "a key has none of" },
        { "Subscriptions/ a", "no blank at either end" },
        { "Subscriptions/ActiveService", "names the active store" },
        { "Subscriptions/" TEN TEN TEN "123", "at most 32 bytes" },
    };
    struct registry_fixture *fixture = *state;
    char ini[256];

    for (size_t i = 0; i < COUNT(cases); i++) {
        snprintf(ini, sizeof(ini), "[Services]\nRefreshDownload=1\n[%s]\nFriendlyName=a\n",
                 cases[i].section);
        write_ini(fixture, ini);

        assert_fails(XBITS_E_INVALIDARG,
                     xbits_registry_visit_stores(fixture->registry, never_visited, NULL));
        assert_message("/registry.ini:4: ");
        assert_message(cases[i].rule);
        assert_number(fixture->registry, 1);
    }
}

/* Nobody can read it, and nobody writes over what he could not read. */
static void a_file_that_is_no_ini_is_refused_and_left_alone(void **state)
{
    static const struct {
        const char *ini, *message;
    } cases[] = {
        { "RefreshDownload=1\n", ":1: a key stands in a [section]" },
        { "[Services\nRefreshDownload=1\n", ":1: a section is written as [name]" },
        { "[Services]\nRefreshDownload\n", ":2: the line is neither" },
        { "[Services]\nRefreshDownload: 1\n", ":2: a key ends at =" },
        { "[Services]\nRefreshDownload=1 ;\n", ":2: comments stand on their own line" },
        { "[Services]\nx=\xC3\x28\n", ":2: the line is not UTF-8" },
        { "[Services]\nx=a\x01\n", ":2: a control byte" },
        { "[Services]\nx=" FIFTY FIFTY FIFTY FIFTY "\n", ":2: a line has at most 190 bytes" },
        { "; " FIFTY FIFTY FIFTY FIFTY "\n", ":1: a line has at most 190 bytes" },
        { "[" FIFTY "]\n", ":1: the name of a section has at most 48 bytes" },
        { "[Services]\n" FIFTY "=1\n", ":2: a key has at most 48 bytes" },
        { "[Services]\n  x\n", ":2: an indented line" },
    };
    const struct xbits_value one = xbits_value_u32(1);
    struct registry_fixture *fixture = *state;
    struct xbits_registry *registry = fixture->registry;
    struct xbits_value value = { 0 };

    for (size_t i = 0; i < COUNT(cases); i++) {
        write_ini(fixture, cases[i].ini);

        assert_fails(XBITS_E_INVALIDARG,
                     xbits_registry_get(registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &value));
        assert_message(cases[i].message);
        assert_fails(XBITS_E_INVALIDARG,
                     xbits_registry_set(registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &one));
        assert_message(cases[i].message);
        assert_fails(XBITS_E_INVALIDARG, xbits_registry_remove_store(registry, "a"));
        assert_ini(fixture, cases[i].ini);
    }
    assert_false(temp_directory_has(&fixture->directory, "registry.ini.new"));
}

static void a_nul_is_refused_and_left_alone(void **state)
{
    static const char ini[] = "[Services]\nRefreshDownload=1\n\0\n";
    const struct xbits_value two = xbits_value_u32(2);
    struct registry_fixture *fixture = *state;
    struct xbits_value value = { 0 };
    size_t size = 0;
    char *content;

    temp_directory_write(&fixture->directory, "registry.ini", ini, sizeof(ini) - 1);

    assert_fails(XBITS_E_INVALIDARG,
                 xbits_registry_get(fixture->registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &value));
    assert_message("registry.ini:3: a NUL byte");
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_registry_set(fixture->registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &two));
    content = temp_directory_read(&fixture->directory, "registry.ini", &size);
    assert_int_equal(size, sizeof(ini) - 1);
    free(content);
}

/* Comments of 128 bytes a line after the content. */
static void write_padded(struct registry_fixture *fixture, const char *content, size_t size)
{
    char *bytes = malloc(size);

    assert_non_null(bytes);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (size - 1 - i) % 128 == 0 ? '\n' : ';';
    memcpy(bytes, content, strlen(content));
    temp_directory_write(&fixture->directory, "registry.ini", bytes, size);
    free(bytes);
}

static void a_file_has_at_most_one_mebibyte(void **state)
{
    const struct xbits_value two = xbits_value_u32(2);
    struct registry_fixture *fixture = *state;
    struct xbits_value value = { 0 };
    size_t size = 0;
    char *content;

    write_padded(fixture, "[Services]\nRefreshDownload=1\n", MIB);
    assert_number(fixture->registry, 1);
    write_padded(fixture, "[Services]\nRefreshDownload=1\n", MIB + 1);
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_registry_get(fixture->registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &value));
    assert_message("registry.ini has at most 1048576 bytes");
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_registry_set(fixture->registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &two));
    assert_message("registry.ini has at most 1048576 bytes");

    content = temp_directory_read(&fixture->directory, "registry.ini", &size);
    assert_int_equal(size, MIB + 1);
    free(content);
}

static void a_write_that_would_make_it_larger_is_refused(void **state)
{
    static const char line[] = "x=\n";
    const size_t count = (MIB - 12) / strlen(line);
    struct registry_fixture *fixture = *state;
    char *bytes = malloc(MIB);

    assert_non_null(bytes);
    memcpy(bytes, "[Services0]\n", 12);
    for (size_t i = 0; i < count; i++)
        memcpy(&bytes[12 + i * 3], line, 3);
    temp_directory_write(&fixture->directory, "registry.ini", bytes, 12 + count * 3);

    assert_fails(XBITS_E_INVALIDARG, xbits_registry_add_store(fixture->registry, "a", NULL));
    assert_message("registry.ini has at most 1048576 bytes");
    assert_stores(fixture->registry, "");
    free(bytes);
}

static bool count_store(const struct xbits_store_info *store, void *user)
{
    (void)store;
    ++*(int *)user;
    return true;
}

/* As many as nobody has: what is told of them must not grow with their square. */
static void a_file_of_nothing_but_stores_is_read(void **state)
{
    struct registry_fixture *fixture = *state;
    char *bytes = calloc(1, MIB);
    size_t size = 0;
    int visited = 0;
    int count = 0;

    assert_non_null(bytes);
    while (size + 64 < MIB)
        size += (size_t)snprintf(&bytes[size], 64, "[Subscriptions/%d]\nx=\n", 99999 - count++);
    temp_directory_write(&fixture->directory, "registry.ini", bytes, size);

    assert_ok(xbits_registry_visit_stores(fixture->registry, count_store, &visited));

    assert_int_equal(visited, count);
    free(bytes);
}

static void a_link_is_read_and_not_replaced(void **state)
{
    const struct xbits_value two = xbits_value_u32(2);
    struct registry_fixture *fixture = *state;
    char target[TEMP_PATH_SIZE];
    char path[TEMP_PATH_SIZE];

    temp_directory_write(&fixture->directory, "real.ini", "[Services]\nRefreshDownload=1\n", 29);
    assert_int_equal(symlink(temp_directory_join(&fixture->directory, "real.ini", target),
                             temp_directory_join(&fixture->directory, "registry.ini", path)),
                     0);

    assert_number(fixture->registry, 1);
    assert_fails(XBITS_E_ACCESSDENIED,
                 xbits_registry_set(fixture->registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &two));
    assert_message("/registry.ini is a symbolic link");
    assert_number(fixture->registry, 1);
    unlink(target);
    assert_fails(XBITS_E_ACCESSDENIED,
                 xbits_registry_set(fixture->registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &two));
    assert_message("/registry.ini is a symbolic link");
}

static void assert_is_no_file(struct registry_fixture *fixture)
{
    const struct xbits_value two = xbits_value_u32(2);
    struct xbits_value value = { 0 };

    assert_fails(XBITS_E_ACCESSDENIED,
                 xbits_registry_get(fixture->registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &value));
    assert_message("/registry.ini is not a regular file");
    assert_fails(XBITS_E_ACCESSDENIED,
                 xbits_registry_set(fixture->registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &two));
    assert_message("/registry.ini is no regular file");
}

static void what_is_no_file_is_neither_read_nor_replaced(void **state)
{
    struct registry_fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];

    temp_directory_join(&fixture->directory, "registry.ini", path);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_is_no_file(fixture);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_is_no_file(fixture);
}

int main(void)
{
#define test(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, registry_fixture_open, registry_fixture_close)
    const struct CMUnitTest tests[] = {
        test(a_number_is_decimal_or_hexadecimal),
        test(a_number_that_is_none_is_named_with_its_line),
        test(a_value_that_is_wrong_is_set_right),
        test(the_file_says_what_it_is),
        test(what_is_not_known_is_kept),
        test(a_store_is_there_when_its_section_has_a_value),
        test(a_section_that_names_no_store_is_told_with_its_line),
        test(a_file_that_is_no_ini_is_refused_and_left_alone),
        test(a_nul_is_refused_and_left_alone),
        test(a_file_has_at_most_one_mebibyte),
        test(a_write_that_would_make_it_larger_is_refused),
        test(a_file_of_nothing_but_stores_is_read),
        test(a_link_is_read_and_not_replaced),
        test(what_is_no_file_is_neither_read_nor_replaced),
    };

    return run_tests("registry file", tests);
}
