/* SPDX-License-Identifier: MIT */
#include "job/setting.h"

#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"

static void the_default_of_every_row_is_one_that_it_allows(void **state)
{
    const struct xbits_setting_info *info;
    size_t count = 0;

    (void)state;
    for (; (info = xbits_setting_at(count)) != NULL; count++) {
        assert_ok(xbits_setting_check(info->section, info->key, info->default_value));
        assert_true(info->summary[0] != '\0');
    }

    assert_int_equal(count, SETTING_COUNT);
}

static void without_entries_every_setting_has_its_default(void **state)
{
    struct settings settings;

    (void)state;
    assert_ok(settings_init(&settings, NULL));

    assert_int_equal(settings.number[SETTING_TRANSFER_GATHER_BYTES], 262144);
    assert_int_equal(settings.number[SETTING_POLICY_MAX_JOBS_PER_USER], 60);
    assert_string_equal(settings.text[SETTING_TRANSFER_USER_AGENT], "Microsoft BITS/7.8");
    assert_true(settings_flag(&settings, SETTING_TRANSFER_SYNC));
    assert_false(settings_flag(&settings, SETTING_QUIRK_LONG_PATHS));
    settings_dispose(&settings);
}

static void entries_replace_defaults_and_the_last_one_wins(void **state)
{
    static const char *const entries[] = { "transfer.gather_bytes=4096",
                                           "transfer.user_agent=Agent = 1",
                                           "quirk.long_paths=yes",
                                           "policy.MaxJobsPerUser=1",
                                           "policy.MaxJobsPerUser=2",
                                           "transfer.user_agent=Agent = 2",
                                           NULL };
    struct settings settings;

    (void)state;
    assert_ok(settings_init(&settings, entries));

    assert_int_equal(settings.number[SETTING_TRANSFER_GATHER_BYTES], 4096);
    assert_int_equal(settings.number[SETTING_POLICY_MAX_JOBS_PER_USER], 2);
    assert_string_equal(settings.text[SETTING_TRANSFER_USER_AGENT], "Agent = 2");
    assert_true(settings_flag(&settings, SETTING_QUIRK_LONG_PATHS));
    settings_dispose(&settings);
}

static void a_bad_entry_is_refused_with_the_setting_and_the_rule(void **state)
{
    static const struct {
        const char *entry;
        const char *message;
    } rows[] = {
        { "transfer.gather_bytes=4095", "transfer.gather_bytes is a number from 4096 to 16777216" },
        { "transfer.gather_bytes=16777217", "from 4096 to 16777216" },
        { "transfer.gather_bytes=-1", "not \"-1\"" },
        { "transfer.gather_bytes=99999999999999999999", "is a number" },
        { "transfer.gather_bytes=", "is a number" },
        { "transfer.sync=maybe", "transfer.sync is yes or no" },
        { "transfer.user_agent=", "is one line" },
        { "transfer.user_agent=a\r\nb", "is one line" },
        { "transfer.colour=red", "there is no setting transfer.colour" },
        { "Transfer.sync=yes", "there is no setting Transfer.sync" },
        { "policy.maxjobsperuser=1", "there is no setting" },
        { "transfer.sync", "section.key=value" },
        { "sync=a.b", "section.key=value" },
        { "", "section.key=value" },
    };
    struct settings settings;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *const entries[] = { rows[i].entry, NULL };

        assert_fails(XBITS_E_INVALIDARG, settings_init(&settings, entries));
        assert_message(rows[i].message);
        settings_dispose(&settings);
    }
}

static void a_check_needs_section_key_and_value(void **state)
{
    (void)state;
    assert_fails(XBITS_E_INVALIDARG, xbits_setting_check(NULL, "sync", "yes"));
    assert_fails(XBITS_E_INVALIDARG, xbits_setting_check("transfer", NULL, "yes"));
    assert_fails(XBITS_E_INVALIDARG, xbits_setting_check("transfer", "sync", NULL));
}

static void zeroed_settings_may_be_disposed(void **state)
{
    struct settings settings;

    (void)state;
    memset(&settings, 0, sizeof settings);
    settings_dispose(&settings);
    settings_dispose(&settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_default_of_every_row_is_one_that_it_allows),
        cmocka_unit_test(without_entries_every_setting_has_its_default),
        cmocka_unit_test(entries_replace_defaults_and_the_last_one_wins),
        cmocka_unit_test(a_bad_entry_is_refused_with_the_setting_and_the_rule),
        cmocka_unit_test(a_check_needs_section_key_and_value),
        cmocka_unit_test(zeroed_settings_may_be_disposed),
    };

    return run_tests("setting", tests);
}
