/* SPDX-License-Identifier: MIT */
#ifndef TRANSFER_LOCATION_H
#define TRANSFER_LOCATION_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Where a redirect leads: location against the url that answered with it, without its fragment.
 * False, and "" in target, when it is malformed, does not fit, or is neither http nor https: a
 * server must not be able to send a job to a local file.
 */
bool location_resolve(const char *base_url, const char *location, char *target, size_t size);

#endif
