/* SPDX-License-Identifier: MIT */
#include "store/library/song_path.h"

#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "song_names.h"
#include "support/assert_result.h"
#include "support/test_main.h"

#define SEEDS           10000
#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

static void a_song_is_put_under_its_artist_and_album(void **state)
{
    static const struct {
        struct song_name name;
        unsigned copy;
        const char *path;
    } cases[] = {
        { { "The Piers", "Low Tide", "7", "Gulls", "x.mp3" },
          1,
          "The Piers/Low Tide/07 Gulls.mp3" },
        { { "The Piers", "Low Tide", "7/12", "Gulls", "x.wma" },
          1,
          "The Piers/Low Tide/07 Gulls.wma" },
        { { "The Piers", "Low Tide", "112", "Gulls", "x.WmV" },
          1,
          "The Piers/Low Tide/112 Gulls.WmV" },
        { { "", "", "", "", "song.mp3" }, 1, "Unknown Artist/Unknown Album/song.mp3" },
        { { NULL, NULL, NULL, NULL, NULL }, 1, "Unknown Artist/Unknown Album/Unknown Title" },
        { { "A", "B", "1", "", "/tmp/dir.d/song.one.asf" }, 1, "A/B/01 song.one.asf" },
        { { "A", "B", "1", "", "C:\\dir\\song.mp3" }, 1, "A/B/01 song.mp3" },
        { { "A", "B", "", "", ".mp3" }, 1, "A/B/Unknown Title.mp3" },
        { { "A", "B", "3", "T", "x.mp3" }, 2, "A/B/03 T (2).mp3" },
        { { "A", "B", "3", "T", "x.mp3" }, 10000, "A/B/03 T (10000).mp3" },
        { { ".38 Special", "Wait...", "", "What?", "x.mp3" }, 1, ".38 Special/Wait/What.mp3" },
        { { "AC/DC", "a / b", "", "1:2 <x> | \"y\"", "x.mp3" }, 1, "ACDC/a b/12 x y.mp3" },
        { { "Bj\xC3\xB6rk", "\xE6\x97\xA5\xE6\x9C\xAC", "", "\xF0\x9F\x8E\xB5", "x.mp3" },
          1,
          "Bj\xC3\xB6rk/\xE6\x97\xA5\xE6\x9C\xAC/\xF0\x9F\x8E\xB5.mp3" },
        { { "Motown", "Label", "07", "  a \t b  ", "x.mp3" }, 1, "Motown/Label/07 a b.mp3" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(path_of(&cases[i].name, cases[i].copy), cases[i].path);
}

static void a_track_number_is_digits_or_left_out(void **state)
{
    static const struct {
        const char *track, *path;
    } cases[] = {
        { "1", "A/B/01 T.mp3" },
        { "10", "A/B/10 T.mp3" },
        { "007", "A/B/07 T.mp3" },
        { "99999", "A/B/99999 T.mp3" },
        { "100000", "A/B/T.mp3" },
        { "0", "A/B/T.mp3" },
        { "00", "A/B/T.mp3" },
        { "0/9", "A/B/T.mp3" },
        { "/9", "A/B/T.mp3" },
        { "9/", "A/B/09 T.mp3" },
        { "9/../..", "A/B/09 T.mp3" },
        { "-1", "A/B/T.mp3" },
        { "+1", "A/B/T.mp3" },
        { " 1", "A/B/T.mp3" },
        { "1 ", "A/B/T.mp3" },
        { "A1", "A/B/T.mp3" },
        { "0x1", "A/B/T.mp3" },
        { "1.5", "A/B/T.mp3" },
        { "\xD9\xA1", "A/B/T.mp3" },
        { "\xFF", "A/B/T.mp3" },
        { "18446744073709551617", "A/B/T.mp3" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct song_name name = { "A", "B", cases[i].track, "T", "x.mp3" };

        assert_string_equal(path_of(&name, 1), cases[i].path);
    }
}

static void only_the_players_extensions_are_kept(void **state)
{
    static const struct {
        const char *file_name, *path;
    } cases[] = {
        { "x.MP3", "A/B/T.MP3" },
        { "x.exe", "A/B/T" },
        { "x.mp3.exe", "A/B/T" },
        { "x.exe.mp3", "A/B/T.mp3" },
        { "x.mp3 ", "A/B/T" },
        { "x.mp3.", "A/B/T" },
        { "x", "A/B/T" },
        { "x.mp3/y", "A/B/T" },
        { "x.mp3:s", "A/B/T" },
        { "", "A/B/T" },
        { "x.mp3\xE2\x80\xAE", "A/B/T" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct song_name name = { "A", "B", "", "T", cases[i].file_name };

        assert_string_equal(path_of(&name, 1), cases[i].path);
    }
}

/* Each as an artist: what comes out is this segment. */
static const struct {
    const char *raw, *clean;
} bad_names[] = {
    /* ways out */
    { ".", "Unknown Artist" },
    { "..", "Unknown Artist" },
    { " .. ", "Unknown Artist" },
    { ". . .", "Unknown Artist" },
    { "/", "Unknown Artist" },
    { "../../etc", "....etc" },
    { "..\\..\\x", "....x" },
    { ".\xE2\x80\xAE.", "Unknown Artist" },
    { "C:\\Windows", "CWindows" },
    { "\\\\server\\share", "servershare" },
    { "/etc/passwd", "etcpasswd" },
    /* characters */
    { "a\x01\x1F\x7F"
      "b",
      "ab" },
    { "a\xC2\x80\xC2\x9F"
      "b",
      "ab" },
    { "a\xD8\x9C\xE2\x80\x8E\xE2\x80\x8F\xE2\x80\xAA\xE2\x80\xAE\xE2\x81\xA6\xE2\x81\xA9"
      "b",
      "ab" },
    { "\xEF\xBB\xBF"
      "a\xE2\x80\xA8\xE2\x80\xA9"
      "b",
      "ab" },
    { "a\xEF\xB7\x90\xEF\xB7\xAF\xEF\xBF\xBE\xEF\xBF\xBF\xF0\x9F\xBF\xBF"
      "b",
      "ab" },
    { "a\xEF\xBF\xBD"
      "b",
      "a\xEF\xBF\xBD"
      "b" },
    { "a\xE2\x80\x8D"
      "b",
      "a\xE2\x80\x8D"
      "b" },
    { "e\xCC\x81", "e\xCC\x81" },
    /* blanks and dots */
    { "  a   b  ", "a b" },
    { "\xC2\xA0\xE3\x80\x80"
      "a\xE3\x80\x80",
      "a" },
    { "a\xE3\x80\x80 b", "a\xE3\x80\x80"
                         "b" },
    { "a. . ..", "a" },
    { "...a", "...a" },
    /* bytes that are no UTF-8 */
    { "a\xFF"
      "b",
      "a\xEF\xBF\xBD"
      "b" },
    { "\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD" },
    { "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
    { "a\xC3", "a\xEF\xBF\xBD" },
};

static void what_is_bad_in_a_name_goes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad_names); i++) {
        struct song_name name = { .artist = bad_names[i].raw, .album = bad_names[i].raw };
        struct text segment = { 0 };

        assert_ok(song_path_segment(&name, SONG_PART_ARTIST, 1, &segment));
        assert_string_equal(text_c(&segment), bad_names[i].clean);
        text_dispose(&segment);
    }
}

static void names_that_are_taken_get_an_underscore(void **state)
{
    static const struct {
        const char *raw, *clean;
    } cases[] = {
        { "CON", "CON_" },
        { "con", "con_" },
        { "Prn", "Prn_" },
        { "AUX.b.c", "AUX_.b.c" },
        { "nul .b", "nul_ .b" },
        { "NU:L", "NUL_" },
        { "CON.", "CON_" },
        { "COM0", "COM0_" },
        { "com9.x", "com9_.x" },
        { "LPT1", "LPT1_" },
        { "lpt\xC2\xB9", "lpt\xC2\xB9_" },
        { "COM\xC2\xB2", "COM\xC2\xB2_" },
        { "COM\xC2\xB3.x", "COM\xC2\xB3_.x" },
        { "CONIN$", "CONIN$_" },
        { "ConOut$.x", "ConOut$_.x" },
        { "library.db", "library_.db" },
        { "LIBRARY.DB-journal", "LIBRARY_.DB-journal" },
        { "Library.Db.part", "Library_.Db.part_" },
        { ".xbits", "_.xbits" },
        { ".XBITS-tmp", "_.XBITS-tmp" },
        { ".xbits.part", "_.xbits.part_" },
        { "song.part", "song.part_" },
        { "CON.PART", "CON_.PART_" },
        { ".part", ".part_" },
        /* and these are free */
        { "CONS", "CONS" },
        { "COM", "COM" },
        { "COM10", "COM10" },
        { "COMA", "COMA" },
        { "COM\xC2\xB4", "COM\xC2\xB4" },
        { "x.CON", "x.CON" },
        { "library", "library" },
        { "library db", "library db" },
        { "xbits", "xbits" },
        { "part", "part" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct song_name name = { .album = cases[i].raw };
        struct text segment = { 0 };

        assert_ok(song_path_segment(&name, SONG_PART_ALBUM, 1, &segment));
        assert_string_equal(text_c(&segment), cases[i].clean);
        text_dispose(&segment);
    }
}

static void a_title_that_is_taken_gets_its_underscore_before_the_extension(void **state)
{
    static const struct {
        struct song_name name;
        unsigned copy;
        const char *path;
    } cases[] = {
        { { "A", "B", "", "CON", "x.mp3" }, 1, "A/B/CON_.mp3" },
        { { "A", "B", "", "CON", "x.mp3" }, 2, "A/B/CON (2).mp3" },
        { { "A", "B", "1", "CON", "x.mp3" }, 1, "A/B/01 CON.mp3" },
        { { "A", "B", "", "nul.b", "x.mp3" }, 2, "A/B/nul_.b (2).mp3" },
        { { "A", "B", "", "library.db", "x.mp3" }, 1, "A/B/library_.db.mp3" },
        { { "A", "B", "", "song.part", "x.mp3" }, 1, "A/B/song.part.mp3" },
        { { "A", "B", "", "song.part", "x" }, 1, "A/B/song.part_" },
        { { "A", "B", "", "", "aux.mp3" }, 1, "A/B/aux_.mp3" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(path_of(&cases[i].name, cases[i].copy), cases[i].path);
}

static void directories_have_copies_too(void **state)
{
    static const struct song_name name = { .artist = "A.part", .album = "CON" };
    struct text segment = { 0 };

    (void)state;
    assert_ok(text_add(&segment, "A/"));
    assert_ok(song_path_segment(&name, SONG_PART_ARTIST, 2, &segment));
    assert_ok(text_add(&segment, "/"));
    assert_ok(song_path_segment(&name, SONG_PART_ALBUM, 3, &segment));

    assert_string_equal(text_c(&segment), "A/A.part (2)/CON (3)");
    text_dispose(&segment);
}

/* The text "<piece><piece>...", so many times. */
static char *repeat(const char *piece, size_t count)
{
    struct text text = { 0 };

    for (size_t i = 0; i < count; i++)
        assert_ok(text_add(&text, piece));
    return text_take(&text);
}

static size_t count_in(const char *text, const char *piece)
{
    size_t count = 0;

    for (; (text = strstr(text, piece)) != NULL; text += strlen(piece))
        count++;
    return count;
}

static void long_names_are_cut_at_a_character(void **state)
{
    static const struct {
        const char *piece;
        size_t artist, title; /* Pieces that are left of each. */
    } cases[] = {
        { "a", 100, 88 },               /* 100 units, less "07 " and " (10).mp3" */
        { "\xC3\xA9", 100, 88 },        /* 2 bytes, 1 unit: both limits at once */
        { "\xE6\x97\xA5", 66, 62 },     /* 3 bytes: 198 of 200 */
        { "\xF0\x9F\x8E\xB5", 50, 44 }, /* 2 units, never half of them */
        { "e\xCC\x81", 50, 44 },        /* 3 bytes, 2 units */
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char *text = repeat(cases[i].piece, 500);
        struct song_name name = { text, "B", "7", text, "x.mp3" };
        const char *path = path_of(&name, 10);
        const char *title = strrchr(path, '/');

        assert_safe_path(path);
        assert_int_equal(count_in(path, cases[i].piece) - count_in(title, cases[i].piece),
                         cases[i].artist);
        assert_int_equal(count_in(title, cases[i].piece), cases[i].title);
        assert_non_null(strstr(title, "/07 "));
        assert_string_equal(title + strlen(title) - 9, " (10).mp3");
        free(text);
    }
}

static void a_cut_leaves_no_blank_no_dot_and_no_taken_name(void **state)
{
    char *dots = repeat(".", 100);
    char *letters = repeat("a", 94);
    struct text names[5] = { { 0 } };

    (void)state;
    assert_ok(text_format(&names[0], "%saaaaa b", letters));     /* a blank is the last of 100 */
    assert_ok(text_format(&names[1], "%saaaa .. b", letters));   /* more than one thing */
    assert_ok(text_format(&names[2], "%sa", dots));              /* nothing would be left */
    assert_ok(text_format(&names[3], "%sa.partition", letters)); /* ends in ".part" when cut */
    assert_ok(text_format(&names[4], "CON.%s%s", letters, letters)); /* the underscore fits, too */
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct song_name name = { text_c(&names[i]), text_c(&names[i]), "", text_c(&names[i]),
                                  "x.mp3" };

        assert_safe_path(path_of(&name, 1));
        if (i == 2)
            assert_string_equal(path_of(&name, 1), "Unknown Artist/Unknown Album/x.mp3");
        if (i == 4)
            assert_true(text_starts_with(path_of(&name, 1), "CON_.aaa"));
        text_dispose(&names[i]);
    }
    free(letters);
    free(dots);
}

/* The parts of a path as the texts of a song, whose file has no extension: they are its path. */
static void assert_clean_stays(const char *path)
{
    char parts[1024];
    char *album;
    char *title;
    struct song_name name;

    text_copy_into(parts, sizeof(parts), path);
    album = strchr(parts, '/');
    *album++ = '\0';
    title = strchr(album, '/');
    *title++ = '\0';
    name = (struct song_name){ parts, album, "", title, "" };
    assert_string_equal(path_of(&name, 1), path);
}

static void no_song_gets_a_bad_name(void **state)
{
    static struct bad_song song;
    uint64_t first = test_seed();

    (void)state;
    for (uint64_t seed = first; seed < first + SEEDS; seed++) {
        struct random random;
        char path[1024];

        random_init(&random, seed);
        bad_song_make(&random, &song);
        text_copy_into(path, sizeof(path),
                       path_of(&song.name, 1 + (unsigned)random_below(&random, 12)));
        assert_safe_path(path);
        assert_clean_stays(path);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_song_is_put_under_its_artist_and_album),
        cmocka_unit_test(a_track_number_is_digits_or_left_out),
        cmocka_unit_test(only_the_players_extensions_are_kept),
        cmocka_unit_test(what_is_bad_in_a_name_goes),
        cmocka_unit_test(names_that_are_taken_get_an_underscore),
        cmocka_unit_test(a_title_that_is_taken_gets_its_underscore_before_the_extension),
        cmocka_unit_test(directories_have_copies_too),
        cmocka_unit_test(long_names_are_cut_at_a_character),
        cmocka_unit_test(a_cut_leaves_no_blank_no_dot_and_no_taken_name),
        cmocka_unit_test(no_song_gets_a_bad_name),
    };

    return run_tests("song path", tests);
}
