/* SPDX-License-Identifier: MIT */
#include "wire/http_head.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define HEAD_MAXIMUM ((size_t)64 * 1024)

/* A piece of a line; not terminated. */
struct piece {
    const char *data;
    size_t length;
};

void http_head_init(struct http_head *head)
{
    *head = (struct http_head){ 0 };
}

void http_head_dispose(struct http_head *head)
{
    free(head->block);
    http_head_init(head);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* RFC 9110 5.6.2: what a header's name is made of. */
static bool is_token_character(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static bool has_controls(struct piece text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if ((byte < 0x20 && byte != '\t') || byte == 0x7F)
            return true;
    }
    return false;
}

static struct piece without_line_end(const char *line, size_t length)
{
    if (length > 0 && line[length - 1] == '\n')
        length--;
    if (length > 0 && line[length - 1] == '\r')
        length--;
    return (struct piece){ line, length };
}

static struct piece trimmed(struct piece text)
{
    while (text.length > 0 && is_blank(text.data[0])) {
        text.data++;
        text.length--;
    }
    while (text.length > 0 && is_blank(text.data[text.length - 1]))
        text.length--;
    return text;
}

/* "Name: value" into its halves; false when it is not that. A folded line is none: who reads from
 * the network unfolds first (RFC 9112 5.2). */
static bool split_field(struct piece line, struct piece *name_out, struct piece *value_out)
{
    size_t colon = 0;

    while (colon < line.length && is_token_character(line.data[colon]))
        colon++;
    if (colon == 0 || colon == line.length || line.data[colon] != ':')
        return false;

    *name_out = (struct piece){ line.data, colon };
    *value_out = trimmed((struct piece){ line.data + colon + 1, line.length - colon - 1 });
    return true;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool is_named(struct piece name, const char *wanted)
{
    for (size_t i = 0; i < name.length; i++) {
        if (lower(name.data[i]) != lower(wanted[i]))
            return false; /* Also at the end of wanted: a name holds no NUL. */
    }
    return wanted[name.length] == '\0';
}

/* Keeps the line in the block; false when there is no room. */
static bool append_line(struct http_head *head, struct piece line)
{
    if (line.length > HEAD_MAXIMUM || head->block_length + line.length + 2 > HEAD_MAXIMUM)
        return false;
    char *block = realloc(head->block, head->block_length + line.length + 3);
    if (block == NULL)
        return false;

    memcpy(block + head->block_length, line.data, line.length);
    memcpy(block + head->block_length + line.length, "\r\n", 3);
    head->block = block;
    head->block_length += line.length + 2;
    return true;
}

static bool is_status_line(struct piece line)
{
    return line.length >= 5 && memcmp(line.data, "HTTP/", 5) == 0;
}

/* "HTTP/1.1 206 Partial Content"; "HTTP/2 200" has neither a minor version nor a reason. */
static bool parse_status_line(struct http_head *head, struct piece line)
{
    char text[16] = "";
    size_t at = sizeof "HTTP/" - 1;

    memcpy(text, line.data, line.length < sizeof text ? line.length : sizeof text - 1);
    if (!is_digit(text[at]))
        return false;
    int major = text[at++] - '0';
    int minor = 0;
    if (text[at] == '.') {
        if (!is_digit(text[at + 1]))
            return false;
        minor = text[at + 1] - '0';
        at += 2;
    }
    if (text[at] != ' ' || text[at + 1] < '1' || !is_digit(text[at + 1]) ||
        !is_digit(text[at + 2]) || !is_digit(text[at + 3]))
        return false;
    if (line.length > at + 4 && line.data[at + 4] != ' ')
        return false;

    head->version_major = major;
    head->version_minor = minor;
    head->status = (text[at + 1] - '0') * 100 + (text[at + 2] - '0') * 10 + (text[at + 3] - '0');
    return true;
}

static void start_over(struct http_head *head, struct piece line)
{
    http_head_dispose(head);
    head->is_valid =
        !has_controls(line) && parse_status_line(head, line) && append_line(head, line);
}

/* False for what is no length, and for a second length that contradicts the first: one of the two
 * would cut the body short. */
static bool take_content_length(struct http_head *head, struct piece value)
{
    char text[24];
    uint64_t length;

    if (value.length >= sizeof text)
        return false;
    memcpy(text, value.data, value.length);
    text[value.length] = '\0';
    /* UINT64_MAX means "not told" to everybody who asks for a length. */
    if (!text_parse_u64(text, UINT64_MAX - 1, &length))
        return false;
    if (head->has_content_length && head->content_length != length)
        return false;

    head->has_content_length = true;
    head->content_length = length;
    return true;
}

static bool add_field(struct http_head *head, struct piece line)
{
    struct piece name;
    struct piece value;

    if (has_controls(line) || !split_field(line, &name, &value))
        return false;
    if (is_named(name, "Content-Length") && !take_content_length(head, value))
        return false;
    return append_line(head, line);
}

/* The empty line is in the block: what comes after it are trailers. */
static bool is_complete(const struct http_head *head)
{
    return head->block_length >= 4 &&
           memcmp(head->block + head->block_length - 4, "\r\n\r\n", 4) == 0;
}

void http_head_add_line(struct http_head *head, const char *line, size_t length)
{
    struct piece text = without_line_end(line, length);

    if (is_status_line(text)) {
        start_over(head, text);
        return;
    }
    /* Trailers came after the decisions they could change; nothing of ours reads them. */
    if (!head->is_valid || is_complete(head))
        return;
    head->is_valid = text.length == 0 ? append_line(head, text) : add_field(head, text);
}

/* Takes the next line off the block; false at its end. */
static bool next_line(struct piece *block, struct piece *line_out)
{
    const char *end = memchr(block->data, '\n', block->length);

    if (end == NULL)
        return false;
    size_t length = (size_t)(end - block->data) + 1;
    *line_out = without_line_end(block->data, length);
    block->data += length;
    block->length -= length;
    return true;
}

/* The value of a line when it has that name. Every line but the first was split when it came in,
 * and a status line never matches: it has no colon after a token. */
static bool read_named(struct piece line, const char *name, size_t name_length,
                       struct piece *value_out)
{
    if (line.length <= name_length || line.data[name_length] != ':' ||
        !is_named((struct piece){ line.data, name_length }, name))
        return false;

    *value_out =
        trimmed((struct piece){ line.data + name_length + 1, line.length - name_length - 1 });
    return true;
}

bool http_head_find(const struct http_head *head, const char *name, char *value, size_t value_size)
{
    const size_t name_length = strlen(name);
    struct piece block = { head->block, head->block_length };
    struct piece line;
    struct piece found = { NULL, 0 };

    value[0] = '\0';
    if (head->block == NULL)
        return false;
    while (next_line(&block, &line))
        (void)read_named(line, name, name_length, &found);
    if (found.data == NULL || found.length >= value_size)
        return false;

    memcpy(value, found.data, found.length);
    value[found.length] = '\0';
    return true;
}
