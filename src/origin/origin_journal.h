/* SPDX-License-Identifier: MIT */
#ifndef ORIGIN_ORIGIN_JOURNAL_H
#define ORIGIN_ORIGIN_JOURNAL_H

#include "httpd/httpd.h"
#include "origin/origin_subject.h"

/* What was asked for and what became of it, one JSON object a request. Any thread. */
struct journal;

/* Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result journal_new(void (*write)(void *user, const char *json), void *user,
                         struct journal **journal_out);
void journal_free(struct journal *journal);

/* The request's head is here: counts it and gives the exchange its index and time. */
void journal_begin(struct journal *journal, const struct httpd_request *request,
                   struct origin_exchange *exchange);
/* Its answer has ended; bytes may be HTTPD_BYTES_UNKNOWN. */
void journal_end(struct journal *journal, const struct httpd_request *request,
                 const struct origin_exchange *exchange, uint64_t body_bytes, bool was_sent_whole);

uint64_t journal_count(struct journal *journal, const char *path, const char *method);
char *journal_line(struct journal *journal, uint64_t index);

#endif
