/* SPDX-License-Identifier: MIT */
#include "store/registry.h"

#include <stdio.h>
#include <string.h>

#include "base/thread.h"
#include "registry_fixture.h"
#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"

#define SEEDS  48
#define STORES 100

static struct xbits_registry *open_on(struct disk *disk)
{
    struct xbits_registry *registry = NULL;

    assert_ok(registry_open_on("/user", disk, &registry));
    return registry;
}

static bool has(struct disk *disk, const char *path)
{
    struct disk_stat stat;

    return XBITS_SUCCEEDED(disk_stat(disk, path, &stat));
}

/* A disk in memory that fails on order, with a registry of a number and a store on it. */
struct bench {
    struct disk *power;
    struct disk *disk;
    struct xbits_registry *registry;
};

static int open_bench(void **state)
{
    static struct bench bench;

    bench.power = disk_power_new(test_seed());
    assert_ok(disk_faulty_new(bench.power, &bench.disk));
    bench.registry = open_on(bench.disk);
    set_number(bench.registry, 1);
    assert_ok(xbits_registry_add_store(bench.registry, "Kept", "Kept Store"));
    *state = &bench;
    return 0;
}

static int close_bench(void **state)
{
    struct bench *bench = *state;

    xbits_registry_close(bench->registry);
    disk_faulty_free(bench->disk);
    disk_power_free(bench->power);
    return 0;
}

/* Sets the number to 2 and says what became of it. */
static xbits_result set_two(struct xbits_registry *registry)
{
    const struct xbits_value two = xbits_value_u32(2);

    return xbits_registry_set(registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &two);
}

static uint32_t number_of(struct xbits_registry *registry)
{
    struct xbits_value value = { 0 };

    assert_ok(xbits_registry_get(registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &value));
    assert_int_equal(value.kind, XBITS_KIND_U32);
    return value.as.u32;
}

/* Ends the power after so many operations of a set. False when the set was done before that. */
static bool end_during_set(uint64_t seed, uint64_t operations, enum disk_power_end end)
{
    struct disk *disk = disk_power_new(seed);
    struct xbits_registry *registry = open_on(disk);
    xbits_result result;
    bool is_over;

    set_number(registry, 1);
    assert_ok(xbits_registry_add_store(registry, "Kept", "Kept Store"));
    disk_power_end_after(disk, operations, end);
    result = set_two(registry);
    is_over = disk_power_is_off(disk);
    xbits_registry_close(registry);
    disk_power_restore(disk);

    registry = open_on(disk);
    if (XBITS_SUCCEEDED(result))
        assert_number(registry, 2);
    else
        assert_in_range(number_of(registry), 1, 2);
    assert_stores(registry, "Kept=Kept Store\n");
    assert_ok(set_two(registry));
    assert_number(registry, 2);
    assert_false(has(disk, "/user/registry.ini.new"));
    xbits_registry_close(registry);
    disk_power_free(disk);
    return is_over;
}

static void a_kill_during_a_write_leaves_the_old_or_the_new(void **state)
{
    uint64_t operations = 0;

    (void)state;
    while (end_during_set(1, operations, DISK_POWER_KILL))
        operations++;

    assert_true(operations > 4);
}

static void a_power_cut_during_a_write_leaves_the_old_or_the_new(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        uint64_t operations = 0;

        while (end_during_set(seed, operations, DISK_POWER_CUT))
            operations++;
        assert_true(operations > 4);
    }
}

static void what_was_written_survives_a_power_cut(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct disk *disk = disk_power_new(seed);
        struct xbits_registry *registry = open_on(disk);

        set_number(registry, 5);
        assert_ok(xbits_registry_add_store(registry, "HarborTunes", "Harbor"));
        disk_power_end_after(disk, 0, DISK_POWER_CUT);
        disk_power_restore(disk);

        assert_number(registry, 5);
        assert_stores(registry, "HarborTunes=Harbor\n");
        xbits_registry_close(registry);
        disk_power_free(disk);
    }
}

static void a_write_that_fails_leaves_the_old_file_alone(void **state)
{
    static const struct {
        const char *operation, *path_part;
    } faults[] = {
        { "lock", "registry.lock" },      { "stat", "registry.ini" },
        { "open", "registry.ini" },       { "read_at", "registry.ini" },
        { "open", "registry.ini.new" },   { "write_at", "registry.ini.new" },
        { "stat", "registry.ini.new" },   { "set_modified", "registry.ini.new" },
        { "sync", "registry.ini.new" },   { "close", "registry.ini.new" },
        { "rename", "registry.ini.new" },
    };
    struct bench *bench = *state;

    for (size_t i = 0; i < COUNT(faults); i++) {
        const struct disk_fault fault = { faults[i].operation, faults[i].path_part, 1,
                                          DISK_FAULT_FAIL, XBITS_ERROR_DISK_FULL };

        disk_faulty_clear(bench->disk);
        assert_ok(disk_faulty_add(bench->disk, &fault));
        assert_fails(XBITS_ERROR_DISK_FULL, set_two(bench->registry));
        assert_message("was made to fail");
        assert_message(faults[i].path_part);

        assert_number(bench->registry, 1);
        assert_stores(bench->registry, "Kept=Kept Store\n");
        assert_false(has(bench->power, "/user/registry.ini.new"));
    }
    disk_faulty_clear(bench->disk);
    assert_ok(set_two(bench->registry));
}

static void the_failure_is_told_that_came_first(void **state)
{
    const struct disk_fault first = { "write_at", "", 1, DISK_FAULT_FAIL, XBITS_ERROR_DISK_FULL };
    const struct disk_fault second = { "remove", "", 2, DISK_FAULT_FAIL, XBITS_ERROR_IO_DEVICE };
    struct bench *bench = *state;

    assert_ok(disk_faulty_add(bench->disk, &first));
    assert_ok(disk_faulty_add(bench->disk, &second));
    assert_fails(XBITS_ERROR_DISK_FULL, set_two(bench->registry));
    assert_message("write_at of ");

    /* What could not be removed is not in the way of the next one. */
    assert_true(has(bench->power, "/user/registry.ini.new"));
    assert_ok(set_two(bench->registry));
    assert_false(has(bench->power, "/user/registry.ini.new"));
}

static void a_write_that_may_not_last_has_failed(void **state)
{
    const struct disk_fault fault = { "sync_directory", "", 1, DISK_FAULT_FAIL,
                                      XBITS_ERROR_IO_DEVICE };
    struct bench *bench = *state;

    assert_ok(disk_faulty_add(bench->disk, &fault));
    assert_fails(XBITS_ERROR_IO_DEVICE, set_two(bench->registry));

    assert_false(has(bench->power, "/user/registry.ini.new"));
    assert_stores(bench->registry, "Kept=Kept Store\n");
}

static void a_leftover_that_is_no_file_is_named(void **state)
{
    struct bench *bench = *state;

    assert_ok(disk_make_directory(bench->disk, "/user/registry.ini.new"));

    assert_true(XBITS_FAILED(set_two(bench->registry)));
    assert_message("/user/registry.ini.new");
    assert_number(bench->registry, 1);
}

static void a_writer_waits_for_another_one(void **state)
{
    const struct disk_fault fault = { "lock", "", 1, DISK_FAULT_FAIL, XBITS_ERROR_LOCK_VIOLATION };
    struct bench *bench = *state;
    uint64_t before;

    assert_ok(disk_faulty_add(bench->disk, &fault));
    before = disk_faulty_count(bench->disk, "lock");
    assert_ok(set_two(bench->registry));

    assert_int_equal(disk_faulty_count(bench->disk, "lock") - before, 2);
    assert_number(bench->registry, 2);
}

static void a_writer_does_not_wait_for_ever(void **state)
{
    struct bench *bench = *state;
    struct disk_file *lock = NULL;

    assert_ok(disk_lock(bench->disk, "/user/registry.lock", &lock));

    assert_fails(XBITS_ERROR_LOCK_VIOLATION, set_two(bench->registry));
    assert_message("/user/registry.lock is locked");
    assert_number(bench->registry, 1);
    assert_ok(disk_close(bench->disk, lock));
    assert_ok(set_two(bench->registry));
}

static void a_lock_is_given_back_after_a_failure(void **state)
{
    struct bench *bench = *state;

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, xbits_registry_remove_store(bench->registry, "None"));

    assert_ok(set_two(bench->registry));
}

static void a_reader_asks_for_no_lock_and_writes_nothing(void **state)
{
    struct bench *bench = *state;
    uint64_t operations = disk_power_count(bench->power);

    assert_number(bench->registry, 1);
    assert_stores(bench->registry, "Kept=Kept Store\n");
    assert_ok(registry_changed(bench->registry));

    assert_int_equal(disk_power_count(bench->power), operations);
}

static void a_directory_that_is_gone_sets_nothing(void **state)
{
    struct registry_fixture *fixture = *state;

    temp_directory_remove(&fixture->directory);

    assert_absent(fixture->registry, XBITS_REGISTRY_REFRESH_DOWNLOAD);
    assert_stores(fixture->registry, "");
    assert_ok(registry_changed(fixture->registry));
    assert_fails(XBITS_ERROR_PATH_NOT_FOUND, set_two(fixture->registry));
    assert_message("registry.lock");
    memset(&fixture->directory, 0, sizeof(fixture->directory));
}

/* A thread that adds its stores, and what it met. */
struct adder {
    struct xbits_registry *registry;
    const char *prefix;
    struct xbits_error error; /* The first failure; its result is S_OK when there was none. */
};

static void add_stores(void *user)
{
    struct adder *adder = user;
    char key[32];

    for (int i = 0; i < STORES; i++) {
        snprintf(key, sizeof(key), "%s%03d", adder->prefix, i);
        if (XBITS_FAILED(xbits_registry_add_store(adder->registry, key, key)) &&
            adder->error.result == XBITS_S_OK)
            adder->error = *xbits_last_error();
    }
}

static bool count_store(const struct xbits_store_info *store, void *user)
{
    assert_string_equal(store->key, store->friendly_name);
    ++*(int *)user;
    return true;
}

static void add_from_two_threads(struct xbits_registry *first, struct xbits_registry *second)
{
    struct adder adders[] = { { .registry = first, .prefix = "a" },
                              { .registry = second, .prefix = "b" } };
    struct thread *threads[COUNT(adders)];
    int count = 0;

    for (size_t i = 0; i < COUNT(adders); i++)
        assert_ok(thread_start(add_stores, &adders[i], &threads[i]));
    for (size_t i = 0; i < COUNT(adders); i++)
        thread_join(threads[i]);

    for (size_t i = 0; i < COUNT(adders); i++)
        assert_string_equal(adders[i].error.message, "");
    assert_ok(xbits_registry_visit_stores(first, count_store, &count));
    assert_int_equal(count, COUNT(adders) * STORES);
}

static void two_threads_lose_nothing_of_each_other(void **state)
{
    struct registry_fixture *fixture = *state;
    struct xbits_registry *other = NULL;

    assert_ok(xbits_registry_open(fixture->directory.path, &other));
    add_from_two_threads(fixture->registry, other);
    xbits_registry_close(other);
}

static void two_threads_lose_nothing_of_each_other_in_memory(void **state)
{
    struct disk *disk = disk_power_new(test_seed());
    struct xbits_registry *first = open_on(disk);
    struct xbits_registry *second = open_on(disk);

    (void)state;
    add_from_two_threads(first, second);
    xbits_registry_close(second);
    xbits_registry_close(first);
    disk_power_free(disk);
}

int main(void)
{
#define on_bench(name) cmocka_unit_test_setup_teardown(name, open_bench, close_bench)
#define on_files(name)                                                                             \
    cmocka_unit_test_setup_teardown(name, registry_fixture_open, registry_fixture_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kill_during_a_write_leaves_the_old_or_the_new),
        cmocka_unit_test(a_power_cut_during_a_write_leaves_the_old_or_the_new),
        cmocka_unit_test(what_was_written_survives_a_power_cut),
        on_bench(a_write_that_fails_leaves_the_old_file_alone),
        on_bench(the_failure_is_told_that_came_first),
        on_bench(a_write_that_may_not_last_has_failed),
        on_bench(a_leftover_that_is_no_file_is_named),
        on_bench(a_writer_waits_for_another_one),
        on_bench(a_writer_does_not_wait_for_ever),
        on_bench(a_lock_is_given_back_after_a_failure),
        on_bench(a_reader_asks_for_no_lock_and_writes_nothing),
        on_files(a_directory_that_is_gone_sets_nothing),
        on_files(two_threads_lose_nothing_of_each_other),
        cmocka_unit_test(two_threads_lose_nothing_of_each_other_in_memory),
    };

    return run_tests("registry disk", tests);
}
