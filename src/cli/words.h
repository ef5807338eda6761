/* SPDX-License-Identifier: MIT */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include <stddef.h>

/* The name at an index of a list; NULL past the last. */
typedef const char *word_at(size_t index);

/* The name of the list that was probably meant by a misspelt word; NULL when none is near. */
const char *words_nearest(word_at *names, const char *word);

#endif
