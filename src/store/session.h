/* SPDX-License-Identifier: MIT */
#ifndef STORE_SESSION_H
#define STORE_SESSION_H

#include "persist/database.h"
#include "xbits/id.h"

/*
 * Which jobs the sessions of this user's player have adopted, in store.db of the user directory:
 * of a job that an earlier session had, getItemInfo tells nothing any more ("getItemInfo Method",
 * Windows Media Player SDK). Nothing is lost when the last changes are: they are not synced.
 */
struct session;

/* The database is store_database_open's, and must outlive it. Results: XBITS_S_OK; the
 * database's. */
xbits_result session_open(struct database *database, struct session **session_out);
void session_close(struct session *session); /* NULL is fine. */

/* Did a session before this one adopt it? */
bool session_has_inherited(const struct session *session, const struct xbits_id *job);

/* What this session adopts and what is over; written down together by session_commit. All three:
 * XBITS_S_OK; the database's. */
xbits_result session_remember(struct session *session, const struct xbits_id *job);
xbits_result session_forget(struct session *session, const struct xbits_id *job);
xbits_result session_commit(struct session *session);

/* Forgets the inherited jobs that this session has not remembered: they are gone. */
xbits_result session_forget_others(struct session *session);

#endif
