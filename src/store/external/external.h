/* SPDX-License-Identifier: MIT */
#ifndef STORE_EXTERNAL_EXTERNAL_H
#define STORE_EXTERNAL_EXTERNAL_H

#include "base/text.h"
#include "store/external/shell.h"
#include "xbits/external.h"

struct xbits_external {
    struct xbits_external_options options;
    struct color_listener listener;
    bool has_function; /* OnColorChange */
    uint64_t function;
    struct text result; /* The text that the last call answered. */
};

/* Takes the function that is called at a change of colours; has_function false: none is. */
void external_hook(struct xbits_external *external, bool has_function, uint64_t function);

#endif
