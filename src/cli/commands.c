/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include <string.h>

static const struct cli_command *const commands[] = {
    &cmd_transfer, &cmd_serve, &cmd_explain, &cmd_backends, &cmd_config, &cmd_help,
};

#define COMMAND_COUNT (sizeof commands / sizeof commands[0])

/* Longer words are not compared: no verb is nearly as long. */
#define WORD_MAXIMUM 24

/* A slip of the finger or two. */
#define NEAR 2

const struct cli_command *commands_at(size_t index)
{
    return index < COMMAND_COUNT ? commands[index] : NULL;
}

const struct cli_command *commands_find(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    }
    return NULL;
}

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

const struct cli_command *commands_nearest(const char *name)
{
    const struct cli_command *nearest = NULL;
    size_t nearest_distance = NEAR + 1;

    if (strlen(name) > WORD_MAXIMUM)
        return NULL;
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        size_t d = distance(commands[i]->name, name);

        if (d < nearest_distance) {
            nearest = commands[i];
            nearest_distance = d;
        }
    }
    return nearest;
}
