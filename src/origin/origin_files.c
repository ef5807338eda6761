/* SPDX-License-Identifier: MIT */
#include "origin/origin_files.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool is_clean_segment(const char *segment, size_t length)
{
    if (length == 0 || (length == 1 && segment[0] == '.') ||
        (length == 2 && segment[0] == '.' && segment[1] == '.'))
        return false;
    for (size_t i = 0; i < length; i++) {
        if (segment[i] == '\\' || (unsigned char)segment[i] < 0x20 || segment[i] == 0x7F)
            return false;
    }
    return true;
}

bool origin_path_is_clean(const char *path)
{
    if (path[0] != '/')
        return false;
    while (*path == '/') {
        const size_t length = strcspn(++path, "/");
        if (!is_clean_segment(path, length))
            return false;
        path += length;
    }
    return true;
}

const char *origin_content_type(const char *path)
{
    static const struct {
        const char *ending;
        const char *type;
    } rows[] = {
        { ".asf", "video/x-ms-asf" },  { ".css", "text/css" },
        { ".gif", "image/gif" },       { ".htm", "text/html" },
        { ".html", "text/html" },      { ".jpg", "image/jpeg" },
        { ".js", "text/javascript" },  { ".json", "application/json" },
        { ".mp3", "audio/mpeg" },      { ".png", "image/png" },
        { ".svg", "image/svg+xml" },   { ".txt", "text/plain" },
        { ".wma", "audio/x-ms-wma" },  { ".wmv", "video/x-ms-wmv" },
        { ".xml", "application/xml" },
    };
    const char *ending = strrchr(path, '.');

    for (size_t i = 0; ending != NULL && i < sizeof rows / sizeof rows[0]; i++) {
        if (text_equal_ignoring_case(ending, rows[i].ending))
            return rows[i].type;
    }
    return "application/octet-stream";
}

static int open_file(const struct origin_root *root, const char *path,
                     struct origin_subject *subject)
{
    struct origin_file file;

    if (!origin_path_is_clean(path))
        return 404;
    const int status = origin_root_find(root, path, &file);
    if (status != 200)
        return status;

    /* Another file under the same name differs by its inode, the same one rewritten by its time. */
    (void)snprintf(subject->etag, sizeof subject->etag, "\"%" PRIx64 "-%" PRIx64 "-%" PRIx64 "\"",
                   file.inode, file.size, (uint64_t)file.modified);
    subject->descriptor = file.descriptor;
    subject->resource.size = file.size;
    subject->resource.modified = file.modified;
    subject->resource.etag = subject->etag;
    subject->resource.content_type = origin_content_type(path);
    return 200;
}

static xbits_result name_file(const char *path, struct text *name)
{
    const size_t length = strlen(path);

    TRY(text_add(name, path));
    return length > 0 && path[length - 1] == '/' ? text_add(name, "index.html") : XBITS_S_OK;
}

int origin_files_find(const struct origin_root *root, const char *path,
                      struct origin_subject *subject)
{
    struct text name = { 0 };
    const int status =
        XBITS_SUCCEEDED(name_file(path, &name)) ? open_file(root, text_c(&name), subject) : 500;

    text_dispose(&name);
    return status;
}
