/* SPDX-License-Identifier: MIT */
#ifndef TRANSFER_SCRIPT_ORIGIN_H
#define TRANSFER_SCRIPT_ORIGIN_H

#include "backend-sim/transfer/script_section.h"

/*
 * The servers of the scripted source: every resource of an INI text (docs/origin.md). Counted
 * references, because transfers under way outlive the origin that they began with.
 */
struct script_origin;

/* ini "" or NULL: no servers at all. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY; XBITS_E_INVALIDARG,
 * with "origin:line: section.key: what". The caller holds the one reference. */
xbits_result script_origin_parse(const char *ini, struct script_origin **origin_out);
struct script_origin *script_origin_retain(struct script_origin *origin);
void script_origin_release(struct script_origin *origin);

/* Counts a request for the url, and gives what it meets; NULL when nothing is there. */
struct script_section *script_origin_request(struct script_origin *origin, const char *url);
/* Is there any resource on the url's server? */
bool script_origin_has_server(const struct script_origin *origin, const char *url);

#endif
