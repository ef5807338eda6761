/* SPDX-License-Identifier: MIT */
#include "store/download/download_state.h"

#include "store/player.h"
#include "support/assert_result.h"
#include "support/test_main.h"

/* Errata 2.1. */
static const enum xbits_download_state expected[XBITS_STATE_COUNT] = {
    [XBITS_STATE_QUEUED] = XBITS_DOWNLOAD_DOWNLOADING,
    [XBITS_STATE_CONNECTING] = XBITS_DOWNLOAD_DOWNLOADING,
    [XBITS_STATE_TRANSFERRING] = XBITS_DOWNLOAD_DOWNLOADING,
    [XBITS_STATE_SUSPENDED] = XBITS_DOWNLOAD_PAUSED,
    [XBITS_STATE_ERROR] = XBITS_DOWNLOAD_CANCELED,
    [XBITS_STATE_TRANSIENT_ERROR] = XBITS_DOWNLOAD_DOWNLOADING,
    [XBITS_STATE_TRANSFERRED] = XBITS_DOWNLOAD_PROCESSING,
    [XBITS_STATE_ACKNOWLEDGED] = XBITS_DOWNLOAD_COMPLETED,
    [XBITS_STATE_CANCELLED] = XBITS_DOWNLOAD_CANCELED,
};

static void each_state_of_a_job_has_its_number_for_a_page(void **state)
{
    (void)state;
    for (unsigned i = 0; i < XBITS_STATE_COUNT; i++)
        assert_int_equal(download_state_of_job((enum xbits_job_state)i), expected[i]);
}

/* WMPSubscriptionDownloadState. */
static void the_numbers_are_those_of_the_sdk(void **state)
{
    (void)state;
    assert_int_equal(XBITS_DOWNLOAD_DOWNLOADING, 0);
    assert_int_equal(XBITS_DOWNLOAD_PAUSED, 1);
    assert_int_equal(XBITS_DOWNLOAD_PROCESSING, 2);
    assert_int_equal(XBITS_DOWNLOAD_COMPLETED, 3);
    assert_int_equal(XBITS_DOWNLOAD_CANCELED, 4);
}

static void every_number_has_a_name(void **state)
{
    static const char *const names[] = { "Downloading", "Paused", "Processing", "Completed",
                                         "Canceled" };

    (void)state;
    for (unsigned i = 0; i < 5; i++)
        assert_string_equal(xbits_download_state_name((enum xbits_download_state)i), names[i]);
    assert_string_equal(xbits_download_state_name((enum xbits_download_state)5), "unknown");
    assert_string_equal(xbits_download_state_name((enum xbits_download_state) - 1), "unknown");
}

static void on_real_bits_a_player_adopts_when_it_is_asked_to(void **state)
{
    (void)state;
    assert_false(player_adopts("bits", false));
    assert_true(player_adopts("bits", true));
    assert_true(player_adopts("sim", false));
    assert_true(player_adopts("sim", true));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_state_of_a_job_has_its_number_for_a_page),
        cmocka_unit_test(the_numbers_are_those_of_the_sdk),
        cmocka_unit_test(every_number_has_a_name),
        cmocka_unit_test(on_real_bits_a_player_adopts_when_it_is_asked_to),
    };

    return run_tests("download state", tests);
}
