/* SPDX-License-Identifier: MIT */
#include "cli/progress.h"

#include "base/clock.h"
#include "cli/progress_text.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define MIB         UINT64_C(1048576)

static void a_line_says_what_is_known(void **state)
{
    static const struct {
        struct progress_facts facts;
        const char *line;
    } cases[] = {
        { { { XBITS_SIZE_UNKNOWN, 0, 1, 0 }, "CONNECTING", 0, PROGRESS_NO_TRY }, "CONNECTING" },
        { { { XBITS_SIZE_UNKNOWN, MIB, 1, 0 }, "TRANSFERRING", 2048, PROGRESS_NO_TRY },
          "1.0 MiB  2.0 KiB/s  TRANSFERRING" },
        { { { 64 * MIB, 32 * MIB, 1, 0 }, "TRANSFERRING", 16.0 * MIB, PROGRESS_NO_TRY },
          " 50%  32.0 MiB of 64.0 MiB  16.0 MiB/s  0:02 left  TRANSFERRING" },
        { { { 64 * MIB, 64 * MIB, 3, 2 }, "TRANSFERRED", 0, PROGRESS_NO_TRY },
          "100%  64.0 MiB of 64.0 MiB  2 of 3 files  TRANSFERRED" },
        { { { 64 * MIB, 64 * MIB - 1, 1, 0 }, "TRANSIENT_ERROR", 0, 599 },
          " 99%  64.0 MiB of 64.0 MiB  TRANSIENT_ERROR, next try in 9:59" },
        { { { 0, 0, 1, 1 }, "TRANSFERRED", 0, PROGRESS_NO_TRY },
          "100%  0 bytes of 0 bytes  TRANSFERRED" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text line = { 0 };

        assert_ok(progress_text_line(&line, &cases[i].facts));

        assert_string_equal(text_c(&line), cases[i].line);
        text_dispose(&line);
    }
}

static void a_bar_takes_the_room_that_is_left(void **state)
{
    static const struct progress_facts facts = {
        { 64 * MIB, 32 * MIB, 1, 0 }, "TRANSFERRING", 0, PROGRESS_NO_TRY
    };
    static const struct {
        size_t width;
        const char *bar;
    } cases[] = {
        { 10, " 50%  32.0" },
        { 52, " 50%  32.0 MiB of 64.0 MiB  TRANSFERRING" },
        { 53, "[#####-----]  50%  32.0 MiB of 64.0 MiB  TRANSFERRING" },
        { 500,
          "[####################--------------------]  50%  32.0 MiB of 64.0 MiB  TRANSFERRING" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text bar = { 0 };

        assert_ok(progress_text_bar(&bar, &facts, cases[i].width));

        assert_string_equal(text_c(&bar), cases[i].bar);
        text_dispose(&bar);
    }
}

/* A job as the plain lines see it. */
static struct xbits_job_snapshot job_in(enum xbits_job_state job_state, uint64_t bytes)
{
    struct xbits_job_snapshot job;

    XBITS_INIT(&job);
    job.state = job_state;
    job.progress = (struct xbits_job_progress){ 100 * MIB, bytes, 1, 0 };
    return job;
}

static void lines_come_with_a_state_and_then_once_a_second_and_ten_percent(void **state)
{
    static const struct {
        uint64_t now_ms;
        enum xbits_job_state state;
        uint64_t mib;
    } moments[] = {
        { 5000, XBITS_STATE_QUEUED, 0 },        { 5100, XBITS_STATE_QUEUED, 0 },
        { 5200, XBITS_STATE_TRANSFERRING, 0 },  { 5300, XBITS_STATE_TRANSFERRING, 50 },
        { 6200, XBITS_STATE_TRANSFERRING, 60 }, { 6300, XBITS_STATE_TRANSFERRING, 80 },
        { 7200, XBITS_STATE_TRANSFERRING, 69 }, { 8200, XBITS_STATE_TRANSFERRING, 70 },
    };
    struct progress progress;
    char *data = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&data, &size);
    (void)state;

    assert_non_null(stream);
    progress_init(&progress, stream);
    for (size_t i = 0; i < COUNT(moments); i++) {
        struct xbits_job_snapshot job = job_in(moments[i].state, moments[i].mib * MIB);

        progress_show(&progress, &job, moments[i].now_ms, 0);
    }
    fclose(stream);

    assert_non_null(strstr(data, "QUEUED\nTRANSFERRING\n 60%  60.0 MiB of 100.0 MiB"));
    assert_null(strstr(data, " 50%"));
    assert_null(strstr(data, " 80%"));
    assert_null(strstr(data, " 69%"));
    assert_non_null(strstr(data, " 70%  70.0 MiB of 100.0 MiB"));
    free(data);
}

static void a_transient_error_tells_its_reason_and_the_next_try(void **state)
{
    struct xbits_job_snapshot job = job_in(XBITS_STATE_TRANSIENT_ERROR, 0);
    struct progress progress;
    char *data = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&data, &size);
    (void)state;

    assert_non_null(stream);
    job.has_error = true;
    job.error.result = XBITS_BG_E_NETWORK_DISCONNECTED;
    job.error.message = "the network is gone";
    job.waiting_until = 605 * CLOCK_TICKS_PER_S;
    progress_init(&progress, stream);
    progress_show(&progress, &job, 1000, 5 * CLOCK_TICKS_PER_S);
    progress_end(&progress, &job, 5 * CLOCK_TICKS_PER_S);
    fclose(stream);

    assert_string_equal(data, "TRANSIENT_ERROR: the network is gone (BG_E_NETWORK_DISCONNECTED, "
                              "0x80200010), next try in 10:00\n");
    free(data);
}

static void the_rate_follows_the_bytes_and_forgets_a_new_beginning(void **state)
{
    struct progress progress;
    struct xbits_job_snapshot job = job_in(XBITS_STATE_TRANSFERRING, 0);
    char *data = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&data, &size);
    (void)state;

    assert_non_null(stream);
    progress_init(&progress, stream);
    progress_show(&progress, &job, 0, 0);
    job.progress.bytes_transferred = 10 * MIB;
    progress_show(&progress, &job, 1000, 0);
    assert_int_equal((uint64_t)progress.rate.bytes_per_s, 10 * MIB);

    job.progress.bytes_transferred = 0;
    progress_show(&progress, &job, 2000, 0);

    assert_int_equal((uint64_t)progress.rate.bytes_per_s, 0);
    fclose(stream);
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_says_what_is_known),
        cmocka_unit_test(a_bar_takes_the_room_that_is_left),
        cmocka_unit_test(lines_come_with_a_state_and_then_once_a_second_and_ten_percent),
        cmocka_unit_test(a_transient_error_tells_its_reason_and_the_next_try),
        cmocka_unit_test(the_rate_follows_the_bytes_and_forgets_a_new_beginning),
    };

    return run_tests("cli.progress", tests);
}
