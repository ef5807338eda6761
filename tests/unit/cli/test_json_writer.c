/* SPDX-License-Identifier: MIT */
#include "cli/json_writer.h"

#include "support/assert_result.h"
#include "support/test_main.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* What is written until take. */
struct output {
    FILE *stream;
    char *data;
    size_t size;
    struct json_writer writer;
};

static void begin(struct output *output, bool is_line)
{
    output->data = NULL;
    output->stream = open_memstream(&output->data, &output->size);
    assert_non_null(output->stream);
    json_writer_init(&output->writer, output->stream, is_line);
}

/* The caller frees it. */
static char *take(struct output *output)
{
    json_writer_flush(&output->writer);
    fclose(output->stream);
    return output->data;
}

static void write_one(struct json_writer *writer)
{
    json_object_begin(writer, NULL);
    json_text(writer, "a", "x");
    json_number(writer, "b", -5);
    json_array_begin(writer, "c");
    json_flag(writer, NULL, true);
    json_null_value(writer, NULL);
    json_array_end(writer);
    json_array_begin(writer, "d");
    json_array_end(writer);
    json_object_end(writer);
}

static void the_layout_is_that_of_the_other_answers(void **state)
{
    struct output output;
    json_t *value;
    char *written, *expected;
    (void)state;

    begin(&output, false);
    write_one(&output.writer);
    written = take(&output);
    value = json_pack("{s:s, s:i, s:[b, n], s:[]}", "a", "x", "b", -5, "c", 1, "d");
    expected = json_dumps(value, JSON_INDENT(2));

    assert_memory_equal(written, expected, strlen(expected));
    assert_string_equal(written + strlen(expected), "\n");
    json_decref(value);
    free(expected);
    free(written);
}

static void a_line_holds_one_value(void **state)
{
    struct output output;
    char *written;
    (void)state;

    begin(&output, true);
    write_one(&output.writer);
    write_one(&output.writer);
    written = take(&output);

#define LINE "{\"a\": \"x\", \"b\": -5, \"c\": [true, null], \"d\": []}\n"
    assert_string_equal(written, LINE LINE);
    free(written);
}

static void any_text_reads_back(void **state)
{
    static const char *const texts[] = {
        "", "plain", "a\"b\\c", "\x01\x1f\x7f\n\r\t\b\f", "\xc3\xa9\xe2\x80\xae", "/",
    };
    (void)state;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct output output;
        char *written;
        json_t *value;

        begin(&output, true);
        json_text(&output.writer, NULL, texts[i]);
        written = take(&output);
        value = json_loads(written, JSON_DECODE_ANY, NULL);
        assert_non_null(value);
        assert_string_equal(json_string_value(value), texts[i]);
        json_decref(value);
        free(written);
    }
}

/* Longer than what is gathered before it is handed on, alone and bit by bit. */
static void nothing_is_lost_at_the_end_of_the_buffer(void **state)
{
    enum { LENGTH = 3 * JSON_WRITER_SIZE };
    char *text = malloc(LENGTH + 1);
    struct output output;
    char *written;
    json_t *value;
    (void)state;

    assert_non_null(text);
    memset(text, 'z', LENGTH);
    text[LENGTH] = '\0';
    begin(&output, false);
    json_array_begin(&output.writer, NULL);
    for (size_t i = 0; i < JSON_WRITER_SIZE; i++)
        json_number(&output.writer, NULL, (int64_t)i);
    json_text(&output.writer, NULL, text);
    json_array_end(&output.writer);
    written = take(&output);
    value = json_loads(written, 0, NULL);

    assert_int_equal(json_array_size(value), JSON_WRITER_SIZE + 1);
    assert_string_equal(json_string_value(json_array_get(value, JSON_WRITER_SIZE)), text);
    json_decref(value);
    free(written);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_layout_is_that_of_the_other_answers),
        cmocka_unit_test(a_line_holds_one_value),
        cmocka_unit_test(any_text_reads_back),
        cmocka_unit_test(nothing_is_lost_at_the_end_of_the_buffer),
    };

    return run_tests("cli.json_writer", tests);
}
