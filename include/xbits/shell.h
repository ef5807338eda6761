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
 * which its owner pulls. All calls are made on one thread. Besides what a call names, each that
 * has a result can answer XBITS_E_INVALIDARG (a NULL, a text that is not UTF-8).
 */
struct xbits_shell;

#define XBITS_PANE_COUNT 3

/* In bytes, as long as the Player's browser takes them. */
#define XBITS_SHELL_URL_MAXIMUM 2083

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
    size_t size; /* Set by XBITS_INIT. */
    /* 0: WMP12. WMP10 has three panes, the others have one: ServiceTask2 and 3 of a store are
     * nothing to them. */
    enum xbits_player_version player;
    const char
        *version; /* What external.version says; NULL: as that Player's, "12.0.7601.17514". */
    const struct xbits_shell_store *stores;
    size_t store_count;
    const char *active_store; /* Its key; NULL: none is. */
    xbits_shell_ask *ask;     /* NULL: the answer is no. */
    void *user;
};

/* Results: XBITS_S_OK; XBITS_E_INVALIDARG (a Player that is not, a key that occurs twice or not at
 * all, a URL that is not http, https or file, or too long); XBITS_E_OUTOFMEMORY. */
XBITS_API xbits_result xbits_shell_open(const struct xbits_shell_options *options,
                                        struct xbits_shell **shell_out);
XBITS_API void xbits_shell_close(struct xbits_shell *shell); /* NULL is fine. */

XBITS_API enum xbits_player_version xbits_shell_player(const struct xbits_shell *shell);
/* Texts are valid as long as the shell. The active store's key; NULL: none is. */
XBITS_API const char *xbits_shell_version(const struct xbits_shell *shell);
XBITS_API const char *xbits_shell_active_store(const struct xbits_shell *shell);

enum xbits_color {
    XBITS_COLOR_LIGHT = 0, /* appColorLight */
    XBITS_COLOR_MEDIUM,
    XBITS_COLOR_DARK,
    XBITS_COLOR_BUTTON_HIGHLIGHT,
    XBITS_COLOR_BUTTON_SHADOW,
    XBITS_COLOR_BUTTON_HOVER_FACE
};
#define XBITS_COLOR_COUNT 6

/* "#7C9AD6": upper case; valid until the next colour is set. */
XBITS_API const char *xbits_shell_color(const struct xbits_shell *shell, enum xbits_color color);
/* The user recolours the Player: the colour becomes the light one, the others follow from it, and
 * each open page's OnColorChange is called. A change that is made inside such a call is told when
 * the call is over, once to each. Results: XBITS_S_OK; XBITS_E_INVALIDARG (not #rrggbb). */
XBITS_API xbits_result xbits_shell_set_color(struct xbits_shell *shell, const char *color);

/* The pane that is shown, 1 to 3; 0: none yet. And the one whose button is lit. */
XBITS_API unsigned xbits_shell_pane(const struct xbits_shell *shell);
XBITS_API unsigned xbits_shell_lit_pane(const struct xbits_shell *shell);
/* SelectedTaskPane: lights the button of "ServiceTask1" (every store's) to "ServiceTask3" that the
 * active store has, and goes nowhere. Any other name, in any other case, is ignored. */
XBITS_API void xbits_shell_light_pane(struct xbits_shell *shell, const char *name);
XBITS_API const char *xbits_pane_name(unsigned pane); /* "ServiceTask1"; "" for 0. */

/*
 * A page that is to be opened in a pane. One that follows from another store being chosen ends the
 * session of the last one: addresses and session cookies are forgotten.
 */
struct xbits_navigation {
    size_t size;       /* Set by XBITS_INIT. */
    const char *url;   /* Valid until the next navigation is taken. */
    const char *store; /* Key; valid as long as the shell. */
    unsigned pane;     /* 1 to 3. */
    bool ends_session;
};

/* The user clicks a task button: the page that this pane showed last, else the task's; the button
 * is lit. Results: XBITS_S_OK; XBITS_E_INVALIDARG (the active store has no such pane, or no page
 * for it); XBITS_E_OUTOFMEMORY. */
XBITS_API xbits_result xbits_shell_select_pane(struct xbits_shell *shell, unsigned pane);
/* The user chooses a store: its ServiceTask1, if it names a page for that. Results: XBITS_S_OK
 * (also: it is active already, and nothing is to be done); XBITS_ERROR_FILE_NOT_FOUND (no such
 * store); XBITS_E_OUTOFMEMORY. */
XBITS_API xbits_result xbits_shell_select_store(struct xbits_shell *shell, const char *key);
/*
 * NavigateTaskPaneURL: the store's BaseURL and parameters (NULL and "": none), in the named pane; a
 * pane that the store lacks is ServiceTask1. The parameters stand in the query, before a fragment
 * of the BaseURL; what a query cannot hold is percent-encoded. For a store that is not active the
 * user is asked. Results: XBITS_S_OK; XBITS_S_FALSE (nothing happens: an unknown key, a store
 * without BaseURL, or the user said no); XBITS_E_INVALIDARG (the address is too long);
 * XBITS_E_OUTOFMEMORY.
 */
XBITS_API xbits_result xbits_shell_navigate(struct xbits_shell *shell, const char *key,
                                            const char *pane, const char *parameters);
/* A page went from one address to another inside the pane that is shown: what select_pane comes
 * back to. Results: XBITS_S_OK; XBITS_S_FALSE (no pane is shown); XBITS_E_INVALIDARG (as of a
 * store's URL); XBITS_E_OUTOFMEMORY. */
XBITS_API xbits_result xbits_shell_note_url(struct xbits_shell *shell, const char *url);

/* The oldest navigation that was not taken yet. A page can ask for any number of them: only the
 * newest so many are kept, and the end of a session with them. Results: XBITS_S_OK; XBITS_S_FALSE
 * (none). */
#define XBITS_NAVIGATIONS_MAXIMUM 16
XBITS_API xbits_result xbits_shell_next_navigation(struct xbits_shell *shell,
                                                   struct xbits_navigation *navigation_out);

#ifdef __cplusplus
}
#endif

#endif
