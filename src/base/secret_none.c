/* SPDX-License-Identifier: MIT */
#include "base/secret_cipher.h"

/* The build found no libcrypto: what is secret is in memory only. */

static xbits_result fail_missing(void)
{
    return xbits_fail(XBITS_E_NOTIMPL,
                      "this build seals no secrets: it was made without libcrypto");
}

bool secret_is_available(void)
{
    return false;
}

xbits_result secret_key_to_file(const struct secret_key *key, struct secret_key_file *file_out)
{
    (void)key;
    (void)file_out;
    return fail_missing();
}

xbits_result secret_key_from_file(const struct secret_key_file *file, struct secret_key *key_out)
{
    (void)file;
    (void)key_out;
    return fail_missing();
}

xbits_result secret_encrypt(const struct secret_cipher *cipher, struct secret_bytes plain,
                            uint8_t *out)
{
    (void)cipher;
    (void)plain;
    (void)out;
    return fail_missing();
}

xbits_result secret_decrypt(const struct secret_cipher *cipher, struct secret_bytes encrypted,
                            uint8_t *out)
{
    (void)cipher;
    (void)encrypted;
    (void)out;
    return fail_missing();
}
