/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/local_path.h"
#include "base/text.h"
#include "store/library/internal.h"

static size_t segment_length(const char *path)
{
    size_t length = 0;

    while (path[length] != '\0' && !local_path_is_separator(path[length]))
        length++;
    return length;
}

/* Not empty, and neither "." nor "..". */
static bool is_name(const char *segment, size_t length)
{
    const size_t dots = strspn(segment, ".");

    return length > 0 && (length > 2 || dots < length);
}

bool library_is_entry_path(enum xbits_media_kind kind, const char *path)
{
    size_t length = segment_length(path);

    if (kind == XBITS_MEDIA_PLAYLIST)
        return local_path_is_absolute(path);
    while (is_name(path, length) && path[length] != '\0') {
        path += length + 1;
        length = segment_length(path);
    }
    return is_name(path, length);
}

xbits_result library_join(const char *directory, const char *relative, struct text *path_out)
{
    const size_t length = strlen(directory);
    const bool is_root = length > 0 && local_path_is_separator(directory[length - 1]);

    text_clear(path_out);
    return text_format(path_out, "%s%s%s", directory, is_root ? "" : "/", relative);
}

static xbits_result add_segments(const char *path, struct text *text)
{
    for (size_t length = segment_length(path); path[length] != '\0';) {
        TRY(text_append(text, path, length));
        if (length > 0)
            TRY(text_add(text, "/"));
        path += length + 1;
        length = segment_length(path);
    }
    return text_add(text, path);
}

/* "/" and "C:\" are directories with their separator only. */
static size_t directory_length(const char *path, size_t separator)
{
    return separator == 0 || path[separator - 1] == ':' ? separator + 1 : separator;
}

static bool is_directory(struct disk *disk, const char *path, const struct disk_stat *directory)
{
    struct disk_stat status = { 0 };

    return XBITS_SUCCEEDED(disk_stat(disk, path, &status)) && status.is_directory &&
           status.device == directory->device && status.inode == directory->inode;
}

/* Which directory it is decides, not how it is written: a user's may be a link, and has more than
 * one name on some systems. */
xbits_result library_find_relative(const struct xbits_library *library, const char *path,
                                   struct text *relative_out)
{
    struct disk_stat directory = { 0 };
    struct text prefix = { 0 };
    xbits_result result = XBITS_S_OK;

    TRY(disk_stat(library->disk, library->directory, &directory));
    text_clear(relative_out);
    for (size_t i = strlen(path); i-- > 0 && XBITS_SUCCEEDED(result);) {
        if (!local_path_is_separator(path[i]))
            continue;
        text_clear(&prefix);
        result = text_append(&prefix, path, directory_length(path, i));
        if (XBITS_SUCCEEDED(result) && is_directory(library->disk, text_c(&prefix), &directory)) {
            result = add_segments(path + i + 1, relative_out);
            break;
        }
    }
    text_dispose(&prefix);
    return result;
}
