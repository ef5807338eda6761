/* SPDX-License-Identifier: MIT */
#include "store/registry.h"

#include <unistd.h>

#include "registry_fixture.h"
#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"

#define assert_changed(registry)   assert_ok(registry_changed(registry))
#define assert_unchanged(registry) assert_result(XBITS_S_FALSE, registry_changed(registry))

static void the_first_look_finds_a_change(void **state)
{
    struct registry_fixture *fixture = *state;

    assert_changed(fixture->registry);
    assert_unchanged(fixture->registry);
    assert_unchanged(fixture->registry);
}

static void a_change_is_told_once(void **state)
{
    struct registry_fixture *fixture = *state;

    set_number(fixture->registry, 1);
    assert_changed(fixture->registry);
    assert_number(fixture->registry, 1);
    assert_unchanged(fixture->registry);
    set_number(fixture->registry, 2);
    assert_changed(fixture->registry);
    assert_unchanged(fixture->registry);
}

static void a_write_by_another_handle_is_a_change(void **state)
{
    struct registry_fixture *fixture = *state;
    struct xbits_registry *other = NULL;

    assert_ok(xbits_registry_open(fixture->directory.path, &other));
    assert_changed(fixture->registry);
    assert_ok(xbits_registry_add_store(other, "HarborTunes", NULL));

    assert_changed(fixture->registry);
    assert_unchanged(fixture->registry);
    xbits_registry_close(other);
}

static void a_write_by_hand_is_a_change(void **state)
{
    struct registry_fixture *fixture = *state;

    write_ini(fixture, "[Services]\nRefreshDownload=1\n");
    assert_changed(fixture->registry);
    write_ini(fixture, "[Services]\nRefreshDownload=10\n");

    assert_changed(fixture->registry);
    assert_unchanged(fixture->registry);
}

static void a_file_that_is_gone_is_a_change(void **state)
{
    struct registry_fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];

    set_number(fixture->registry, 1);
    assert_changed(fixture->registry);
    assert_int_equal(unlink(temp_directory_join(&fixture->directory, "registry.ini", path)), 0);

    assert_changed(fixture->registry);
    assert_unchanged(fixture->registry);
    set_number(fixture->registry, 1);
    assert_changed(fixture->registry);
}

static void a_write_that_is_refused_is_no_change(void **state)
{
    struct registry_fixture *fixture = *state;

    set_number(fixture->registry, 1);
    assert_changed(fixture->registry);
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, xbits_registry_remove_store(fixture->registry, "a"));

    assert_unchanged(fixture->registry);
}

/* The disk's clock stands still and its inode numbers are used again, so that after two writes all
 * but the time that was set is as it was. */
static void two_writes_between_looks_do_not_hide_each_other(void **state)
{
    struct disk *disk = disk_power_new(1);
    struct xbits_registry *registry = NULL;
    struct disk_stat before;
    struct disk_stat after;

    (void)state;
    assert_ok(registry_open_on("/user", disk, &registry));
    set_number(registry, 1);
    assert_changed(registry);
    assert_ok(disk_stat(disk, "/user/registry.ini", &before));
    set_number(registry, 2);
    set_number(registry, 3);

    assert_changed(registry);
    assert_unchanged(registry);
    assert_ok(disk_stat(disk, "/user/registry.ini", &after));
    assert_true(before.inode == after.inode && before.size == after.size);
    xbits_registry_close(registry);
    disk_power_free(disk);
}

static void a_look_that_fails_is_told(void **state)
{
    const struct disk_fault fault = { "stat", "registry.ini", 0, DISK_FAULT_FAIL,
                                      XBITS_ERROR_IO_DEVICE };
    struct disk *disk = disk_power_new(1);
    struct disk *faulty = NULL;
    struct xbits_registry *registry = NULL;

    (void)state;
    assert_ok(disk_faulty_new(disk, &faulty));
    assert_ok(registry_open_on("/user", faulty, &registry));
    assert_ok(disk_faulty_add(faulty, &fault));

    assert_fails(XBITS_ERROR_IO_DEVICE, registry_changed(registry));
    disk_faulty_clear(faulty);
    assert_changed(registry);
    xbits_registry_close(registry);
    disk_faulty_free(faulty);
    disk_power_free(disk);
}

int main(void)
{
#define test(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, registry_fixture_open, registry_fixture_close)
    const struct CMUnitTest tests[] = {
        test(the_first_look_finds_a_change),
        test(a_change_is_told_once),
        test(a_write_by_another_handle_is_a_change),
        test(a_write_by_hand_is_a_change),
        test(a_file_that_is_gone_is_a_change),
        test(a_write_that_is_refused_is_no_change),
        cmocka_unit_test(two_writes_between_looks_do_not_hide_each_other),
        cmocka_unit_test(a_look_that_fails_is_told),
    };

    return run_tests("registry changed", tests);
}
