/* SPDX-License-Identifier: MIT */
#ifndef STORE_EXTERNAL_SHELL_H
#define STORE_EXTERNAL_SHELL_H

#include "base/result.h"
#include "xbits/shell.h"

/* "#7C9AD6" and its NUL. */
#define COLOR_TEXT_SIZE 8

/* Somebody who is told of a new colour. Linked by the shell while it listens. */
struct color_listener {
    void (*changed)(void *user);
    void *user;
    uint64_t seen; /* The last change it was told of. */
    struct color_listener *next;
};

struct shell_colors {
    char text[XBITS_COLOR_COUNT][COLOR_TEXT_SIZE];
    struct color_listener *listeners;
    uint64_t changes; /* So far. */
    bool is_telling;
};

/* What differs from one Player to the next. */
struct shell_player {
    enum xbits_player_version number;
    unsigned panes;
    const char *version;
};

struct shell_store {
    char *key;
    char *base_url; /* NULL */
    char *task_urls[XBITS_PANE_COUNT];
};

struct shell_navigation {
    char *url;
    const struct shell_store *store;
    unsigned pane;
    bool ends_session;
};

struct xbits_shell {
    const struct shell_player *player;
    char *version;
    struct shell_store *stores;
    size_t store_count;
    const struct shell_store *active; /* NULL */
    xbits_shell_ask *ask;
    void *user;
    unsigned pane;
    unsigned lit_pane;
    char *pane_urls[XBITS_PANE_COUNT]; /* What each showed last, of the active store; NULL. */
    struct shell_navigation queue[XBITS_NAVIGATIONS_MAXIMUM];
    size_t queued;
    char *taken_url;
    bool has_ended_session; /* The next navigation says so. */
    struct shell_colors colors;
};

/* shell.c */
const struct shell_store *shell_find_store(const struct xbits_shell *shell, const char *key);
/* ServiceTask1 is every store's. */
bool shell_store_has_pane(const struct xbits_shell *shell, const struct shell_store *store,
                          unsigned pane);
unsigned shell_pane_of_name(const char *name); /* 0: it names none. */

/* shell_navigate.c */
void shell_forget_pages(struct xbits_shell *shell);
void shell_dispose_navigations(struct xbits_shell *shell);

/* shell_color.c */
void shell_colors_init(struct shell_colors *colors);
void shell_listen(struct xbits_shell *shell, struct color_listener *listener);
void shell_stop_listening(struct xbits_shell *shell, struct color_listener *listener);

#endif
