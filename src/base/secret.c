/* SPDX-License-Identifier: MIT */
#include "base/secret.h"

#include <stdlib.h>

#include "base/random.h"
#include "base/secret_cipher.h"

/* Sealed bytes: version, nonce, encrypted bytes, tag. */
#define VERSION     1
#define NONCE_PLACE 1
#define TEXT_PLACE  (NONCE_PLACE + SECRET_NONCE_SIZE)

_Static_assert(SECRET_OVERHEAD == TEXT_PLACE + SECRET_TAG_SIZE, "the header promises another size");

void secret_wipe(void *bytes, size_t size)
{
    volatile uint8_t *next = bytes;

    while (size-- > 0)
        *next++ = 0;
}

void secret_bytes_dispose(struct secret_bytes *bytes)
{
    void *data = (void *)bytes->data;

    if (data != NULL)
        secret_wipe(data, bytes->size);
    free(data);
    *bytes = (struct secret_bytes){ 0 };
}

xbits_result secret_key_new(struct secret_key *key_out)
{
    struct secret_key key;

    TRY(random_system(&key, sizeof(key)));
    *key_out = key;
    secret_wipe(&key, sizeof(key));
    return XBITS_S_OK;
}

static xbits_result seal_into(const struct secret_key *key, struct secret_bytes associated,
                              struct secret_bytes plain, uint8_t *sealed)
{
    const struct secret_cipher cipher = { key, sealed + NONCE_PLACE, associated };

    sealed[0] = VERSION;
    TRY(random_system(sealed + NONCE_PLACE, SECRET_NONCE_SIZE));
    return secret_encrypt(&cipher, plain, sealed + TEXT_PLACE);
}

xbits_result secret_seal(const struct secret_key *key, struct secret_bytes associated,
                         struct secret_bytes plain, struct secret_bytes *sealed_out)
{
    uint8_t *sealed;
    xbits_result result;

    if (plain.size > SECRET_MAXIMUM || associated.size > SECRET_MAXIMUM)
        return xbits_fail(XBITS_E_INVALIDARG, "more than %d bytes are not sealed", SECRET_MAXIMUM);
    sealed = malloc(plain.size + SECRET_OVERHEAD);
    if (sealed == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to seal %zu bytes", plain.size);
    result = seal_into(key, associated, plain, sealed);
    if (XBITS_FAILED(result)) {
        free(sealed);
        return result;
    }
    *sealed_out = (struct secret_bytes){ sealed, plain.size + SECRET_OVERHEAD };
    return XBITS_S_OK;
}

xbits_result secret_open(const struct secret_key *key, struct secret_bytes associated,
                         struct secret_bytes sealed, struct secret_bytes *plain_out)
{
    const uint8_t *bytes = sealed.data;
    struct secret_bytes plain = { 0 };
    struct secret_cipher cipher = { .key = key, .associated = associated };
    uint8_t *opened;
    xbits_result result;

    if (sealed.size < SECRET_OVERHEAD || sealed.size - SECRET_OVERHEAD > SECRET_MAXIMUM ||
        associated.size > SECRET_MAXIMUM || bytes[0] != VERSION)
        return xbits_fail(XBITS_E_ACCESSDENIED, "these %zu bytes are not sealed", sealed.size);
    plain.size = sealed.size - SECRET_OVERHEAD;
    opened = calloc(1, plain.size + 1);
    if (opened == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to open %zu sealed bytes", plain.size);
    plain.data = opened;
    cipher.nonce = bytes + NONCE_PLACE;
    result = secret_decrypt(
        &cipher, (struct secret_bytes){ bytes + TEXT_PLACE, sealed.size - TEXT_PLACE }, opened);
    if (XBITS_FAILED(result)) {
        secret_bytes_dispose(&plain);
        return result;
    }
    *plain_out = plain;
    return XBITS_S_OK;
}
