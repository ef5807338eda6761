/* SPDX-License-Identifier: MIT */
#include "base/command_line.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* "Parsing C command-line arguments" of Microsoft's C runtime documentation. */

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static const char *skip_blanks(const char *at)
{
    while (is_blank(*at))
        at++;
    return at;
}

/* The program's name ends at the first blank outside quotes; nothing in it is escaped. */
static const char *skip_name(const char *at)
{
    bool is_quoted = false;

    for (; *at != '\0' && (is_quoted || !is_blank(*at)); at++)
        if (*at == '"')
            is_quoted = !is_quoted;
    return at;
}

/* Backslashes before a quote: each two are one, and a last one makes the quote a plain byte. */
static const char *take_backslashes(const char *at, char **to)
{
    size_t count = strspn(at, "\\");
    bool is_before_quote = at[count] == '"';
    size_t kept = is_before_quote ? count / 2 : count;

    memset(*to, '\\', kept);
    *to += kept;
    at += count;
    if (is_before_quote && count % 2 == 1)
        *(*to)++ = *at++;
    return at;
}

/* Writes one argument to *to, its end included, and returns where the line goes on. */
static const char *take_argument(const char *at, char **to)
{
    bool is_quoted = false;

    while (*at != '\0' && (is_quoted || !is_blank(*at))) {
        if (*at == '\\') {
            at = take_backslashes(at, to);
        } else if (*at != '"') {
            *(*to)++ = *at++;
        } else if (is_quoted && at[1] == '"') {
            *(*to)++ = '"';
            at += 2;
        } else {
            is_quoted = !is_quoted;
            at++;
        }
    }
    *(*to)++ = '\0';
    return at;
}

/* Every argument but the last takes a byte and a blank at least. */
static size_t most_arguments(const char *parameters)
{
    return strlen(parameters) / 2 + 1;
}

xbits_result command_line_split(const char *program, const char *parameters,
                                struct command_line *out)
{
    const char *at = parameters != NULL ? parameters : "";
    size_t slots = most_arguments(at) + 2;
    size_t name_size = strlen(program) + 1;
    /* An argument is never longer than what it was written as, its end where the blank was. */
    char **argv = malloc(slots * sizeof(*argv) + name_size + strlen(at) + 1);
    size_t argc = 0;
    char *to;

    if (argv == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the arguments of %s", program);
    to = (char *)&argv[slots];
    memcpy(to, program, name_size);
    argv[argc++] = to;
    to += name_size;
    for (at = skip_blanks(skip_name(at)); *at != '\0'; at = skip_blanks(at)) {
        argv[argc++] = to;
        at = take_argument(at, &to);
    }
    argv[argc] = NULL;
    *out = (struct command_line){ .argv = argv, .argc = argc };
    return XBITS_S_OK;
}

void command_line_dispose(struct command_line *line)
{
    free(line->argv);
    *line = (struct command_line){ 0 };
}

static bool needs_quotes(const char *argument)
{
    return *argument == '\0' || strpbrk(argument, " \t\"") != NULL;
}

static xbits_result add_backslashes(struct text *line, size_t count)
{
    for (size_t i = 0; i < count; i++)
        TRY(text_add(line, "\\"));
    return XBITS_S_OK;
}

static xbits_result add_quoted(struct text *line, const char *argument)
{
    TRY(text_add(line, "\""));
    for (;;) {
        size_t count = strspn(argument, "\\");
        bool is_before_quote = argument[count] == '"' || argument[count] == '\0';

        TRY(add_backslashes(line, is_before_quote ? count * 2 : count));
        argument += count;
        if (*argument == '\0')
            return text_add(line, "\"");
        if (*argument == '"')
            TRY(text_add(line, "\\"));
        TRY(text_append(line, argument, 1));
        argument++;
    }
}

static xbits_result add_name(struct text *line, const char *name)
{
    return text_format(line, strpbrk(name, " \t") != NULL ? "\"%s\"" : "%s", name);
}

static xbits_result add_all(struct text *line, const char *const *argv)
{
    TRY(add_name(line, argv[0]));
    for (size_t i = 1; argv[i] != NULL; i++) {
        TRY(text_add(line, " "));
        if (needs_quotes(argv[i]))
            TRY(add_quoted(line, argv[i]));
        else
            TRY(text_add(line, argv[i]));
    }
    return XBITS_S_OK;
}

xbits_result command_line_join(const char *const *argv, char **out)
{
    struct text line = { 0 };
    xbits_result result = add_all(&line, argv);
    char *taken = XBITS_SUCCEEDED(result) ? text_take(&line) : NULL;

    text_dispose(&line);
    TRY(result);
    if (taken == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a command line");
    *out = taken;
    return XBITS_S_OK;
}
