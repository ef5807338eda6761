/* SPDX-License-Identifier: MIT */
#ifndef CLI_PROPERTY_TEXT_H
#define CLI_PROPERTY_TEXT_H

#include <jansson.h>
#include <stdio.h>

#include "xbits/property.h"

/* How the values of properties are written; assignment.h reads them again. */

#define PROXY_USAGE_OVERRIDE       2
#define PROXY_USAGE_COUNT          4
#define CERTIFICATE_LOCATION_COUNT 8

/* BG_JOB_PROXY_USAGE and BG_CERT_STORE_LOCATION in words, indexed by their numbers. */
extern const char *const proxy_usage_words[PROXY_USAGE_COUNT];
extern const char *const certificate_location_words[CERTIFICATE_LOCATION_COUNT];

/* Stands between the proxies and those that are reached without them. */
#define PROXY_EXCEPT " except "

/* What a size without a limit is written as; NULL: the property has no such word. */
const char *property_unlimited_word(enum xbits_job_property property);

/* Writes the value without an end of line; nothing for one that is not set. */
void property_print(FILE *stream, enum xbits_job_property property,
                    const struct xbits_value *value);

/* The value in JSON, null for one that is not set; NULL: no memory. */
json_t *property_to_json(enum xbits_job_property property, const struct xbits_value *value);

#endif
