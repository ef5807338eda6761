/* SPDX-License-Identifier: MIT */
#ifndef TRANSFER_SCRIPT_SECTION_H
#define TRANSFER_SCRIPT_SECTION_H

#include "base/config.h"
#include "wire/resource.h"

/* No number of an origin is greater: sums and products of two of them with 1,000 still fit. */
#define SCRIPT_NUMBER_MAXIMUM (UINT64_C(1) << 50)

/* One [resource NAME] of a scripted origin: what a url answers from its request `after` on. */
struct script_section {
    char *name;      /* "resource NAME" */
    int line;        /* Of its first value. */
    const char *url; /* As script_url_normalise leaves it. */
    uint64_t after;
    struct resource resource; /* Its texts are the section's. */
    uint64_t pattern;
    const char *body;   /* In place of the pattern; NULL: none. */
    bool is_http_0_9;   /* A body without a head. */
    xbits_result error; /* In place of an answer; XBITS_S_OK: none. */
    uint64_t fail_times;
    uint64_t latency_ms;
    uint64_t rate;
    uint64_t cut_after;
    uint64_t cut_times;
    bool stalls;

    uint64_t requests; /* For the url; kept in the first of its sections. */
    uint64_t failures; /* Requests met with status or error so far. */
    uint64_t cuts;
};

/* Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY; XBITS_E_INVALIDARG (unknown key or bad value). */
xbits_result script_section_set(struct script_section *section, const struct config_entry *entry);
/* Checks what belongs together, after its last key. Results: as above. */
xbits_result script_section_finish(struct script_section *section);
/* The failure of a section: "origin:line: resource NAME.key: reason". */
xbits_result script_section_fail(const struct script_section *section, const char *key,
                                 const char *reason);
void script_section_dispose(struct script_section *section);

/*
 * A url as a server tells it from others: scheme and server in small letters, a "/" behind them, no
 * fragment. False: not http or https, or it does not fit.
 */
bool script_url_normalise(const char *url, char *normal, size_t size);
/* Length of "http://server/" in a normalised url. */
size_t script_url_server_length(const char *normal);

#define SCRIPT_URL_SIZE 4096

#endif
