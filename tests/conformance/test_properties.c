/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "conformance/steps.h"
#include "support/assert_result.h"

/* Properties the engine obeys (1.4, 1.5, 1.7; top 26-28). */

static xbits_result set_value_u32(struct xbits_job *job, enum xbits_job_property property,
                                  uint32_t number)
{
    struct xbits_value value = xbits_value_u32(number);

    return xbits_job_set(job, property, &value);
}

static xbits_result set_text(struct xbits_job *job, enum xbits_job_property property,
                             const char *text)
{
    struct xbits_value value = xbits_value_text(text);

    return xbits_job_set(job, property, &value);
}

static void assert_text(struct xbits_job *job, enum xbits_job_property property, const char *text)
{
    struct xbits_value value;

    assert_ok(xbits_job_get(job, property, &value));
    assert_int_equal(value.kind, XBITS_KIND_TEXT);
    assert_string_equal(value.as.text, text);
    xbits_value_dispose(&value);
}

static const char *of_length(struct harness *harness, size_t length)
{
    char *text = malloc(length + 1);

    if (text != NULL) {
        memset(text, 'd', length);
        text[length] = '\0';
    }
    return harness_keep(harness, text);
}

static void numbers_are_read_back_as_they_were_written(struct harness *harness)
{
    static const struct {
        enum xbits_job_property property;
        uint32_t written;
        uint32_t read;
    } cases[] = {
        { XBITS_JOB_PRIORITY, XBITS_PRIORITY_FOREGROUND, XBITS_PRIORITY_FOREGROUND },
        { XBITS_JOB_PRIORITY, XBITS_PRIORITY_LOW, XBITS_PRIORITY_LOW },
        { XBITS_JOB_MINIMUM_RETRY_DELAY, 1, 5 },
        { XBITS_JOB_MINIMUM_RETRY_DELAY, 0, 5 },
        { XBITS_JOB_MINIMUM_RETRY_DELAY, 5, 5 },
        { XBITS_JOB_MINIMUM_RETRY_DELAY, 6, 6 },
        { XBITS_JOB_MINIMUM_RETRY_DELAY, UINT32_MAX, UINT32_MAX },
        { XBITS_JOB_NO_PROGRESS_TIMEOUT, 0, 0 },
        { XBITS_JOB_NO_PROGRESS_TIMEOUT, UINT32_MAX, UINT32_MAX },
        { XBITS_JOB_MAXIMUM_DOWNLOAD_TIME, 1, 1 },
        { XBITS_JOB_SECURITY_FLAGS, XBITS_REDIRECT_ALLOW_REPORT, XBITS_REDIRECT_ALLOW_REPORT },
        { XBITS_JOB_SECURITY_FLAGS, XBITS_REDIRECT_DISALLOW, XBITS_REDIRECT_DISALLOW },
    };
    struct xbits_job *job = new_job(harness);

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_ok(set_value_u32(job, cases[i].property, cases[i].written));
        assert_int_equal(get_u32(job, cases[i].property), cases[i].read);
    }
}

static void the_widest_numbers_do_no_harm(struct harness *harness)
{
    const struct served busy = { .path = "/a.bin", .status = 503 };
    struct xbits_job *job = new_download(harness, busy.path, "a.bin");

    harness_serve(harness, &busy);
    set_u32(job, XBITS_JOB_MINIMUM_RETRY_DELAY, UINT32_MAX);
    set_u32(job, XBITS_JOB_NO_PROGRESS_TIMEOUT, UINT32_MAX);
    set_u32(job, XBITS_JOB_MAXIMUM_DOWNLOAD_TIME, UINT32_MAX);
    assert_ok(xbits_job_resume(job));
    assert_reaches(job, TRANSIENT_ERROR);

    /* A job that nothing happens to for 90 days ends. */
    advance(harness, 89 * DAY_MS);
    assert_state(job, TRANSIENT_ERROR);
}

static void a_description_has_at_most_1024_characters(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    const char *longest = of_length(harness, 1024);

    assert_ok(set_text(job, XBITS_JOB_DESCRIPTION, longest));
    assert_fails(XBITS_BG_E_STRING_TOO_LONG,
                 set_text(job, XBITS_JOB_DESCRIPTION, of_length(harness, 1025)));
    assert_fails(XBITS_E_INVALIDARG, set_text(job, XBITS_JOB_DESCRIPTION, NULL));
    assert_fails(XBITS_E_INVALIDARG, set_text(job, XBITS_JOB_DESCRIPTION, "\xED\xA0\x80"));

    assert_text(job, XBITS_JOB_DESCRIPTION, longest);
    assert_string_equal(snapshot_of(job).description, longest);
}

static void a_display_name_is_changed_and_limited(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);

    assert_ok(set_text(job, XBITS_JOB_DISPLAY_NAME, "fr\xC3\xBChling"));
    assert_fails(XBITS_BG_E_STRING_TOO_LONG,
                 set_text(job, XBITS_JOB_DISPLAY_NAME, of_length(harness, 257)));
    assert_fails(XBITS_E_INVALIDARG, set_text(job, XBITS_JOB_DISPLAY_NAME, NULL));

    assert_text(job, XBITS_JOB_DISPLAY_NAME, "fr\xC3\xBChling");
    assert_string_equal(snapshot_of(job).display_name, "fr\xC3\xBChling");
}

static void numbers_out_of_their_enumeration_are_refused(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);

    assert_fails(XBITS_E_NOTIMPL, set_value_u32(job, XBITS_JOB_PRIORITY, XBITS_PRIORITY_COUNT));
    assert_fails(XBITS_E_NOTIMPL, set_value_u32(job, XBITS_JOB_NOTIFY_FLAGS, 0x8000));
    assert_int_equal(get_u32(job, XBITS_JOB_PRIORITY), XBITS_PRIORITY_NORMAL);
    assert_int_equal(get_u32(job, XBITS_JOB_NOTIFY_FLAGS), 3);
}

static xbits_result set_proxy(struct xbits_job *job, uint32_t usage, const char *list)
{
    struct xbits_value value;

    memset(&value, 0, sizeof value);
    value.kind = XBITS_KIND_PROXY;
    value.as.proxy.usage = usage;
    value.as.proxy.list = list;
    return xbits_job_set(job, XBITS_JOB_PROXY_SETTINGS, &value);
}

static void proxy_settings_are_checked(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    struct xbits_value seen;

    assert_fails(XBITS_E_NOTIMPL, set_proxy(job, 9, NULL));
    assert_fails(XBITS_E_INVALIDARG, set_proxy(job, 2, NULL));
    assert_fails(XBITS_E_INVALIDARG, set_proxy(job, 1, "127.0.0.1:3128"));
    assert_ok(set_proxy(job, 1, NULL));

    assert_ok(xbits_job_get(job, XBITS_JOB_PROXY_SETTINGS, &seen));
    assert_int_equal(seen.as.proxy.usage, 1);
    xbits_value_dispose(&seen);
}

static void what_only_the_engine_writes_is_read_only(struct harness *harness)
{
    static const enum xbits_job_property numbers[] = { XBITS_JOB_ERROR_COUNT,
                                                       XBITS_JOB_OWNER_INTEGRITY_LEVEL };
    struct xbits_job *job = new_job(harness);

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        assert_fails(XBITS_BG_E_READ_ONLY_PROPERTY, set_value_u32(job, numbers[i], 1));
    assert_fails(XBITS_BG_E_READ_ONLY_PROPERTY, set_text(job, XBITS_JOB_OWNER, "S-1-5-18"));
    assert_int_equal(get_u32(job, XBITS_JOB_ERROR_COUNT), 0);
}

static void the_owner_is_a_property_too(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);

    assert_text(job, XBITS_JOB_OWNER, snapshot_of(job).owner);
}

static void an_unknown_property_is_refused(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, "/a.bin", "a.bin");
    struct xbits_value value = xbits_value_u32(1);
    const enum xbits_job_property unknown = (enum xbits_job_property)XBITS_JOB_PROPERTY_COUNT;
    const enum xbits_file_property no_file = (enum xbits_file_property)XBITS_FILE_PROPERTY_COUNT;

    assert_fails(XBITS_BG_E_UNKNOWN_PROPERTY_ID, xbits_job_set(job, unknown, &value));
    assert_fails(XBITS_BG_E_UNKNOWN_PROPERTY_ID, xbits_job_get(job, unknown, &value));
    assert_fails(XBITS_BG_E_UNKNOWN_PROPERTY_ID, xbits_job_set_file(job, 0, no_file, &value));
    assert_fails(XBITS_BG_E_UNKNOWN_PROPERTY_ID, xbits_job_get_file(job, 0, no_file, &value));
}

static void a_value_of_the_wrong_kind_is_refused(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    struct xbits_value flag = xbits_value_bool(true);

    assert_fails(XBITS_E_INVALIDARG, set_text(job, XBITS_JOB_MINIMUM_RETRY_DELAY, "60"));
    assert_fails(XBITS_E_INVALIDARG, set_value_u32(job, XBITS_JOB_DESCRIPTION, 60));
    assert_fails(XBITS_E_INVALIDARG, xbits_job_set(job, XBITS_JOB_PRIORITY, &flag));
    assert_fails(XBITS_E_INVALIDARG, xbits_job_set(job, XBITS_JOB_PRIORITY, NULL));
}

static void a_change_of_a_property_is_a_modification(struct harness *harness)
{
    struct xbits_job *job = new_job(harness);
    int64_t before = snapshot_of(job).times.modification;

    advance(harness, 2000);
    assert_ok(set_text(job, XBITS_JOB_DESCRIPTION, "changed"));

    assert_int_equal(snapshot_of(job).times.modification, before + INT64_C(20000000));
    assert_true(snapshot_of(job).times.creation <= before);
}

static void every_property_can_be_asked_for(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, "/a.bin", "a.bin");

    for (int i = 0; i < XBITS_JOB_PROPERTY_COUNT; i++) {
        struct xbits_value value;
        xbits_result result = xbits_job_get(job, (enum xbits_job_property)i, &value);

        if (XBITS_FAILED(result))
            assert_int_equal(result, XBITS_E_NOTIMPL);
        else if (result == XBITS_S_OK)
            assert_int_equal(value.kind, xbits_job_property_kind((enum xbits_job_property)i));
        else
            assert_int_equal(value.kind, XBITS_KIND_NONE);
        if (XBITS_SUCCEEDED(result))
            xbits_value_dispose(&value);
    }
}

static void every_file_property_can_be_asked_for(struct harness *harness)
{
    struct xbits_job *job = job_in_state(harness, XBITS_STATE_TRANSFERRED);

    for (int i = 0; i < XBITS_FILE_PROPERTY_COUNT; i++) {
        struct xbits_value value;
        xbits_result result = xbits_job_get_file(job, 0, (enum xbits_file_property)i, &value);

        if (XBITS_FAILED(result))
            assert_int_equal(result, XBITS_E_NOTIMPL);
        else if (result == XBITS_S_OK)
            assert_int_equal(value.kind, xbits_file_property_kind((enum xbits_file_property)i));
        if (XBITS_SUCCEEDED(result))
            xbits_value_dispose(&value);
    }
}

static void the_names_of_a_file_are_properties(struct harness *harness)
{
    struct xbits_job *job = new_download(harness, "/a.bin", "a.bin");
    struct xbits_value value;

    assert_ok(xbits_job_get_file(job, 0, XBITS_FILE_REMOTE_NAME, &value));
    assert_string_equal(value.as.text, harness_url(harness, "/a.bin"));
    xbits_value_dispose(&value);
    assert_ok(xbits_job_get_file(job, 0, XBITS_FILE_LOCAL_NAME, &value));
    assert_string_equal(value.as.text, harness_path(harness, "a.bin"));
    xbits_value_dispose(&value);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "top 27; 1.7", numbers_are_read_back_as_they_were_written),
    CONFORMANCE_TEST(CAN_SKIP_TIME | CAN_SERVE_FAULTS, "2.8", the_widest_numbers_do_no_harm),
    CONFORMANCE_TEST(0, "top 28; 1.4", a_description_has_at_most_1024_characters),
    CONFORMANCE_TEST(0, "1.4; 14.7", a_display_name_is_changed_and_limited),
    CONFORMANCE_TEST(0, "top 26", numbers_out_of_their_enumeration_are_refused),
    CONFORMANCE_TEST(0, "top 26; 1.7 #32", proxy_settings_are_checked),
    CONFORMANCE_TEST(0, "1.7", what_only_the_engine_writes_is_read_only),
    CONFORMANCE_TEST(0, "1.7 #16", the_owner_is_a_property_too),
    CONFORMANCE_TEST(0, "5.5", an_unknown_property_is_refused),
    CONFORMANCE_TEST(0, "1.5", a_value_of_the_wrong_kind_is_refused),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "6.3", a_change_of_a_property_is_a_modification),
    CONFORMANCE_TEST(0, "ruling 19", every_property_can_be_asked_for),
    CONFORMANCE_TEST(0, "ruling 19", every_file_property_can_be_asked_for),
    CONFORMANCE_TEST(0, "1.13", the_names_of_a_file_are_properties),
};

const struct conformance_suite properties_suite = CONFORMANCE_SUITE("properties", tests);
