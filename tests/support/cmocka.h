/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_CMOCKA_H
#define SUPPORT_CMOCKA_H

/* cmocka.h does not stand alone: these four come first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h> /* Beware of its macros fail, skip and run_test. */

#endif
