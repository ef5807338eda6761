/* SPDX-License-Identifier: MIT */
#include "store/library/library.h"

#include <stdlib.h>
#include <string.h>

#include "base/argument.h"
#include "base/clock.h"
#include "base/thread.h"
#include "store/library/internal.h"
#include "store/library/library_path.h"

/* Others write for moments only; a checkpoint takes longest. */
#define BUSY_MS   5000
#define MOMENT_MS 5

xbits_result library_check_absolute(const char *name, const char *path)
{
    TRY(argument_text(name, path));
    if (!library_path_is_absolute(path)) {
        return xbits_fail(XBITS_E_INVALIDARG, "%s \"%s\" is not absolute: it must begin with %s",
                          name, path, library_path_form);
    }
    return XBITS_S_OK;
}

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

/* A table or column that is missing is found here. */
static xbits_result check_tables(struct xbits_library *library)
{
    for (unsigned i = 0; i < LIBRARY_QUERY_COUNT; i++) {
        struct statement *statement = NULL;
        xbits_result result = library_prepare(library, (enum library_query)i, &statement);

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

static xbits_result try_database(struct xbits_library *library, const char *path)
{
    const struct database_options options = { .path = path,
                                              .disk = library->disk,
                                              .is_read_only = library->access == XBITS_LIBRARY_READ,
                                              .busy_ms = BUSY_MS };

    TRY(database_open(&options, &library->database));
    TRY(database_migrate(library->database, &library_schema));
    return check_tables(library);
}

static void wait_a_moment(void)
{
    struct mutex *mutex = mutex_new();
    struct condition *condition = condition_new();

    if (mutex != NULL && condition != NULL) {
        mutex_lock(mutex);
        condition_wait_ms(condition, mutex, MOMENT_MS);
        mutex_unlock(mutex);
    }
    condition_free(condition);
    mutex_free(mutex);
}

/*
 * Another process that makes the library just now is in the way without SQLite waiting for it: the
 * file is locked while it gets its mode, and its version and its tables can be seen apart. The
 * latter happens once in the life of a file: what is wrong the second time is wrong.
 */
static xbits_result open_database(struct xbits_library *library, const char *path)
{
    const uint64_t end = clock_ms(clock_system()) + BUSY_MS;
    bool was_odd = false;

    for (;;) {
        xbits_result result = try_database(library, path);
        const bool is_odd = result == XBITS_E_UNEXPECTED || result == XBITS_BG_E_DATABASE_CORRUPT;

        if (result == XBITS_ERROR_BUSY && clock_ms(clock_system()) < end)
            wait_a_moment();
        else if (is_odd && !was_odd)
            was_odd = true;
        else
            return result;
        database_close(library->database);
        library->database = NULL;
    }
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

    while (length > 1 && library_path_is_separator(directory[length - 1]) &&
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

    TRY(library_check_absolute("the library's directory", directory));
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
