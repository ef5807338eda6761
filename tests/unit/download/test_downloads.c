/* SPDX-License-Identifier: MIT */
#include "store/download/download.h"

#include "store/download/store_database.h"
#include "store/library/library.h"
#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/test_main.h"
#include "unit/job/fake_backend.h"

#define USER  "/user"
#define MUSIC "/music"
#define TREE  "0123456789abcdef0123456789abcdef"

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

static xbits_result open_downloads(struct fixture *fixture)
{
    const struct downloads_options options = {
        .manager = fixture->manager,
        .library = fixture->library,
        .database = fixture->database,
        .disk = fixture->disk,
        .poll_ms = 1000,
        .tell = tell,
    };

    return downloads_open(&options, &fixture->downloads);
}

static void add_row(struct fixture *fixture, const char *job, const char *is_real_time)
{
    struct text sql = { 0 };

    assert_ok(text_format(&sql,
                          "INSERT INTO item VALUES (7, 4711, %s, %s, 'http://host/song.mp3', NULL, "
                          "'" MUSIC "/download', '.mp3', 1, 0, -1, 0, NULL, NULL)",
                          is_real_time, job));
    assert_ok(database_run(fixture->database, text_c(&sql)));
    text_dispose(&sql);
}

static struct fake_job *add_job(struct fixture *fixture, const char *display_name, bool has_file)
{
    struct xbits_job *job = NULL;

    assert_ok(xbits_job_create(fixture->manager, display_name, XBITS_TYPE_DOWNLOAD, &job));
    if (has_file)
        assert_ok(xbits_job_add_file(job, "http://host/song.mp3", MUSIC "/download/7.mp3"));
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
        { "song.mp3 (" TREE "-7)", MUSIC "/download/7.mp3", true },
        { "song.mp3 (" TREE "-8)", NULL, false },
        { "song.mp3 (" TREE "-7)", MUSIC "/download/8.mp3", false },
        { "song.mp3", MUSIC "/download/7.mp3", false },
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
        downloads_close(fixture->downloads);
        fixture->downloads = NULL;
    }
}

static void a_row_that_makes_no_sense_is_damage(void **state)
{
    static const char *const changes[] = {
        "UPDATE item SET job = x'010203'",
        "UPDATE item SET collection = 0",
        "UPDATE item SET collection = 99999999999",
        "UPDATE item SET outcome = 3",
        "DELETE FROM item; INSERT INTO collection VALUES (99999999999)",
        "DELETE FROM collection; UPDATE download_tree SET name = "
        "'../../../../../../../../etc/pass'",
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

static void a_real_time_item_is_of_one_session(void **state)
{
    struct fixture *fixture = *state;

    add_row(fixture, "x'000102030405060708090a0b0c0d0e0f'", "1");
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
        DOWNLOADS_TEST(a_real_time_item_is_of_one_session),
    };

    return run_tests("downloads", tests);
}
