/* SPDX-License-Identifier: MIT */
#include "store/filing/hand_over_place.h"

#include <stdlib.h>
#include <string.h>

#include "base/local_path.h"
#include "base/url.h"
#include "store/library/place.h"

#define COPIES_AT_MOST 10000

/* A WMP_STATUS of a producer is never filed. */
static bool is_item(const struct hand_over *row)
{
    return text_starts_with(row->description, "::WMP_STATUS:");
}

static const char *extension_of(const char *path)
{
    const char *dot = NULL;

    for (; *path != '\0'; path++) {
        if (*path == '.')
            dot = path;
        else if (local_path_is_separator(*path))
            dot = NULL;
    }
    return dot != NULL ? dot : path;
}

/* Of a content that says nothing the name is believed. */
bool hand_over_is_video(const struct hand_over *row, const struct song *song)
{
    if (song->tags.format == MEDIA_UNKNOWN && is_item(row))
        return text_equal_ignoring_case(extension_of(row->local_name), ".wmv");
    return song->tags.is_video;
}

static const char *right_extension(const struct hand_over *row, const struct song *song)
{
    const char *named = extension_of(row->local_name);

    if (song->tags.format == MEDIA_MP3)
        return ".mp3";
    if (song->tags.format == MEDIA_UNKNOWN || text_equal_ignoring_case(named, ".asf"))
        return named;
    return song->tags.is_video ? ".wmv" : ".wma";
}

/* Its download's name, with the right extension. */
static xbits_result name_item(const struct hand_over *row, const struct song *song,
                              struct text *name)
{
    const char *named = extension_of(row->local_name);

    TRY(text_append(name, row->local_name, (size_t)(named - row->local_name)));
    return text_add(name, right_extension(row, song));
}

/* Behind the library's directory; NULL when it is not in there. */
static const char *relative_to(const struct xbits_library *library, const char *path)
{
    size_t length = strlen(library->directory);

    if (!text_starts_with(path, library->directory) || !local_path_is_separator(path[length]))
        return NULL;
    return path + length + 1;
}

/* Who made a directory before can have been killed, or failed, before its name was durable. */
static xbits_result sync_names(struct xbits_library *library, const char *directory)
{
    char *parent = NULL;
    xbits_result result;

    TRY(disk_directory_of(directory, &parent));
    result = disk_sync_name(library->disk, directory);
    if (XBITS_SUCCEEDED(result) && relative_to(library, parent) != NULL)
        result = sync_names(library, parent);
    free(parent);
    return result;
}

static xbits_result make_directory_of(struct xbits_library *library, const char *path)
{
    char *directory = NULL;
    xbits_result result;

    TRY(disk_directory_of(path, &directory));
    result = disk_make_directory(library->disk, directory);
    if (XBITS_SUCCEEDED(result))
        result = sync_names(library, directory);
    free(directory);
    return result;
}

/* "<stem> (2)<extension>" from the second on. */
static xbits_result name_copy(const char *name, unsigned copy, struct text *path)
{
    const char *extension = extension_of(name);

    text_clear(path);
    TRY(text_append(path, name, (size_t)(extension - name)));
    if (copy > 1)
        TRY(text_format(path, " (%u)", copy));
    return text_add(path, extension);
}

static xbits_result find_free(struct xbits_library *library, const char *name, struct text *path)
{
    for (unsigned copy = 1; copy <= COPIES_AT_MOST; copy++) {
        bool is_taken = true;

        TRY(name_copy(name, copy, path));
        TRY(disk_is_taken(library->disk, text_c(path), &is_taken));
        if (!is_taken)
            return XBITS_S_OK;
    }
    return xbits_fail(XBITS_ERROR_FILE_EXISTS, "%s and its first %d other names are taken", name,
                      COPIES_AT_MOST);
}

static xbits_result find_where_it_was(struct xbits_library *library, const char *name,
                                      char **place_out)
{
    struct text path = { 0 };
    xbits_result result = make_directory_of(library, name);

    if (XBITS_SUCCEEDED(result))
        result = find_free(library, name, &path);
    if (XBITS_SUCCEEDED(result))
        result = text_copy(relative_to(library, text_c(&path)), place_out);
    text_dispose(&path);
    return result;
}

static xbits_result add_stem(const char *path, struct text *stem)
{
    const char *name = strrchr(path, '/') + 1;
    struct text escaped = { 0 };
    xbits_result result = text_append(&escaped, name, (size_t)(extension_of(name) - name));

    if (XBITS_SUCCEEDED(result))
        result = url_unescape(text_c(&escaped), stem);
    text_dispose(&escaped);
    return result;
}

/* The last part of an address is its name, as far as it has one that can be read. */
static xbits_result find_stem(const char *source_url, struct text *stem)
{
    struct url url = { 0 };
    xbits_result result = url_parse(source_url, NULL, &url);

    if (XBITS_SUCCEEDED(result))
        result = add_stem(url.path, stem);
    url_dispose(&url);
    return result == XBITS_E_INVALIDARG ? XBITS_S_OK : result;
}

/* Its download's name is a number: without a title it goes by that of its address. */
static xbits_result find_for_audio(struct xbits_library *library, const struct hand_over *row,
                                   const struct song *song, const char *file_name, char **place_out)
{
    struct song_name name = song_name_of(song, file_name);
    struct text stem = { 0 };
    xbits_result result = find_stem(row->source_url, &stem);

    if (name.title[0] == '\0')
        name.title = text_c(&stem);
    if (XBITS_SUCCEEDED(result))
        result = place_find(library->disk, library->directory, &name, place_out);
    text_dispose(&stem);
    return result;
}

static xbits_result find_for_item(struct xbits_library *library, const struct hand_over *row,
                                  const struct song *song, char **place_out)
{
    struct text name = { 0 };
    xbits_result result = name_item(row, song, &name);

    if (XBITS_SUCCEEDED(result)) {
        bool stays = hand_over_is_video(row, song) && relative_to(library, text_c(&name)) != NULL;

        result = stays ? find_where_it_was(library, text_c(&name), place_out)
                       : find_for_audio(library, row, song, text_c(&name), place_out);
    }
    text_dispose(&name);
    return result;
}

static xbits_result find_for_job(struct xbits_library *library, const struct hand_over *row,
                                 const struct song *song, char **place_out)
{
    struct song_name name = song_name_of(song, row->local_name);

    return place_find(library->disk, library->directory, &name, place_out);
}

xbits_result hand_over_place_find(struct xbits_library *library, const struct hand_over *row,
                                  const struct song *song, char **place_out)
{
    return is_item(row) ? find_for_item(library, row, song, place_out)
                        : find_for_job(library, row, song, place_out);
}
