/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "base/argument.h"
#include "base/clock.h"
#include "store/library/internal.h"

/* What WM/ContentDistributor may be: 256 units of UTF-16. */
#define DISTRIBUTOR_MAXIMUM 256

/* What could not be read again is not written. */
static xbits_result check_file(const struct library_file *file)
{
    TRY(argument_text("the path of an entry", file->path));
    if (file->file_size > INT64_MAX || file->added < 0)
        return xbits_fail(XBITS_E_INVALIDARG, "%s has a number that is out of range", file->path);
    if (!library_is_entry_path(file->kind, file->path)) {
        return xbits_fail(XBITS_E_INVALIDARG, "%s cannot be the path of an entry that is %s",
                          file->path, library_kind_name(file->kind));
    }
    TRY(argument_optional_text("the source of an entry", file->source_url));
    TRY(argument_optional_text("the job of an entry", file->job));
    TRY(argument_optional_text("the damage of an entry", file->damage));
    for (size_t i = 0; i < XBITS_ATTRIBUTE_COUNT; i++)
        TRY(argument_optional_text("an attribute", file->attributes[i]));
    return XBITS_S_OK;
}

/* "" is not known. */
static void bind_known(struct statement *statement, int place, const char *text)
{
    statement_bind_text(statement, place, text != NULL && text[0] != '\0' ? text : NULL);
}

static void bind_file(struct statement *statement, const struct library_file *file,
                      const char *node)
{
    int place = 1;

    statement_bind_text(statement, place++, library_kind_name(file->kind));
    statement_bind_text(statement, place++, file->path);
    statement_bind_text(statement, place++, node);
    bind_known(statement, place++, file->source_url);
    bind_known(statement, place++, file->job);
    bind_known(statement, place++, file->damage);
    statement_bind_i64(statement, place++, file->added);
    statement_bind_u64(statement, place++, file->file_size);
    statement_bind_i64(statement, place++, file->is_sync_only);
    for (size_t i = 0; i < XBITS_ATTRIBUTE_COUNT; i++)
        bind_known(statement, place++, file->attributes[library_attribute_order[i]]);
}

/* A song that somebody has taken away leaves its entry. */
static xbits_result look_for_file(struct xbits_library *library, struct statement *statement,
                                  struct text *path)
{
    bool has_row = false;
    bool is_there = false;
    const char *relative;

    TRY(statement_step(statement, &has_row));
    relative = has_row ? statement_text(statement, 0) : NULL;
    if (relative == NULL)
        return XBITS_S_OK;
    TRY(library_join(library->directory, relative, path));
    TRY(disk_is_taken(library->disk, text_c(path), &is_there));
    if (!is_there)
        text_clear(path);
    return XBITS_S_OK;
}

xbits_result library_find_song_of(struct xbits_library *library, const char *job, struct text *path)
{
    struct statement *statement = NULL;
    xbits_result result = library_prepare(library, LIBRARY_FIND_JOB, &statement);

    if (XBITS_SUCCEEDED(result)) {
        statement_bind_text(statement, 1, job);
        result = look_for_file(library, statement, path);
    }
    statement_free(statement);
    return XBITS_SUCCEEDED(result) ? XBITS_S_OK : library_tell(library, result);
}

xbits_result library_has_song_of(struct xbits_library *library, const char *job, bool *has_out)
{
    struct text path = { 0 };
    xbits_result result = library_find_song_of(library, job, &path);

    if (XBITS_SUCCEEDED(result))
        *has_out = path.length > 0;
    text_dispose(&path);
    return result;
}

xbits_result library_put(struct xbits_library *library, const struct library_file *file,
                         int64_t *number_out)
{
    struct statement *statement = NULL;
    struct text node = { 0 };
    bool has_row = false;
    xbits_result result;

    TRY(check_file(file));
    result = library_node(file->kind, file->attributes[XBITS_ATTRIBUTE_DISTRIBUTOR],
                          file->is_sync_only, &node);
    if (XBITS_SUCCEEDED(result))
        result = library_prepare(library, LIBRARY_PUT, &statement);
    if (XBITS_FAILED(result))
        goto cleanup;
    bind_file(statement, file, text_c(&node));
    result = statement_step(statement, &has_row);
    if (XBITS_SUCCEEDED(result))
        *number_out = statement_i64(statement, 0);
cleanup:
    statement_free(statement);
    text_dispose(&node);
    return library_tell(library, result);
}

/* The end of a transaction. */
static xbits_result end_writing(struct xbits_library *library, xbits_result result)
{
    if (XBITS_SUCCEEDED(result))
        return library_tell(library, database_commit(library->database));
    database_roll_back(library->database);
    return result;
}

/* C0, DEL and C1, in UTF-8. */
static bool has_control(const char *text)
{
    for (const unsigned char *place = (const unsigned char *)text; *place != '\0'; place++) {
        if (*place < 0x20 || *place == 0x7F)
            return true;
        if (*place == 0xC2 && place[1] >= 0x80 && place[1] < 0xA0)
            return true;
    }
    return false;
}

static xbits_result check_distributor(const char *distributor)
{
    TRY(argument_text("the distributor", distributor));
    if (distributor[0] == '\0')
        return xbits_fail(XBITS_E_INVALIDARG, "the distributor is empty");
    if (has_control(distributor))
        return xbits_fail(XBITS_E_INVALIDARG, "the distributor has a control character");
    if (text_utf16_length(distributor) > DISTRIBUTOR_MAXIMUM) {
        return xbits_fail(XBITS_E_INVALIDARG, "the distributor has %zu characters: at most %u",
                          text_utf16_length(distributor), DISTRIBUTOR_MAXIMUM);
    }
    return XBITS_S_OK;
}

static xbits_result check_playlist(struct xbits_library *library, const char *path)
{
    static const char ending[] = ".wpl";
    size_t length;

    TRY(argument_pointer("the library", library));
    TRY(argument_path("the playlist", path));
    length = strlen(path);
    if (length < sizeof(ending) ||
        !text_equal_ignoring_case(path + length + 1 - sizeof(ending), ending))
        return xbits_fail(XBITS_E_INVALIDARG, "the playlist %s does not end in %s", path, ending);
    return library_check_edit(library);
}

static xbits_result look_at_playlist(struct disk *disk, const char *path,
                                     struct disk_stat *status_out)
{
    xbits_result result = disk_stat(disk, path, status_out);

    if (result == XBITS_ERROR_PATH_NOT_FOUND)
        return xbits_fail(XBITS_ERROR_FILE_NOT_FOUND, "there is no playlist %s", path);
    TRY(result);
    if (!status_out->is_regular)
        return xbits_fail(XBITS_E_INVALIDARG, "%s is not a file", path);
    return XBITS_S_OK;
}

xbits_result xbits_library_add_playlist(struct xbits_library *library, const char *path,
                                        const char *distributor, bool sync_only,
                                        int64_t *number_out)
{
    struct library_file file = { .path = path,
                                 .kind = XBITS_MEDIA_PLAYLIST,
                                 .attributes[XBITS_ATTRIBUTE_DISTRIBUTOR] = distributor,
                                 .is_sync_only = sync_only };
    struct disk_stat status = { 0 };
    int64_t number = 0;

    TRY(check_playlist(library, path));
    TRY(check_distributor(distributor));
    TRY(argument_pointer("number_out", number_out));
    TRY(look_at_playlist(library->disk, path, &status));
    file.file_size = status.size;
    file.added = clock_utc(clock_system());
    TRY(library_tell(library, database_begin(library->database, true)));
    TRY(end_writing(library, library_put(library, &file, &number)));
    *number_out = number;
    return XBITS_S_OK;
}

/* The entry of a file that has a new distributor. */
struct retagging {
    const char *distributor;
    uint64_t file_size;
    int64_t number;
    enum xbits_media_kind kind;
    bool is_sync_only;
};

static xbits_result read_found(struct xbits_library *library, struct statement *statement,
                               struct retagging *retagging)
{
    const char *kind = statement_text(statement, 1);

    retagging->number = statement_i64(statement, 0);
    retagging->is_sync_only = statement_i64(statement, 2) != 0;
    if (kind == NULL || !library_kind_of(kind, &retagging->kind)) {
        return xbits_fail(XBITS_BG_E_DATABASE_CORRUPT,
                          "%s: entry %" PRId64 ": its kind is neither audio nor video nor playlist",
                          database_path(library->database), retagging->number);
    }
    return XBITS_S_OK;
}

/* XBITS_S_FALSE: there is none. */
static xbits_result find_entry(struct xbits_library *library, const char *relative,
                               struct retagging *retagging)
{
    struct statement *statement = NULL;
    bool has_row = false;
    xbits_result result;

    TRY(library_prepare(library, LIBRARY_FIND_PATH, &statement));
    statement_bind_text(statement, 1, relative);
    result = library_tell(library, statement_step(statement, &has_row));
    if (XBITS_SUCCEEDED(result))
        result = has_row ? read_found(library, statement, retagging) : XBITS_S_FALSE;
    statement_free(statement);
    return result;
}

static xbits_result write_entry(struct xbits_library *library, const struct retagging *retagging,
                                const char *node)
{
    struct statement *statement = NULL;
    xbits_result result;

    TRY(library_prepare(library, LIBRARY_RETAG, &statement));
    statement_bind_i64(statement, 1, retagging->number);
    statement_bind_text(statement, 2, retagging->distributor);
    statement_bind_text(statement, 3, node);
    statement_bind_u64(statement, 4, retagging->file_size);
    result = library_tell(library, statement_run(statement));
    statement_free(statement);
    return result;
}

static xbits_result retag(struct xbits_library *library, const char *relative,
                          struct retagging *retagging)
{
    struct text node = { 0 };
    xbits_result result = find_entry(library, relative, retagging);

    if (result != XBITS_S_OK)
        return result;
    result = library_node(retagging->kind, retagging->distributor, retagging->is_sync_only, &node);
    if (XBITS_SUCCEEDED(result))
        result = write_entry(library, retagging, text_c(&node));
    text_dispose(&node);
    return result;
}

static xbits_result retag_file(struct xbits_library *library, const char *path,
                               const char *distributor)
{
    struct retagging retagging = { .distributor = distributor };
    struct disk_stat status = { 0 };
    struct text relative = { 0 };
    xbits_result result;

    TRY(disk_stat(library->disk, path, &status));
    retagging.file_size = status.size;
    result = library_find_relative(library, path, &relative);
    if (XBITS_FAILED(result) || text_c(&relative)[0] == '\0')
        goto cleanup;
    result = library_tell(library, database_begin(library->database, true));
    if (XBITS_SUCCEEDED(result))
        result = end_writing(library, retag(library, text_c(&relative), &retagging));
cleanup:
    text_dispose(&relative);
    return result;
}

static xbits_result move_entry(struct xbits_library *library, const char *path,
                               const char *distributor)
{
    xbits_result result = retag_file(library, path, distributor);
    struct xbits_error why = *xbits_last_error();

    if (XBITS_SUCCEEDED(result))
        return XBITS_S_OK;
    return xbits_fail_native(result, why.domain, why.native_code,
                             "%s has its distributor now, its entry in the library has not: %s",
                             path, why.message);
}

xbits_result xbits_library_tag(struct xbits_library *library, const char *path,
                               const char *distributor)
{
    TRY(argument_path("the file", path));
    TRY(check_distributor(distributor));
    if (library == NULL)
        return media_write_distributor(disk_system(), path, distributor);
    TRY(library_check_edit(library));
    TRY(media_write_distributor(library->disk, path, distributor));
    return move_entry(library, path, distributor);
}
