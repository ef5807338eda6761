/* SPDX-License-Identifier: MIT */
#include "origin/origin.h"

#include "origin/origin_journal.h"
#include "origin/origin_resources.h"
#include "origin/origin_root.h"
#include "origin/origin_rules.h"
#include "origin/origin_serve.h"

#include <stdlib.h>

static xbits_result start_parts(struct origin *origin, const struct origin_options *options)
{
    const struct httpd_options httpd_options = {
        .address = options->address,
        .port = options->port,
        .handle = origin_handle,
        .done = origin_done,
        .user = origin,
    };

    origin->rate = options->rate;
    TRY(origin_rules_copy(&options->rules, &origin->rules));
    TRY(resources_new(&origin->resources));
    TRY(journal_new(options->journal, options->journal_user, &origin->journal));
    if (options->directory != NULL)
        TRY(origin_root_open(options->directory, &origin->root));
    return httpd_start(&httpd_options, &origin->httpd);
}

xbits_result origin_start(const struct origin_options *options, struct origin **origin_out)
{
    struct origin *origin = calloc(1, sizeof *origin);

    if (origin == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the origin");
    const xbits_result result = start_parts(origin, options);
    if (XBITS_FAILED(result))
        origin_stop(origin);
    else
        *origin_out = origin;
    return result;
}

uint16_t origin_port(const struct origin *origin)
{
    return httpd_port(origin->httpd);
}

void origin_stop(struct origin *origin)
{
    if (origin == NULL)
        return;
    /* First: it ends every answer, and each still needs the others to do so. */
    httpd_stop(origin->httpd);
    origin_root_close(origin->root);
    journal_free(origin->journal);
    resources_free(origin->resources);
    origin_rules_dispose(&origin->rules);
    free(origin);
}

xbits_result origin_put(struct origin *origin, const struct origin_resource *resource)
{
    return resources_put(origin->resources, resource);
}

void origin_remove(struct origin *origin, const char *path)
{
    resources_remove(origin->resources, path);
}

uint64_t origin_request_count(struct origin *origin, const char *path, const char *method)
{
    return journal_count(origin->journal, path, method);
}

char *origin_request_json(struct origin *origin, uint64_t index)
{
    return journal_line(origin->journal, index);
}
