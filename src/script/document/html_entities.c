/* SPDX-License-Identifier: MIT */
#include "script/document/html_tokens.h"

#include <string.h>

#define ENTITY_NAME_MAXIMUM 8

struct entity {
    const char *name;
    uint32_t code;
};

/* Those that pages of stores have; the rest is shown as it stands. */
static const struct entity entities[] = {
    { "amp", '&' },       { "lt", '<' },        { "gt", '>' },       { "quot", '"' },
    { "apos", '\'' },     { "nbsp", 0xA0 },     { "iexcl", 0xA1 },   { "cent", 0xA2 },
    { "pound", 0xA3 },    { "curren", 0xA4 },   { "yen", 0xA5 },     { "sect", 0xA7 },
    { "copy", 0xA9 },     { "laquo", 0xAB },    { "reg", 0xAE },     { "deg", 0xB0 },
    { "plusmn", 0xB1 },   { "micro", 0xB5 },    { "para", 0xB6 },    { "middot", 0xB7 },
    { "frac14", 0xBC },   { "frac12", 0xBD },   { "raquo", 0xBB },   { "iquest", 0xBF },
    { "Auml", 0xC4 },     { "Ouml", 0xD6 },     { "Uuml", 0xDC },    { "auml", 0xE4 },
    { "ouml", 0xF6 },     { "uuml", 0xFC },     { "szlig", 0xDF },   { "times", 0xD7 },
    { "agrave", 0xE0 },   { "aacute", 0xE1 },   { "ccedil", 0xE7 },  { "egrave", 0xE8 },
    { "eacute", 0xE9 },   { "ecirc", 0xEA },    { "ntilde", 0xF1 },  { "oacute", 0xF3 },
    { "ndash", 0x2013 },  { "mdash", 0x2014 },  { "lsquo", 0x2018 }, { "rsquo", 0x2019 },
    { "ldquo", 0x201C },  { "rdquo", 0x201D },  { "bull", 0x2022 },  { "hellip", 0x2026 },
    { "lsaquo", 0x2039 }, { "rsaquo", 0x203A }, { "euro", 0x20AC },  { "trade", 0x2122 },
    { "larr", 0x2190 },   { "rarr", 0x2192 },
};

xbits_result html_add_character(struct text *text, uint32_t code)
{
    char bytes[4];
    size_t length = 0;

    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        code = 0xFFFD;
    if (code < 0x80) {
        bytes[length++] = (char)code;
    } else {
        size_t more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
        static const unsigned char leads[] = { 0, 0xC0, 0xE0, 0xF0 };

        bytes[length++] = (char)(leads[more] | code >> (6 * more));
        while (more-- > 0)
            bytes[length++] = (char)(0x80 | (code >> (6 * more) & 0x3F));
    }
    return text_append(text, bytes, length);
}

static int digit_of(char c, unsigned base)
{
    int digit = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : 99;

    return digit < (int)base ? digit : -1;
}

/* "#8364" and "#x20AC": how many bytes after the "#". */
static size_t read_number(const char *string, const char *end, uint32_t *code_out)
{
    unsigned base = end - string > 1 && (*string == 'x' || *string == 'X') ? 16 : 10;
    const char *at = base == 16 ? string + 1 : string;
    const char *digits = at;
    uint32_t code = 0;

    for (; at < end && digit_of(*at, base) >= 0; at++)
        if (code <= 0x10FFFF)
            code = code * base + (uint32_t)digit_of(*at, base);
    *code_out = code;
    return at == digits ? 0 : (size_t)(at - string);
}

static size_t read_name(const char *string, const char *end, uint32_t *code_out)
{
    size_t length = 0;

    while (length < ENTITY_NAME_MAXIMUM && string + length < end &&
           ((string[length] | 32) >= 'a' && (string[length] | 32) <= 'z'))
        length++;
    while (length > 0 && length < ENTITY_NAME_MAXIMUM && string + length < end &&
           string[length] >= '0' && string[length] <= '9')
        length++;
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
        const struct entity *entity = &entities[i];

        if (strlen(entity->name) == length && memcmp(entity->name, string, length) == 0) {
            *code_out = entity->code;
            return length;
        }
    }
    return 0;
}

xbits_result html_entity(const char *string, const char *end, struct text *text, size_t *taken_out)
{
    const char *name = string + 1;
    uint32_t code = 0;
    size_t length;

    if (name < end && *name == '#') {
        length = read_number(name + 1, end, &code);
        length += length > 0;
    } else {
        length = read_name(name, end, &code);
    }
    if (length == 0) {
        *taken_out = 1;
        return text_append(text, string, 1);
    }
    *taken_out = 1 + length + (name + length < end && name[length] == ';');
    return html_add_character(text, code);
}
