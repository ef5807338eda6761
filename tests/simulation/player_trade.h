/* SPDX-License-Identifier: MIT */
#ifndef SIMULATION_PLAYER_TRADE_H
#define SIMULATION_PLAYER_TRADE_H

#include "simulation/player_downloads.h"
#include "simulation/simulation.h"
#include "store/player.h"
#include "support/disk_power.h"
#include "xbits/wmp_job.h"

/*
 * Producers send songs and a player files them, on a disk in memory that can fail and whose power
 * can go, among files of strangers. Each resource has a size of its own, so that any file on the
 * disk tells by its bytes what it is. What the queue says of a job is taken for true here: kept.h
 * is about that.
 */
#define TRADE_JOBS      24
#define TRADE_FILES     2 /* Of a job. */
#define TRADE_RESOURCES 48
#define TRADE_TEXTS     8
#define TRADE_STORES    3
#define TRADE_PLANTED   96
#define TRADE_INFO      7

#define TRADE_USER  "/user"
#define TRADE_MUSIC "/music"
#define TRADE_QUEUE "/state/queue"
#define TRADE_DIR   "/files"

/* size % TRADE_SIZES is the resource, or says that it is a stranger's file. */
#define TRADE_SIZES   64
#define TRADE_FOREIGN 63

enum trade_form {
    FORM_EXACT,
    FORM_LENIENT, /* A lenient reader alone understands it. */
    FORM_BAD
};

/* A description that somebody gave a job, or tried to. */
struct trade_text {
    enum trade_form form;
    enum xbits_wmp_kind kind;
    int32_t service_id;
    const char *provider;
    const char *info[TRADE_INFO]; /* What getItemInfo is to tell, in the order of trade_info. */
    char text[XBITS_WMP_TEXT_SIZE];
};
extern const char *const trade_info[TRADE_INFO];

enum trade_luck { LUCK_GOOD, LUCK_SLOW, LUCK_BAD_FOR_A_WHILE, LUCK_NONE };

struct trade_resource {
    unsigned job;
    uint64_t size;
    enum trade_luck luck;
};

enum trade_end { END_OPEN, END_COMPLETED, END_CANCELLED };

struct trade_job {
    bool is_unsure; /* How it ended: the queue could not be written. */
    bool is_known;  /* Its id is. A call that failed may have made it nevertheless. */
    struct xbits_id id;
    unsigned number;
    char display_name[16];
    char local_names[TRADE_FILES][32];
    size_t resources[TRADE_FILES];
    unsigned file_count; /* As asked for. */
    bool is_media;
    struct trade_text texts[TRADE_TEXTS];
    size_t text_count;

    /* As last seen. */
    bool is_present;
    enum xbits_job_state state;
    uint32_t files_total;
    const struct trade_text *text; /* NULL: none of ours. */
    enum trade_end end;

    /* What may have been done to it. */
    bool is_completed_here; /* By its producer. */
    bool is_cancelled_here; /* By anybody. */
    bool may_complete;      /* In this step of the player. */
    bool was_tried;         /* In a step that did not go well. */
    bool must_be_filed;
    bool may_be_filed;
    bool is_excused; /* Somebody wrote over its file. */
    bool was_filed;  /* And told so. */
    bool has_second; /* Its job came back after that: that download stays where it was wanted. */

    /* In this session of the player. */
    bool is_adopted;
    bool is_session_over; /* Of the job: ended, filed. */
    const struct trade_text *adopted_text;
    bool may_be_inherited;
    bool must_be_inherited;

    /* Counted by each look at the disk; entries only where has_entries says so. */
    unsigned copies;
    unsigned entries;
};

/* A file that nobody may touch. */
struct trade_planted {
    char path[256];
    uint64_t size;
    bool is_over; /* Somebody may have written over it, and had the right to. */
    bool was_found;
};

struct trade {
    struct simulation core;
    struct disk *power;
    struct disk *disk; /* What fails on purpose, over it. */
    bool has_fault;
    bool was_faulty; /* It had one. */
    bool is_armed;   /* The power will go. */
    bool is_shaken;  /* It went, or the disk failed, at some time. */
    unsigned cuts;
    unsigned kills;
    int64_t time; /* Of the queue's clock, when it is opened next. */
    struct random ids;

    struct xbits_registry *registry; /* A producer's. */
    struct xbits_registry *look;     /* Ours, which never fails. */
    int64_t stamp;                   /* Of registry.ini: each change has another. */
    bool is_installed[TRADE_STORES];
    uint32_t refresh;

    struct xbits_player *player;
    enum xbits_player_version version;
    enum xbits_wmp_mode mode;
    bool is_session_well;
    bool has_looked;
    uint64_t now_ms;
    uint64_t looked_ms;
    bool has_entries; /* They could be counted. */
    bool was_moved;   /* In this step a job ended, and others moved up. */

    struct trade_resource resources[TRADE_RESOURCES];
    size_t resource_count;
    struct trade_job jobs[TRADE_JOBS];
    size_t job_count;
    struct trade_planted planted[TRADE_PLANTED];
    size_t planted_count;
    unsigned foreign_count;

    struct trade_download downloads[TRADE_DOWNLOADS];
    size_t download_count;
    struct trade_collection collections[TRADE_COLLECTIONS];
    size_t collection_count;
    struct xbits_id left[TRADE_LEFT]; /* The jobs of the queue that are none of jobs. */
    size_t left_count;
};

extern const char *const trade_stores[TRADE_STORES];

/* player_run.c */
bool trade_run(uint64_t seed, unsigned steps, bool is_verbose, uint64_t *trace_out,
               struct text *failure_out);
bool trade_is_well(const struct trade *trade); /* The disk does as it is told. */
bool trade_is_on(const struct trade *trade);

/* player_texts.c */
/* A new text of the job; is_good: one that a player adopts. NULL: it has enough. */
struct trade_text *trade_new_text(struct trade *trade, struct trade_job *job, bool is_good);
/* The spec that gives the text. */
void trade_describe(const struct trade_text *text, struct xbits_wmp_description *description);
/* Would the player, as it is, adopt it? */
bool trade_fits(const struct trade *trade, const struct trade_job *job);

/* player_jobs.c */
void trade_send(struct trade *trade);
void trade_send_by_hand(struct trade *trade);
void trade_ask_operation(struct trade *trade);
void trade_describe_operation(struct trade *trade);
void trade_serve(struct trade *trade, bool is_good);
/* A random job that is in the queue, or NULL. */
struct trade_job *trade_pick(struct trade *trade);
enum { TRADE_SUSPEND, TRADE_RESUME, TRADE_CANCEL, TRADE_COMPLETE };
void trade_ask(struct trade *trade, struct trade_job *job, unsigned which);

/* player_foreign.c */
void trade_foreign_operation(struct trade *trade);
/* The file stays as it is from now on. */
void trade_plant(struct trade *trade, const char *path, uint64_t size);
/* A job's Complete has the right to write over what bears its local name. True: there was. */
bool trade_give_up_planted(struct trade *trade, const char *path);
/* So has a producer's, and that of a song which is on its way from there, too. */
void trade_write_over(struct trade *trade, const char *path);

/* player_operations.c */
void trade_operate(struct trade *trade);
void trade_touch_registry(struct trade *trade);
void trade_clear_faults(struct trade *trade);
void trade_advance(struct trade *trade, uint64_t ms);

/* player_ends.c */
bool trade_open(struct trade *trade);
void trade_open_player(struct trade *trade, enum xbits_player_version version,
                       enum xbits_wmp_mode mode);
void trade_step_player(struct trade *trade, uint64_t ms);
void trade_close_player(struct trade *trade);
void trade_close(struct trade *trade);
void trade_reopen(struct trade *trade);
void trade_revive(struct trade *trade); /* After the power went. */
void trade_end_operation(struct trade *trade);

/* player_news.c */
void trade_hear(const struct xbits_player_news *news, void *user);

/* player_items.c */
void trade_check_items(struct trade *trade); /* After a look at the queue. */

/* player_check.c */
struct trade_job *trade_find(struct trade *trade, const struct xbits_id *id);
/* What the queue and the registry say; who is gone has ended rightly. */
void trade_see(struct trade *trade);
void trade_check(struct trade *trade);
void trade_check_end(struct trade *trade);

/* player_files.c */
/* Looks at every file, and counts the copies of each song that are in the library. */
void trade_check_files(struct trade *trade, bool is_end);

#endif
