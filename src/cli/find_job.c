/* SPDX-License-Identifier: MIT */
#include "cli/find_job.h"

#include "base/url_text.h"

#include <string.h>

/* Ids beyond these are counted only: a message has its end. */
#define LISTED 8

/* The jobs of one display name. */
struct namesakes {
    const char *name;
    struct xbits_id first;
    size_t count;
    struct text ids; /* Of the first LISTED. */
    xbits_result result;
};

/* xbits_job_visit */
static bool take_namesake(const struct xbits_job_snapshot *snapshot, void *user)
{
    struct namesakes *found = user;
    char id[XBITS_ID_TEXT_SIZE];

    if (strcmp(snapshot->display_name, found->name) != 0)
        return true;
    if (found->count == 0)
        found->first = snapshot->id;
    if (found->count < LISTED)
        found->result = text_format(&found->ids, "%s%s", found->count > 0 ? ", " : "",
                                    xbits_id_format(&snapshot->id, id));
    found->count++;
    return XBITS_SUCCEEDED(found->result);
}

static xbits_result fail_ambiguous(const struct namesakes *found)
{
    return xbits_fail(XBITS_E_INVALIDARG,
                      "%zu jobs have the name \"%.64s\"; name one by its GUID: %s%s", found->count,
                      found->name, text_c(&found->ids), found->count > LISTED ? ", ..." : "");
}

static xbits_result find_by_name(struct xbits_manager *manager, const char *name,
                                 struct xbits_job **job_out)
{
    struct namesakes found = { .name = name };
    xbits_result result;

    result = xbits_manager_visit_jobs(manager, XBITS_SCOPE_MINE, take_namesake, &found);
    if (XBITS_SUCCEEDED(result))
        result = found.result;
    if (XBITS_FAILED(result))
        goto cleanup;
    if (found.count == 0)
        result = xbits_fail(XBITS_BG_E_NOT_FOUND, "no job has the name \"%s\"", url_text(name).c);
    else if (found.count > 1)
        result = fail_ambiguous(&found);
    else
        result = xbits_job_open(manager, &found.first, job_out);
cleanup:
    text_dispose(&found.ids);
    return result;
}

xbits_result find_job(struct xbits_manager *manager, const char *word, struct xbits_job **job_out)
{
    struct xbits_id id;

    if (!text_is_utf8(word))
        return xbits_fail(XBITS_E_INVALIDARG, "the name of the job is not UTF-8");
    if (XBITS_SUCCEEDED(xbits_id_parse(word, &id)))
        return xbits_job_open(manager, &id, job_out);
    return find_by_name(manager, word, job_out);
}

enum cli_exit fail_to_find(struct cli *cli, const char *word)
{
    struct text what = { 0 };
    enum cli_exit status;

    if (XBITS_FAILED(text_format(&what, "cannot open the job \"%s\"", url_text(word).c)))
        text_clear(&what);
    status = cli_fail(cli, text_c(&what));
    text_dispose(&what);
    return status;
}
