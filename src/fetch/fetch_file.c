/* SPDX-License-Identifier: MIT */
#include "fetch/source.h"

#include "base/disk.h"
#include "base/local_path.h"

/* "/C:/page.html" is a path here, or what follows its slash is. */
static xbits_result find_path(const struct url *url, struct text *text, const char **path_out)
{
    const char *path;

    TRY(url_unescape(url->path, text));
    path = text_c(text);
    if (!text_is_utf8(path))
        return xbits_fail(XBITS_E_INVALIDARG, "\"%s\" does not name a file in UTF-8", url->path);
    if (!local_path_is_absolute(path))
        path++;
    if (!local_path_is_absolute(path))
        return xbits_fail(XBITS_E_INVALIDARG, "\"%s\" does not begin with %s", path,
                          local_path_form);
    *path_out = path;
    return XBITS_S_OK;
}

static xbits_result fail_large(const char *path, size_t maximum)
{
    return xbits_fail(XBITS_ERROR_FILE_TOO_LARGE, "%s has more than %zu bytes", path, maximum);
}

/* To open a device or a pipe can have an effect, or wait for ever. */
static xbits_result check_file(struct disk *disk, const char *path, size_t maximum)
{
    struct disk_stat stat = { 0 };

    TRY(disk_stat(disk, path, &stat));
    if (!stat.is_regular)
        return xbits_fail(XBITS_E_ACCESSDENIED, "%s is %s", path,
                          stat.is_directory ? "a directory" : "no regular file");
    return stat.size > maximum ? fail_large(path, maximum) : XBITS_S_OK;
}

/* One byte more than is allowed shows that the file has grown. */
static xbits_result read_all(struct disk *disk, struct disk_file *file, size_t maximum,
                             struct text *body)
{
    char bytes[16384];
    size_t size = 0;

    do {
        TRY(disk_read_at(disk, file, body->length, bytes, sizeof(bytes), &size));
        TRY(text_append(body, bytes, size));
    } while (size == sizeof(bytes) && body->length <= maximum);
    return XBITS_S_OK;
}

static xbits_result read_file(const char *path, size_t maximum, struct text *body)
{
    struct disk *disk = disk_system();
    struct disk_file *file = NULL;
    struct xbits_error why;
    xbits_result result;

    TRY(check_file(disk, path, maximum));
    TRY(disk_open(disk, path, DISK_OPEN_READ, &file));
    result = read_all(disk, file, maximum, body);
    why = *xbits_last_error();
    (void)disk_close(disk, file);
    if (XBITS_FAILED(result))
        return xbits_fail_again(&why);
    return body->length > maximum ? fail_large(path, maximum) : XBITS_S_OK;
}

xbits_result fetch_from_disk(const struct fetch_request *request, const struct url *url,
                             struct fetch_answer *answer)
{
    struct text text = { 0 };
    const char *path = NULL;
    xbits_result result = find_path(url, &text, &path);

    if (XBITS_SUCCEEDED(result))
        result = read_file(path, request->maximum_bytes, &answer->body);
    text_dispose(&text);
    return result;
}
