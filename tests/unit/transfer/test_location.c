/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/location.h"

#include "support/test_main.h"

#define BASE "http://server:8080/a/b.bin?q=1"

static const struct {
    const char *location;
    const char *target; /* "": unusable */
} cases[] = {
    { "/x", "http://server:8080/x" },
    { "c.bin", "http://server:8080/a/c.bin" },
    { "../c.bin", "http://server:8080/c.bin" },
    { "//other/x", "http://other/x" },
    { "https://other/x?y=z", "https://other/x?y=z" },
    { "HTTP://other/x", "http://other/x" },
    { "/x#part", "http://server:8080/x" },
    { "/with blank", "http://server:8080/with%20blank" },
    { "", "" },
    { "file:///etc/passwd", "" },
    { "ftp://other/x", "" },
    { "javascript:alert(1)", "" },
    { "http://", "" },
    { "http://bad host/x", "" },
    { "\\\\server\\share\\x", "http://server:8080/a/\\\\server\\share\\x" },
};

static void a_location_is_resolved_against_its_url(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char target[256] = "before";
        bool is_usable = location_resolve(BASE, cases[i].location, target, sizeof(target));

        assert_string_equal(target, cases[i].target);
        assert_int_equal(is_usable, cases[i].target[0] != '\0');
    }
}

static void a_target_that_does_not_fit_is_unusable(void **state)
{
    char target[8];

    (void)state;
    assert_false(location_resolve(BASE, "/x", target, sizeof(target)));
    assert_string_equal(target, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_location_is_resolved_against_its_url),
        cmocka_unit_test(a_target_that_does_not_fit_is_unusable),
    };

    return run_tests("location", tests);
}
