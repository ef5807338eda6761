/* SPDX-License-Identifier: MIT */
#ifndef WIRE_RESOURCE_INTERNAL_H
#define WIRE_RESOURCE_INTERNAL_H

#include "wire/resource.h"

/* Shared by the files resource*.c only. */

/* What a client sees to compare with: nothing under rules.no_validators. */
struct resource_validators {
    const char *etag; /* NULL: none. */
    int64_t modified; /* FILETIME in whole seconds, as the header says it; 0: none. */
};
struct resource_validators resource_validators(const struct resource *resource);

/* The status that the preconditions demand (RFC 9110 13.2.2, steps 1 to 4): 412, 304, or 200. */
int resource_check_conditions(const struct resource *resource,
                              const struct resource_request *request);
/* Step 5: true when a Range may be answered with a part. */
bool resource_range_applies(const struct resource *resource,
                            const struct resource_request *request);

/* What the Content-Range of a part says, into text. */
void resource_content_range(const struct resource *resource, const struct http_range *range,
                            char *text, size_t size);
const char *resource_content_type(const struct resource *resource);

/* Makes the answer multipart/byteranges: boundary, and the length of the body with its framing. */
void resource_begin_multipart(const struct resource *resource, struct resource_answer *answer);

#endif
