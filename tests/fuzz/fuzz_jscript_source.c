/* SPDX-License-Identifier: MIT */
#include "fuzz/fuzz.h"
#include "script/engine/jscript_source.h"

#include <stdlib.h>
#include <string.h>

static size_t count(const char *bytes, size_t length, char wanted)
{
    size_t found = 0;
    size_t i;

    for (i = 0; i < length; i++)
        found += bytes[i] == wanted ? 1 : 0;
    return found;
}

/* Lines stay lines, and nothing is made but what a definition needs. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *script = (const char *)data;
    struct text text = { 0 };
    struct text again = { 0 };
    size_t added;

    FUZZ_CHECK(XBITS_SUCCEEDED(jscript_source_rewrite(script, size, &text)));
    FUZZ_CHECK(count(script, size, '\n') == count(text_c(&text), text.length, '\n'));
    FUZZ_CHECK(count(script, size, '{') == count(text_c(&text), text.length, '{'));
    added = count(text_c(&text), text.length, '=') - count(script, size, '=');
    FUZZ_CHECK(text.length <= size + added);
    FUZZ_CHECK(text.length >= size);
    FUZZ_CHECK(added > 0 || size == 0 || memcmp(text_c(&text), script, size) == 0);

    FUZZ_CHECK(XBITS_SUCCEEDED(jscript_source_rewrite(text_c(&text), text.length, &again)));
    text_dispose(&again);
    text_dispose(&text);
    return 0;
}
