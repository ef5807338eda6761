/* SPDX-License-Identifier: MIT */
#include "xbits/version.h"

const char *xbits_version(void)
{
    return XBITS_VERSION;
}
