/* SPDX-License-Identifier: MIT */
#ifndef TRANSFER_ANSWER_TEXT_H
#define TRANSFER_ANSWER_TEXT_H

#include "backend-sim/engine/answer.h"
#include "wire/http_head.h"
#include "wire/resource.h"

/*
 * The head of an answer as the engine reads it, made from the lines that came. Every source goes
 * through it, so that a scripted head and a real one are read by the same code.
 */
struct answer_text {
    struct answer answer; /* Points into what follows, and into the head it was read from. */
    char content_encoding[64];
    char last_modified[64];
    char etag[256];
    char location[4096];
};

/* base_url: what was asked for. Valid until the next read, or a change of the head. */
const struct answer *answer_text_read(struct answer_text *text, const struct http_head *head,
                                      const char *base_url);

/* Writes what the pure server decided as the lines of a head. */
void answer_text_write_head(const struct resource_answer *decision, bool is_http_1_0,
                            struct http_head *head);

#endif
