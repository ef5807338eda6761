/* SPDX-License-Identifier: MIT */
#include "support/temp_directory.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/cmocka.h"

void temp_directory_make(struct temp_directory *directory)
{
    const char *place = getenv("TMPDIR");
    int length = snprintf(directory->path, sizeof(directory->path), "%s/xbits-test-XXXXXX",
                          place != NULL && place[0] == '/' ? place : "/tmp");

    assert_in_range(length, 1, sizeof(directory->path) - 1);
    assert_non_null(mkdtemp(directory->path));
}

static bool is_dot(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static void remove_entry(int parent, const char *name);

/* Takes the descriptor. */
static void remove_contents(int descriptor)
{
    DIR *stream = fdopendir(descriptor);
    struct dirent *entry;

    assert_non_null(stream);
    while ((entry = readdir(stream)) != NULL) {
        if (!is_dot(entry->d_name))
            remove_entry(descriptor, entry->d_name);
    }
    closedir(stream);
}

/* Follows no link, so it stays within the directory. */
static void remove_entry(int parent, const char *name)
{
    struct stat status;
    int descriptor;

    assert_int_equal(fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW), 0);
    if (S_ISDIR(status.st_mode)) {
        fchmodat(parent, name, 0700, 0);
        descriptor = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        assert_true(descriptor >= 0);
        remove_contents(descriptor);
    }
    assert_int_equal(unlinkat(parent, name, S_ISDIR(status.st_mode) ? AT_REMOVEDIR : 0), 0);
}

void temp_directory_remove(struct temp_directory *directory)
{
    if (directory->path[0] == '\0')
        return;
    remove_entry(AT_FDCWD, directory->path);
    directory->path[0] = '\0';
}

char *temp_directory_join(const struct temp_directory *directory, const char *name,
                          char path[TEMP_PATH_SIZE])
{
    int length = snprintf(path, TEMP_PATH_SIZE, "%s/%s", directory->path, name);

    assert_in_range(length, 1, TEMP_PATH_SIZE - 1);
    return path;
}

size_t temp_directory_count(const struct temp_directory *directory)
{
    DIR *stream = opendir(directory->path);
    struct dirent *entry;
    size_t count = 0;

    assert_non_null(stream);
    while ((entry = readdir(stream)) != NULL)
        count += is_dot(entry->d_name) ? 0 : 1;
    closedir(stream);
    return count;
}

bool temp_directory_has(const struct temp_directory *directory, const char *name)
{
    char path[TEMP_PATH_SIZE];
    struct stat status;

    return lstat(temp_directory_join(directory, name, path), &status) == 0;
}

void temp_directory_write(const struct temp_directory *directory, const char *name,
                          const void *bytes, size_t size)
{
    char path[TEMP_PATH_SIZE];
    FILE *file = fopen(temp_directory_join(directory, name, path), "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

char *temp_directory_read(const struct temp_directory *directory, const char *name,
                          size_t *size_out)
{
    char path[TEMP_PATH_SIZE];
    FILE *file = fopen(temp_directory_join(directory, name, path), "rb");
    struct stat status;
    size_t size;
    char *bytes;

    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &status), 0);
    size = (size_t)status.st_size;
    bytes = malloc(size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, size, file), size);
    fclose(file);
    bytes[size] = '\0';
    if (size_out != NULL)
        *size_out = size;
    return bytes;
}
