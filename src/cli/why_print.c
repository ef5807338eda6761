/* SPDX-License-Identifier: MIT */
#include "cli/why_print.h"

#include "base/clock.h"
#include "cli/format.h"
#include "cli/job_json.h"
#include "cli/job_text.h"

#include <inttypes.h>

static void print_advice(FILE *stream, const struct why *why)
{
    if (why->advice_count == 0)
        return;
    fputs("  To do:\n", stream);
    for (size_t i = 0; i < why->advice_count; i++) {
        const struct why_advice *advice = &why->advice[i];

        fputs("    - ", stream);
        format_safely(stream, text_c(&advice->text));
        fputc('\n', stream);
        if (advice->command.length == 0)
            continue;
        fputs("        ", stream);
        format_safely(stream, text_c(&advice->command));
        fputc('\n', stream);
    }
}

void why_print_text(FILE *stream, const struct why_answer *answer)
{
    const struct why_facts *facts = answer->facts;

    job_text_head(stream, facts->job);
    job_text_state(stream, facts->job, facts->now);
    job_text_wait(stream, facts->job, facts->now);
    job_text_line(stream, "Cause:", text_c(&answer->why->text));
    if (facts->job->has_error) {
        job_text_meaning(stream, &facts->job->error);
        job_text_line(stream, "URL:", facts->url);
        job_text_line(stream, "File:", answer->file);
    }
    print_advice(stream, answer->why);
}

static const char *text_or_null(const char *text)
{
    return text[0] != '\0' ? text : NULL;
}

static void print_blocker(struct json_writer *writer, const struct why_blocker *blocker)
{
    char id[XBITS_ID_TEXT_SIZE];

    if (!blocker->is_there) {
        json_null_value(writer, "blocker");
        return;
    }
    json_object_begin(writer, "blocker");
    json_text(writer, "id", xbits_id_format(&blocker->id, id));
    json_text(writer, "name", blocker->display_name);
    json_text(writer, "state", xbits_state_name(blocker->state));
    json_text(writer, "priority", xbits_priority_name(blocker->priority));
    json_object_end(writer);
}

static void print_advice_json(struct json_writer *writer, const struct why *why)
{
    json_array_begin(writer, "advice");
    for (size_t i = 0; i < why->advice_count; i++) {
        json_object_begin(writer, NULL);
        json_text(writer, "text", text_c(&why->advice[i].text));
        json_text(writer, "command", text_or_null(text_c(&why->advice[i].command)));
        json_object_end(writer);
    }
    json_array_end(writer);
}

void why_print_json(struct json_writer *writer, const struct why_answer *answer)
{
    const struct why_facts *facts = answer->facts;

    json_object_begin(writer, NULL);
    json_job_members(writer, facts->job);
    json_number(writer, "seconds_in_state",
                (facts->now - facts->job->state_since) / CLOCK_TICKS_PER_S);
    json_text(writer, "cause", answer->why->cause);
    json_text(writer, "cause_text", text_c(&answer->why->text));
    json_text(writer, "url", text_or_null(facts->url));
    json_text(writer, "file", text_or_null(answer->file));
    print_blocker(writer, &facts->blocker);
    if (facts->owner != 0)
        json_number(writer, "run_by", (int64_t)facts->owner);
    else
        json_null_value(writer, "run_by");
    print_advice_json(writer, answer->why);
    json_object_end(writer);
}
