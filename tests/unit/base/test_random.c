/* SPDX-License-Identifier: MIT */
#include "base/random.h"

#include <stdbool.h>
#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"

static void a_seed_gives_the_published_numbers(void **state)
{
    static const uint64_t numbers[] = {
        UINT64_C(6457827717110365317),  UINT64_C(3203168211198807973),
        UINT64_C(9817491932198370423),  UINT64_C(4593380528125082431),
        UINT64_C(16408922859458223821),
    };
    struct random random;

    (void)state;
    random_init(&random, 1234567);

    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
        assert_true(random_next(&random) == numbers[i]);
}

static void a_number_below_one_is_zero(void **state)
{
    struct random random;

    (void)state;
    random_init(&random, test_seed());

    for (int i = 0; i < 100; i++)
        assert_true(random_below(&random, 1) == 0);
}

static void numbers_below_a_bound_are_all_equally_likely(void **state)
{
    unsigned counts[6] = { 0 };
    struct random random;

    (void)state;
    random_init(&random, test_seed());

    for (int i = 0; i < 60000; i++) {
        uint64_t number = random_below(&random, 6);

        assert_true(number < 6);
        counts[number]++;
    }

    for (int i = 0; i < 6; i++)
        assert_in_range(counts[i], 9500, 10500);
}

/* With a bound above half of all numbers, a plain remainder would prefer the lower ones two to
 * one. */
static void a_large_bound_is_not_biased(void **state)
{
    uint64_t bound = UINT64_C(3) << 62;
    unsigned low = 0;
    struct random random;

    (void)state;
    random_init(&random, test_seed());

    for (int i = 0; i < 30000; i++) {
        uint64_t number = random_below(&random, bound);

        assert_true(number < bound);
        low += number < bound / 3 ? 1 : 0;
    }

    assert_in_range(low, 9500, 10500);
}

static void the_systems_random_fills_every_byte(void **state)
{
    unsigned char seen[1000] = { 0 };
    unsigned char bytes[1000];

    (void)state;
    for (int round = 0; round < 8; round++) {
        assert_ok(random_system(bytes, sizeof(bytes)));
        for (size_t i = 0; i < sizeof(bytes); i++)
            seen[i] |= bytes[i];
    }

    for (size_t i = 0; i < sizeof(seen); i++)
        assert_int_not_equal(seen[i], 0);
}

static void new_ids_are_version_four_and_differ(void **state)
{
    struct xbits_id first;
    struct xbits_id second;

    (void)state;
    assert_ok(random_new_id(&first));
    assert_ok(random_new_id(&second));

    assert_int_equal(first.data3 >> 12, 4);
    assert_int_equal(first.data4[0] >> 6, 2);
    assert_false(xbits_id_equal(&first, &second));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seed_gives_the_published_numbers),
        cmocka_unit_test(a_number_below_one_is_zero),
        cmocka_unit_test(numbers_below_a_bound_are_all_equally_likely),
        cmocka_unit_test(a_large_bound_is_not_biased),
        cmocka_unit_test(the_systems_random_fills_every_byte),
        cmocka_unit_test(new_ids_are_version_four_and_differ),
    };

    return run_tests("random", tests);
}
