/* SPDX-License-Identifier: MIT */
#ifndef CLI_RUN_PAGE_H
#define CLI_RUN_PAGE_H

#include "cli/cli.h"
#include "xbits/external.h"

/* What can be asked of a page, in the order that it is asked in. */
enum page_step {
    PAGE_STEP_FIRE,    /* words: the element's id and the event. */
    PAGE_STEP_ADVANCE, /* words: seconds, as seconds_parse takes them. */
    PAGE_STEP_COLOR,   /* words: "#rrggbb". */
    PAGE_STEP_EVALUATE,
    PAGE_STEP_UNLOAD
};

/* A session of the Player with a page (xbits store run). All is borrowed; NULL is "not said". */
struct run_page {
    const char *url; /* Absolute. */
    enum xbits_surface surface;
    enum xbits_player_version version;
    const char *library;
    const char *store; /* The key of the active one. */
    const char *base_url;
    const char *origin;    /* The file of the in-memory origin. */
    uint64_t time_limit_s; /* Of one entry into a script. */
    bool is_realtime;
    const struct option_steps *steps; /* Checked. */
};

/* Has the session. Without a script host it fails and says so. */
enum cli_exit run_page(struct cli *cli, const struct run_page *wanted);

#endif
