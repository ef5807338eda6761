/* SPDX-License-Identifier: MIT */
#ifndef XBITS_VALUE_H
#define XBITS_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "xbits/id.h"

#ifdef __cplusplus
extern "C" {
#endif

/* BG_SIZE_UNKNOWN and BG_LENGTH_TO_EOF. */
#define XBITS_SIZE_UNKNOWN  UINT64_MAX
#define XBITS_LENGTH_TO_EOF UINT64_MAX

/* BG_FILE_RANGE. */
struct xbits_range {
    uint64_t offset;
    uint64_t length; /* XBITS_LENGTH_TO_EOF: to the end of the file. */
};

enum xbits_kind {
    XBITS_KIND_NONE = 0, /* Not set: what a cleared text property reads as. */
    XBITS_KIND_BOOL,
    XBITS_KIND_U32,
    XBITS_KIND_U64,
    XBITS_KIND_TEXT,
    XBITS_KIND_ID,
    XBITS_KIND_BYTES,
    XBITS_KIND_RANGES,
    XBITS_KIND_PROXY,
    XBITS_KIND_COMMAND,
    XBITS_KIND_CERTIFICATE
};

/*
 * The value of a property. What it points at is borrowed: on the way in for the length of the call,
 * on the way out until xbits_value_dispose.
 */
struct xbits_value {
    enum xbits_kind kind;
    union {
        bool boolean;
        uint32_t u32;
        uint64_t u64;
        const char *text; /* UTF-8 */
        struct xbits_id id;
        struct {
            const uint8_t *data;
            size_t size;
        } bytes;
        struct {
            const struct xbits_range *list;
            size_t count;
        } ranges;
        struct {
            uint32_t usage; /* BG_JOB_PROXY_USAGE: 0 preconfig, 1 none, 2 override, 3 autodetect */
            const char *list;   /* NULL unless override. */
            const char *bypass; /* May be NULL. */
        } proxy;
        struct {
            const char *program;
            const char *parameters;
        } command;
        struct {
            uint32_t location; /* BG_CERT_STORE_LOCATION */
            const char *store;
            const char *subject; /* NULL when named by its hash. */
            uint8_t hash[20];
            bool has_hash;
        } certificate;
    } as;
    void *owned; /* The library's; NULL in values that a caller makes. */
};

XBITS_API struct xbits_value xbits_value_bool(bool boolean);
XBITS_API struct xbits_value xbits_value_u32(uint32_t u32);
XBITS_API struct xbits_value xbits_value_u64(uint64_t u64);
XBITS_API struct xbits_value xbits_value_text(const char *text);

/* Frees what a value read from the library points at. A zeroed value is fine. */
XBITS_API void xbits_value_dispose(struct xbits_value *value);

#ifdef __cplusplus
}
#endif

#endif
