/* SPDX-License-Identifier: MIT */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>

/*
 * Ctrl-C and the request to terminate, noticed when the program is ready for them. A verb that has
 * something to clean up watches, then asks.
 */

/* From now on an interruption waits until it is asked for. Call it before any thread is started.
 * A closed output no longer ends the process either: writing to it fails. */
void interrupt_watch(void);

/* True, once, when there was an interruption. From then on the next one ends the process at once.
 */
bool interrupt_take(void);

/* Calls wake on a thread of its own at the next interruption, for who waits elsewhere; NULL: no
 * more, and wake is not running when this returns. Without memory for a thread it is not called. */
void interrupt_wakes(void (*wake)(void *user), void *user);

/* Waits for an interruption and takes it. */
void interrupt_wait(void);

#endif
