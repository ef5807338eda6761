/* SPDX-License-Identifier: MIT */
#include "base/disk_win32.h"

#include <stdlib.h>
#include <windows.h>

#include "base/local_path.h"
#include "base/text.h"

/* Where the name after the last separator begins; the path itself when it has none. */
static const char *name_of(const char *path)
{
    const char *name = path;

    for (const char *place = path; *place != '\0'; place++) {
        if (local_path_is_separator(*place) || *place == ':')
            name = place + 1;
    }
    return name;
}

/* "C:\a\b" -> "C:\a", "C:\a" -> "C:\", "a" -> ".". */
xbits_result disk_directory_of(const char *path, char **directory_out)
{
    size_t length = (size_t)(name_of(path) - path);
    char *directory;

    if (length == 0)
        return text_copy(".", directory_out);
    while (length > 1 && local_path_is_separator(path[length - 1]) && path[length - 2] != ':')
        length--;
    TRY(text_copy(path, &directory));
    directory[length] = '\0';
    *directory_out = directory;
    return XBITS_S_OK;
}

xbits_result disk_win32_fail(unsigned long code, const char *what, const char *path)
{
    return xbits_fail_native(RESULT_FROM_WIN32(code), XBITS_DOMAIN_HRESULT, (int64_t)code,
                             "cannot %s %s: error %lu", what, path, code);
}

xbits_result disk_win32_path(const char *path, wchar_t **wide_out)
{
    int units = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, NULL, 0);
    wchar_t *wide;

    if (units <= 0)
        return xbits_fail(XBITS_ERROR_NO_UNICODE_TRANSLATION, "the path %s is not UTF-8", path);
    wide = calloc((size_t)units, sizeof(*wide));
    if (wide == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the path %s", path);
    MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, wide, units);
    *wide_out = wide;
    return XBITS_S_OK;
}

/* Without MOVEFILE_COPY_ALLOWED, another volume is ERROR_NOT_SAME_DEVICE. */
static xbits_result move_file(const char *from, const char *to, DWORD flags)
{
    xbits_result result = XBITS_S_OK;
    wchar_t *wide_from = NULL;
    wchar_t *wide_to = NULL;
    DWORD code;

    TRY(disk_win32_path(from, &wide_from));
    result = disk_win32_path(to, &wide_to);
    if (XBITS_FAILED(result))
        goto cleanup;
    if (!MoveFileExW(wide_from, wide_to, flags)) {
        code = GetLastError();
        result = xbits_fail_native(RESULT_FROM_WIN32(code), XBITS_DOMAIN_HRESULT, code,
                                   "cannot rename %s to %s: error %lu", from, to, code);
    }
cleanup:
    free(wide_to);
    free(wide_from);
    return result;
}

static xbits_result win32_rename(struct disk *disk, const char *from, const char *to)
{
    (void)disk;
    return move_file(from, to, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH);
}

static xbits_result win32_rename_new(struct disk *disk, const char *from, const char *to)
{
    xbits_result result = move_file(from, to, MOVEFILE_WRITE_THROUGH);

    (void)disk;
    if (result == XBITS_ERROR_ALREADY_EXISTS)
        return xbits_fail(XBITS_ERROR_FILE_EXISTS, "cannot rename %s to %s: it exists", from, to);
    return result;
}

static xbits_result win32_remove(struct disk *disk, const char *path)
{
    xbits_result result = XBITS_S_OK;
    wchar_t *wide = NULL;

    (void)disk;
    TRY(disk_win32_path(path, &wide));
    if (!DeleteFileW(wide))
        result = disk_win32_fail(GetLastError(), "remove", path);
    free(wide);
    return result;
}

/* MOVEFILE_WRITE_THROUGH has brought the rename to the disk already. */
static xbits_result win32_sync_directory(struct disk *disk, const char *path)
{
    (void)disk;
    (void)path;
    return XBITS_S_OK;
}

/* Opened for nothing but a look at it, which works for directories too. */
static xbits_result open_to_look(const char *path, HANDLE *handle_out)
{
    HANDLE handle;
    wchar_t *wide = NULL;

    TRY(disk_win32_path(path, &wide));
    handle = CreateFileW(wide, FILE_READ_ATTRIBUTES,
                         FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                         OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    free(wide);
    if (handle == INVALID_HANDLE_VALUE)
        return disk_win32_fail(GetLastError(), "look at", path);
    *handle_out = handle;
    return XBITS_S_OK;
}

static uint64_t join(DWORD high, DWORD low)
{
    return (uint64_t)high << 32 | low;
}

static xbits_result win32_stat(struct disk *disk, const char *path, struct disk_stat *stat_out)
{
    BY_HANDLE_FILE_INFORMATION status;
    xbits_result result = XBITS_S_OK;
    HANDLE handle = INVALID_HANDLE_VALUE;
    bool is_directory;

    (void)disk;
    TRY(open_to_look(path, &handle));
    if (!GetFileInformationByHandle(handle, &status)) {
        result = disk_win32_fail(GetLastError(), "look at", path);
        goto cleanup;
    }
    is_directory = (status.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
    *stat_out = (struct disk_stat){
        .size = join(status.nFileSizeHigh, status.nFileSizeLow),
        .modified = (int64_t)join(status.ftLastWriteTime.dwHighDateTime,
                                  status.ftLastWriteTime.dwLowDateTime),
        .device = status.dwVolumeSerialNumber,
        .inode = join(status.nFileIndexHigh, status.nFileIndexLow),
        .is_directory = is_directory,
        .is_regular = !is_directory && GetFileType(handle) == FILE_TYPE_DISK,
        .is_read_only = (status.dwFileAttributes & FILE_ATTRIBUTE_READONLY) != 0,
    };
cleanup:
    CloseHandle(handle);
    return result;
}

/* The attributes are those of a link itself. */
static xbits_result win32_is_taken(struct disk *disk, const char *path, bool *is_taken_out)
{
    DWORD code = ERROR_SUCCESS;
    wchar_t *wide = NULL;

    (void)disk;
    TRY(disk_win32_path(path, &wide));
    if (GetFileAttributesW(wide) == INVALID_FILE_ATTRIBUTES)
        code = GetLastError();
    free(wide);
    if (code != ERROR_SUCCESS && code != ERROR_FILE_NOT_FOUND && code != ERROR_PATH_NOT_FOUND)
        return disk_win32_fail(code, "look at", path);
    *is_taken_out = code == ERROR_SUCCESS;
    return XBITS_S_OK;
}

static xbits_result win32_copy_permissions(struct disk *disk, const char *from, const char *to)
{
    (void)disk;
    (void)from;
    (void)to;
    return XBITS_S_OK;
}

/* Asks for the right to add a file without adding one. */
static xbits_result check_access(const char *path)
{
    wchar_t *wide = NULL;
    HANDLE handle;

    TRY(disk_win32_path(path, &wide));
    handle =
        CreateFileW(wide, FILE_ADD_FILE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                    NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    free(wide);
    if (handle == INVALID_HANDLE_VALUE)
        return disk_win32_fail(GetLastError(), "make files in the directory", path);
    CloseHandle(handle);
    return XBITS_S_OK;
}

static xbits_result win32_check_directory(struct disk *disk, const char *path)
{
    struct disk_stat status = { 0 };
    xbits_result result = win32_stat(disk, path, &status);

    if (result == XBITS_ERROR_FILE_NOT_FOUND)
        return xbits_fail(XBITS_ERROR_PATH_NOT_FOUND, "the directory %s does not exist", path);
    TRY(result);
    if (!status.is_directory)
        return xbits_fail(XBITS_ERROR_PATH_NOT_FOUND, "%s is not a directory", path);
    return check_access(path);
}

static xbits_result make_one(const char *path, DWORD *code_out)
{
    wchar_t *wide = NULL;

    TRY(disk_win32_path(path, &wide));
    *code_out = CreateDirectoryW(wide, NULL) ? ERROR_SUCCESS : GetLastError();
    free(wide);
    return XBITS_S_OK;
}

static xbits_result make_parents(struct disk *disk, const char *path)
{
    char *parent = NULL;
    xbits_result result;

    TRY(disk_directory_of(path, &parent));
    /* A root and "." are their own parents. */
    result = strcmp(parent, path) == 0
                 ? xbits_fail(XBITS_ERROR_PATH_NOT_FOUND, "the directory %s does not exist", path)
                 : disk_make_directory(disk, parent);
    free(parent);
    return result;
}

/* What is there decides, not the error: a directory on a read-only volume is fine. */
static xbits_result accept_directory(struct disk *disk, DWORD code, const char *path)
{
    struct disk_stat status = { 0 };

    if (XBITS_FAILED(win32_stat(disk, path, &status)))
        return disk_win32_fail(code, "make the directory", path);
    if (!status.is_directory)
        return xbits_fail(XBITS_ERROR_DIRECTORY, "%s is there and is not a directory", path);
    return XBITS_S_OK;
}

/* Who may use it is inherited from its parent, as for all of a user's own files. */
static xbits_result win32_make_directory(struct disk *disk, const char *path)
{
    DWORD code = ERROR_SUCCESS;

    TRY(make_one(path, &code));
    if (code == ERROR_PATH_NOT_FOUND) {
        TRY(make_parents(disk, path));
        TRY(make_one(path, &code));
    }
    return code == ERROR_SUCCESS ? XBITS_S_OK : accept_directory(disk, code, path);
}

static bool win32_boot_id(struct disk *disk, char id_out[BOOT_ID_SIZE])
{
    (void)disk;
    return boot_id_read(id_out);
}

static const struct disk_ops win32_ops = {
    .open = disk_win32_open,
    .write_at = disk_win32_write_at,
    .read_at = disk_win32_read_at,
    .preallocate = disk_win32_preallocate,
    .start_sync = disk_win32_start_sync,
    .truncate = disk_win32_truncate,
    .sync = disk_win32_sync,
    .set_modified = disk_win32_set_modified,
    .close = disk_win32_close,
    .rename = win32_rename,
    .rename_new = win32_rename_new,
    .remove = win32_remove,
    .sync_directory = win32_sync_directory,
    .stat = win32_stat,
    .is_taken = win32_is_taken,
    .copy_permissions = win32_copy_permissions,
    .check_directory = win32_check_directory,
    .make_directory = win32_make_directory,
    .lock = disk_win32_lock,
    .is_locked = disk_win32_is_locked,
    .boot_id = win32_boot_id,
};

struct disk *disk_system(void)
{
    /* Nobody writes to it; it is not const because a faulty disk would not be. */
    static struct disk machine = { &win32_ops };

    return &machine;
}
