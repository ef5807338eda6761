/* SPDX-License-Identifier: MIT */
#ifndef ORIGIN_ORIGIN_H
#define ORIGIN_ORIGIN_H

#include "base/result.h"
#include "wire/resource.h"

/*
 * An HTTP origin: a directory's files, and resources made up by tests. A product (`xbits serve`)
 * and every test's other side.
 */
struct origin;

struct origin_options {
    const char *directory;       /* Served read-only; NULL: only added resources. */
    const char *address;         /* NULL: 127.0.0.1 */
    uint16_t port;               /* 0: the system picks one. */
    struct resource_rules rules; /* For every file of the directory. */
    uint64_t rate;               /* Bytes a second of one answer; 0: as fast as it goes. */
    /* One JSON object a request, without newline; called from server threads, one at a time, when
     * the answer is finished. It may call the origin, but not stop it. NULL: none. */
    void (*journal)(void *user, const char *json);
    void *journal_user;
};
/* Results: XBITS_S_OK; XBITS_E_INVALIDARG (address, or a rule's text or status);
 * XBITS_E_OUTOFMEMORY; XBITS_E_FAIL (no thread); the system's (directory, port). */
xbits_result origin_start(const struct origin_options *options, struct origin **origin_out);
uint16_t origin_port(const struct origin *origin);
/* Breaks what is being sent, then ends. NULL is fine. */
void origin_stop(struct origin *origin);

/* A resource from nothing, for tests. The texts are copied. */
struct origin_resource {
    const char *path; /* "/a.bin" */
    uint64_t size;
    uint64_t pattern; /* Seed of resource_pattern. */
    const char *body; /* Not NULL: these size bytes in place of the pattern. */
    int64_t modified;
    const char *etag;
    struct resource_rules rules;
    uint32_t fail_times; /* rules.status is answered so often, then the resource; 0: always. */
    uint64_t cut_after; /* The connection breaks after so many body bytes of an answer; 0: never. */
    uint32_t cut_times; /* ... in the first so many answers; 0: in all. */
    uint64_t rate;
    bool stalls; /* The head arrives, the body never. */
};
/* Adds or replaces; an answer under way is not touched. A resource hides a file of the same path.
 * Results: XBITS_S_OK; XBITS_E_INVALIDARG (path, or a rule's text or status); XBITS_E_OUTOFMEMORY.
 */
xbits_result origin_put(struct origin *origin, const struct origin_resource *resource);
void origin_remove(struct origin *origin, const char *path);
/* Requests so far whose path is equal (NULL: all) and whose method is (NULL: all), counted when
 * their head arrives. Only the first 20,000 different pairs of at most 1 KiB are told apart. */
uint64_t origin_request_count(struct origin *origin, const char *path, const char *method);
/*
 * The journal line of request `index` (0: the first to arrive), or NULL; heap, the caller's. Kept:
 * the last 1,000, those over 16 KiB excepted. Waits up to 2 s for an answer that has not ended; its
 * line is NULL after that.
 */
char *origin_request_json(struct origin *origin, uint64_t index);

#endif
