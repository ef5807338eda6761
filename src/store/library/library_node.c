/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/text.h"
#include "store/library/internal.h"

#define MUSIC  "All Music"
#define BOUGHT MUSIC "/Purchased Music"

/* A kind of file, and the nodes that it can be under. */
static const struct kind_row {
    const char *name; /* In the database. */
    const char *plain;
    const char *purchased; /* With the distributor behind it. */
    bool needs_sync_only;  /* To be under a distributor. */
} kinds[] = {
    [XBITS_MEDIA_AUDIO] = { "audio", MUSIC, BOUGHT, false },
    [XBITS_MEDIA_VIDEO] = { "video", "All Video", "All Video/Purchased Videos", false },
    /* A store's auto playlist is shown with its music (wmp-store 9). */
    [XBITS_MEDIA_PLAYLIST] = { "playlist", "All Playlists", BOUGHT, true },
};
#define KIND_COUNT (sizeof(kinds) / sizeof(kinds[0]))

const char *library_kind_name(enum xbits_media_kind kind)
{
    return kinds[kind].name;
}

bool library_kind_of(const char *name, enum xbits_media_kind *kind_out)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (strcmp(name, kinds[i].name) == 0) {
            *kind_out = (enum xbits_media_kind)i;
            return true;
        }
    }
    return false;
}

/* A distributor's node is a leaf: the "/" in one called "A/B" does not put it below one called
 * "A". */
bool library_node_has_children(const char *node)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (strcmp(node, kinds[i].plain) == 0 || strcmp(node, kinds[i].purchased) == 0)
            return true;
    }
    return false;
}

xbits_result library_node(enum xbits_media_kind kind, const char *distributor, bool is_sync_only,
                          struct text *node_out)
{
    const struct kind_row *row = &kinds[kind];
    const bool is_of_store =
        distributor != NULL && distributor[0] != '\0' && (is_sync_only || !row->needs_sync_only);

    text_clear(node_out);
    if (!is_of_store)
        return text_add(node_out, row->plain);
    return text_format(node_out, "%s/%s", row->purchased, distributor);
}
