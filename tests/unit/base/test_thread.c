/* SPDX-License-Identifier: MIT */
#include "base/thread.h"

#include <signal.h>
#include <stdint.h>

#include "support/assert_result.h"
#include "support/test_main.h"

/* What two threads share. */
struct meeting {
    struct mutex *mutex;
    struct condition *condition;
    bool has_come;
    unsigned count;
    uint64_t thread;
    sigset_t blocked;
};

static int open_meeting(void **state)
{
    static struct meeting meeting;

    meeting = (struct meeting){ .mutex = mutex_new(), .condition = condition_new() };
    *state = &meeting;
    return meeting.mutex == NULL || meeting.condition == NULL;
}

static int close_meeting(void **state)
{
    struct meeting *meeting = *state;

    condition_free(meeting->condition);
    mutex_free(meeting->mutex);
    return 0;
}

static void come(void *user)
{
    struct meeting *meeting = user;

    mutex_lock(meeting->mutex);
    meeting->thread = thread_current();
    pthread_sigmask(SIG_SETMASK, NULL, &meeting->blocked);
    meeting->has_come = true;
    condition_broadcast(meeting->condition);
    mutex_unlock(meeting->mutex);
}

static void count_to_ten_thousand(void *user)
{
    struct meeting *meeting = user;

    for (int i = 0; i < 10000; i++) {
        mutex_lock(meeting->mutex);
        meeting->count++;
        mutex_unlock(meeting->mutex);
    }
}

static void a_thread_runs_and_is_joined(void **state)
{
    struct meeting *meeting = *state;
    struct thread *thread = NULL;

    assert_ok(thread_start(come, meeting, &thread));
    thread_join(thread);

    assert_true(meeting->has_come);
}

static void a_thread_that_nobody_waits_for_runs(void **state)
{
    struct meeting *meeting = *state;

    mutex_lock(meeting->mutex);
    assert_ok(thread_start_alone(come, meeting));
    while (!meeting->has_come)
        condition_wait(meeting->condition, meeting->mutex);
    mutex_unlock(meeting->mutex);

    assert_true(meeting->thread != thread_current());
}

static void nothing_can_be_freed_and_joined(void **state)
{
    (void)state;
    thread_join(NULL);
    mutex_free(NULL);
    condition_free(NULL);
}

static void a_thread_has_a_number_of_its_own(void **state)
{
    struct meeting *meeting = *state;
    struct thread *thread = NULL;

    assert_ok(thread_start(come, meeting, &thread));
    thread_join(thread);

    assert_true(thread_current() == thread_current());
    assert_true(thread_current() != meeting->thread);
}

static void a_mutex_lets_one_in(void **state)
{
    struct meeting *meeting = *state;
    struct thread *threads[4] = { NULL };

    for (size_t i = 0; i < 4; i++)
        assert_ok(thread_start(count_to_ten_thousand, meeting, &threads[i]));
    for (size_t i = 0; i < 4; i++)
        thread_join(threads[i]);

    assert_int_equal(meeting->count, 40000);
}

static void a_broadcast_wakes_who_waits(void **state)
{
    struct meeting *meeting = *state;
    struct thread *thread = NULL;

    mutex_lock(meeting->mutex);
    assert_ok(thread_start(come, meeting, &thread));
    while (!meeting->has_come)
        condition_wait(meeting->condition, meeting->mutex);
    mutex_unlock(meeting->mutex);
    thread_join(thread);

    assert_true(meeting->has_come);
}

static void the_longest_wait_can_be_woken(void **state)
{
    struct meeting *meeting = *state;
    struct thread *thread = NULL;
    bool is_woken = true;

    mutex_lock(meeting->mutex);
    assert_ok(thread_start(come, meeting, &thread));
    while (!meeting->has_come && is_woken)
        is_woken = condition_wait_ms(meeting->condition, meeting->mutex, UINT64_MAX);
    mutex_unlock(meeting->mutex);
    thread_join(thread);

    assert_true(is_woken);
}

static void a_wait_runs_out(void **state)
{
    struct meeting *meeting = *state;
    bool first;
    bool second;

    mutex_lock(meeting->mutex);
    first = condition_wait_ms(meeting->condition, meeting->mutex, 0);
    second = condition_wait_ms(meeting->condition, meeting->mutex, 1);
    mutex_unlock(meeting->mutex);

    assert_false(first);
    assert_false(second);
}

static void a_thread_takes_no_signals_but_its_own_faults(void **state)
{
    struct meeting *meeting = *state;
    struct thread *thread = NULL;
    sigset_t before;
    sigset_t after;

    pthread_sigmask(SIG_SETMASK, NULL, &before);
    assert_ok(thread_start(come, meeting, &thread));
    thread_join(thread);
    pthread_sigmask(SIG_SETMASK, NULL, &after);

    assert_true(sigismember(&meeting->blocked, SIGINT));
    assert_true(sigismember(&meeting->blocked, SIGTERM));
    assert_true(sigismember(&meeting->blocked, SIGPIPE));
    assert_false(sigismember(&meeting->blocked, SIGSEGV));
    assert_int_equal(sigismember(&before, SIGINT), sigismember(&after, SIGINT));
}

#define MEETING_TEST(name) cmocka_unit_test_setup_teardown(name, open_meeting, close_meeting)

int main(void)
{
    const struct CMUnitTest tests[] = {
        MEETING_TEST(a_thread_runs_and_is_joined),
        MEETING_TEST(a_thread_that_nobody_waits_for_runs),
        cmocka_unit_test(nothing_can_be_freed_and_joined),
        MEETING_TEST(a_thread_has_a_number_of_its_own),
        MEETING_TEST(a_mutex_lets_one_in),
        MEETING_TEST(a_broadcast_wakes_who_waits),
        MEETING_TEST(the_longest_wait_can_be_woken),
        MEETING_TEST(a_wait_runs_out),
        MEETING_TEST(a_thread_takes_no_signals_but_its_own_faults),
    };

    return run_tests("thread", tests);
}
