/* SPDX-License-Identifier: MIT */
#include "cli/library_list.h"

#include "base/text.h"
#include "cli/format.h"
#include "cli/library_json.h"
#include "cli/open_library.h"
#include "cli/user_directory.h"

#include <inttypes.h>
#include <stdlib.h>

#define NUMBER_WIDTH 5

/* The columns of a line between its number and its path. */
static const struct {
    enum xbits_attribute attribute;
    enum xbits_attribute otherwise; /* Shown while the attribute is not known. */
    int width;
} columns[] = {
    { XBITS_ATTRIBUTE_TRACK_NUMBER, XBITS_ATTRIBUTE_TRACK_NUMBER, 3 },
    { XBITS_ATTRIBUTE_ALBUM_ARTIST, XBITS_ATTRIBUTE_AUTHOR, 20 },
    { XBITS_ATTRIBUTE_ALBUM_TITLE, XBITS_ATTRIBUTE_ALBUM_TITLE, 24 },
    { XBITS_ATTRIBUTE_TITLE, XBITS_ATTRIBUTE_TITLE, 24 },
};

/* A list while it is printed. */
struct list {
    struct cli *cli;
    char *directory; /* Of the library. */
    char *node;      /* The last heading; NULL: none yet. */
    bool has_rows;
    xbits_result result; /* Of what a visit could not do. */
    struct json_writer writer;
};

static const char *path_in_library(const struct list *list, const char *path)
{
    size_t length = strlen(list->directory);

    if (!text_starts_with(path, list->directory) || (path[length] != '/' && path[length] != '\\'))
        return path;
    return path + length + 1;
}

static xbits_result print_heading(struct list *list, const char *node)
{
    if (list->node != NULL && strcmp(list->node, node) == 0)
        return XBITS_S_OK;
    format_safely(list->cli->out, node);
    fputc('\n', list->cli->out);
    return text_replace(&list->node, node);
}

static void print_row(struct list *list, const struct xbits_library_entry *entry)
{
    FILE *out = list->cli->out;

    fprintf(out, "  %*" PRId64, NUMBER_WIDTH, entry->number);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        const char *text = entry->attributes[columns[i].attribute];

        if (text[0] == '\0')
            text = entry->attributes[columns[i].otherwise];
        fputs("  ", out);
        format_column(out, text, columns[i].width);
    }
    fputs("  ", out);
    format_safely(out, path_in_library(list, entry->path));
    fputc('\n', out);
}

/* xbits_library_visit */
static bool print_entry(const struct xbits_library_entry *entry, void *user)
{
    struct list *list = user;

    if (list->cli->global.is_json) {
        json_library_entry(&list->writer, entry);
    } else {
        list->result = print_heading(list, entry->node);
        print_row(list, entry);
    }
    list->has_rows = true;
    return XBITS_SUCCEEDED(list->result) && !ferror(list->cli->out);
}

static xbits_result print_all(struct list *list, struct xbits_library *library, library_find *find,
                              const char *what)
{
    bool is_json = list->cli->global.is_json;
    xbits_result result;

    json_writer_init(&list->writer, list->cli->out, false);
    if (is_json)
        json_array_begin(&list->writer, NULL);
    result = find(library, what, print_entry, list);
    if (XBITS_SUCCEEDED(result))
        result = list->result;
    if (is_json && (XBITS_SUCCEEDED(result) || list->has_rows)) {
        json_array_end(&list->writer);
        json_writer_flush(&list->writer);
    }
    return result;
}

/* Silence would look like a name that was mistyped, and the other way round. */
static void tell_of_nothing(const struct cli *cli, const char *relation, const char *what)
{
    if (cli->global.is_quiet)
        return;
    if (what == NULL) {
        fputs("xbits: the library is empty\n", cli->err);
        return;
    }
    fprintf(cli->err, "xbits: nothing in the library %s \"", relation);
    format_safely(cli->err, what);
    fputs("\"\n", cli->err);
}

enum cli_exit library_list(struct cli *cli, library_find *find, const char *relation,
                           const char *what)
{
    const struct library_values *values = cli->values;
    struct list list = { .cli = cli };
    struct xbits_library *library = NULL;
    enum cli_exit status = CLI_DONE;

    if (XBITS_FAILED(user_directory_library(values->library, &list.directory)) ||
        XBITS_FAILED(open_library(values->library, XBITS_LIBRARY_READ, &library)))
        status = cli_fail(cli, "cannot open the library");
    else if (XBITS_FAILED(print_all(&list, library, find, what)))
        status = cli_fail(cli, "cannot list the library");
    else if (!list.has_rows)
        tell_of_nothing(cli, relation, what);
    xbits_library_close(library);
    free(list.node);
    free(list.directory);
    return status;
}
