/* SPDX-License-Identifier: MIT */
#include "conformance/steps.h"
#include "support/assert_result.h"

/* What is refused to an upload by its type, before a byte moves (2.5, 1.7; ruling 8). */

static const enum xbits_job_type types[] = { XBITS_TYPE_UPLOAD, XBITS_TYPE_UPLOAD_REPLY };
#define TYPE_COUNT (sizeof types / sizeof types[0])

static struct xbits_job *new_upload(struct harness *harness, enum xbits_job_type type)
{
    struct xbits_job *job = NULL;

    write_file(harness, "source.bin", "what is to be sent");
    assert_ok(xbits_job_create(harness->manager, "up", type, &job));
    return harness_keep_job(harness, job);
}

static void an_upload_takes_one_file(struct harness *harness)
{
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        struct xbits_job *job = new_upload(harness, types[i]);

        add_file(harness, job, "/up", "source.bin");
        assert_fails(XBITS_BG_E_TOO_MANY_FILES,
                     xbits_job_add_file(job, harness_url(harness, "/up"),
                                        harness_path(harness, "source.bin")));
        assert_int_equal(snapshot_of(job).progress.files_total, 1);
        assert_state(job, SUSPENDED);
    }
}

static void a_set_of_two_adds_nothing_to_an_upload(struct harness *harness)
{
    const struct xbits_file_spec files[] = {
        { harness_url(harness, "/up"), harness_path(harness, "source.bin"), NULL, 0 },
        { harness_url(harness, "/up2"), harness_path(harness, "source.bin"), NULL, 0 },
    };

    for (size_t i = 0; i < TYPE_COUNT; i++) {
        struct xbits_job *job = new_upload(harness, types[i]);

        assert_fails(XBITS_BG_E_TOO_MANY_FILES, xbits_job_add_files(job, files, 2));
        assert_int_equal(snapshot_of(job).progress.files_total, 0);
        assert_ok(xbits_job_add_files(job, files, 1));
    }
}

static void an_upload_is_completed_when_it_is_transferred_and_not_before(struct harness *harness)
{
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        struct xbits_job *job = new_upload(harness, types[i]);

        assert_fails(XBITS_BG_E_INVALID_STATE, xbits_job_complete(job));
        add_file(harness, job, "/up", "source.bin");
        assert_fails(XBITS_BG_E_INVALID_STATE, xbits_job_complete(job));
        assert_state(job, SUSPENDED);
    }
}

static void an_upload_that_waits_for_its_turn_is_not_completed(struct harness *harness)
{
    struct xbits_job *urgent = new_download(harness, harness->silent_url(harness), "b.bin");
    struct xbits_job *job = new_upload(harness, XBITS_TYPE_UPLOAD);

    set_priority(urgent, HIGH);
    assert_ok(xbits_job_resume(urgent));
    assert_reaches(urgent, CONNECTING);
    add_file(harness, job, "/up", "source.bin");
    assert_ok(xbits_job_resume(job));

    assert_fails(XBITS_BG_E_INVALID_STATE, xbits_job_complete(job));
    assert_state(job, QUEUED);
}

static void cancel_of_an_upload_leaves_its_source(struct harness *harness)
{
    const struct served source = { .path = "", .text = "what is to be sent" };
    struct xbits_job *job = new_upload(harness, XBITS_TYPE_UPLOAD);

    add_file(harness, job, "/up", "source.bin");
    assert_result(XBITS_S_OK, xbits_job_cancel(job));

    assert_content(harness, "source.bin", &source);
    assert_int_equal(entries_in(harness), 1);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "top 9; 1.4", an_upload_takes_one_file),
    CONFORMANCE_TEST(0, "top 10; 1.4", a_set_of_two_adds_nothing_to_an_upload),
    CONFORMANCE_TEST(0, "top 23; 2.3",
                     an_upload_is_completed_when_it_is_transferred_and_not_before),
    CONFORMANCE_TEST(0, "top 23; 2.3", an_upload_that_waits_for_its_turn_is_not_completed),
    CONFORMANCE_TEST(0, "2.6", cancel_of_an_upload_leaves_its_source),
};

const struct conformance_suite uploads_suite = CONFORMANCE_SUITE("uploads", tests);
