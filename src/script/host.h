/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_HOST_H
#define SCRIPT_HOST_H

#include "script/engine/js_engine.h"

struct com_objects;
struct dom;
struct page;
struct player_control;

/* What the classes of one page find behind js_options.host. */
struct host {
    struct page *page;
    struct js_engine *engine;
    struct dom *dom;
    struct com_objects *com;
    struct player_control *control;
};

#endif
