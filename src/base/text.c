/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SMALLEST_CAPACITY 64

static xbits_result fail_memory(size_t size)
{
    return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a text of %zu bytes", size);
}

/* Makes room for more bytes and the NUL after them. */
static xbits_result reserve(struct text *text, size_t more)
{
    size_t needed = text->length + more + 1;
    size_t capacity = text->capacity < SMALLEST_CAPACITY ? SMALLEST_CAPACITY : text->capacity;
    char *data;

    if (more > SIZE_MAX / 2 - 1 - text->length)
        return fail_memory(more);
    if (needed <= text->capacity)
        return XBITS_S_OK;
    while (capacity < needed)
        capacity *= 2;
    data = realloc(text->data, capacity);
    if (data == NULL)
        return fail_memory(capacity);
    text->data = data;
    text->capacity = capacity;
    return XBITS_S_OK;
}

void text_dispose(struct text *text)
{
    free(text->data);
    *text = (struct text){ 0 };
}

const char *text_c(const struct text *text)
{
    return text->data != NULL ? text->data : "";
}

void text_clear(struct text *text)
{
    text->length = 0;
    if (text->data != NULL)
        text->data[0] = '\0';
}

xbits_result text_append(struct text *text, const char *bytes, size_t length)
{
    if (length == 0)
        return XBITS_S_OK;
    TRY(reserve(text, length));
    memcpy(text->data + text->length, bytes, length);
    text->length += length;
    text->data[text->length] = '\0';
    return XBITS_S_OK;
}

xbits_result text_add(struct text *text, const char *string)
{
    return text_append(text, string, strlen(string));
}

/* Formats into what room there is, and once more when that was too little. */
xbits_result text_format(struct text *text, const char *format, ...)
{
    va_list arguments;
    size_t room;
    int length;

    TRY(reserve(text, 0));
    room = text->capacity - text->length;
    va_start(arguments, format);
    length = vsnprintf(text->data + text->length, room, format, arguments);
    va_end(arguments);
    if (length >= 0 && (size_t)length >= room) {
        text->data[text->length] = '\0';
        TRY(reserve(text, (size_t)length));
        va_start(arguments, format);
        length = vsnprintf(text->data + text->length, (size_t)length + 1, format, arguments);
        va_end(arguments);
    }
    if (length < 0) {
        text->data[text->length] = '\0';
        return xbits_fail(XBITS_E_UNEXPECTED, "a text cannot be formatted as \"%s\"", format);
    }
    text->length += (size_t)length;
    return XBITS_S_OK;
}

char *text_take(struct text *text)
{
    char *data = text->data != NULL ? text->data : calloc(1, 1);

    *text = (struct text){ 0 };
    return data;
}

xbits_result text_copy(const char *string, char **copy_out)
{
    char *copy;
    size_t size;

    if (string == NULL) {
        *copy_out = NULL;
        return XBITS_S_OK;
    }
    size = strlen(string) + 1;
    copy = malloc(size);
    if (copy == NULL)
        return fail_memory(size);
    memcpy(copy, string, size);
    *copy_out = copy;
    return XBITS_S_OK;
}

xbits_result text_replace(char **place, const char *string)
{
    char *copy;

    TRY(text_copy(string, &copy));
    free(*place);
    *place = copy;
    return XBITS_S_OK;
}

/* tolower() would ask the locale. */
static char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

bool text_equal_ignoring_case(const char *a, const char *b)
{
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return lower(*a) == lower(*b);
}

bool text_starts_with(const char *string, const char *prefix)
{
    return strncmp(string, prefix, strlen(prefix)) == 0;
}

bool text_starts_with_ignoring_case(const char *string, const char *prefix)
{
    while (*prefix != '\0' && lower(*string) == lower(*prefix)) {
        string++;
        prefix++;
    }
    return *prefix == '\0';
}

bool text_parse_u64(const char *string, uint64_t maximum, uint64_t *out)
{
    uint64_t number = 0;

    if (string[0] == '\0')
        return false;
    for (; *string != '\0'; string++) {
        unsigned digit = (unsigned)(*string - '0');

        if (*string < '0' || *string > '9' || digit > maximum || number > (maximum - digit) / 10)
            return false;
        number = number * 10 + digit;
    }
    *out = number;
    return true;
}

bool text_parse_bool(const char *string, bool *out)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = {
        { "1", true },  { "yes", true }, { "true", true },   { "on", true },
        { "0", false }, { "no", false }, { "false", false }, { "off", false },
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(words[i].word, string) == 0) {
            *out = words[i].value;
            return true;
        }
    }
    return false;
}
