/* SPDX-License-Identifier: MIT */
#include "job/value.h"

#include "base/text.h"
#include "support/assert_result.h"
#include "support/test_main.h"

static const uint8_t some_bytes[] = { 0x00, 0x7F, 0xFF };
static const struct xbits_range some_ranges[] = { { 0, 100 }, { 2000, XBITS_LENGTH_TO_EOF } };

/* A value of every kind, and how it is printed. No two are equal. */
static const struct {
    struct xbits_value value;
    const char *text;
} samples[] = {
    { { .kind = XBITS_KIND_NONE }, "" },
    { { .kind = XBITS_KIND_BOOL, .as.boolean = true }, "yes" },
    { { .kind = XBITS_KIND_BOOL, .as.boolean = false }, "no" },
    { { .kind = XBITS_KIND_U32, .as.u32 = 600 }, "600" },
    { { .kind = XBITS_KIND_U64, .as.u64 = UINT64_MAX }, "18446744073709551615" },
    { { .kind = XBITS_KIND_TEXT, .as.text = "text" }, "text" },
    { { .kind = XBITS_KIND_TEXT, .as.text = "" }, "" },
    { { .kind = XBITS_KIND_ID, .as.id = { .data1 = 1 } },
      "{00000001-0000-0000-0000-000000000000}" },
    { { .kind = XBITS_KIND_BYTES, .as.bytes = { some_bytes, sizeof some_bytes } }, "007fff" },
    { { .kind = XBITS_KIND_BYTES }, "" },
    { { .kind = XBITS_KIND_RANGES, .as.ranges = { some_ranges, 2 } }, "0:100,2000:eof" },
    { { .kind = XBITS_KIND_RANGES, .as.ranges = { some_ranges, 1 } }, "0:100" },
    { { .kind = XBITS_KIND_PROXY }, "preconfig" },
    { { .kind = XBITS_KIND_PROXY, .as.proxy = { 2, "proxy:80", NULL } }, "override proxy:80" },
    { { .kind = XBITS_KIND_PROXY, .as.proxy = { 2, "proxy:80", "<local>" } },
      "override proxy:80 except <local>" },
    { { .kind = XBITS_KIND_PROXY, .as.proxy = { 9, NULL, NULL } }, "usage 9" },
    { { .kind = XBITS_KIND_COMMAND, .as.command = { "/bin/true", "a b" } }, "/bin/true a b" },
    { { .kind = XBITS_KIND_COMMAND, .as.command = { "/bin/true", NULL } }, "/bin/true" },
    { { .kind = XBITS_KIND_CERTIFICATE, .as.certificate = { .store = "MY", .subject = "me" } },
      "0 MY me" },
    { { .kind = XBITS_KIND_CERTIFICATE,
        .as.certificate = { .location = 1, .store = "MY", .hash = { 0xAB }, .has_hash = true } },
      "1 MY ab00000000000000000000000000000000000000" },
};

#define SAMPLE_COUNT (sizeof samples / sizeof samples[0])

static void a_copy_of_every_kind_is_equal_and_owns_what_it_points_at(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        struct xbits_value copy;

        assert_ok(value_copy(&samples[i].value, &copy));
        assert_true(value_equal(&samples[i].value, &copy));
        xbits_value_dispose(&copy);
        assert_int_equal(copy.kind, XBITS_KIND_NONE);
    }
}

static void values_that_differ_are_not_equal(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        for (size_t j = 0; j < SAMPLE_COUNT; j++)
            assert_int_equal(value_equal(&samples[i].value, &samples[j].value), i == j);
    }
}

static void a_copied_text_outlives_its_source(void **state)
{
    char source[] = "first";
    const struct xbits_value value = xbits_value_text(source);
    struct xbits_value copy;

    (void)state;
    assert_ok(value_copy(&value, &copy));
    source[0] = 'w';

    assert_string_equal(copy.as.text, "first");
    xbits_value_dispose(&copy);
}

static void every_kind_is_printed_for_people(void **state)
{
    (void)state;
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        struct text text = { 0 };

        assert_ok(value_print(&samples[i].value, &text));
        assert_string_equal(text_c(&text), samples[i].text);
        text_dispose(&text);
    }
}

static void the_text_null_is_no_value(void **state)
{
    (void)state;
    assert_int_equal(xbits_value_text(NULL).kind, XBITS_KIND_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_of_every_kind_is_equal_and_owns_what_it_points_at),
        cmocka_unit_test(values_that_differ_are_not_equal),
        cmocka_unit_test(a_copied_text_outlives_its_source),
        cmocka_unit_test(every_kind_is_printed_for_people),
        cmocka_unit_test(the_text_null_is_no_value),
    };

    return run_tests("value", tests);
}
