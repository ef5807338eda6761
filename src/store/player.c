/* SPDX-License-Identifier: MIT */
#include "store/player.h"

#include <stdlib.h>
#include <string.h>

#include "base/argument.h"
#include "base/process.h"
#include "base/text.h"

#define DEFAULT_POLL_MS 5000
/* How soon a change of the registry is seen. */
#define LOOK_MS 500

static bool is_on_bits(const char *backend)
{
    return strcmp(backend, "bits") == 0;
}

bool player_adopts(const char *backend, bool is_asked)
{
    return is_asked || !is_on_bits(backend);
}

static xbits_result check_options(const struct xbits_player_options *options)
{
    TRY(argument_pointer("the options", options));
    TRY(argument_struct("xbits_player_options", options->size, sizeof *options));
    TRY(argument_path("the user directory", options->user_directory));
    TRY(argument_optional_text("the library", options->library));
    if (options->version != 0 && ((unsigned)options->version < XBITS_PLAYER_WMP9 ||
                                  (unsigned)options->version > XBITS_PLAYER_WMP12)) {
        return xbits_fail(XBITS_E_INVALIDARG, "there is no Player of version %d",
                          (int)options->version);
    }
    if ((unsigned)options->mode > XBITS_WMP_LENIENT)
        return xbits_fail(XBITS_E_INVALIDARG, "%d is no way to read", (int)options->mode);
    return XBITS_S_OK;
}

static struct xbits_player *new_player(struct xbits_manager *manager,
                                       const struct xbits_player_options *options,
                                       struct disk *disk)
{
    struct xbits_player *player = calloc(1, sizeof *player);

    if (player == NULL)
        return NULL;
    player->manager = manager;
    player->disk = disk;
    player->version = options->version != 0 ? options->version : XBITS_PLAYER_WMP12;
    player->mode = options->mode;
    player->poll_ms = options->poll_ms != 0 ? options->poll_ms : DEFAULT_POLL_MS;
    player->looks_only = options->looks_only;
    player->adopts =
        !options->looks_only && player_adopts(xbits_manager_backend_name(manager), options->adopts);
    player->counts_pending = options->counts_pending;
    player->manager_of_downloads.player = player;
    player->tell = options->tell;
    player->user = options->user;
    return player;
}

/* Windows' own Player knows the queue of real BITS alone. */
static xbits_result check_alone(const struct xbits_player *player)
{
    bool is_running = false;

    if (!player->adopts || !is_on_bits(xbits_manager_backend_name(player->manager)))
        return XBITS_S_OK;
    TRY(process_is_running("wmplayer.exe", &is_running));
    if (is_running)
        return xbits_fail(XBITS_ERROR_LOCK_VIOLATION,
                          "wmplayer.exe runs, and would complete the same jobs: close it first");
    return XBITS_S_OK;
}

/* Of two players each would complete the other's jobs. */
static xbits_result lock(struct xbits_player *player, const char *user_directory)
{
    struct text path = { 0 };
    xbits_result result;

    TRY(check_alone(player));
    result = text_format(&path, "%s/player.lock", user_directory);
    if (XBITS_SUCCEEDED(result))
        result = disk_lock(player->disk, text_c(&path), &player->lock);
    if (result == XBITS_ERROR_LOCK_VIOLATION)
        result =
            xbits_fail(result, "another Player uses %s: its player.lock is held", user_directory);
    text_dispose(&path);
    return result;
}

static xbits_result open_library(struct xbits_player *player,
                                 const struct xbits_player_options *options)
{
    struct text directory = { 0 };
    xbits_result result;

    if (options->library != NULL)
        return library_open_on(options->library, XBITS_LIBRARY_EDIT, player->disk,
                               &player->library);
    result = text_format(&directory, "%s/library", options->user_directory);
    if (XBITS_SUCCEEDED(result))
        result =
            library_open_on(text_c(&directory), XBITS_LIBRARY_EDIT, player->disk, &player->library);
    text_dispose(&directory);
    return result;
}

/* On the machine's disk it is the machine's registry, which on Windows is no file. */
static xbits_result open_registry(struct xbits_player *player, const char *user_directory)
{
    if (player->disk == disk_system())
        return xbits_registry_open(user_directory, &player->registry);
    return registry_open_on(user_directory, player->disk, &player->registry);
}

static xbits_result open_parts(struct xbits_player *player,
                               const struct xbits_player_options *options)
{
    if (!player->looks_only)
        TRY(disk_make_directory(player->disk, options->user_directory));
    TRY(open_registry(player, options->user_directory));
    if (!player->looks_only) {
        TRY(lock(player, options->user_directory));
        TRY(open_library(player, options));
    }
    return player_session_open(player, options->user_directory);
}

xbits_result player_open_on(struct xbits_manager *manager,
                            const struct xbits_player_options *options, struct disk *disk,
                            struct xbits_player **player_out)
{
    struct xbits_player *player;
    xbits_result result;

    TRY(argument_pointer("the manager", manager));
    TRY(argument_pointer("player_out", player_out));
    TRY(check_options(options));
    player = new_player(manager, options, disk);
    if (player == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a player");
    result = open_parts(player, options);
    if (XBITS_FAILED(result)) {
        xbits_player_close(player);
        return result;
    }
    *player_out = player;
    return XBITS_S_OK;
}

xbits_result xbits_player_open(struct xbits_manager *manager,
                               const struct xbits_player_options *options,
                               struct xbits_player **player_out)
{
    return player_open_on(manager, options, disk_system(), player_out);
}

void xbits_player_close(struct xbits_player *player)
{
    if (player == NULL)
        return;
    watch_list_dispose(&player->watch);
    store_list_dispose(&player->stores);
    download_manager_note_change(player);
    player_session_close(player);
    free(player->lost);
    xbits_library_close(player->library);
    xbits_registry_close(player->registry);
    if (player->lock != NULL)
        (void)disk_close(player->disk, player->lock);
    free(player);
}

xbits_result player_check(const struct xbits_player *player)
{
    return argument_pointer("the player", player);
}

xbits_result player_check_change(const struct xbits_player *player)
{
    if (!player->looks_only)
        return XBITS_S_OK;
    return xbits_fail(XBITS_E_ACCESSDENIED, "the player only looks: it changes nothing");
}

static xbits_result read_refresh(struct xbits_player *player, uint32_t *refresh_out)
{
    struct xbits_value value = { 0 };

    TRY(xbits_registry_get(player->registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &value));
    *refresh_out = value.kind == XBITS_KIND_U32 ? value.as.u32 : 0;
    xbits_value_dispose(&value);
    return XBITS_S_OK;
}

/* What is new in the registry is a reason to look at the queue at once. */
static xbits_result read_registry(struct xbits_player *player, uint64_t now_ms)
{
    uint32_t refresh = 0;

    TRY(read_refresh(player, &refresh));
    TRY(store_list_read(&player->stores, player->registry));
    player->generation++;
    player->refresh = refresh;
    player->next_poll_ms = now_ms;
    player->is_behind = false;
    return XBITS_S_OK;
}

/* A change is told once, by a look that may fail over another part of the registry: while it cannot
 * be read, no step goes on with what was known before. */
static xbits_result look_at_registry(struct xbits_player *player, uint64_t now_ms)
{
    xbits_result result = registry_changed(player->registry);

    if (result != XBITS_S_FALSE)
        player->is_behind = true;
    TRY(result);
    if (player->is_behind)
        TRY(read_registry(player, now_ms));
    player->next_look_ms = now_ms + LOOK_MS;
    return XBITS_S_OK;
}

static xbits_result poll_queue(struct xbits_player *player, uint64_t now_ms)
{
    bool has_more = false;

    if (now_ms < player->next_poll_ms)
        return XBITS_S_OK;
    if (player->refresh != 0)
        TRY(player_look_at_queue(player));
    if (player->adopts)
        player_file_songs(player, now_ms, &has_more);
    player->next_poll_ms = has_more ? now_ms : now_ms + player->poll_ms;
    return XBITS_S_OK;
}

/* What strangers put into the queue. */
static xbits_result step_convention(struct xbits_player *player, uint64_t now_ms,
                                    uint64_t *next_due_ms_out)
{
    if (now_ms >= player->next_look_ms)
        TRY(look_at_registry(player, now_ms));
    if (player->adopts)
        TRY(player_recover(player, now_ms));
    TRY(poll_queue(player, now_ms));
    *next_due_ms_out = player->next_look_ms;
    if (player->next_poll_ms < player->next_look_ms)
        *next_due_ms_out = player->next_poll_ms;
    return XBITS_S_OK;
}

/* Its own items depend on no registry. */
xbits_result xbits_player_step(struct xbits_player *player, uint64_t now_ms,
                               uint64_t *next_due_ms_out)
{
    uint64_t downloads_due_ms = 0;
    uint64_t convention_due_ms = UINT64_MAX;

    TRY(player_check(player));
    TRY(argument_pointer("next_due_ms_out", next_due_ms_out));
    player_session_tell(player);
    download_manager_note_change(player);
    downloads_step(player->downloads, now_ms, &downloads_due_ms);
    if (player->version != XBITS_PLAYER_WMP9)
        TRY(step_convention(player, now_ms, &convention_due_ms));
    *next_due_ms_out = convention_due_ms < downloads_due_ms ? convention_due_ms : downloads_due_ms;
    return XBITS_S_OK;
}
