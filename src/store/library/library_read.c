/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "base/argument.h"
#include "store/library/internal.h"

/* A visit under way. */
struct reading {
    struct xbits_library *library;
    struct statement *statement;
    xbits_library_visit *visit;
    void *user;
    struct text path; /* Of the entry that is shown. */
    uint64_t shown;
};

static xbits_result fail_entry(const struct reading *reading, const char *why)
{
    return xbits_fail(XBITS_BG_E_DATABASE_CORRUPT, "%s: entry %" PRId64 ": %s",
                      database_path(reading->library->database),
                      statement_i64(reading->statement, LIBRARY_NUMBER), why);
}

/* NULL is "". */
static xbits_result read_text(const struct reading *reading, int column, const char **text_out)
{
    const bool is_null = statement_is_null(reading->statement, column);
    const char *text = is_null ? "" : statement_text(reading->statement, column);

    if (text == NULL) {
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a text of %s",
                          database_path(reading->library->database));
    }
    if (!text_is_utf8(text))
        return fail_entry(reading, "a text of it is not UTF-8");
    *text_out = text;
    return XBITS_S_OK;
}

static xbits_result read_place(struct reading *reading, struct xbits_library_entry *entry)
{
    const char *kind = NULL;
    const char *path = NULL;

    TRY(read_text(reading, LIBRARY_KIND, &kind));
    TRY(read_text(reading, LIBRARY_PATH, &path));
    if (!library_kind_of(kind, &entry->kind))
        return fail_entry(reading, "its kind is neither audio nor video nor playlist");
    if (!library_is_entry_path(entry->kind, path))
        return fail_entry(reading, "its path leads out of the library, or is no path");
    if (entry->kind == XBITS_MEDIA_PLAYLIST) {
        entry->path = path;
        return XBITS_S_OK;
    }
    TRY(library_join(reading->library->directory, path, &reading->path));
    entry->path = text_c(&reading->path);
    return XBITS_S_OK;
}

static xbits_result read_entry(struct reading *reading, struct xbits_library_entry *entry)
{
    const int64_t file_size = statement_i64(reading->statement, LIBRARY_FILE_SIZE);

    entry->number = statement_i64(reading->statement, LIBRARY_NUMBER);
    entry->added = statement_i64(reading->statement, LIBRARY_ADDED);
    entry->file_size = (uint64_t)file_size;
    entry->is_sync_only = statement_i64(reading->statement, LIBRARY_IS_SYNC_ONLY) != 0;
    if (file_size < 0 || entry->added < 0)
        return fail_entry(reading, "a number of it is below 0");
    TRY(read_place(reading, entry));
    TRY(read_text(reading, LIBRARY_NODE, &entry->node));
    TRY(read_text(reading, LIBRARY_SOURCE_URL, &entry->source_url));
    TRY(read_text(reading, LIBRARY_DAMAGE, &entry->damage));
    for (int i = 0; i < XBITS_ATTRIBUTE_COUNT; i++) {
        TRY(read_text(reading, LIBRARY_FIRST_ATTRIBUTE + i,
                      &entry->attributes[library_attribute_order[i]]));
    }
    return XBITS_S_OK;
}

/* A row that cannot be ours ends the visit, though the rest of the file may be whole: whoever only
 * left it out would show a library from which songs vanish. */
static xbits_result visit_rows(struct reading *reading)
{
    bool has_row = false;
    bool goes_on = true;

    while (goes_on) {
        struct xbits_library_entry entry = { .size = sizeof(entry) };

        TRY(library_tell(reading->library, statement_step(reading->statement, &has_row)));
        if (!has_row)
            return XBITS_S_OK;
        TRY(read_entry(reading, &entry));
        reading->shown++;
        goes_on = reading->visit(&entry, reading->user);
    }
    return XBITS_S_OK;
}

/* Binds what a query asks for. */
typedef void bind_question(struct statement *statement, const void *question);

static xbits_result run(struct reading *reading, enum library_query query, bind_question *bind,
                        const void *question)
{
    xbits_result result = library_prepare(reading->library, query, &reading->statement);

    if (XBITS_FAILED(result))
        return library_tell(reading->library, result);
    bind(reading->statement, question);
    result = visit_rows(reading);
    statement_free(reading->statement);
    text_dispose(&reading->path);
    return result;
}

static void bind_nothing(struct statement *statement, const void *question)
{
    (void)statement;
    (void)question;
}

static void bind_node(struct statement *statement, const void *question)
{
    const char *node = question;

    statement_bind_text(statement, 1, node);
    statement_bind_text(statement, 2, library_node_has_children(node) ? node : NULL);
}

static void bind_text(struct statement *statement, const void *question)
{
    statement_bind_text(statement, 1, question);
}

static void bind_number(struct statement *statement, const void *question)
{
    const int64_t *number = question;

    statement_bind_i64(statement, 1, *number);
}

static xbits_result check_visit(const struct xbits_library *library, xbits_library_visit *visit)
{
    TRY(argument_pointer("the library", library));
    if (visit == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "the visit is NULL");
    return XBITS_S_OK;
}

xbits_result xbits_library_visit_entries(struct xbits_library *library, const char *node,
                                         xbits_library_visit *visit, void *user)
{
    struct reading reading = { .library = library, .visit = visit, .user = user };

    TRY(check_visit(library, visit));
    if (node == NULL)
        return run(&reading, LIBRARY_READ_ALL, bind_nothing, NULL);
    TRY(argument_text("the node", node));
    return run(&reading, LIBRARY_READ_NODE, bind_node, node);
}

xbits_result xbits_library_search(struct xbits_library *library, const char *text,
                                  xbits_library_visit *visit, void *user)
{
    struct reading reading = { .library = library, .visit = visit, .user = user };

    TRY(check_visit(library, visit));
    TRY(argument_text("the text", text));
    return run(&reading, LIBRARY_SEARCH, bind_text, text);
}

xbits_result xbits_library_read_entry(struct xbits_library *library, int64_t number,
                                      xbits_library_visit *visit, void *user)
{
    struct reading reading = { .library = library, .visit = visit, .user = user };

    TRY(check_visit(library, visit));
    TRY(run(&reading, LIBRARY_READ_ENTRY, bind_number, &number));
    if (reading.shown == 0) {
        return xbits_fail(XBITS_ERROR_FILE_NOT_FOUND, "the library %s has no entry %" PRId64,
                          library->directory, number);
    }
    return XBITS_S_OK;
}
