/* SPDX-License-Identifier: MIT */
#include "store/filing/song.h"

/* What the convention says of an attribute. */
static const struct {
    enum xbits_attribute attribute;
    enum xbits_wmp_field field;
} fills[] = {
    { XBITS_ATTRIBUTE_TITLE, XBITS_WMP_TITLE },
    { XBITS_ATTRIBUTE_ALBUM_ARTIST, XBITS_WMP_ALBUM_ARTIST },
    { XBITS_ATTRIBUTE_ALBUM_TITLE, XBITS_WMP_ALBUM_TITLE },
    { XBITS_ATTRIBUTE_TRACK_NUMBER, XBITS_WMP_TRACK_NUMBER },
    { XBITS_ATTRIBUTE_DURATION, XBITS_WMP_DURATION },
    { XBITS_ATTRIBUTE_USER_RATING, XBITS_WMP_RATING },
    { XBITS_ATTRIBUTE_PROVIDER, XBITS_WMP_PROVIDER },
};

xbits_result song_read(struct disk *disk, const char *path, const char *description,
                       struct song *song)
{
    xbits_result result;

    XBITS_INIT(&song->description);
    result = xbits_wmp_description_parse(description, XBITS_WMP_LENIENT, &song->description, NULL);
    if (result == XBITS_E_OUTOFMEMORY)
        return result;
    return media_read(disk, path, &song->tags);
}

void song_dispose(struct song *song)
{
    media_tags_dispose(&song->tags);
    xbits_wmp_description_dispose(&song->description);
}

static bool is_known(const char *text)
{
    return text != NULL && text[0] != '\0';
}

void song_attributes(const struct song *song, const char *attributes[XBITS_ATTRIBUTE_COUNT])
{
    for (size_t i = 0; i < XBITS_ATTRIBUTE_COUNT; i++)
        attributes[i] = song->tags.values[i];
    for (size_t i = 0; i < sizeof fills / sizeof fills[0]; i++) {
        if (!is_known(attributes[fills[i].attribute]))
            attributes[fills[i].attribute] =
                xbits_wmp_item_info(&song->description, xbits_wmp_item_info_name(fills[i].field));
    }
}

static const char *text_of(const char *text)
{
    return text != NULL ? text : "";
}

struct song_name song_name_of(const struct song *song, const char *file_name)
{
    const char *attributes[XBITS_ATTRIBUTE_COUNT];
    struct song_name name = { .file_name = file_name };

    song_attributes(song, attributes);
    name.artist = text_of(attributes[XBITS_ATTRIBUTE_ALBUM_ARTIST]);
    /* The file's own author comes before what the job says of the album's artist. */
    if (!is_known(song->tags.values[XBITS_ATTRIBUTE_ALBUM_ARTIST]) &&
        is_known(attributes[XBITS_ATTRIBUTE_AUTHOR]))
        name.artist = attributes[XBITS_ATTRIBUTE_AUTHOR];
    name.album = text_of(attributes[XBITS_ATTRIBUTE_ALBUM_TITLE]);
    name.track_number = text_of(attributes[XBITS_ATTRIBUTE_TRACK_NUMBER]);
    name.title = text_of(attributes[XBITS_ATTRIBUTE_TITLE]);
    return name;
}
