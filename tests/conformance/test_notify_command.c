/* SPDX-License-Identifier: MIT */
#include "conformance/steps_notify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/assert_result.h"

/* The command line of a job (bits-client 7.6, check 51). /bin/sh is the program that is named; it
 * appends to a file what it was given, and ends as it is told. */

static xbits_result set_command(struct xbits_job *job, const char *program, const char *parameters)
{
    struct xbits_value value = { .kind = XBITS_KIND_COMMAND,
                                 .as.command = { program, parameters } };

    return xbits_job_set(job, XBITS_JOB_NOTIFY_COMMAND_LINE, &value);
}

/* sh -c "<script>" with "$0" the path of the file "told". */
static void set_script(struct harness *harness, struct xbits_job *job, const char *script,
                       const char *arguments)
{
    char parameters[1024];

    snprintf(parameters, sizeof parameters, "sh -c \"%s\" %s %s", script,
             harness_path(harness, "told"), arguments);
    assert_ok(set_command(job, "/bin/sh", parameters));
}

static void assert_written(struct harness *harness, const char *expected)
{
    char *content = temp_directory_read(&harness->directory, "told", NULL);

    assert_string_equal(content, expected);
    free(content);
}

static void the_command_runs_with_its_exact_parameters(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 1);

    set_script(harness, job, "printf '<%s>' \\\"$@\\\" >> $0",
               "\"a  b\" \"\" c\\\"d $HOME * 'x\ty' \\\\ {GUID}");
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    advance(harness, DAY_MS);

    assert_written(harness, "<a  b><><c\"d><$HOME><*><'x><y'><\\\\><{GUID}>");
}

static void a_program_without_parameters_runs(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 1);

    assert_ok(set_command(job, "/bin/true", NULL));
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    advance(harness, RETRY_DELAY_MS * 3);

    assert_state(job, TRANSFERRED);
}

static void a_command_that_fails_runs_again(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 1);

    set_script(harness, job, "echo x >> $0; test $(wc -l < $0) = 3", "");
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    assert_written(harness, "x\n");
    advance(harness, RETRY_DELAY_MS - 1);
    assert_written(harness, "x\n");
    advance(harness, 1);
    assert_written(harness, "x\nx\n");
    advance(harness, DAY_MS);

    assert_written(harness, "x\nx\nx\n");
}

static void an_error_runs_the_command(struct harness *harness)
{
    const struct served missing = { .path = "/a.bin", .status = 404 };
    struct xbits_job *job = new_download(harness, missing.path, "a.bin");

    harness_serve(harness, &missing);
    set_script(harness, job, "echo x >> $0", "");
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, ERROR);
    advance(harness, DAY_MS);

    assert_written(harness, "x\n");
}

static void the_command_runs_when_the_subscriber_fails(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 1);
    struct xbits_notification told;

    set_script(harness, job, "echo x >> $0", "");
    assert_ok(xbits_job_subscribe(job));
    assert_ok(xbits_job_resume(job));
    told = next_told(harness);
    advance(harness, DAY_MS);
    assert_false(file_exists(harness, "told"));
    assert_ok(xbits_notification_answer(harness->manager, told.id, XBITS_E_FAIL));
    assert_nothing_told(harness, DAY_MS);

    assert_written(harness, "x\n");
}

static void a_good_answer_runs_no_command(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 1);

    set_script(harness, job, "echo x >> $0", "");
    assert_ok(xbits_job_subscribe(job));
    assert_ok(xbits_job_resume(job));
    answer_next(harness, JOB_TRANSFERRED, XBITS_FILE_NONE);
    advance(harness, DAY_MS);

    assert_false(file_exists(harness, "told"));
}

static void a_command_set_after_the_event_runs_at_once(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 1);

    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    set_script(harness, job, "echo x >> $0", "");
    advance(harness, 1);

    assert_written(harness, "x\n");
}

static void a_cleared_command_does_not_run(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 1);

    set_script(harness, job, "echo x >> $0", "");
    assert_ok(set_command(job, NULL, NULL));
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    advance(harness, DAY_MS);

    assert_false(file_exists(harness, "told"));
}

struct counting {
    enum xbits_event_id id;
    const char *part; /* Of the text. */
    size_t count;
};

static bool count_event(const struct xbits_event *event, void *user)
{
    struct counting *counting = user;

    counting->count += event->id == counting->id && strstr(event->text, counting->part) != NULL;
    return true;
}

static size_t count_events(struct harness *harness, enum xbits_event_id id, const char *part)
{
    struct counting counting = { .id = id, .part = part };

    assert_ok(xbits_manager_visit_events(harness->manager, 0, count_event, &counting));
    return counting.count;
}

static void a_command_that_fails_is_in_the_event_log(struct harness *harness)
{
    struct xbits_job *absent = good_job(harness, 1);
    struct xbits_job *failing = good_job(harness, 1);

    assert_ok(set_command(absent, "/no/such/program", "program a"));
    set_script(harness, failing, "exit 3", "");
    assert_ok(xbits_job_resume(absent));
    assert_ok(xbits_job_resume(failing));
    assert_reaches(absent, TRANSFERRED);
    assert_reaches(failing, TRANSFERRED);
    advance(harness, 1);

    assert_int_equal(count_events(harness, XBITS_EVENT_COMMAND_FAILED, "/no/such/program"), 1);
    assert_int_equal(count_events(harness, XBITS_EVENT_COMMAND_EXIT, "3"), 1);
}

static void a_command_of_a_restarted_queue_runs(struct harness *harness)
{
    struct xbits_job *job = good_job(harness, 1);

    set_script(harness, job, "echo x >> $0; test $(wc -l < $0) = 2", "");
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSFERRED);
    advance(harness, 1);
    assert_written(harness, "x\n");
    harness_restart(harness);
    advance(harness, 1);
    assert_written(harness, "x\nx\n");
    harness_restart(harness);
    advance(harness, DAY_MS);

    assert_written(harness, "x\nx\n");
}

static char *text_of(struct harness *harness, size_t length)
{
    char *text = malloc(length + 1);

    assert_non_null(text);
    memset(text, 'a', length);
    text[0] = '/';
    text[length] = '\0';
    (void)harness_keep(harness, text);
    return text;
}

static void a_command_line_has_its_limits(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);

    assert_fails(XBITS_E_INVALIDARG, set_command(job, NULL, "sh -c true"));
    assert_fails(XBITS_E_INVALIDARG, set_command(job, "sh", "sh -c true"));
    assert_fails(XBITS_BG_E_STRING_TOO_LONG, set_command(job, text_of(harness, 261), NULL));
    assert_fails(XBITS_BG_E_STRING_TOO_LONG, set_command(job, "/bin/sh", text_of(harness, 4001)));
    assert_ok(set_command(job, text_of(harness, 260), text_of(harness, 4000)));
}

static void a_command_line_can_be_read_and_cleared(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    struct xbits_value value;

    assert_result(XBITS_S_FALSE, xbits_job_get(job, XBITS_JOB_NOTIFY_COMMAND_LINE, &value));
    assert_ok(set_command(job, "/bin/sh", "sh -c \"x y\""));
    assert_ok(xbits_job_get(job, XBITS_JOB_NOTIFY_COMMAND_LINE, &value));
    assert_string_equal(value.as.command.program, "/bin/sh");
    assert_string_equal(value.as.command.parameters, "sh -c \"x y\"");
    xbits_value_dispose(&value);
    assert_ok(set_command(job, NULL, NULL));

    assert_result(XBITS_S_FALSE, xbits_job_get(job, XBITS_JOB_NOTIFY_COMMAND_LINE, &value));
}

static void a_class_to_notify_is_kept(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    struct xbits_value value = { .kind = XBITS_KIND_ID, .as.id = { .data1 = 7, .data2 = 8 } };
    struct xbits_value read;

    assert_ok(xbits_job_set(job, XBITS_JOB_NOTIFICATION_CLSID, &value));
    assert_ok(xbits_job_get(job, XBITS_JOB_NOTIFICATION_CLSID, &read));

    assert_true(xbits_id_equal(&read.as.id, &value.as.id));
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(CAN_RUN_COMMANDS | CAN_SKIP_TIME, "top 51; 7.6, ruling 40b",
                     the_command_runs_with_its_exact_parameters),
    CONFORMANCE_TEST(CAN_RUN_COMMANDS | CAN_SKIP_TIME, "7.6", a_program_without_parameters_runs),
    CONFORMANCE_TEST(CAN_RUN_COMMANDS | CAN_SKIP_TIME, "top 51; 7.6",
                     a_command_that_fails_runs_again),
    CONFORMANCE_TEST(CAN_RUN_COMMANDS | CAN_SKIP_TIME | CAN_SERVE_FAULTS, "7.6",
                     an_error_runs_the_command),
    CONFORMANCE_TEST(CAN_RUN_COMMANDS | CAN_SKIP_TIME, "top 51; 7.4, 7.6",
                     the_command_runs_when_the_subscriber_fails),
    CONFORMANCE_TEST(CAN_RUN_COMMANDS | CAN_SKIP_TIME, "7.6", a_good_answer_runs_no_command),
    CONFORMANCE_TEST(CAN_RUN_COMMANDS | CAN_SKIP_TIME, "7.6",
                     a_command_set_after_the_event_runs_at_once),
    CONFORMANCE_TEST(CAN_RUN_COMMANDS | CAN_SKIP_TIME, "7.6", a_cleared_command_does_not_run),
    CONFORMANCE_TEST(CAN_RUN_COMMANDS | CAN_SKIP_TIME, "7.6",
                     a_command_that_fails_is_in_the_event_log),
    CONFORMANCE_TEST(CAN_RUN_COMMANDS | CAN_SKIP_TIME | CAN_RESTART, "top 55; 7.1",
                     a_command_of_a_restarted_queue_runs),
    CONFORMANCE_TEST(0, "top 51; 7.6", a_command_line_has_its_limits),
    CONFORMANCE_TEST(0, "7.6", a_command_line_can_be_read_and_cleared),
    CONFORMANCE_TEST(0, "7.1", a_class_to_notify_is_kept),
};

const struct conformance_suite notify_command_suite = CONFORMANCE_SUITE("notify command", tests);
