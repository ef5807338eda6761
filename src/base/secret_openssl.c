/* SPDX-License-Identifier: MIT */
#include "base/secret_cipher.h"

#include <openssl/evp.h>
#include <string.h>

bool secret_is_available(void)
{
    return true;
}

xbits_result secret_key_to_file(const struct secret_key *key, struct secret_key_file *file_out)
{
    memcpy(file_out->bytes, key->bytes, SECRET_KEY_SIZE);
    file_out->size = SECRET_KEY_SIZE;
    return XBITS_S_OK;
}

xbits_result secret_key_from_file(const struct secret_key_file *file, struct secret_key *key_out)
{
    if (file->size != SECRET_KEY_SIZE) {
        return xbits_fail(XBITS_E_INVALIDARG, "a key has %d bytes, and this has %s",
                          SECRET_KEY_SIZE, file->size < SECRET_KEY_SIZE ? "fewer" : "more");
    }
    memcpy(key_out->bytes, file->bytes, SECRET_KEY_SIZE);
    return XBITS_S_OK;
}

static xbits_result fail_library(const char *what)
{
    return xbits_fail(XBITS_E_FAIL, "libcrypto could not %s a secret", what);
}

/* An update without bytes would be taken for the end. */
static bool update(EVP_CIPHER_CTX *context, uint8_t *out, struct secret_bytes in)
{
    int length = 0;

    return in.size == 0 || EVP_CipherUpdate(context, out, &length, in.data, (int)in.size) == 1;
}

static bool begin(EVP_CIPHER_CTX *context, const struct secret_cipher *cipher, bool is_sealing)
{
    return context != NULL &&
           EVP_CipherInit_ex(context, EVP_aes_256_gcm(), NULL, cipher->key->bytes, cipher->nonce,
                             is_sealing ? 1 : 0) == 1 &&
           update(context, NULL, cipher->associated);
}

xbits_result secret_encrypt(const struct secret_cipher *cipher, struct secret_bytes plain,
                            uint8_t *out)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    uint8_t *tag = out + plain.size;
    int length = 0;
    bool is_sealed = begin(context, cipher, true) && update(context, out, plain) &&
                     EVP_CipherFinal_ex(context, tag, &length) == 1 &&
                     EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, SECRET_TAG_SIZE, tag) == 1;

    EVP_CIPHER_CTX_free(context);
    return is_sealed ? XBITS_S_OK : fail_library("seal");
}

/* The tag is only read, whatever the type of the argument says. */
static bool expect_tag(EVP_CIPHER_CTX *context, const uint8_t *tag)
{
    return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, SECRET_TAG_SIZE, (void *)tag) == 1;
}

xbits_result secret_decrypt(const struct secret_cipher *cipher, struct secret_bytes encrypted,
                            uint8_t *out)
{
    const struct secret_bytes text = { encrypted.data, encrypted.size - SECRET_TAG_SIZE };
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    bool is_ready = begin(context, cipher, false) && update(context, out, text) &&
                    expect_tag(context, (const uint8_t *)encrypted.data + text.size);
    uint8_t rest[SECRET_TAG_SIZE];
    int length = 0;
    bool is_whole = is_ready && EVP_CipherFinal_ex(context, rest, &length) == 1;

    EVP_CIPHER_CTX_free(context);
    if (!is_ready)
        return fail_library("open");
    if (!is_whole)
        return xbits_fail(XBITS_E_ACCESSDENIED, "the key does not open it");
    return XBITS_S_OK;
}
