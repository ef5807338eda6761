/* SPDX-License-Identifier: MIT */
#ifndef STORE_PLAYER_H
#define STORE_PLAYER_H

#include "store/download/download.h"
#include "store/library/library.h"
#include "store/registry.h"
#include "store/session.h"
#include "store/store_list.h"
#include "xbits/job.h"
#include "xbits/player.h"

/* xbits_player_open on a disk that is passed in. */
xbits_result player_open_on(struct xbits_manager *manager,
                            const struct xbits_player_options *options, struct disk *disk,
                            struct xbits_player **player_out);

/*
 * Does a player on this engine complete and file? On real BITS only when asked to: Windows' own
 * Player may run there, and a job that two complete fails for one of them.
 */
bool player_adopts(const char *backend, bool is_asked);

/* What the player thinks of a job. */
enum watch_verdict { WATCH_IGNORED, WATCH_ADOPTED };

/* How far an adopted WMP_JOB has come after its download. */
enum watch_filing {
    FILING_NOT_YET,
    FILING_DUE, /* It was completed here; its file is on the way. */
    FILING_DONE,
    FILING_GIVEN_UP /* Somebody else has taken the file. */
};

/* A job that is, or means to be, of the convention. */
struct watched {
    struct xbits_id id;
    enum watch_verdict verdict;
    char *text;          /* The description that was judged, ... */
    uint32_t file_count; /* ... with so many files, ... */
    uint64_t generation; /* ... when these stores were installed. */
    char *reason;        /* Ignored: why. */
    uint64_t seen;       /* The pass that saw it last. */
    uint64_t number;     /* In the order of being seen first. */

    /* Adopted ones. */
    struct xbits_job *job; /* Held, so that its last state can be read; NULL once it is over. */
    struct xbits_wmp_description description; /* As it was adopted, ... */
    char *adopted_text;                       /* ... and from what. */
    bool is_inherited;
    enum xbits_job_state state;
    bool moves; /* Its download goes on by itself. */
    enum watch_filing filing;
    xbits_result failure; /* Of the last try, so that it is told once. */
    uint64_t retry_ms;    /* When it is tried again. */
    uint64_t bytes_total;
    uint64_t bytes_transferred;
    int64_t creation;
    char *source_url;
    char *title;
    char *path;      /* Where it was filed; NULL: it is not. */
    bool is_removed; /* From its collection, for this session. */
};

/* All of them, sorted by id up to sorted_count: each pass adds behind that and sorts at its end. */
struct watch_list {
    struct watched **items;
    size_t count;
    size_t capacity;
    size_t sorted_count;
};

struct watched *watch_list_find(const struct watch_list *list, const struct xbits_id *id);
/* Takes ownership on success. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result watch_list_add(struct watch_list *list, struct watched *watched);
void watch_list_sort(struct watch_list *list);
/* Frees what is no longer wanted. */
void watch_list_remove_if(struct watch_list *list,
                          bool (*is_over)(const struct watched *watched, const void *user),
                          const void *user);
void watch_list_dispose(struct watch_list *list);
void watched_free(struct watched *watched); /* NULL is fine. */
/* As qsort wants it: the oldest first; of one moment the one that was seen first. */
int watched_compare_age(const struct watched *a, const struct watched *b);

/* What pages see (download_manager.c): the player itself, by another name, and what it showed
 * last. */
struct xbits_download_manager {
    struct xbits_player *player;
    struct shown_collection *shown; /* NULL: nothing yet, or something has changed. */
};

struct xbits_player {
    struct xbits_manager *manager;
    struct disk *disk;
    struct xbits_registry *registry;
    struct xbits_library *library; /* NULL: it only looks. */
    struct database *store;        /* store.db; NULL: it could not be opened. */
    struct session *session;       /* NULL: nothing is remembered of sessions. */
    struct downloads *downloads;
    struct xbits_download_manager manager_of_downloads;
    bool counts_pending;
    bool looks_only;
    char *lost;        /* Why store.db was set aside; NULL once that was told. */
    bool is_forgetful; /* It has failed. */
    bool has_seen_all; /* A look at the queue came to its end in this session. */
    struct disk_file *lock;
    enum xbits_player_version version;
    enum xbits_wmp_mode mode;
    uint32_t poll_ms;
    bool adopts;
    xbits_player_tell *tell;
    void *user;

    struct store_list stores;
    uint64_t generation; /* Of stores. */
    uint32_t refresh;    /* RefreshDownload; absent is 0. */
    bool is_behind;      /* The registry may have changed, and was not read since. */
    bool has_recovered;
    uint64_t next_recovery_ms;
    uint64_t next_poll_ms;
    uint64_t next_look_ms; /* At the registry. */
    struct watch_list watch;
    uint64_t pass;
    uint64_t newest_number; /* Of the watched. */
    xbits_result visit_result;
};

/* One look at the queue (player_pass.c). Results: as xbits_player_step. */
xbits_result player_look_at_queue(struct xbits_player *player);

/* Does the author of a description mean the convention, rightly or wrongly? (player_judge.c) */
bool player_is_meant(const char *description);
/* Judges a job that is new, or ignored and other than it was. On failure it is judged again by the
 * next look. Results: XBITS_S_OK; as the reads of a job. */
xbits_result player_judge(struct xbits_player *player, const struct xbits_job_snapshot *snapshot,
                          struct watched *watched);
/* Judges an adopted job again, and lets go of it when it does not match any more. */
xbits_result player_judge_again(struct xbits_player *player,
                                const struct xbits_job_snapshot *snapshot, struct watched *watched);

/* Lets go of an adopted job. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY (it is still adopted). */
xbits_result player_release(struct xbits_player *player, struct watched *watched,
                            const char *reason);

/*
 * What is remembered of sessions (player_session.c), the Download Manager's items among it, is
 * worth less than the songs: a damaged store.db is set aside and made anew; one that cannot be used
 * is logged and nothing is remembered. Who only looks is told instead. Results: XBITS_S_OK; those
 * of a queue that cannot be looked at; of who only looks also store_database_open's, but for none.
 */
xbits_result player_session_open(struct xbits_player *player, const char *user_directory);
void player_session_close(struct xbits_player *player);
/* Tells that store.db was set aside, once. */
void player_session_tell(struct xbits_player *player);
bool player_session_has_inherited(const struct xbits_player *player, const struct xbits_id *job);
void player_session_remember(struct xbits_player *player, const struct xbits_id *job);
void player_session_forget(struct xbits_player *player, const struct xbits_id *job);
/* After the first look that came to its end: inherited jobs that it has not seen are gone. */
void player_session_forget_others(struct xbits_player *player);
void player_session_commit(struct xbits_player *player);

/* Files what was on its way when a former player ended (player_file.c). */
xbits_result player_recover(struct xbits_player *player, uint64_t now_ms);
/* Completes and files what is TRANSFERRED, a few songs at most. */
void player_file_songs(struct xbits_player *player, uint64_t now_ms, bool *has_more_out);

/* Tells news of a job (player_tell.c). */
void player_tell(struct xbits_player *player, enum xbits_player_news_kind kind,
                 const struct watched *watched, const char *text);
/* A failure, unless it is the one that was told last. */
void player_tell_failure(struct xbits_player *player, struct watched *watched, xbits_result result,
                         const char *text);
/* News of a job of a former player. */
void player_tell_of(struct xbits_player *player, enum xbits_player_news_kind kind,
                    const struct xbits_id *job, xbits_result result, const char *text);

/* News of an item of the Download Manager; a download_tell. */
void player_tell_download(enum xbits_player_news_kind kind, const struct download *download,
                          xbits_result result, const char *text, void *user);

/* The collections are other than they were. */
void download_manager_note_change(struct xbits_player *player);

/* The item of an adopted job. Results: XBITS_S_OK; XBITS_BG_E_NOT_FOUND. */
xbits_result player_find_item(struct xbits_player *player, const struct xbits_id *job,
                              struct watched **watched_out);
/* As a page sees it now (player_items.c). */
enum xbits_download_state player_state_of(const struct watched *watched);

/* A player that only looks changes nothing: XBITS_E_ACCESSDENIED. */
xbits_result player_check_change(const struct xbits_player *player);

/* Not NULL, and begun with XBITS_INIT where it must be: see xbits/player.h. */
xbits_result player_check(const struct xbits_player *player);

#endif
