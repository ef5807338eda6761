/* SPDX-License-Identifier: MIT */
#include "script/player_control.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "script/player_media.h"

/* WMPPlayState: those that a control can have that decodes nothing. */
enum play_state { PLAY_UNDEFINED = 0, PLAY_STOPPED = 1, PLAY_PAUSED = 2, PLAY_PLAYING = 3 };

enum control_object { PLAYER, CONTROLS, MEDIA, MEDIA_COLLECTION };
#define CONTROL_OBJECT_COUNT 4
#define CONTROL_ARGUMENTS    3

struct player_control {
    struct player_control_options options;
    char *version;
    char *ui_mode;
    enum play_state state;
    bool has_media;
    uint32_t current; /* With has_media. */
    struct player_media *media;
    struct text result; /* Of the last use. */
};

/* A use of one member, its arguments as the member takes them. */
struct control_use {
    struct player_control *control;
    struct js_use *use;
    uint32_t number; /* Of the media that it is called on. */
    struct text texts[CONTROL_ARGUMENTS];
};

struct control_member {
    enum control_object object;
    const char *name;
    unsigned uses;
    unsigned argument_count; /* Of a call. */
    xbits_result (*invoke)(struct control_use *use);
};

static const struct js_class classes[CONTROL_OBJECT_COUNT]; /* The rows are at the end. */

static struct player_control *control_of(void *host)
{
    const struct host *page_host = host;

    return page_host->control;
}

/* A handle says what its object is: above which, below the media's number. */
static struct js_value control_object(enum control_object object, uint32_t number)
{
    return js_object(&classes[object], (uint64_t)object << 32 | number);
}

static enum control_object object_of_handle(uint64_t handle)
{
    return (enum control_object)(handle >> 32);
}

static bool is_put(const struct control_use *use)
{
    return use->use->use == JS_PUT;
}

/* A control starts by itself (settings.autoStart is true). */
static xbits_result open_url(struct player_control *control, const char *url)
{
    control->has_media = false;
    control->state = PLAY_UNDEFINED;
    if (url[0] == '\0')
        return XBITS_S_OK;
    TRY(player_media_add(control->media, url, &control->current));
    control->has_media = true;
    control->state = PLAY_PLAYING;
    return XBITS_S_OK;
}

static xbits_result use_url(struct control_use *use)
{
    const struct player_control *control = use->control;

    if (is_put(use))
        return open_url(use->control, text_c(&use->texts[0]));
    use->use->result =
        js_text(control->has_media ? player_media_url(control->media, control->current) : "");
    return XBITS_S_OK;
}

static xbits_result use_ui_mode(struct control_use *use)
{
    if (is_put(use))
        return text_replace(&use->control->ui_mode, text_c(&use->texts[0]));
    use->use->result = js_text(use->control->ui_mode);
    return XBITS_S_OK;
}

static xbits_result use_play_state(struct control_use *use)
{
    use->use->result = js_number(use->control->state);
    return XBITS_S_OK;
}

static xbits_result use_version_info(struct control_use *use)
{
    use->use->result = js_text(use->control->version);
    return XBITS_S_OK;
}

static xbits_result use_controls(struct control_use *use)
{
    use->use->result = control_object(CONTROLS, 0);
    return XBITS_S_OK;
}

static xbits_result use_current_media(struct control_use *use)
{
    use->use->result.kind = JS_NULL;
    if (use->control->has_media)
        use->use->result = control_object(MEDIA, use->control->current);
    return XBITS_S_OK;
}

static xbits_result use_media_collection(struct control_use *use)
{
    use->use->result = control_object(MEDIA_COLLECTION, 0);
    return XBITS_S_OK;
}

static xbits_result use_play(struct control_use *use)
{
    if (use->control->has_media)
        use->control->state = PLAY_PLAYING;
    return XBITS_S_OK;
}

static xbits_result use_pause(struct control_use *use)
{
    if (use->control->state == PLAY_PLAYING)
        use->control->state = PLAY_PAUSED;
    return XBITS_S_OK;
}

static xbits_result use_stop(struct control_use *use)
{
    if (use->control->has_media)
        use->control->state = PLAY_STOPPED;
    return XBITS_S_OK;
}

static xbits_result show_info(struct control_use *use, const char *name)
{
    struct player_control *control = use->control;

    text_clear(&control->result);
    TRY(player_media_add_info(control->media, use->number, name, &control->result));
    use->use->result = js_text(text_c(&control->result));
    return XBITS_S_OK;
}

static xbits_result use_name(struct control_use *use)
{
    if (is_put(use))
        return player_media_set_info(use->control->media, use->number, "Title",
                                     text_c(&use->texts[0]));
    return show_info(use, "Title");
}

/* Nothing is decoded, so nobody knows. */
static xbits_result use_duration(struct control_use *use)
{
    use->use->result = js_number(0);
    return XBITS_S_OK;
}

static xbits_result use_source_url(struct control_use *use)
{
    use->use->result = js_text(player_media_url(use->control->media, use->number));
    return XBITS_S_OK;
}

static xbits_result use_get_item_info(struct control_use *use)
{
    return show_info(use, text_c(&use->texts[0]));
}

static xbits_result use_set_item_info(struct control_use *use)
{
    return player_media_set_info(use->control->media, use->number, text_c(&use->texts[0]),
                                 text_c(&use->texts[1]));
}

static xbits_result use_add(struct control_use *use)
{
    uint32_t number;

    TRY(player_media_add(use->control->media, text_c(&use->texts[0]), &number));
    use->use->result = control_object(MEDIA, number);
    return XBITS_S_OK;
}

static const struct control_member members[] = {
    { PLAYER, "URL", JS_GET | JS_PUT, 0, use_url },
    { PLAYER, "uiMode", JS_GET | JS_PUT, 0, use_ui_mode },
    { PLAYER, "playState", JS_GET, 0, use_play_state },
    { PLAYER, "versionInfo", JS_GET, 0, use_version_info },
    { PLAYER, "controls", JS_GET, 0, use_controls },
    { PLAYER, "currentMedia", JS_GET, 0, use_current_media },
    { PLAYER, "mediaCollection", JS_GET, 0, use_media_collection },
    { CONTROLS, "play", JS_CALL, 0, use_play },
    { CONTROLS, "pause", JS_CALL, 0, use_pause },
    { CONTROLS, "stop", JS_CALL, 0, use_stop },
    { MEDIA, "name", JS_GET | JS_PUT, 0, use_name },
    { MEDIA, "duration", JS_GET, 0, use_duration },
    { MEDIA, "sourceURL", JS_GET, 0, use_source_url },
    { MEDIA, "getItemInfo", JS_CALL, 1, use_get_item_info },
    { MEDIA, "getItemInfoByType", JS_CALL, 3, use_get_item_info },
    { MEDIA, "setItemInfo", JS_CALL, 2, use_set_item_info },
    { MEDIA_COLLECTION, "add", JS_CALL, 1, use_add },
};
#define MEMBER_COUNT (sizeof members / sizeof members[0])

static bool find(void *host, uint64_t handle, const char *name, struct js_member *member_out)
{
    (void)host;
    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        if (members[i].object != object_of_handle(handle) ||
            !text_equal_ignoring_case(members[i].name, name))
            continue;
        member_out->uses = members[i].uses;
        member_out->id = (uintptr_t)&members[i];
        return true;
    }
    return false;
}

static const char *name_at(void *host, uint64_t handle, size_t index)
{
    (void)host;
    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        if (members[i].object == object_of_handle(handle) && index-- == 0)
            return members[i].name;
    }
    return NULL;
}

/* As automation makes a BSTR of it. */
static xbits_result add_argument(struct js_engine *engine, const struct js_value *value,
                                 struct text *text)
{
    switch (value->kind) {
    case JS_UNDEFINED:
    case JS_NULL:
        return XBITS_S_OK;
    case JS_BOOL:
    case JS_NUMBER:
        return text_add(text, js_show(engine, value));
    case JS_TEXT:
        if (value->as.text.length > PLAYER_MEDIA_TEXT_MAXIMUM)
            return xbits_fail(XBITS_E_INVALIDARG, "a text of %zu bytes is longer than %d",
                              value->as.text.length, PLAYER_MEDIA_TEXT_MAXIMUM);
        return text_add(text, value->as.text.bytes);
    case JS_OBJECT:
    case JS_FUNCTION:
    case JS_OTHER:
        break;
    }
    return xbits_fail(XBITS_DISP_E_TYPEMISMATCH, "an object is no text");
}

static const char *prefix_of(const struct control_use *use)
{
    static const char *const prefixes[] = { [PLAYER] = "",
                                            [CONTROLS] = "controls.",
                                            [MEDIA] = "media.",
                                            [MEDIA_COLLECTION] = "mediaCollection." };
    const enum control_object object = object_of_handle(use->use->self.handle);

    if (object == MEDIA && use->control->has_media && use->control->current == use->number)
        return "currentMedia.";
    return prefixes[object];
}

/* "URL = http://host/a.mp3", "currentMedia.setItemInfo("Title", "Tide")" */
static xbits_result describe(const struct control_use *use, struct text *line)
{
    const struct control_member *member = (const struct control_member *)use->use->member.id;
    const struct js_value *arguments = use->use->arguments;

    TRY(text_format(line, "%s%s", prefix_of(use), member->name));
    if (is_put(use))
        return text_format(line, " = %s", text_c(&use->texts[0]));
    TRY(text_add(line, "("));
    for (size_t i = 0; i < use->use->argument_count; i++) {
        const char *quote = arguments[i].kind == JS_TEXT ? "\"" : "";

        TRY(text_format(line, "%s%s%s%s", i > 0 ? ", " : "", quote, text_c(&use->texts[i]), quote));
    }
    return text_add(line, ")");
}

static xbits_result tell(const struct control_use *use)
{
    const struct player_control_options *options = &use->control->options;
    struct text line = { 0 };
    xbits_result result;

    if (use->use->use == JS_GET || options->tell == NULL)
        return XBITS_S_OK;
    result = describe(use, &line);
    if (XBITS_SUCCEEDED(result))
        options->tell(text_make_printable(line.data), options->user);
    text_dispose(&line);
    return result;
}

static xbits_result read_arguments(struct control_use *use, const struct control_member *member)
{
    const struct js_use *js = use->use;
    const size_t count = js->use == JS_CALL ? member->argument_count : js->use == JS_PUT;

    if (js->argument_count != count)
        return xbits_fail(XBITS_DISP_E_BADPARAMCOUNT, "%s takes %zu arguments, not %zu",
                          member->name, count, js->argument_count);
    for (size_t i = 0; i < count; i++)
        TRY(add_argument(js->engine, &js->arguments[i], &use->texts[i]));
    return XBITS_S_OK;
}

static xbits_result run(struct control_use *use, const struct control_member *member)
{
    TRY(read_arguments(use, member));
    TRY(member->invoke(use));
    return tell(use);
}

static xbits_result invoke(void *host, struct js_use *use)
{
    struct control_use control_use = { .control = control_of(host),
                                       .use = use,
                                       .number = (uint32_t)use->self.handle };
    const xbits_result result = run(&control_use, (const struct control_member *)use->member.id);

    for (size_t i = 0; i < CONTROL_ARGUMENTS; i++)
        text_dispose(&control_use.texts[i]);
    return result;
}

#define CLASS_ROW(class_name, is_element)                                                          \
    {                                                                                              \
        .name = (class_name), .takes_expandos = (is_element), .find = find, .invoke = invoke,      \
        .name_at = name_at                                                                         \
    }
/* The control is an element of the page: function Player::PlayStateChange() may be put to it, and
 * is not called, because nothing is played. */
static const struct js_class classes[CONTROL_OBJECT_COUNT] = {
    [PLAYER] = CLASS_ROW("Player", true),
    [CONTROLS] = CLASS_ROW("Controls", false),
    [MEDIA] = CLASS_ROW("Media", false),
    [MEDIA_COLLECTION] = CLASS_ROW("MediaCollection", false),
};

xbits_result player_control_new(const struct player_control_options *options,
                                struct player_control **control_out)
{
    struct player_control *control = calloc(1, sizeof *control);
    xbits_result result;

    if (control == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the Player control of a page");
    control->options = *options;
    result = text_copy(options->version, &control->version);
    if (XBITS_SUCCEEDED(result))
        result = text_copy("full", &control->ui_mode);
    if (XBITS_SUCCEEDED(result))
        result = player_media_new(&control->media);
    if (XBITS_FAILED(result)) {
        player_control_free(control);
        return result;
    }
    *control_out = control;
    return XBITS_S_OK;
}

void player_control_free(struct player_control *control)
{
    if (control == NULL)
        return;
    player_media_free(control->media);
    text_dispose(&control->result);
    free(control->version);
    free(control->ui_mode);
    free(control);
}

struct js_object player_control_object(void)
{
    return control_object(PLAYER, 0).as.object;
}
