/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_TEMP_DIRECTORY_H
#define SUPPORT_TEMP_DIRECTORY_H

#include <stdbool.h>
#include <stddef.h>

/* A directory of a test's own. What goes wrong here fails the test. */
#define TEMP_PATH_SIZE 512

struct temp_directory {
    char path[TEMP_PATH_SIZE / 2]; /* Absolute, below $TMPDIR or /tmp. */
};

void temp_directory_make(struct temp_directory *directory);

/* Removes it with all it contains, whatever the permissions. A zeroed one is fine. */
void temp_directory_remove(struct temp_directory *directory);

/* "<directory>/<name>". Returns path. */
char *temp_directory_join(const struct temp_directory *directory, const char *name,
                          char path[TEMP_PATH_SIZE]);

/* Entries but "." and "..". */
size_t temp_directory_count(const struct temp_directory *directory);
bool temp_directory_has(const struct temp_directory *directory, const char *name);

/* Makes or replaces a file. */
void temp_directory_write(const struct temp_directory *directory, const char *name,
                          const void *bytes, size_t size);
/* The whole file in a new block with a NUL behind it: free() it. size_out may be NULL. */
char *temp_directory_read(const struct temp_directory *directory, const char *name,
                          size_t *size_out);

#endif
