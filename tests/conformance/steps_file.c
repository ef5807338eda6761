/* SPDX-License-Identifier: MIT */
#include "conformance/steps.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "wire/resource.h"

#define BLOCK_SIZE 65536

void write_file(struct harness *harness, const char *name, const char *text)
{
    temp_directory_write(&harness->directory, name, text, strlen(text));
}

bool file_exists(struct harness *harness, const char *name)
{
    return temp_directory_has(&harness->directory, name);
}

size_t entries_in(struct harness *harness)
{
    return temp_directory_count(&harness->directory);
}

/* What the bytes at an offset have to be. */
static void expected_block(const struct served *served, uint64_t offset, char *bytes, size_t size)
{
    if (served->text != NULL)
        memcpy(bytes, served->text + offset, size);
    else
        resource_pattern(served->pattern, offset, bytes, size);
}

/* Where the file first differs from what is served; UINT64_MAX: nowhere. */
static uint64_t first_difference(FILE *file, const struct served *served, uint64_t size)
{
    static char seen[BLOCK_SIZE];
    static char expected[BLOCK_SIZE];

    for (uint64_t offset = 0; offset < size; offset += BLOCK_SIZE) {
        size_t step = size - offset < BLOCK_SIZE ? (size_t)(size - offset) : BLOCK_SIZE;

        if (fread(seen, 1, step, file) != step)
            return offset;
        expected_block(served, offset, expected, step);
        if (memcmp(seen, expected, step) != 0)
            return offset;
    }
    return fgetc(file) == EOF ? UINT64_MAX : size;
}

void expect_content_at(struct harness *harness, const char *name, const struct served *served,
                       const char *file, int line)
{
    uint64_t size = served->text != NULL ? strlen(served->text) : served->size;
    FILE *stream = fopen(harness_path(harness, name), "rb");
    uint64_t difference = 0;

    if (stream != NULL) {
        difference = first_difference(stream, served, size);
        fclose(stream);
    }
    if (difference == UINT64_MAX)
        return;
    print_error("%s %s %" PRIu64 "\n", name,
                stream == NULL ? "does not exist;" : "differs from what is served near offset",
                difference);
    _fail(file, line);
}
