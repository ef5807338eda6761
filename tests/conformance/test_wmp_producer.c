/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "conformance/steps_wmp.h"
#include "support/assert_result.h"

/* The producer's side: xbits_wmp_job_create (wmp-store 1.3). */

static struct xbits_wmp_job_spec spec_of(struct harness *harness)
{
    struct xbits_wmp_job_spec spec;

    XBITS_INIT(&spec);
    XBITS_INIT(&spec.description);
    spec.description.provider = WMP_STORE;
    spec.description.album_artist = "A";
    spec.description.album_title = "B";
    spec.description.track_number = "3";
    spec.description.title = "T";
    spec.description.duration = "215";
    spec.description.rating = "75";
    spec.remote_name = harness_url(harness, wmp_served.path);
    spec.local_name = harness_path(harness, "a.mp3");
    harness_serve(harness, &wmp_served);
    return spec;
}

static xbits_result create(struct wmp *wmp, const struct xbits_wmp_job_spec *spec,
                           int32_t *service_id_out, struct xbits_job **job_out)
{
    struct xbits_registry *registry = NULL;
    xbits_result result;

    assert_ok(xbits_registry_open(wmp->options.user_directory, &registry));
    result = xbits_wmp_job_create(wmp->harness->manager, registry, spec, service_id_out, job_out);
    xbits_registry_close(registry);
    return result;
}

static struct xbits_job *created(struct wmp *wmp, const struct xbits_wmp_job_spec *spec)
{
    struct xbits_job *job = NULL;

    assert_ok(create(wmp, spec, NULL, &job));
    return harness_keep_job(wmp->harness, job);
}

static void a_produced_job_is_one_file_described_and_running(struct harness *harness)
{
    struct xbits_wmp_job_spec spec = spec_of(harness);
    struct wmp wmp;
    struct xbits_job *job;
    struct xbits_job_snapshot seen;

    wmp_begin(&wmp, harness);
    remove_refresh_download(&wmp);
    spec.description.service_id = WMP_SONG_ID;
    job = created(&wmp, &spec);
    seen = snapshot_of(job);

    assert_string_equal(seen.description, WMP_SONG);
    assert_string_equal(seen.display_name, "T");
    assert_int_equal(seen.type, XBITS_TYPE_DOWNLOAD);
    assert_int_equal(seen.progress.files_total, 1);
    assert_string_equal(file_of(job, 0).remote_name, spec.remote_name);
    assert_string_equal(file_of(job, 0).local_name, spec.local_name);
    assert_state_in(job, XBITS_STATES_ACTIVE | XBITS_IN(TRANSFERRED));
    assert_int_equal(refresh_download(&wmp), 1);
}

static void a_produced_song_is_filed_by_the_player(struct harness *harness)
{
    struct xbits_wmp_job_spec spec = spec_of(harness);
    int32_t collection = 0;
    struct wmp wmp;

    wmp_begin(&wmp, harness);
    remove_refresh_download(&wmp);
    wmp_open_player(&wmp);
    run_player(&wmp, POLL_MS);
    assert_ok(create(&wmp, &spec, &collection, NULL));
    run_player(&wmp, MINUTE_MS);

    assert_true(collection > 0);
    assert_int_equal(count_items(&wmp, collection), 1);
    assert_int_equal(jobs_in_queue(harness), 0);
    assert_content(harness, WMP_PLACE, &wmp_served);
}

static void a_produced_status_job_stays_its_producers(struct harness *harness)
{
    struct xbits_wmp_job_spec spec = spec_of(harness);
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    spec.description.kind = XBITS_WMP_STATUS;
    spec.description.service_id = WMP_SONG_ID;
    job = created(&wmp, &spec);
    assert_string_equal(snapshot_of(job).description, WMP_STATUS);
    run_player(&wmp, MINUTE_MS);

    assert_untouched(&wmp, job);
    assert_item_state(&wmp, job, PROCESSING);
}

static void each_produced_job_has_a_service_id_of_its_own(struct harness *harness)
{
    struct xbits_wmp_job_spec spec = spec_of(harness);
    int32_t first = 0;
    int32_t second = 0;
    struct wmp wmp;

    wmp_begin(&wmp, harness);
    assert_ok(create(&wmp, &spec, &first, NULL));
    assert_ok(create(&wmp, &spec, &second, NULL));

    assert_true(first > 0);
    assert_true(second > 0);
    assert_int_not_equal(first, second);
    assert_int_equal(spec.description.service_id, 0);
}

static void a_produced_colon_is_no_colon(struct harness *harness)
{
    struct xbits_wmp_job_spec spec = spec_of(harness);
    struct wmp wmp;
    struct xbits_job *job;

    wmp_begin_with_player(&wmp, harness);
    spec.description.title = "Part 1: Rain";
    job = created(&wmp, &spec);
    player_pass(&wmp);

    assert_string_equal(item_info(&wmp, job, "Title"), "Part 1 - Rain");
}

static void a_produced_job_without_a_title_is_called_as_its_file(struct harness *harness)
{
    struct xbits_wmp_job_spec spec = spec_of(harness);
    struct wmp wmp;

    wmp_begin(&wmp, harness);
    spec.description.title = NULL;
    assert_string_equal(snapshot_of(created(&wmp, &spec)).display_name, "a.mp3");
    spec.display_name = "my name";

    assert_string_equal(snapshot_of(created(&wmp, &spec)).display_name, "my name");
}

/* Nothing is left of a job that could not be made as it should be, and the message says why. */
static void assert_refused(struct wmp *wmp, const struct xbits_wmp_job_spec *spec,
                           xbits_result expected, const char *why)
{
    int32_t service_id = 4711;
    struct xbits_job *job = NULL;

    assert_fails(expected, create(wmp, spec, &service_id, &job));
    assert_message(why);
    assert_null(job);
    assert_int_equal(service_id, 4711);
    assert_int_equal(jobs_in_queue(wmp->harness), 0);
}

static void another_ending_is_refused(struct harness *harness)
{
    static const char *const names[] = { "a.wav", "a.mp3.exe", "mp3", "a." };
    struct xbits_wmp_job_spec spec = spec_of(harness);
    struct wmp wmp;

    wmp_begin(&wmp, harness);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        spec.local_name = harness_path(harness, names[i]);
        assert_refused(&wmp, &spec, XBITS_E_INVALIDARG, ".wma, .wmv, .mp3 or .asf");
    }
}

static void a_description_that_nobody_could_read_is_refused(struct harness *harness)
{
    struct xbits_wmp_job_spec spec = spec_of(harness);
    struct wmp wmp;

    wmp_begin(&wmp, harness);
    remove_refresh_download(&wmp);
    spec.description.provider = "";
    assert_refused(&wmp, &spec, XBITS_E_INVALIDARG, "Provider");
    spec.description.provider = "Harbor:Tunes";
    assert_refused(&wmp, &spec, XBITS_E_INVALIDARG, "Provider");
    spec.description.provider = WMP_STORE;
    spec.description.track_number = "three";
    assert_refused(&wmp, &spec, XBITS_E_INVALIDARG, "TrackNumber");

    assert_int_equal(refresh_download(&wmp), 0);
}

struct events {
    size_t created;
    size_t resumed;
    size_t cancelled;
};

/* xbits_event_visit */
static bool count_event(const struct xbits_event *event, void *user)
{
    struct events *events = user;

    events->created += event->id == XBITS_EVENT_CREATED ? 1 : 0;
    events->resumed += event->id == XBITS_EVENT_RESUMED ? 1 : 0;
    events->cancelled += event->id == XBITS_EVENT_CANCELLED ? 1 : 0;
    return true;
}

static void a_job_whose_file_is_refused_never_ran(struct harness *harness)
{
    struct xbits_wmp_job_spec spec = spec_of(harness);
    struct events events = { 0, 0, 0 };
    struct wmp wmp;

    wmp_begin(&wmp, harness);
    remove_refresh_download(&wmp);
    spec.local_name = harness_path(harness, "nowhere/a.mp3");
    assert_refused(&wmp, &spec, XBITS_ERROR_PATH_NOT_FOUND, "nowhere");

    assert_ok(xbits_manager_visit_events(harness->manager, 0, count_event, &events));
    assert_int_equal(events.created, 1);
    assert_int_equal(events.resumed, 0);
    assert_int_equal(events.cancelled, 1);
    assert_int_equal(refresh_download(&wmp), 0);
}

/* The Player would never look at a job of which the registry does not tell. */
static void a_registry_that_cannot_be_written_leaves_no_job(struct harness *harness)
{
    struct xbits_wmp_job_spec spec = spec_of(harness);
    struct events events = { 0, 0, 0 };
    struct wmp wmp;

    wmp_begin(&wmp, harness);
    write_file(harness, "user/registry.ini", "this is no registry\n");
    assert_refused(&wmp, &spec, XBITS_E_INVALIDARG, "registry.ini");

    assert_ok(xbits_manager_visit_events(harness->manager, 0, count_event, &events));
    assert_int_equal(events.resumed, 0);
}

static const struct conformance_test tests[] = {
    CONFORMANCE_TEST(0, "wmp 1.3", a_produced_job_is_one_file_described_and_running),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.3; W2", a_produced_song_is_filed_by_the_player),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.3; W3", a_produced_status_job_stays_its_producers),
    CONFORMANCE_TEST(0, "wmp 1.3", each_produced_job_has_a_service_id_of_its_own),
    CONFORMANCE_TEST(CAN_SKIP_TIME, "wmp 1.2", a_produced_colon_is_no_colon),
    CONFORMANCE_TEST(0, "wmp 1.3", a_produced_job_without_a_title_is_called_as_its_file),
    CONFORMANCE_TEST(0, "wmp 1.3", another_ending_is_refused),
    CONFORMANCE_TEST(0, "wmp 1.1", a_description_that_nobody_could_read_is_refused),
    CONFORMANCE_TEST(0, "wmp 1.3", a_job_whose_file_is_refused_never_ran),
    CONFORMANCE_TEST(0, "wmp 1.3", a_registry_that_cannot_be_written_leaves_no_job),
};

const struct conformance_suite wmp_producer_suite = CONFORMANCE_SUITE("wmp producer", tests);
