/* SPDX-License-Identifier: MIT */
#ifndef XBITS_PLAYER_H
#define XBITS_PLAYER_H

#include "xbits/convention.h"
#include "xbits/library.h"
#include "xbits/manager.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Windows Media Player's side of the convention: it looks at the queue of its manager's user every
 * five seconds, adopts the jobs of installed stores, completes each WMP_JOB that is TRANSFERRED,
 * files its song and adds it to the library. A WMP_STATUS it only shows. It owns no thread: all
 * happens inside its calls, one thread at a time. Besides what a call names, each that has a result
 * can answer XBITS_E_INVALIDARG (a NULL, a text that is not UTF-8).
 */
struct xbits_player;

enum xbits_player_version {
    XBITS_PLAYER_WMP9 = 9, /* Knows no convention: it never looks at the queue. */
    XBITS_PLAYER_WMP10 = 10,
    XBITS_PLAYER_WMP11 = 11,
    XBITS_PLAYER_WMP12 = 12
};

/* What became of a job or of a song. */
enum xbits_player_news_kind {
    XBITS_NEWS_ADOPTED,  /* A job is shown from now on. */
    XBITS_NEWS_IGNORED,  /* It means to be of the convention, and is not adopted; text says why. */
    XBITS_NEWS_RELEASED, /* It does not match any more: the player lets go of it. */
    XBITS_NEWS_FILED,    /* The song is in the library; text is its path. */
    XBITS_NEWS_ENDED,    /* Somebody else completed or cancelled the job. */
    XBITS_NEWS_FAILED,   /* Its download, Complete or filing failed; result and text say why. */
    XBITS_NEWS_DAMAGED   /* Filed as untagged: its tags could not be read. */
};
XBITS_API const char *xbits_player_news_name(enum xbits_player_news_kind kind); /* "ADOPTED" */

struct xbits_player_news {
    size_t size;
    enum xbits_player_news_kind kind;
    struct xbits_id job;
    int32_t collection; /* 0: not known. */
    xbits_result result;
    const char *title; /* As far as it is known, else the job's display name. */
    const char *text;  /* Valid until the call returns. */
};

/* Called inside xbits_player_step; it must not call the player. */
typedef void xbits_player_tell(const struct xbits_player_news *news, void *user);

struct xbits_player_options {
    size_t size;                       /* Set by XBITS_INIT. */
    const char *user_directory;        /* Absolute; holds registry.ini and store.db. */
    const char *library;               /* Absolute; NULL: "library" in the user directory. */
    enum xbits_player_version version; /* 0: WMP12. */
    enum xbits_wmp_mode mode;          /* Lenient: the provider's case is borne, too. */
    /* bits: completes and files strangers' jobs; else it shows them only. sim: always does. */
    bool adopts;
    /* Changes nothing and takes no lock: it may look on beside a Player that runs, with a manager
     * that reads. */
    bool looks_only;
    bool counts_pending;     /* Quirk collection-count: see xbits_download_collection_count. */
    uint32_t poll_ms;        /* 0: 5,000. */
    xbits_player_tell *tell; /* NULL: nobody is told. */
    void *user;
};

/*
 * The manager must outlive the player, and its user is the one whose jobs are looked at. Songs that
 * were on their way into the library when a former player ended are filed in the first step.
 * Results: XBITS_S_OK; XBITS_E_INVALIDARG (directory, version); XBITS_ERROR_LOCK_VIOLATION (another
 * player that does not only look uses the user directory, or, on real BITS, wmplayer.exe runs and
 * it adopts); as xbits_registry_open and xbits_library_open. A damaged store.db is set aside, which
 * is news of no job (FAILED), and without one that can be used the player forgets, and starts no
 * downloads. One that only looks leaves it alone and fails: XBITS_BG_E_DATABASE_CORRUPT;
 * XBITS_ERROR_REVISION_MISMATCH (a newer xbits wrote it); the disk's results.
 */
XBITS_API xbits_result xbits_player_open(struct xbits_manager *manager,
                                         const struct xbits_player_options *options,
                                         struct xbits_player **player_out);
XBITS_API void xbits_player_close(struct xbits_player *player); /* NULL is fine. */

/*
 * Does what is due at now_ms, any clock that does not go back, and says when it is to be called
 * again; sooner does no harm. Looks at the queue when a poll is due or RefreshDownload has become
 * other than 0. A failing song or job is news, not a failure; when the queue, the registry or the
 * library fails, the next call tries again. Results: XBITS_S_OK; as xbits_manager_visit_jobs,
 * xbits_job_open, xbits_job_read and xbits_registry_get; the library's database's.
 */
XBITS_API xbits_result xbits_player_step(struct xbits_player *player, uint64_t now_ms,
                                         uint64_t *next_due_ms_out);

/* WMPSubscriptionDownloadState, same numbers. A page must not rely on an order of them. */
enum xbits_download_state {
    XBITS_DOWNLOAD_DOWNLOADING = 0,
    XBITS_DOWNLOAD_PAUSED = 1,
    XBITS_DOWNLOAD_PROCESSING = 2, /* All bytes are here; it is being filed. */
    XBITS_DOWNLOAD_COMPLETED = 3,
    XBITS_DOWNLOAD_CANCELED = 4 /* Or failed: there is no other number for it. */
};
XBITS_API const char *xbits_download_state_name(enum xbits_download_state state);

/* An adopted job, as the last step saw it. */
struct xbits_player_item {
    size_t size;
    struct xbits_id job;
    int32_t collection;
    enum xbits_wmp_kind kind;
    enum xbits_download_state state;
    enum xbits_job_state job_state;
    uint64_t bytes_total; /* XBITS_SIZE_UNKNOWN */
    uint64_t bytes_transferred;
    int64_t creation; /* FILETIME: the order in a collection. */
    const char *source_url;
    const char *title;
    bool is_filed;
    bool
        can_go_on; /* Its download moves or will by itself, or it is TRANSFERRED and to be filed. */
};

/* Called for each item of a collection (0: of all), the oldest first; it must not step or close the
 * player. False ends the visit. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
typedef bool xbits_player_item_visit(const struct xbits_player_item *item, void *user);
XBITS_API xbits_result xbits_player_visit_items(struct xbits_player *player, int32_t collection,
                                                xbits_player_item_visit *visit, void *user);

/*
 * getItemInfo of an item: borrowed until the next step. "" for a name that the convention has not,
 * and for a job that an earlier session of this user's player had adopted.
 * Results: XBITS_S_OK; XBITS_E_NOTIMPL (WMP9); XBITS_BG_E_NOT_FOUND (no such item).
 */
XBITS_API xbits_result xbits_player_item_info(struct xbits_player *player,
                                              const struct xbits_id *job, const char *name,
                                              const char **text_out);

/* pause, resume and cancel of an item go to its job, and are seen by the next step.
 * Results: as xbits_job_suspend, _resume and _cancel; XBITS_BG_E_NOT_FOUND (no such item);
 * XBITS_E_ACCESSDENIED (the player only looks). */
XBITS_API xbits_result xbits_player_pause_item(struct xbits_player *player,
                                               const struct xbits_id *job);
XBITS_API xbits_result xbits_player_resume_item(struct xbits_player *player,
                                                const struct xbits_id *job);
XBITS_API xbits_result xbits_player_cancel_item(struct xbits_player *player,
                                                const struct xbits_id *job);

#ifdef __cplusplus
}
#endif

#endif
