/* SPDX-License-Identifier: MIT */
#include "job/file_rules.h"

#include <string.h>

#include "base/local_path.h"
#include "base/text.h"

static const char windows_refuses[] = "<>:\"|\\";
static const char *const windows_devices[] = { "con", "prn", "aux", "nul" };
static const char *const windows_ports[] = { "com", "lpt" };

/* One part of a path, between separators. */
struct segment {
    const char *start;
    size_t length;
};

static bool is_segment(struct segment segment, const char *text)
{
    return segment.length == strlen(text) && memcmp(segment.start, text, segment.length) == 0;
}

/* Moves to the next segment; false at the end. */
static bool next_segment(struct segment *segment)
{
    const char *start = segment->start + segment->length;

    while (local_path_is_separator(*start))
        start++;
    segment->start = start;
    segment->length = 0;
    while (start[segment->length] != '\0' && !local_path_is_separator(start[segment->length]))
        segment->length++;
    return segment->length > 0;
}

static bool is_stem(struct segment stem, const char *name)
{
    char text[8];

    if (stem.length >= sizeof text)
        return false;
    memcpy(text, stem.start, stem.length);
    text[stem.length] = '\0';
    return text_equal_ignoring_case(text, name);
}

/* NUL, nul.txt, COM1 ... COM9: reserved with any extension. */
static bool is_device(struct segment segment)
{
    struct segment stem = { segment.start, 0 };

    while (stem.length < segment.length && stem.start[stem.length] != '.')
        stem.length++;
    for (size_t i = 0; i < sizeof windows_devices / sizeof windows_devices[0]; i++) {
        if (is_stem(stem, windows_devices[i]))
            return true;
    }
    if (stem.length != 4 || stem.start[3] < '1' || stem.start[3] > '9')
        return false;
    stem.length = 3;
    for (size_t i = 0; i < sizeof windows_ports / sizeof windows_ports[0]; i++) {
        if (is_stem(stem, windows_ports[i]))
            return true;
    }
    return false;
}

static xbits_result check_segment(const char *local_name, struct segment segment,
                                  bool windows_names)
{
    if (is_segment(segment, ".."))
        return xbits_fail(XBITS_E_INVALIDARG, "the local name %s has a part \"..\"", local_name);
    if (windows_names && is_device(segment))
        return xbits_fail(XBITS_E_INVALIDARG, "the local name %s has a part that is a device",
                          local_name);
    return XBITS_S_OK;
}

static xbits_result check_segments(const char *local_name, bool windows_names)
{
    struct segment segment = { local_name, 0 };
    bool is_file = false;

    while (next_segment(&segment)) {
        TRY(check_segment(local_name, segment, windows_names));
        is_file = segment.start[segment.length] == '\0' && !is_segment(segment, ".");
    }
    if (!is_file)
        return xbits_fail(XBITS_E_INVALIDARG, "the local name %s names a directory, not a file",
                          local_name);
    return XBITS_S_OK;
}

static xbits_result check_length(const char *local_name, bool long_paths)
{
    size_t length;

    if (local_name == NULL || local_name[0] == '\0')
        return xbits_fail(XBITS_E_INVALIDARG, "the local name is empty");
    if (!text_is_utf8(local_name))
        return xbits_fail(XBITS_E_INVALIDARG, "the local name is not UTF-8");
    length = text_utf16_length(local_name);
    if (length > RULE_PATH_MAXIMUM && !long_paths)
        return xbits_fail(XBITS_E_INVALIDARG, "the local name has %zu characters: at most %u",
                          length, RULE_PATH_MAXIMUM);
    return XBITS_S_OK;
}

xbits_result rule_local_name_with(const char *local_name, struct name_quirks quirks)
{
    TRY(check_length(local_name, quirks.long_paths));
    if (!local_path_is_absolute(local_name))
        return xbits_fail(XBITS_E_INVALIDARG,
                          "the local name %s is not absolute: it must begin with %s", local_name,
                          local_path_form);
    if (strpbrk(local_name, "*?") != NULL)
        return xbits_fail(XBITS_E_INVALIDARG,
                          "the local name %s has a wildcard: * and ? are not allowed", local_name);
    if (quirks.windows_names && strpbrk(local_name, windows_refuses) != NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "the local name %s has one of %s", local_name,
                          windows_refuses);
    return check_segments(local_name, quirks.windows_names);
}

xbits_result rule_local_name(const char *local_name)
{
    return rule_local_name_with(local_name, (struct name_quirks){ 0 });
}
