/* SPDX-License-Identifier: MIT */
#include "script/document/html_charset.h"

#include <string.h>

#include "script/document/html_tokens.h"

#define LOOK_BYTES 1024 /* How far a <meta> or the first tag may be. */
#define MARK       "\xEF\xBB\xBF"

/* 0x80 to 0x9F; 0 where Windows-1252 has nothing. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static bool looks_like_html(const char *body, size_t length)
{
    size_t i = length >= 3 && memcmp(body, MARK, 3) == 0 ? 3 : 0;

    while (i < length && strchr(" \t\r\n\f", body[i]) != NULL && body[i] != '\0')
        i++;
    if (i + 1 >= length || body[i] != '<')
        return false;
    return body[i + 1] == '!' || ((body[i + 1] | 32) >= 'a' && (body[i + 1] | 32) <= 'z');
}

xbits_result html_check_type(const char *content_type, const char *body, size_t length)
{
    char type[64];

    text_copy_into(type, sizeof type, content_type);
    type[strcspn(type, "; \t")] = '\0';
    if (text_equal_ignoring_case(type, "text/html") ||
        text_equal_ignoring_case(type, "application/xhtml+xml"))
        return XBITS_S_OK;
    if (type[0] != '\0')
        return xbits_fail(XBITS_ERROR_INVALID_DATA, "the content is %s and not HTML",
                          text_make_printable(type));
    if (length == 0)
        return xbits_fail(XBITS_ERROR_INVALID_DATA, "the content is empty and not HTML");
    if (!looks_like_html(body, length))
        return xbits_fail(XBITS_ERROR_INVALID_DATA,
                          "the content has no type and does not begin as HTML does");
    return XBITS_S_OK;
}

/* The word after "charset=": false when there is none. */
static bool find_charset(const char *string, char name[32])
{
    static const char key[] = "charset=";
    size_t length;

    for (; *string != '\0' && !text_starts_with_ignoring_case(string, key); string++)
        continue;
    if (*string == '\0')
        return false;
    string += sizeof key - 1;
    string += strspn(string, " \"'");
    length = strcspn(string, " \"';>/\t\r\n");
    if (length == 0 || length > 31)
        return false;
    memcpy(name, string, length);
    name[length] = '\0';
    return true;
}

static bool find_meta(const char *body, size_t length, char name[32])
{
    char head[LOOK_BYTES + 1];
    size_t count = length < LOOK_BYTES ? length : LOOK_BYTES;
    const char *meta = head;

    memcpy(head, body, count);
    head[count] = '\0';
    for (size_t i = 0; i < count; i++)
        if (head[i] == '\0')
            head[i] = ' ';
    for (; *meta != '\0'; meta++)
        if (text_starts_with_ignoring_case(meta, "<meta"))
            return find_charset(meta, name);
    return false;
}

static bool is_latin(const char *name)
{
    static const char *const names[] = { "windows-1252", "iso-8859-1", "latin1", "us-ascii",
                                         "cp1252" };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (text_equal_ignoring_case(name, names[i]))
            return true;
    return false;
}

static xbits_result add_latin(const char *body, size_t length, struct text *text)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)body[i];

        TRY(html_add_character(text, c >= 0x80 && c < 0xA0 ? windows_1252[c - 0x80] : c));
    }
    return XBITS_S_OK;
}

/* body + length must be readable up to a NUL, which struct text has. */
static xbits_result add_utf8(const char *body, size_t length, struct text *text)
{
    size_t good = 0;

    for (size_t i = 0; i < length;) {
        size_t sequence = text_sequence_length(body + i);

        if (sequence > 0 && body[i] != '\0') {
            i += sequence;
            continue;
        }
        TRY(text_append(text, body + good, i - good));
        TRY(html_add_character(text, 0xFFFD));
        good = ++i;
    }
    return text_append(text, body + good, length - good);
}

static bool is_all_utf8(const char *body, size_t length)
{
    size_t i = 0;

    while (i < length) {
        size_t sequence = body[i] == '\0' ? 1 : text_sequence_length(body + i);

        if (sequence == 0)
            return false;
        i += sequence;
    }
    return true;
}

xbits_result html_decode(const char *content_type, const char *body, size_t length,
                         struct text *text)
{
    char name[32] = "";

    if (length == 0)
        return XBITS_S_OK;
    if (length >= 3 && memcmp(body, MARK, 3) == 0)
        return add_utf8(body + 3, length - 3, text);
    if (!find_charset(content_type, name))
        (void)find_meta(body, length, name);
    if (is_latin(name) || (name[0] == '\0' && !is_all_utf8(body, length)))
        return add_latin(body, length, text);
    return add_utf8(body, length, text);
}
