/* SPDX-License-Identifier: MIT */
#ifndef BASE_SECRET_CIPHER_H
#define BASE_SECRET_CIPHER_H

#include "base/secret.h"

/* AES-256-GCM as secret_openssl.c, secret_win32.c or secret_none.c does it: for secret.c. */
#define SECRET_NONCE_SIZE 12
#define SECRET_TAG_SIZE   16
#define SECRET_MAXIMUM    (1 << 24) /* The ciphers count in int. */

struct secret_cipher {
    const struct secret_key *key;
    const uint8_t *nonce;
    struct secret_bytes associated;
};

/* Puts plain.size bytes and the tag behind them. Results: XBITS_S_OK; XBITS_E_NOTIMPL;
 * XBITS_E_FAIL. */
xbits_result secret_encrypt(const struct secret_cipher *cipher, struct secret_bytes plain,
                            uint8_t *out);
/* Takes what secret_encrypt put; out has room for it without the tag, and holds nothing of use on
 * failure. Results: XBITS_S_OK; XBITS_E_ACCESSDENIED (the tag is another one); XBITS_E_NOTIMPL;
 * XBITS_E_FAIL. */
xbits_result secret_decrypt(const struct secret_cipher *cipher, struct secret_bytes encrypted,
                            uint8_t *out);

#endif
