/* SPDX-License-Identifier: MIT */
#ifndef STORE_EXTERNAL_MEMBER_TABLE_H
#define STORE_EXTERNAL_MEMBER_TABLE_H

#include "store/external/external.h"
#include "store/external/variant.h"

/* One invocation on its way: everything is checked, and the arguments are of the row's kinds. A
 * missing one is as EMPTY. */
struct call {
    struct xbits_external *external;
    const struct xbits_object *object;
    const struct xbits_member *member;
    bool is_put;
    struct argument arguments[XBITS_MEMBER_ARGUMENTS];
    struct xbits_variant result; /* EMPTY at first. Its text is borrowed for the moment. */
};

typedef xbits_result member_function(struct call *call);

/* Which pages have a member. */
enum presence {
    ON_EVERY_PAGE,
    ON_EVERY_PAGE_FROM_WMP10,
    WITH_DOWNLOADS,
    WITH_DOWNLOADS_FROM_WMP10,
    WITH_PLAY_MEDIA
};

struct member_row {
    struct xbits_member member; /* First: a row is found by it. */
    enum presence presence;
    member_function *run;
};

#define DISPID_COLOR_LIGHT 0x271C

/* For a member that answers a text. */
xbits_result call_answer_text(struct call *call, const char *text);

/* NULL: it is none of ours. */
const struct member_row *member_row_of(const struct xbits_member *member);
bool surface_has_downloads(enum xbits_surface surface, enum xbits_player_version version);

/* members_shell.c */
member_function member_version;
member_function member_color;
member_function member_on_color_change;
member_function member_navigate;
member_function member_selected_pane;
member_function member_play_media;

/* members_download.c */
member_function member_download_manager;
member_function member_get_collection;
member_function member_create_collection;
member_function member_collection_id;
member_function member_collection_count;
member_function member_collection_item;
member_function member_collection_start;
member_function member_collection_remove;
member_function member_collection_clear;
member_function member_item_source_url;
member_function member_item_size;
member_function member_item_type;
member_function member_item_progress;
member_function member_item_state;
member_function member_item_pause;
member_function member_item_resume;
member_function member_item_cancel;
member_function member_item_info;

#endif
