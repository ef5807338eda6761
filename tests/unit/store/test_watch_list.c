/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/random.h"
#include "store/player.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#define MANY 500

static struct watched *new_watched(uint64_t number)
{
    struct watched *watched = calloc(1, sizeof *watched);
    struct random random;

    assert_non_null(watched);
    random_init(&random, number);
    watched->id.data1 = (uint32_t)random_next(&random);
    watched->id.data4[7] = (uint8_t)number;
    watched->seen = number;
    return watched;
}

static void add_many(struct watch_list *list, uint64_t first)
{
    for (uint64_t i = first; i < first + MANY; i++)
        assert_ok(watch_list_add(list, new_watched(i)));
}

static struct watched *find_number(const struct watch_list *list, uint64_t number)
{
    struct watched *like = new_watched(number);
    struct watched *found = watch_list_find(list, &like->id);

    watched_free(like);
    return found;
}

static bool is_odd(const struct watched *watched, const void *user)
{
    (void)user;
    return watched->seen % 2 == 1;
}

static void what_was_added_is_found_after_sorting(void **state)
{
    struct watch_list list = { 0 };

    (void)state;
    add_many(&list, 0);
    watch_list_sort(&list);
    add_many(&list, MANY);
    watch_list_sort(&list);

    for (uint64_t i = 0; i < 2 * MANY; i++)
        assert_int_equal(find_number(&list, i)->seen, i);
    assert_null(find_number(&list, 2 * MANY));
    watch_list_dispose(&list);
}

/* What is removed before the new ones are sorted in must not make them look sorted. */
static void removing_keeps_the_rest_to_be_found(void **state)
{
    struct watch_list list = { 0 };

    (void)state;
    add_many(&list, 0);
    watch_list_sort(&list);
    add_many(&list, MANY);
    watch_list_remove_if(&list, is_odd, NULL);
    watch_list_sort(&list);

    assert_int_equal(list.count, MANY);
    for (uint64_t i = 0; i < 2 * MANY; i++)
        assert_true((find_number(&list, i) == NULL) == (i % 2 == 1));
    watch_list_dispose(&list);
}

static void an_empty_list_finds_nothing(void **state)
{
    struct watch_list list = { 0 };

    (void)state;
    watch_list_sort(&list);
    watch_list_remove_if(&list, is_odd, NULL);

    assert_null(find_number(&list, 1));
    watch_list_dispose(&list);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_added_is_found_after_sorting),
        cmocka_unit_test(removing_keeps_the_rest_to_be_found),
        cmocka_unit_test(an_empty_list_finds_nothing),
    };

    return run_tests("watch list", tests);
}
