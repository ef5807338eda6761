/* SPDX-License-Identifier: MIT */
#include "script/cookies/cookie.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

/* domain, are hosts below it meant, path, is it secure, expiry in seconds since 1970, name, value:
 * with a tab between each two. */
enum field { DOMAIN, IS_WIDE, PATH, IS_SECURE, EXPIRY, NAME, VALUE };
#define FIELD_COUNT 7

#define LINE_MAXIMUM   (COOKIE_BYTES_MAXIMUM + 64)
#define EXPIRY_MAXIMUM UINT64_C(253402300799) /* The year 9999 ends. */

static const char http_only[] = "#HttpOnly_";
const char cookie_file_head[] = "# Netscape HTTP Cookie File\n";

static bool split_fields(char *line, char *fields[FIELD_COUNT])
{
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        char *tab = strchr(line, '\t');

        if ((tab == NULL) != (i == VALUE))
            return false;
        fields[i] = line;
        if (tab != NULL) {
            *tab = '\0';
            line = tab + 1;
        }
    }
    return true;
}

static bool parse_flag(const char *text, bool *flag_out)
{
    *flag_out = strcmp(text, "TRUE") == 0;
    return *flag_out || strcmp(text, "FALSE") == 0;
}

/* Those of a session, with an expiry of 0, are not in our files. */
static bool read_facts(char *fields[FIELD_COUNT], struct cookie *cookie)
{
    uint64_t seconds = 0;
    bool is_wide = false;

    if (!parse_flag(fields[IS_WIDE], &is_wide) ||
        !parse_flag(fields[IS_SECURE], &cookie->is_secure) ||
        !text_parse_u64(fields[EXPIRY], EXPIRY_MAXIMUM, &seconds) || seconds == 0)
        return false;
    cookie->is_host_only = !is_wide;
    cookie->has_expiry = true;
    cookie->expiry = CLOCK_UNIX_EPOCH + (int64_t)seconds * CLOCK_TICKS_PER_S;
    return true;
}

static xbits_result copy_texts(char *fields[FIELD_COUNT], struct cookie *cookie)
{
    TRY(text_copy(fields[DOMAIN] + (fields[DOMAIN][0] == '.' ? 1 : 0), &cookie->domain));
    TRY(text_copy(fields[PATH], &cookie->path));
    TRY(text_copy(fields[NAME], &cookie->name));
    return text_copy(fields[VALUE], &cookie->value);
}

static xbits_result read_line(struct cookie_jar *jar, char *line)
{
    char *fields[FIELD_COUNT];
    struct cookie cookie = { 0 };
    xbits_result result;

    if (text_starts_with(line, http_only)) {
        cookie.is_http_only = true;
        line += strlen(http_only);
    }
    if (line[0] == '#' || !split_fields(line, fields) || !read_facts(fields, &cookie))
        return XBITS_S_OK;
    result = copy_texts(fields, &cookie);
    if (XBITS_SUCCEEDED(result) && cookie_is_sound(&cookie))
        cookie_jar_take(jar, &cookie);
    else
        cookie_dispose(&cookie);
    return result;
}

xbits_result cookie_file_read(struct cookie_jar *jar, const char *bytes, size_t size)
{
    const char *end = bytes + size;
    char line[LINE_MAXIMUM + 1];

    while (bytes < end) {
        const char *newline = memchr(bytes, '\n', (size_t)(end - bytes));
        const char *next = newline != NULL ? newline + 1 : end;
        size_t length = (size_t)((newline != NULL ? newline : end) - bytes);

        if (length > 0 && bytes[length - 1] == '\r')
            length--;
        if (length < sizeof(line) && memchr(bytes, '\0', length) == NULL) {
            memcpy(line, bytes, length);
            line[length] = '\0';
            TRY(read_line(jar, line));
        }
        bytes = next;
    }
    return XBITS_S_OK;
}

static const char *flag_text(bool flag)
{
    return flag ? "TRUE" : "FALSE";
}

xbits_result cookie_file_add_line(const struct cookie *cookie, struct text *content)
{
    const int64_t seconds = (cookie->expiry - CLOCK_UNIX_EPOCH) / CLOCK_TICKS_PER_S;

    return text_format(content, "%s%s%s\t%s\t%s\t%s\t%" PRId64 "\t%s\t%s\n",
                       cookie->is_http_only ? http_only : "", cookie->is_host_only ? "" : ".",
                       cookie->domain, flag_text(!cookie->is_host_only), cookie->path,
                       flag_text(cookie->is_secure), seconds, cookie->name, cookie->value);
}
