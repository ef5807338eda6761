/* SPDX-License-Identifier: MIT */
#ifndef XBITS_EXPORT_H
#define XBITS_EXPORT_H

/* What a shared library shows of itself. XBITS_STATIC is set by programs that link the static one.
 */
#if defined(_WIN32) && !defined(XBITS_STATIC)
#if defined(XBITS_BUILDING)
#define XBITS_API __declspec(dllexport)
#else
#define XBITS_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define XBITS_API __attribute__((visibility("default")))
#else
#define XBITS_API
#endif

#endif
