/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "library_fixture.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#define FULL_DISTRIBUTOR 256

static const struct library_file whole = {
    .path = "Artist/Album/07 Title.mp3",
    .source_url = "https://origin.example/7.mp3",
    .job = "{F3A1B2C4-0000-4000-8000-0123456789AB}",
    .kind = XBITS_MEDIA_AUDIO,
    .attributes = { [XBITS_ATTRIBUTE_TITLE] = "Title",
                    [XBITS_ATTRIBUTE_AUTHOR] = "Author",
                    [XBITS_ATTRIBUTE_ALBUM_ARTIST] = "Artist",
                    [XBITS_ATTRIBUTE_ALBUM_TITLE] = "Album",
                    [XBITS_ATTRIBUTE_TRACK_NUMBER] = "7",
                    [XBITS_ATTRIBUTE_GENRE] = "Blues",
                    [XBITS_ATTRIBUTE_DURATION] = "215",
                    [XBITS_ATTRIBUTE_USER_RATING] = "75",
                    [XBITS_ATTRIBUTE_PROVIDER] = "Provider",
                    [XBITS_ATTRIBUTE_DISTRIBUTOR] = "HarborTunes",
                    [XBITS_ATTRIBUTE_UNIQUE_IDENTIFIER] = "Identifier",
                    [XBITS_ATTRIBUTE_MEDIA_CLASS] = "Class" },
    .damage = "Damage",
    .added = INT64_C(134117000000000000),
    .file_size = INT64_MAX,
    .is_sync_only = true,
};

static void an_entry_is_read_as_it_was_put(void **state)
{
    struct library_fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];
    struct library_copy copy = copy_entry(fixture->library, put_entry(fixture->library, &whole));

    temp_directory_join(&fixture->directory, whole.path, path);
    assert_int_equal(copy.kind, whole.kind);
    assert_string_equal(copy.path, path);
    assert_string_equal(copy.node, "All Music/Purchased Music/HarborTunes");
    for (size_t i = 0; i < XBITS_ATTRIBUTE_COUNT; i++)
        assert_string_equal(copy.attributes[i], whole.attributes[i]);
    assert_string_equal(copy.source_url, whole.source_url);
    assert_string_equal(copy.damage, whole.damage);
    assert_true(copy.added == whole.added);
    assert_true(copy.file_size == whole.file_size);
    assert_true(copy.is_sync_only);
    library_copy_dispose(&copy);
}

static void what_is_not_known_is_empty(void **state)
{
    static const struct library_file bare = { .path = "a.wmv", .kind = XBITS_MEDIA_VIDEO };
    struct library_fixture *fixture = *state;
    struct library_copy copy = copy_entry(fixture->library, put_entry(fixture->library, &bare));

    assert_int_equal(copy.kind, XBITS_MEDIA_VIDEO);
    assert_string_equal(copy.node, "All Video");
    for (size_t i = 0; i < XBITS_ATTRIBUTE_COUNT; i++)
        assert_string_equal(copy.attributes[i], "");
    assert_string_equal(copy.source_url, "");
    assert_string_equal(copy.damage, "");
    assert_false(copy.is_sync_only);
    library_copy_dispose(&copy);
}

static void the_same_path_keeps_its_number_and_nothing_else(void **state)
{
    static const struct library_file other = { .path = "Artist/Album/07 Title.mp3" };
    struct library_fixture *fixture = *state;
    int64_t number = put_entry(fixture->library, &whole);
    struct library_copy copy;

    assert_int_equal(put_entry(fixture->library, &other), number);

    copy = copy_entry(fixture->library, number);
    assert_string_equal(copy.node, "All Music");
    for (size_t i = 0; i < XBITS_ATTRIBUTE_COUNT; i++)
        assert_string_equal(copy.attributes[i], "");
    assert_string_equal(copy.source_url, "");
    assert_string_equal(copy.damage, "");
    assert_true(copy.added == 0);
    assert_true(copy.file_size == 0);
    assert_false(copy.is_sync_only);
    assert_int_equal(count_entries(fixture->library), 1);
    library_copy_dispose(&copy);
}

static void a_number_is_never_given_twice(void **state)
{
    struct library_fixture *fixture = *state;
    int64_t number = put_song(fixture->library, "a.mp3", "One");

    run_sql(fixture, "DELETE FROM entry");

    assert_true(put_song(fixture->library, "a.mp3", "One") > number);
}

static void a_put_belongs_to_the_callers_transaction(void **state)
{
    struct library_fixture *fixture = *state;
    int64_t number = 0;

    assert_ok(database_begin(fixture->library->database, true));
    assert_ok(library_put(fixture->library, &whole, &number));
    database_roll_back(fixture->library->database);

    assert_int_equal(count_entries(fixture->library), 0);
}

static void what_could_not_be_read_again_is_not_put(void **state)
{
    static const struct library_file files[] = {
        { .path = "" },
        { .path = "/etc/passwd" },
        { .path = "../a.mp3" },
        { .path = "a.wpl", .kind = XBITS_MEDIA_PLAYLIST },
        { .path = "\xFF" },
        { .path = "a.mp3", .file_size = UINT64_MAX },
        { .path = "a.mp3", .added = -1 },
        { .path = "a.mp3", .source_url = "\xFF" },
        { .path = "a.mp3", .damage = "\xFF" },
        { .path = "a.mp3", .attributes[XBITS_ATTRIBUTE_GENRE] = "\xFF" },
    };
    struct library_fixture *fixture = *state;
    int64_t number = 17;

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        assert_fails(XBITS_E_INVALIDARG, library_put(fixture->library, &files[i], &number));
        assert_int_equal(number, 17);
    }
    assert_int_equal(count_entries(fixture->library), 0);
}

static void a_playlist_stays_where_it_is_under_its_store(void **state)
{
    struct library_fixture *fixture = *state;
    struct temp_directory elsewhere;
    char path[TEMP_PATH_SIZE];
    struct library_copy copy;
    int64_t number = 0;
    int64_t again = 0;

    temp_directory_make(&elsewhere);
    temp_directory_write(&elsewhere, "Weekly.WPL", "<smil/>", 7);
    temp_directory_join(&elsewhere, "Weekly.WPL", path);
    assert_ok(xbits_library_add_playlist(fixture->library, path, "HarborTunes", true, &number));

    copy = copy_entry(fixture->library, number);
    assert_int_equal(copy.kind, XBITS_MEDIA_PLAYLIST);
    assert_string_equal(copy.path, path);
    assert_string_equal(copy.node, "All Music/Purchased Music/HarborTunes");
    assert_string_equal(copy.attributes[XBITS_ATTRIBUTE_DISTRIBUTOR], "HarborTunes");
    assert_true(copy.is_sync_only);
    assert_true(copy.file_size == 7);
    assert_true(copy.added > 0);
    library_copy_dispose(&copy);

    assert_ok(xbits_library_add_playlist(fixture->library, path, "HarborTunes", false, &again));
    assert_int_equal(again, number);
    assert_node("All Playlists", fixture->library, number);
    assert_true(temp_directory_has(&elsewhere, "Weekly.WPL"));
    temp_directory_remove(&elsewhere);
}

/* So many letters, and the text of one character at the end. */
static char *long_distributor(size_t letters, const char *last)
{
    struct text text = { 0 };

    for (size_t i = 0; i < letters; i++)
        assert_ok(text_add(&text, "a"));
    assert_ok(text_add(&text, last));
    return text_take(&text);
}

static void a_playlist_that_is_none_is_refused(void **state)
{
    static const struct {
        const char *name;
        xbits_result result;
    } rows[] = {
        { "list.m3u", XBITS_E_INVALIDARG },
        { "list.wpl.txt", XBITS_E_INVALIDARG },
        { "listwpl", XBITS_E_INVALIDARG },
        { "directory.wpl", XBITS_E_INVALIDARG },
        { "missing.wpl", XBITS_ERROR_FILE_NOT_FOUND },
        { "missing/list.wpl", XBITS_ERROR_FILE_NOT_FOUND },
    };
    struct library_fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];
    int64_t number = 17;

    temp_directory_write(&fixture->directory, "list.m3u", "x", 1);
    temp_directory_write(&fixture->directory, "list.wpl.txt", "x", 1);
    temp_directory_write(&fixture->directory, "listwpl", "x", 1);
    assert_int_equal(mkdir(temp_directory_join(&fixture->directory, "directory.wpl", path), 0700),
                     0);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        temp_directory_join(&fixture->directory, rows[i].name, path);
        assert_fails(rows[i].result,
                     xbits_library_add_playlist(fixture->library, path, "Store", true, &number));
    }
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_library_add_playlist(fixture->library, "a.wpl", "Store", true, &number));
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_library_add_playlist(fixture->library, NULL, "Store", true, &number));
    assert_int_equal(number, 17);
    assert_int_equal(count_entries(fixture->library), 0);
}

static void a_distributor_has_its_limits(void **state)
{
    static const char *const refused[] = { NULL, "", "a\nb", "a\x7F", "\x01", "a\xC2\x85", "\xFF" };
    struct library_fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];
    char *fits = long_distributor(FULL_DISTRIBUTOR - 2, "\xF0\x9F\x8E\xB5");
    char *too_long = long_distributor(FULL_DISTRIBUTOR - 1, "\xF0\x9F\x8E\xB5");
    int64_t number = 0;

    temp_directory_write(&fixture->directory, "a.wpl", "x", 1);
    temp_directory_join(&fixture->directory, "a.wpl", path);
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        assert_fails(XBITS_E_INVALIDARG,
                     xbits_library_add_playlist(fixture->library, path, refused[i], true, &number));
        assert_fails(XBITS_E_INVALIDARG, xbits_library_tag(NULL, path, refused[i]));
    }
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_library_add_playlist(fixture->library, path, too_long, true, &number));
    assert_fails(XBITS_E_INVALIDARG, xbits_library_tag(NULL, path, too_long));
    assert_ok(xbits_library_add_playlist(fixture->library, path, fits, true, &number));
    assert_ok(xbits_library_add_playlist(fixture->library, path, "\xC2\xA0 / %", true, &number));
    free(fits);
    free(too_long);
}

static void what_is_no_argument_is_refused(void **state)
{
    struct library_fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];
    int64_t number = 0;

    temp_directory_write(&fixture->directory, "a.wpl", "x", 1);
    temp_directory_join(&fixture->directory, "a.wpl", path);
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_library_add_playlist(NULL, path, "Store", true, &number));
    assert_fails(XBITS_E_INVALIDARG,
                 xbits_library_add_playlist(fixture->library, path, "Store", true, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_library_tag(NULL, NULL, "Store"));
    assert_fails(XBITS_E_INVALIDARG, xbits_library_tag(NULL, "a.mp3", "Store"));
}

/* ID3v2.3 without frames, and a frame of MPEG audio. */
static void write_song(const struct temp_directory *directory, const char *name)
{
    static const unsigned char start[] = { 'I', 'D', '3', 3, 0, 0, 0, 0, 0, 0, 0xFF, 0xFB, 0x90 };
    unsigned char song[10 + 2 * 417] = { 0 };

    memcpy(song, start, sizeof(start));
    memcpy(song + 10 + 417, start + 10, 3);
    temp_directory_write(directory, name, song, sizeof(song));
}

static char *tag_of(const char *path)
{
    struct media_tags tags = { 0 };
    char *distributor = NULL;

    assert_ok(media_read(disk_system(), path, &tags));
    assert_ok(text_copy(tags.values[XBITS_ATTRIBUTE_DISTRIBUTOR], &distributor));
    media_tags_dispose(&tags);
    return distributor;
}

static void assert_tag(const char *expected, const char *path)
{
    char *distributor = tag_of(path);

    if (expected == NULL)
        assert_null(distributor);
    else
        assert_string_equal(expected, distributor);
    free(distributor);
}

static void a_file_of_nobody_is_tagged(void **state)
{
    struct library_fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];

    write_song(&fixture->directory, "a.mp3");
    temp_directory_join(&fixture->directory, "a.mp3", path);

    assert_ok(xbits_library_tag(NULL, path, "HarborTunes"));
    assert_tag("HarborTunes", path);
    assert_ok(xbits_library_tag(fixture->library, path, "Other"));
    assert_tag("Other", path);
    assert_int_equal(count_entries(fixture->library), 0);
}

static void an_entry_moves_to_the_node_of_its_new_store(void **state)
{
    struct library_fixture *fixture = *state;
    struct library_copy copy;
    struct stat status;
    char path[TEMP_PATH_SIZE];
    int64_t number;
    int64_t other = put_song(fixture->library, "b.mp3", "Other");

    assert_int_equal(mkdir(temp_directory_join(&fixture->directory, "Artist", path), 0700), 0);
    write_song(&fixture->directory, "Artist/a.mp3");
    temp_directory_join(&fixture->directory, "Artist/a.mp3", path);
    number = put_song(fixture->library, "Artist/a.mp3", "One");

    assert_ok(xbits_library_tag(fixture->library, path, "Harbor/Tunes"));

    assert_int_equal(stat(path, &status), 0);
    copy = copy_entry(fixture->library, number);
    assert_string_equal(copy.node, "All Music/Purchased Music/Harbor/Tunes");
    assert_string_equal(copy.attributes[XBITS_ATTRIBUTE_DISTRIBUTOR], "Harbor/Tunes");
    assert_string_equal(copy.attributes[XBITS_ATTRIBUTE_TITLE], "One");
    assert_int_equal(copy.file_size, status.st_size);
    library_copy_dispose(&copy);
    assert_node("All Music", fixture->library, other);
}

/* As a user writes it: through a link, with more separators than needed. */
static void an_entry_is_found_however_its_path_is_written(void **state)
{
    struct library_fixture *fixture = *state;
    struct temp_directory elsewhere;
    char link[TEMP_PATH_SIZE];
    char path[TEMP_PATH_SIZE];
    int64_t number = put_song(fixture->library, "Artist/a.mp3", "One");

    assert_int_equal(mkdir(temp_directory_join(&fixture->directory, "Artist", path), 0700), 0);
    write_song(&fixture->directory, "Artist/a.mp3");
    temp_directory_make(&elsewhere);
    temp_directory_join(&elsewhere, "music", link);
    assert_int_equal(symlink(fixture->directory.path, link), 0);
    temp_directory_join(&elsewhere, "music//Artist///a.mp3", path);

    assert_ok(xbits_library_tag(fixture->library, path, "HarborTunes"));

    assert_node("All Music/Purchased Music/HarborTunes", fixture->library, number);
    temp_directory_remove(&elsewhere);
}

static void a_file_beside_the_library_is_not_its_entry(void **state)
{
    struct library_fixture *fixture = *state;
    struct temp_directory elsewhere;
    char path[TEMP_PATH_SIZE];
    int64_t number = put_song(fixture->library, "a.mp3", "One");

    temp_directory_make(&elsewhere);
    write_song(&elsewhere, "a.mp3");
    temp_directory_join(&elsewhere, "a.mp3", path);

    assert_ok(xbits_library_tag(fixture->library, path, "HarborTunes"));

    assert_tag("HarborTunes", path);
    assert_node("All Music", fixture->library, number);
    temp_directory_remove(&elsewhere);
}

static void a_file_that_cannot_be_tagged_leaves_its_entry_alone(void **state)
{
    struct library_fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];
    int64_t number = put_song(fixture->library, "a.ogg", "One");

    temp_directory_write(&fixture->directory, "a.ogg", "text", 4);
    temp_directory_join(&fixture->directory, "a.ogg", path);

    assert_fails(XBITS_E_INVALIDARG, xbits_library_tag(fixture->library, path, "HarborTunes"));

    assert_node("All Music", fixture->library, number);
}

static void a_reader_tags_nothing(void **state)
{
    struct library_fixture *fixture = *state;
    struct xbits_library *reader = NULL;
    char path[TEMP_PATH_SIZE];

    write_song(&fixture->directory, "a.mp3");
    temp_directory_join(&fixture->directory, "a.mp3", path);
    assert_ok(xbits_library_open(fixture->directory.path, XBITS_LIBRARY_READ, &reader));

    assert_fails(XBITS_E_ACCESSDENIED, xbits_library_tag(reader, path, "HarborTunes"));

    assert_tag(NULL, path);
    xbits_library_close(reader);
}

static void an_entry_that_cannot_be_moved_is_told(void **state)
{
    struct library_fixture *fixture = *state;
    char path[TEMP_PATH_SIZE];

    write_song(&fixture->directory, "a.mp3");
    temp_directory_join(&fixture->directory, "a.mp3", path);
    put_song(fixture->library, "a.mp3", "One");
    run_sql(fixture, "UPDATE entry SET kind = 'song'");

    assert_fails(XBITS_BG_E_DATABASE_CORRUPT,
                 xbits_library_tag(fixture->library, path, "HarborTunes"));
    assert_message("its entry in the library has not");
    assert_tag("HarborTunes", path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, library_fixture_begin, library_fixture_end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(an_entry_is_read_as_it_was_put),
        TEST(what_is_not_known_is_empty),
        TEST(the_same_path_keeps_its_number_and_nothing_else),
        TEST(a_number_is_never_given_twice),
        TEST(a_put_belongs_to_the_callers_transaction),
        TEST(what_could_not_be_read_again_is_not_put),
        TEST(a_playlist_stays_where_it_is_under_its_store),
        TEST(a_playlist_that_is_none_is_refused),
        TEST(a_distributor_has_its_limits),
        TEST(what_is_no_argument_is_refused),
        TEST(a_file_of_nobody_is_tagged),
        TEST(an_entry_moves_to_the_node_of_its_new_store),
        TEST(an_entry_is_found_however_its_path_is_written),
        TEST(a_file_beside_the_library_is_not_its_entry),
        TEST(a_file_that_cannot_be_tagged_leaves_its_entry_alone),
        TEST(a_reader_tags_nothing),
        TEST(an_entry_that_cannot_be_moved_is_told),
    };

    return run_tests("library write", tests);
}
