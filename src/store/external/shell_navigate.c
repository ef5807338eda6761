/* SPDX-License-Identifier: MIT */
#include "store/external/shell.h"

#include <stdlib.h>
#include <string.h>

#include "base/argument.h"
#include "base/text.h"
#include "store/external/navigation_url.h"

void shell_forget_pages(struct xbits_shell *shell)
{
    for (size_t i = 0; i < XBITS_PANE_COUNT; i++) {
        free(shell->pane_urls[i]);
        shell->pane_urls[i] = NULL;
    }
    shell->pane = 0;
    shell->lit_pane = 0;
}

void shell_dispose_navigations(struct xbits_shell *shell)
{
    shell_forget_pages(shell);
    for (size_t i = 0; i < shell->queued; i++)
        free(shell->queue[i].url);
    free(shell->taken_url);
}

static void choose_store(struct xbits_shell *shell, const struct shell_store *store)
{
    if (shell->active == store)
        return;
    shell_forget_pages(shell);
    shell->has_ended_session = shell->has_ended_session || shell->active != NULL;
    shell->active = store;
}

/* Takes the oldest out; its URL is the caller's. */
static struct shell_navigation take_oldest(struct xbits_shell *shell)
{
    struct shell_navigation oldest = shell->queue[0];

    shell->queued--;
    memmove(&shell->queue[0], &shell->queue[1], shell->queued * sizeof shell->queue[0]);
    return oldest;
}

/* A session that ends does so even when nobody sees the page by which it did. */
static void drop_oldest(struct xbits_shell *shell)
{
    struct shell_navigation oldest = take_oldest(shell);

    shell->queue[0].ends_session = shell->queue[0].ends_session || oldest.ends_session;
    free(oldest.url);
}

static void queue_take(struct xbits_shell *shell, unsigned pane, char *url)
{
    if (shell->queued == XBITS_NAVIGATIONS_MAXIMUM)
        drop_oldest(shell);
    shell->queue[shell->queued++] = (struct shell_navigation){
        .url = url,
        .store = shell->active,
        .pane = pane,
        .ends_session = shell->has_ended_session,
    };
    shell->has_ended_session = false;
}

/* Nothing changes unless all of it does. */
static xbits_result open_page(struct xbits_shell *shell, const struct shell_store *store,
                              unsigned pane, const char *url)
{
    char *shown = NULL;
    char *queued = NULL;
    xbits_result result;

    TRY(text_copy(url, &shown));
    result = text_copy(url, &queued);
    if (XBITS_FAILED(result)) {
        free(shown);
        return result;
    }
    choose_store(shell, store);
    free(shell->pane_urls[pane - 1]);
    shell->pane_urls[pane - 1] = shown;
    shell->pane = pane;
    queue_take(shell, pane, queued);
    return XBITS_S_OK;
}

xbits_result xbits_shell_select_pane(struct xbits_shell *shell, unsigned pane)
{
    const char *url;

    TRY(argument_pointer("the shell", shell));
    if (shell->active == NULL || !shell_store_has_pane(shell, shell->active, pane))
        return xbits_fail(XBITS_E_INVALIDARG, "the active store has no pane %u", pane);
    url = shell->pane_urls[pane - 1];
    if (url == NULL)
        url = shell->active->task_urls[pane - 1];
    if (url == NULL) {
        return xbits_fail(XBITS_E_INVALIDARG, "the store \"%s\" has no page for pane %u",
                          shell->active->key, pane);
    }
    TRY(open_page(shell, shell->active, pane, url));
    shell->lit_pane = pane;
    return XBITS_S_OK;
}

xbits_result xbits_shell_select_store(struct xbits_shell *shell, const char *key)
{
    const struct shell_store *store;

    TRY(argument_pointer("the shell", shell));
    TRY(argument_text("the store's key", key));
    store = shell_find_store(shell, key);
    if (store == NULL)
        return xbits_fail(XBITS_ERROR_FILE_NOT_FOUND, "there is no store \"%s\"", key);
    if (store == shell->active)
        return XBITS_S_OK;
    if (store->task_urls[0] != NULL)
        TRY(open_page(shell, store, 1, store->task_urls[0]));
    choose_store(shell, store);
    shell->lit_pane = 1;
    return XBITS_S_OK;
}

static bool may_choose(struct xbits_shell *shell, const struct shell_store *store)
{
    if (store == shell->active)
        return true;
    return shell->ask != NULL && shell->ask(store->key, shell->user);
}

static unsigned pane_for(const struct xbits_shell *shell, const struct shell_store *store,
                         const char *name)
{
    unsigned pane = shell_pane_of_name(name);

    return shell_store_has_pane(shell, store, pane) ? pane : 1;
}

xbits_result xbits_shell_navigate(struct xbits_shell *shell, const char *key, const char *pane,
                                  const char *parameters)
{
    const struct shell_store *store;
    struct text url = { 0 };
    xbits_result result;

    TRY(argument_pointer("the shell", shell));
    TRY(argument_text("the store's key", key));
    TRY(argument_text("the pane's name", pane));
    store = shell_find_store(shell, key);
    if (store == NULL || store->base_url == NULL)
        return XBITS_S_FALSE;
    result = navigation_url_join(store->base_url, parameters != NULL ? parameters : "", &url);
    if (XBITS_SUCCEEDED(result)) {
        result = may_choose(shell, store)
                     ? open_page(shell, store, pane_for(shell, store, pane), text_c(&url))
                     : XBITS_S_FALSE;
    }
    text_dispose(&url);
    return result;
}

xbits_result xbits_shell_note_url(struct xbits_shell *shell, const char *url)
{
    TRY(argument_pointer("the shell", shell));
    TRY(navigation_url_check("the page's address", url));
    if (shell->pane == 0)
        return XBITS_S_FALSE;
    return text_replace(&shell->pane_urls[shell->pane - 1], url);
}

xbits_result xbits_shell_next_navigation(struct xbits_shell *shell,
                                         struct xbits_navigation *navigation_out)
{
    struct shell_navigation next;

    TRY(argument_pointer("the shell", shell));
    TRY(argument_pointer("navigation_out", navigation_out));
    TRY(argument_struct("navigation_out", navigation_out->size, sizeof *navigation_out));
    if (shell->queued == 0)
        return XBITS_S_FALSE;
    next = take_oldest(shell);
    free(shell->taken_url);
    shell->taken_url = next.url;
    navigation_out->url = next.url;
    navigation_out->store = next.store->key;
    navigation_out->pane = next.pane;
    navigation_out->ends_session = next.ends_session;
    return XBITS_S_OK;
}
