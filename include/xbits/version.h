/* SPDX-License-Identifier: MIT */
#ifndef XBITS_VERSION_H
#define XBITS_VERSION_H

#include "xbits/export.h"

#define XBITS_VERSION_MAJOR 0
#define XBITS_VERSION_MINOR 1
#define XBITS_VERSION_PATCH 0
#define XBITS_VERSION       "0.1.0"

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library that runs, "0.1.0". */
XBITS_API const char *xbits_version(void);

#ifdef __cplusplus
}
#endif

#endif
