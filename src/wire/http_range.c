/* SPDX-License-Identifier: MIT */
#include "wire/http_range.h"

#include "base/text.h"

static const char *skip_blanks(const char *cursor)
{
    while (*cursor == ' ' || *cursor == '\t')
        cursor++;
    return cursor;
}

/*
 * Reads the digits at *cursor and moves it past them; false without one. A number that does not fit
 * becomes UINT64_MAX, which lies past the end of every body.
 */
static bool read_number(const char **cursor, uint64_t *value_out)
{
    const char *digit = *cursor;
    uint64_t value = 0;

    for (; *digit >= '0' && *digit <= '9'; digit++) {
        uint64_t units = (uint64_t)(*digit - '0');
        value = value > (UINT64_MAX - units) / 10 ? UINT64_MAX : value * 10 + units;
    }
    if (digit == *cursor)
        return false;

    *cursor = digit;
    *value_out = value;
    return true;
}

static bool read_character(const char **cursor, char expected)
{
    if (**cursor != expected)
        return false;
    (*cursor)++;
    return true;
}

/* What follows the slash of Content-Range. UINT64_MAX as a number would read as the star. */
static bool read_total(const char **cursor, uint64_t *total_out)
{
    if (read_character(cursor, '*')) {
        *total_out = UINT64_MAX;
        return true;
    }
    return read_number(cursor, total_out) && *total_out != UINT64_MAX;
}

bool http_content_range_parse(const char *text, struct http_range *range_out, uint64_t *total_out)
{
    struct http_range range;
    uint64_t total;

    const char *cursor = skip_blanks(text);
    if (!text_starts_with_ignoring_case(cursor, "bytes "))
        return false;
    cursor = skip_blanks(cursor + sizeof "bytes" - 1);
    if (!read_number(&cursor, &range.first) || !read_character(&cursor, '-') ||
        !read_number(&cursor, &range.last) || !read_character(&cursor, '/') ||
        !read_total(&cursor, &total) || *skip_blanks(cursor) != '\0')
        return false;
    /* A last byte below the total also keeps last + 1 from wrapping, as the total may be unknown
     * only up to UINT64_MAX. */
    if (range.first > range.last || range.last >= total)
        return false;

    *range_out = range;
    *total_out = total;
    return true;
}

/* One element of a Range header as it was written. */
struct range_spec {
    bool is_suffix; /* "-last": the final `last` bytes. */
    uint64_t first;
    uint64_t last; /* UINT64_MAX: to the end. */
};

static bool read_spec(const char **cursor, struct range_spec *spec)
{
    *spec = (struct range_spec){ .last = UINT64_MAX };
    if (read_character(cursor, '-')) {
        spec->is_suffix = true;
        return read_number(cursor, &spec->last);
    }
    if (!read_number(cursor, &spec->first) || !read_character(cursor, '-'))
        return false;
    /* Without a last position read_number leaves UINT64_MAX in place. */
    (void)read_number(cursor, &spec->last);
    return spec->first <= spec->last;
}

/* False when nothing of it lies within size bytes. */
static bool resolve_spec(const struct range_spec *spec, uint64_t size, struct http_range *range_out)
{
    if (size == 0 || (spec->is_suffix ? spec->last == 0 : spec->first >= size))
        return false;

    range_out->first = spec->first;
    if (spec->is_suffix)
        range_out->first = spec->last < size ? size - spec->last : 0;
    range_out->last = spec->is_suffix || spec->last >= size ? size - 1 : spec->last;
    return true;
}

/* What the elements of a Range header came to. */
struct range_set {
    size_t written; /* Elements in the header. */
    size_t kept;    /* Of these within the body. */
    bool is_tail_of_nothing;
};

/* A list may have empty elements (RFC 9110 5.6.1). False when it is malformed or too long. */
static bool read_set(const char *cursor, uint64_t size, struct http_range *ranges,
                     struct range_set *set)
{
    while (*(cursor = skip_blanks(cursor)) != '\0') {
        struct range_spec spec;

        if (read_character(&cursor, ','))
            continue;
        if (!read_spec(&cursor, &spec) || ++set->written > HTTP_RANGE_MAXIMUM)
            return false;
        cursor = skip_blanks(cursor);
        if (*cursor != ',' && *cursor != '\0')
            return false;
        if (spec.is_suffix && spec.last > 0 && size == 0)
            set->is_tail_of_nothing = true;
        if (resolve_spec(&spec, size, &ranges[set->kept]))
            set->kept++;
    }
    return set->written > 0;
}

enum http_range_verdict http_range_resolve(const char *header, uint64_t size,
                                           struct http_range ranges[HTTP_RANGE_MAXIMUM],
                                           size_t *count_out)
{
    static const char unit[] = "bytes=";
    struct range_set set = { 0 };

    *count_out = 0;
    if (header == NULL || !text_starts_with_ignoring_case(header, unit))
        return HTTP_RANGE_NONE;
    if (!read_set(header + sizeof unit - 1, size, ranges, &set))
        return HTTP_RANGE_NONE;
    /* The tail of an empty body is satisfiable (RFC 9110 14.1.2), but no Content-Range can say so.
     */
    if (set.is_tail_of_nothing)
        return HTTP_RANGE_NONE;
    if (set.kept == 0)
        return HTTP_RANGE_NOT_SATISFIABLE;

    *count_out = set.kept;
    return HTTP_RANGE_SATISFIABLE;
}
