/* SPDX-License-Identifier: MIT */
#ifndef ORIGIN_ORIGIN_RULES_H
#define ORIGIN_ORIGIN_RULES_H

#include "base/result.h"
#include "wire/resource.h"

/* A text of ours that goes into a header: at most 255 bytes, no control characters. `what` names it
 * in the message; NULL texts are fine. Results: XBITS_S_OK; XBITS_E_INVALIDARG. */
xbits_result origin_check_header(const char *what, const char *text);

/* Copies the rules with their texts, after checking them. Results: XBITS_S_OK; XBITS_E_INVALIDARG;
 * XBITS_E_OUTOFMEMORY. */
xbits_result origin_rules_copy(const struct resource_rules *rules, struct resource_rules *copy_out);
void origin_rules_dispose(struct resource_rules *copy);

/* Frees a text that is const for its readers. NULL is fine. */
void origin_text_free(const char *text);

#endif
