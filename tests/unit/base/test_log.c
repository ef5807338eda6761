/* SPDX-License-Identifier: MIT */
#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "base/thread.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#define RING_LINES 512

/* What a reader saw. */
struct seen {
    unsigned count;
    unsigned stop_after; /* 0: never */
    char first[256];
    char last[256];
};

static bool see(const char *line, void *user)
{
    struct seen *seen = user;

    if (seen->count == 0)
        text_copy_into(seen->first, sizeof(seen->first), line);
    text_copy_into(seen->last, sizeof(seen->last), line);
    seen->count++;
    return seen->count != seen->stop_after;
}

/* The standard error, sent into a file for a while. */
struct capture {
    FILE *file;
    int saved;
};

static void begin_capture(struct capture *capture)
{
    capture->file = tmpfile();
    assert_non_null(capture->file);
    capture->saved = dup(STDERR_FILENO);
    assert_true(dup2(fileno(capture->file), STDERR_FILENO) >= 0);
}

static void end_capture(struct capture *capture, char *text, size_t size)
{
    dup2(capture->saved, STDERR_FILENO);
    close(capture->saved);
    rewind(capture->file);
    text[fread(text, 1, size - 1, capture->file)] = '\0';
    fclose(capture->file);
}

static int trace_nothing(void **state)
{
    (void)state;
    return XBITS_FAILED(xbits_log_trace(""));
}

static void lines_are_kept_with_their_scope(void **state)
{
    struct seen seen = { 0 };

    (void)state;
    log_line(LOG_HTTP, "GET %s", "/a");

    xbits_log_read(see, &seen);
    assert_string_equal(seen.last, "http: GET /a");
}

static void the_last_512_lines_are_kept(void **state)
{
    struct seen seen = { 0 };

    (void)state;
    for (int i = 0; i < RING_LINES + 100; i++)
        log_line(LOG_DISK, "line %d", i);

    xbits_log_read(see, &seen);
    assert_int_equal(seen.count, RING_LINES);
    assert_string_equal(seen.first, "disk: line 100");
    assert_string_equal(seen.last, "disk: line 611");
}

static void a_reader_may_stop(void **state)
{
    struct seen seen = { .stop_after = 1 };

    (void)state;
    log_line(LOG_DISK, "one");
    log_line(LOG_DISK, "two");

    xbits_log_read(see, &seen);
    assert_int_equal(seen.count, 1);
}

static bool log_again(const char *line, void *user)
{
    unsigned *count = user;

    log_line(LOG_DISK, "seen: %s", line);
    (*count)++;
    return true;
}

static void a_reader_may_log(void **state)
{
    unsigned count = 0;

    (void)state;
    for (int i = 0; i < RING_LINES; i++)
        log_line(LOG_DISK, "line %d", i);

    xbits_log_read(log_again, &count);

    assert_in_range(count, 1, RING_LINES);
}

static void a_long_line_loses_its_end(void **state)
{
    struct seen seen = { 0 };
    char word[1000];

    (void)state;
    memset(word, 'x', sizeof(word) - 1);
    word[sizeof(word) - 1] = '\0';
    log_line(LOG_DISK, "%s", word);

    xbits_log_read(see, &seen);
    assert_int_equal(strlen(seen.last), 239);
}

static void a_line_cannot_steer_a_terminal(void **state)
{
    struct seen seen = { 0 };

    (void)state;
    log_line(LOG_HTTP, "%s", "Server: \x1B[31mred\r\nFake: line");

    xbits_log_read(see, &seen);
    assert_string_equal(seen.last, "http: Server: ?[31mred??Fake: line");
}

static void a_line_that_ends_within_a_letter_stays_readable(void **state)
{
    struct seen seen = { 0 };
    char word[1000];

    (void)state;
    for (size_t i = 0; i + 3 < sizeof(word); i += 3)
        memcpy(word + i, "\xE2\x82\xAC", 4);
    log_line(LOG_DISK, "%s", word);

    xbits_log_read(see, &seen);
    assert_true(text_is_utf8(seen.last));
    assert_null(strchr(seen.last, '?'));
}

static void nothing_is_printed_unless_traced(void **state)
{
    struct capture capture;
    char text[200];

    (void)state;
    begin_capture(&capture);
    log_line(LOG_ENGINE, "silent");
    end_capture(&capture, text, sizeof(text));

    assert_string_equal(text, "");
}

static void traced_scopes_are_printed(void **state)
{
    struct capture capture;
    char text[200];

    (void)state;
    assert_ok(xbits_log_trace("http,disk"));
    begin_capture(&capture);
    log_line(LOG_ENGINE, "silent");
    log_line(LOG_HTTP, "loud");
    log_line(LOG_DISK, "too");
    end_capture(&capture, text, sizeof(text));

    assert_string_equal(text, "http: loud\ndisk: too\n");
    assert_true(log_is_traced(LOG_HTTP));
    assert_false(log_is_traced(LOG_ENGINE));
}

static void all_is_every_scope(void **state)
{
    (void)state;
    assert_ok(xbits_log_trace("all"));

    for (int scope = 0; scope < LOG_SCOPE_COUNT; scope++)
        assert_true(log_is_traced((enum log_scope)scope));
}

static void unknown_scopes_are_refused_and_change_nothing(void **state)
{
    static const char *const scopes[] = { "engin",  "enginee", "engine,nothing",
                                          "ENGINE", " http",   "http,,disk",
                                          ",",      "alll" };

    (void)state;
    assert_ok(xbits_log_trace("http"));

    for (size_t i = 0; i < sizeof(scopes) / sizeof(scopes[0]); i++)
        assert_fails(XBITS_E_INVALIDARG, xbits_log_trace(scopes[i]));
    assert_true(log_is_traced(LOG_HTTP));
    assert_false(log_is_traced(LOG_ENGINE));
}

static void log_a_thousand_lines(void *user)
{
    for (int i = 0; i < 1000; i++)
        log_line(LOG_BACKEND, "%s%s%s", (const char *)user, (const char *)user, (const char *)user);
}

static bool is_whole(const char *line, void *user)
{
    bool *are_whole = user;

    *are_whole = strcmp(line, "backend: aaaaaaaaa") == 0 || strcmp(line, "backend: bbb") == 0;
    return *are_whole;
}

static void lines_of_many_threads_stay_whole(void **state)
{
    struct thread *threads[4] = { NULL };
    static char long_word[] = "aaa";
    static char short_word[] = "b";
    bool are_whole = false;

    (void)state;
    for (size_t i = 0; i < 4; i++)
        assert_ok(
            thread_start(log_a_thousand_lines, i % 2 == 0 ? long_word : short_word, &threads[i]));
    for (size_t i = 0; i < 4; i++)
        thread_join(threads[i]);

    xbits_log_read(is_whole, &are_whole);
    assert_true(are_whole);
}

static void the_environment_names_scopes_once(void **state)
{
    const unsigned *traced = *state;

    assert_int_equal(*traced, 1u << LOG_STORE | 1u << LOG_BITS);
}

#define LOG_TEST(name) cmocka_unit_test_setup(name, trace_nothing)

int main(void)
{
    unsigned traced_at_start = 0;

    setenv("XBITS_TRACE", "store,bits", 1);
    for (int scope = 0; scope < LOG_SCOPE_COUNT; scope++)
        traced_at_start |= log_is_traced((enum log_scope)scope) ? 1u << scope : 0;
    setenv("XBITS_TRACE", "all", 1);
    traced_at_start |= log_is_traced(LOG_ENGINE) ? 1u << LOG_ENGINE : 0;

    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(the_environment_names_scopes_once, &traced_at_start),
        LOG_TEST(lines_are_kept_with_their_scope),
        LOG_TEST(the_last_512_lines_are_kept),
        LOG_TEST(a_reader_may_stop),
        LOG_TEST(a_reader_may_log),
        LOG_TEST(a_long_line_loses_its_end),
        LOG_TEST(a_line_cannot_steer_a_terminal),
        LOG_TEST(a_line_that_ends_within_a_letter_stays_readable),
        LOG_TEST(nothing_is_printed_unless_traced),
        LOG_TEST(traced_scopes_are_printed),
        LOG_TEST(all_is_every_scope),
        LOG_TEST(unknown_scopes_are_refused_and_change_nothing),
        LOG_TEST(lines_of_many_threads_stay_whole),
    };

    return run_tests("log", tests);
}
