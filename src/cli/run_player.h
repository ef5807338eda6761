/* SPDX-License-Identifier: MIT */
#ifndef CLI_RUN_PLAYER_H
#define CLI_RUN_PLAYER_H

#include "base/text.h"
#include "cli/cli.h"
#include "cli/job_table.h"
#include "cli/json_writer.h"
#include "xbits/change.h"
#include "xbits/player.h"

/* A Player that this program runs (xbits player run). */
struct run_player {
    struct cli *cli;
    struct xbits_manager *manager;
    struct xbits_player *player;
    bool is_once; /* Ends when no job can go on. */
    struct xbits_cursor cursor;
    struct job_table failures; /* Those that are pending have failed, and were not filed since. */
    struct job_table states;   /* As the last step left them. */
    size_t adopted;
    size_t filed;
    bool can_go_on; /* As the last step left the jobs. */
    bool has_error;
    struct json_writer writer;
    struct text complaint; /* What was said of a step that failed; "": the last one did not. */
    xbits_result result;   /* Of what news could not be taken. */
};

/* Makes it ready to be told news by xbits_player_step. */
void run_player_init(struct run_player *run, struct cli *cli);

/* xbits_player_tell; user is the struct run_player. */
void run_player_tell(const struct xbits_player_news *news, void *user);

/*
 * Steps the player until the user interrupts (CLI_INTERRUPTED) or, with is_once, until no job can
 * go on: CLI_DONE, or CLI_FAILED when a job is in ERROR or a song was not filed. Also CLI_FAILED
 * when nobody reads the news any more. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY; as
 * xbits_player_step and xbits_manager_next_change.
 */
xbits_result run_player_follow(struct run_player *run, enum cli_exit *how_out);

/* Says how it ended. */
void run_player_summarise(struct run_player *run, enum cli_exit how);

void run_player_dispose(struct run_player *run);

#endif
