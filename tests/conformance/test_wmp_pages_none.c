/* SPDX-License-Identifier: MIT */
#include "conformance/conformance.h"
#include "support/test_main.h"

/* In the place of test_wmp_pages.c where there is no engine for the scripts of pages. */
static void pages_need_a_script_engine(struct harness *harness)
{
    (void)harness;
    skip();
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "wmp 2.6; W36", pages_need_a_script_engine),
};

const struct conformance_suite wmp_pages_suite = CONFORMANCE_SUITE("wmp pages", tests);
