/* SPDX-License-Identifier: MIT */
#include "store/library/library.h"

#include <stdlib.h>
#include <string.h>

#include "base/argument.h"
#include "base/local_path.h"
#include "store/library/internal.h"

#define BUSY_MS 5000 /* Others write for moments only; a checkpoint takes longest. */

xbits_result library_check_edit(const struct xbits_library *library)
{
    if (library->access == XBITS_LIBRARY_EDIT)
        return XBITS_S_OK;
    return xbits_fail(XBITS_E_ACCESSDENIED, "the library %s was opened to be read only",
                      library->directory);
}

/*
 * A damaged queue is set aside without a question, because its jobs must go on and can be made
 * again. A library holds what cannot be had again, and is whole for the most part; to begin an
 * empty one in its place would look as if the music were gone. So its user decides.
 */
xbits_result library_tell(const struct xbits_library *library, xbits_result result)
{
    struct xbits_error why = *xbits_last_error();

    if (result != XBITS_BG_E_DATABASE_CORRUPT)
        return result;
    return xbits_fail_native(result, why.domain, why.native_code,
                             "%s/library.db is damaged and left as it is; an empty library begins "
                             "when library.db, library.db-wal and library.db-shm are moved away, "
                             "the songs stay where they are (%s)",
                             library->directory, why.message);
}

xbits_result library_prepare(struct xbits_library *library, enum library_query query,
                             struct statement **statement_out)
{
    return statement_prepare(library->database, library_query_text(query), statement_out);
}

/* Between them these two name every table and column: one that is missing is found here. */
static const enum library_query telling[] = { LIBRARY_PUT, LIBRARY_READ_HAND_OVER };

static xbits_result check_tables(struct xbits_library *library)
{
    for (size_t i = 0; i < sizeof telling / sizeof telling[0]; i++) {
        struct statement *statement = NULL;
        xbits_result result = library_prepare(library, telling[i], &statement);

        statement_free(statement);
        if (result == XBITS_E_UNEXPECTED) {
            struct xbits_error why = *xbits_last_error();

            return xbits_fail_native(XBITS_BG_E_DATABASE_CORRUPT, why.domain, why.native_code,
                                     "it has other tables than a library: %s", why.message);
        }
        TRY(result);
    }
    return XBITS_S_OK;
}

static xbits_result open_database(struct xbits_library *library, const char *path)
{
    const struct database_options options = { .path = path,
                                              .disk = library->disk,
                                              .is_read_only = library->access == XBITS_LIBRARY_READ,
                                              .busy_ms = BUSY_MS };

    TRY(database_open(&options, &library->database));
    TRY(database_migrate(library->database, &library_schema));
    return check_tables(library);
}

static xbits_result open_library(struct xbits_library *library)
{
    struct text path = { 0 };
    xbits_result result = XBITS_S_OK;

    if (library->access == XBITS_LIBRARY_EDIT)
        TRY(disk_make_directory(library->disk, library->directory));
    result = library_join(library->directory, "library.db", &path);
    if (XBITS_SUCCEEDED(result))
        result = open_database(library, text_c(&path));
    text_dispose(&path);
    if (library->access == XBITS_LIBRARY_READ &&
        (result == XBITS_ERROR_PATH_NOT_FOUND || result == XBITS_ERROR_FILE_NOT_FOUND)) {
        return xbits_fail(XBITS_ERROR_FILE_NOT_FOUND, "there is no library in %s",
                          library->directory);
    }
    return library_tell(library, result);
}

/* Without the separators at its end, but those of a root. */
static xbits_result copy_directory(const char *directory, char **copy_out)
{
    size_t length = strlen(directory);
    char *copy = NULL;

    while (length > 1 && local_path_is_separator(directory[length - 1]) &&
           directory[length - 2] != ':')
        length--;
    TRY(text_copy(directory, &copy));
    copy[length] = '\0';
    *copy_out = copy;
    return XBITS_S_OK;
}

xbits_result library_open_on(const char *directory, enum xbits_library_access access,
                             struct disk *disk, struct xbits_library **library_out)
{
    struct xbits_library *library;
    xbits_result result;

    TRY(argument_path("the library's directory", directory));
    if (access != XBITS_LIBRARY_EDIT && access != XBITS_LIBRARY_READ) {
        return xbits_fail(XBITS_E_INVALIDARG, "%d is no access to a library", (int)access);
    }
    library = calloc(1, sizeof(*library));
    if (library == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the library %s", directory);
    library->disk = disk;
    library->access = access;
    result = copy_directory(directory, &library->directory);
    if (XBITS_SUCCEEDED(result))
        result = open_library(library);
    if (XBITS_FAILED(result)) {
        xbits_library_close(library);
        return result;
    }
    *library_out = library;
    return XBITS_S_OK;
}

xbits_result xbits_library_open(const char *directory, enum xbits_library_access access,
                                struct xbits_library **library_out)
{
    TRY(argument_pointer("library_out", library_out));
    return library_open_on(directory, access, disk_system(), library_out);
}

void xbits_library_close(struct xbits_library *library)
{
    if (library == NULL)
        return;
    database_close(library->database);
    free(library->directory);
    free(library);
}
