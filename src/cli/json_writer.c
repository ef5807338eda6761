/* SPDX-License-Identifier: MIT */
#include "cli/json_writer.h"

#include <inttypes.h>
#include <string.h>

#define INDENT 2u

void json_writer_init(struct json_writer *writer, FILE *stream, bool is_line)
{
    writer->stream = stream;
    writer->is_line = is_line;
    writer->has_items = false;
    writer->depth = 0;
    writer->used = 0;
}

void json_writer_flush(struct json_writer *writer)
{
    fwrite(writer->buffer, 1, writer->used, writer->stream);
    writer->used = 0;
}

static void put(struct json_writer *writer, char c)
{
    if (writer->used == sizeof writer->buffer)
        json_writer_flush(writer);
    writer->buffer[writer->used++] = c;
}

static void put_bytes(struct json_writer *writer, const char *bytes, size_t length)
{
    if (length > sizeof writer->buffer - writer->used)
        json_writer_flush(writer);
    if (length > sizeof writer->buffer) {
        fwrite(bytes, 1, length, writer->stream);
        return;
    }
    memcpy(writer->buffer + writer->used, bytes, length);
    writer->used += length;
}

static void put_line_end(struct json_writer *writer)
{
    if (writer->is_line) {
        if (writer->has_items)
            put(writer, ' ');
        return;
    }
    put(writer, '\n');
    for (unsigned i = 0; i < writer->depth; i++)
        put_bytes(writer, "  ", INDENT);
}

/* The controls that JSON has no short form for. */
static void put_escaped(struct json_writer *writer, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    const char escaped[] = { '\\', 'u', '0', '0', digits[c >> 4], digits[c & 15] };

    put_bytes(writer, escaped, sizeof escaped);
}

static void put_character(struct json_writer *writer, unsigned char c)
{
    static const char plain[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    const char *found = strchr(plain, c);

    if (found == NULL) {
        put_escaped(writer, c);
        return;
    }
    put(writer, '\\');
    put(writer, letters[found - plain]);
}

static void put_string(struct json_writer *writer, const char *text)
{
    put(writer, '"');
    while (*text != '\0') {
        size_t length = 0;

        while ((unsigned char)text[length] >= 0x20 && text[length] != '"' && text[length] != '\\' &&
               text[length] != 0x7F)
            length++;
        put_bytes(writer, text, length);
        text += length;
        if (*text != '\0')
            put_character(writer, (unsigned char)*text++);
    }
    put(writer, '"');
}

/* What stands before a value: the comma, the place, the key. */
static void begin_value(struct json_writer *writer, const char *key)
{
    if (writer->has_items)
        put(writer, ',');
    if (writer->depth > 0)
        put_line_end(writer);
    if (key != NULL) {
        put(writer, '"');
        put_bytes(writer, key, strlen(key));
        put_bytes(writer, "\": ", 3);
    }
    writer->has_items = true;
}

/* A value at the top is whole: the next one begins a new line. */
static void end_value(struct json_writer *writer)
{
    if (writer->depth > 0)
        return;
    put(writer, '\n');
    writer->has_items = false;
}

static void begin_group(struct json_writer *writer, const char *key, char sign)
{
    begin_value(writer, key);
    put(writer, sign);
    writer->depth++;
    writer->has_items = false;
}

static void end_group(struct json_writer *writer, char sign)
{
    bool had_items = writer->has_items;

    writer->depth--;
    writer->has_items = false;
    if (had_items)
        put_line_end(writer);
    put(writer, sign);
    writer->has_items = true;
    end_value(writer);
}

void json_object_begin(struct json_writer *writer, const char *key)
{
    begin_group(writer, key, '{');
}

void json_object_end(struct json_writer *writer)
{
    end_group(writer, '}');
}

void json_array_begin(struct json_writer *writer, const char *key)
{
    begin_group(writer, key, '[');
}

void json_array_end(struct json_writer *writer)
{
    end_group(writer, ']');
}

void json_text(struct json_writer *writer, const char *key, const char *text)
{
    if (text == NULL) {
        json_null_value(writer, key);
        return;
    }
    begin_value(writer, key);
    put_string(writer, text);
    end_value(writer);
}

void json_raw(struct json_writer *writer, const char *key, const char *json)
{
    begin_value(writer, key);
    put_bytes(writer, json, strlen(json));
    end_value(writer);
}

void json_number(struct json_writer *writer, const char *key, int64_t number)
{
    char digits[24];

    snprintf(digits, sizeof digits, "%" PRId64, number);
    json_raw(writer, key, digits);
}

void json_flag(struct json_writer *writer, const char *key, bool flag)
{
    json_raw(writer, key, flag ? "true" : "false");
}

void json_null_value(struct json_writer *writer, const char *key)
{
    json_raw(writer, key, "null");
}
