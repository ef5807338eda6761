/* SPDX-License-Identifier: MIT */
#include "cli/progress_text.h"

#include "cli/format.h"

#define BAR_MINIMUM 10u
#define BAR_MAXIMUM 40u

int progress_percent(const struct xbits_job_progress *progress)
{
    if (progress->bytes_total == XBITS_SIZE_UNKNOWN)
        return -1;
    if (progress->bytes_transferred >= progress->bytes_total)
        return 100;
    return (int)((double)progress->bytes_transferred * 100.0 / (double)progress->bytes_total);
}

static xbits_result add_bytes(struct text *text, const struct xbits_job_progress *progress)
{
    char done[FORMAT_SIZE], total[FORMAT_SIZE];

    format_bytes(progress->bytes_transferred, done);
    if (progress->bytes_total == XBITS_SIZE_UNKNOWN)
        return progress->bytes_transferred > 0 ? text_format(text, "%s  ", done) : XBITS_S_OK;
    return text_format(text, "%3d%%  %s of %s  ", progress_percent(progress), done,
                       format_bytes(progress->bytes_total, total));
}

static xbits_result add_rate(struct text *text, const struct progress_facts *facts)
{
    const struct xbits_job_progress *progress = &facts->progress;
    char rate[FORMAT_SIZE], left[FORMAT_SIZE];
    double seconds;

    if (facts->bytes_per_s < 1.0)
        return XBITS_S_OK;
    TRY(text_format(text, "%s/s  ", format_bytes((uint64_t)facts->bytes_per_s, rate)));
    if (progress->bytes_total == XBITS_SIZE_UNKNOWN ||
        progress->bytes_transferred >= progress->bytes_total)
        return XBITS_S_OK;
    seconds =
        (double)(progress->bytes_total - progress->bytes_transferred) / facts->bytes_per_s + 0.9;
    return text_format(text, "%s left  ", format_duration((uint64_t)seconds, left));
}

static xbits_result add_next_try(struct text *text, const struct progress_facts *facts)
{
    char seconds[FORMAT_SIZE];

    if (facts->next_try_s == PROGRESS_NO_TRY)
        return XBITS_S_OK;
    return text_format(text, ", next try in %s", format_duration(facts->next_try_s, seconds));
}

xbits_result progress_text_line(struct text *text, const struct progress_facts *facts)
{
    TRY(add_bytes(text, &facts->progress));
    TRY(add_rate(text, facts));
    if (facts->progress.files_total > 1)
        TRY(text_format(text, "%u of %u files  ", (unsigned)facts->progress.files_transferred,
                        (unsigned)facts->progress.files_total));
    TRY(text_add(text, facts->state));
    return add_next_try(text, facts);
}

static xbits_result add_bar(struct text *text, int percent, size_t width)
{
    size_t filled = width * (size_t)percent / 100;

    TRY(text_add(text, "["));
    for (size_t i = 0; i < width; i++)
        TRY(text_add(text, i < filled ? "#" : "-"));
    return text_add(text, "] ");
}

xbits_result progress_text_bar(struct text *text, const struct progress_facts *facts, size_t width)
{
    struct text line = { 0 };
    int percent = progress_percent(&facts->progress);
    size_t room;
    xbits_result result;

    result = progress_text_line(&line, facts);
    if (XBITS_FAILED(result))
        goto cleanup;
    room = width > line.length + 3 ? width - line.length - 3 : 0;
    if (percent >= 0 && room >= BAR_MINIMUM)
        result = add_bar(text, percent, room < BAR_MAXIMUM ? room : BAR_MAXIMUM);
    if (XBITS_SUCCEEDED(result))
        result = text_append(text, text_c(&line), line.length < width ? line.length : width);
cleanup:
    text_dispose(&line);
    return result;
}

xbits_result progress_text_reason(struct text *text, const struct progress_facts *facts,
                                  const struct xbits_job_error *error)
{
    char code[FORMAT_SIZE];

    TRY(text_format(text, "%s: %s (%s, %s)", facts->state,
                    error->message[0] ? error->message : xbits_result_text(error->result),
                    xbits_result_name(error->result), format_code(error->result, code)));
    return add_next_try(text, facts);
}
