/* SPDX-License-Identifier: MIT */
#include "convention/description_fields.h"

#include <assert.h>
#include <stddef.h>

#define AT(member) offsetof(struct xbits_wmp_description, member)

static const struct description_field fields[XBITS_WMP_FIELD_COUNT] = {
    [XBITS_WMP_SERVICE_ID] = { .name = "serviceId",
                               .offset = AT(service_id),
                               .value = DESCRIPTION_SERVICE_ID },
    [XBITS_WMP_PROVIDER] = { .name = "Provider",
                             .item_info_name = "WM/Provider",
                             .offset = AT(provider),
                             .value = DESCRIPTION_PROVIDER },
    [XBITS_WMP_ALBUM_ARTIST] = { .name = "AlbumArtist",
                                 .item_info_name = "AlbumArtist",
                                 .offset = AT(album_artist),
                                 .value = DESCRIPTION_FREE_TEXT,
                                 .is_colon_replaced = true },
    [XBITS_WMP_ALBUM_TITLE] = { .name = "AlbumTitle",
                                .item_info_name = "Album",
                                .offset = AT(album_title),
                                .value = DESCRIPTION_FREE_TEXT,
                                .is_colon_replaced = true },
    [XBITS_WMP_TRACK_NUMBER] = { .name = "TrackNumber",
                                 .item_info_name = "WM/TrackNumber",
                                 .offset = AT(track_number),
                                 .value = DESCRIPTION_TRACK_NUMBER },
    [XBITS_WMP_TITLE] = { .name = "Title",
                          .item_info_name = "Title",
                          .offset = AT(title),
                          .value = DESCRIPTION_FREE_TEXT,
                          .is_colon_replaced = true },
    [XBITS_WMP_DURATION] = { .name = "Duration",
                             .item_info_name = "Duration",
                             .offset = AT(duration),
                             .value = DESCRIPTION_NUMBER },
    [XBITS_WMP_RATING] = { .name = "Rating",
                           .item_info_name = "UserRating",
                           .offset = AT(rating),
                           .value = DESCRIPTION_NUMBER },
};

static const char *const kind_names[] = {
    [XBITS_WMP_JOB] = "WMP_JOB",
    [XBITS_WMP_STATUS] = "WMP_STATUS",
};

const struct description_field *description_field(enum xbits_wmp_field field)
{
    assert((unsigned)field < XBITS_WMP_FIELD_COUNT);
    return &fields[field];
}

const char *description_field_text(const struct xbits_wmp_description *description,
                                   enum xbits_wmp_field field)
{
    const char *text;

    assert(field != XBITS_WMP_SERVICE_ID);
    text = *(const char *const *)((const char *)description + fields[field].offset);
    return text != NULL ? text : "";
}

void description_set_field_text(struct xbits_wmp_description *description,
                                enum xbits_wmp_field field, const char *text)
{
    assert(field != XBITS_WMP_SERVICE_ID);
    *(const char **)((char *)description + fields[field].offset) = text;
}

const char *xbits_wmp_kind_name(enum xbits_wmp_kind kind)
{
    return (unsigned)kind < sizeof kind_names / sizeof kind_names[0] ? kind_names[kind] : "unknown";
}

const char *xbits_wmp_field_name(enum xbits_wmp_field field)
{
    return (unsigned)field < XBITS_WMP_FIELD_COUNT ? fields[field].name : "unknown";
}

const char *xbits_wmp_item_info_name(enum xbits_wmp_field field)
{
    return (unsigned)field < XBITS_WMP_FIELD_COUNT ? fields[field].item_info_name : NULL;
}

const char *xbits_wmp_item_info(const struct xbits_wmp_description *description, const char *name)
{
    if (description == NULL || name == NULL || description->size < sizeof *description)
        return "";
    for (int i = 0; i < XBITS_WMP_FIELD_COUNT; i++) {
        if (fields[i].item_info_name != NULL && strcmp(fields[i].item_info_name, name) == 0)
            return description_field_text(description, (enum xbits_wmp_field)i);
    }
    return "";
}
