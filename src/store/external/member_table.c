/* SPDX-License-Identifier: MIT */
#include "store/external/member_table.h"

#define SURFACE(name) (1u << XBITS_SURFACE_##name)
#define ALL_SURFACES  ((1u << XBITS_SURFACE_COUNT) - 1)
#define PLAYER_COUNT  4 /* WMP9 to WMP12 */

/* On which surfaces, a column a Player (wmp-store 3.1, 3.2; errata 2.6). */
static const unsigned surfaces[][PLAYER_COUNT] = {
    [ON_EVERY_PAGE] = { ALL_SURFACES, ALL_SURFACES, ALL_SURFACES, ALL_SURFACES },
    [ON_EVERY_PAGE_FROM_WMP10] = { 0, ALL_SURFACES, ALL_SURFACES, ALL_SURFACES },
    [WITH_DOWNLOADS] = { ALL_SURFACES, SURFACE(PANE), SURFACE(PANE), SURFACE(PANE) },
    [WITH_DOWNLOADS_FROM_WMP10] = { 0, SURFACE(PANE), SURFACE(PANE), SURFACE(PANE) },
    [WITH_PLAY_MEDIA] = { ALL_SURFACES, SURFACE(GUIDE), SURFACE(GUIDE), 0 },
};

#define GET(kind) XBITS_MEMBER_GET, 0, 0, { 0 }, XBITS_VARIANT_##kind
#define PUT(kind) XBITS_MEMBER_PUT, 1, 1, { XBITS_VARIANT_##kind }, XBITS_VARIANT_EMPTY
#define GET_AND_PUT(kind)                                                                          \
    XBITS_MEMBER_GET | XBITS_MEMBER_PUT, 1, 1, { XBITS_VARIANT_##kind }, XBITS_VARIANT_##kind
#define CALL(result) XBITS_MEMBER_CALL, 0, 0, { 0 }, XBITS_VARIANT_##result
#define CALL_1(kind, result)                                                                       \
    XBITS_MEMBER_CALL, 1, 1, { XBITS_VARIANT_##kind }, XBITS_VARIANT_##result
#define CALL_TEXTS(minimum, maximum, result)                                                       \
    XBITS_MEMBER_CALL, minimum, maximum,                                                           \
        { XBITS_VARIANT_TEXT, XBITS_VARIANT_TEXT, XBITS_VARIANT_TEXT }, XBITS_VARIANT_##result

#define EXTERNAL   XBITS_OBJECT_EXTERNAL
#define MANAGER    XBITS_OBJECT_DOWNLOAD_MANAGER
#define COLLECTION XBITS_OBJECT_DOWNLOAD_COLLECTION
#define ITEM       XBITS_OBJECT_DOWNLOAD_ITEM

/* The members of wmp-store 2 and 3.2 and no others: those of type 1 stores (3.4) are not here. */
/* clang-format off */
static const struct member_row rows[] = {
    { { "playMedia", 0x2714, EXTERNAL, CALL_TEXTS(1, 1, EMPTY) },
      WITH_PLAY_MEDIA, member_play_media },
    { { "version", 0x2715, EXTERNAL, GET(TEXT) }, ON_EVERY_PAGE, member_version },
    { { "DownloadManager", 0x2719, EXTERNAL, GET(OBJECT) },
      WITH_DOWNLOADS, member_download_manager },
    { { "appColorLight", DISPID_COLOR_LIGHT, EXTERNAL, GET(TEXT) }, ON_EVERY_PAGE, member_color },
    { { "appColorMedium", 0x271D, EXTERNAL, GET(TEXT) },
      ON_EVERY_PAGE_FROM_WMP10, member_color },
    { { "appColorDark", 0x271E, EXTERNAL, GET(TEXT) },
      ON_EVERY_PAGE_FROM_WMP10, member_color },
    { { "appColorButtonHighlight", 0x271F, EXTERNAL, GET(TEXT) },
      ON_EVERY_PAGE_FROM_WMP10, member_color },
    { { "appColorButtonShadow", 0x2720, EXTERNAL, GET(TEXT) },
      ON_EVERY_PAGE_FROM_WMP10, member_color },
    { { "appColorButtonHoverFace", 0x2721, EXTERNAL, GET(TEXT) },
      ON_EVERY_PAGE_FROM_WMP10, member_color },
    { { "OnColorChange", 0x2722, EXTERNAL, PUT(FUNCTION) },
      ON_EVERY_PAGE, member_on_color_change },
    { { "NavigateTaskPaneURL", 0x272A, EXTERNAL, CALL_TEXTS(2, 3, EMPTY) },
      ON_EVERY_PAGE_FROM_WMP10, member_navigate },
    { { "SelectedTaskPane", 0x272B, EXTERNAL, GET_AND_PUT(TEXT) },
      ON_EVERY_PAGE_FROM_WMP10, member_selected_pane },

    { { "getDownloadCollection", 1151, MANAGER, CALL_1(LONG, OBJECT) },
      WITH_DOWNLOADS, member_get_collection },
    { { "createDownloadCollection", 1152, MANAGER, CALL(OBJECT) },
      WITH_DOWNLOADS, member_create_collection },

    { { "id", 1201, COLLECTION, GET(LONG) }, WITH_DOWNLOADS, member_collection_id },
    { { "count", 1202, COLLECTION, GET(LONG) }, WITH_DOWNLOADS, member_collection_count },
    { { "item", 1203, COLLECTION, CALL_1(LONG, OBJECT) },
      WITH_DOWNLOADS, member_collection_item },
    { { "startDownload", 1204, COLLECTION, CALL_TEXTS(2, 2, OBJECT) },
      WITH_DOWNLOADS, member_collection_start },
    { { "removeItem", 1205, COLLECTION, CALL_1(LONG, EMPTY) },
      WITH_DOWNLOADS, member_collection_remove },
    { { "Clear", 1206, COLLECTION, CALL(EMPTY) }, WITH_DOWNLOADS, member_collection_clear },

    { { "sourceURL", 1251, ITEM, GET(TEXT) }, WITH_DOWNLOADS, member_item_source_url },
    { { "size", 1252, ITEM, GET(LONG) }, WITH_DOWNLOADS, member_item_size },
    { { "type", 1253, ITEM, GET(TEXT) }, WITH_DOWNLOADS, member_item_type },
    { { "progress", 1254, ITEM, GET(LONG) }, WITH_DOWNLOADS, member_item_progress },
    { { "downloadState", 1255, ITEM, GET(LONG) }, WITH_DOWNLOADS, member_item_state },
    { { "pause", 1256, ITEM, CALL(EMPTY) }, WITH_DOWNLOADS, member_item_pause },
    { { "resume", 1257, ITEM, CALL(EMPTY) }, WITH_DOWNLOADS, member_item_resume },
    { { "cancel", 1258, ITEM, CALL(EMPTY) }, WITH_DOWNLOADS, member_item_cancel },
    { { "getItemInfo", 1301, ITEM, CALL_1(TEXT, TEXT) },
      WITH_DOWNLOADS_FROM_WMP10, member_item_info },
};
/* clang-format on */

#define ROW_COUNT (sizeof rows / sizeof rows[0])

const struct xbits_member *xbits_member_at(size_t index)
{
    return index < ROW_COUNT ? &rows[index].member : NULL;
}

const struct member_row *member_row_of(const struct xbits_member *member)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (&rows[i].member == member)
            return &rows[i];
    }
    return NULL;
}

static bool is_present(enum presence presence, enum xbits_surface surface,
                       enum xbits_player_version version)
{
    if (version < XBITS_PLAYER_WMP9 || version > XBITS_PLAYER_WMP12 ||
        (unsigned)surface >= XBITS_SURFACE_COUNT)
        return false;
    return (surfaces[presence][version - XBITS_PLAYER_WMP9] >> surface & 1u) != 0;
}

bool xbits_member_is_on(const struct xbits_member *member, enum xbits_surface surface,
                        enum xbits_player_version version)
{
    const struct member_row *row = member_row_of(member);

    return row != NULL && is_present(row->presence, surface, version);
}

bool surface_has_downloads(enum xbits_surface surface, enum xbits_player_version version)
{
    return is_present(WITH_DOWNLOADS, surface, version);
}

const struct xbits_member *xbits_external_find_member(const struct xbits_external *external,
                                                      enum xbits_object_class object_class,
                                                      const char *name)
{
    const enum xbits_surface surface = external->options.surface;
    const enum xbits_player_version player = xbits_shell_player(external->options.shell);

    for (size_t i = 0; name != NULL && i < ROW_COUNT; i++) {
        const struct member_row *row = &rows[i];

        if (row->member.object_class == object_class &&
            text_equal_ignoring_case(row->member.name, name) &&
            is_present(row->presence, surface, player))
            return &row->member;
    }
    return NULL;
}
