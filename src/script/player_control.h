/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_PLAYER_CONTROL_H
#define SCRIPT_PLAYER_CONTROL_H

#include "script/host.h"

/*
 * The Player control that a page embeds, <OBJECT CLASSID="CLSID:6BF52A52-...">, as far as store
 * pages use it: URL, uiMode, playState, controls, currentMedia, mediaCollection. Nothing is played:
 * every put and call is told, one line each. An address that is set "plays" (playState 3) at once,
 * as autoStart says, until pause() or stop(); no event is raised.
 */
#define PLAYER_CONTROL_CLASSID "CLSID:6BF52A52-394A-11d3-B153-00C04F79FAA6"

struct player_control_options {
    const char *version; /* versionInfo */
    void (*tell)(const char *text, void *user);
    void *user;
};
xbits_result player_control_new(const struct player_control_options *options,
                                struct player_control **control_out);
void player_control_free(struct player_control *control); /* NULL is fine. */
struct js_object player_control_object(void);

#endif
