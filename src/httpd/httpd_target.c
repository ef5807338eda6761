/* SPDX-License-Identifier: MIT */
#include "httpd/httpd_target.h"

#include <stdlib.h>
#include <string.h>

/* A proxy's form of the target names the host too (RFC 9112 3.2.2). */
static const char *skip_authority(const char *target)
{
    const char *separator = strstr(target, "://");

    if (target[0] == '/' || separator == NULL)
        return target;
    const char *path = strpbrk(separator + 3, "/?#");
    return path == NULL || *path != '/' ? "/" : path;
}

/* -1: not a hexadecimal digit. */
static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte that "%41" stands for; 0 when it stands for none, or for NUL. */
static int read_escape(const char *escape)
{
    const int high = hex_value(escape[1]);
    const int low = high < 0 ? -1 : hex_value(escape[2]);

    return low < 0 ? 0 : high * 16 + low;
}

char *httpd_target_path(const char *target)
{
    const char *cursor = skip_authority(target);
    const char *end = cursor + strcspn(cursor, "?#");

    if (*cursor != '/')
        return NULL;
    char *path = malloc((size_t)(end - cursor) + 1);
    if (path == NULL)
        return NULL;

    size_t length = 0;
    while (cursor < end) {
        int byte = *cursor == '%' ? read_escape(cursor) : (unsigned char)*cursor;
        if (byte == 0) {
            free(path);
            return NULL;
        }
        cursor += *cursor == '%' ? 3 : 1;
        path[length++] = (char)byte;
    }
    path[length] = '\0';
    return path;
}
