/* SPDX-License-Identifier: MIT */
#include "base/url.h"
#include "fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

/* What is taken is normal: taken again it is the same. */
static void check_normal(const char *base, const char *reference)
{
    struct text once = { 0 };
    struct text twice = { 0 };

    if (XBITS_SUCCEEDED(url_resolve(base, reference, &once))) {
        FUZZ_CHECK(strpbrk(text_c(&once), " \t\r\n\"<>") == NULL);
        if (XBITS_SUCCEEDED(url_resolve(NULL, text_c(&once), &twice)))
            FUZZ_CHECK(strcmp(text_c(&once), text_c(&twice)) == 0);
        else
            FUZZ_CHECK(once.length > URL_BYTES_MAXIMUM);
    }
    text_dispose(&twice);
    text_dispose(&once);
}

static void check_parts(const char *reference)
{
    struct url url = { 0 };
    struct text path = { 0 };

    if (XBITS_SUCCEEDED(url_parse(reference, NULL, &url))) {
        FUZZ_CHECK(url.path[0] == '/');
        FUZZ_CHECK(strstr(url.path, "/../") == NULL && strstr(url.path, "/./") == NULL);
        FUZZ_CHECK((url.host[0] == '\0') == (url.scheme == URL_FILE));
        FUZZ_CHECK(strpbrk(url.host, "/\\@?#%") == NULL);
        if (XBITS_SUCCEEDED(url_unescape(url.path, &path)))
            FUZZ_CHECK(path.length == strlen(text_c(&path)) && path.length <= strlen(url.path));
    }
    text_dispose(&path);
    url_dispose(&url);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);

    check_normal(NULL, text);
    check_normal("http://u@host:81/a/b?c#d", text);
    check_normal("file:///a/b", text);
    check_parts(text);
    free(text);
    return 0;
}
