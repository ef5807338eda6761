/* SPDX-License-Identifier: MIT */
#include "store/player.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "persist/database.h"
#include "store/registry_store.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"
#include "unit/job/fake_backend.h"

#define POLL_MS 5000
#define NEWS    8

static const char song_text[] = "::WMP_JOB:1:4711:HarborTunes:Artist:Album:3:Title:215:75";

/* A player over a fake engine, in a directory of the test's own. */
struct fixture {
    struct temp_directory directory;
    struct disk *disk; /* The system's, with faults. */
    struct xbits_manager *manager;
    struct fake *fake;
    struct xbits_player *player;
    uint64_t now_ms;
    enum xbits_player_news_kind news[NEWS]; /* As they were told. */
    size_t news_count;
};

static void open_registry(struct fixture *fixture, struct xbits_registry **registry_out)
{
    assert_ok(registry_open_on(fixture->directory.path, disk_system(), registry_out));
}

static void set_refresh(struct fixture *fixture, uint32_t refresh)
{
    const struct xbits_value value = xbits_value_u32(refresh);
    struct xbits_registry *registry;

    open_registry(fixture, &registry);
    assert_ok(xbits_registry_set(registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &value));
    xbits_registry_close(registry);
}

static int set_up(void **state)
{
    static struct fixture fixture;
    struct xbits_registry *registry;

    fixture = (struct fixture){ .now_ms = 1000 };
    temp_directory_make(&fixture.directory);
    assert_ok(disk_faulty_new(disk_system(), &fixture.disk));
    open_registry(&fixture, &registry);
    assert_ok(xbits_registry_add_store(registry, "HarborTunes", NULL));
    xbits_registry_close(registry);
    set_refresh(&fixture, 1);
    assert_ok(fake_manager_open(NULL, &fixture.manager));
    fixture.fake = fake_of(fixture.manager);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    xbits_player_close(fixture->player);
    xbits_manager_close(fixture->manager);
    disk_faulty_free(fixture->disk);
    temp_directory_remove(&fixture->directory);
    return 0;
}

/* xbits_player_tell */
static void note_news(const struct xbits_player_news *news, void *user)
{
    struct fixture *fixture = user;

    assert_in_range(fixture->news_count, 0, NEWS - 1);
    fixture->news[fixture->news_count++] = news->kind;
}

static xbits_result try_to_open_to(struct fixture *fixture, bool looks_only)
{
    struct xbits_player_options options;

    XBITS_INIT(&options);
    options.user_directory = fixture->directory.path;
    options.looks_only = looks_only;
    options.tell = note_news;
    options.user = fixture;
    return player_open_on(fixture->manager, &options, fixture->disk, &fixture->player);
}

static xbits_result try_to_open(struct fixture *fixture)
{
    return try_to_open_to(fixture, false);
}

static xbits_result try_to_look(struct fixture *fixture)
{
    return try_to_open_to(fixture, true);
}

/* A producer's job with one song; the player alone holds it. */
static struct fake_job *add_song(struct fixture *fixture, size_t number)
{
    struct xbits_job *job;

    assert_ok(xbits_job_create(fixture->manager, "song", XBITS_TYPE_DOWNLOAD, &job));
    assert_ok(xbits_job_add_file(job, "http://host/song.mp3", "/tmp/song.mp3"));
    xbits_job_close(job);
    fixture->fake->jobs[number].description = song_text;
    fixture->fake->jobs[number].local_name = "/tmp/song.mp3";
    return &fixture->fake->jobs[number];
}

static xbits_result try_to_step(struct fixture *fixture)
{
    uint64_t due_ms = 0;

    fixture->now_ms += POLL_MS;
    return xbits_player_step(fixture->player, fixture->now_ms, &due_ms);
}

static void step(struct fixture *fixture)
{
    assert_ok(try_to_step(fixture));
}

/* xbits_player_item_visit */
static bool copy_item(const struct xbits_player_item *item, void *user)
{
    *(struct xbits_player_item *)user = *item;
    return true;
}

static struct xbits_player_item last_item(struct fixture *fixture)
{
    struct xbits_player_item item = { 0 };

    assert_ok(xbits_player_visit_items(fixture->player, 0, copy_item, &item));
    assert_int_not_equal(item.size, 0);
    return item;
}

static void assert_told(const struct fixture *fixture, size_t count,
                        const enum xbits_player_news_kind *news)
{
    assert_int_equal(fixture->news_count, count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(xbits_player_news_name(fixture->news[i]),
                            xbits_player_news_name(news[i]));
}

static void a_job_that_may_not_be_read_does_not_stop_the_others(void **state)
{
    static const enum xbits_player_news_kind told[] = { XBITS_NEWS_IGNORED, XBITS_NEWS_ADOPTED };
    struct fixture *fixture = *state;
    struct fake_job *elevated = add_song(fixture, 0);

    add_song(fixture, 1);
    elevated->is_held_back = true;
    assert_ok(try_to_open(fixture));

    step(fixture);
    step(fixture);

    assert_told(fixture, 2, told);
}

/* An administrator can take the ownership of a job: it is that user's player's from then on. */
static void a_job_that_becomes_anothers_is_let_go(void **state)
{
    static const enum xbits_player_news_kind told[] = { XBITS_NEWS_ADOPTED, XBITS_NEWS_RELEASED };
    struct fixture *fixture = *state;
    struct fake_job *song = add_song(fixture, 0);

    assert_ok(try_to_open(fixture));
    step(fixture);
    song->is_anothers = true;
    step(fixture);
    step(fixture);

    assert_told(fixture, 2, told);
    assert_int_equal(song->holds, 0);
}

/* A service that was started again knows nothing of a job that ended meanwhile. */
static void a_job_that_is_nowhere_has_ended(void **state)
{
    static const enum xbits_player_news_kind told[] = { XBITS_NEWS_ADOPTED, XBITS_NEWS_ENDED };
    struct fixture *fixture = *state;
    struct fake_job *song = add_song(fixture, 0);

    assert_ok(try_to_open(fixture));
    step(fixture);
    song->changed = 0;
    step(fixture);
    step(fixture);

    assert_told(fixture, 2, told);
    assert_int_equal(last_item(fixture).state, XBITS_DOWNLOAD_CANCELED);
    assert_false(last_item(fixture).can_go_on);
}

static void a_job_that_nobody_runs_cannot_go_on(void **state)
{
    struct fixture *fixture = *state;
    struct fake_job *song = add_song(fixture, 0);

    song->state = XBITS_STATE_QUEUED;
    song->waiting_for = XBITS_WAITING_OWNER;
    assert_ok(try_to_open(fixture));

    step(fixture);

    assert_false(last_item(fixture).can_go_on);
}

/* An engine may not know what a job waits for, and when it will try again. */
static void a_job_of_which_the_wait_is_not_known_goes_on(void **state)
{
    struct fixture *fixture = *state;

    add_song(fixture, 0)->state = XBITS_STATE_TRANSIENT_ERROR;
    assert_ok(try_to_open(fixture));

    step(fixture);

    assert_true(last_item(fixture).can_go_on);
}

static const char *title_of(struct fixture *fixture)
{
    const struct xbits_id id = fixture->fake->jobs[0].id;
    const char *title = NULL;

    assert_ok(xbits_player_item_info(fixture->player, &id, "Title", &title));
    return title;
}

static void open_again(struct fixture *fixture)
{
    xbits_player_close(fixture->player);
    fixture->player = NULL;
    assert_ok(try_to_open(fixture));
    step(fixture);
}

static const char damage[] = "no database at all, and longer than the header of one: it has "
                             "a hundred bytes and a little more.";

/* The songs are worth more than it. */
static void a_damaged_store_db_is_set_aside(void **state)
{
    struct fixture *fixture = *state;
    char *kept;

    add_song(fixture, 0);
    temp_directory_write(&fixture->directory, "store.db", damage, sizeof damage);

    open_again(fixture);
    assert_string_equal(title_of(fixture), "Title");
    open_again(fixture);
    assert_string_equal(title_of(fixture), "");

    kept = temp_directory_read(&fixture->directory, "store.db.damaged", NULL);
    assert_string_equal(kept, damage);
    free(kept);
}

static void who_only_looks_leaves_a_damaged_store_db_and_says_so(void **state)
{
    struct fixture *fixture = *state;
    char *kept;

    temp_directory_write(&fixture->directory, "store.db", damage, sizeof damage);

    assert_fails(XBITS_BG_E_DATABASE_CORRUPT, try_to_look(fixture));
    assert_message("store.db");
    assert_null(fixture->player);
    kept = temp_directory_read(&fixture->directory, "store.db", NULL);
    assert_string_equal(kept, damage);
    free(kept);
}

static void a_store_db_that_cannot_be_opened_stops_nothing(void **state)
{
    static const enum xbits_player_news_kind told[] = { XBITS_NEWS_ADOPTED };
    struct fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];

    add_song(fixture, 0);
    temp_directory_join(&fixture->directory, "store.db", path);
    assert_ok(disk_make_directory(disk_system(), path));

    assert_ok(try_to_open(fixture));
    step(fixture);

    assert_told(fixture, 1, told);
    assert_string_equal(title_of(fixture), "Title");
}

static void spoil_store_db(struct fixture *fixture)
{
    char path[TEMP_PATH_SIZE];
    const struct database_options options = {
        .path = temp_directory_join(&fixture->directory, "store.db", path), .disk = disk_system()
    };
    struct database *database;

    assert_ok(database_open(&options, &database));
    assert_ok(database_run(database, "DROP TABLE adopted_job"));
    database_close(database);
}

static void a_store_db_that_fails_later_stops_nothing(void **state)
{
    static const enum xbits_player_news_kind told[] = { XBITS_NEWS_ADOPTED, XBITS_NEWS_ADOPTED };
    struct fixture *fixture = *state;

    assert_ok(try_to_open(fixture));
    spoil_store_db(fixture);
    add_song(fixture, 0);
    step(fixture);
    add_song(fixture, 1);
    step(fixture);

    assert_told(fixture, 2, told);
}

/* Windows' registry, of which one hive has changed and the other cannot be looked at. */
static unsigned failing_looks;
static const struct registry_ops *inner_ops;
static xbits_result fail_to_look(struct xbits_registry *registry)
{
    xbits_result result = inner_ops->changed(registry);

    if (failing_looks == 0)
        return result;
    failing_looks--;
    return xbits_fail(XBITS_E_ACCESSDENIED, "the machine's key is not to be opened");
}

static void a_change_is_seen_after_a_look_that_failed(void **state)
{
    static const enum xbits_player_news_kind told[] = { XBITS_NEWS_ADOPTED };
    struct fixture *fixture = *state;
    static struct registry_ops ops;

    set_refresh(fixture, 0);
    add_song(fixture, 0);
    assert_ok(try_to_open(fixture));
    step(fixture);
    inner_ops = fixture->player->registry->ops;
    ops = *inner_ops;
    ops.changed = fail_to_look;
    fixture->player->registry->ops = &ops;
    failing_looks = 1;
    set_refresh(fixture, 1);

    assert_fails(XBITS_E_ACCESSDENIED, try_to_step(fixture));
    step(fixture);

    assert_told(fixture, 1, told);
    fixture->player->registry->ops = inner_ops;
}

/* A song that is whole, in a file of its own. */
static struct fake_job *add_whole_song(struct fixture *fixture, char path[TEMP_PATH_SIZE])
{
    struct fake_job *song = add_song(fixture, 0);

    temp_directory_write(&fixture->directory, "song.mp3", "music", 5);
    song->local_name = temp_directory_join(&fixture->directory, "song.mp3", path);
    song->state = XBITS_STATE_TRANSFERRED;
    return song;
}

static void fill_library(struct fixture *fixture)
{
    static const struct disk_fault full = { .operation = "make_directory",
                                            .path_part = "library/Artist",
                                            .result = XBITS_ERROR_DISK_FULL };

    assert_ok(disk_faulty_add(fixture->disk, &full));
}

static void a_completed_song_is_filed_whatever_refresh_download_is(void **state)
{
    static const enum xbits_player_news_kind told[] = { XBITS_NEWS_ADOPTED, XBITS_NEWS_FAILED,
                                                        XBITS_NEWS_FILED };
    struct fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];

    add_whole_song(fixture, path);
    assert_ok(try_to_open(fixture));
    fill_library(fixture);
    step(fixture);
    assert_int_equal(last_item(fixture).state, XBITS_DOWNLOAD_PROCESSING);
    set_refresh(fixture, 0);
    disk_faulty_clear(fixture->disk);
    step(fixture);

    assert_told(fixture, 3, told);
    assert_int_equal(last_item(fixture).state, XBITS_DOWNLOAD_COMPLETED);
}

static void with_refresh_download_0_a_whole_song_waits_and_cannot_go_on(void **state)
{
    static const enum xbits_player_news_kind told[] = { XBITS_NEWS_ADOPTED };
    struct fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];
    struct fake_job *song = add_whole_song(fixture, path);

    song->state = XBITS_STATE_TRANSFERRING;
    assert_ok(try_to_open(fixture));
    step(fixture);
    song->state = XBITS_STATE_TRANSFERRED;
    set_refresh(fixture, 0);
    step(fixture);
    step(fixture);

    assert_told(fixture, 1, told);
    assert_int_equal(song->state, XBITS_STATE_TRANSFERRED);
    assert_false(last_item(fixture).can_go_on);
}

/* On Windows nothing else asks for it, or makes it. */
static void the_user_directory_is_absolute_and_made(void **state)
{
    struct fixture *fixture = *state;
    struct temp_directory directory = fixture->directory;
    char path[TEMP_PATH_SIZE];

    temp_directory_join(&directory, "of a new user", path);
    text_copy_into(fixture->directory.path, sizeof fixture->directory.path, path);
    assert_ok(try_to_open(fixture));
    xbits_player_close(fixture->player);
    fixture->player = NULL;
    text_copy_into(fixture->directory.path, sizeof fixture->directory.path, "relative");
    assert_fails(XBITS_E_INVALIDARG, try_to_open(fixture));

    assert_true(temp_directory_has(&directory, "of a new user"));
    fixture->directory = directory;
}

/* A page waits for a state that is the last one. */
static void a_song_that_somebody_took_is_not_processed_for_ever(void **state)
{
    static const enum xbits_player_news_kind told[] = { XBITS_NEWS_ADOPTED, XBITS_NEWS_FAILED,
                                                        XBITS_NEWS_FAILED };
    struct fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];
    char taken[TEMP_PATH_SIZE];

    add_whole_song(fixture, path);
    assert_ok(try_to_open(fixture));
    fill_library(fixture);
    step(fixture);
    temp_directory_join(&fixture->directory,
                        "library/.xbits-{00000001-0000-0000-0000-000000000000}", taken);
    assert_int_equal(remove(taken), 0);
    step(fixture);
    step(fixture);

    assert_told(fixture, 3, told);
    assert_int_equal(last_item(fixture).state, XBITS_DOWNLOAD_CANCELED);
    assert_false(last_item(fixture).can_go_on);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_job_that_may_not_be_read_does_not_stop_the_others, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_job_that_becomes_anothers_is_let_go, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_job_that_is_nowhere_has_ended, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_job_that_nobody_runs_cannot_go_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_job_of_which_the_wait_is_not_known_goes_on, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_damaged_store_db_is_set_aside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_only_looks_leaves_a_damaged_store_db_and_says_so,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_store_db_that_cannot_be_opened_stops_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_store_db_that_fails_later_stops_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_change_is_seen_after_a_look_that_failed, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(with_refresh_download_0_a_whole_song_waits_and_cannot_go_on,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_completed_song_is_filed_whatever_refresh_download_is,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_song_that_somebody_took_is_not_processed_for_ever, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_user_directory_is_absolute_and_made, set_up, tear_down),
    };

    return run_tests("player", tests);
}
