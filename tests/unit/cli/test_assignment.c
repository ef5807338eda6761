/* SPDX-License-Identifier: MIT */
#include "cli/assignment.h"

#include "cli/property_text.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

struct row {
    const char *words[4];
    const char *expected; /* As it is printed again, or part of the refusal. */
};

static size_t count_words(const struct row *row)
{
    size_t count = 0;

    while (count < COUNT(row->words) && row->words[count] != NULL)
        count++;
    return count;
}

static void assert_prints(const struct assignment *assignment, const char *expected)
{
    char text[256] = "";
    FILE *stream = tmpfile();
    size_t size;

    assert_non_null(stream);
    property_print(stream, assignment->property, &assignment->value);
    rewind(stream);
    size = fread(text, 1, sizeof text - 1, stream);
    text[size] = '\0';
    fclose(stream);
    assert_string_equal(text, expected);
}

static void every_kind_is_read_and_written(void **state)
{
    static const struct row rows[] = {
        { { "display-name", "a b" }, "a b" },
        { { "description", "" }, "" },
        { { "Priority", "high" }, "HIGH" },
        { { "priority", "3" }, "LOW" },
        { { "dynamic-content", "yes" }, "yes" },
        { { "high-performance", "off" }, "no" },
        { { "minimum-retry-delay", "0" }, "0" },
        { { "no-progress-timeout", "4294967295" }, "4294967295" },
        { { "notify-flags", "0x0b" }, "0xB" },
        { { "cost-flags", "0X80000067" }, "0x80000067" },
        { { "max-download-size", "0xFFFFFFFFFF" }, "1099511627775" },
        { { "max-download-size", "unlimited" }, "unlimited" },
        { { "max-download-size", "18446744073709551615" }, "unlimited" },
        { { "notification-clsid", "f3a1b2c4-0000-4000-8000-0123456789ab" },
          "{F3A1B2C4-0000-4000-8000-0123456789AB}" },
        { { "proxy-settings", "no-proxy" }, "no-proxy" },
        { { "proxy-settings", "override http://p:1 http://q:2" },
          "override http://p:1 http://q:2" },
        { { "proxy-settings", "override http://me:w0rd@p:1 except <local>;*.h" },
          "override http://me:***@p:1 except <local>;*.h" },
        { { "notify-command-line", "/bin/say", "say -x \"a b\"" }, "/bin/say say -x \"a b\"" },
        { { "notify-command-line", "/bin/say", "" }, "/bin/say" },
        { { "client-certificate", "local-machine", "MY", "CN=a" }, "local-machine MY CN=a" },
        { { "client-certificate", "0", "MY", "00112233445566778899aabbccddeeff0011aBcD" },
          "current-user MY 00112233445566778899aabbccddeeff0011abcd" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t count = count_words(&rows[i]), taken = 0;
        struct assignment assignment = { 0 };

        assert_ok(assignment_read(&assignment, rows[i].words, count, &taken));
        assert_int_equal(taken, count);
        assert_prints(&assignment, rows[i].expected);
        assignment_dispose(&assignment);
    }
}

static void words_of_the_wrong_kind_are_refused(void **state)
{
    static const struct row rows[] = {
        { { "dynamic-content", "maybe" }, "dynamic-content takes yes or no, not \"maybe\"" },
        { { "minimum-retry-delay", "ten" }, "minimum-retry-delay takes a whole number" },
        { { "minimum-retry-delay", "-1" }, "not \"-1\"" },
        { { "minimum-retry-delay", "" }, "not \"\"" },
        { { "minimum-retry-delay", "4294967296" }, "32 bits" },
        { { "minimum-retry-delay", "0x" }, "not \"0x\"" },
        { { "minimum-retry-delay", "0x1g" }, "not \"0x1g\"" },
        { { "minimum-retry-delay", "unlimited" }, "not \"unlimited\"" },
        { { "max-download-size", "18446744073709551616" }, "a whole number" },
        { { "max-download-size", "0x10000000000000000" }, "a whole number" },
        { { "priority", "urgent" }, "foreground, high, normal or low, not \"urgent\"" },
        { { "priority", "http://me:w0rd@h" }, "http://me:***@h" },
        { { "notification-clsid", "abc" }, "takes a GUID, not \"abc\"" },
        { { "proxy-settings", "override" }, "override LIST except BYPASS" },
        { { "proxy-settings", "http://me:w0rd@p" }, "override LIST except BYPASS" },
        { { "client-certificate", "moon", "MY", "CN=a" }, "current-user" },
        { { "client-certificate", "users", "MY" }, "LOCATION STORE NAME, and a word is missing" },
        { { "notify-command-line", "/bin/say" }, "PROGRAM PARAMETERS, and a word is missing" },
        { { "display-name" }, "display-name takes a text, and there is nothing" },
        { { "description", "a\xFF" }, "the value of description is not UTF-8" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct assignment assignment = { 0 };
        size_t taken = 99;

        assert_fails(XBITS_E_INVALIDARG,
                     assignment_read(&assignment, rows[i].words, count_words(&rows[i]), &taken));
        assert_message(rows[i].expected);
        assert_int_equal(taken, 99);
        assignment_dispose(&assignment);
    }
}

static void a_misspelt_property_names_the_nearest(void **state)
{
    enum xbits_job_property property = XBITS_JOB_PROPERTY_COUNT;
    (void)state;

    assert_fails(XBITS_BG_E_UNKNOWN_PROPERTY_ID, assignment_property("priorty", &property));
    assert_message("no property \"priorty\"; did you mean \"priority\"?");
    assert_fails(XBITS_BG_E_UNKNOWN_PROPERTY_ID,
                 assignment_property("minimum-notification-intervall-ms", &property));
    assert_message("did you mean \"minimum-notification-interval-ms\"?");
    assert_fails(XBITS_BG_E_UNKNOWN_PROPERTY_ID, assignment_property("colour", &property));
    assert_message("a job has no property \"colour\"");
    assert_int_equal(property, XBITS_JOB_PROPERTY_COUNT);
}

static void what_is_not_set_prints_nothing_and_is_null(void **state)
{
    struct assignment assignment = { .property = XBITS_JOB_CUSTOM_HEADERS };
    json_t *json;
    (void)state;

    assert_prints(&assignment, "");
    json = property_to_json(assignment.property, &assignment.value);
    assert_true(json_is_null(json));
    json_decref(json);
}

static void assert_json(const char *const *words, size_t count, const char *expected)
{
    struct assignment assignment = { 0 };
    size_t taken;
    json_t *json;
    char *text;

    assert_ok(assignment_read(&assignment, words, count, &taken));
    json = property_to_json(assignment.property, &assignment.value);
    text = json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT);
    assert_string_equal(text, expected);
    free(text);
    json_decref(json);
    assignment_dispose(&assignment);
}

static void every_kind_has_its_json(void **state)
{
    static const struct row rows[] = {
        { { "display-name", "a" }, "\"a\"" },
        { { "priority", "0" }, "\"FOREGROUND\"" },
        { { "dynamic-content", "no" }, "false" },
        { { "notify-flags", "3" }, "3" },
        { { "max-download-size", "5" }, "5" },
        { { "max-download-size", "unlimited" }, "null" },
        { { "proxy-settings", "override http://me:w0rd@p" },
          "{\"usage\":\"override\",\"list\":\"http://me:***@p\",\"bypass\":null}" },
        { { "notify-command-line", "/bin/say", "say" },
          "{\"program\":\"/bin/say\",\"parameters\":\"say\"}" },
        { { "client-certificate", "users", "MY", "CN=a" },
          "{\"location\":\"users\",\"store\":\"MY\",\"subject\":\"CN=a\",\"hash\":null}" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++)
        assert_json(rows[i].words, count_words(&rows[i]), rows[i].expected);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_read_and_written),
        cmocka_unit_test(words_of_the_wrong_kind_are_refused),
        cmocka_unit_test(a_misspelt_property_names_the_nearest),
        cmocka_unit_test(what_is_not_set_prints_nothing_and_is_null),
        cmocka_unit_test(every_kind_has_its_json),
    };

    return run_tests("assignment", tests);
}
