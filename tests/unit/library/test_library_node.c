/* SPDX-License-Identifier: MIT */
#include "store/library/internal.h"
#include "support/assert_result.h"
#include "support/test_main.h"

static void a_file_is_under_its_store_by_kind_and_distributor(void **state)
{
    static const struct {
        enum xbits_media_kind kind;
        const char *distributor;
        bool is_sync_only;
        const char *node;
    } rows[] = {
        { XBITS_MEDIA_AUDIO, NULL, false, "All Music" },
        { XBITS_MEDIA_AUDIO, "", false, "All Music" },
        { XBITS_MEDIA_AUDIO, "HarborTunes", false, "All Music/Purchased Music/HarborTunes" },
        { XBITS_MEDIA_AUDIO, "A/B", false, "All Music/Purchased Music/A/B" },
        { XBITS_MEDIA_AUDIO, " %s ", false, "All Music/Purchased Music/ %s " },
        { XBITS_MEDIA_VIDEO, NULL, false, "All Video" },
        { XBITS_MEDIA_VIDEO, "HarborTunes", false, "All Video/Purchased Videos/HarborTunes" },
        { XBITS_MEDIA_PLAYLIST, NULL, false, "All Playlists" },
        { XBITS_MEDIA_PLAYLIST, NULL, true, "All Playlists" },
        { XBITS_MEDIA_PLAYLIST, "HarborTunes", false, "All Playlists" },
        { XBITS_MEDIA_PLAYLIST, "HarborTunes", true, "All Music/Purchased Music/HarborTunes" },
    };
    struct text node = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_ok(library_node(rows[i].kind, rows[i].distributor, rows[i].is_sync_only, &node));

        assert_string_equal(rows[i].node, text_c(&node));
    }
    text_dispose(&node);
}

static void a_distributor_has_nothing_below_it(void **state)
{
    (void)state;

    assert_true(library_node_has_children("All Music"));
    assert_true(library_node_has_children("All Music/Purchased Music"));
    assert_true(library_node_has_children("All Video/Purchased Videos"));
    assert_false(library_node_has_children("All Music/Purchased Music/HarborTunes"));
    assert_false(library_node_has_children("All"));
    assert_false(library_node_has_children(""));
}

static void every_kind_has_a_name_of_its_own(void **state)
{
    enum xbits_media_kind kind = XBITS_MEDIA_AUDIO;

    (void)state;
    for (int i = XBITS_MEDIA_AUDIO; i <= XBITS_MEDIA_PLAYLIST; i++) {
        assert_true(library_kind_of(library_kind_name((enum xbits_media_kind)i), &kind));
        assert_int_equal(kind, i);
    }
    assert_false(library_kind_of("Audio", &kind));
    assert_false(library_kind_of("", &kind));
}

static void every_attribute_has_one_column(void **state)
{
    unsigned seen = 0;

    (void)state;
    for (size_t i = 0; i < XBITS_ATTRIBUTE_COUNT; i++)
        seen |= 1u << library_attribute_order[i];
    assert_int_equal(seen, (1u << XBITS_ATTRIBUTE_COUNT) - 1);
}

static void the_path_of_an_entry_stays_in_the_library(void **state)
{
    static const struct {
        const char *path;
        bool is_fine;
    } rows[] = {
        { "a.mp3", true },     { "Artist/Album/07 Title.mp3", true },
        { "a/...", true },     { "a/..b/.c", true },
        { "", false },         { "/a.mp3", false },
        { "../a.mp3", false }, { "a/../../b.mp3", false },
        { "a/..", false },     { "./a.mp3", false },
        { "a//b.mp3", false }, { "a/", false },
        { "..", false },       { ".", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(rows[i].is_fine, library_is_entry_path(XBITS_MEDIA_AUDIO, rows[i].path));
        assert_int_equal(rows[i].is_fine, library_is_entry_path(XBITS_MEDIA_VIDEO, rows[i].path));
    }
    assert_true(library_is_entry_path(XBITS_MEDIA_PLAYLIST, "/lists/a.wpl"));
    assert_false(library_is_entry_path(XBITS_MEDIA_PLAYLIST, "a.wpl"));
}

static void a_root_needs_no_further_separator(void **state)
{
    struct text path = { 0 };

    (void)state;
    assert_ok(library_join("/", "library.db", &path));
    assert_string_equal("/library.db", text_c(&path));
    assert_ok(library_join("/music", "a/b.mp3", &path));
    assert_string_equal("/music/a/b.mp3", text_c(&path));
    text_dispose(&path);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_under_its_store_by_kind_and_distributor),
        cmocka_unit_test(a_distributor_has_nothing_below_it),
        cmocka_unit_test(every_kind_has_a_name_of_its_own),
        cmocka_unit_test(every_attribute_has_one_column),
        cmocka_unit_test(the_path_of_an_entry_stays_in_the_library),
        cmocka_unit_test(a_root_needs_no_further_separator),
    };

    return run_tests("library node", tests);
}
