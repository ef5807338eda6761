/* SPDX-License-Identifier: MIT */
#include "script/player_media.h"

#include <stdlib.h>
#include <string.h>

struct info {
    uint32_t media;
    char *name;
    char *value;
};

struct player_media {
    char *urls[PLAYER_MEDIA_MAXIMUM];
    uint32_t url_count;
    struct info infos[PLAYER_INFOS_MAXIMUM];
    size_t info_count;
};

xbits_result player_media_new(struct player_media **media_out)
{
    *media_out = calloc(1, sizeof **media_out);
    if (*media_out == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the media of a page");
    return XBITS_S_OK;
}

void player_media_free(struct player_media *media)
{
    if (media == NULL)
        return;
    for (size_t i = 0; i < media->url_count; i++)
        free(media->urls[i]);
    for (size_t i = 0; i < media->info_count; i++) {
        free(media->infos[i].name);
        free(media->infos[i].value);
    }
    free(media);
}

static xbits_result check_length(const char *text)
{
    if (strlen(text) > PLAYER_MEDIA_TEXT_MAXIMUM)
        return xbits_fail(XBITS_E_INVALIDARG, "a text of %zu bytes is longer than %d", strlen(text),
                          PLAYER_MEDIA_TEXT_MAXIMUM);
    return XBITS_S_OK;
}

xbits_result player_media_add(struct player_media *media, const char *url, uint32_t *number_out)
{
    uint32_t number = 0;

    while (number < media->url_count && strcmp(media->urls[number], url) != 0)
        number++;
    if (number == PLAYER_MEDIA_MAXIMUM)
        return xbits_fail(XBITS_E_INVALIDARG, "a page plays no more than %d different addresses",
                          PLAYER_MEDIA_MAXIMUM);
    if (number == media->url_count) {
        TRY(check_length(url));
        TRY(text_copy(url, &media->urls[number]));
        media->url_count++;
    }
    *number_out = number;
    return XBITS_S_OK;
}

const char *player_media_url(const struct player_media *media, uint32_t number)
{
    return number < media->url_count ? media->urls[number] : "";
}

static const struct info *find_info(const struct player_media *media, uint32_t number,
                                    const char *name)
{
    for (size_t i = 0; i < media->info_count; i++) {
        const struct info *info = &media->infos[i];

        if (info->media == number && strcmp(info->name, name) == 0)
            return info;
    }
    return NULL;
}

static xbits_result append_info(struct player_media *media, uint32_t number, const char *name,
                                const char *value)
{
    struct info info = { .media = number };
    xbits_result result;

    if (media->info_count == PLAYER_INFOS_MAXIMUM)
        return xbits_fail(XBITS_E_INVALIDARG, "a page sets no more than %d attributes",
                          PLAYER_INFOS_MAXIMUM);
    TRY(text_copy(name, &info.name));
    result = text_copy(value, &info.value);
    if (XBITS_FAILED(result)) {
        free(info.name);
        return result;
    }
    media->infos[media->info_count++] = info;
    return XBITS_S_OK;
}

xbits_result player_media_set_info(struct player_media *media, uint32_t number, const char *name,
                                   const char *value)
{
    const struct info *info = find_info(media, number, name);

    TRY(check_length(name));
    TRY(check_length(value));
    if (info != NULL)
        return text_replace(&media->infos[info - media->infos].value, value);
    return append_info(media, number, name, value);
}

/* "http://host/a/tide.mp3?x=1" is titled "tide". */
static xbits_result add_title(const char *url, struct text *title)
{
    const size_t length = strcspn(url, "?#");
    size_t start = length;
    size_t end = length;

    while (start > 0 && url[start - 1] != '/')
        start--;
    for (size_t i = length; i > start; i--) {
        if (url[i - 1] == '.' && i - 1 > start) {
            end = i - 1;
            break;
        }
    }
    return text_append(title, url + start, end - start);
}

xbits_result player_media_add_info(const struct player_media *media, uint32_t number,
                                   const char *name, struct text *value)
{
    const struct info *info = find_info(media, number, name);

    if (info != NULL)
        return text_add(value, info->value);
    if (strcmp(name, "Title") == 0)
        return add_title(player_media_url(media, number), value);
    if (strcmp(name, "SourceURL") == 0)
        return text_add(value, player_media_url(media, number));
    return XBITS_S_OK;
}
