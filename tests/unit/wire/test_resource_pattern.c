/* SPDX-License-Identifier: MIT */
#include "wire/resource.h"

#include "support/test_main.h"

#include <string.h>

static void piece_is_the_same_wherever_it_is_cut(void **state)
{
    unsigned char whole[256];
    unsigned char piece[256];

    (void)state;
    resource_pattern(7, 1000, whole, sizeof whole);

    for (size_t offset = 0; offset < 24; offset++) {
        for (size_t size = 0; size < 40; size++) {
            memset(piece, 0xAA, sizeof piece);
            resource_pattern(7, 1000 + offset, piece, size);
            assert_memory_equal(piece, whole + offset, size);
            assert_int_equal(piece[size], 0xAA);
        }
    }
}

static void pattern_is_the_same_on_every_machine(void **state)
{
    static const unsigned char expected[8] = { 0xF0, 0xB8, 0x90, 0x80, 0xEC, 0xF2, 0xBD, 0xBD };
    unsigned char bytes[8];

    (void)state;
    resource_pattern(1, 0, bytes, sizeof bytes);

    assert_memory_equal(bytes, expected, sizeof bytes);
}

static void misplaced_block_is_seen(void **state)
{
    unsigned char here[64];
    unsigned char there[64];

    (void)state;
    resource_pattern(3, 0, here, sizeof here);

    for (uint64_t distance = 1; distance < UINT64_C(1) << 62; distance *= 2) {
        resource_pattern(3, distance, there, sizeof there);
        assert_memory_not_equal(here, there, sizeof here);
    }
}

static void other_seed_is_another_pattern(void **state)
{
    unsigned char one[64];
    unsigned char other[64];

    (void)state;
    for (uint64_t seed = 0; seed < 100; seed++) {
        resource_pattern(seed, 0, one, sizeof one);
        resource_pattern(seed + 1, 0, other, sizeof other);
        assert_memory_not_equal(one, other, sizeof one);
        /* ... nor the first one a step further on. */
        resource_pattern(seed, 8, one, sizeof one);
        assert_memory_not_equal(one, other, sizeof one);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(piece_is_the_same_wherever_it_is_cut),
        cmocka_unit_test(pattern_is_the_same_on_every_machine),
        cmocka_unit_test(misplaced_block_is_seen),
        cmocka_unit_test(other_seed_is_another_pattern),
    };

    return run_tests("resource_pattern", tests);
}
