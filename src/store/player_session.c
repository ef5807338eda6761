/* SPDX-License-Identifier: MIT */
#include "store/player.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/text.h"
#include "store/download/store_database.h"

static void be_forgetful(struct xbits_player *player)
{
    log_line(LOG_STORE, "player: what it adopts is not remembered: %s",
             xbits_last_error()->message);
    player->is_forgetful = true;
}

static xbits_result set_aside(struct disk *disk, const char *path, const char *suffix)
{
    struct text from = { 0 };
    struct text to = { 0 };
    xbits_result result = text_format(&from, "%s%s", path, suffix);

    if (XBITS_SUCCEEDED(result))
        result = text_format(&to, "%s.damaged%s", path, suffix);
    if (XBITS_SUCCEEDED(result))
        result = disk_rename(disk, text_c(&from), text_c(&to));
    text_dispose(&to);
    text_dispose(&from);
    return result == XBITS_ERROR_FILE_NOT_FOUND ? XBITS_S_OK : result;
}

/* The log first: beside a new database SQLite would take the old one's for its own. */
static xbits_result set_aside_database(struct disk *disk, const char *path)
{
    TRY(set_aside(disk, path, "-wal"));
    TRY(set_aside(disk, path, "-shm"));
    return set_aside(disk, path, "");
}

void player_session_close(struct xbits_player *player)
{
    downloads_close(player->downloads);
    player->downloads = NULL;
    session_close(player->session);
    player->session = NULL;
    database_close(player->store);
    player->store = NULL;
}

static xbits_result open_downloads(struct xbits_player *player)
{
    const struct downloads_options options = {
        .manager = player->manager,
        .library = player->library,
        .database = player->store,
        .disk = player->disk,
        .poll_ms = player->poll_ms,
        .tell = player_tell_download,
        .user = player,
    };

    return downloads_open(&options, &player->downloads);
}

/* Who only looks is no session. */
static xbits_result open_all(struct xbits_player *player, const char *user_directory)
{
    xbits_result result =
        store_database_open(user_directory, player->disk, player->looks_only, &player->store);

    if (XBITS_SUCCEEDED(result) && !player->looks_only)
        result = session_open(player->store, &player->session);
    if (XBITS_SUCCEEDED(result))
        result = open_downloads(player);
    if (XBITS_FAILED(result)) {
        struct xbits_error why = *xbits_last_error();

        player_session_close(player);
        return xbits_fail_again(&why);
    }
    return result;
}

static xbits_result open_anew(struct xbits_player *player, const char *user_directory)
{
    struct text path = { 0 };
    xbits_result result;

    log_line(LOG_STORE, "player: store.db is set aside: %s", xbits_last_error()->message);
    TRY(text_replace(&player->lost, xbits_last_error()->message));
    result = text_format(&path, "%s/store.db", user_directory);
    if (XBITS_SUCCEEDED(result))
        result = set_aside_database(player->disk, text_c(&path));
    text_dispose(&path);
    TRY(result);
    return open_all(player, user_directory);
}

xbits_result player_session_open(struct xbits_player *player, const char *user_directory)
{
    xbits_result result = open_all(player, user_directory);

    if (result == XBITS_BG_E_DATABASE_CORRUPT && !player->looks_only)
        result = open_anew(player, user_directory);
    player->is_forgetful = player->looks_only;
    if (XBITS_SUCCEEDED(result))
        return result;
    if (!player->looks_only)
        be_forgetful(player);
    else if (result != XBITS_ERROR_FILE_NOT_FOUND && result != XBITS_ERROR_PATH_NOT_FOUND)
        return result;
    return open_downloads(player);
}

void player_session_tell(struct xbits_player *player)
{
    static const struct xbits_id nobody = { 0 };

    if (player->lost == NULL)
        return;
    player_tell_of(player, XBITS_NEWS_FAILED, &nobody, XBITS_BG_E_DATABASE_CORRUPT, player->lost);
    free(player->lost);
    player->lost = NULL;
}

bool player_session_has_inherited(const struct xbits_player *player, const struct xbits_id *job)
{
    return player->session != NULL && session_has_inherited(player->session, job);
}

/* The commit ends what was begun, so that nobody else waits for it. */
static void note_result(struct xbits_player *player, xbits_result result)
{
    if (XBITS_SUCCEEDED(result))
        return;
    be_forgetful(player);
    (void)session_commit(player->session);
}

void player_session_remember(struct xbits_player *player, const struct xbits_id *job)
{
    if (!player->is_forgetful)
        note_result(player, session_remember(player->session, job));
}

void player_session_forget(struct xbits_player *player, const struct xbits_id *job)
{
    if (!player->is_forgetful)
        note_result(player, session_forget(player->session, job));
}

void player_session_forget_others(struct xbits_player *player)
{
    if (player->has_seen_all)
        return;
    player->has_seen_all = true;
    if (!player->is_forgetful)
        note_result(player, session_forget_others(player->session));
}

void player_session_commit(struct xbits_player *player)
{
    if (!player->is_forgetful)
        note_result(player, session_commit(player->session));
}
