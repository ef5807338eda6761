/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "xbits/external.h"

static const char *const surfaces[XBITS_SURFACE_COUNT] = {
    [XBITS_SURFACE_PANE] = "pane",
    [XBITS_SURFACE_INFO_CENTER] = "infocenter",
    [XBITS_SURFACE_ALBUM_INFO] = "albuminfo",
    [XBITS_SURFACE_HTML_VIEW] = "htmlview",
    [XBITS_SURFACE_GUIDE] = "guide",
};

const char *xbits_surface_name(enum xbits_surface surface)
{
    return (unsigned)surface < XBITS_SURFACE_COUNT ? surfaces[surface] : "unknown";
}

bool xbits_surface_of_name(const char *name, enum xbits_surface *surface_out)
{
    for (unsigned i = 0; name != NULL && i < XBITS_SURFACE_COUNT; i++) {
        if (strcmp(surfaces[i], name) == 0) {
            *surface_out = (enum xbits_surface)i;
            return true;
        }
    }
    return false;
}

const char *xbits_object_class_name(enum xbits_object_class object_class)
{
    static const char *const classes[XBITS_OBJECT_CLASS_COUNT] = {
        [XBITS_OBJECT_EXTERNAL] = "external",
        [XBITS_OBJECT_DOWNLOAD_MANAGER] = "DownloadManager",
        [XBITS_OBJECT_DOWNLOAD_COLLECTION] = "DownloadCollection",
        [XBITS_OBJECT_DOWNLOAD_ITEM] = "DownloadItem",
    };

    return (unsigned)object_class < XBITS_OBJECT_CLASS_COUNT ? classes[object_class] : "unknown";
}
