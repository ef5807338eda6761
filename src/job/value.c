/* SPDX-License-Identifier: MIT */
#include "job/value.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct xbits_value xbits_value_bool(bool boolean)
{
    return (struct xbits_value){ .kind = XBITS_KIND_BOOL, .as.boolean = boolean };
}

struct xbits_value xbits_value_u32(uint32_t u32)
{
    return (struct xbits_value){ .kind = XBITS_KIND_U32, .as.u32 = u32 };
}

struct xbits_value xbits_value_u64(uint64_t u64)
{
    return (struct xbits_value){ .kind = XBITS_KIND_U64, .as.u64 = u64 };
}

struct xbits_value xbits_value_text(const char *text)
{
    if (text == NULL)
        return (struct xbits_value){ .kind = XBITS_KIND_NONE };
    return (struct xbits_value){ .kind = XBITS_KIND_TEXT, .as.text = text };
}

void xbits_value_dispose(struct xbits_value *value)
{
    free(value->owned);
    memset(value, 0, sizeof *value);
}

static size_t size_of_text(const char *text)
{
    return text == NULL ? 0 : strlen(text) + 1;
}

/* Bytes that a deep copy needs beside the struct. */
static size_t owned_size(const struct xbits_value *value)
{
    switch (value->kind) {
    case XBITS_KIND_TEXT:
        return size_of_text(value->as.text);
    case XBITS_KIND_BYTES:
        return value->as.bytes.size;
    case XBITS_KIND_RANGES:
        return value->as.ranges.count * sizeof value->as.ranges.list[0];
    case XBITS_KIND_PROXY:
        return size_of_text(value->as.proxy.list) + size_of_text(value->as.proxy.bypass);
    case XBITS_KIND_COMMAND:
        return size_of_text(value->as.command.program) + size_of_text(value->as.command.parameters);
    case XBITS_KIND_CERTIFICATE:
        return size_of_text(value->as.certificate.store) +
               size_of_text(value->as.certificate.subject);
    case XBITS_KIND_NONE:
    case XBITS_KIND_BOOL:
    case XBITS_KIND_U32:
    case XBITS_KIND_U64:
    case XBITS_KIND_ID:
        return 0;
    }
    return 0;
}

/* Copies what is there to the place and moves the place behind it; NULL stays NULL. */
static const void *place(char **at, const void *bytes, size_t size)
{
    void *copy = *at;

    if (bytes == NULL || size == 0)
        return NULL;
    memcpy(copy, bytes, size);
    *at += size;
    return copy;
}

static const char *place_text(char **at, const char *text)
{
    return place(at, text, size_of_text(text));
}

/* Makes a flat copy point into its own block. */
static void point_into(struct xbits_value *copy, char *at)
{
    switch (copy->kind) {
    case XBITS_KIND_TEXT:
        copy->as.text = place_text(&at, copy->as.text);
        break;
    case XBITS_KIND_BYTES:
        copy->as.bytes.data = place(&at, copy->as.bytes.data, copy->as.bytes.size);
        break;
    case XBITS_KIND_RANGES:
        copy->as.ranges.list = place(&at, copy->as.ranges.list, owned_size(copy));
        break;
    case XBITS_KIND_PROXY:
        copy->as.proxy.list = place_text(&at, copy->as.proxy.list);
        copy->as.proxy.bypass = place_text(&at, copy->as.proxy.bypass);
        break;
    case XBITS_KIND_COMMAND:
        copy->as.command.program = place_text(&at, copy->as.command.program);
        copy->as.command.parameters = place_text(&at, copy->as.command.parameters);
        break;
    case XBITS_KIND_CERTIFICATE:
        copy->as.certificate.store = place_text(&at, copy->as.certificate.store);
        copy->as.certificate.subject = place_text(&at, copy->as.certificate.subject);
        break;
    case XBITS_KIND_NONE:
    case XBITS_KIND_BOOL:
    case XBITS_KIND_U32:
    case XBITS_KIND_U64:
    case XBITS_KIND_ID:
        break;
    }
}

xbits_result value_copy(const struct xbits_value *value, struct xbits_value *copy_out)
{
    struct xbits_value copy = *value;
    size_t size = owned_size(value);

    copy.owned = NULL;
    if (size > 0) {
        copy.owned = malloc(size);
        if (copy.owned == NULL)
            return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to copy a value of %zu bytes", size);
        point_into(&copy, copy.owned);
    }
    *copy_out = copy;
    return XBITS_S_OK;
}

static bool equal_texts(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return strcmp(a, b) == 0;
}

static bool equal_ranges(const struct xbits_value *a, const struct xbits_value *b)
{
    if (a->as.ranges.count != b->as.ranges.count)
        return false;
    for (size_t i = 0; i < a->as.ranges.count; i++) {
        const struct xbits_range *left = &a->as.ranges.list[i];
        const struct xbits_range *right = &b->as.ranges.list[i];

        if (left->offset != right->offset || left->length != right->length)
            return false;
    }
    return true;
}

static bool equal_certificates(const struct xbits_value *a, const struct xbits_value *b)
{
    const bool both_have_hash = a->as.certificate.has_hash && b->as.certificate.has_hash;

    return a->as.certificate.location == b->as.certificate.location &&
           a->as.certificate.has_hash == b->as.certificate.has_hash &&
           equal_texts(a->as.certificate.store, b->as.certificate.store) &&
           equal_texts(a->as.certificate.subject, b->as.certificate.subject) &&
           (!both_have_hash || memcmp(a->as.certificate.hash, b->as.certificate.hash,
                                      sizeof a->as.certificate.hash) == 0);
}

bool value_equal(const struct xbits_value *a, const struct xbits_value *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case XBITS_KIND_NONE:
        return true;
    case XBITS_KIND_BOOL:
        return a->as.boolean == b->as.boolean;
    case XBITS_KIND_U32:
        return a->as.u32 == b->as.u32;
    case XBITS_KIND_U64:
        return a->as.u64 == b->as.u64;
    case XBITS_KIND_TEXT:
        return equal_texts(a->as.text, b->as.text);
    case XBITS_KIND_ID:
        return xbits_id_equal(&a->as.id, &b->as.id);
    case XBITS_KIND_BYTES:
        return a->as.bytes.size == b->as.bytes.size &&
               (a->as.bytes.size == 0 ||
                memcmp(a->as.bytes.data, b->as.bytes.data, a->as.bytes.size) == 0);
    case XBITS_KIND_RANGES:
        return equal_ranges(a, b);
    case XBITS_KIND_PROXY:
        return a->as.proxy.usage == b->as.proxy.usage &&
               equal_texts(a->as.proxy.list, b->as.proxy.list) &&
               equal_texts(a->as.proxy.bypass, b->as.proxy.bypass);
    case XBITS_KIND_COMMAND:
        return equal_texts(a->as.command.program, b->as.command.program) &&
               equal_texts(a->as.command.parameters, b->as.command.parameters);
    case XBITS_KIND_CERTIFICATE:
        return equal_certificates(a, b);
    }
    return false;
}

static const char *const kind_names[] = {
    [XBITS_KIND_NONE] = "none",
    [XBITS_KIND_BOOL] = "bool",
    [XBITS_KIND_U32] = "u32",
    [XBITS_KIND_U64] = "u64",
    [XBITS_KIND_TEXT] = "text",
    [XBITS_KIND_ID] = "id",
    [XBITS_KIND_BYTES] = "bytes",
    [XBITS_KIND_RANGES] = "ranges",
    [XBITS_KIND_PROXY] = "proxy",
    [XBITS_KIND_COMMAND] = "command",
    [XBITS_KIND_CERTIFICATE] = "certificate",
};

const char *value_kind_name(enum xbits_kind kind)
{
    return kind_names[kind];
}

bool value_kind_parse(const char *name, enum xbits_kind *kind_out)
{
    for (size_t i = 0; i < sizeof(kind_names) / sizeof(kind_names[0]); i++) {
        if (strcmp(name, kind_names[i]) == 0) {
            *kind_out = (enum xbits_kind)i;
            return true;
        }
    }
    return false;
}
