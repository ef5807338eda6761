/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "library_fixture.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#define MANY 10000

/* A file of a kind with a distributor, which is its title, too. */
static int64_t put_sold(struct xbits_library *library, enum xbits_media_kind kind, const char *path,
                        const char *distributor)
{
    const struct library_file file = {
        .path = path,
        .kind = kind,
        .attributes = { [XBITS_ATTRIBUTE_TITLE] = distributor,
                        [XBITS_ATTRIBUTE_DISTRIBUTOR] = distributor },
    };

    return put_entry(library, &file);
}

static void a_node_shows_what_is_below_it(void **state)
{
    struct library_fixture *fixture = *state;
    struct xbits_library *library = fixture->library;

    put_song(library, "plain.mp3", "plain");
    put_sold(library, XBITS_MEDIA_AUDIO, "a.mp3", "A");
    put_sold(library, XBITS_MEDIA_AUDIO, "b.mp3", "B");
    put_sold(library, XBITS_MEDIA_VIDEO, "a.wmv", "A");

    assert_titles("plain;A;B;A;", library, NULL);
    assert_titles("plain;A;B;", library, "All Music");
    assert_titles("A;B;", library, "All Music/Purchased Music");
    assert_titles("B;", library, "All Music/Purchased Music/B");
    assert_titles("A;", library, "All Video");
    assert_titles("A;", library, "All Video/Purchased Videos");
    assert_titles("", library, "All Playlists");
}

static void a_node_is_compared_as_it_is(void **state)
{
    struct library_fixture *fixture = *state;
    struct xbits_library *library = fixture->library;

    put_sold(library, XBITS_MEDIA_AUDIO, "1.mp3", "A");
    put_sold(library, XBITS_MEDIA_AUDIO, "2.mp3", "A/B");
    put_sold(library, XBITS_MEDIA_AUDIO, "3.mp3", "A%");
    put_sold(library, XBITS_MEDIA_AUDIO, "4.mp3", "A_B");
    put_sold(library, XBITS_MEDIA_AUDIO, "5.mp3", "AxB");

    assert_titles("A;", library, "All Music/Purchased Music/A");
    assert_titles("A/B;", library, "All Music/Purchased Music/A/B");
    assert_titles("A%;", library, "All Music/Purchased Music/A%");
    assert_titles("A_B;", library, "All Music/Purchased Music/A_B");
    assert_titles("", library, "All Music/Purchased Music/%");
    assert_titles("", library, "All Mus");
    assert_titles("", library, "all music");
    assert_titles("", library, "All Music/");
    assert_titles("", library, "%");
    assert_titles("", library, "");
}

/* What stands beside a node must not be taken for what is below it. */
static void only_a_slash_leads_below(void **state)
{
    struct library_fixture *fixture = *state;

    put_song(fixture->library, "a.mp3", "beside");
    run_sql(fixture, "UPDATE entry SET node = 'All Music 2'");
    put_song(fixture->library, "b.mp3", "behind");
    run_sql(fixture, "UPDATE entry SET node = 'All Music0' WHERE path = 'b.mp3'");

    assert_titles("", fixture->library, "All Music");
}

static void entries_come_by_artist_album_track_and_title(void **state)
{
    static const struct {
        const char *artist;
        const char *album;
        const char *track;
        const char *title;
    } rows[] = {
        { "B", "A", "1", "9" },    { "A", "B", "10", "8" }, { "A", "B", "9", "7" },
        { "A", "B", "2/12", "6" }, { "A", "B", "02", "5" }, { "A", "B", "", "4" },
        { "A", "B", NULL, "3" },   { "A", "A", "99", "2" }, { "", "Z", "1", "1" },
    };
    struct library_fixture *fixture = *state;
    char path[] = "0.mp3";

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct library_file file = {
            .path = path,
            .attributes = { [XBITS_ATTRIBUTE_ALBUM_ARTIST] = rows[i].artist,
                            [XBITS_ATTRIBUTE_ALBUM_TITLE] = rows[i].album,
                            [XBITS_ATTRIBUTE_TRACK_NUMBER] = rows[i].track,
                            [XBITS_ATTRIBUTE_TITLE] = rows[i].title },
        };

        path[0] = (char)('0' + i);
        put_entry(fixture->library, &file);
    }

    assert_titles("1;2;3;4;5;6;7;8;9;", fixture->library, NULL);
}

static bool stop_at_second(const struct xbits_library_entry *entry, void *user)
{
    unsigned *count = user;

    (void)entry;
    return ++*count < 2;
}

static void a_visit_ends_when_it_is_told_to(void **state)
{
    struct library_fixture *fixture = *state;
    unsigned count = 0;

    put_song(fixture->library, "a.mp3", "One");
    put_song(fixture->library, "b.mp3", "Two");
    put_song(fixture->library, "c.mp3", "Three");

    assert_ok(xbits_library_visit_entries(fixture->library, NULL, stop_at_second, &count));
    assert_int_equal(count, 2);
}

static bool add_title(const struct xbits_library_entry *entry, void *user)
{
    assert_ok(text_format(user, "%s;", entry->attributes[XBITS_ATTRIBUTE_TITLE]));
    return true;
}

static void assert_search(const char *expected, struct xbits_library *library, const char *text)
{
    struct text titles = { 0 };

    assert_ok(xbits_library_search(library, text, add_title, &titles));
    assert_string_equal(expected, text_c(&titles));
    text_dispose(&titles);
}

static void a_search_finds_text_in_any_case_and_knows_no_wildcards(void **state)
{
    static const struct {
        const char *text;
        const char *found;
    } rows[] = {
        { "harbor", "100% Harbor;" },
        { "HARBOR", "100% Harbor;" },
        { "100%", "100% Harbor;" },
        { "%", "100% Harbor;" },
        { "_", "tide_song;" },
        { "*", "" },
        { "BLUES", "tide_song;" },
        { "under/the", "tide_song;" },
        { "d1607dbc", "100% Harbor;" },
        { "nothing", "" },
        { "\xC3\xA4", "100% Harbor;" },
        { "\xC3\x84", "" },
        { "", "100% Harbor;tide_song;" },
        { "'", "" },
    };
    struct library_fixture *fixture = *state;
    const struct library_file harbor = {
        .path = "a.mp3",
        .attributes = { [XBITS_ATTRIBUTE_TITLE] = "100% Harbor",
                        [XBITS_ATTRIBUTE_AUTHOR] = "\xC3\xA4",
                        [XBITS_ATTRIBUTE_MEDIA_CLASS] = "D1607DBC-E323-4BE2-86A1-48A42A28441E" },
    };
    const struct library_file tide = {
        .path = "Under/The/Sea.mp3",
        .attributes = { [XBITS_ATTRIBUTE_TITLE] = "tide_song", [XBITS_ATTRIBUTE_GENRE] = "Blues" },
    };

    put_entry(fixture->library, &harbor);
    put_entry(fixture->library, &tide);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_search(rows[i].found, fixture->library, rows[i].text);
}

static void a_search_looks_into_every_attribute_but_not_at_the_directory(void **state)
{
    struct library_fixture *fixture = *state;
    const char *directory = strrchr(fixture->directory.path, '/') + 1;

    for (size_t i = 0; i < XBITS_ATTRIBUTE_COUNT; i++) {
        struct library_file file = { .path = "a.mp3" };

        file.attributes[i] = "needle";
        put_entry(fixture->library, &file);
        assert_search(i == XBITS_ATTRIBUTE_TITLE ? "needle;" : ";", fixture->library, "Needle");
    }
    assert_search("", fixture->library, directory);
}

static void an_entry_that_is_not_there_is_not_found(void **state)
{
    struct library_fixture *fixture = *state;
    struct text titles = { 0 };
    int64_t number = put_song(fixture->library, "a.mp3", "One");

    assert_ok(xbits_library_read_entry(fixture->library, number, add_title, &titles));
    assert_string_equal("One;", text_c(&titles));
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND,
                 xbits_library_read_entry(fixture->library, number + 1, add_title, &titles));
    assert_fails(XBITS_ERROR_FILE_NOT_FOUND,
                 xbits_library_read_entry(fixture->library, INT64_MIN, add_title, &titles));
    text_dispose(&titles);
}

static void what_is_no_argument_is_refused(void **state)
{
    struct library_fixture *fixture = *state;
    struct xbits_library *library = fixture->library;

    assert_fails(XBITS_E_INVALIDARG, xbits_library_visit_entries(NULL, NULL, add_title, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_library_visit_entries(library, NULL, NULL, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_library_visit_entries(library, "\xFF", add_title, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_library_search(NULL, "a", add_title, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_library_search(library, NULL, add_title, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_library_search(library, "a\xFF", add_title, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_library_search(library, "a", NULL, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_library_read_entry(NULL, 1, add_title, NULL));
    assert_fails(XBITS_E_INVALIDARG, xbits_library_read_entry(library, 1, NULL, NULL));
}

/* The numbers of songs as they come. */
struct order {
    size_t count;
    int64_t last;
};

static bool check_order(const struct xbits_library_entry *entry, void *user)
{
    struct order *order = user;

    assert_true(entry->number > order->last);
    order->last = entry->number;
    order->count++;
    return true;
}

static void put_many(struct xbits_library *library)
{
    char path[32];
    char track[16];
    int64_t number = 0;

    assert_ok(database_begin(library->database, true));
    for (int i = 0; i < MANY; i++) {
        const struct library_file file = {
            .path = path,
            .attributes = { [XBITS_ATTRIBUTE_TRACK_NUMBER] = track,
                            [XBITS_ATTRIBUTE_DISTRIBUTOR] = "HarborTunes" },
        };

        assert_true(snprintf(path, sizeof(path), "song-%d.mp3", i) > 0);
        assert_true(snprintf(track, sizeof(track), "%d", i) > 0);
        assert_ok(library_put(library, &file, &number));
    }
    assert_ok(database_commit(library->database));
}

static void ten_thousand_entries_are_visited_in_order(void **state)
{
    static const char *const nodes[] = { NULL, "All Music",
                                         "All Music/Purchased Music/HarborTunes" };
    struct library_fixture *fixture = *state;

    put_many(fixture->library);
    for (size_t i = 0; i < sizeof(nodes) / sizeof(nodes[0]); i++) {
        struct order order = { 0 };

        assert_ok(xbits_library_visit_entries(fixture->library, nodes[i], check_order, &order));
        assert_int_equal(order.count, MANY);
    }
    assert_search(";", fixture->library, "song-9999.");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, library_fixture_begin, library_fixture_end)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(a_node_shows_what_is_below_it),
        TEST(a_node_is_compared_as_it_is),
        TEST(only_a_slash_leads_below),
        TEST(entries_come_by_artist_album_track_and_title),
        TEST(a_visit_ends_when_it_is_told_to),
        TEST(a_search_finds_text_in_any_case_and_knows_no_wildcards),
        TEST(a_search_looks_into_every_attribute_but_not_at_the_directory),
        TEST(an_entry_that_is_not_there_is_not_found),
        TEST(what_is_no_argument_is_refused),
        TEST(ten_thousand_entries_are_visited_in_order),
    };

    return run_tests("library read", tests);
}
