/* SPDX-License-Identifier: MIT */
#include "golden_script.h"

#include <stdlib.h>
#include <string.h>

#define ANY_TEXT  "[..]"
#define ANY_LINES "[...]"

/* One line of a text, without its end. */
struct line {
    const char *begin;
    size_t length;
};

/* False at the end of the text. */
static bool next_line(const char **position, struct line *line_out)
{
    const char *end;

    if (**position == '\0')
        return false;
    end = strchr(*position, '\n');
    line_out->begin = *position;
    line_out->length = end ? (size_t)(end - *position) : strlen(*position);
    *position += line_out->length + (end ? 1 : 0);
    return true;
}

static char *copy(const char *begin, size_t length)
{
    char *text = malloc(length + 1);

    if (text == NULL)
        abort();
    memcpy(text, begin, length);
    text[length] = '\0';
    return text;
}

static bool is_between_steps(struct line line)
{
    return line.length == 0 || line.begin[0] == '#';
}

/* The command line: its kind, its word and the command. */
static bool read_command(struct line line, struct golden_step *step)
{
    static const char signs[] = {
        [GOLDEN_RUN] = '$', [GOLDEN_SERVER] = '&', [GOLDEN_INTERRUPT] = '^'
    };
    const char *blank = memchr(line.begin, ' ', line.length);
    const char *sign = memchr(signs, line.begin[0], sizeof signs);

    if (sign == NULL || blank == NULL)
        return false;
    step->kind = (enum golden_kind)(sign - signs);
    step->word = copy(line.begin + 1, (size_t)(blank - line.begin - 1));
    step->command = copy(blank + 1, line.length - (size_t)(blank + 1 - line.begin));
    return true;
}

/* The output lines up to the status. */
static bool read_expected(const char **position, int *number, struct golden_step *step)
{
    const char *begin = *position;
    struct line line;

    while (next_line(position, &line)) {
        ++*number;
        if (line.length > 2 && line.begin[0] == '?' && line.begin[1] == ' ') {
            step->expected = copy(begin, (size_t)(line.begin - begin));
            step->status = (int)strtol(line.begin + 2, NULL, 10);
            return true;
        }
    }
    return false;
}

enum golden_found golden_next(const char **position, int *line, struct golden_step *step_out)
{
    struct golden_step step = { 0 };
    struct line text;

    do {
        if (!next_line(position, &text))
            return GOLDEN_END;
        ++*line;
    } while (is_between_steps(text));

    step.line = *line;
    if (!read_command(text, &step) || !read_expected(position, line, &step)) {
        golden_dispose(&step);
        return GOLDEN_MALFORMED;
    }
    *step_out = step;
    return GOLDEN_STEP;
}

void golden_dispose(struct golden_step *step)
{
    free(step->word);
    free(step->command);
    free(step->expected);
    *step = (struct golden_step){ 0 };
}

static bool starts_with(struct line line, const char *text)
{
    return line.length >= strlen(text) && memcmp(line.begin, text, strlen(text)) == 0;
}

static bool line_matches(struct line expected, struct line actual)
{
    struct line rest;

    if (expected.length == 0)
        return actual.length == 0;
    if (!starts_with(expected, ANY_TEXT)) {
        return actual.length > 0 && expected.begin[0] == actual.begin[0] &&
               line_matches((struct line){ expected.begin + 1, expected.length - 1 },
                            (struct line){ actual.begin + 1, actual.length - 1 });
    }
    rest = (struct line){ expected.begin + strlen(ANY_TEXT), expected.length - strlen(ANY_TEXT) };
    for (size_t i = 0; i <= actual.length; i++) {
        if (line_matches(rest, (struct line){ actual.begin + i, actual.length - i }))
            return true;
    }
    return false;
}

bool golden_matches(const char *expected, const char *output)
{
    struct line wanted, actual;

    if (!next_line(&expected, &wanted))
        return output[0] == '\0';
    if (wanted.length == strlen(ANY_LINES) && starts_with(wanted, ANY_LINES)) {
        do {
            if (golden_matches(expected, output))
                return true;
        } while (next_line(&output, &actual));
        return false;
    }
    return next_line(&output, &actual) && line_matches(wanted, actual) &&
           golden_matches(expected, output);
}

xbits_result golden_expand(struct text *target, const char *text, const char *directory,
                           unsigned port)
{
    for (const char *c = text; *c != '\0';) {
        if (text_starts_with(c, "{DIR}")) {
            TRY(text_add(target, directory));
            c += strlen("{DIR}");
        } else if (text_starts_with(c, "{PORT}")) {
            TRY(text_format(target, "%u", port));
            c += strlen("{PORT}");
        } else {
            TRY(text_append(target, c++, 1));
        }
    }
    return XBITS_S_OK;
}
