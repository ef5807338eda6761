/* SPDX-License-Identifier: MIT */
#include "store/download/download.h"

#include "base/id.h"
#include "store/download/store_database.h"
#include "store/library/library.h"
#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/temp_directory.h"
#include "support/test_main.h"
#include "unit/job/fake_backend.h"

#define USER  "/user"
#define MUSIC "/music"
#define TREE  "0123456789abcdef0123456789abcdef"

#define BACKGROUND MUSIC "/download/" TREE "/background"
#define REAL_TIME  MUSIC "/download/" TREE "/real time"

struct fixture {
    struct disk *disk;
    struct xbits_manager *manager;
    struct fake *fake;
    struct xbits_library *library;
    struct database *database;
    struct downloads *downloads;
};

static int begin(void **state)
{
    static struct fixture fixture;

    fixture = (struct fixture){ .disk = disk_power_new(1) };
    *state = &fixture;
    assert_ok(fake_manager_open(NULL, &fixture.manager));
    fixture.fake = fake_of(fixture.manager);
    assert_ok(disk_make_directory(fixture.disk, USER));
    assert_ok(library_open_on(MUSIC, XBITS_LIBRARY_EDIT, fixture.disk, &fixture.library));
    assert_ok(store_database_open(USER, fixture.disk, false, &fixture.database));
    assert_ok(database_run(fixture.database, "INSERT INTO download_tree VALUES ('" TREE "')"));
    return 0;
}

static int end(void **state)
{
    struct fixture *fixture = *state;

    downloads_close(fixture->downloads);
    database_close(fixture->database);
    xbits_library_close(fixture->library);
    xbits_manager_close(fixture->manager);
    disk_power_free(fixture->disk);
    return 0;
}

/* download_tell */
static void tell(enum xbits_player_news_kind kind, const struct download *download,
                 xbits_result result, const char *text, void *user)
{
    (void)kind;
    (void)download;
    (void)result;
    (void)text;
    (void)user;
}

static xbits_result open_downloads_on(struct fixture *fixture, struct xbits_library *library,
                                      struct database *database)
{
    const struct downloads_options options = {
        .manager = fixture->manager,
        .library = library,
        .database = database,
        .disk = fixture->disk,
        .poll_ms = 1000,
        .tell = tell,
    };

    return downloads_open(&options, &fixture->downloads);
}

static xbits_result open_downloads(struct fixture *fixture)
{
    return open_downloads_on(fixture, fixture->library, fixture->database);
}

static void close_downloads(struct fixture *fixture)
{
    downloads_close(fixture->downloads);
    fixture->downloads = NULL;
}

static void add_row_to(struct database *database, const char *job, const char *is_real_time)
{
    struct text sql = { 0 };

    assert_ok(text_format(&sql,
                          "INSERT INTO item VALUES (7, 4711, %s, %s, 'http://host/song.mp3', NULL, "
                          "iif(%s, '" REAL_TIME "', '" BACKGROUND "'), '.mp3', 1, 0, -1, 0, NULL, "
                          "NULL)",
                          is_real_time, job, is_real_time));
    assert_ok(database_run(database, text_c(&sql)));
    text_dispose(&sql);
}

static void add_row(struct fixture *fixture, const char *job, const char *is_real_time)
{
    add_row_to(fixture->database, job, is_real_time);
}

static struct fake_job *add_job(struct fixture *fixture, const char *display_name, bool has_file)
{
    struct xbits_job *job = NULL;

    assert_ok(xbits_job_create(fixture->manager, display_name, XBITS_TYPE_DOWNLOAD, &job));
    if (has_file)
        assert_ok(xbits_job_add_file(job, "http://host/song.mp3", BACKGROUND "/7.mp3"));
    xbits_job_close(job);
    return &fixture->fake->jobs[0];
}

static int64_t rows_of(struct fixture *fixture)
{
    int64_t count = -1;

    assert_ok(database_number(fixture->database, "SELECT count(*) FROM item", &count));
    return count;
}

static void what_a_start_left_that_was_cut_off_goes(void **state)
{
    static const struct {
        const char *name;
        const char *local_name; /* NULL: it has no file yet. */
        bool is_cancelled;
    } rows[] = {
        { "song.mp3 (" TREE "-7)", NULL, true },
        { "song.mp3 (" TREE "-7)", BACKGROUND "/7.mp3", true },
        { "song.mp3 (" TREE "-8)", NULL, false },
        { "song.mp3 (" TREE "-7)", BACKGROUND "/8.mp3", false },
        { "song.mp3", BACKGROUND "/7.mp3", false },
    };
    struct fixture *fixture = *state;
    struct fake_job *job = add_job(fixture, "", true);

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        text_copy_into(job->display_name, sizeof job->display_name, rows[i].name);
        job->files = rows[i].local_name != NULL;
        job->local_name = rows[i].local_name;
        job->state = XBITS_STATE_SUSPENDED;
        add_row(fixture, "NULL", "0");

        assert_ok(open_downloads(fixture));

        assert_int_equal(rows_of(fixture), 0);
        assert_null(downloads_at(fixture->downloads, 0));
        assert_int_equal(job->state == XBITS_STATE_CANCELLED, rows[i].is_cancelled);
        close_downloads(fixture);
    }
}

static void a_row_that_makes_no_sense_is_damage(void **state)
{
    static const char *const changes[] = {
        "UPDATE item SET job = x'010203'",
        "UPDATE item SET collection = 0",
        "UPDATE item SET collection = 99999999999",
        "UPDATE item SET outcome = 3",
        "UPDATE item SET extension = '.txt'",
        "UPDATE item SET extension = '/../../../../../home/me/my.mp3'",
        "UPDATE item SET directory = '/home/me/music'",
        "UPDATE item SET directory = 'download/" TREE "/background'",
        "UPDATE item SET is_real_time = 1",
        "DELETE FROM item; INSERT INTO collection VALUES (99999999999)",
        ("DELETE FROM collection; UPDATE download_tree SET name = "
         "'../../../../../../../../etc/pass'"),
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        assert_ok(database_run(fixture->database, "DELETE FROM item"));
        add_row(fixture, "zeroblob(16)", "0");
        assert_ok(database_run(fixture->database, changes[i]));

        assert_fails(XBITS_BG_E_DATABASE_CORRUPT, open_downloads(fixture));
        assert_null(fixture->downloads);
    }
}

static void an_item_without_a_job_or_a_file_is_over(void **state)
{
    struct fixture *fixture = *state;
    uint64_t due_ms = 0;

    add_row(fixture, "x'000102030405060708090a0b0c0d0e0f'", "0");
    assert_ok(open_downloads(fixture));
    downloads_step(fixture->downloads, 5000, &due_ms);

    assert_int_equal(downloads_at(fixture->downloads, 0)->outcome, DOWNLOAD_OVER);
    assert_non_null(downloads_at(fixture->downloads, 0)->failure);
    assert_int_equal(due_ms, 6000);
}

static struct download *only_item(const struct fixture *fixture)
{
    assert_non_null(downloads_at(fixture->downloads, 0));
    assert_null(downloads_at(fixture->downloads, 1));
    return downloads_at(fixture->downloads, 0);
}

static void name_job(struct fixture *fixture, const struct fake_job *job)
{
    struct statement *statement = NULL;
    uint8_t bytes[ID_BYTES];

    add_row(fixture, "zeroblob(16)", "0");
    id_to_bytes(&job->id, bytes);
    assert_ok(statement_prepare(fixture->database, "UPDATE item SET job = ?1", &statement));
    statement_bind_bytes(statement, 1, bytes, sizeof bytes);
    assert_ok(statement_run(statement));
    statement_free(statement);
}

static void an_item_of_another_queue_is_over_for_this_session_only(void **state)
{
    struct fixture *fixture = *state;
    struct fake_job *job = add_job(fixture, "song", true);
    uint64_t due_ms = 0;

    job->state = XBITS_STATE_QUEUED;
    name_job(fixture, job);
    job->is_held_back = true;
    assert_ok(open_downloads(fixture));
    downloads_step(fixture->downloads, 0, &due_ms);
    assert_int_equal(only_item(fixture)->outcome, DOWNLOAD_OVER);
    close_downloads(fixture);
    job->is_held_back = false;
    assert_ok(open_downloads(fixture));
    downloads_step(fixture->downloads, 0, &due_ms);

    assert_int_equal(only_item(fixture)->outcome, DOWNLOAD_GOES_ON);
    assert_non_null(only_item(fixture)->job);
}

static const char real_time[] =
    "UPDATE item SET is_real_time = 1, directory = replace(directory, 'background', 'real time')";

/* A session that was killed left it, and the next ones run another queue first. */
static void a_real_time_job_is_cancelled_when_its_queue_is_here_again(void **state)
{
    struct fixture *fixture = *state;
    struct fake_job *job = add_job(fixture, "song", true);

    job->state = XBITS_STATE_QUEUED;
    name_job(fixture, job);
    assert_ok(database_run(fixture->database, real_time));
    job->is_held_back = true;
    assert_ok(open_downloads(fixture));
    assert_null(downloads_at(fixture->downloads, 0));
    close_downloads(fixture);
    job->is_held_back = false;
    assert_ok(open_downloads(fixture));

    assert_int_equal(rows_of(fixture), 0);
    assert_int_equal(job->state, XBITS_STATE_CANCELLED);
}

/* Two connections see each other on the system's disk. */
static void who_only_looks_sees_what_is_written_meanwhile(void **state)
{
    struct fixture *fixture = *state;
    struct temp_directory user;
    struct database *written = NULL;
    struct database *looked_at = NULL;
    uint64_t due_ms = 0;

    temp_directory_make(&user);
    assert_ok(store_database_open(user.path, disk_system(), false, &written));
    assert_ok(database_run(written, "INSERT INTO download_tree VALUES ('" TREE "')"));
    assert_ok(store_database_open(user.path, disk_system(), true, &looked_at));
    assert_ok(open_downloads_on(fixture, NULL, looked_at));
    add_row_to(written, "x'000102030405060708090a0b0c0d0e0f'", "0");
    assert_ok(database_run(written, "UPDATE item SET outcome = 1, path = '/music/a.mp3';"
                                    "INSERT INTO collection VALUES (4711)"));
    assert_null(downloads_at(fixture->downloads, 0));
    downloads_step(fixture->downloads, 0, &due_ms);
    assert_int_equal(only_item(fixture)->outcome, DOWNLOAD_FILED);
    assert_true(downloads_has_collection(fixture->downloads, 4711));
    assert_ok(database_run(written, "UPDATE item SET outcome = 9"));
    downloads_step(fixture->downloads, due_ms, &due_ms);
    assert_int_equal(only_item(fixture)->outcome, DOWNLOAD_FILED);
    assert_ok(database_run(written, "DELETE FROM item"));
    downloads_step(fixture->downloads, due_ms, &due_ms);

    assert_null(downloads_at(fixture->downloads, 0));
    assert_int_equal(due_ms, 3000);
    close_downloads(fixture);
    database_close(looked_at);
    database_close(written);
    temp_directory_remove(&user);
}

static void add_rows(struct fixture *fixture, int count, enum download_outcome outcome)
{
    struct text sql = { 0 };

    assert_ok(text_format(
        &sql,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
        "INSERT INTO item SELECT i, 4711, 0, CAST(printf('%%016d', i * 7919 %% 5003) AS BLOB), "
        "'http://host/song.mp3', NULL, '" BACKGROUND "', '.mp3', i, %d, -1, 0, NULL, NULL FROM n",
        count, (int)outcome));
    assert_ok(database_run(fixture->database, text_c(&sql)));
    text_dispose(&sql);
}

static void many_items_are_found_by_their_jobs(void **state)
{
    struct fixture *fixture = *state;
    size_t count = 0;

    add_rows(fixture, 5000, DOWNLOAD_OVER);
    assert_ok(open_downloads(fixture));
    for (struct download *item; (item = downloads_at(fixture->downloads, count)) != NULL; count++) {
        assert_int_equal(item->number, count + 1);
        assert_ptr_equal(downloads_find(fixture->downloads, &item->job_id), item);
    }

    assert_int_equal(count, 5000);
}

static size_t count_over(const struct fixture *fixture)
{
    const struct download *item;
    size_t count = 0;

    for (size_t i = 0; (item = downloads_at(fixture->downloads, i)) != NULL; i++)
        count += item->outcome == DOWNLOAD_OVER;
    return count;
}

static void a_step_takes_a_few_and_the_next_goes_on(void **state)
{
    static const struct {
        size_t over;
        uint64_t due_ms;
    } steps[] = { { 16, 7 }, { 32, 7 }, { 40, 1007 } };
    struct fixture *fixture = *state;
    uint64_t due_ms = 0;

    add_rows(fixture, 40, DOWNLOAD_GOES_ON);
    assert_ok(open_downloads(fixture));

    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        downloads_step(fixture->downloads, 7, &due_ms);
        assert_int_equal(count_over(fixture), steps[i].over);
        assert_int_equal(due_ms, steps[i].due_ms);
    }
}

static void a_real_time_item_is_of_one_session(void **state)
{
    struct fixture *fixture = *state;

    add_row(fixture, "x'000102030405060708090a0b0c0d0e0f'", "1");
    assert_ok(database_run(fixture->database, "UPDATE item SET outcome = 2"));
    assert_ok(open_downloads(fixture));

    assert_int_equal(rows_of(fixture), 0);
}

#define DOWNLOADS_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        DOWNLOADS_TEST(what_a_start_left_that_was_cut_off_goes),
        DOWNLOADS_TEST(a_row_that_makes_no_sense_is_damage),
        DOWNLOADS_TEST(an_item_without_a_job_or_a_file_is_over),
        DOWNLOADS_TEST(an_item_of_another_queue_is_over_for_this_session_only),
        DOWNLOADS_TEST(a_real_time_job_is_cancelled_when_its_queue_is_here_again),
        DOWNLOADS_TEST(who_only_looks_sees_what_is_written_meanwhile),
        DOWNLOADS_TEST(many_items_are_found_by_their_jobs),
        DOWNLOADS_TEST(a_step_takes_a_few_and_the_next_goes_on),
        DOWNLOADS_TEST(a_real_time_item_is_of_one_session),
    };

    return run_tests("downloads", tests);
}
