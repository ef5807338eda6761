/* SPDX-License-Identifier: MIT */
#include "script/player_control.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "script/player_media.h"
#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/script/fake_engine.h"

#define SONG "http://host/songs/tide.mp3?buyer=7"

struct fixture {
    struct js_engine engine;
    struct host host;
    struct text told; /* A line each. */
};

static void note(const char *text, void *user)
{
    struct fixture *fixture = user;

    assert_ok(text_format(&fixture->told, "%s\n", text));
}

static int set_up(void **state)
{
    static struct fixture fixture;
    const struct player_control_options options = { .version = "12.0.7601.17514",
                                                    .tell = note,
                                                    .user = &fixture };

    fixture = (struct fixture){ .host.engine = &fixture.engine };
    assert_ok(player_control_new(&options, &fixture.host.control));
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    player_control_free(fixture->host.control);
    text_dispose(&fixture->told);
    return 0;
}

static struct js_value get(struct fixture *fixture, const char *name)
{
    return fake_get(&fixture->host, player_control_object(), name);
}

static struct js_object part(struct fixture *fixture, const char *name)
{
    const struct js_value value = get(fixture, name);

    assert_int_equal(value.kind, JS_OBJECT);
    return value.as.object;
}

static xbits_result put(struct fixture *fixture, struct js_object object, const char *name,
                        struct js_value value)
{
    const struct fake_use use = { object, name, JS_PUT, &value, 1 };

    return fake_invoke(&fixture->host, &use, NULL);
}

static xbits_result put_url(struct fixture *fixture, const char *url)
{
    return put(fixture, player_control_object(), "URL", js_text(url));
}

/* Arguments up to the first that is UNDEFINED. */
static xbits_result call(struct fixture *fixture, struct js_object object, const char *name,
                         const struct js_value arguments[4], struct js_value *value_out)
{
    struct fake_use use = { object, name, JS_CALL, arguments, 0 };

    while (arguments != NULL && arguments[use.argument_count].kind != JS_UNDEFINED)
        use.argument_count++;
    return fake_invoke(&fixture->host, &use, value_out);
}

static void press(struct fixture *fixture, const char *button)
{
    assert_ok(call(fixture, part(fixture, "controls"), button, NULL, NULL));
}

static xbits_result set_info(struct fixture *fixture, const char *name, const char *value)
{
    const struct js_value arguments[4] = { js_text(name), js_text(value) };

    return call(fixture, part(fixture, "currentMedia"), "setItemInfo", arguments, NULL);
}

/* Valid until the next call. */
static const char *info(struct fixture *fixture, const char *name)
{
    const struct js_value arguments[4] = { js_text(name) };
    struct js_value value;

    assert_ok(call(fixture, part(fixture, "currentMedia"), "getItemInfo", arguments, &value));
    return value.as.text.bytes;
}

static void names_are_known_in_any_case(void **state)
{
    struct fixture *fixture = *state;

    assert_string_equal(fake_get_text(&fixture->host, player_control_object(), "VERSIONINFO"),
                        "12.0.7601.17514");
    assert_string_equal(fake_get_text(&fixture->host, player_control_object(), "uimode"), "full");
    assert_false(fake_has(&fixture->host, player_control_object(), "settings", JS_GET));
    assert_false(fake_has(&fixture->host, player_control_object(), "playState", JS_PUT));
    assert_string_equal(fake_names(&fixture->host, player_control_object()),
                        "URL uiMode playState versionInfo controls currentMedia mediaCollection");
    assert_string_equal(fake_names(&fixture->host, part(fixture, "controls")), "play pause stop");
}

/* function Player::PlayStateChange() is put to the element that the control is. */
static void only_the_control_itself_takes_what_a_script_adds(void **state)
{
    struct fixture *fixture = *state;

    assert_true(player_control_object().object_class->takes_expandos);
    assert_false(part(fixture, "controls").object_class->takes_expandos);
}

static void there_is_no_media_until_an_address_is_set(void **state)
{
    struct fixture *fixture = *state;

    assert_int_equal(get(fixture, "currentMedia").kind, JS_NULL);
    assert_string_equal(fake_get_text(&fixture->host, player_control_object(), "URL"), "");

    assert_ok(put_url(fixture, SONG));
    assert_string_equal(fake_get_text(&fixture->host, part(fixture, "currentMedia"), "sourceURL"),
                        SONG);
    assert_string_equal(fake_get_text(&fixture->host, player_control_object(), "url"), SONG);
    assert_true(fake_get(&fixture->host, part(fixture, "currentMedia"), "duration").as.number == 0);

    assert_ok(put_url(fixture, ""));
    assert_int_equal(get(fixture, "currentMedia").kind, JS_NULL);
}

static void the_play_state_follows_the_buttons(void **state)
{
    static const struct {
        const char *button; /* NULL: the address is set. */
        double state;
    } steps[] = {
        { "play", 0 },  { "stop", 0 }, { "pause", 0 }, { NULL, 3 },   { "pause", 2 },
        { "pause", 2 }, { "play", 3 }, { "pause", 2 }, { "stop", 1 }, { "pause", 1 },
        { "play", 3 },  { "stop", 1 }, { NULL, 3 },
    };
    struct fixture *fixture = *state;

    assert_true(get(fixture, "playState").as.number == 0);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (steps[i].button == NULL)
            assert_ok(put_url(fixture, SONG));
        else
            press(fixture, steps[i].button);
        assert_true(get(fixture, "playState").as.number == steps[i].state);
    }
}

static void puts_and_calls_are_told_and_reads_are_not(void **state)
{
    struct fixture *fixture = *state;
    const struct js_value title[4] = { js_text("Title"), js_text(""), js_number(0) };
    const struct js_value other[4] = { js_text("http://host/b.mp3") };
    struct js_value media;

    assert_ok(put(fixture, player_control_object(), "uiMode", js_text("invisible")));
    assert_ok(put_url(fixture, SONG));
    press(fixture, "play");
    assert_ok(call(fixture, part(fixture, "currentMedia"), "getItemInfoByType", title, NULL));
    assert_ok(call(fixture, part(fixture, "mediaCollection"), "add", other, &media));
    assert_ok(put(fixture, media.as.object, "name", js_number(4711)));

    assert_string_equal(text_c(&fixture->told),
                        "uiMode = invisible\n"
                        "URL = " SONG "\n"
                        "controls.play()\n"
                        "currentMedia.getItemInfoByType(\"Title\", \"\", 0)\n"
                        "mediaCollection.add(\"http://host/b.mp3\")\n"
                        "media.name = 4711\n");
}

static void what_is_told_is_one_printable_line(void **state)
{
    struct fixture *fixture = *state;

    assert_ok(put_url(fixture, "http://host/\n\033[2J.mp3"));

    assert_string_equal(text_c(&fixture->told), "URL = http://host/??[2J.mp3\n");
}

static void a_title_is_that_of_the_address_until_it_is_set(void **state)
{
    static const struct {
        const char *url;
        const char *title;
    } cases[] = {
        { SONG, "tide" },
        { "http://host/a.b.wma#x", "a.b" },
        { "http://host/stream", "stream" },
        { "http://host/.mp3", ".mp3" },
        { "http://host/", "" },
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_ok(put_url(fixture, cases[i].url));
        assert_string_equal(info(fixture, "Title"), cases[i].title);
        assert_string_equal(info(fixture, "SourceURL"), cases[i].url);
        assert_string_equal(info(fixture, "Author"), "");
    }
    assert_ok(put_url(fixture, SONG));
    assert_ok(set_info(fixture, "Title", "Ebb"));
    assert_ok(set_info(fixture, "Title", "Tide"));
    assert_ok(set_info(fixture, "Author", "The Gulls"));

    assert_string_equal(info(fixture, "Title"), "Tide");
    assert_string_equal(fake_get_text(&fixture->host, part(fixture, "currentMedia"), "name"),
                        "Tide");
    assert_string_equal(info(fixture, "Author"), "The Gulls");
}

static void what_was_set_belongs_to_its_address(void **state)
{
    struct fixture *fixture = *state;

    assert_ok(put_url(fixture, SONG));
    assert_ok(set_info(fixture, "Title", "Tide"));
    assert_ok(put_url(fixture, "http://host/other.mp3"));
    assert_string_equal(info(fixture, "Title"), "other");

    assert_ok(put_url(fixture, SONG));
    assert_string_equal(info(fixture, "Title"), "Tide");
}

static void a_page_cannot_store_without_end(void **state)
{
    struct fixture *fixture = *state;
    char long_text[PLAYER_MEDIA_TEXT_MAXIMUM + 2];
    char url[64];

    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    for (int i = 0; i < PLAYER_MEDIA_MAXIMUM; i++) {
        snprintf(url, sizeof url, "http://host/%d.mp3", i);
        assert_ok(put_url(fixture, url));
    }
    assert_fails(XBITS_E_INVALIDARG, put_url(fixture, SONG));
    assert_int_equal(get(fixture, "currentMedia").kind, JS_NULL);
    assert_ok(put_url(fixture, url));
    assert_fails(XBITS_E_INVALIDARG, set_info(fixture, "Title", long_text));
    assert_fails(XBITS_E_INVALIDARG, put_url(fixture, long_text));
    for (int i = 0; i < PLAYER_INFOS_MAXIMUM; i++) {
        snprintf(url, sizeof url, "a%d", i);
        assert_ok(set_info(fixture, url, ""));
    }
    assert_fails(XBITS_E_INVALIDARG, set_info(fixture, "Title", "one more"));
}

static void arguments_are_counted_and_made_into_texts(void **state)
{
    struct fixture *fixture = *state;
    const struct js_value one[4] = { js_text("Title") };
    const struct js_value object = { .kind = JS_OTHER };

    assert_ok(put_url(fixture, SONG));
    assert_fails(XBITS_DISP_E_BADPARAMCOUNT,
                 call(fixture, part(fixture, "controls"), "play", one, NULL));
    assert_fails(XBITS_DISP_E_BADPARAMCOUNT,
                 call(fixture, part(fixture, "currentMedia"), "setItemInfo", one, NULL));
    assert_fails(XBITS_DISP_E_TYPEMISMATCH, put(fixture, player_control_object(), "URL", object));
    assert_ok(put(fixture, player_control_object(), "uiMode", js_bool(true)));
    assert_string_equal(fake_get_text(&fixture->host, player_control_object(), "uiMode"), "true");
}

#define TEST(body) cmocka_unit_test_setup_teardown(body, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(names_are_known_in_any_case),
        TEST(only_the_control_itself_takes_what_a_script_adds),
        TEST(there_is_no_media_until_an_address_is_set),
        TEST(the_play_state_follows_the_buttons),
        TEST(puts_and_calls_are_told_and_reads_are_not),
        TEST(what_is_told_is_one_printable_line),
        TEST(a_title_is_that_of_the_address_until_it_is_set),
        TEST(what_was_set_belongs_to_its_address),
        TEST(a_page_cannot_store_without_end),
        TEST(arguments_are_counted_and_made_into_texts),
    };

    return run_tests("player_control", tests);
}
