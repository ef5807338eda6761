/* SPDX-License-Identifier: MIT */
#include "job/backend.h"
#include "job/job_state.h"

#include "support/assert_result.h"
#include "support/test_main.h"

static void a_state_name_reads_back_in_any_case(void **state)
{
    enum xbits_job_state parsed;

    (void)state;
    for (int i = 0; i < XBITS_STATE_COUNT; i++) {
        assert_ok(xbits_state_parse(xbits_state_name((enum xbits_job_state)i), &parsed));
        assert_int_equal(parsed, i);
    }

    assert_ok(xbits_state_parse("transient_Error", &parsed));
    assert_int_equal(parsed, XBITS_STATE_TRANSIENT_ERROR);
}

static void a_priority_name_and_a_type_name_read_back(void **state)
{
    enum xbits_job_priority priority;
    enum xbits_job_type type;

    (void)state;
    for (int i = 0; i < XBITS_PRIORITY_COUNT; i++) {
        assert_ok(xbits_priority_parse(xbits_priority_name((enum xbits_job_priority)i), &priority));
        assert_int_equal(priority, i);
    }
    for (int i = 0; i < XBITS_TYPE_COUNT; i++) {
        assert_ok(xbits_type_parse(xbits_type_name((enum xbits_job_type)i), &type));
        assert_int_equal(type, i);
    }
}

static void a_wrong_name_is_refused_with_the_right_ones(void **state)
{
    enum xbits_job_priority priority = XBITS_PRIORITY_LOW;

    (void)state;
    assert_fails(XBITS_E_INVALIDARG, xbits_priority_parse("urgent", &priority));
    assert_message("FOREGROUND, HIGH, NORMAL, LOW");
    assert_int_equal(priority, XBITS_PRIORITY_LOW);
    assert_fails(XBITS_E_INVALIDARG, xbits_priority_parse(NULL, &priority));
}

static void a_number_out_of_range_is_unknown(void **state)
{
    (void)state;
    assert_string_equal(xbits_state_name((enum xbits_job_state)9), "unknown");
    assert_string_equal(xbits_type_name((enum xbits_job_type)3), "unknown");
    assert_string_equal(xbits_priority_name((enum xbits_job_priority)4), "unknown");
    assert_string_equal(xbits_context_name((enum xbits_error_context)9), "unknown");
    assert_string_equal(xbits_waiting_for_text((enum xbits_waiting_for)11), "unknown");
    assert_string_equal(xbits_waiting_for_name((enum xbits_waiting_for)11), "unknown");
    assert_string_equal(job_trigger_name((enum job_trigger)JOB_TRIGGER_COUNT), "unknown");
    assert_string_equal(backend_request_name((enum backend_request)4), "unknown");
    assert_string_equal(xbits_job_property_name(XBITS_JOB_PROPERTY_COUNT), "unknown");
}

static void every_wait_has_a_word_of_its_own(void **state)
{
    (void)state;
    assert_string_equal(xbits_waiting_for_name(XBITS_WAITING_NOTHING), "NOTHING");
    for (int i = XBITS_WAITING_FILES; i <= XBITS_WAITING_OWNER; i++)
        assert_string_not_equal(xbits_waiting_for_name((enum xbits_waiting_for)i),
                                xbits_waiting_for_name((enum xbits_waiting_for)(i - 1)));
}

static void every_context_and_every_wait_has_a_text(void **state)
{
    (void)state;
    for (int i = XBITS_CONTEXT_NONE; i <= XBITS_CONTEXT_SERVER_CERTIFICATE_CALLBACK; i++)
        assert_true(xbits_context_text((enum xbits_error_context)i)[0] != '\0');
    for (int i = XBITS_WAITING_NOTHING; i <= XBITS_WAITING_OWNER; i++)
        assert_true(xbits_waiting_for_text((enum xbits_waiting_for)i)[0] != '\0');
}

static void a_property_name_reads_back(void **state)
{
    enum xbits_job_property job_property;
    enum xbits_file_property file_property;

    (void)state;
    for (int i = 0; i < XBITS_JOB_PROPERTY_COUNT; i++) {
        const char *name = xbits_job_property_name((enum xbits_job_property)i);

        assert_ok(xbits_job_property_parse(name, &job_property));
        assert_int_equal(job_property, i);
    }
    for (int i = 0; i < XBITS_FILE_PROPERTY_COUNT; i++) {
        const char *name = xbits_file_property_name((enum xbits_file_property)i);

        assert_ok(xbits_file_property_parse(name, &file_property));
        assert_int_equal(file_property, i);
    }
    assert_string_equal(xbits_world_property_name(XBITS_WORLD_NETWORK), "network");
}

static void an_unknown_property_is_refused_by_name(void **state)
{
    enum xbits_job_property property;

    (void)state;
    assert_fails(XBITS_BG_E_UNKNOWN_PROPERTY_ID, xbits_job_property_parse("colour", &property));
    assert_message("colour");
}

static void the_version_is_the_one_of_the_header(void **state)
{
    (void)state;
    assert_string_equal(xbits_version(), XBITS_VERSION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_state_name_reads_back_in_any_case),
        cmocka_unit_test(a_priority_name_and_a_type_name_read_back),
        cmocka_unit_test(a_wrong_name_is_refused_with_the_right_ones),
        cmocka_unit_test(a_number_out_of_range_is_unknown),
        cmocka_unit_test(every_wait_has_a_word_of_its_own),
        cmocka_unit_test(every_context_and_every_wait_has_a_text),
        cmocka_unit_test(a_property_name_reads_back),
        cmocka_unit_test(an_unknown_property_is_refused_by_name),
        cmocka_unit_test(the_version_is_the_one_of_the_header),
    };

    return run_tests("names", tests);
}
