/* SPDX-License-Identifier: MIT */
#include "cli/format.h"

#include <inttypes.h>
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

char *format_code(xbits_result result, char text[FORMAT_SIZE])
{
    snprintf(text, FORMAT_SIZE, "0x%08" PRIX32, (uint32_t)result);
    return text;
}

/* C0, DEL, and the C1 controls in their UTF-8 form. */
static size_t control_length(const char *text)
{
    unsigned char c = (unsigned char)text[0];

    if (c < 0x20 || c == 0x7F)
        return 1;
    return c == 0xC2 && (unsigned char)text[1] >= 0x80 && (unsigned char)text[1] < 0xA0 ? 2 : 0;
}

void format_safely(FILE *stream, const char *text)
{
    while (*text != '\0') {
        size_t length = control_length(text);

        fputc(length > 0 ? '?' : *text, stream);
        text += length > 0 ? length : 1;
    }
}
