/* SPDX-License-Identifier: MIT */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A fuzz target: feeds one input to a reader of hostile text, and aborts when what comes out breaks
 * the reader's promise. main.c runs it over the seeds; with XBITS_FUZZ libFuzzer does.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size); /* The name is libFuzzer's. */

/* Holds in every build. */
#define FUZZ_CHECK(condition) ((condition) ? (void)0 : fuzz_fail(__FILE__, __LINE__, #condition))
void fuzz_fail(const char *file, int line, const char *condition);

/* The input as a text that ends at its first NUL or its end, on the heap. */
char *fuzz_text(const uint8_t *data, size_t size);

#endif
