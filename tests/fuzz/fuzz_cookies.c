/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "fuzz/fuzz.h"
#include "script/cookies/cookie.h"

#include <stdlib.h>
#include <string.h>

static const struct cookie_place place = { .host = "www.shop.example",
                                           .path = "/music/page",
                                           .is_secure = true };

static struct cookie_jar *open_jar(void)
{
    struct cookie_jar *jar = NULL;

    FUZZ_CHECK(XBITS_SUCCEEDED(cookie_jar_open(disk_system(), NULL, &jar)));
    return jar;
}

/* What comes out is one line, and one that a request can bear. */
static void check_jar(struct cookie_jar *jar)
{
    struct text line = { 0 };

    FUZZ_CHECK(XBITS_SUCCEEDED(cookie_jar_get(jar, &place, CLOCK_VIRTUAL_START, &line)));
    FUZZ_CHECK(text_is_utf8(text_c(&line)) && strpbrk(text_c(&line), "\t\r\n") == NULL);
    FUZZ_CHECK(line.length == strlen(text_c(&line)));
    text_dispose(&line);
}

/* What was taken from a line and is written is read again as it was. */
static void check_round(const struct cookie *cookie)
{
    struct cookie_jar *jar = open_jar();
    struct text content = { 0 };
    struct text line = { 0 };

    FUZZ_CHECK(XBITS_SUCCEEDED(cookie_file_add_line(cookie, &content)));
    FUZZ_CHECK(XBITS_SUCCEEDED(cookie_file_read(jar, text_c(&content), content.length)));
    FUZZ_CHECK(XBITS_SUCCEEDED(cookie_jar_get(jar, &place, 0, &line)));
    if (cookie_is_for(cookie, &place))
        FUZZ_CHECK(strlen(cookie->name) + 1 + strlen(cookie->value) == line.length);
    text_dispose(&line);
    text_dispose(&content);
    cookie_jar_close(jar);
}

static void check_line(const char *line)
{
    struct cookie cookie = { 0 };

    if (cookie_parse(&place, line, CLOCK_VIRTUAL_START, &cookie) != XBITS_S_OK)
        return;
    FUZZ_CHECK(cookie_is_sound(&cookie));
    if (cookie.has_expiry && cookie.expiry > CLOCK_UNIX_EPOCH + CLOCK_TICKS_PER_S)
        check_round(&cookie);
    cookie_dispose(&cookie);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cookie_jar *jar = open_jar();
    char *text = fuzz_text(data, size);

    FUZZ_CHECK(XBITS_SUCCEEDED(cookie_file_read(jar, (const char *)data, size)));
    check_jar(jar);
    check_line(text);
    FUZZ_CHECK(XBITS_SUCCEEDED(cookie_jar_set(jar, &place, text, CLOCK_VIRTUAL_START)));
    check_jar(jar);
    free(text);
    cookie_jar_close(jar);
    return 0;
}
