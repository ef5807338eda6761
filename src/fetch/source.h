/* SPDX-License-Identifier: MIT */
#ifndef FETCH_SOURCE_H
#define FETCH_SOURCE_H

#include "base/url.h"
#include "fetch/fetch.h"

/* What there is behind fetch: each fills an empty answer. The request has no zeros any more. */
xbits_result fetch_from_server(const struct fetch_request *request, const struct url *url,
                               struct fetch_answer *answer);
xbits_result fetch_from_disk(const struct fetch_request *request, const struct url *url,
                             struct fetch_answer *answer);

#endif
