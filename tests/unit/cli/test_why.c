/* SPDX-License-Identifier: MIT */
#include "cli/why.h"

#include "base/clock.h"
#include "cli/why_kind.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define ID          "{00000007-0000-0000-0000-000000000000}"
#define BLOCKER     "{00000009-0000-0000-0000-000000000000}"

static struct xbits_job_snapshot job_in(enum xbits_job_state state, enum xbits_waiting_for waiting)
{
    struct xbits_job_snapshot job;

    XBITS_INIT(&job);
    job.id.data1 = 7;
    job.state = state;
    job.waiting_for = waiting;
    job.error.message = "";
    job.display_name = "stuck";
    job.description = "";
    job.owner = "";
    return job;
}

static void fail_with(struct xbits_job_snapshot *job, xbits_result result,
                      enum xbits_error_context context, const char *message)
{
    job->has_error = true;
    job->error =
        (struct xbits_job_error){ .context = context, .result = result, .message = message };
}

static struct why_facts facts_of(const struct xbits_job_snapshot *job)
{
    return (struct why_facts){ .job = job,
                               .program = "xbits --queue q",
                               .url = "http://me:***@host/a",
                               .directory = "'/my disk'" };
}

/* All commands, with "; " between them. */
static void join_commands(const struct why *why, struct text *commands)
{
    for (size_t i = 0; i < why->advice_count; i++) {
        if (why->advice[i].command.length > 0)
            assert_ok(text_format(commands, "%s%s", commands->length > 0 ? "; " : "",
                                  text_c(&why->advice[i].command)));
    }
}

static void assert_explained(const struct why_facts *facts, const char *cause, const char *commands)
{
    struct why why = { .cause = NULL };
    struct text joined = { 0 };

    assert_ok(why_explain(facts, &why));
    join_commands(&why, &joined);
    assert_string_equal(why.cause, cause);
    assert_string_equal(text_c(&joined), commands);
    text_dispose(&joined);
    why_dispose(&why);
}

static void each_wait_without_an_error_has_its_cause_and_its_commands(void **state)
{
    static const struct {
        enum xbits_job_state state;
        enum xbits_waiting_for waiting;
        const char *cause;
        const char *commands;
    } cases[] = {
        { XBITS_STATE_TRANSFERRING, XBITS_WAITING_NOTHING, "NOTHING", "" },
        { XBITS_STATE_SUSPENDED, XBITS_WAITING_FILES, "NO_FILES",
          "xbits --queue q add " ID " URL FILE; xbits --queue q resume " ID
          "; xbits --queue q run" },
        { XBITS_STATE_SUSPENDED, XBITS_WAITING_RESUME, "SUSPENDED",
          "xbits --queue q resume " ID "; xbits --queue q run" },
        { XBITS_STATE_TRANSFERRED, XBITS_WAITING_COMPLETE, "TRANSFERRED",
          "xbits --queue q complete " ID },
        { XBITS_STATE_QUEUED, XBITS_WAITING_TURN, "TURN",
          "xbits --queue q set " ID " priority foreground; xbits --queue q run" },
        { XBITS_STATE_CONNECTING, XBITS_WAITING_SERVER, "SERVER_SILENT", "xbits --queue q run" },
        { XBITS_STATE_QUEUED, XBITS_WAITING_NETWORK, "NETWORK", "xbits --queue q run" },
        { XBITS_STATE_CONNECTING, XBITS_WAITING_CERTIFICATE_ANSWER, "CERTIFICATE_ANSWER", "" },
        { XBITS_STATE_QUEUED, XBITS_WAITING_OWNER, "NOBODY_RUNS", "xbits --queue q run" },
        { XBITS_STATE_QUEUED, (enum xbits_waiting_for)99, "NOTHING", "" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct xbits_job_snapshot job = job_in(cases[i].state, cases[i].waiting);
        struct why_facts facts = facts_of(&job);

        assert_explained(&facts, cases[i].cause, cases[i].commands);
    }
}

static void each_kind_of_error_has_its_word_and_its_commands(void **state)
{
#define RESUME "xbits --queue q resume " ID
#define CANCEL "xbits --queue q cancel " ID
#define RUN    "xbits --queue q run"
    static const struct {
        xbits_result result;
        enum xbits_error_context context;
        const char *cause;
        const char *commands;
    } cases[] = {
        { XBITS_ERROR_DISK_FULL, XBITS_CONTEXT_LOCAL_FILE, "DISK_FULL",
          "df -h '/my disk'; " RESUME "; " RUN },
        { XBITS_E_ACCESSDENIED, XBITS_CONTEXT_LOCAL_FILE, "LOCAL_FILE",
          "ls -ld '/my disk'; " RESUME "; " RUN },
        { XBITS_BG_E_INSUFFICIENT_RANGE_SUPPORT, XBITS_CONTEXT_REMOTE_FILE, "RANGES",
          "xbits --queue q set " ID " priority foreground; " RESUME "; " RUN },
        { XBITS_BG_E_HTTP_ERROR_404, XBITS_CONTEXT_REMOTE_FILE, "NOT_THERE",
          RESUME "; " CANCEL "; " RUN },
        { XBITS_BG_E_HTTP_ERROR_401, XBITS_CONTEXT_REMOTE_FILE, "CREDENTIALS", RESUME "; " RUN },
        { XBITS_BG_E_HTTP_ERROR_503, XBITS_CONTEXT_REMOTE_FILE, "SERVER",
          RESUME "; " CANCEL "; " RUN },
        { XBITS_ERROR_WINHTTP_NAME_NOT_RESOLVED, XBITS_CONTEXT_GENERAL_TRANSPORT, "NAME",
          RESUME "; " RUN },
        { XBITS_ERROR_WINHTTP_SECURE_INVALID_CA, XBITS_CONTEXT_GENERAL_TRANSPORT, "CERTIFICATE",
          RESUME "; " RUN },
        { XBITS_BG_E_MAXDOWNLOAD_TIMEOUT, XBITS_CONTEXT_GENERAL_QUEUE_MANAGER, "TIME",
          RESUME "; " RUN },
        { (xbits_result)0x80990001u, XBITS_CONTEXT_UNKNOWN, "OTHER", RESUME "; " CANCEL "; " RUN },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct xbits_job_snapshot job = job_in(XBITS_STATE_ERROR, XBITS_WAITING_REPAIR);
        struct why_facts facts = facts_of(&job);

        fail_with(&job, cases[i].result, cases[i].context, "it broke");
        assert_explained(&facts, cases[i].cause, cases[i].commands);
    }
}

static void an_owner_has_to_end_before_others_change_a_job(void **state)
{
    struct xbits_job_snapshot job = job_in(XBITS_STATE_SUSPENDED, XBITS_WAITING_RESUME);
    struct why_facts facts = facts_of(&job);
    (void)state;

    facts.owner = 1234;
    assert_explained(&facts, "SUSPENDED", "kill 1234; " RESUME "; " RUN);
    job = job_in(XBITS_STATE_QUEUED, XBITS_WAITING_NETWORK);
    assert_explained(&facts, "NETWORK", "");
}

static void a_blocker_is_named_and_may_be_suspended(void **state)
{
    struct xbits_job_snapshot job = job_in(XBITS_STATE_QUEUED, XBITS_WAITING_TURN);
    struct why_facts facts = facts_of(&job);
    struct why why = { .cause = NULL };
    (void)state;

    facts.owner = 5;
    facts.blocker = (struct why_blocker){ .is_there = true,
                                          .id = { .data1 = 9 },
                                          .state = XBITS_STATE_TRANSFERRING,
                                          .priority = XBITS_PRIORITY_HIGH,
                                          .display_name = "greedy" };
    assert_explained(&facts, "TURN",
                     "kill 5; xbits --queue q set " ID " priority foreground; "
                     "xbits --queue q suspend " BLOCKER "; " RUN);
    assert_ok(why_explain(&facts, &why));

    assert_string_equal(text_c(&why.text), "job " BLOCKER " \"greedy\" has the turn: it is "
                                           "TRANSFERRING at priority HIGH");
    why_dispose(&why);
}

static void the_error_is_the_cause_while_it_holds_the_job_up(void **state)
{
    struct xbits_job_snapshot job = job_in(XBITS_STATE_TRANSIENT_ERROR, XBITS_WAITING_RETRY_DELAY);
    struct why_facts facts = facts_of(&job);
    struct why why = { .cause = NULL };
    (void)state;

    fail_with(&job, XBITS_BG_E_HTTP_ERROR_503, XBITS_CONTEXT_REMOTE_FILE, "the server is busy");
    assert_ok(why_explain(&facts, &why));
    assert_string_equal(why.cause, "SERVER");
    assert_string_equal(text_c(&why.text), "the server is busy (BG_E_HTTP_ERROR_503, 0x801901F7)");
    why_dispose(&why);

    job.waiting_for = XBITS_WAITING_OWNER;
    assert_ok(why_explain(&facts, &why));
    assert_string_equal(why.cause, "NOBODY_RUNS");
    assert_string_equal(text_c(&why.text), "nobody runs the queue; its last try failed: the server "
                                           "is busy (BG_E_HTTP_ERROR_503, 0x801901F7)");
    why_dispose(&why);
}

static void an_old_error_of_a_job_that_was_suspended_is_not_the_cause(void **state)
{
    struct xbits_job_snapshot job = job_in(XBITS_STATE_SUSPENDED, XBITS_WAITING_RESUME);
    struct why_facts facts = facts_of(&job);
    (void)state;

    fail_with(&job, XBITS_ERROR_DISK_FULL, XBITS_CONTEXT_LOCAL_FILE, "full");

    assert_explained(&facts, "SUSPENDED", RESUME "; " RUN);
}

/* No {word} of a row is left, and nothing is without a cause. */
static void assert_whole(const struct why_facts *facts)
{
    struct why why = { .cause = NULL };

    assert_ok(why_explain(facts, &why));
    assert_true(why.cause[0] != '\0');
    assert_true(why.text.length > 0);
    for (size_t i = 0; i < why.advice_count; i++) {
        const char *command = text_c(&why.advice[i].command);

        assert_true(why.advice[i].text.length > 0);
        assert_null(strchr(text_c(&why.advice[i].text), '{'));
        for (const char *brace = strchr(command, '{'); brace != NULL; brace = strchr(brace, '{'))
            assert_int_equal(*++brace, '0');
    }
    why_dispose(&why);
}

static void assert_whole_with_errors(enum xbits_job_state job_state, enum xbits_waiting_for waiting)
{
    static const xbits_result errors[] = { XBITS_S_OK, XBITS_ERROR_DISK_FULL,
                                           XBITS_BG_E_NETWORK_DISCONNECTED,
                                           (xbits_result)0x80990001u };

    for (size_t i = 0; i < COUNT(errors) * 2; i++) {
        struct xbits_job_snapshot job = job_in(job_state, waiting);
        struct why_facts facts = facts_of(&job);

        facts.owner = i % 2;
        facts.directory = i < 2 ? "" : "/tmp";
        if (errors[i / 2] != XBITS_S_OK)
            fail_with(&job, errors[i / 2], XBITS_CONTEXT_REMOTE_FILE, "");
        assert_whole(&facts);
    }
}

static void every_state_wait_and_error_is_explained(void **state)
{
    (void)state;

    for (int i = 0; i < XBITS_STATE_COUNT; i++) {
        for (int waiting = 0; waiting <= XBITS_WAITING_OWNER + 1; waiting++)
            assert_whole_with_errors((enum xbits_job_state)i, (enum xbits_waiting_for)waiting);
    }
}

static void every_kind_has_a_word(void **state)
{
    (void)state;

    for (int i = 0; i < WHY_KIND_COUNT; i++)
        assert_string_not_equal(why_kind_name((enum why_kind)i), "unknown");
    assert_string_equal(why_kind_name((enum why_kind)WHY_KIND_COUNT), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_wait_without_an_error_has_its_cause_and_its_commands),
        cmocka_unit_test(each_kind_of_error_has_its_word_and_its_commands),
        cmocka_unit_test(an_owner_has_to_end_before_others_change_a_job),
        cmocka_unit_test(a_blocker_is_named_and_may_be_suspended),
        cmocka_unit_test(the_error_is_the_cause_while_it_holds_the_job_up),
        cmocka_unit_test(an_old_error_of_a_job_that_was_suspended_is_not_the_cause),
        cmocka_unit_test(every_state_wait_and_error_is_explained),
        cmocka_unit_test(every_kind_has_a_word),
    };

    return run_tests("cli.why", tests);
}
