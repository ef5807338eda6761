/* SPDX-License-Identifier: MIT */
#include "store/download/download_source.h"

#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"

#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

static void a_medium_is_known_by_the_extension_of_the_path(void **state)
{
    static const struct {
        const char *url;
        const char *extension;
    } rows[] = {
        { "http://host/song.mp3", ".mp3" },
        { "https://host/a/b/SONG.WMA", ".wma" },
        { "HTTP://host:8080/film.wmv?token=1.ogg", ".wmv" },
        { "http://user:secret@host/stream.asf#part.txt", ".asf" },
        { "http://host/two.dots.mp3", ".mp3" },
        { "http://[::1]/song.mp3", ".mp3" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const char *extension = NULL;

        assert_ok(download_source_check(rows[i].url, &extension));
        assert_string_equal(extension, rows[i].extension);
    }
}

static void what_names_no_medium_is_told_by_its_content(void **state)
{
    static const char *const urls[] = {
        "http://host/song",         "http://host",          "http://host/",
        "http://host/get.asp?id=1", "http://host/get.ASPX", "http://host/get.php/",
        "http://host/a.ogg/song",   "http://host/song.",    "http://host?file=song.ogg",
        "http://host.ogg",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(urls); i++) {
        const char *extension = "";

        assert_ok(download_source_check(urls[i], &extension));
        assert_null(extension);
    }
}

static void what_is_refused_is_told_its_rule(void **state)
{
    static const struct {
        const char *url;
        const char *word;
    } rows[] = {
        { "", "no http or https" },
        { "song.mp3", "no http or https" },
        { "ftp://host/song.mp3", "no http or https" },
        { "file:///tmp/song.mp3", "no http or https" },
        { "javascript:alert(1)", "no http or https" },
        { "http:///song.mp3", "no host" },
        { "http://:80/song.mp3", "no host" },
        { "http://user@/song.mp3", "no host" },
        { "http://", "no host" },
        { "http://host/song.ogg", ".ogg" },
        { "http://host/song.mp3.exe2", ".exe2" },
        { "http://host/song.averyverylongextension", "only .asf" },
        { "http://host/s\xC3\xB6ng.mp3", "ASCII" },
        { "http://host/my song.mp3", "ASCII" },
        { "http://host/song\n.mp3", "ASCII" },
        { "http://host/song\x7F.mp3", "ASCII" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const char *extension = "untouched";

        assert_fails(XBITS_E_INVALIDARG, download_source_check(rows[i].url, &extension));
        assert_message(rows[i].word);
        assert_string_equal(extension, "untouched");
    }
}

static void a_password_is_not_told(void **state)
{
    const char *extension = NULL;

    (void)state;
    assert_fails(XBITS_E_INVALIDARG,
                 download_source_check("ftp://user:secret@host/song.mp3", &extension));

    assert_null(strstr(xbits_last_error()->message, "secret"));
}

static void a_person_knows_it_by_the_last_part_of_its_path(void **state)
{
    static const struct {
        const char *url;
        const char *name;
    } rows[] = {
        { "http://host/a/song.mp3?x=/y", "song.mp3" },
        { "http://host/a/", "" },
        { "http://host", "" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct text name = { 0 };

        assert_ok(download_source_name(rows[i].url, &name));
        assert_string_equal(text_c(&name), rows[i].name);
        text_dispose(&name);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_medium_is_known_by_the_extension_of_the_path),
        cmocka_unit_test(what_names_no_medium_is_told_by_its_content),
        cmocka_unit_test(what_is_refused_is_told_its_rule),
        cmocka_unit_test(a_password_is_not_told),
        cmocka_unit_test(a_person_knows_it_by_the_last_part_of_its_path),
    };

    return run_tests("download source", tests);
}
