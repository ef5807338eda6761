/* SPDX-License-Identifier: MIT */
#include "cli/job_text.h"

#include "base/clock.h"
#include "cli/format.h"

#define LABEL "  %-13s"

/* Whole seconds from one moment to a later one; 0 when it is not later. */
static uint64_t seconds_between(int64_t from, int64_t to)
{
    return to > from ? (uint64_t)((to - from) / CLOCK_TICKS_PER_S) : 0;
}

void job_text_head(FILE *stream, const struct xbits_job_snapshot *job)
{
    char id[XBITS_ID_TEXT_SIZE];

    fprintf(stream, "%s ", xbits_id_format(&job->id, id));
    format_safely(stream, job->display_name);
    fputc('\n', stream);
}

void job_text_line(FILE *stream, const char *label, const char *text)
{
    if (text[0] == '\0')
        return;
    fprintf(stream, LABEL, label);
    format_safely(stream, text);
    fputc('\n', stream);
}

void job_text_state(FILE *stream, const struct xbits_job_snapshot *job, int64_t now)
{
    char since[32], span[FORMAT_SIZE];

    fprintf(stream, LABEL "%s", "State:", xbits_state_name(job->state));
    if ((job->known & XBITS_KNOWS_STATE_SINCE) != 0)
        fprintf(stream, " since %s, for %s", clock_format_utc(job->state_since, since),
                format_span(seconds_between(job->state_since, now), span));
    fputc('\n', stream);
}

void job_text_wait(FILE *stream, const struct xbits_job_snapshot *job, int64_t now)
{
    char until[32], span[FORMAT_SIZE];

    if ((job->known & XBITS_KNOWS_WAITING) == 0)
        return;
    fprintf(stream, LABEL "%s", "Waits for:", xbits_waiting_for_text(job->waiting_for));
    /* Counted up, so that a delay of 600 s begins with 10 min. */
    if (job->waiting_until != 0)
        fprintf(
            stream, ", until %s, in %s", clock_format_utc(job->waiting_until, until),
            format_span(seconds_between(now, job->waiting_until + CLOCK_TICKS_PER_S - 1), span));
    fputc('\n', stream);
}

void job_text_meaning(FILE *stream, const struct xbits_job_error *error)
{
    job_text_line(stream, "Meaning:", xbits_result_text(error->result));
    job_text_line(stream, "Context:", xbits_context_text(error->context));
    if (error->http_status != 0)
        fprintf(stream, LABEL "%d\n", "HTTP:", error->http_status);
}
