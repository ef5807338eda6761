/* SPDX-License-Identifier: MIT */
#include "store/external/shell.h"

#include <stdlib.h>
#include <string.h>

#include "base/argument.h"
#include "base/text.h"
#include "store/external/navigation_url.h"

/* From WMP11 on all of a store is one tab; of WMP9 no more than one pane is known (errata 2.6). */
static const struct shell_player players[] = {
    { XBITS_PLAYER_WMP9, 1, "9.0.0.3250" },
    { XBITS_PLAYER_WMP10, 3, "10.0.0.3600" },
    { XBITS_PLAYER_WMP11, 1, "11.0.5721.5145" },
    { XBITS_PLAYER_WMP12, 1, "12.0.7601.17514" },
};

static const char *const pane_names[XBITS_PANE_COUNT + 1] = {
    "",
    "ServiceTask1",
    "ServiceTask2",
    "ServiceTask3",
};

const char *xbits_pane_name(unsigned pane)
{
    return pane <= XBITS_PANE_COUNT ? pane_names[pane] : "";
}

unsigned shell_pane_of_name(const char *name)
{
    for (unsigned pane = 1; pane <= XBITS_PANE_COUNT; pane++) {
        if (strcmp(pane_names[pane], name) == 0)
            return pane;
    }
    return 0;
}

static const struct shell_player *find_player(enum xbits_player_version number)
{
    const size_t count = sizeof players / sizeof players[0];

    if ((int)number == 0)
        return &players[count - 1];
    for (size_t i = 0; i < count; i++) {
        if (players[i].number == number)
            return &players[i];
    }
    return NULL;
}

const struct shell_store *shell_find_store(const struct xbits_shell *shell, const char *key)
{
    for (size_t i = 0; i < shell->store_count; i++) {
        if (strcmp(shell->stores[i].key, key) == 0)
            return &shell->stores[i];
    }
    return NULL;
}

bool shell_store_has_pane(const struct xbits_shell *shell, const struct shell_store *store,
                          unsigned pane)
{
    if (pane < 2)
        return pane == 1;
    return pane <= shell->player->panes && store->task_urls[pane - 1] != NULL;
}

/* A URL of a store, which may lack it. */
static xbits_result copy_url(const char *what, const char *url, char **copy_out)
{
    if (url == NULL)
        return XBITS_S_OK;
    TRY(navigation_url_check(what, url));
    return text_copy(url, copy_out);
}

static xbits_result add_store(struct xbits_shell *shell, const struct xbits_shell_store *given)
{
    struct shell_store *store = &shell->stores[shell->store_count];

    TRY(argument_struct("a store", given->size, sizeof *given));
    TRY(argument_text("a store's key", given->key));
    if (given->key[0] == '\0')
        return xbits_fail(XBITS_E_INVALIDARG, "a store's key is empty");
    if (shell_find_store(shell, given->key) != NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "the store \"%s\" occurs twice", given->key);
    TRY(text_copy(given->key, &store->key));
    shell->store_count++;
    for (unsigned pane = 1; pane <= XBITS_PANE_COUNT; pane++) {
        TRY(copy_url(pane_names[pane], given->task_urls[pane - 1], &store->task_urls[pane - 1]));
    }
    return copy_url("a BaseURL", given->navigate_base_url, &store->base_url);
}

static xbits_result add_stores(struct xbits_shell *shell, const struct xbits_shell_options *options)
{
    if (options->store_count == 0)
        return XBITS_S_OK;
    TRY(argument_pointer("the list of stores", options->stores));
    shell->stores = calloc(options->store_count, sizeof *shell->stores);
    if (shell->stores == NULL) {
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a list of %zu stores",
                          options->store_count);
    }
    for (size_t i = 0; i < options->store_count; i++)
        TRY(add_store(shell, &options->stores[i]));
    return XBITS_S_OK;
}

static xbits_result choose_active(struct xbits_shell *shell, const char *key)
{
    if (key == NULL)
        return XBITS_S_OK;
    TRY(argument_text("the active store", key));
    shell->active = shell_find_store(shell, key);
    if (shell->active == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "the active store \"%s\" is none of the stores", key);
    return XBITS_S_OK;
}

static xbits_result fill(struct xbits_shell *shell, const struct xbits_shell_options *options)
{
    TRY(argument_struct("the shell's options", options->size, sizeof *options));
    shell->player = find_player(options->player);
    if (shell->player == NULL) {
        return xbits_fail(XBITS_E_INVALIDARG, "%d is no version of the Player: 9 to 12 are",
                          (int)options->player);
    }
    TRY(argument_optional_text("the version", options->version));
    TRY(text_copy(options->version != NULL ? options->version : shell->player->version,
                  &shell->version));
    TRY(add_stores(shell, options));
    return choose_active(shell, options->active_store);
}

xbits_result xbits_shell_open(const struct xbits_shell_options *options,
                              struct xbits_shell **shell_out)
{
    struct xbits_shell *shell;
    xbits_result result;

    TRY(argument_pointer("the shell's options", options));
    TRY(argument_pointer("shell_out", shell_out));
    shell = calloc(1, sizeof *shell);
    if (shell == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a shell");
    shell->ask = options->ask;
    shell->user = options->user;
    shell_colors_init(&shell->colors);
    result = fill(shell, options);
    if (XBITS_FAILED(result)) {
        xbits_shell_close(shell);
        return result;
    }
    *shell_out = shell;
    return XBITS_S_OK;
}

static void dispose_store(struct shell_store *store)
{
    free(store->key);
    free(store->base_url);
    for (size_t i = 0; i < XBITS_PANE_COUNT; i++)
        free(store->task_urls[i]);
}

void xbits_shell_close(struct xbits_shell *shell)
{
    if (shell == NULL)
        return;
    shell_dispose_navigations(shell);
    for (size_t i = 0; i < shell->store_count; i++)
        dispose_store(&shell->stores[i]);
    free(shell->stores);
    free(shell->version);
    free(shell);
}

enum xbits_player_version xbits_shell_player(const struct xbits_shell *shell)
{
    return shell->player->number;
}

const char *xbits_shell_version(const struct xbits_shell *shell)
{
    return shell->version;
}

const char *xbits_shell_active_store(const struct xbits_shell *shell)
{
    return shell->active != NULL ? shell->active->key : NULL;
}

unsigned xbits_shell_pane(const struct xbits_shell *shell)
{
    return shell->pane;
}

unsigned xbits_shell_lit_pane(const struct xbits_shell *shell)
{
    return shell->lit_pane;
}

void xbits_shell_light_pane(struct xbits_shell *shell, const char *name)
{
    unsigned pane = name != NULL ? shell_pane_of_name(name) : 0;

    if (shell->active != NULL && shell_store_has_pane(shell, shell->active, pane))
        shell->lit_pane = pane;
}
