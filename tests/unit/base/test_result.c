/* SPDX-License-Identifier: MIT */
#include "base/result.h"
#include "base/text.h"
#include "base/thread.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void a_failure_keeps_its_result_and_its_message(void **state)
{
    (void)state;

    xbits_result result = xbits_fail(XBITS_BG_E_EMPTY, "job %d has no files", 7);

    assert_int_equal(result, XBITS_BG_E_EMPTY);
    assert_int_equal(xbits_last_error()->result, XBITS_BG_E_EMPTY);
    assert_int_equal(xbits_last_error()->domain, XBITS_DOMAIN_NONE);
    assert_string_equal(xbits_last_error()->message, "job 7 has no files");
}

static void a_native_failure_keeps_its_code_and_domain(void **state)
{
    (void)state;

    xbits_result result = xbits_fail_native(XBITS_ERROR_WINHTTP_TIMEOUT, XBITS_DOMAIN_CURL, 28,
                                            "no answer from %s", "example.test");

    assert_int_equal(result, XBITS_ERROR_WINHTTP_TIMEOUT);
    assert_int_equal(xbits_last_error()->domain, XBITS_DOMAIN_CURL);
    assert_int_equal(xbits_last_error()->native_code, 28);
    assert_string_equal(xbits_last_error()->message, "no answer from example.test");
}

static void a_later_failure_replaces_the_whole_detail(void **state)
{
    (void)state;
    xbits_fail_native(XBITS_E_FAIL, XBITS_DOMAIN_HTTP, 500, "first");

    xbits_fail(XBITS_E_ABORT, "second");

    assert_int_equal(xbits_last_error()->result, XBITS_E_ABORT);
    assert_int_equal(xbits_last_error()->domain, XBITS_DOMAIN_NONE);
    assert_int_equal(xbits_last_error()->native_code, 0);
    assert_string_equal(xbits_last_error()->message, "second");
}

static void a_message_may_quote_the_message_that_it_replaces(void **state)
{
    (void)state;
    xbits_fail(XBITS_E_FAIL, "the disk is gone");

    xbits_fail(XBITS_E_ABORT, "cannot go on: %s", xbits_last_error()->message);

    assert_string_equal(xbits_last_error()->message, "cannot go on: the disk is gone");
}

static void a_long_message_is_cut_between_characters(void **state)
{
    (void)state;
    char name[700];
    for (size_t i = 0; i + 2 < sizeof(name); i += 2) {
        name[i] = '\xC3'; /* U+00E9 */
        name[i + 1] = '\xA9';
    }
    name[698] = '\0';

    xbits_fail(XBITS_E_FAIL, "%s", name);

    assert_true(text_is_utf8(xbits_last_error()->message));
    assert_int_equal(strlen(xbits_last_error()->message), 510);
}

static void a_message_shows_no_control_bytes(void **state)
{
    (void)state;

    xbits_fail(XBITS_E_FAIL, "%s", "a\x1B[31m\r\nb\x7F");

    assert_string_equal(xbits_last_error()->message, "a?[31m??b?");
}

static void a_message_is_utf8_whatever_it_quotes(void **state)
{
    (void)state;

    xbits_fail(XBITS_E_FAIL, "no file %s", "caf\xE9");

    assert_string_equal(xbits_last_error()->message, "no file caf?");
}

static void a_failure_leaves_errno_alone(void **state)
{
    (void)state;
    errno = ENOSPC;

    xbits_fail(XBITS_E_FAIL, "anything");
    xbits_fail_errno(123456, "anything");

    assert_int_equal(errno, ENOSPC);
}

struct other_thread {
    struct xbits_error at_start;
    struct xbits_error at_end;
};

static void fail_elsewhere(void *user)
{
    struct other_thread *other = user;

    other->at_start = *xbits_last_error();
    xbits_fail_native(XBITS_ERROR_DISK_FULL, XBITS_DOMAIN_ERRNO, ENOSPC, "elsewhere");
    other->at_end = *xbits_last_error();
}

static void run_elsewhere(struct other_thread *other)
{
    struct thread *thread = NULL;

    assert_int_equal(thread_start(fail_elsewhere, other, &thread), XBITS_S_OK);
    thread_join(thread);
}

static void a_thread_begins_without_a_failure(void **state)
{
    (void)state;
    struct other_thread other;
    xbits_fail(XBITS_E_FAIL, "here");

    run_elsewhere(&other);

    assert_int_equal(other.at_start.result, XBITS_S_OK);
    assert_string_equal(other.at_start.message, "");
}

static void a_failure_belongs_to_its_thread(void **state)
{
    (void)state;
    struct other_thread other;
    xbits_fail(XBITS_E_FAIL, "here");

    run_elsewhere(&other);

    assert_int_equal(other.at_end.result, XBITS_ERROR_DISK_FULL);
    assert_string_equal(xbits_last_error()->message, "here");
}

static void a_failure_of_another_thread_can_be_taken_over(void **state)
{
    (void)state;
    struct other_thread other;
    run_elsewhere(&other);

    xbits_result result = xbits_fail_again(&other.at_end);

    assert_int_equal(result, XBITS_ERROR_DISK_FULL);
    assert_int_equal(xbits_last_error()->domain, XBITS_DOMAIN_ERRNO);
    assert_int_equal(xbits_last_error()->native_code, ENOSPC);
    assert_string_equal(xbits_last_error()->message, "elsewhere");
}

static void a_failure_can_be_repeated_from_its_own_detail(void **state)
{
    (void)state;
    xbits_fail(XBITS_BG_E_EMPTY, "the job has no files");

    xbits_result result = xbits_fail_again(xbits_last_error());

    assert_int_equal(result, XBITS_BG_E_EMPTY);
    assert_string_equal(xbits_last_error()->message, "the job has no files");
}

static void an_errno_becomes_the_result_that_windows_gives(void **state)
{
    static const struct {
        int error_number;
        uint32_t result;
    } cases[] = {
        { ENOENT, 0x80070002u },      { ENOTDIR, 0x80070003u },      { EACCES, 0x80070005u },
        { EPERM, 0x80070005u },       { EISDIR, 0x80070005u },       { EEXIST, 0x80070050u },
        { ENOTEMPTY, 0x80070091u },   { EXDEV, 0x80070011u },        { ENAMETOOLONG, 0x800700CEu },
        { ENOSPC, 0x80070070u },      { EDQUOT, 0x8007050Fu },       { EFBIG, 0x800700DFu },
        { EROFS, 0x80070013u },       { EIO, 0x8007045Du },          { ENOMEM, 0x8007000Eu },
        { EMFILE, 0x80070004u },      { ENFILE, 0x80070004u },       { EINVAL, 0x80070057u },
        { ETIMEDOUT, 0x800705B4u },   { EADDRINUSE, 0x80072740u },   { ECONNRESET, 0x80072746u },
        { ELOOP, 0x80070781u },       { ECONNREFUSED, 0x8007274Du }, { EHOSTUNREACH, 0x80072751u },
        { ENETUNREACH, 0x80072743u }, { EILSEQ, 0x80070459u },       { 123456, 0x80004005u },
        { 0, 0x80004005u },
    };
    (void)state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        xbits_result result = result_from_errno(cases[i].error_number);

        assert_int_equal(result, (xbits_result)cases[i].result);
    }
}

static void an_errno_failure_says_what_and_why(void **state)
{
    (void)state;

    xbits_result result = xbits_fail_errno(ENOENT, "cannot open %s", "/nowhere");

    assert_int_equal(result, XBITS_ERROR_FILE_NOT_FOUND);
    assert_int_equal(xbits_last_error()->domain, XBITS_DOMAIN_ERRNO);
    assert_int_equal(xbits_last_error()->native_code, ENOENT);
    assert_string_equal(xbits_last_error()->message,
                        "cannot open /nowhere: No such file or directory");
}

static void an_unknown_errno_still_has_a_reason(void **state)
{
    (void)state;

    xbits_fail_errno(123456, "cannot open it");

    assert_true(strlen(xbits_last_error()->message) > strlen("cannot open it: "));
}

static void a_long_path_does_not_push_out_the_reason(void **state)
{
    static const char reason[] = ": No such file or directory";
    (void)state;
    char path[1000];
    memset(path, 'a', sizeof(path) - 1);
    path[sizeof(path) - 1] = '\0';

    xbits_fail_errno(ENOENT, "cannot open /%s", path);

    const char *message = xbits_last_error()->message;
    assert_string_equal(message + strlen(message) - strlen(reason), reason);
}

#define LISTED(name, value, meaning) { (int)(value), #name, meaning },
static const struct listed {
    xbits_result result;
    const char *name;
    const char *meaning;
} list[] = { XBITS_RESULT_LIST(LISTED) };
#undef LISTED

#define LISTED_COUNT (sizeof(list) / sizeof(list[0]))

static void the_table_is_the_list(void **state)
{
    (void)state;

    assert_int_equal(xbits_result_count(), LISTED_COUNT);
    for (size_t i = 0; i < LISTED_COUNT; i++) {
        const struct xbits_result_info *info = xbits_result_at(i);

        assert_int_equal(info->result, list[i].result);
        assert_string_equal(info->name, list[i].name);
        assert_string_equal(info->meaning, list[i].meaning);
        assert_ptr_equal(xbits_result_find(list[i].result), info);
    }
}

static void no_value_and_no_name_is_there_twice(void **state)
{
    (void)state;

    for (size_t i = 0; i < LISTED_COUNT; i++) {
        for (size_t other = i + 1; other < LISTED_COUNT; other++) {
            assert_int_not_equal(list[i].result, list[other].result);
            assert_string_not_equal(list[i].name, list[other].name);
        }
    }
}

static bool is_sentence(const char *text)
{
    return text != NULL && text[0] >= 'A' && text[0] <= 'Z' && text[strlen(text) - 1] == '.' &&
           strpbrk(text, "\n|") == NULL && strstr(text, "  ") == NULL;
}

static void every_row_tells_cause_and_remedy_in_sentences(void **state)
{
    (void)state;

    for (size_t i = 0; i < xbits_result_count(); i++) {
        const struct xbits_result_info *info = xbits_result_at(i);

        if (!is_sentence(info->cause) || !is_sentence(info->remedy))
            fail_msg("cause or remedy of %s", info->name);
    }
}

static void every_meaning_is_one_short_line(void **state)
{
    (void)state;

    for (size_t i = 0; i < xbits_result_count(); i++) {
        const char *meaning = xbits_result_at(i)->meaning;
        size_t length = strlen(meaning);

        if (length == 0 || length > 70 || meaning[length - 1] == '.' || strpbrk(meaning, "\n|"))
            fail_msg("meaning of %s: %s", xbits_result_at(i)->name, meaning);
    }
}

static void a_row_fails_exactly_if_its_name_says_so(void **state)
{
    (void)state;

    for (size_t i = 0; i < xbits_result_count(); i++) {
        const struct xbits_result_info *info = xbits_result_at(i);
        bool is_success =
            text_starts_with(info->name, "S_") || text_starts_with(info->name, "BG_S_");

        assert_int_equal(XBITS_SUCCEEDED(info->result), is_success);
    }
}

static void an_http_row_has_its_status_in_name_and_number(void **state)
{
    size_t rows = 0;
    (void)state;

    for (size_t i = 0; i < xbits_result_count(); i++) {
        const struct xbits_result_info *info = xbits_result_at(i);
        char name[32];

        if (!text_starts_with(info->name, "BG_E_HTTP_ERROR_"))
            continue;
        snprintf(name, sizeof(name), "BG_E_HTTP_ERROR_%d", xbits_result_http_status(info->result));
        assert_string_equal(info->name, name);
        rows++;
    }
    assert_int_equal(rows, 41);
}

static void only_the_http_facility_holds_a_status(void **state)
{
    static const struct {
        uint32_t result;
        int status;
    } cases[] = {
        { 0x80190194u, 404 }, { 0x801901A9u, 425 }, { 0x801903E7u, 999 },
        { 0x80190063u, 0 },   { 0x801903E8u, 0 },   { 0x8019400Bu, 0 },
        { 0x80070194u, 0 },   { 0x00190194u, 0 },   { 0, 0 },
    };
    (void)state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int status = xbits_result_http_status((xbits_result)cases[i].result);

        assert_int_equal(status, cases[i].status);
    }
}

static void a_code_without_a_row_still_has_a_name_and_a_text(void **state)
{
    static const struct {
        uint32_t result;
        const char *text;
    } cases[] = {
        { 0x801901A9u, "an HTTP status that has no text here" },
        { 0x8007FFFFu, "a Windows error that has no text here" },
        { 0x80207FFFu, "a BITS error that has no text here" },
        { 0x8ABC0001u, "an error that has no text here" },
        { 0x0ABC0001u, "a success that has no text here" },
    };
    (void)state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        xbits_result result = (xbits_result)cases[i].result;

        assert_null(xbits_result_find(result));
        assert_string_equal(xbits_result_name(result), "unknown");
        assert_string_equal(xbits_result_text(result), cases[i].text);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_keeps_its_result_and_its_message),
        cmocka_unit_test(a_native_failure_keeps_its_code_and_domain),
        cmocka_unit_test(a_later_failure_replaces_the_whole_detail),
        cmocka_unit_test(a_message_may_quote_the_message_that_it_replaces),
        cmocka_unit_test(a_long_message_is_cut_between_characters),
        cmocka_unit_test(a_message_shows_no_control_bytes),
        cmocka_unit_test(a_message_is_utf8_whatever_it_quotes),
        cmocka_unit_test(a_failure_leaves_errno_alone),
        cmocka_unit_test(a_thread_begins_without_a_failure),
        cmocka_unit_test(a_failure_belongs_to_its_thread),
        cmocka_unit_test(a_failure_of_another_thread_can_be_taken_over),
        cmocka_unit_test(a_failure_can_be_repeated_from_its_own_detail),
        cmocka_unit_test(an_errno_becomes_the_result_that_windows_gives),
        cmocka_unit_test(an_errno_failure_says_what_and_why),
        cmocka_unit_test(an_unknown_errno_still_has_a_reason),
        cmocka_unit_test(a_long_path_does_not_push_out_the_reason),
        cmocka_unit_test(the_table_is_the_list),
        cmocka_unit_test(no_value_and_no_name_is_there_twice),
        cmocka_unit_test(every_row_tells_cause_and_remedy_in_sentences),
        cmocka_unit_test(every_meaning_is_one_short_line),
        cmocka_unit_test(a_row_fails_exactly_if_its_name_says_so),
        cmocka_unit_test(an_http_row_has_its_status_in_name_and_number),
        cmocka_unit_test(only_the_http_facility_holds_a_status),
        cmocka_unit_test(a_code_without_a_row_still_has_a_name_and_a_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
