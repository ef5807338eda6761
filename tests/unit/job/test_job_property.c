/* SPDX-License-Identifier: MIT */
#include "job/job_property.h"

#include <stdlib.h>
#include <string.h>

#include "job/property_limits.h"
#include "job/value.h"
#include "support/assert_result.h"
#include "support/test_main.h"

static const struct property_moment fresh = { .type = XBITS_TYPE_DOWNLOAD,
                                              .state = XBITS_STATE_SUSPENDED };

/* What a table holds, and the same as a value. */
#define IS_U32(value)                                                                              \
    {                                                                                              \
        .kind = XBITS_KIND_U32, .as.u32 = (value)                                                  \
    }
#define IS_U64(value)                                                                              \
    {                                                                                              \
        .kind = XBITS_KIND_U64, .as.u64 = (value)                                                  \
    }
#define IS_BOOL(value)                                                                             \
    {                                                                                              \
        .kind = XBITS_KIND_BOOL, .as.boolean = (value)                                             \
    }
#define IS_TEXT(value)                                                                             \
    {                                                                                              \
        .kind = XBITS_KIND_TEXT, .as.text = (value)                                                \
    }
#define IS_PROXY(how, servers, except)                                                             \
    {                                                                                              \
        .kind = XBITS_KIND_PROXY, .as.proxy = {(how), (servers), (except) }                        \
    }
#define IS_NONE                                                                                    \
    {                                                                                              \
        .kind = XBITS_KIND_NONE                                                                    \
    }
#define U32(value)  ((struct xbits_value)IS_U32(value))
#define BOOL(value) ((struct xbits_value)IS_BOOL(value))
#define TEXT(value) ((struct xbits_value)IS_TEXT(value))

static xbits_result write_at(enum xbits_job_property property, const struct property_moment *moment,
                             struct xbits_value value)
{
    struct xbits_value kept;

    return job_property_check_write(property, moment, &value, &kept);
}

/* Values written to a fresh download, and what comes of them. */
static const struct {
    enum xbits_job_property property;
    struct xbits_value value;
    xbits_result result;
} written[] = {
    { XBITS_JOB_DISPLAY_NAME, IS_TEXT(""), XBITS_S_OK },
    { XBITS_JOB_DISPLAY_NAME, IS_NONE, XBITS_E_INVALIDARG },
    { XBITS_JOB_DESCRIPTION, IS_TEXT(NULL), XBITS_E_INVALIDARG },
    { XBITS_JOB_DESCRIPTION, IS_U32(1), XBITS_E_INVALIDARG },
    { XBITS_JOB_PRIORITY, IS_U32(0), XBITS_S_OK },
    { XBITS_JOB_PRIORITY, IS_U32(4), XBITS_E_NOTIMPL },
    { XBITS_JOB_OWNER, IS_TEXT("S-1-1-0"), XBITS_BG_E_READ_ONLY_PROPERTY },
    { XBITS_JOB_ERROR_COUNT, IS_U32(0), XBITS_BG_E_READ_ONLY_PROPERTY },
    { XBITS_JOB_NOTIFY_FLAGS, IS_U32(3), XBITS_S_OK },
    { XBITS_JOB_NOTIFY_FLAGS, IS_U32(0x3F), XBITS_S_OK },
    { XBITS_JOB_NOTIFY_FLAGS, IS_U32(0x40), XBITS_E_NOTIMPL },
    { XBITS_JOB_NOTIFY_COMMAND_LINE,
      { .kind = XBITS_KIND_COMMAND, .as.command = { NULL, "x" } },
      XBITS_E_INVALIDARG },
    { XBITS_JOB_NOTIFY_COMMAND_LINE, { .kind = XBITS_KIND_COMMAND }, XBITS_S_OK },
    { XBITS_JOB_NOTIFY_COMMAND_LINE, IS_NONE, XBITS_S_OK },
    { XBITS_JOB_NOTIFY_COMMAND_LINE,
      { .kind = XBITS_KIND_COMMAND, .as.command = { "/bin/true", NULL } },
      XBITS_S_OK },
    { XBITS_JOB_NOTIFY_COMMAND_LINE,
      { .kind = XBITS_KIND_COMMAND, .as.command = { "true", "true a" } },
      XBITS_E_INVALIDARG },
    { XBITS_JOB_NOTIFY_COMMAND_LINE,
      { .kind = XBITS_KIND_COMMAND, .as.command = { "", NULL } },
      XBITS_E_INVALIDARG },
    { XBITS_JOB_NOTIFICATION_CLSID,
      { .kind = XBITS_KIND_ID, .as.id = { .data1 = 1 } },
      XBITS_S_OK },
    { XBITS_JOB_NOTIFICATION_CLSID, IS_TEXT("x"), XBITS_E_INVALIDARG },
    { XBITS_JOB_MINIMUM_NOTIFICATION_INTERVAL_MS, IS_U32(0), XBITS_S_OK },
    { XBITS_JOB_MINIMUM_RETRY_DELAY, IS_U32(60), XBITS_S_OK },
    { XBITS_JOB_NO_PROGRESS_TIMEOUT, IS_U32(0), XBITS_S_OK },
    { XBITS_JOB_MAXIMUM_DOWNLOAD_TIME, IS_U32(1), XBITS_S_OK },
    { XBITS_JOB_PROXY_SETTINGS, IS_PROXY(1, NULL, NULL), XBITS_S_OK },
    { XBITS_JOB_PROXY_SETTINGS, IS_PROXY(2, NULL, NULL), XBITS_E_INVALIDARG },
    { XBITS_JOB_PROXY_SETTINGS, IS_PROXY(0, "proxy:80", NULL), XBITS_E_INVALIDARG },
    { XBITS_JOB_PROXY_SETTINGS, IS_PROXY(2, "proxy:80", NULL), XBITS_E_NOTIMPL },
    { XBITS_JOB_PROXY_SETTINGS, IS_PROXY(4, NULL, NULL), XBITS_E_NOTIMPL },
    { XBITS_JOB_USE_STORED_CREDENTIALS, IS_U32(1),
      XBITS_BG_E_USE_STORED_CREDENTIALS_NOT_SUPPORTED },
    { XBITS_JOB_USE_STORED_CREDENTIALS, IS_U32(3), XBITS_BG_E_INVALID_AUTH_TARGET },
    { XBITS_JOB_USE_STORED_CREDENTIALS, IS_U32(2), XBITS_E_NOTIMPL },
    { XBITS_JOB_SECURITY_FLAGS, IS_U32(XBITS_REDIRECT_DISALLOW | 0xA), XBITS_S_OK },
    { XBITS_JOB_SECURITY_FLAGS, IS_U32(0x1), XBITS_E_NOTIMPL },
    { XBITS_JOB_SECURITY_FLAGS, IS_U32(0x300), XBITS_E_NOTIMPL },
    { XBITS_JOB_SECURITY_FLAGS, IS_U32(0x1000), XBITS_E_NOTIMPL },
    { XBITS_JOB_CLIENT_CERTIFICATE, { .kind = XBITS_KIND_CERTIFICATE }, XBITS_E_INVALIDARG },
    { XBITS_JOB_CUSTOM_HEADERS, IS_NONE, XBITS_S_OK },
    { XBITS_JOB_CUSTOM_HEADERS, IS_TEXT("A: b\r\n"), XBITS_E_NOTIMPL },
    { XBITS_JOB_HTTP_METHOD, IS_TEXT("GET"), XBITS_S_OK },
    { XBITS_JOB_HTTP_METHOD, IS_TEXT("POST"), XBITS_E_NOTIMPL },
    { XBITS_JOB_FILE_ACL_FLAGS, IS_U32(16), XBITS_E_INVALIDARG },
    { XBITS_JOB_DYNAMIC_CONTENT, IS_BOOL(false), XBITS_S_OK },
    { XBITS_JOB_DYNAMIC_CONTENT, IS_BOOL(true), XBITS_E_NOTIMPL },
    { XBITS_JOB_MAX_DOWNLOAD_SIZE, IS_U64(0), XBITS_BG_E_MAX_DOWNLOAD_SIZE_INVALID_VALUE },
    { XBITS_JOB_MAX_DOWNLOAD_SIZE, IS_U64(XBITS_SIZE_UNKNOWN), XBITS_S_OK },
    { XBITS_JOB_REPLY_FILE_NAME, IS_TEXT("/tmp/reply"), XBITS_E_NOTIMPL },
    { XBITS_JOB_PROPERTY_COUNT, IS_U32(1), XBITS_BG_E_UNKNOWN_PROPERTY_ID },
};

static void a_value_is_judged_by_the_rules_of_its_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
        if (written[i].result == XBITS_S_OK)
            assert_ok(write_at(written[i].property, &fresh, written[i].value));
        else
            assert_fails(written[i].result,
                         write_at(written[i].property, &fresh, written[i].value));
    }
}

static void the_default_of_every_writable_property_may_be_written(void **state)
{
    (void)state;
    for (int i = 0; i < XBITS_JOB_PROPERTY_COUNT; i++) {
        const enum xbits_job_property property = (enum xbits_job_property)i;
        const struct property_rules *rules = job_property_rules(property);
        const struct property_moment moment = { .type = XBITS_TYPE_UPLOAD_REPLY };
        const bool is_reply_only = rules->types == TYPE_BIT(UPLOAD_REPLY);

        if (rules->write == WRITE_NEVER || property == XBITS_JOB_DISPLAY_NAME)
            continue;
        assert_ok(write_at(property, is_reply_only ? &moment : &fresh, rules->default_value));
    }
}

static void every_row_says_where_it_comes_from(void **state)
{
    (void)state;
    for (int i = 0; i < XBITS_JOB_PROPERTY_COUNT; i++) {
        const struct property_rules *rules = job_property_rules((enum xbits_job_property)i);

        assert_non_null(rules->interface_name);
        assert_non_null(rules->version);
        assert_non_null(rules->default_text);
        assert_non_null(rules->limits);
        assert_true(rules->types != 0);
    }
    for (int i = 0; i < XBITS_FILE_PROPERTY_COUNT; i++) {
        const struct property_rules *rules = file_property_rules((enum xbits_file_property)i);

        assert_non_null(rules->interface_name);
        assert_non_null(rules->default_text);
        assert_non_null(rules->limits);
        assert_true(rules->types != 0);
    }
    assert_null(job_property_rules(XBITS_JOB_PROPERTY_COUNT));
    assert_null(file_property_rules(XBITS_FILE_PROPERTY_COUNT));
}

static void a_retry_delay_below_five_seconds_becomes_five(void **state)
{
    const struct xbits_value value = U32(1);
    struct xbits_value kept;

    (void)state;
    assert_ok(job_property_check_write(XBITS_JOB_MINIMUM_RETRY_DELAY, &fresh, &value, &kept));

    assert_int_equal(kept.as.u32, 5);
}

static void a_text_is_measured_in_utf16_units(void **state)
{
    char text[4 * 200 + 1];

    (void)state;
    memset(text, 'a', sizeof text);
    text[256] = '\0';
    assert_ok(write_at(XBITS_JOB_DISPLAY_NAME, &fresh, TEXT(text)));
    text[256] = 'a';
    text[257] = '\0';
    assert_fails(XBITS_BG_E_STRING_TOO_LONG, write_at(XBITS_JOB_DISPLAY_NAME, &fresh, TEXT(text)));
    assert_message("at most 256");

    /* 128 characters beyond the basic plane are 256 units, and 512 bytes. */
    for (size_t i = 0; i < 128; i++)
        memcpy(text + 4 * i, "\xF0\x9F\x8E\xB5", 4);
    text[512] = '\0';
    assert_ok(write_at(XBITS_JOB_DISPLAY_NAME, &fresh, TEXT(text)));
}

static void a_refusal_of_what_is_not_obeyed_says_so(void **state)
{
    (void)state;
    assert_fails(XBITS_E_NOTIMPL, write_at(XBITS_JOB_HIGH_PERFORMANCE, &fresh, BOOL(true)));
    assert_message("does not obey high-performance yet");
    assert_fails(XBITS_E_NOTIMPL, write_at(XBITS_JOB_SECURITY_FLAGS, &fresh, U32(0x4)));
    assert_message("does not obey bits 0x4");
}

static void a_final_job_refuses_every_write(void **state)
{
    struct property_moment moment = fresh;

    (void)state;
    moment.state = XBITS_STATE_ACKNOWLEDGED;
    assert_fails(XBITS_BG_E_INVALID_STATE, write_at(XBITS_JOB_PRIORITY, &moment, U32(1)));
    assert_message("ACKNOWLEDGED");
    moment.state = XBITS_STATE_CANCELLED;
    assert_fails(XBITS_BG_E_INVALID_STATE, write_at(XBITS_JOB_DESCRIPTION, &moment, TEXT("")));
}

static void a_late_write_has_its_own_code(void **state)
{
    struct property_moment moment = fresh;

    (void)state;
    moment.has_files = true;
    assert_fails(XBITS_BG_E_READ_ONLY_PROPERTY_AFTER_ADDFILE,
                 write_at(XBITS_JOB_HIGH_PERFORMANCE, &moment, BOOL(false)));
    assert_ok(write_at(XBITS_JOB_DYNAMIC_CONTENT, &moment, BOOL(false)));
    moment.was_resumed = true;
    assert_fails(XBITS_BG_E_READ_ONLY_PROPERTY_AFTER_RESUME,
                 write_at(XBITS_JOB_DYNAMIC_CONTENT, &moment, BOOL(false)));
    moment.state = XBITS_STATE_TRANSFERRED;
    assert_fails(XBITS_BG_E_INVALID_STATE, write_at(XBITS_JOB_FILE_ACL_FLAGS, &moment, U32(0)));
    assert_ok(write_at(XBITS_JOB_PRIORITY, &moment, U32(1)));
}

/* Argument, then type, then state, then limits. */
static void the_first_of_several_refusals_is_the_one_bits_gives(void **state)
{
    struct property_moment moment = fresh;

    (void)state;
    moment.type = XBITS_TYPE_UPLOAD;
    moment.state = XBITS_STATE_CANCELLED;
    assert_fails(XBITS_E_INVALIDARG, write_at(XBITS_JOB_DYNAMIC_CONTENT, &moment, U32(1)));
    assert_fails(XBITS_BG_E_PROPERTY_SUPPORTED_FOR_DOWNLOAD_JOBS_ONLY,
                 write_at(XBITS_JOB_DYNAMIC_CONTENT, &moment, BOOL(true)));
    assert_fails(XBITS_BG_E_INVALID_STATE, write_at(XBITS_JOB_PRIORITY, &moment, U32(9)));
    assert_fails(XBITS_E_NOTIMPL, write_at(XBITS_JOB_REPLY_FILE_NAME, &moment, TEXT("x")));
}

static void a_reply_name_follows_the_rules_of_local_names(void **state)
{
    const struct property_moment moment = { .type = XBITS_TYPE_UPLOAD_REPLY,
                                            .state = XBITS_STATE_SUSPENDED };

    (void)state;
    assert_ok(write_at(XBITS_JOB_REPLY_FILE_NAME, &moment, TEXT("")));
    assert_fails(XBITS_E_INVALIDARG, write_at(XBITS_JOB_REPLY_FILE_NAME, &moment, TEXT("reply")));
}

static void long_lists_have_their_own_codes(void **state)
{
    char *list = malloc(LIMIT_PROXY_LIST + 2);
    struct xbits_value value = { .kind = XBITS_KIND_PROXY, .as.proxy.usage = 2 };

    (void)state;
    assert_non_null(list);
    memset(list, 'a', LIMIT_PROXY_LIST + 1);
    list[LIMIT_PROXY_LIST + 1] = '\0';
    value.as.proxy.list = list;
    assert_fails(XBITS_BG_E_PROXY_LIST_TOO_LARGE,
                 write_at(XBITS_JOB_PROXY_SETTINGS, &fresh, value));
    value.as.proxy.list = "proxy";
    value.as.proxy.bypass = list;
    assert_fails(XBITS_BG_E_PROXY_BYPASS_LIST_TOO_LARGE,
                 write_at(XBITS_JOB_PROXY_SETTINGS, &fresh, value));
    free(list);
}

static void reading_asks_for_the_type_only(void **state)
{
    struct property_moment moment = fresh;

    (void)state;
    moment.state = XBITS_STATE_ACKNOWLEDGED;
    assert_ok(job_property_check_read(XBITS_JOB_PRIORITY, &moment));
    assert_ok(file_property_check_read(XBITS_FILE_TEMPORARY_NAME, &moment));
    moment.type = XBITS_TYPE_UPLOAD;
    assert_fails(XBITS_E_NOTIMPL, job_property_check_read(XBITS_JOB_REPLY_BYTES_TOTAL, &moment));
    assert_fails(XBITS_E_NOTIMPL, file_property_check_read(XBITS_FILE_TEMPORARY_NAME, &moment));
    assert_fails(XBITS_BG_E_UNKNOWN_PROPERTY_ID,
                 job_property_check_read(XBITS_JOB_PROPERTY_COUNT, &moment));
}

static void a_file_property_is_judged_by_the_same_rules(void **state)
{
    const struct xbits_value url = TEXT("http://a/b");
    const struct xbits_value yes = BOOL(true);
    const struct xbits_value no = BOOL(false);

    (void)state;
    assert_fails(XBITS_BG_E_READ_ONLY_PROPERTY,
                 file_property_check_write(XBITS_FILE_LOCAL_NAME, &fresh, &url));
    assert_fails(XBITS_E_NOTIMPL, file_property_check_write(XBITS_FILE_REMOTE_NAME, &fresh, &url));
    assert_fails(XBITS_E_NOTIMPL,
                 file_property_check_write(XBITS_FILE_VALIDATION_STATE, &fresh, &yes));
    assert_ok(file_property_check_write(XBITS_FILE_VALIDATION_STATE, &fresh, &no));
    assert_fails(XBITS_BG_E_UNKNOWN_PROPERTY_ID,
                 file_property_check_write(XBITS_FILE_PROPERTY_COUNT, &fresh, &no));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_judged_by_the_rules_of_its_row),
        cmocka_unit_test(the_default_of_every_writable_property_may_be_written),
        cmocka_unit_test(every_row_says_where_it_comes_from),
        cmocka_unit_test(a_retry_delay_below_five_seconds_becomes_five),
        cmocka_unit_test(a_text_is_measured_in_utf16_units),
        cmocka_unit_test(a_refusal_of_what_is_not_obeyed_says_so),
        cmocka_unit_test(a_final_job_refuses_every_write),
        cmocka_unit_test(a_late_write_has_its_own_code),
        cmocka_unit_test(the_first_of_several_refusals_is_the_one_bits_gives),
        cmocka_unit_test(a_reply_name_follows_the_rules_of_local_names),
        cmocka_unit_test(long_lists_have_their_own_codes),
        cmocka_unit_test(reading_asks_for_the_type_only),
        cmocka_unit_test(a_file_property_is_judged_by_the_same_rules),
    };

    return run_tests("job_property", tests);
}
