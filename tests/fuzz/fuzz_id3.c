/* SPDX-License-Identifier: MIT */
#include "fuzz/media_round.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    media_round(data, size);
    media_round_as("ID3", 3, data, size);
    return 0;
}
