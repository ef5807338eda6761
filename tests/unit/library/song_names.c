/* SPDX-License-Identifier: MIT */
#include "song_names.h"

#include <stdio.h>
#include <string.h>

#include "support/assert_result.h"
#include "support/cmocka.h"

#define SEPARATOR "/"

/* What a server, a tag or a job of somebody else might say. */
static const char *const pieces[] = {
    /* ways out */
    "../",
    "..",
    "/",
    "\\",
    "..\\",
    "./",
    ".",
    "...",
    "/etc/passwd",
    "C:",
    "C:\\",
    "c:/windows",
    "\\\\server\\share\\",
    "\\\\?\\C:\\",
    "\\\\.\\pipe\\",
    "//server/share/",
    "%2e%2e%2f",
    "~/",
    "$HOME",
    "`id`",
    ":stream",
    "file:///",
    "a/../../b",
    /* names that are taken */
    "CON",
    "con",
    "Prn",
    "AUX",
    "nul",
    "COM1",
    "com0",
    "LPT9",
    "LPT\xC2\xB9",
    "com\xC2\xB3",
    "CONIN$",
    "conout$",
    "library.db",
    "LIBRARY.DB-wal",
    ".xbits",
    ".XBits-1",
    ".part",
    ".PART",
    /* characters that steer */
    "\t",
    "\n",
    "\r",
    "\x1B[2J",
    "\x7F",
    "\x01",
    "\xC2\x80",
    "\xC2\x85",
    "\xC2\x9B",
    "\xD8\x9C",
    "\xE2\x80\x8E",
    "\xE2\x80\x8F",
    "\xE2\x80\xAA",
    "\xE2\x80\xAE",
    "\xE2\x81\xA6",
    "\xE2\x81\xA9",
    "\xE2\x80\xA8",
    "\xE2\x80\xA9",
    "\xEF\xBB\xBF",
    "\xEF\xBF\xBE",
    "\xEF\xBF\xBF",
    "\xEF\xB7\x90",
    "\xF0\x9F\xBF\xBE",
    "\xEF\xBF\xBD",
    /* blanks, and what is refused by Windows */
    " ",
    "   ",
    "\xC2\xA0",
    "\xE3\x80\x80",
    "\xE2\x80\x83",
    "*",
    "?",
    "\"",
    "<",
    ">",
    "|",
    /* what is no UTF-8: overlong, half a pair, cut off, not a character */
    "\xC0\xAF",
    "\xE0\x80\xAF",
    "\xED\xA0\x80",
    "\xED\xB0\x80",
    "\xF0\x9F",
    "\xFF",
    "\x80",
    "\xC3",
    "\xF4\x90\x80\x80",
    /* letters */
    "a",
    "Harbor",
    "e\xCC\x81",
    "\xCC\x81",
    "\xC3\xA9",
    "\xE6\x97\xA5\xE6\x9C\xAC",
    "\xF0\x9F\x8E\xB5",
    "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x8E\xA4",
    ".mp3",
    ".Wma",
    ".exe",
    "7",
    "07/12",
};

static void add(char *text, const char *piece)
{
    size_t length = strlen(text);

    if (length + strlen(piece) < SONG_TEXT_SIZE)
        memcpy(text + length, piece, strlen(piece) + 1);
}

static void add_piece(struct random *random, char *text)
{
    const char *piece = pieces[random_below(random, sizeof(pieces) / sizeof(pieces[0]))];
    char byte[2] = { (char)(1 + random_below(random, 255)), '\0' };
    uint64_t kind = random_below(random, 24);

    if (kind == 0) {
        for (int i = 0; i < 500; i++)
            add(text, piece);
    } else {
        add(text, kind < 4 ? byte : piece);
    }
}

void bad_song_make(struct random *random, struct bad_song *song)
{
    for (size_t i = 0; i < sizeof(song->texts) / sizeof(song->texts[0]); i++) {
        uint64_t count = random_below(random, 10);

        song->texts[i][0] = '\0';
        for (uint64_t piece = 0; piece < count; piece++)
            add_piece(random, song->texts[i]);
    }
    if (random_below(random, 2) == 0)
        add(song->texts[4], ".mp3");
    song->name = (struct song_name){ song->texts[0], song->texts[1], song->texts[2], song->texts[3],
                                     song->texts[4] };
}

/* Says it in another way than song_path.c does: by what must not be in the text. */
static const char *const never[] = {
    "/",
    "\\",
    ":",
    "*",
    "?",
    "\"",
    "<",
    ">",
    "|",
    "\x7F",
    "\xD8\x9C",
    "\xE2\x80\x8E",
    "\xE2\x80\x8F",
    "\xE2\x80\xA8",
    "\xE2\x80\xA9",
    "\xE2\x80\xAA",
    "\xE2\x80\xAB",
    "\xE2\x80\xAC",
    "\xE2\x80\xAD",
    "\xE2\x80\xAE",
    "\xE2\x81\xA6",
    "\xE2\x81\xA7",
    "\xE2\x81\xA8",
    "\xE2\x81\xA9",
    "\xEF\xBB\xBF",
    "\xEF\xBF\xBE",
    "\xEF\xBF\xBF",
    "\xEF\xB7\x90",
    "\xEF\xB7\xAF",
    "\xF0\x9F\xBF\xBE",
    "\xF4\x8F\xBF\xBF",
    "  ",
};

static const char *const devices[] = {
    "CON",  "PRN",         "AUX",         "NUL",         "CONIN$",      "CONOUT$", "COM0",
    "COM1", "COM2",        "COM3",        "COM4",        "COM5",        "COM6",    "COM7",
    "COM8", "COM9",        "COM\xC2\xB9", "COM\xC2\xB2", "COM\xC2\xB3", "LPT0",    "LPT1",
    "LPT2", "LPT3",        "LPT4",        "LPT5",        "LPT6",        "LPT7",    "LPT8",
    "LPT9", "LPT\xC2\xB9", "LPT\xC2\xB2", "LPT\xC2\xB3",
};

static void assert_no_control(const char *segment)
{
    for (const unsigned char *byte = (const unsigned char *)segment; *byte != '\0'; byte++) {
        if (*byte < ' ' || (byte[0] == 0xC2 && byte[1] >= 0x80 && byte[1] < 0xA0))
            fail_msg("\"%s\" has a control character", segment);
    }
}

static void assert_no_device(const char *segment)
{
    char stem[256];

    text_copy_into(stem, sizeof(stem), segment);
    stem[strcspn(stem, ".")] = '\0';
    while (stem[0] != '\0' && stem[strlen(stem) - 1] == ' ')
        stem[strlen(stem) - 1] = '\0';
    for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]); i++) {
        if (text_equal_ignoring_case(stem, devices[i]))
            fail_msg("\"%s\" is a device", segment);
    }
}

static void assert_not_ours(const char *segment)
{
    size_t length = strlen(segment);

    if (text_starts_with_ignoring_case(segment, "library.db") ||
        text_starts_with_ignoring_case(segment, ".xbits") ||
        (length >= 5 && text_equal_ignoring_case(segment + length - 5, ".part")))
        fail_msg("\"%s\" is a name of the library's own", segment);
}

static void assert_ends(const char *segment)
{
    static const char *const blanks[] = { " ", "\xC2\xA0", "\xE3\x80\x80", "\xE2\x80\x83" };
    size_t length = strlen(segment);

    for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++) {
        size_t size = strlen(blanks[i]);

        if (text_starts_with(segment, blanks[i]) ||
            (length >= size && strcmp(segment + length - size, blanks[i]) == 0))
            fail_msg("\"%s\" has a blank at an end", segment);
    }
    if (length == 0 || segment[length - 1] == '.')
        fail_msg("\"%s\" is empty or ends in a dot", segment);
}

void assert_safe_segment(const char *segment)
{
    if (!text_is_utf8(segment))
        fail_msg("\"%s\" is not UTF-8", segment);
    if (text_utf16_length(segment) > 100 || strlen(segment) > 200)
        fail_msg("\"%s\" is too long", segment);
    for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
        if (strstr(segment, never[i]) != NULL)
            fail_msg("\"%s\" has \"%s\"", segment, never[i]);
    }
    assert_no_control(segment);
    assert_ends(segment);
    assert_no_device(segment);
    assert_not_ours(segment);
}

void assert_safe_path(const char *path)
{
    char segment[1024];
    unsigned count = 0;

    for (const char *place = path;; place++) {
        size_t length = strcspn(place, SEPARATOR);

        assert_in_range(length, 1, sizeof(segment) - 1);
        memcpy(segment, place, length);
        segment[length] = '\0';
        assert_safe_segment(segment);
        count++;
        place += length;
        if (*place == '\0')
            break;
    }
    assert_int_equal(count, 3);
}

const char *path_of(const struct song_name *name, unsigned copy)
{
    static char path[1024];
    struct text text = { 0 };

    assert_ok(song_path(name, copy, &text));
    assert_in_range(text.length, 5, sizeof(path) - 1);
    text_copy_into(path, sizeof(path), text_c(&text));
    text_dispose(&text);
    return path;
}
