/* SPDX-License-Identifier: MIT */
#include "origin/origin_counts.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#include <stdio.h>
#include <string.h>

static void requests_are_counted_by_path_and_method(void **state)
{
    struct counts *counts = NULL;

    (void)state;
    assert_ok(counts_new(&counts));
    counts_add(counts, "/a", "GET");
    counts_add(counts, "/a", "GET");
    counts_add(counts, "/a", "HEAD");
    counts_add(counts, "/b", "GET");

    assert_int_equal(counts_of(counts, "/a", "GET"), 2);
    assert_int_equal(counts_of(counts, "/a", "HEAD"), 1);
    assert_int_equal(counts_of(counts, "/a", NULL), 3);
    assert_int_equal(counts_of(counts, NULL, "GET"), 3);
    assert_int_equal(counts_of(counts, NULL, NULL), 4);
    assert_int_equal(counts_of(counts, "/c", NULL), 0);
    assert_int_equal(counts_of(counts, "/b", "HEAD"), 0);
    counts_free(counts);
}

static void clients_cannot_make_it_grow_without_end(void **state)
{
    struct counts *counts = NULL;
    char path[32];

    (void)state;
    assert_ok(counts_new(&counts));
    for (unsigned i = 0; i < COUNTS_MAXIMUM + 10; i++) {
        (void)snprintf(path, sizeof path, "/%u", i);
        counts_add(counts, path, "GET");
    }
    counts_add(counts, "/0", "GET");

    assert_int_equal(counts_of(counts, NULL, NULL), COUNTS_MAXIMUM + 11);
    assert_int_equal(counts_of(counts, "/0", NULL), 2);
    assert_int_equal(counts_of(counts, path, NULL), 0);
    counts_free(counts);
    counts_free(NULL);
}

static void endless_path_counts_in_the_sum_only(void **state)
{
    struct counts *counts = NULL;
    char path[COUNTS_PATH_MAXIMUM + 2];

    (void)state;
    memset(path, 'a', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    assert_ok(counts_new(&counts));
    counts_add(counts, path, "GET");
    counts_add(counts, path + 1, "GET");

    assert_int_equal(counts_of(counts, path, NULL), 0);
    assert_int_equal(counts_of(counts, path + 1, NULL), 1);
    assert_int_equal(counts_of(counts, NULL, NULL), 2);
    counts_free(counts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_are_counted_by_path_and_method),
        cmocka_unit_test(clients_cannot_make_it_grow_without_end),
        cmocka_unit_test(endless_path_counts_in_the_sum_only),
    };

    return run_tests("origin_counts", tests);
}
