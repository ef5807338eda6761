/* SPDX-License-Identifier: MIT */
#include "base/config.h"
#include "base/text.h"
#include "fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

/* config_visit */
static xbits_result check(const struct config_entry *entry, void *user)
{
    int *line = user;

    FUZZ_CHECK(entry->line > *line);
    FUZZ_CHECK(entry->section[0] != '\0' && strlen(entry->section) <= 48);
    FUZZ_CHECK(entry->key[0] != '\0' && strlen(entry->key) <= 48);
    FUZZ_CHECK(text_is_utf8(entry->value));
    *line = entry->line;
    return XBITS_S_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);
    int line = 0;
    xbits_result result = config_read_text("fuzz", text, check, &line);

    FUZZ_CHECK(XBITS_SUCCEEDED(result) || text_is_utf8(xbits_last_error()->message));
    free(text);
    return 0;
}
