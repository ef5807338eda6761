/* SPDX-License-Identifier: MIT */
#include "base/result.h"
#include "fuzz/fuzz.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);
    xbits_result result = XBITS_S_OK;

    if (XBITS_SUCCEEDED(xbits_result_parse(text, &result))) {
        FUZZ_CHECK(xbits_result_name(result)[0] != '\0');
        FUZZ_CHECK(xbits_result_text(result)[0] != '\0');
    }
    free(text);
    return 0;
}
