/* SPDX-License-Identifier: MIT */
#include "base/process.h"

#include <signal.h>
#include <unistd.h>

#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"

/* /bin/sh is the one program that every system has, and it tells what it was given. */
static int run(const char *script)
{
    const char *const argv[] = { "sh", "-c", script, NULL };
    struct process *process;

    assert_ok(process_start("/bin/sh", argv, &process));
    return process_wait(process);
}

static void a_process_has_a_number(void **state)
{
    (void)state;

    assert_true(process_id() == (uint64_t)getpid());
}

static void no_program_of_windows_runs_here(void **state)
{
    bool is_running = true;
    (void)state;

    assert_ok(process_is_running("wmplayer.exe", &is_running));

    assert_false(is_running);
}

static void a_program_tells_its_status(void **state)
{
    (void)state;

    assert_int_equal(run("exit 0"), 0);
    assert_int_equal(run("exit 7"), 7);
    assert_int_equal(run("exit 255"), 255);
}

static void a_program_that_a_signal_ended_tells_which(void **state)
{
    (void)state;

    assert_int_equal(run("kill -TERM $$"), PROCESS_STATUS_SIGNALLED + SIGTERM);
}

static void a_program_is_stopped(void **state)
{
    const char *const argv[] = { "sh", "-c", "while :; do :; done", NULL };
    struct process *process;
    (void)state;

    assert_ok(process_start("/bin/sh", argv, &process));
    process_stop(process);

    assert_int_equal(process_wait(process), PROCESS_STATUS_SIGNALLED + SIGKILL);
}

static void a_program_gets_its_arguments_as_they_are(void **state)
{
    const char *const argv[] = { "sh",
                                 "-c",
                                 "test $# = 3 && test \"$1\" = 'a  b' && test \"$2\" = '' && "
                                 "test \"$3\" = '$HOME `x` \"*'",
                                 "name",
                                 "a  b",
                                 "",
                                 "$HOME `x` \"*",
                                 NULL };
    struct process *process;
    (void)state;

    assert_ok(process_start("/bin/sh", argv, &process));

    assert_int_equal(process_wait(process), 0);
}

static void a_program_is_told_the_name_it_is_called_by(void **state)
{
    const char *const argv[] = { "another name", "-c", "test \"$0\" = 'another name'", NULL };
    struct process *process;
    (void)state;

    assert_ok(process_start("/bin/sh", argv, &process));

    assert_int_equal(process_wait(process), 0);
}

static void a_program_reads_nothing(void **state)
{
    (void)state;

    assert_int_equal(run("if read line; then exit 1; fi"), 0);
}

static void a_program_writes_nowhere(void **state)
{
    (void)state;

    /* What cmocka prints to standard output is a report for others to read. */
    assert_int_equal(run("test ! -t 1 && echo noise"), 0);
}

static void a_program_starts_with_no_signal_blocked_or_ignored(void **state)
{
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    struct sigaction before;
    sigset_t all;
    sigset_t mask;
    int status;
    (void)state;

    sigfillset(&all);
    sigaction(SIGTERM, &ignore, &before);
    pthread_sigmask(SIG_SETMASK, &all, &mask);
    status = run("kill -TERM $$; exit 3");
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGTERM, &before, NULL);

    assert_int_equal(status, PROCESS_STATUS_SIGNALLED + SIGTERM);
}

static void a_program_that_is_not_there_is_named(void **state)
{
    const char *const argv[] = { "none", NULL };
    struct process *process = NULL;
    (void)state;

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, process_start("/no/such/program", argv, &process));
    assert_message("/no/such/program");
    assert_null(process);
}

static void a_name_without_a_path_is_not_looked_for(void **state)
{
    const char *const argv[] = { "sh", NULL };
    struct process *process = NULL;
    (void)state;

    assert_fails(XBITS_ERROR_FILE_NOT_FOUND, process_start("sh", argv, &process));
}

static void a_file_that_is_no_program_is_refused(void **state)
{
    const char *const argv[] = { "file", NULL };
    struct temp_directory directory;
    struct process *process = NULL;
    char path[TEMP_PATH_SIZE];
    (void)state;

    temp_directory_make(&directory);
    temp_directory_write(&directory, "file", "no program", 10);
    temp_directory_join(&directory, "file", path);

    assert_fails(XBITS_E_ACCESSDENIED, process_start(path, argv, &process));

    temp_directory_remove(&directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_process_has_a_number),
        cmocka_unit_test(no_program_of_windows_runs_here),
        cmocka_unit_test(a_program_tells_its_status),
        cmocka_unit_test(a_program_that_a_signal_ended_tells_which),
        cmocka_unit_test(a_program_is_stopped),
        cmocka_unit_test(a_program_gets_its_arguments_as_they_are),
        cmocka_unit_test(a_program_is_told_the_name_it_is_called_by),
        cmocka_unit_test(a_program_reads_nothing),
        cmocka_unit_test(a_program_writes_nowhere),
        cmocka_unit_test(a_program_starts_with_no_signal_blocked_or_ignored),
        cmocka_unit_test(a_program_that_is_not_there_is_named),
        cmocka_unit_test(a_name_without_a_path_is_not_looked_for),
        cmocka_unit_test(a_file_that_is_no_program_is_refused),
    };

    return run_tests("process", tests);
}
