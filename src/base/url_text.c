/* SPDX-License-Identifier: MIT */
#include "base/url_text.h"

#include <string.h>

#define MASK     "***"
#define ELLIPSIS "..."
#define BLANKS   " \t\r\n"

/* A text in three pieces; nothing is between the outer two when there is no password. */
struct split {
    size_t head; /* Bytes up to and with the colon before the password, or all of them. */
    size_t tail; /* Where the "@" after it is, or the end. */
};

/* "C:\" and "C:/" */
static bool has_drive(const char *text, size_t length)
{
    return length > 2 && text[1] == ':' && (text[2] == '\\' || text[2] == '/') &&
           ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z'));
}

/* Where a server may be named; length: nowhere, it is a path. */
static size_t find_authority(const char *text, size_t length)
{
    for (size_t i = 0; i + 3 <= length; i++) {
        if (memcmp(text + i, "://", 3) == 0)
            return i + 3;
    }
    if (length >= 2 && memcmp(text, "//", 2) == 0)
        return 2;
    if (length == 0 || text[0] == '/' || text[0] == '\\' || has_drive(text, length))
        return length;
    return 0;
}

static size_t find_any(const char *text, size_t from, size_t to, const char *wanted)
{
    while (from < to && strchr(wanted, text[from]) == NULL)
        from++;
    return from;
}

/* The last "@", or to. */
static size_t find_last_at(const char *text, size_t from, size_t to)
{
    for (size_t i = to; i > from; i--) {
        if (text[i - 1] == '@')
            return i - 1;
    }
    return to;
}

static bool is_port(const char *text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
    }
    return from < to;
}

/*
 * The last "@" of the authority ends the user's part: a password may hold others. A password with
 * a "/", "?" or "#" that was not escaped ends the authority too early; it is told from a port by
 * not being a number.
 */
static struct split split(const char *text, size_t length)
{
    const struct split whole = { length, length };
    size_t from = find_authority(text, length);
    size_t to = find_any(text, from, length, "/?#");
    size_t at = find_last_at(text, from, to);
    size_t colon;

    if (at == to && from < length && text[from] == '[')
        return whole;
    colon = find_any(text, from, at, ":");
    if (colon == at)
        return whole;
    if (at == to) {
        if (is_port(text, colon + 1, to))
            return whole;
        at = find_last_at(text, to, length);
    }
    return at == length ? whole : (struct split){ colon + 1, at };
}

/* Copies what fits and counts all. */
static size_t put(struct url_text *shown, size_t used, const char *bytes, size_t length)
{
    size_t room = used < sizeof(shown->c) - 1 ? sizeof(shown->c) - 1 - used : 0;

    memcpy(shown->c + (room > 0 ? used : 0), bytes, length < room ? length : room);
    return used + length;
}

struct url_text url_text(const char *url)
{
    struct url_text shown = { "" };
    size_t length = strlen(url);
    struct split parts = split(url, length);
    size_t used = put(&shown, 0, url, parts.head);

    if (parts.tail < length)
        used = put(&shown, used, MASK, strlen(MASK));
    used = put(&shown, used, url + parts.tail, length - parts.tail);
    if (used < sizeof(shown.c))
        return shown;
    struct url_text cut;
    text_copy_into(cut.c, sizeof(cut.c) - strlen(ELLIPSIS), shown.c);
    memcpy(cut.c + strlen(cut.c), ELLIPSIS, sizeof(ELLIPSIS));
    return cut;
}

static xbits_result add(struct text *text, const char *url, size_t length)
{
    struct split parts = split(url, length);

    TRY(text_append(text, url, parts.head));
    if (parts.tail < length)
        TRY(text_add(text, MASK));
    return text_append(text, url + parts.tail, length - parts.tail);
}

xbits_result url_text_add(struct text *text, const char *url)
{
    return add(text, url, strlen(url));
}

xbits_result url_text_add_list(struct text *text, const char *list)
{
    while (*list != '\0') {
        size_t blanks = strspn(list, BLANKS);
        size_t word = strcspn(list + blanks, BLANKS);

        TRY(text_append(text, list, blanks));
        TRY(add(text, list + blanks, word));
        list += blanks + word;
    }
    return XBITS_S_OK;
}
