/* SPDX-License-Identifier: MIT */
#include "origin/origin_pace.h"

#include "support/test_main.h"

static void no_rate_holds_nothing_back(void **state)
{
    uint64_t wait_ms = 99;

    (void)state;

    assert_int_equal(origin_pace(0, 0, UINT64_MAX, &wait_ms), UINT64_MAX);
    assert_int_equal(wait_ms, 0);
    assert_int_equal(origin_pace(UINT64_MAX, 0, UINT64_MAX, &wait_ms), UINT64_MAX);
    assert_int_equal(wait_ms, 0);
}

static void rate_allows_bytes_as_time_goes_by(void **state)
{
    static const struct {
        uint64_t rate, elapsed_ms, sent;
        uint64_t allowed, wait_ms;
    } rows[] = {
        { 1000, 0, 0, 50, 0 },  /* a twentieth of a second ahead */
        { 1000, 0, 50, 0, 50 }, /* until those are due themselves */
        { 1000, 49, 50, 49, 0 },
        { 1000, 50, 100, 0, 50 },
        { 1000, 1000, 1000, 50, 0 },
        { 1000, 1000, 1050, 0, 50 },
        { 1000, 1000, 2050, 0, 1050 },
        { 1, 0, 0, 1, 0 },
        { 1, 0, 1, 0, 1000 },
        { 1, 999, 1, 0, 1 },
        { 1, 1000, 1, 1, 0 },
        { 7, 0, 1, 0, 143 },        /* rounded up */
        { 1000, 5000, 0, 5050, 0 }, /* what a slow client missed */
        { UINT64_C(1) << 40, 1000, 0, (UINT64_C(1) << 40) + (UINT64_C(1) << 40) / 20, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint64_t wait_ms = 99;
        const uint64_t allowed =
            origin_pace(rows[i].rate, rows[i].elapsed_ms, rows[i].sent, &wait_ms);

        if (allowed != rows[i].allowed || wait_ms != rows[i].wait_ms)
            fail_msg("row %zu: %llu bytes, %llu ms", i, (unsigned long long)allowed,
                     (unsigned long long)wait_ms);
    }
}

static void rate_holds_over_a_whole_answer(void **state)
{
    static const uint64_t rates[] = { 1, 3, 19, 20, 21, 1000, 65536, 12345678 };

    (void)state;
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        const uint64_t size = rates[i] * 10;
        uint64_t now_ms = 0;
        uint64_t sent = 0;

        for (uint64_t wait_ms; sent < size; now_ms += wait_ms) {
            sent += origin_pace(rates[i], now_ms, sent, &wait_ms);
            assert_true(sent <= rates[i] * now_ms / 1000 + rates[i] / 20 + 1);
        }

        assert_in_range(now_ms, 9000 - 1, 10000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_rate_holds_nothing_back),
        cmocka_unit_test(rate_allows_bytes_as_time_goes_by),
        cmocka_unit_test(rate_holds_over_a_whole_answer),
    };

    return run_tests("origin_pace", tests);
}
