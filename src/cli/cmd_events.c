/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/url_text.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/interrupt.h"
#include "cli/job_json.h"
#include "cli/open_manager.h"
#include "xbits/change.h"
#include "xbits/event.h"

#include <string.h>

/* How soon Ctrl-C is seen while there is nothing new. */
#define SLICE_MS 250

struct events_values {
    bool follows;
    const char *job;
    uint64_t count;
};

static const struct option options[] = {
    { .name = "follow",
      .kind = OPTION_FLAG,
      .summary = "go on with what happens until Ctrl-C",
      .offset = offsetof(struct events_values, follows) },
    { .name = "job",
      .kind = OPTION_TEXT,
      .value_name = "JOB",
      .summary = "only those of the job with this id, or of jobs with this name",
      .offset = offsetof(struct events_values, job) },
    { .name = "count",
      .kind = OPTION_NUMBER,
      .value_name = "N",
      .summary = "only the newest N of those that are there",
      .offset = offsetof(struct events_values, count),
      .minimum = 1,
      .maximum = UINT32_MAX },
};

/* A reader of the log. */
struct events {
    struct cli *cli;
    struct xbits_manager *manager;
    const char *name; /* Of the jobs asked for; NULL: of all, or of the one with id. */
    bool has_id;
    struct xbits_id id;
    uint64_t last;    /* The number of the newest event that was seen. */
    uint64_t matched; /* Events that were asked for. */
    uint64_t skipped; /* How many of them are too old. */
    struct json_writer writer;
};

static bool is_wanted(const struct events *events, const struct xbits_event *event)
{
    if (events->has_id)
        return xbits_id_equal(&event->job, &events->id);
    return events->name == NULL || strcmp(events->name, event->display_name) == 0;
}

/* Its text, in which a password is not shown. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
static xbits_result shown_text(const struct xbits_event *event, struct text *text)
{
    /* Of a transfer that began it is the URL, blanks and all; else a sentence. */
    if (event->id == XBITS_EVENT_STARTED)
        return url_text_add(text, event->text);
    return url_text_add_list(text, event->text);
}

static void print_json(struct events *events, const struct xbits_event *event, const char *text)
{
    struct json_writer *writer = &events->writer;
    char id[XBITS_ID_TEXT_SIZE], code[FORMAT_SIZE];

    json_object_begin(writer, NULL);
    json_number(writer, "number", (int64_t)event->number);
    json_time(writer, "time", event->time);
    json_number(writer, "event", event->id);
    json_text(writer, "event_name", xbits_event_name(event->id));
    json_text(writer, "id", xbits_id_format(&event->job, id));
    json_text(writer, "name", event->display_name);
    json_text(writer, "result", format_code(event->result, code));
    json_text(writer, "result_name", xbits_result_name(event->result));
    json_text(writer, "text", text);
    json_object_end(writer);
}

static void print_line(FILE *out, const struct xbits_event *event, const char *text)
{
    char time[32], id[XBITS_ID_TEXT_SIZE];

    fprintf(out, "%s  %2d %-14s  %s  ", clock_format_utc(event->time, time), (int)event->id,
            xbits_event_name(event->id), xbits_id_format(&event->job, id));
    format_safely(out, event->display_name);
    fprintf(out, "  %s", xbits_result_name(event->result));
    if (text[0] != '\0')
        fputs("  ", out);
    format_safely(out, text);
    fputc('\n', out);
}

/* xbits_event_visit */
static bool count_event(const struct xbits_event *event, void *user)
{
    struct events *events = user;

    events->matched += is_wanted(events, event);
    return true;
}

/* xbits_event_visit */
static bool print_event(const struct xbits_event *event, void *user)
{
    struct events *events = user;
    struct text text = { 0 };

    events->last = event->number;
    if (!is_wanted(events, event))
        return true;
    events->matched++;
    if (events->matched <= events->skipped)
        return true;
    if (XBITS_FAILED(shown_text(event, &text)))
        text_clear(&text);
    if (events->cli->global.is_json)
        print_json(events, event, text_c(&text));
    else
        print_line(events->cli->out, event, text_c(&text));
    text_dispose(&text);
    return !ferror(events->cli->out);
}

/* What is new in the log, to its end. */
static xbits_result print_new(struct events *events)
{
    TRY(xbits_manager_visit_events(events->manager, events->last, print_event, events));
    json_writer_flush(&events->writer);
    fflush(events->cli->out);
    return XBITS_S_OK;
}

/* The log is counted first: which of its events are the newest is known at its end only. */
static xbits_result print_log(struct events *events, uint64_t count)
{
    if (count > 0) {
        TRY(xbits_manager_visit_events(events->manager, 0, count_event, events));
        events->skipped = events->matched > count ? events->matched - count : 0;
        events->matched = 0;
    }
    return print_new(events);
}

/* Waits for a change, for a slice at most, and takes those that came with it: the log is read once
 * for all. */
static xbits_result wait_for_news(struct events *events, struct xbits_cursor *cursor)
{
    uint64_t wait_ms = SLICE_MS;
    xbits_result result;

    do {
        struct xbits_change change;

        XBITS_INIT(&change);
        result = xbits_manager_next_change(events->manager, cursor, wait_ms, &change);
        wait_ms = 0;
    } while (result == XBITS_S_OK);
    return result;
}

static xbits_result follow(struct events *events)
{
    struct xbits_cursor cursor = { XBITS_CURSOR_NOW };

    while (!interrupt_take() && !ferror(events->cli->out)) {
        TRY(wait_for_news(events, &cursor));
        TRY(print_new(events));
    }
    return XBITS_S_OK;
}

static enum cli_exit read_log(struct events *events, const struct events_values *values)
{
    if (XBITS_FAILED(print_log(events, values->count)))
        return cli_fail(events->cli, "cannot read the event log");
    if (values->follows) {
        if (XBITS_FAILED(follow(events)))
            return cli_fail(events->cli, "cannot follow the event log");
        return CLI_INTERRUPTED;
    }
    if (values->job != NULL && events->matched == 0) {
        xbits_fail(XBITS_BG_E_NOT_FOUND, "nothing is told there of a job \"%.300s\"", values->job);
        return cli_fail(events->cli, "cannot read the event log");
    }
    return CLI_DONE;
}

static enum cli_exit run(struct cli *cli)
{
    const struct events_values *values = cli->values;
    struct events events = { .cli = cli, .name = values->job };
    enum cli_exit status;

    /* The log outlives its jobs: one that is gone is looked for in the log alone. */
    if (values->job != NULL)
        events.has_id = XBITS_SUCCEEDED(xbits_id_parse(values->job, &events.id));
    json_writer_init(&events.writer, cli->out, true);
    if (values->follows)
        interrupt_watch();
    if (XBITS_FAILED(open_queue(&cli->global, XBITS_ACCESS_READ, &events.manager)))
        return cli_fail(cli, "cannot open the queue");
    tell_owner(cli, events.manager);
    status = read_log(&events, values);
    xbits_manager_close(events.manager);
    return status;
}

const struct cli_command cmd_events = {
    .name = "events",
    .operands = "",
    .summary = "Print what happened in a queue",
    .details = "One line an event, the oldest first: its time, Windows' number and name for it,\n"
               "the job's id and name, a result and a text. The log is kept with the queue; the\n"
               "oldest of more than 10,000 events are dropped. --follow ends with 130.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct events_values),
    .prints_lines = true,
    .run = run,
};
