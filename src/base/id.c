/* SPDX-License-Identifier: MIT */
#include "base/id.h"

#include <string.h>

#include "base/result.h"

#define BARE_LENGTH 36

/* The braced form; every x is one digit of the sixteen bytes in order. */
static const char pattern[] = "{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}";

void id_to_bytes(const struct xbits_id *id, uint8_t bytes[ID_BYTES])
{
    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(id->data1 >> (24 - 8 * i));
    for (int i = 0; i < 2; i++) {
        bytes[4 + i] = (uint8_t)(id->data2 >> (8 - 8 * i));
        bytes[6 + i] = (uint8_t)(id->data3 >> (8 - 8 * i));
    }
    memcpy(bytes + 8, id->data4, sizeof(id->data4));
}

void id_from_bytes(const uint8_t bytes[ID_BYTES], struct xbits_id *id_out)
{
    id_out->data1 = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
                    (uint32_t)bytes[3];
    id_out->data2 = (uint16_t)(bytes[4] << 8 | bytes[5]);
    id_out->data3 = (uint16_t)(bytes[6] << 8 | bytes[7]);
    memcpy(id_out->data4, bytes + 8, sizeof(id_out->data4));
}

bool xbits_id_equal(const struct xbits_id *a, const struct xbits_id *b)
{
    return a->data1 == b->data1 && a->data2 == b->data2 && a->data3 == b->data3 &&
           memcmp(a->data4, b->data4, sizeof(a->data4)) == 0;
}

bool xbits_id_is_null(const struct xbits_id *id)
{
    static const struct xbits_id null_id;

    return xbits_id_equal(id, &null_id);
}

char *xbits_id_format(const struct xbits_id *id, char text[XBITS_ID_TEXT_SIZE])
{
    uint8_t bytes[16];
    size_t digit = 0;

    id_to_bytes(id, bytes);
    for (size_t i = 0; i < sizeof(pattern); i++) {
        text[i] = pattern[i];
        if (pattern[i] == 'x') {
            text[i] = "0123456789ABCDEF"[bytes[digit / 2] >> (digit % 2 == 0 ? 4 : 0) & 0xF];
            digit++;
        }
    }
    return text;
}

/* Value of a digit of base sixteen; -1 when it is none. */
static int hex_value(char digit)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *found = digit != '\0' ? strchr(digits, digit) : NULL;

    return found != NULL ? (int)(found - digits) % 16 : -1;
}

/* shape is the pattern with or without its braces. */
static bool read_digits(const char *text, const char *shape, size_t length, uint8_t bytes[16])
{
    size_t digit = 0;

    for (size_t i = 0; i < length; i++) {
        int value = hex_value(text[i]);

        if (shape[i] != 'x') {
            if (text[i] != shape[i])
                return false;
            continue;
        }
        if (value < 0)
            return false;
        bytes[digit / 2] = (uint8_t)(bytes[digit / 2] << 4 | value);
        digit++;
    }
    return true;
}

xbits_result xbits_id_parse(const char *text, struct xbits_id *id_out)
{
    uint8_t bytes[16] = { 0 };
    size_t braces = text[0] == '{' ? 1 : 0;
    size_t length = BARE_LENGTH + 2 * braces;

    if (strlen(text) != length || !read_digits(text, pattern + 1 - braces, length, bytes)) {
        return xbits_fail(XBITS_E_INVALIDARG,
                          "\"%.60s\" is not an id, which has the form %s in hexadecimal digits",
                          text, pattern);
    }
    id_from_bytes(bytes, id_out);
    return XBITS_S_OK;
}

int id_compare(const struct xbits_id *a, const struct xbits_id *b)
{
    uint8_t left[ID_BYTES];
    uint8_t right[ID_BYTES];

    id_to_bytes(a, left);
    id_to_bytes(b, right);
    return memcmp(left, right, sizeof left);
}
