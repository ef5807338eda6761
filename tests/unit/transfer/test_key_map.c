/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/key_map.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#define COUNT 1000

static void a_zeroed_map_is_empty(void **state)
{
    struct key_map map = { 0 };

    (void)state;
    assert_null(key_map_find(&map, 1));
    assert_null(key_map_remove(&map, 1));
    assert_null(key_map_take(&map));
    key_map_dispose(&map);
}

static void every_added_entry_is_found_until_it_is_removed(void **state)
{
    static struct key_entry entries[COUNT];
    struct key_map map = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        entries[i].key = i * 64;
        assert_ok(key_map_add(&map, &entries[i]));
    }

    assert_int_equal(map.count, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        assert_ptr_equal(key_map_find(&map, i * 64), &entries[i]);
        assert_ptr_equal(key_map_remove(&map, i * 64), &entries[i]);
        assert_null(key_map_find(&map, i * 64));
    }
    assert_int_equal(map.count, 0);
    key_map_dispose(&map);
}

static void taking_empties_the_map(void **state)
{
    struct key_entry entries[3] = { { .key = 1 }, { .key = UINT64_MAX }, { .key = 0 } };
    struct key_map map = { 0 };
    size_t taken = 0;

    (void)state;
    for (size_t i = 0; i < 3; i++)
        assert_ok(key_map_add(&map, &entries[i]));

    while (key_map_take(&map) != NULL)
        taken++;

    assert_int_equal(taken, 3);
    assert_int_equal(map.count, 0);
    key_map_dispose(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_zeroed_map_is_empty),
        cmocka_unit_test(every_added_entry_is_found_until_it_is_removed),
        cmocka_unit_test(taking_empties_the_map),
    };

    return run_tests("key_map", tests);
}
