/* SPDX-License-Identifier: MIT */
#include "base/secret.h"

#include <stdlib.h>
#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"

#define LONGEST 4000

static const struct secret_key some_key = { { 1, 2, 3, 4 } };

static struct secret_bytes bytes_of(const char *text)
{
    return (struct secret_bytes){ text, strlen(text) };
}

static void skip_without_cipher(void)
{
    if (!secret_is_available())
        skip();
}

static struct secret_bytes seal(const char *associated, struct secret_bytes plain)
{
    struct secret_bytes sealed = { 0 };

    assert_ok(secret_seal(&some_key, bytes_of(associated), plain, &sealed));
    return sealed;
}

static void assert_refused(const struct secret_key *key, const char *associated,
                           struct secret_bytes sealed)
{
    struct secret_bytes plain = { 0 };

    assert_fails(XBITS_E_ACCESSDENIED, secret_open(key, bytes_of(associated), sealed, &plain));
    assert_null(plain.data);
}

static void assert_opens(const char *associated, struct secret_bytes sealed,
                         struct secret_bytes expected)
{
    struct secret_bytes plain = { 0 };

    assert_ok(secret_open(&some_key, bytes_of(associated), sealed, &plain));
    assert_int_equal(plain.size, expected.size);
    assert_memory_equal(plain.data, expected.data, expected.size);
    secret_bytes_dispose(&plain);
}

static void what_is_sealed_opens_again(void **state)
{
    char longest[LONGEST];

    (void)state;
    skip_without_cipher();
    memset(longest, 'x', sizeof(longest));
    for (size_t size = 0; size <= sizeof(longest); size += size < 40 ? 1 : LONGEST - 40) {
        struct secret_bytes plain = { longest, size };
        struct secret_bytes sealed = seal("a row", plain);

        assert_int_equal(sealed.size, size + SECRET_OVERHEAD);
        assert_opens("a row", sealed, plain);
        secret_bytes_dispose(&sealed);
    }
}

/* Test case 16 of McGrew and Viega, "The Galois/Counter Mode of Operation", behind our version
 * byte.
 */
static void a_published_text_opens(void **state)
{
    static const struct secret_key key = { {
        0xfe, 0xff, 0xe9, 0x92, 0x86, 0x65, 0x73, 0x1c, 0x6d, 0x6a, 0x8f,
        0x94, 0x67, 0x30, 0x83, 0x08, 0xfe, 0xff, 0xe9, 0x92, 0x86, 0x65,
        0x73, 0x1c, 0x6d, 0x6a, 0x8f, 0x94, 0x67, 0x30, 0x83, 0x08,
    } };
    static const uint8_t sealed[] = {
        1,    0xca, 0xfe, 0xba, 0xbe, 0xfa, 0xce, 0xdb, 0xad, 0xde, 0xca, 0xf8, 0x88, 0x52, 0x2d,
        0xc1, 0xf0, 0x99, 0x56, 0x7d, 0x07, 0xf4, 0x7f, 0x37, 0xa3, 0x2a, 0x84, 0x42, 0x7d, 0x64,
        0x3a, 0x8c, 0xdc, 0xbf, 0xe5, 0xc0, 0xc9, 0x75, 0x98, 0xa2, 0xbd, 0x25, 0x55, 0xd1, 0xaa,
        0x8c, 0xb0, 0x8e, 0x48, 0x59, 0x0d, 0xbb, 0x3d, 0xa7, 0xb0, 0x8b, 0x10, 0x56, 0x82, 0x88,
        0x38, 0xc5, 0xf6, 0x1e, 0x63, 0x93, 0xba, 0x7a, 0x0a, 0xbc, 0xc9, 0xf6, 0x62, 0x76, 0xfc,
        0x6e, 0xce, 0x0f, 0x4e, 0x17, 0x68, 0xcd, 0xdf, 0x88, 0x53, 0xbb, 0x2d, 0x55, 0x1b,
    };
    static const uint8_t associated[] = { 0xfe, 0xed, 0xfa, 0xce, 0xde, 0xad, 0xbe,
                                          0xef, 0xfe, 0xed, 0xfa, 0xce, 0xde, 0xad,
                                          0xbe, 0xef, 0xab, 0xad, 0xda, 0xd2 };
    static const uint8_t expected[] = {
        0xd9, 0x31, 0x32, 0x25, 0xf8, 0x84, 0x06, 0xe5, 0xa5, 0x59, 0x09, 0xc5, 0xaf, 0xf5, 0x26,
        0x9a, 0x86, 0xa7, 0xa9, 0x53, 0x15, 0x34, 0xf7, 0xda, 0x2e, 0x4c, 0x30, 0x3d, 0x8a, 0x31,
        0x8a, 0x72, 0x1c, 0x3c, 0x0c, 0x95, 0x95, 0x68, 0x09, 0x53, 0x2f, 0xcf, 0x0e, 0x24, 0x49,
        0xa6, 0xb5, 0x25, 0xb1, 0x6a, 0xed, 0xf5, 0xaa, 0x0d, 0xe6, 0x57, 0xba, 0x63, 0x7b, 0x39,
    };
    struct secret_bytes plain = { 0 };

    (void)state;
    skip_without_cipher();

    assert_ok(secret_open(&key, (struct secret_bytes){ associated, sizeof(associated) },
                          (struct secret_bytes){ sealed, sizeof(sealed) }, &plain));
    assert_int_equal(plain.size, sizeof(expected));
    assert_memory_equal(plain.data, expected, sizeof(expected));
    secret_bytes_dispose(&plain);
}

static void a_change_of_any_bit_is_noticed(void **state)
{
    struct secret_bytes sealed;
    uint8_t *bytes;

    (void)state;
    skip_without_cipher();
    sealed = seal("a row", bytes_of("parameters"));
    bytes = (uint8_t *)sealed.data;

    for (size_t i = 0; i < sealed.size * 8; i++) {
        bytes[i / 8] ^= (uint8_t)(1u << i % 8);
        assert_refused(&some_key, "a row", sealed);
        bytes[i / 8] ^= (uint8_t)(1u << i % 8);
    }
    assert_opens("a row", sealed, bytes_of("parameters"));
    secret_bytes_dispose(&sealed);
}

static void what_was_cut_off_is_refused(void **state)
{
    struct secret_bytes sealed;

    (void)state;
    skip_without_cipher();
    sealed = seal("a row", bytes_of("parameters"));

    for (size_t size = 0; size < sealed.size; size++)
        assert_refused(&some_key, "a row", (struct secret_bytes){ sealed.data, size });
    secret_bytes_dispose(&sealed);
}

static void another_place_is_refused(void **state)
{
    struct secret_bytes sealed;

    (void)state;
    skip_without_cipher();
    sealed = seal("a row", bytes_of("parameters"));

    assert_refused(&some_key, "another row", sealed);
    assert_refused(&some_key, "", sealed);
    secret_bytes_dispose(&sealed);
}

static void another_key_is_refused(void **state)
{
    struct secret_key other = some_key;
    struct secret_bytes sealed;

    (void)state;
    skip_without_cipher();
    sealed = seal("a row", bytes_of("parameters"));
    other.bytes[SECRET_KEY_SIZE - 1] ^= 1;

    assert_refused(&other, "a row", sealed);
    secret_bytes_dispose(&sealed);
}

static void the_same_text_is_sealed_differently_each_time(void **state)
{
    struct secret_bytes first, second;

    (void)state;
    skip_without_cipher();
    first = seal("a row", bytes_of("parameters"));
    second = seal("a row", bytes_of("parameters"));

    assert_memory_not_equal(first.data, second.data, first.size);
    secret_bytes_dispose(&first);
    secret_bytes_dispose(&second);
}

static void a_key_of_a_file_is_the_same_key(void **state)
{
    struct secret_key_file file = { 0 };
    struct secret_key key, again;

    (void)state;
    skip_without_cipher();
    assert_ok(secret_key_new(&key));

    assert_ok(secret_key_to_file(&key, &file));
    assert_ok(secret_key_from_file(&file, &again));
    assert_memory_equal(&key, &again, sizeof(key));
}

static void a_file_of_another_size_is_no_key(void **state)
{
    struct secret_key_file file = { .size = SECRET_KEY_SIZE - 1 };
    struct secret_key key;

    (void)state;
    skip_without_cipher();

    assert_true(XBITS_FAILED(secret_key_from_file(&file, &key)));
    file.size = 0;
    assert_true(XBITS_FAILED(secret_key_from_file(&file, &key)));
    file.size = SECRET_KEY_SIZE + 1;
    assert_true(XBITS_FAILED(secret_key_from_file(&file, &key)));
}

static void without_a_cipher_nothing_is_sealed(void **state)
{
    static const uint8_t looks_sealed[SECRET_OVERHEAD] = { 1 };
    const struct secret_bytes sealed = { looks_sealed, sizeof(looks_sealed) };
    struct secret_key_file file = { .size = SECRET_KEY_SIZE };
    struct secret_bytes out = { 0 };
    struct secret_key key = some_key;

    (void)state;
    if (secret_is_available())
        skip();

    assert_fails(XBITS_E_NOTIMPL, secret_seal(&some_key, bytes_of(""), bytes_of("text"), &out));
    assert_fails(XBITS_E_NOTIMPL, secret_open(&some_key, bytes_of(""), sealed, &out));
    assert_fails(XBITS_E_NOTIMPL, secret_key_to_file(&key, &file));
    assert_fails(XBITS_E_NOTIMPL, secret_key_from_file(&file, &key));
    assert_null(out.data);
}

static void more_than_a_cipher_takes_is_refused(void **state)
{
    struct secret_bytes sealed = { 0 };

    (void)state;
    assert_fails(XBITS_E_INVALIDARG, secret_seal(&some_key, bytes_of(""),
                                                 (struct secret_bytes){ "", SIZE_MAX }, &sealed));
    assert_null(sealed.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_sealed_opens_again),
        cmocka_unit_test(a_published_text_opens),
        cmocka_unit_test(a_change_of_any_bit_is_noticed),
        cmocka_unit_test(what_was_cut_off_is_refused),
        cmocka_unit_test(another_place_is_refused),
        cmocka_unit_test(another_key_is_refused),
        cmocka_unit_test(the_same_text_is_sealed_differently_each_time),
        cmocka_unit_test(a_key_of_a_file_is_the_same_key),
        cmocka_unit_test(a_file_of_another_size_is_no_key),
        cmocka_unit_test(without_a_cipher_nothing_is_sealed),
        cmocka_unit_test(more_than_a_cipher_takes_is_refused),
    };

    return run_tests("secret", tests);
}
