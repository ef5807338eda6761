/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/file_name.h"
#include "base/text.h"
#include "base/url_text.h"
#include "fuzz/fuzz.h"
#include "job/file_rules.h"

#include <stdlib.h>
#include <string.h>

static void check_remote_name(const char *name)
{
    char *path = NULL;

    if (XBITS_FAILED(rule_remote_name(name, XBITS_TYPE_DOWNLOAD)))
        return;
    FUZZ_CHECK(text_is_utf8(name) && name[0] != '\0');
    FUZZ_CHECK(remote_protocol_name(remote_protocol_of(name)) != NULL);
    if (file_name_is_one(name) && XBITS_SUCCEEDED(file_name_to_path(name, &path)))
        FUZZ_CHECK(path[0] != '\0');
    free(path);
}

static void check_local_name(const char *name)
{
    const struct name_quirks quirks = { .long_paths = true, .windows_names = true };

    (void)rule_local_name(name);
    (void)rule_local_name_with(name, quirks);
    (void)rule_display_name(name);
}

/* What is shown of a text between the colon and the "@" is never what was there. */
static void check_shown(const char *name)
{
    struct url_text shown = url_text(name);
    struct text whole = { 0 };

    FUZZ_CHECK(memchr(shown.c, 0, sizeof shown.c) != NULL);
    FUZZ_CHECK(XBITS_SUCCEEDED(url_text_add(&whole, name)));
    FUZZ_CHECK(strncmp(shown.c, text_c(&whole), strcspn(shown.c, ".")) == 0);
    FUZZ_CHECK(XBITS_SUCCEEDED(url_text_add_list(&whole, name)));
    text_dispose(&whole);
}

static void check_password(const char *name)
{
    struct text url = { 0 };

    FUZZ_CHECK(XBITS_SUCCEEDED(text_format(&url, "http://u:p%s\x01w\x02@h/", name)));
    FUZZ_CHECK(strpbrk(name, "/?#@") != NULL || strchr(url_text(text_c(&url)).c, '\x01') == NULL);
    text_dispose(&url);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);

    check_remote_name(text);
    check_local_name(text);
    check_shown(text);
    check_password(text);
    free(text);
    return 0;
}
