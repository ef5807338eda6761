/* SPDX-License-Identifier: MIT */
#include "cli/format.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

char *format_bytes(uint64_t bytes, char text[FORMAT_SIZE])
{
    static const char *const units[] = { "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
    double value = (double)bytes / 1024.0;
    size_t unit = 0;

    if (bytes < 1024) {
        snprintf(text, FORMAT_SIZE, "%u byte%s", (unsigned)bytes, bytes == 1 ? "" : "s");
        return text;
    }
    while (value >= 1023.95 && unit + 1 < sizeof units / sizeof units[0]) {
        value /= 1024.0;
        unit++;
    }
    snprintf(text, FORMAT_SIZE, "%.1f %s", value, units[unit]);
    return text;
}

char *format_duration(uint64_t seconds, char text[FORMAT_SIZE])
{
    uint64_t minutes = seconds / 60;
    uint64_t hours = minutes / 60;

    if (hours >= 48)
        snprintf(text, FORMAT_SIZE, "%" PRIu64 " d %" PRIu64 " h", hours / 24, hours % 24);
    else if (hours > 0)
        snprintf(text, FORMAT_SIZE, "%" PRIu64 ":%02u:%02u", hours, (unsigned)(minutes % 60),
                 (unsigned)(seconds % 60));
    else
        snprintf(text, FORMAT_SIZE, "%" PRIu64 ":%02u", minutes, (unsigned)(seconds % 60));
    return text;
}

char *format_span(uint64_t seconds, char text[FORMAT_SIZE])
{
    static const struct {
        uint64_t seconds;
        const char *name;
    } units[] = { { 86400, "d" }, { 3600, "h" }, { 60, "min" }, { 1, "s" } };
    size_t i = 0;
    uint64_t rest;
    int length;

    while (seconds < units[i].seconds && units[i].seconds > 1)
        i++;
    length =
        snprintf(text, FORMAT_SIZE, "%" PRIu64 " %s", seconds / units[i].seconds, units[i].name);
    rest = units[i].seconds > 1 ? seconds % units[i].seconds / units[i + 1].seconds : 0;
    if (rest > 0)
        snprintf(text + length, FORMAT_SIZE - (size_t)length, " %" PRIu64 " %s", rest,
                 units[i + 1].name);
    return text;
}

char *format_code(xbits_result result, char text[FORMAT_SIZE])
{
    snprintf(text, FORMAT_SIZE, "0x%08" PRIX32, (uint32_t)result);
    return text;
}

/* Characters of three bytes that are not seen and change what is: marks, overrides and isolates of
 * the writing direction (U+200E, 200F, 202A to 202E, 2066 to 2069), the separators of lines and
 * paragraphs (2028, 2029). */
static bool is_unseen(const unsigned char *c)
{
    if (c[0] != 0xE2 || c[1] == '\0')
        return false;
    if (c[1] == 0x80)
        return c[2] == 0x8E || c[2] == 0x8F || (c[2] >= 0xA8 && c[2] <= 0xAE);
    return c[1] == 0x81 && c[2] >= 0xA6 && c[2] <= 0xA9;
}

size_t format_unsafe_length(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;

    if (c[0] >= 0x20 && c[0] < 0x7F)
        return 0;
    if (c[0] < 0x20 || c[0] == 0x7F)
        return c[0] == '\0' ? 0 : 1;
    /* A byte that is no character may be a control of a terminal without UTF-8. */
    if (text_sequence_length(text) == 0)
        return 1;
    /* The C1 controls, and the Arabic letter mark U+061C. */
    if ((c[0] == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0) || (c[0] == 0xD8 && c[1] == 0x9C))
        return 2;
    return is_unseen(c) ? 3 : 0;
}

/* Returns how many characters were written. */
static int put_safely(FILE *stream, const char *text)
{
    int count = 0;

    for (; *text != '\0'; count++) {
        size_t unsafe_length = format_unsafe_length(text);
        size_t length = unsafe_length > 0 ? unsafe_length : text_sequence_length(text);

        if (unsafe_length > 0)
            fputc('?', stream);
        else
            fwrite(text, 1, length, stream);
        text += length;
    }
    return count;
}

void format_safely(FILE *stream, const char *text)
{
    (void)put_safely(stream, text);
}

void format_column(FILE *stream, const char *text, int width)
{
    int count = put_safely(stream, text);

    fprintf(stream, "%*s", count < width ? width - count : 0, "");
}
