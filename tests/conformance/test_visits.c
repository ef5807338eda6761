/* SPDX-License-Identifier: MIT */
#include "conformance/steps.h"
#include "support/assert_result.h"

/* A visit is what an enumerator is to BITS (10.1, 10.2): of what was there when it began. */

#define JOBS 5

/* A visitor that does something to the queue while it is shown it. An assertion that fails would
 * not return from the visit: what goes wrong is noted, and told afterwards. */
struct visitor {
    struct harness *harness;
    struct xbits_job *jobs[JOBS];
    void (*act)(struct visitor *visitor, const struct xbits_id *shown);
    size_t shown;
    size_t stops_after;
    size_t failures;
};

static bool visit(const struct xbits_job_snapshot *snapshot, void *user)
{
    struct visitor *visitor = user;

    visitor->failures += XBITS_STATES_FINAL >> snapshot->state & 1u;
    visitor->shown++;
    if (visitor->act != NULL)
        visitor->act(visitor, &snapshot->id);
    return visitor->shown != visitor->stops_after;
}

static void make_jobs(struct visitor *visitor)
{
    for (size_t i = 0; i < JOBS; i++)
        visitor->jobs[i] = new_job(visitor->harness);
}

static size_t visit_all(struct visitor *visitor)
{
    visitor->shown = 0;
    assert_ok(
        xbits_manager_visit_jobs(visitor->harness->manager, XBITS_SCOPE_MINE, visit, visitor));
    assert_int_equal(visitor->failures, 0);
    return visitor->shown;
}

static void cancel_all_but(struct visitor *visitor, const struct xbits_id *kept)
{
    for (size_t i = 0; i < JOBS; i++)
        if (kept == NULL || !xbits_id_equal(kept, xbits_job_id(visitor->jobs[i])))
            (void)xbits_job_cancel(visitor->jobs[i]);
}

static void cancel_shown(struct visitor *visitor, const struct xbits_id *shown)
{
    struct xbits_job *job = NULL;

    visitor->failures += xbits_job_open(visitor->harness->manager, shown, &job) != XBITS_S_OK;
    if (job != NULL)
        visitor->failures += xbits_job_cancel(job) != XBITS_S_OK;
    xbits_job_close(job);
}

static void a_visitor_may_end_each_job_it_is_shown(struct harness *harness)
{
    struct visitor visitor = { .harness = harness, .act = cancel_shown };

    make_jobs(&visitor);

    assert_int_equal(visit_all(&visitor), JOBS);
    assert_int_equal(visit_all(&visitor), 0);
}

static void a_job_that_ends_during_a_visit_is_not_shown_any_more(struct harness *harness)
{
    struct visitor visitor = { .harness = harness, .act = cancel_all_but };

    make_jobs(&visitor);

    assert_int_equal(visit_all(&visitor), 1);
    assert_int_equal(visit_all(&visitor), 1);
}

static void make_another(struct visitor *visitor, const struct xbits_id *shown)
{
    struct xbits_job *job = NULL;

    (void)shown;
    visitor->failures += xbits_job_create(visitor->harness->manager, "one more",
                                          XBITS_TYPE_DOWNLOAD, &job) != XBITS_S_OK;
    xbits_job_close(job);
}

static void a_job_that_is_made_during_a_visit_is_shown_by_the_next(struct harness *harness)
{
    struct visitor visitor = { .harness = harness, .act = make_another };

    make_jobs(&visitor);

    assert_int_equal(visit_all(&visitor), JOBS);
    visitor.act = NULL;
    assert_int_equal(visit_all(&visitor), 2 * JOBS);
}

static void each_visit_begins_anew(struct harness *harness)
{
    struct visitor visitor = { .harness = harness, .stops_after = 2 };

    assert_int_equal(visit_all(&visitor), 0);
    make_jobs(&visitor);
    assert_int_equal(visit_all(&visitor), 2);
    visitor.stops_after = 0;

    assert_int_equal(visit_all(&visitor), JOBS);
    assert_int_equal(visit_all(&visitor), JOBS);
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_manager_visit_jobs(harness->manager, XBITS_SCOPE_MINE, NULL, NULL));
}

/* A visitor that adds a file for each that it is shown. */
struct adding {
    struct xbits_job *job;
    const char *remote_name;
    const char *local_name;
    uint32_t shown;
    uint32_t failures;
};

static struct adding adding_to(struct harness *harness, struct xbits_job *job)
{
    return (struct adding){ .job = job,
                            .remote_name = harness_url(harness, "/a.bin"),
                            .local_name = harness_path(harness, "a.bin") };
}

static bool add_one(const struct xbits_file_snapshot *snapshot, void *user)
{
    struct adding *adding = user;

    adding->failures += snapshot->index != adding->shown;
    adding->shown++;
    adding->failures +=
        xbits_job_add_file(adding->job, adding->remote_name, adding->local_name) != XBITS_S_OK;
    return adding->shown < 50;
}

static void a_file_that_is_added_during_a_visit_is_shown_by_the_next(struct harness *harness)
{
    struct adding adding = adding_to(harness, new_download(harness, "/a.bin", "a.bin"));

    add_file(harness, adding.job, "/a.bin", "a.bin");
    assert_ok(xbits_job_visit_files(adding.job, add_one, &adding));

    assert_int_equal(adding.failures, 0);
    assert_int_equal(adding.shown, 2);
    assert_int_equal(snapshot_of(adding.job).progress.files_total, 4);
}

static bool cancel_job(const struct xbits_file_snapshot *snapshot, void *user)
{
    struct adding *adding = user;

    if (snapshot->index == 0)
        adding->failures += xbits_job_cancel(adding->job) != XBITS_S_OK;
    adding->shown++;
    return true;
}

static void the_files_of_a_job_that_ends_during_a_visit_are_shown(struct harness *harness)
{
    struct adding adding = adding_to(harness, new_download(harness, "/a.bin", "a.bin"));

    add_file(harness, adding.job, "/b.bin", "b.bin");
    assert_ok(xbits_job_visit_files(adding.job, cancel_job, &adding));

    assert_int_equal(adding.failures, 0);
    assert_int_equal(adding.shown, 2);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "top 54; 10.1", a_visitor_may_end_each_job_it_is_shown),
    CONFORMANCE_TEST(0, "top 54; 10.1", a_job_that_ends_during_a_visit_is_not_shown_any_more),
    CONFORMANCE_TEST(0, "top 54; 10.2", a_job_that_is_made_during_a_visit_is_shown_by_the_next),
    CONFORMANCE_TEST(0, "top 54; 10.2", each_visit_begins_anew),
    CONFORMANCE_TEST(0, "10.2", a_file_that_is_added_during_a_visit_is_shown_by_the_next),
    CONFORMANCE_TEST(0, "10.2; 1.5", the_files_of_a_job_that_ends_during_a_visit_are_shown),
};

const struct conformance_suite visits_suite = CONFORMANCE_SUITE("visits", tests);
