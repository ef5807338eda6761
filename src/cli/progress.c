/* SPDX-License-Identifier: MIT */
#include "cli/progress.h"

#include "base/clock.h"
#include "cli/format.h"
#include "cli/progress_text.h"
#include "cli/terminal.h"

#define BAR_EVERY_MS    100
#define LINE_EVERY_MS   1000
#define LINE_PERCENT    10
#define SAMPLE_EVERY_MS 250
/* How much a new sample counts: a few samples carry a change, one does not make the figure jump. */
#define SAMPLE_WEIGHT 0.4

void progress_init(struct progress *progress, FILE *stream)
{
    *progress = (struct progress){ .stream = stream };
}

static void take_sample(struct progress_rate *rate, uint64_t bytes, uint64_t now_ms)
{
    uint64_t passed_ms = now_ms - rate->sample_ms;
    double sample;

    if (rate->has_sample && passed_ms < SAMPLE_EVERY_MS)
        return;
    /* A file that changed on the server begins again: no rate can be told from that. */
    if (rate->has_sample && bytes >= rate->sample_bytes) {
        sample = (double)(bytes - rate->sample_bytes) * 1000.0 / (double)passed_ms;
        rate->bytes_per_s = rate->bytes_per_s > 0.0
                                ? rate->bytes_per_s * (1.0 - SAMPLE_WEIGHT) + sample * SAMPLE_WEIGHT
                                : sample;
    } else {
        rate->bytes_per_s = 0.0;
    }
    rate->has_sample = true;
    rate->sample_ms = now_ms;
    rate->sample_bytes = bytes;
}

/* Counted up, so that a delay of 600 s begins with 10:00. */
static uint64_t seconds_until(int64_t then, int64_t utc)
{
    if (then <= utc)
        return 0;
    return (uint64_t)((then - utc + CLOCK_TICKS_PER_S - 1) / CLOCK_TICKS_PER_S);
}

static struct progress_facts facts_of(const struct progress *progress,
                                      const struct xbits_job_snapshot *job, int64_t utc)
{
    struct progress_facts facts = { .progress = job->progress,
                                    .state = xbits_state_name(job->state),
                                    .next_try_s = PROGRESS_NO_TRY };

    if (job->state == XBITS_STATE_TRANSFERRING)
        facts.bytes_per_s = progress->rate.bytes_per_s;
    if (job->state == XBITS_STATE_TRANSIENT_ERROR && job->waiting_until != 0)
        facts.next_try_s = seconds_until(job->waiting_until, utc);
    return facts;
}

/* A line that stays. On a terminal it takes the place of the bar. */
static void print_line(struct progress *progress, const struct text *line, size_t width)
{
    if (progress->has_bar)
        fprintf(progress->stream, "\r%*s\r", (int)(width > 0 ? width - 1 : 0), "");
    progress->has_bar = false;
    format_safely(progress->stream, text_c(line));
    fputc('\n', progress->stream);
}

/* True when it took a line. */
static bool show_state(struct progress *progress, const struct xbits_job_snapshot *job,
                       const struct progress_facts *facts, size_t width)
{
    bool has_reason = job->state == XBITS_STATE_TRANSIENT_ERROR && job->has_error;
    struct text line = { 0 };
    xbits_result result;

    if (progress->has_state && progress->state == job->state)
        return false;
    progress->has_state = true;
    progress->state = job->state;
    if (width > 0 && !has_reason)
        return false;
    result = has_reason ? progress_text_reason(&line, facts, &job->error)
                        : text_add(&line, facts->state);
    if (XBITS_SUCCEEDED(result))
        print_line(progress, &line, width);
    text_dispose(&line);
    return true;
}

static void draw_bar(struct progress *progress, const struct progress_facts *facts, size_t width)
{
    struct text bar = { 0 };

    /* The last column stays free: filling it moves some terminals to the next line. */
    if (XBITS_SUCCEEDED(progress_text_bar(&bar, facts, width - 1))) {
        fprintf(progress->stream, "\r%-*s", (int)(width - 1), text_c(&bar));
        fflush(progress->stream);
        progress->has_bar = true;
    }
    text_dispose(&bar);
}

static void draw_line(struct progress *progress, const struct progress_facts *facts)
{
    struct text line = { 0 };

    if (XBITS_SUCCEEDED(progress_text_line(&line, facts)))
        print_line(progress, &line, 0);
    text_dispose(&line);
}

static bool is_line_due(const struct progress *progress, const struct progress_facts *facts,
                        enum xbits_job_state state, uint64_t passed_ms)
{
    int percent = progress_percent(&facts->progress);

    if (state != XBITS_STATE_TRANSFERRING || passed_ms < LINE_EVERY_MS)
        return false;
    if (percent < 0)
        return passed_ms >= LINE_EVERY_MS * LINE_PERCENT;
    return percent >= progress->shown_percent + LINE_PERCENT;
}

void progress_show(struct progress *progress, const struct xbits_job_snapshot *job, uint64_t now_ms,
                   int64_t utc)
{
    uint64_t passed_ms = now_ms - progress->shown_ms;
    struct progress_facts facts;
    size_t width;

    if (progress->stream == NULL)
        return;
    take_sample(&progress->rate, job->progress.bytes_transferred, now_ms);
    facts = facts_of(progress, job, utc);
    width = terminal_width(progress->stream);
    if (show_state(progress, job, &facts, width) && width == 0) {
        progress->shown_ms = now_ms;
        return;
    }
    if (width > 1 && passed_ms >= BAR_EVERY_MS)
        draw_bar(progress, &facts, width);
    else if (width == 0 && is_line_due(progress, &facts, job->state, passed_ms))
        draw_line(progress, &facts);
    else
        return;
    progress->shown_ms = now_ms;
    progress->shown_percent = progress_percent(&facts.progress);
}

void progress_end(struct progress *progress, const struct xbits_job_snapshot *job, int64_t utc)
{
    struct progress_facts facts;
    size_t width;

    if (progress->stream == NULL)
        return;
    facts = facts_of(progress, job, utc);
    width = terminal_width(progress->stream);
    show_state(progress, job, &facts, width);
    if (width > 1)
        draw_bar(progress, &facts, width);
    if (progress->has_bar)
        fputc('\n', progress->stream);
    progress->has_bar = false;
}
