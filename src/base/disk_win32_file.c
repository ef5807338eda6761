/* SPDX-License-Identifier: MIT */
#include "base/disk_win32.h"

#include <stdlib.h>
#include <windows.h>

#include "base/disk_file.h"
#include "base/text.h"

#define LARGEST_CALL ((size_t)1 << 30)

struct win32_file {
    struct disk_file base;
    HANDLE handle;
};

static HANDLE handle_of(const struct disk_file *file)
{
    return ((const struct win32_file *)file)->handle;
}

static xbits_result fail_file(const struct disk_file *file, const char *what)
{
    return disk_win32_fail(GetLastError(), what, file->path);
}

/* Owns the handle, also on failure. Pipes and devices are not FILE_TYPE_DISK. */
static xbits_result take_handle(HANDLE handle, const char *path, struct disk_file **file_out)
{
    struct win32_file *file = NULL;
    xbits_result result;

    if (GetFileType(handle) != FILE_TYPE_DISK) {
        result = xbits_fail(XBITS_E_ACCESSDENIED, "%s is not a regular file", path);
        goto cleanup;
    }
    file = calloc(1, sizeof(*file));
    if (file == NULL) {
        result = xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to open %s", path);
        goto cleanup;
    }
    result = text_copy(path, &file->base.path);
    if (XBITS_FAILED(result))
        goto cleanup;
    file->handle = handle;
    *file_out = &file->base;
    return XBITS_S_OK;
cleanup:
    free(file);
    CloseHandle(handle);
    return result;
}

/* How a file is opened. Sharing is what lets a temporary file be renamed and read meanwhile. */
struct way {
    DWORD access;
    DWORD share;
    DWORD disposition;
    const char *what;
};

/* A handle that no child inherits: the security attributes are NULL. */
static xbits_result open_as(const char *path, const struct way *way, struct disk_file **file_out)
{
    wchar_t *wide = NULL;
    HANDLE handle;
    DWORD code;

    TRY(disk_win32_path(path, &wide));
    handle = CreateFileW(wide, way->access, way->share, NULL, way->disposition,
                         FILE_ATTRIBUTE_NORMAL, NULL);
    code = GetLastError();
    free(wide);
    if (handle == INVALID_HANDLE_VALUE)
        return disk_win32_fail(code, way->what, path);
    return take_handle(handle, path, file_out);
}

xbits_result disk_win32_open(struct disk *disk, const char *path, enum disk_open how,
                             struct disk_file **file_out)
{
    static const struct way ways[] = {
        [DISK_CREATE_NEW] = { GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_DELETE, CREATE_NEW,
                              "create" },
        [DISK_OPEN_WRITE] = { GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_DELETE, OPEN_EXISTING,
                              "write to" },
        [DISK_OPEN_READ] = { GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                             OPEN_EXISTING, "read" },
        [DISK_OPEN_UPDATE] = { GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_DELETE,
                               OPEN_ALWAYS, "update" },
    };

    (void)disk;
    return open_as(path, &ways[how], file_out);
}

/* Writing is not shared, so whoever has it open to write has it locked. */
xbits_result disk_win32_lock(struct disk *disk, const char *path, struct disk_file **file_out)
{
    static const struct way way = { GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, OPEN_ALWAYS,
                                    "lock" };
    xbits_result result = open_as(path, &way, file_out);

    (void)disk;
    if (result == XBITS_ERROR_SHARING_VIOLATION)
        return xbits_fail(XBITS_ERROR_LOCK_VIOLATION, "%s is locked by somebody else", path);
    return result;
}

/* A handle that shares everything but writing meets only those that write. */
xbits_result disk_win32_is_locked(struct disk *disk, const char *path, bool *is_locked_out)
{
    static const struct way way = { GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE,
                                    OPEN_EXISTING, "look at" };
    struct disk_file *file = NULL;
    xbits_result result = open_as(path, &way, &file);

    if (result == XBITS_ERROR_FILE_NOT_FOUND || result == XBITS_ERROR_PATH_NOT_FOUND ||
        result == XBITS_ERROR_SHARING_VIOLATION) {
        *is_locked_out = result == XBITS_ERROR_SHARING_VIOLATION;
        return XBITS_S_OK;
    }
    TRY(result);
    *is_locked_out = false;
    return disk_win32_close(disk, file);
}

static OVERLAPPED place_of(uint64_t offset)
{
    OVERLAPPED place = { .Offset = (DWORD)offset, .OffsetHigh = (DWORD)(offset >> 32) };

    return place;
}

xbits_result disk_win32_write_at(struct disk *disk, struct disk_file *file, uint64_t offset,
                                 const void *bytes, size_t size)
{
    const char *next = bytes;

    (void)disk;
    while (size > 0) {
        DWORD part = (DWORD)(size < LARGEST_CALL ? size : LARGEST_CALL);
        OVERLAPPED place = place_of(offset);
        DWORD written = 0;

        if (!WriteFile(handle_of(file), next, part, &written, &place))
            return fail_file(file, "write to");
        if (written == 0)
            return disk_win32_fail(ERROR_WRITE_FAULT, "write to", file->path);
        next += written;
        offset += written;
        size -= written;
    }
    return XBITS_S_OK;
}

xbits_result disk_win32_read_at(struct disk *disk, struct disk_file *file, uint64_t offset,
                                void *bytes, size_t size, size_t *size_out)
{
    char *next = bytes;
    size_t left = size;

    (void)disk;
    while (left > 0) {
        DWORD part = (DWORD)(left < LARGEST_CALL ? left : LARGEST_CALL);
        OVERLAPPED place = place_of(offset);
        DWORD got = 0;

        if (!ReadFile(handle_of(file), next, part, &got, &place) &&
            GetLastError() != ERROR_HANDLE_EOF)
            return fail_file(file, "read");
        if (got == 0)
            break;
        next += got;
        offset += got;
        left -= got;
    }
    *size_out = size - left;
    return XBITS_S_OK;
}

static bool set_length(const struct disk_file *file, uint64_t size)
{
    FILE_END_OF_FILE_INFO length = { .EndOfFile = { .QuadPart = (LONGLONG)size } };

    return SetFileInformationByHandle(handle_of(file), FileEndOfFileInfo, &length,
                                      sizeof(length)) != 0;
}

/* Windows has no such hint. */
void disk_win32_start_sync(struct disk *disk, struct disk_file *file, uint64_t offset,
                           uint64_t size)
{
    (void)disk;
    (void)file;
    (void)offset;
    (void)size;
}

/* The length alone takes the room on NTFS; other file systems fail when it is not there. */
xbits_result disk_win32_preallocate(struct disk *disk, struct disk_file *file, uint64_t size)
{
    (void)disk;
    return set_length(file, size) ? XBITS_S_OK : fail_file(file, "make room for");
}

xbits_result disk_win32_truncate(struct disk *disk, struct disk_file *file, uint64_t size)
{
    (void)disk;
    return set_length(file, size) ? XBITS_S_OK : fail_file(file, "set the length of");
}

xbits_result disk_win32_sync(struct disk *disk, struct disk_file *file)
{
    (void)disk;
    return FlushFileBuffers(handle_of(file)) ? XBITS_S_OK : fail_file(file, "bring to the disk");
}

xbits_result disk_win32_set_modified(struct disk *disk, struct disk_file *file, int64_t modified)
{
    FILETIME time = { .dwLowDateTime = (DWORD)modified,
                      .dwHighDateTime = (DWORD)((uint64_t)modified >> 32) };

    (void)disk;
    if (modified < 0)
        return disk_win32_fail(ERROR_INVALID_PARAMETER, "set the time of", file->path);
    if (!SetFileTime(handle_of(file), NULL, NULL, &time))
        return fail_file(file, "set the time of");
    return XBITS_S_OK;
}

xbits_result disk_win32_close(struct disk *disk, struct disk_file *file)
{
    xbits_result result = CloseHandle(handle_of(file)) ? XBITS_S_OK : fail_file(file, "close");

    (void)disk;
    free(file->path);
    free(file);
    return result;
}
