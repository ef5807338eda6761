/* SPDX-License-Identifier: MIT */
#include "fuzz/media_round.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char header[] = "\x30\x26\xB2\x75\x8E\x66\xCF\x11"
                                 "\xA6\xD9\x00\xAA\x00\x62\xCE\x6C";

    media_round(data, size);
    media_round_as(header, 16, data, size);
    return 0;
}
