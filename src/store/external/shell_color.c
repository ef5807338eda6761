/* SPDX-License-Identifier: MIT */
#include "store/external/shell.h"

#include <stdio.h>
#include <string.h>

#include "base/argument.h"

#define DEFAULT_COLOR "#7C9AD6"
#define CHANNELS      3
#define WHITE         255

/* How each colour follows from the light one, in percent: up to 100 a shade of it, above that so
 * much of the way to white. No source says how the Player does it. */
static const unsigned brightness[XBITS_COLOR_COUNT] = {
    [XBITS_COLOR_LIGHT] = 100,        [XBITS_COLOR_MEDIUM] = 80,
    [XBITS_COLOR_DARK] = 55,          [XBITS_COLOR_BUTTON_HIGHLIGHT] = 160,
    [XBITS_COLOR_BUTTON_SHADOW] = 40, [XBITS_COLOR_BUTTON_HOVER_FACE] = 130,
};

static bool parse_digit(char character, unsigned *digit_out)
{
    static const char digits[] = "0123456789ABCDEFabcdef";
    const char *found = character != '\0' ? strchr(digits, character) : NULL;

    if (found == NULL)
        return false;
    *digit_out = (unsigned)(found - digits);
    if (*digit_out >= 16)
        *digit_out -= 6;
    return true;
}

static bool parse_color(const char *text, unsigned channels[CHANNELS])
{
    unsigned high;
    unsigned low;

    if (text[0] != '#' || strlen(text) != COLOR_TEXT_SIZE - 1)
        return false;
    for (size_t i = 0; i < CHANNELS; i++) {
        if (!parse_digit(text[1 + 2 * i], &high) || !parse_digit(text[2 + 2 * i], &low))
            return false;
        channels[i] = high * 16 + low;
    }
    return true;
}

static unsigned brighten(unsigned channel, unsigned percent)
{
    if (percent <= 100)
        return channel * percent / 100;
    return channel + (WHITE - channel) * (percent - 100) / 100;
}

static void derive(struct shell_colors *colors, const unsigned light[CHANNELS])
{
    for (size_t i = 0; i < XBITS_COLOR_COUNT; i++) {
        snprintf(colors->text[i], COLOR_TEXT_SIZE, "#%02X%02X%02X",
                 brighten(light[0], brightness[i]) & 0xFFu,
                 brighten(light[1], brightness[i]) & 0xFFu,
                 brighten(light[2], brightness[i]) & 0xFFu);
    }
}

void shell_colors_init(struct shell_colors *colors)
{
    unsigned channels[CHANNELS] = { 0 };

    (void)parse_color(DEFAULT_COLOR, channels);
    derive(colors, channels);
}

const char *xbits_shell_color(const struct xbits_shell *shell, enum xbits_color color)
{
    return (unsigned)color < XBITS_COLOR_COUNT ? shell->colors.text[color] : "";
}

void shell_listen(struct xbits_shell *shell, struct color_listener *listener)
{
    listener->seen = shell->colors.changes;
    listener->next = shell->colors.listeners;
    shell->colors.listeners = listener;
}

void shell_stop_listening(struct xbits_shell *shell, struct color_listener *listener)
{
    struct color_listener **place = &shell->colors.listeners;

    while (*place != NULL && *place != listener)
        place = &(*place)->next;
    if (*place != NULL)
        *place = listener->next;
}

static struct color_listener *find_untold(const struct shell_colors *colors)
{
    struct color_listener *listener = colors->listeners;

    while (listener != NULL && listener->seen == colors->changes)
        listener = listener->next;
    return listener;
}

/* A listener may stop, start or recolour inside the call: the list is looked through anew after
 * each, and a change inside is told by the same loop. */
static void tell_all(struct shell_colors *colors)
{
    struct color_listener *listener;

    if (colors->is_telling)
        return;
    colors->is_telling = true;
    while ((listener = find_untold(colors)) != NULL) {
        listener->seen = colors->changes;
        listener->changed(listener->user);
    }
    colors->is_telling = false;
}

xbits_result xbits_shell_set_color(struct xbits_shell *shell, const char *color)
{
    unsigned channels[CHANNELS];

    TRY(argument_pointer("the shell", shell));
    TRY(argument_text("the colour", color));
    if (!parse_color(color, channels))
        return xbits_fail(XBITS_E_INVALIDARG, "\"%s\" is no colour: #RRGGBB is", color);
    derive(&shell->colors, channels);
    shell->colors.changes++;
    tell_all(&shell->colors);
    return XBITS_S_OK;
}
