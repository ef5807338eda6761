/* SPDX-License-Identifier: MIT */
#include "script/engine/jscript_source.h"

#include <string.h>

/* Definitions may nest; deeper ones are left alone, and then the engine calls them an error. */
#define OPEN_MAXIMUM 32

struct scanner {
    const char *script;
    size_t length;
    size_t at;
    size_t copied; /* What is before it is in out. */
    struct text *out;
    size_t depth;                     /* Of braces. */
    size_t open_depths[OPEN_MAXIMUM]; /* Where a definition's own braces stand. */
    size_t open_count;
    bool ends_operand; /* The last token did: a slash divides. */
};

static char peek(const struct scanner *scanner, size_t ahead)
{
    size_t at = scanner->at + ahead;

    return at < scanner->length ? scanner->script[at] : '\0';
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || (unsigned char)c >= 0x80;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static size_t name_length(const struct scanner *scanner, size_t at)
{
    size_t end = at;

    while (end < scanner->length && is_name_byte(scanner->script[end]))
        end++;
    return end - at;
}

static size_t skip_blanks(const struct scanner *scanner, size_t at)
{
    while (at < scanner->length && is_blank(scanner->script[at]))
        at++;
    return at;
}

static xbits_result copy_to(struct scanner *scanner, size_t end)
{
    size_t start = scanner->copied;

    scanner->copied = end;
    return text_append(scanner->out, scanner->script + start, end - start);
}

static void skip_line(struct scanner *scanner)
{
    while (scanner->at < scanner->length && !is_line_end(scanner->script[scanner->at]))
        scanner->at++;
}

static void skip_comment(struct scanner *scanner)
{
    scanner->at += 2;
    while (scanner->at < scanner->length && !(peek(scanner, 0) == '*' && peek(scanner, 1) == '/'))
        scanner->at++;
    scanner->at += scanner->at < scanner->length ? 2 : 0;
}

/* A string or a regular expression; neither goes beyond its line. */
static void skip_quoted(struct scanner *scanner, char quote)
{
    bool is_in_class = false;

    for (scanner->at++; scanner->at < scanner->length; scanner->at++) {
        char c = scanner->script[scanner->at];

        if (c == '\\')
            scanner->at++;
        else if (is_line_end(c))
            break;
        else if (c == quote && !is_in_class)
            break;
        else if (quote == '/' && (c == '[' || c == ']'))
            is_in_class = c == '[';
    }
    if (scanner->at < scanner->length && peek(scanner, 0) == quote)
        scanner->at++;
    if (scanner->at > scanner->length)
        scanner->at = scanner->length;
    scanner->ends_operand = true;
}

static bool is_word(const struct scanner *scanner, size_t length, const char *word)
{
    return strlen(word) == length && memcmp(scanner->script + scanner->at, word, length) == 0;
}

/* Words after which an operand comes, so that a slash begins a regular expression. */
static bool expects_operand(const struct scanner *scanner, size_t length)
{
    static const char *const words[] = { "return", "typeof", "case", "in", "delete",    "void",
                                         "throw",  "new",    "else", "do", "instanceof" };
    size_t i;

    for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (is_word(scanner, length, words[i]))
            return true;
    }
    return false;
}

static size_t separator_length(const struct scanner *scanner, size_t at)
{
    if (at < scanner->length && scanner->script[at] == '.')
        return 1;
    return at + 1 < scanner->length && memcmp(scanner->script + at, "::", 2) == 0 ? 2 : 0;
}

/* Where a::b, a.b or a.b.c ends that starts here; the start when it is a mere name, or none. */
static size_t path_end(const struct scanner *scanner, size_t start)
{
    size_t length = name_length(scanner, start);
    size_t end = start;
    size_t at = start;

    while (length > 0) {
        size_t separator = separator_length(scanner, at + length);

        end = at > start ? at + length : start;
        at += length + separator;
        length = separator > 0 ? name_length(scanner, at) : 0;
    }
    return end;
}

/* With a point for each two colons; past the first it is as long as they were. */
static xbits_result copy_path(const struct scanner *scanner, size_t at, size_t end)
{
    const char *point = ".";

    for (; at < end; at++) {
        if (scanner->script[at] != ':') {
            TRY(text_append(scanner->out, scanner->script + at, 1));
        } else if (scanner->script[at - 1] == ':') {
            TRY(text_add(scanner->out, point));
            point = ". ";
        }
    }
    return XBITS_S_OK;
}

/*
 * function NAME::EVENT: the blanks between go where they do not matter, before the parenthesis.
 * "function a::b" and " a.b=function" are equally long; function NAME.EVENT gives up a blank.
 */
static xbits_result rewrite_definition(struct scanner *scanner, size_t word_length,
                                       bool *was_one_out)
{
    size_t blanks = scanner->at + word_length;
    size_t path = skip_blanks(scanner, blanks);
    size_t end = path_end(scanner, path);
    bool has_colons;

    *was_one_out = end > path && scanner->open_count < OPEN_MAXIMUM;
    if (!*was_one_out)
        return XBITS_S_OK;
    has_colons = memchr(scanner->script + path, ':', end - path) != NULL;
    if (!has_colons && !is_line_end(scanner->script[blanks]))
        blanks++;
    TRY(copy_to(scanner, scanner->at));
    TRY(text_append(scanner->out, scanner->script + blanks, path - blanks));
    TRY(copy_path(scanner, path, end));
    TRY(text_add(scanner->out, "=function"));
    scanner->at = scanner->copied = end;
    scanner->open_depths[scanner->open_count++] = scanner->depth + 1;
    return XBITS_S_OK;
}

static xbits_result read_word(struct scanner *scanner)
{
    size_t length = name_length(scanner, scanner->at);
    bool was_definition = false;

    if (is_word(scanner, length, "function"))
        TRY(rewrite_definition(scanner, length, &was_definition));
    if (was_definition)
        return XBITS_S_OK;
    scanner->ends_operand = !expects_operand(scanner, length);
    scanner->at += length;
    return XBITS_S_OK;
}

/* Ends the assignment that a definition became, in the place of a blank if there is one. */
static xbits_result close_definition(struct scanner *scanner)
{
    char next = peek(scanner, 0);

    scanner->open_count--;
    if (next == ';' || next == '\0')
        return XBITS_S_OK;
    TRY(copy_to(scanner, scanner->at));
    scanner->copied += next == ' ' || next == '\t' ? 1 : 0;
    scanner->at = scanner->copied;
    return text_add(scanner->out, ";");
}

static xbits_result read_sign(struct scanner *scanner)
{
    char sign = peek(scanner, 0);
    bool is_own =
        scanner->open_count > 0 && scanner->open_depths[scanner->open_count - 1] == scanner->depth;

    scanner->at++;
    scanner->ends_operand = sign == ')' || sign == ']';
    if (sign == '{')
        scanner->depth++;
    if (sign != '}' || scanner->depth == 0)
        return XBITS_S_OK;
    scanner->depth--;
    return is_own ? close_definition(scanner) : XBITS_S_OK;
}

static xbits_result read_token(struct scanner *scanner)
{
    char c = peek(scanner, 0);
    char next = peek(scanner, 1);

    if (is_blank(c))
        scanner->at++;
    else if (c == '/' && next == '/')
        skip_line(scanner);
    else if (c == '/' && next == '*')
        skip_comment(scanner);
    else if (c == '"' || c == '\'' || (c == '/' && !scanner->ends_operand))
        skip_quoted(scanner, c);
    else if (is_name_byte(c))
        return read_word(scanner);
    else
        return read_sign(scanner);
    return XBITS_S_OK;
}

/* Most scripts need not be read any closer. */
static bool may_have_definition(const struct scanner *scanner)
{
    static const char word[] = "function";
    size_t i;

    for (i = 0; i + sizeof word - 1 <= scanner->length; i++) {
        size_t path;

        if (memcmp(scanner->script + i, word, sizeof word - 1) != 0)
            continue;
        path = skip_blanks(scanner, i + sizeof word - 1);
        if (path > i + sizeof word - 1 && path_end(scanner, path) > path)
            return true;
    }
    return false;
}

xbits_result jscript_source_rewrite(const char *script, size_t length, struct text *script_out)
{
    struct scanner scanner = { .script = script, .length = length, .out = script_out };

    if (!may_have_definition(&scanner))
        return text_append(script_out, script, length);
    while (scanner.at < length)
        TRY(read_token(&scanner));
    return copy_to(&scanner, length);
}
