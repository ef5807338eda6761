/* SPDX-License-Identifier: MIT */
#include "base/config.h"

#include <ini.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/config_line.h"
#include "base/disk.h"
#include "base/text.h"

#define VALUE_BYTES 65536   /* A value that is longer, however many lines it has, is a mistake. */
#define FILE_BYTES  1048576 /* A file that is longer is no configuration. */

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/*
 * inih calls back twice: read_line() for each line, and then take_value() for what it found in it.
 * A value is passed on when the line after it shows that it is whole.
 */
struct reader {
    const char *file;
    const char *next; /* What is left of the text. */
    const char *end;
    int line; /* The one read last, from 1. */
    enum config_line_kind kind;
    bool has_section;
    xbits_result result; /* The first failure ends the reading. */

    config_visit *visit;
    void *user;

    bool has_value; /* The lines read last are a value; it is this one: */
    int value_line;
    char section[CONFIG_SECTION_BYTES + 1];
    char key[CONFIG_KEY_BYTES + 1];
    struct text value;
};

static xbits_result fail_line(const struct reader *reader, const char *complaint)
{
    return xbits_fail(XBITS_E_INVALIDARG, "%s:%d: %s", reader->file, reader->line, complaint);
}

static xbits_result pass_on_value(struct reader *reader)
{
    struct config_entry entry = {
        .file = reader->file,
        .line = reader->value_line,
        .section = reader->section,
        .key = reader->key,
        .value = text_c(&reader->value),
    };

    if (!reader->has_value)
        return XBITS_S_OK;
    reader->has_value = false;
    return reader->visit(&entry, reader->user);
}

/* The rules that one line alone cannot break. */
static const char *check_place(const struct reader *reader)
{
    if (reader->kind == CONFIG_LINE_KEY && !reader->has_section)
        return "a key stands in a [section]";
    if (reader->kind == CONFIG_LINE_CONTINUATION && !reader->has_value)
        return "an indented line goes on a value, and there is none in the line above";
    return NULL;
}

/* A value ends before the complaint about the line after it, so that failures come in order. */
static xbits_result next_line(struct reader *reader, char *line)
{
    size_t left = (size_t)(reader->end - reader->next);
    const char *line_end = memchr(reader->next, '\n', left);
    size_t length = line_end != NULL ? (size_t)(line_end - reader->next) : left;
    const char *bytes = reader->next;
    const char *complaint;

    reader->next = line_end != NULL ? line_end + 1 : reader->end;
    reader->line++;
    if (length > 0 && bytes[length - 1] == '\r')
        length--;
    complaint = config_line_read(bytes, length, line, &reader->kind);
    if (reader->kind != CONFIG_LINE_CONTINUATION)
        TRY(pass_on_value(reader));
    if (reader->kind == CONFIG_LINE_SECTION)
        reader->has_section = true;
    if (complaint == NULL)
        complaint = check_place(reader);
    return complaint == NULL ? XBITS_S_OK : fail_line(reader, complaint);
}

/* ini_reader: fgets() for inih. */
static char *read_line(char *buffer, int size, void *stream)
{
    struct reader *reader = stream;

    if (XBITS_FAILED(reader->result) || reader->next == reader->end)
        return NULL;
    if (size <= CONFIG_LINE_BYTES) {
        reader->result =
            xbits_fail(XBITS_E_UNEXPECTED, "inih was built for lines of %d bytes", size);
        return NULL;
    }
    reader->result = next_line(reader, buffer);
    return XBITS_FAILED(reader->result) ? NULL : buffer;
}

static void begin_value(struct reader *reader, const char *section, const char *key)
{
    text_clear(&reader->value);
    text_copy_into(reader->section, sizeof(reader->section), section);
    text_copy_into(reader->key, sizeof(reader->key), key);
    reader->value_line = reader->line;
    reader->has_value = true;
}

/* inih reports each indented line as one more value of the key above. */
static xbits_result add_to_value(struct reader *reader, const char *section, const char *key,
                                 const char *part)
{
    if (reader->kind == CONFIG_LINE_KEY)
        begin_value(reader, section, key);
    else if (strcmp(key, reader->key) != 0)
        return xbits_fail(XBITS_E_UNEXPECTED, "inih was built without values of several lines");
    if (reader->value.length + strlen(part) > VALUE_BYTES)
        return fail_line(reader, "a value has at most 65536 bytes");
    return text_add(&reader->value, part);
}

/* ini_handler: 0 is a failure. */
static int take_value(void *user, const char *section, const char *key, const char *value)
{
    struct reader *reader = user;

    if (XBITS_SUCCEEDED(reader->result))
        reader->result = add_to_value(reader, section, key, value);
    return XBITS_SUCCEEDED(reader->result);
}

static xbits_result read_all(struct reader *reader)
{
    int answer = ini_parse_stream(read_line, reader, take_value, reader);

    TRY(reader->result);
    /* Every line has been checked: inih can only disagree when it was built otherwise. */
    if (answer != 0)
        return fail_line(reader, "inih does not understand the line");
    return pass_on_value(reader);
}

static xbits_result read_bytes(const char *name, const char *bytes, size_t size,
                               config_visit *visit, void *user)
{
    struct reader reader = {
        .file = name,
        .next = bytes,
        .end = bytes + size,
        .visit = visit,
        .user = user,
    };
    xbits_result result;

    if (size >= strlen(BYTE_ORDER_MARK) &&
        memcmp(bytes, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK)) == 0)
        reader.next += strlen(BYTE_ORDER_MARK);
    result = read_all(&reader);
    text_dispose(&reader.value);
    return result;
}

xbits_result config_read_text(const char *name, const char *ini, config_visit *visit, void *user)
{
    return read_bytes(name, ini, strlen(ini), visit, user);
}

/* One byte more than is allowed shows that there is too much. */
static xbits_result load(const char *path, char *bytes, size_t *size_out)
{
    struct disk *disk = disk_system();
    struct disk_file *file;
    xbits_result result;
    xbits_result close_result;

    TRY(disk_open(disk, path, DISK_OPEN_READ, &file));
    result = disk_read_at(disk, file, 0, bytes, FILE_BYTES + 1, size_out);
    close_result = disk_close(disk, file);
    return XBITS_FAILED(result) ? result : close_result;
}

xbits_result config_read_file(const char *path, config_visit *visit, void *user)
{
    char *bytes = malloc(FILE_BYTES + 1);
    size_t size = 0;
    xbits_result result;

    if (bytes == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to read %s", path);
    result = load(path, bytes, &size);
    if (XBITS_SUCCEEDED(result) && size > FILE_BYTES) {
        result = xbits_fail(XBITS_E_INVALIDARG, "%s: a configuration file has at most %d bytes",
                            path, FILE_BYTES);
    }
    if (XBITS_SUCCEEDED(result))
        result = read_bytes(path, bytes, size, visit, user);
    free(bytes);
    return result;
}

xbits_result config_fail(const struct config_entry *entry, const char *format, ...)
{
    char reason[384];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(reason, sizeof(reason), format, arguments);
    va_end(arguments);
    return xbits_fail(XBITS_E_INVALIDARG, "%s:%d: %s.%s: %s", entry->file, entry->line,
                      entry->section, entry->key, reason);
}
