/* SPDX-License-Identifier: MIT */
#ifndef CLI_JSON_WRITER_H
#define CLI_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/*
 * Writes JSON as it comes, for answers of many jobs: no tree is built and no memory is asked for.
 * A key is NULL at the top and in an array, else a plain word. Texts are UTF-8. The layout is that
 * of json_print, or with is_line one line for each value at the top.
 */
#define JSON_WRITER_SIZE 4096

struct json_writer {
    FILE *stream;
    bool is_line;
    bool has_items; /* In the object or array that is open. */
    unsigned depth;
    size_t used;
    char buffer[JSON_WRITER_SIZE];
};

void json_writer_init(struct json_writer *writer, FILE *stream, bool is_line);

/* Hands what is gathered to the stream. A stream that fails keeps that in mind (ferror). */
void json_writer_flush(struct json_writer *writer);

void json_object_begin(struct json_writer *writer, const char *key);
void json_object_end(struct json_writer *writer);
void json_array_begin(struct json_writer *writer, const char *key);
void json_array_end(struct json_writer *writer);

/* NULL is null. */
void json_text(struct json_writer *writer, const char *key, const char *text);
void json_number(struct json_writer *writer, const char *key, int64_t number);
void json_flag(struct json_writer *writer, const char *key, bool flag);
void json_null_value(struct json_writer *writer, const char *key);
/* A value that is JSON already. */
void json_raw(struct json_writer *writer, const char *key, const char *json);

#endif
