/* SPDX-License-Identifier: MIT */
#include "cli/why.h"

#include "cli/format.h"
#include "cli/why_kind.h"

#include <inttypes.h>
#include <string.h>

#define ON(waiting) (1u << (XBITS_WAITING_##waiting))
#define IS(kind)    (1u << (WHY_##kind))
#define ANY         UINT32_MAX

/* What only the owner of the queue can do. */
#define CHANGES (ON(FILES) | ON(RESUME) | ON(COMPLETE) | ON(TURN) | ON(RETRY_DELAY) | ON(REPAIR))
/* Where the error of the job is what holds it up. */
#define FAILED (ON(NOTHING) | ON(RETRY_DELAY) | ON(NETWORK) | ON(REPAIR))

/*
 * What to do, in the order of doing: a row counts when what the job waits for and the kind of its
 * error are in its sets, and it is left out when one of its {words} is not known.
 */
static const struct advice_row {
    uint32_t waiting;
    uint32_t kinds;
    bool only_without_owner;
    const char *text;
    const char *command;
} advice_rows[] = {
    { FAILED, IS(DISK_FULL), false, "Free space on the disk of {directory}", "df -h {directory}" },
    { FAILED, IS(LOCAL_FILE), false, "Look at the directory of the file", "ls -ld {directory}" },
    { (FAILED & ~ON(NETWORK)) | ON(OWNER), ANY & ~(IS(DISK_FULL) | IS(NONE)), false, "{remedy}",
      "" },
    { ON(NETWORK), ANY, false, "Connect the network: the job goes on by itself", "" },
    { ON(SERVER), ANY, false,
      "Wait: without an answer it fails after transfer.connect_timeout_s and tries again later",
      "" },
    { ON(CERTIFICATE_ANSWER), ANY, false,
      "Let the program that subscribed to the job answer; without one it fails after 60 s", "" },
    { CHANGES, ANY, false,
      "End process {owner}, which runs the queue and takes no changes from others meanwhile",
      "kill {owner}" },
    { ON(FILES), ANY, false, "Add a file", "{program} add {id} URL FILE" },
    { ON(TURN), ANY, false, "Let it run beside the others: a foreground job needs no turn",
      "{program} set {id} priority foreground" },
    { ON(TURN), ANY, false, "Or let the other job wait", "{program} suspend {blocker}" },
    { ON(REPAIR), IS(RANGES), false, "Let it run at foreground priority",
      "{program} set {id} priority foreground" },
    { ON(FILES) | ON(RESUME), ANY, false, "Let it run", "{program} resume {id}" },
    { ON(RETRY_DELAY), ANY, false, "Try again at once, without the rest of the delay",
      "{program} resume {id}" },
    { ON(REPAIR), ANY, false, "Let it try again", "{program} resume {id}" },
    { ON(REPAIR), IS(NOT_THERE) | IS(SERVER) | IS(OTHER), false, "Or give it up",
      "{program} cancel {id}" },
    { ON(COMPLETE), ANY, false, "Give the files their names", "{program} complete {id}" },
    { CHANGES & ~ON(COMPLETE), ANY, false, "Run the queue", "{program} run" },
    { ON(OWNER) | ON(NETWORK) | ON(SERVER), ANY, true, "Run the queue", "{program} run" },
};

/* Why a job waits that no error holds up. */
static const struct cause_row {
    const char *word;
    const char *text;
} causes[] = {
    [XBITS_WAITING_NOTHING] = { "NOTHING", "nothing holds it up: it is {state}" },
    [XBITS_WAITING_FILES] = { "NO_FILES", "it has no files" },
    [XBITS_WAITING_RESUME] = { "SUSPENDED", "it is suspended until somebody resumes it" },
    [XBITS_WAITING_COMPLETE] = { "TRANSFERRED",
                                 "all files are here; they get their names when it is completed" },
    [XBITS_WAITING_TURN] = { "TURN", "it waits for its turn: one background job runs at a time" },
    [XBITS_WAITING_SERVER] = { "SERVER_SILENT", "the server has not answered yet" },
    [XBITS_WAITING_RETRY_DELAY] = { "RETRY_DELAY", "it waits for its retry delay to end" },
    [XBITS_WAITING_NETWORK] = { "NETWORK", "there is no network" },
    [XBITS_WAITING_REPAIR] = { "OTHER", "it failed" },
    [XBITS_WAITING_CERTIFICATE_ANSWER] = { "CERTIFICATE_ANSWER",
                                           "nobody has judged the server's certificate yet" },
    [XBITS_WAITING_OWNER] = { "NOBODY_RUNS", "nobody runs the queue" },
};

#define CAUSE_COUNT (sizeof causes / sizeof causes[0])

/* An engine of tomorrow may wait for something that has no row: it is shown as not waiting. */
static enum xbits_waiting_for waiting_of(const struct why_facts *facts)
{
    enum xbits_waiting_for waiting = facts->job->waiting_for;

    return (unsigned)waiting < CAUSE_COUNT ? waiting : XBITS_WAITING_NOTHING;
}

static bool has_failed(const struct why_facts *facts)
{
    uint32_t failed = XBITS_IN(ERROR) | XBITS_IN(TRANSIENT_ERROR);

    return facts->job->has_error && ((1u << facts->job->state) & failed) != 0;
}

static enum why_kind kind_of(const struct why_facts *facts)
{
    return has_failed(facts) ? why_kind_of(&facts->job->error) : WHY_NONE;
}

static xbits_result add_error(struct text *text, const struct xbits_job_error *error)
{
    char code[FORMAT_SIZE];

    return text_format(text, "%s (%s, %s)",
                       error->message[0] != '\0' ? error->message
                                                 : xbits_result_text(error->result),
                       xbits_result_name(error->result), format_code(error->result, code));
}

static xbits_result add_blocker(struct text *text, const struct why_blocker *blocker)
{
    char id[XBITS_ID_TEXT_SIZE];

    return text_format(text, "job %s \"%s\" has the turn: it is %s at priority %s",
                       xbits_id_format(&blocker->id, id), blocker->display_name,
                       xbits_state_name(blocker->state), xbits_priority_name(blocker->priority));
}

/* A word of a row. Results: XBITS_S_OK; XBITS_S_FALSE (it is not known); XBITS_E_OUTOFMEMORY. */
static xbits_result add_word(struct text *text, const struct why_facts *facts, const char *word)
{
    const struct xbits_result_info *info = xbits_result_find(facts->job->error.result);
    char id[XBITS_ID_TEXT_SIZE], blocker[XBITS_ID_TEXT_SIZE], owner[24] = "";
    const struct {
        const char *name;
        const char *value;
    } words[] = {
        { "id", xbits_id_format(&facts->job->id, id) },
        { "state", xbits_state_name(facts->job->state) },
        { "program", facts->program },
        { "directory", facts->directory },
        { "remedy", info != NULL ? info->remedy : "" },
        { "owner", owner },
        { "blocker", facts->blocker.is_there ? xbits_id_format(&facts->blocker.id, blocker) : "" },
    };

    if (facts->owner != 0)
        snprintf(owner, sizeof owner, "%" PRIu64, facts->owner);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strncmp(words[i].name, word, strlen(words[i].name)) == 0)
            return words[i].value[0] != '\0' ? text_add(text, words[i].value) : XBITS_S_FALSE;
    }
    return XBITS_S_FALSE;
}

/* Results: as add_word. */
static xbits_result expand(struct text *text, const struct why_facts *facts, const char *row)
{
    while (*row != '\0') {
        size_t plain = strcspn(row, "{");
        xbits_result result = text_append(text, row, plain);

        row += plain;
        if (*row == '{' && result == XBITS_S_OK) {
            result = add_word(text, facts, row + 1);
            row += strcspn(row, "}") + 1;
        }
        if (result != XBITS_S_OK)
            return result;
    }
    return XBITS_S_OK;
}

static xbits_result explain_cause(const struct why_facts *facts, struct why *why)
{
    enum xbits_waiting_for waiting = waiting_of(facts);
    enum why_kind kind = kind_of(facts);

    if (kind != WHY_NONE && (FAILED & (1u << waiting)) != 0) {
        why->cause = why_kind_name(kind);
        return add_error(&why->text, &facts->job->error);
    }
    why->cause = causes[waiting].word;
    if (waiting == XBITS_WAITING_TURN && facts->blocker.is_there)
        return add_blocker(&why->text, &facts->blocker);
    TRY(expand(&why->text, facts, causes[waiting].text));
    if (kind == WHY_NONE)
        return XBITS_S_OK;
    TRY(text_add(&why->text, "; its last try failed: "));
    return add_error(&why->text, &facts->job->error);
}

static void drop_advice(struct why_advice *advice)
{
    text_dispose(&advice->text);
    text_dispose(&advice->command);
    *advice = (struct why_advice){ .text = { 0 } };
}

static xbits_result add_advice(const struct why_facts *facts, const struct advice_row *row,
                               struct why *why)
{
    struct why_advice *advice = &why->advice[why->advice_count];
    xbits_result result = expand(&advice->text, facts, row->text);

    if (result == XBITS_S_OK)
        result = expand(&advice->command, facts, row->command);
    if (result == XBITS_S_OK)
        why->advice_count++;
    else
        drop_advice(advice);
    return result;
}

xbits_result why_explain(const struct why_facts *facts, struct why *why)
{
    uint32_t waiting = 1u << waiting_of(facts);
    uint32_t kind = 1u << kind_of(facts);

    TRY(explain_cause(facts, why));
    for (size_t i = 0; i < sizeof advice_rows / sizeof advice_rows[0]; i++) {
        const struct advice_row *row = &advice_rows[i];

        if ((row->waiting & waiting) == 0 || (row->kinds & kind) == 0 ||
            (row->only_without_owner && facts->owner != 0) ||
            why->advice_count == WHY_ADVICE_MAXIMUM)
            continue;
        TRY(add_advice(facts, row, why));
    }
    return XBITS_S_OK;
}

void why_dispose(struct why *why)
{
    text_dispose(&why->text);
    for (size_t i = 0; i < why->advice_count; i++)
        drop_advice(&why->advice[i]);
    *why = (struct why){ .cause = NULL };
}
