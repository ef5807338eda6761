/* SPDX-License-Identifier: MIT */
#ifndef XBITS_SHELL_H
#define XBITS_SHELL_H

#include "xbits/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What of the Player's window pages see and change: its colours, its version, the stores it can
 * show and their panes. It shows nothing itself: where a page is to be opened is a navigation,
 * which its owner pulls. All calls are made on one thread.
 */
struct xbits_shell;

#define XBITS_PANE_COUNT 3

/* A store as the shell knows it. Texts are copied. */
struct xbits_shell_store {
    size_t size;                             /* Set by XBITS_INIT. */
    const char *key;                         /* As in xbits/registry.h. */
    const char *navigate_base_url;           /* Navigate/@BaseURL; NULL: the store has none. */
    const char *task_urls[XBITS_PANE_COUNT]; /* Of ServiceTask1 to 3; NULL: it lacks that pane. */
};

/* May the Player go over to this store? It asks its user before it leaves the active one. */
typedef bool xbits_shell_ask(const char *key, void *user);

struct xbits_shell_options {
    size_t size;                      /* Set by XBITS_INIT. */
    enum xbits_player_version player; /* 0: WMP12. From WMP11 on there is one pane. */
    const char
        *version; /* What external.version says; NULL: as that Player's, "12.0.7601.17514". */
    const struct xbits_shell_store *stores;
    size_t store_count;
    const char *active_store; /* Its key; NULL: none is. */
    xbits_shell_ask *ask;     /* NULL: the answer is no. */
    void *user;
};

/* Results: XBITS_S_OK; XBITS_E_INVALIDARG (a Player that is not, a key that occurs twice or not at
 * all, a URL that is not http, https or file); XBITS_E_OUTOFMEMORY. */
XBITS_API xbits_result xbits_shell_open(const struct xbits_shell_options *options,
                                        struct xbits_shell **shell_out);
XBITS_API void xbits_shell_close(struct xbits_shell *shell); /* NULL is fine. */

XBITS_API enum xbits_player_version xbits_shell_player(const struct xbits_shell *shell);
XBITS_API const char *xbits_shell_version(const struct xbits_shell *shell);
XBITS_API const char *xbits_shell_active_store(const struct xbits_shell *shell); /* Key, NULL. */

enum xbits_color {
    XBITS_COLOR_LIGHT = 0, /* appColorLight */
    XBITS_COLOR_MEDIUM,
    XBITS_COLOR_DARK,
    XBITS_COLOR_BUTTON_HIGHLIGHT,
    XBITS_COLOR_BUTTON_SHADOW,
    XBITS_COLOR_BUTTON_HOVER_FACE
};
#define XBITS_COLOR_COUNT 6

/* "#7C9AD6": upper case. */
XBITS_API const char *xbits_shell_color(const struct xbits_shell *shell, enum xbits_color color);
/* The user recolours the Player: the colour becomes the light one, the others follow from it, and
 * each open page's OnColorChange is called. Results: XBITS_S_OK; XBITS_E_INVALIDARG (not #rrggbb).
 */
XBITS_API xbits_result xbits_shell_set_color(struct xbits_shell *shell, const char *color);

/* The pane that is shown, 1 to 3; 0: none yet. And the one whose button is lit. */
XBITS_API unsigned xbits_shell_pane(const struct xbits_shell *shell);
XBITS_API unsigned xbits_shell_lit_pane(const struct xbits_shell *shell);
/* SelectedTaskPane: lights the button of "ServiceTask1" to "ServiceTask3" that the active store
 * has, and goes nowhere. Any other name is ignored. */
XBITS_API void xbits_shell_light_pane(struct xbits_shell *shell, const char *name);
XBITS_API const char *xbits_pane_name(unsigned pane); /* "ServiceTask1"; "" for 0. */

/*
 * A page that is to be opened in a pane. One that follows from another store being chosen ends the
 * session of the last one: addresses and session cookies are forgotten.
 */
struct xbits_navigation {
    size_t size;
    const char *url;   /* Valid until the next navigation is taken. */
    const char *store; /* Key. */
    unsigned pane;     /* 1 to 3. */
    bool ends_session;
};

/* The user clicks a task button: the page that this pane showed last, else the task's.
 * Results: XBITS_S_OK; XBITS_E_INVALIDARG (the active store has no such pane); XBITS_E_OUTOFMEMORY.
 */
XBITS_API xbits_result xbits_shell_select_pane(struct xbits_shell *shell, unsigned pane);
/* The user chooses a store: its ServiceTask1. Results: XBITS_S_OK (also: it is active already, and
 * nothing is to be done); XBITS_ERROR_FILE_NOT_FOUND (no such store); XBITS_E_OUTOFMEMORY. */
XBITS_API xbits_result xbits_shell_select_store(struct xbits_shell *shell, const char *key);
/*
 * NavigateTaskPaneURL: the store's BaseURL and parameters (NULL and "": none), in the named pane; a
 * pane that the store lacks is ServiceTask1. For a store that is not active the user is asked.
 * Results: XBITS_S_OK; XBITS_S_FALSE (nothing happens: an unknown key, a store without BaseURL, or
 * the user said no); XBITS_E_OUTOFMEMORY.
 */
XBITS_API xbits_result xbits_shell_navigate(struct xbits_shell *shell, const char *key,
                                            const char *pane, const char *parameters);
/* A page went from one address to another inside its pane: what select_pane comes back to. */
XBITS_API xbits_result xbits_shell_note_url(struct xbits_shell *shell, const char *url);

/* The oldest navigation that was not taken yet. Results: XBITS_S_OK; XBITS_S_FALSE (none). */
XBITS_API xbits_result xbits_shell_next_navigation(struct xbits_shell *shell,
                                                   struct xbits_navigation *navigation_out);

#ifdef __cplusplus
}
#endif

#endif
