/* SPDX-License-Identifier: MIT */
#include "cli/words.h"

#include <string.h>

/* Longer words are not compared: no name is nearly as long. */
#define WORD_MAXIMUM 40

/* A slip of the finger or two. */
#define NEAR 2

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to insert, delete or replace to make b of a (Levenshtein), by one row of the matrix. */
static size_t distance(const char *a, const char *b)
{
    size_t row[WORD_MAXIMUM + 1];
    size_t width = strlen(b);

    for (size_t i = 0; i <= width; i++)
        row[i] = i;
    for (size_t line = 1; a[line - 1] != '\0'; line++) {
        size_t diagonal = row[0];

        row[0] = line;
        for (size_t i = 1; i <= width; i++) {
            size_t replaced = diagonal + (a[line - 1] != b[i - 1]);

            diagonal = row[i];
            row[i] = smaller(replaced, smaller(row[i], row[i - 1]) + 1);
        }
    }
    return row[width];
}

const char *words_nearest(word_at *names, const char *word)
{
    const char *nearest = NULL;
    const char *name;
    size_t nearest_distance = NEAR + 1;

    if (strlen(word) > WORD_MAXIMUM)
        return NULL;
    for (size_t i = 0; (name = names(i)) != NULL; i++) {
        size_t d = distance(name, word);

        if (d < nearest_distance) {
            nearest = name;
            nearest_distance = d;
        }
    }
    return nearest;
}
