/* SPDX-License-Identifier: MIT */
#ifndef ORIGIN_ORIGIN_RESOURCES_H
#define ORIGIN_ORIGIN_RESOURCES_H

#include "origin/origin_subject.h"

/* The resources made up by tests, by path. Any thread; one that is being sent outlives its
 * replacement. */
struct resources;

/* Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result resources_new(struct resources **resources_out);
/* After every subject was given back. NULL is fine. */
void resources_free(struct resources *resources);

/* Results: XBITS_S_OK; XBITS_E_INVALIDARG (path, status or a header's text); XBITS_E_OUTOFMEMORY.
 */
xbits_result resources_put(struct resources *resources, const struct origin_resource *resource);
void resources_remove(struct resources *resources, const char *path);

/* Fills the subject with the resource as it is for this request, holding it; false when there is
 * none. Counts a failure of fail_times. */
bool resources_take(struct resources *resources, const char *path, const char *method,
                    struct origin_subject *subject);
/* The answer has a body: says whether this one is cut, and counts it. */
void resources_begin_body(struct resources *resources, struct origin_subject *subject);
void resources_give_back(struct resources *resources, struct origin_made *made);

#endif
