/* SPDX-License-Identifier: MIT */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/result.h"

/*
 * Bytes that only a key opens, and that cannot be changed unnoticed: AES-256-GCM (NIST SP 800-38D).
 * What is sealed is a version byte, a nonce of the system's random, the encrypted bytes and the
 * tag. A build without a cipher answers XBITS_E_NOTIMPL.
 */
#define SECRET_KEY_SIZE 32
#define SECRET_OVERHEAD 29 /* What sealed bytes are longer by. */

struct secret_key {
    uint8_t bytes[SECRET_KEY_SIZE];
};

struct secret_bytes {
    const void *data; /* NULL: none. */
    size_t size;
};

bool secret_is_available(void);

/* A key of the system's random. Results: XBITS_S_OK; the system's failure. */
xbits_result secret_key_new(struct secret_key *key_out);

/* The key as it is kept in a file: itself, on Windows encrypted for the user (DPAPI). */
#define SECRET_KEY_FILE_MAXIMUM 1024
struct secret_key_file {
    uint8_t bytes[SECRET_KEY_FILE_MAXIMUM];
    size_t size;
};
/* Results: XBITS_S_OK; XBITS_E_NOTIMPL; the system's failure. */
xbits_result secret_key_to_file(const struct secret_key *key, struct secret_key_file *file_out);
/* Results: XBITS_S_OK; XBITS_E_INVALIDARG (no key has this size); XBITS_E_ACCESSDENIED (not of this
 * user); XBITS_E_NOTIMPL. */
xbits_result secret_key_from_file(const struct secret_key_file *file, struct secret_key *key_out);

/* associated is not kept: whoever opens must give the same, so that sealed bytes are good in one
 * place only. sealed_out is heap. Results: XBITS_S_OK; XBITS_E_NOTIMPL; XBITS_E_OUTOFMEMORY;
 * XBITS_E_INVALIDARG (more than 16 MiB); the system's failure. */
xbits_result secret_seal(const struct secret_key *key, struct secret_bytes associated,
                         struct secret_bytes plain, struct secret_bytes *sealed_out);
/* Results: XBITS_S_OK; XBITS_E_ACCESSDENIED (another key, another place, changed, or no sealed
 * bytes); XBITS_E_NOTIMPL; XBITS_E_OUTOFMEMORY. */
xbits_result secret_open(const struct secret_key *key, struct secret_bytes associated,
                         struct secret_bytes sealed, struct secret_bytes *plain_out);
/* Frees what one of them gave, overwritten first. Zeroed storage is fine. */
void secret_bytes_dispose(struct secret_bytes *bytes);

/* Overwrites in a way that a compiler does not leave out. */
void secret_wipe(void *bytes, size_t size);

#endif
