/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/script_origin.h"
#include "fuzz/fuzz.h"

#include <stdlib.h>

static void ask(struct script_origin *origin)
{
    static const char *const urls[] = { "http://h/a", "HTTPS://H", "http://h/a?b#c", "none" };

    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        const struct script_section *section = script_origin_request(origin, urls[i]);
        FUZZ_CHECK(section == NULL || script_origin_has_server(origin, urls[i]));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);
    struct script_origin *origin = NULL;

    if (XBITS_SUCCEEDED(script_origin_parse(text, &origin)))
        ask(origin);
    script_origin_release(origin);
    free(text);
    return 0;
}
