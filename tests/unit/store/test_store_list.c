/* SPDX-License-Identifier: MIT */
#include "store/store_list.h"

#include <stdio.h>
#include <string.h>

#include "store/registry.h"
#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"

#define USER "/user"
#define MANY 40

struct fixture {
    struct disk *medium;
    struct disk *disk;
    struct xbits_registry *registry;
    struct store_list list;
};

static int begin(void **state)
{
    static struct fixture fixture;

    fixture = (struct fixture){ .medium = disk_power_new(1) };
    *state = &fixture;
    return XBITS_FAILED(disk_faulty_new(fixture.medium, &fixture.disk)) ||
           XBITS_FAILED(disk_make_directory(fixture.disk, USER)) ||
           XBITS_FAILED(registry_open_on(USER, fixture.disk, &fixture.registry));
}

static int end(void **state)
{
    struct fixture *fixture = *state;

    store_list_dispose(&fixture->list);
    xbits_registry_close(fixture->registry);
    disk_faulty_free(fixture->disk);
    disk_power_free(fixture->medium);
    return 0;
}

static void read_stores(struct fixture *fixture)
{
    assert_ok(store_list_read(&fixture->list, fixture->registry));
}

static void without_a_registry_no_store_is_installed(void **state)
{
    struct fixture *fixture = *state;

    assert_false(store_list_has(&fixture->list, "HarborTunes"));
    assert_null(store_list_near(&fixture->list, "HarborTunes"));
    read_stores(fixture);

    assert_int_equal(fixture->list.count, 0);
    assert_false(store_list_has(&fixture->list, ""));
}

static void every_key_is_read(void **state)
{
    struct fixture *fixture = *state;
    char key[16];

    for (unsigned i = 0; i < MANY; i++) {
        snprintf(key, sizeof key, "Store%u", i);
        assert_ok(xbits_registry_add_store(fixture->registry, key, "Friendly"));
    }
    read_stores(fixture);

    assert_int_equal(fixture->list.count, MANY);
    for (unsigned i = 0; i < MANY; i++) {
        snprintf(key, sizeof key, "Store%u", i);
        assert_true(store_list_has(&fixture->list, key));
    }
    assert_false(store_list_has(&fixture->list, "Friendly"));
    assert_false(store_list_has(&fixture->list, "Store"));
}

static void keys_of_any_case_and_script_are_found(void **state)
{
    static const char *const keys[] = { "b", "A",  "a", "_", "Z", "\xC3\xA9t\xC3\xA9",
                                        "0", "ab", "aB" };
    struct fixture *fixture = *state;
    size_t added = 0;

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        added += XBITS_SUCCEEDED(xbits_registry_add_store(fixture->registry, keys[i], NULL));
    read_stores(fixture);

    assert_int_equal(fixture->list.count, added);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        assert_non_null(store_list_near(&fixture->list, keys[i]));
    assert_true(store_list_has(&fixture->list, "b"));
    assert_true(store_list_has(&fixture->list, "_"));
    assert_true(store_list_has(&fixture->list, "Z"));
    assert_true(store_list_has(&fixture->list, "\xC3\xA9t\xC3\xA9"));
}

static void a_key_in_another_case_is_near_only(void **state)
{
    struct fixture *fixture = *state;

    assert_ok(xbits_registry_add_store(fixture->registry, "HarborTunes", NULL));
    read_stores(fixture);

    assert_false(store_list_has(&fixture->list, "harbortunes"));
    assert_string_equal(store_list_near(&fixture->list, "hARBORtUNES"), "HarborTunes");
    assert_null(store_list_near(&fixture->list, "HarborTune"));
    assert_null(store_list_near(&fixture->list, ""));
}

static void reading_again_takes_the_place_of_what_was_read(void **state)
{
    struct fixture *fixture = *state;

    assert_ok(xbits_registry_add_store(fixture->registry, "HarborTunes", NULL));
    read_stores(fixture);
    assert_ok(xbits_registry_remove_store(fixture->registry, "HarborTunes"));
    assert_ok(xbits_registry_add_store(fixture->registry, "Quay", NULL));
    assert_true(store_list_has(&fixture->list, "HarborTunes"));
    read_stores(fixture);

    assert_false(store_list_has(&fixture->list, "HarborTunes"));
    assert_true(store_list_has(&fixture->list, "Quay"));
    assert_int_equal(fixture->list.count, 1);
}

static void a_registry_that_cannot_be_read_leaves_the_list(void **state)
{
    struct fixture *fixture = *state;
    struct disk_fault fault = { "*", "registry.ini", 0, DISK_FAULT_FAIL, XBITS_ERROR_IO_DEVICE };

    assert_ok(xbits_registry_add_store(fixture->registry, "HarborTunes", NULL));
    read_stores(fixture);
    assert_ok(disk_faulty_add(fixture->disk, &fault));
    assert_fails(XBITS_ERROR_IO_DEVICE, store_list_read(&fixture->list, fixture->registry));

    assert_true(store_list_has(&fixture->list, "HarborTunes"));
}

#define LIST_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        LIST_TEST(without_a_registry_no_store_is_installed),
        LIST_TEST(every_key_is_read),
        LIST_TEST(keys_of_any_case_and_script_are_found),
        LIST_TEST(a_key_in_another_case_is_near_only),
        LIST_TEST(reading_again_takes_the_place_of_what_was_read),
        LIST_TEST(a_registry_that_cannot_be_read_leaves_the_list),
    };

    return run_tests("store list", tests);
}
