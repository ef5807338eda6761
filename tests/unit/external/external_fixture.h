/* SPDX-License-Identifier: MIT */
#ifndef UNIT_EXTERNAL_EXTERNAL_FIXTURE_H
#define UNIT_EXTERNAL_EXTERNAL_FIXTURE_H

#include "unit/external/fake_downloads.h"
#include "xbits/external.h"

#define HARBOR "HarborTunes" /* Active; three tasks, a BaseURL. */
#define HILL   "HillMusic"   /* One task; a BaseURL with a query. */
#define BARE   "BareStore"   /* A key and no more. */

#define HARBOR_TASK(n) "http://harbor.test/task" #n
#define HARBOR_BASE    "http://harbor.test/go"
#define HILL_TASK      "https://hill.test/"
#define HILL_BASE      "https://hill.test/go?l=409"

/* A shell with three stores and a user who answers what the test wants. */
struct world {
    struct xbits_shell *shell;
    struct xbits_download_manager downloads;
    bool user_agrees;
    unsigned questions;
    char asked[32];
};

void world_open(struct world *world, enum xbits_player_version player);
void world_close(struct world *world);

/* A page of this surface; its functions are told to nobody. */
struct xbits_external *open_page(struct world *world, enum xbits_surface surface);

/* The next navigation must be this one. */
void assert_navigation(struct xbits_shell *shell, const char *url, unsigned pane,
                       bool ends_session);
void assert_no_navigation(struct xbits_shell *shell);

/* Variants. */
struct xbits_variant text_variant(const char *text);
struct xbits_variant long_variant(int32_t number);
struct xbits_variant double_variant(double real);
struct xbits_variant function_variant(uint64_t function);
struct xbits_variant plain_variant(enum xbits_variant_kind kind);

/* One invocation by name; the member must be there. */
struct deed {
    struct xbits_object object;
    const char *name;
    unsigned use;
    struct xbits_variant arguments[XBITS_MEMBER_ARGUMENTS + 1];
    size_t count;
};
xbits_result do_deed(struct xbits_external *external, const struct deed *deed,
                     struct xbits_variant *result_out);
/* A property of external itself. */
const char *read_text(struct xbits_external *external, const char *name);
xbits_result put(struct xbits_external *external, const char *name, struct xbits_variant value);

#endif
