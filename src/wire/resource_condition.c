/* SPDX-License-Identifier: MIT */
#include "wire/resource_internal.h"

#include "base/clock.h"

#include <string.h>

struct resource_validators resource_validators(const struct resource *resource)
{
    if (resource->rules.no_validators)
        return (struct resource_validators){ 0 };
    return (struct resource_validators){
        .etag = resource->etag,
        .modified = resource->modified - resource->modified % CLOCK_TICKS_PER_S,
    };
}

static bool is_weak(const char *tag)
{
    return strncmp(tag, "W/", 2) == 0;
}

/* The length of the entity tag at the start of text, 0 when there is none. */
static size_t tag_length(const char *text)
{
    const char *opening = is_weak(text) ? text + 2 : text;

    if (*opening != '"')
        return 0;
    const char *closing = strchr(opening + 1, '"');
    return closing == NULL ? 0 : (size_t)(closing + 1 - text);
}

static const char *opaque_part(const char *tag)
{
    return is_weak(tag) ? tag + 2 : tag;
}

/* RFC 9110 8.8.3.2: weak comparison looks at the quoted part only, strong wants neither weak. */
static bool tags_match(const char *candidate, size_t length, const char *tag, bool is_strong)
{
    if (is_strong && (is_weak(candidate) || is_weak(tag)))
        return false;
    length -= (size_t)(opaque_part(candidate) - candidate);
    candidate = opaque_part(candidate);
    tag = opaque_part(tag);
    return strlen(tag) == length && memcmp(candidate, tag, length) == 0;
}

/* Is the tag in the list? "*" is every tag, and a resource without one. */
static bool list_has_tag(const char *list, const char *tag, bool is_strong)
{
    list += strspn(list, " \t,");
    if (*list == '*')
        return true;
    for (size_t length; (length = tag_length(list)) > 0; list += strspn(list, " \t,")) {
        if (tag != NULL && tags_match(list, length, tag, is_strong))
            return true;
        list += length;
    }
    return false;
}

/* Steps 1 and 2: has the resource changed against the client's wish? A date that is none, or a
 * resource without one, leaves the condition out of account (RFC 9110 13.1.4). */
static bool is_refused(const struct resource_validators *now,
                       const struct resource_request *request)
{
    int64_t date;

    if (request->if_match != NULL)
        return !list_has_tag(request->if_match, now->etag, true);
    if (request->if_unmodified_since == NULL || now->modified == 0)
        return false;
    return clock_parse_http(request->if_unmodified_since, &date) && now->modified > date;
}

/* Steps 3 and 4: has the client this content already? */
static bool is_known(const struct resource_validators *now, const struct resource_request *request)
{
    int64_t date;

    if (request->if_none_match != NULL)
        return list_has_tag(request->if_none_match, now->etag, false);
    if (request->if_modified_since == NULL || now->modified == 0)
        return false;
    return clock_parse_http(request->if_modified_since, &date) && now->modified <= date;
}

int resource_check_conditions(const struct resource *resource,
                              const struct resource_request *request)
{
    const struct resource_validators now = resource_validators(resource);

    if (is_refused(&now, request))
        return 412;
    if (is_known(&now, request))
        return 304;
    return 200;
}

bool resource_range_applies(const struct resource *resource, const struct resource_request *request)
{
    const struct resource_validators now = resource_validators(resource);
    int64_t date;

    if (resource->rules.no_ranges || request->range == NULL || strcmp(request->method, "GET") != 0)
        return false;
    if (request->if_range == NULL)
        return true;

    size_t length = tag_length(request->if_range);
    if (length > 0)
        return now.etag != NULL && request->if_range[length] == '\0' &&
               tags_match(request->if_range, length, now.etag, true);
    /* A date must be the very same: a later one proves nothing (RFC 9110 13.1.5). */
    return now.modified != 0 && clock_parse_http(request->if_range, &date) && date == now.modified;
}
