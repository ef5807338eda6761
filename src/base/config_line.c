/* SPDX-License-Identifier: MIT */
#include "base/config_line.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

#define BLANKS " \t"

static enum config_line_kind kind_of(const char *line)
{
    if (line[strspn(line, BLANKS)] == '\0')
        return CONFIG_LINE_BLANK;
    switch (line[0]) {
    case ';':
    case '#':
        return CONFIG_LINE_COMMENT;
    case '[':
        return CONFIG_LINE_SECTION;
    case ' ':
    case '\t':
        return CONFIG_LINE_CONTINUATION;
    }
    return CONFIG_LINE_KEY;
}

static const char *check_bytes(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];

        if (byte == '\0')
            return "a NUL byte is not allowed";
        if ((byte < ' ' && byte != '\t') || byte == 0x7F)
            return "a control byte is not allowed";
    }
    return NULL;
}

static const char *check_section(const char *line)
{
    size_t length = strcspn(line + 1, "]");
    const char *end = line + 1 + length;

    if (*end != ']')
        return "a section is written as [name]";
    if (end[1 + strspn(end + 1, BLANKS)] != '\0')
        return "nothing may follow the ] of a section";
    if (length == 0)
        return "a section needs a name";
    return length > CONFIG_SECTION_BYTES ? "the name of a section has at most 48 bytes" : NULL;
}

/* inih would also end a key at a colon, and then cut a key such as http://host in two. */
static const char *check_key(const char *line)
{
    size_t length = strcspn(line, "=:");

    if (line[length] == '\0')
        return "the line is neither [section] nor key = value nor a comment";
    if (line[length] == ':')
        return "a key ends at = and has no colon";
    while (length > 0 && strchr(BLANKS, line[length - 1]) != NULL)
        length--;
    if (length == 0)
        return "a key is missing before the =";
    return length > CONFIG_KEY_BYTES ? "a key has at most 48 bytes" : NULL;
}

static const char *check_continuation(const char *line)
{
    const char *start = line + strspn(line, BLANKS);

    /* inih would take it for a comment, and a part of the value would be lost. */
    if (*start == ';' || *start == '#')
        return "an indented line goes on a value and cannot begin with ; or #";
    return NULL;
}

static bool has_inline_comment(const char *line)
{
    return strstr(line, " ;") != NULL || strstr(line, "\t;") != NULL;
}

static const char *check_kind(const char *line, enum config_line_kind kind)
{
    const char *complaint = NULL;

    switch (kind) {
    case CONFIG_LINE_BLANK:
    case CONFIG_LINE_COMMENT:
        return NULL;
    case CONFIG_LINE_SECTION:
        complaint = check_section(line);
        break;
    case CONFIG_LINE_KEY:
        complaint = check_key(line);
        break;
    case CONFIG_LINE_CONTINUATION:
        complaint = check_continuation(line);
        break;
    }
    if (complaint == NULL && has_inline_comment(line))
        return "comments stand on their own line: \" ;\" is not allowed";
    return complaint;
}

const char *config_line_read(const char *bytes, size_t length, char line[CONFIG_LINE_BYTES + 1],
                             enum config_line_kind *kind_out)
{
    const char *complaint = check_bytes(bytes, length);

    *kind_out = CONFIG_LINE_BLANK;
    if (complaint != NULL)
        return complaint;
    if (length > CONFIG_LINE_BYTES)
        return "a line has at most 190 bytes; a long value goes on in indented lines";
    memcpy(line, bytes, length);
    line[length] = '\0';
    if (!text_is_utf8(line))
        return "the line is not UTF-8";
    *kind_out = kind_of(line);
    return check_kind(line, *kind_out);
}
