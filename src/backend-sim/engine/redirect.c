/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"

#include "base/text.h"
#include "job/file_rules.h"

#include <stdlib.h>

/* WinHTTP's limit. */
#define REDIRECT_MAXIMUM 10

static bool is_redirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* Never to a file or a share, and from https to http only where the job allows it. */
static bool may_go_to(const struct engine_job *job, const char *from, const char *to)
{
    bool from_https = text_starts_with_ignoring_case(from, "https:");

    if (text_starts_with_ignoring_case(to, "https:"))
        return true;
    if (!text_starts_with_ignoring_case(to, "http:"))
        return false;
    return !from_https || (job->security_flags & XBITS_REDIRECT_ALLOW_HTTPS_TO_HTTP) != 0;
}

bool redirect_follow(struct engine_job *job, const struct answer *answer, xbits_result *result_out)
{
    struct engine_file *file = file_current(job);
    const char *from = job->url != NULL ? job->url : file->remote_name;
    uint32_t policy = job->security_flags & XBITS_REDIRECT_POLICY_MASK;

    if (!is_redirect(answer->status) || answer->location[0] == '\0')
        return false;
    if (policy == XBITS_REDIRECT_DISALLOW) {
        /* The name tells where it would have gone (bits-client 8.10). */
        (void)text_replace(&file->remote_name, answer->location);
        return false;
    }
    if (!may_go_to(job, from, answer->location))
        return false;
    if (job->redirects++ >= REDIRECT_MAXIMUM) {
        *result_out = XBITS_ERROR_WINHTTP_REDIRECT_FAILED;
        return false;
    }
    if (XBITS_FAILED(text_replace(&job->url, answer->location))) {
        *result_out = XBITS_E_OUTOFMEMORY;
        return false;
    }
    if (policy == XBITS_REDIRECT_ALLOW_REPORT)
        (void)text_replace(&file->remote_name, answer->location);
    return true;
}
