/* SPDX-License-Identifier: MIT */
#include "script/engine/js_duktape.h"

#include <stdlib.h>
#include <string.h>

struct js_value js_text(const char *text)
{
    struct js_value value = { JS_NULL, { false } };

    if (text != NULL) {
        value.kind = JS_TEXT;
        value.as.text.bytes = text;
        value.as.text.length = strlen(text);
    }
    return value;
}

struct js_value js_number(double number)
{
    struct js_value value = { JS_NUMBER, { .number = number } };

    return value;
}

struct js_value js_bool(bool boolean)
{
    struct js_value value = { JS_BOOL, { boolean } };

    return value;
}

struct js_value js_object(const struct js_class *object_class, uint64_t handle)
{
    struct js_value value = { JS_OBJECT, { .object = { object_class, handle } } };

    return value;
}

void js_stash_get(duk_context *duk, duk_uarridx_t place)
{
    duk_push_heap_stash(duk);
    (void)duk_get_prop_index(duk, -1, place);
    duk_remove(duk, -2);
}

void js_stash_put(duk_context *duk, duk_uarridx_t place)
{
    duk_push_heap_stash(duk);
    duk_insert(duk, -2);
    (void)duk_put_prop_index(duk, -2, place);
    duk_pop(duk);
}

/*
 * Duktape keeps a character beyond U+FFFF as two surrogates of three bytes each. One sequence is
 * read as either form has it; 0xFFFD is what is neither.
 */
struct reader {
    const unsigned char *at;
    const unsigned char *end;
};

static uint32_t next_unit(struct reader *reader)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const unsigned char *at = reader->at;
    size_t length = *at < 0x80   ? 1
                    : *at < 0xC2 ? 0
                    : *at < 0xE0 ? 2
                    : *at < 0xF0 ? 3
                    : *at < 0xF5 ? 4
                                 : 0;
    uint32_t unit = length < 2 ? *at : *at & (0x7Fu >> length);
    size_t i;

    reader->at++;
    if (length == 0 || length > (size_t)(reader->end - at))
        return 0xFFFD;
    for (i = 1; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return 0xFFFD;
        unit = unit << 6 | (at[i] & 0x3Fu);
    }
    if (unit < least[length] || unit > 0x10FFFF)
        return 0xFFFD;
    reader->at = at + length;
    return unit;
}

static unsigned char *put_unit(unsigned char *at, uint32_t unit)
{
    if (unit < 0x80) {
        *at++ = (unsigned char)unit;
        return at;
    }
    if (unit < 0x800) {
        *at++ = (unsigned char)(0xC0 | unit >> 6);
    } else {
        if (unit < 0x10000) {
            *at++ = (unsigned char)(0xE0 | unit >> 12);
        } else {
            *at++ = (unsigned char)(0xF0 | unit >> 18);
            *at++ = (unsigned char)(0x80 | (unit >> 12 & 0x3F));
        }
        *at++ = (unsigned char)(0x80 | (unit >> 6 & 0x3F));
    }
    *at++ = (unsigned char)(0x80 | (unit & 0x3F));
    return at;
}

static bool is_plain(const char *bytes, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++) {
        if ((unsigned char)bytes[i] >= 0x80)
            return false;
    }
    return true;
}

static bool is_surrogate(uint32_t unit, uint32_t first)
{
    return unit >= first && unit < first + 0x400;
}

void js_push_text(duk_context *duk, const char *bytes, size_t length)
{
    struct reader reader = { (const unsigned char *)bytes, (const unsigned char *)bytes + length };
    unsigned char *start;
    unsigned char *at;

    if (is_plain(bytes, length)) {
        duk_push_lstring(duk, bytes, length);
        return;
    }
    start = duk_push_fixed_buffer(duk, length * 3);
    for (at = start; reader.at < reader.end;) {
        uint32_t unit = next_unit(&reader);

        if (unit >= 0x10000) {
            at = put_unit(at, 0xD800 + (unit - 0x10000) / 0x400);
            unit = 0xDC00 + (unit - 0x10000) % 0x400;
        }
        at = put_unit(at, unit);
    }
    duk_push_lstring(duk, (const char *)start, (size_t)(at - start));
    duk_remove(duk, -2);
}

/* A surrogate and its other half are one character; one that is alone is none. */
static uint32_t joined(struct reader *reader, uint32_t unit)
{
    struct reader ahead = *reader;
    uint32_t low;

    if (!is_surrogate(unit, 0xD800) || ahead.at == ahead.end)
        return is_surrogate(unit, 0xD800) || is_surrogate(unit, 0xDC00) ? 0xFFFD : unit;
    low = next_unit(&ahead);
    if (!is_surrogate(low, 0xDC00))
        return 0xFFFD;
    *reader = ahead;
    return 0x10000 + (unit - 0xD800) * 0x400 + (low - 0xDC00);
}

/* How many bytes a text of the engine's has as UTF-8; is it that already? */
static size_t measure(struct reader reader, bool *is_utf8_out)
{
    size_t length = 0;

    *is_utf8_out = true;
    while (reader.at < reader.end) {
        const unsigned char *start = reader.at;
        unsigned char bytes[4];
        size_t size = (size_t)(put_unit(bytes, joined(&reader, next_unit(&reader))) - bytes);

        length += size;
        *is_utf8_out =
            *is_utf8_out && size == (size_t)(reader.at - start) && memcmp(bytes, start, size) == 0;
    }
    return length;
}

static struct js_value get_text(duk_context *duk, duk_idx_t index)
{
    struct js_value value = { JS_TEXT, { false } };
    struct reader reader;
    unsigned char *at;
    size_t length;
    bool is_utf8;

    value.as.text.bytes = duk_get_lstring(duk, index, &value.as.text.length);
    if (is_plain(value.as.text.bytes, value.as.text.length))
        return value;
    reader.at = (const unsigned char *)value.as.text.bytes;
    reader.end = reader.at + value.as.text.length;
    length = measure(reader, &is_utf8);
    if (is_utf8)
        return value;
    at = duk_push_fixed_buffer(duk, length + 1);
    value.as.text.bytes = (const char *)at;
    value.as.text.length = length;
    while (reader.at < reader.end)
        at = put_unit(at, joined(&reader, next_unit(&reader)));
    *at = '\0';
    return value;
}

static struct js_value get_object(duk_context *duk, duk_idx_t index)
{
    struct js_value value = { JS_OTHER, { false } };

    if (js_find_object(duk, index, &value.as.object)) {
        value.kind = JS_OBJECT;
    } else if (duk_is_function(duk, index)) {
        value.kind = JS_FUNCTION;
        value.as.function = js_pin_function(duk, index);
    } else {
        value.as.function = (uintptr_t)duk_get_heapptr(duk, index);
    }
    return value;
}

struct js_value js_get_value(duk_context *duk, duk_idx_t index)
{
    struct js_value other = { JS_OTHER, { false } };

    switch (duk_get_type(duk, index)) {
    case DUK_TYPE_NULL:
        other.kind = JS_NULL;
        return other;
    case DUK_TYPE_BOOLEAN:
        return js_bool(duk_get_boolean(duk, index) != 0);
    case DUK_TYPE_NUMBER:
        return js_number(duk_get_number(duk, index));
    case DUK_TYPE_STRING:
        return duk_is_symbol(duk, index) ? other : get_text(duk, index);
    case DUK_TYPE_OBJECT:
    case DUK_TYPE_LIGHTFUNC:
        return get_object(duk, index);
    case DUK_TYPE_BUFFER:
    case DUK_TYPE_POINTER:
        return other;
    }
    other.kind = JS_UNDEFINED;
    return other;
}

void js_push_value(duk_context *duk, const struct js_value *value)
{
    switch (value->kind) {
    case JS_NULL:
        duk_push_null(duk);
        return;
    case JS_BOOL:
        duk_push_boolean(duk, value->as.boolean);
        return;
    case JS_NUMBER:
        duk_push_number(duk, value->as.number);
        return;
    case JS_TEXT:
        js_push_text(duk, value->as.text.bytes, value->as.text.length);
        return;
    case JS_OBJECT:
        js_push_object(duk, &value->as.object);
        return;
    case JS_FUNCTION:
        if (!js_push_function(duk, value->as.function))
            duk_push_null(duk);
        return;
    case JS_UNDEFINED:
    case JS_OTHER:
        break;
    }
    duk_push_undefined(duk);
}
