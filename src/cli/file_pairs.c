/* SPDX-License-Identifier: MIT */
#include "cli/file_pairs.h"

#include "base/url_text.h"
#include "cli/path.h"
#include "xbits/file.h"

#include <stdlib.h>
#include <string.h>

xbits_result file_pairs_check(const char *verb, const char *const *words, size_t word_count)
{
    if (word_count % 2 == 0)
        return XBITS_S_OK;
    return xbits_fail(XBITS_E_INVALIDARG, "%s takes pairs, and the URL \"%s\" has no FILE", verb,
                      url_text(words[word_count - 1]).c);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The engine lets the later file replace the earlier one: half of the answer would be lost. */
static xbits_result fail_same_name(const char *name)
{
    return xbits_fail(XBITS_E_INVALIDARG, "two files would get the name %s, and one would be lost",
                      name);
}

static xbits_result check_distinct(const struct file_pairs *pairs)
{
    char **sorted = calloc(pairs->count, sizeof *sorted);
    xbits_result result = XBITS_S_OK;

    if (sorted == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu files", pairs->count);
    memcpy(sorted, pairs->local_names, pairs->count * sizeof *sorted);
    qsort(sorted, pairs->count, sizeof *sorted, compare_names);
    for (size_t i = 1; i < pairs->count && XBITS_SUCCEEDED(result); i++) {
        if (strcmp(sorted[i - 1], sorted[i]) == 0)
            result = fail_same_name(sorted[i]);
    }
    free(sorted);
    return result;
}

xbits_result file_pairs_init(struct file_pairs *pairs, const char *const *words, size_t word_count)
{
    size_t count = word_count / 2;

    pairs->specs = calloc(count, sizeof *pairs->specs);
    pairs->local_names = calloc(count, sizeof *pairs->local_names);
    if (pairs->specs == NULL || pairs->local_names == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu files", count);
    pairs->count = count;
    for (size_t i = 0; i < count; i++) {
        const char *url = words[2 * i];

        TRY(path_for_download(url, words[2 * i + 1], &pairs->local_names[i]));
        pairs->specs[i].remote_name = url;
        pairs->specs[i].local_name = pairs->local_names[i];
    }
    return check_distinct(pairs);
}

void file_pairs_dispose(struct file_pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++)
        free(pairs->local_names[i]);
    free(pairs->local_names);
    free(pairs->specs);
    *pairs = (struct file_pairs){ 0 };
}

/* A look for a file that the job has already. */
struct look {
    const struct file_pairs *pairs;
    const char *found; /* Of the pairs; NULL: none. */
};

/* xbits_file_visit */
static bool compare_file(const struct xbits_file_snapshot *file, void *user)
{
    struct look *look = user;

    for (size_t i = 0; i < look->pairs->count; i++) {
        if (strcmp(look->pairs->local_names[i], file->local_name) == 0) {
            look->found = look->pairs->local_names[i];
            return false;
        }
    }
    return true;
}

xbits_result file_pairs_add(const struct file_pairs *pairs, struct xbits_job *job)
{
    struct look look = { .pairs = pairs };

    TRY(xbits_job_visit_files(job, compare_file, &look));
    if (look.found != NULL)
        return fail_same_name(look.found);
    return xbits_job_add_files(job, pairs->specs, pairs->count);
}
