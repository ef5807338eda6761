/* SPDX-License-Identifier: MIT */
#include "store/media/attributes.h"

#include <string.h>

#include "store/media/media_text.h"

/* Windows Media Format SDK, "ID3 Tag Support". What has no frame there is kept by Windows in a PRIV
 * frame. UserRating lives in the library only; ASF has the duration in its File Properties. */
static const struct attribute rows[XBITS_ATTRIBUTE_COUNT] = {
    [XBITS_ATTRIBUTE_TITLE] = { "Title", "Title", "TIT2", "TT2", ATTRIBUTE_TEXT, false },
    [XBITS_ATTRIBUTE_AUTHOR] = { "Author", "Author", "TPE1", "TP1", ATTRIBUTE_TEXT, false },
    [XBITS_ATTRIBUTE_ALBUM_ARTIST] = { "WM/AlbumArtist", "WM/AlbumArtist", "TPE2", "TP2",
                                       ATTRIBUTE_TEXT, false },
    [XBITS_ATTRIBUTE_ALBUM_TITLE] = { "WM/AlbumTitle", "WM/AlbumTitle", "TALB", "TAL",
                                      ATTRIBUTE_TEXT, false },
    [XBITS_ATTRIBUTE_TRACK_NUMBER] = { "WM/TrackNumber", "WM/TrackNumber", "TRCK", "TRK",
                                       ATTRIBUTE_TRACK, false },
    [XBITS_ATTRIBUTE_GENRE] = { "WM/Genre", "WM/Genre", "TCON", "TCO", ATTRIBUTE_TEXT, false },
    [XBITS_ATTRIBUTE_DURATION] = { "Duration", NULL, "TLEN", "TLE", ATTRIBUTE_MILLISECONDS, false },
    [XBITS_ATTRIBUTE_USER_RATING] = { "UserRating", NULL, NULL, NULL, ATTRIBUTE_TEXT, false },
    [XBITS_ATTRIBUTE_PROVIDER] = { "WM/Provider", "WM/Provider", NULL, NULL, ATTRIBUTE_TEXT, true },
    [XBITS_ATTRIBUTE_DISTRIBUTOR] = { "WM/ContentDistributor", "WM/ContentDistributor", NULL, NULL,
                                      ATTRIBUTE_TEXT, true },
    [XBITS_ATTRIBUTE_UNIQUE_IDENTIFIER] = { "WM/UniqueFileIdentifier", "WM/UniqueFileIdentifier",
                                            "UFID", "UFI", ATTRIBUTE_OWNED, true },
    [XBITS_ATTRIBUTE_MEDIA_CLASS] = { "WM/MediaClassPrimaryID", "WM/MediaClassPrimaryID", NULL,
                                      NULL, ATTRIBUTE_TEXT, true },
};

const char *xbits_attribute_name(enum xbits_attribute attribute)
{
    return (unsigned)attribute < XBITS_ATTRIBUTE_COUNT ? rows[attribute].name : "unknown";
}

const struct attribute *attribute_row(enum xbits_attribute attribute)
{
    return &rows[attribute];
}

static bool is_called(const char *row_name, const char *name)
{
    return row_name != NULL && strcmp(row_name, name) == 0;
}

bool attribute_of_descriptor(const char *name, enum xbits_attribute *out)
{
    for (int i = 0; i < XBITS_ATTRIBUTE_COUNT; i++) {
        if (is_called(rows[i].descriptor, name)) {
            *out = (enum xbits_attribute)i;
            return true;
        }
    }
    return false;
}

bool attribute_of_frame(const char *id, enum xbits_attribute *out)
{
    for (int i = 0; i < XBITS_ATTRIBUTE_COUNT; i++) {
        if (is_called(rows[i].frame, id) || is_called(rows[i].old_frame, id)) {
            *out = (enum xbits_attribute)i;
            return true;
        }
    }
    return false;
}

bool attribute_of_private(const char *name, enum xbits_attribute *out)
{
    for (int i = 0; i < XBITS_ATTRIBUTE_COUNT; i++) {
        if (rows[i].is_private && is_called(rows[i].name, name)) {
            *out = (enum xbits_attribute)i;
            return true;
        }
    }
    return false;
}

/* "3/12" is track 3 of 12. */
static void cut_track(struct text *value)
{
    char *slash = value->data != NULL ? strchr(value->data, '/') : NULL;

    if (slash != NULL) {
        *slash = '\0';
        value->length = (size_t)(slash - value->data);
    }
}

xbits_result attribute_keep(struct attribute_values *values, enum xbits_attribute attribute,
                            enum attribute_rank rank, struct text *value)
{
    bool is_there = values->values[attribute] != NULL;

    if (rows[attribute].rule == ATTRIBUTE_TRACK)
        cut_track(value);
    media_text_make_line(value);
    if (value->length == 0 || (is_there && values->ranks[attribute] <= rank))
        return XBITS_S_OK;
    TRY(text_replace(&values->values[attribute], text_c(value)));
    values->ranks[attribute] = rank;
    return XBITS_S_OK;
}
