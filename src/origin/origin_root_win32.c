/* SPDX-License-Identifier: MIT */
#include "origin/origin_root.h"

#include <windows.h>

#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

struct origin_root {
    wchar_t *path; /* As the system names it ("\\?\C:\served"), without a slash at the end. */
    size_t length;
};

/* UTF-8 in, a new text out; NULL when it is none or out of memory. */
static wchar_t *wide_copy(const char *text)
{
    const int length = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, NULL, 0);
    wchar_t *copy = length > 0 ? malloc((size_t)length * sizeof *copy) : NULL;

    if (copy != NULL)
        (void)MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, copy, length);
    return copy;
}

/* The name of what was opened, with every link followed. NULL on failure. */
static wchar_t *final_path(HANDLE handle)
{
    const DWORD size = GetFinalPathNameByHandleW(handle, NULL, 0, FILE_NAME_NORMALIZED);
    wchar_t *path = size > 0 ? malloc((size_t)size * sizeof *path) : NULL;

    if (path != NULL &&
        GetFinalPathNameByHandleW(handle, path, size, FILE_NAME_NORMALIZED) >= size) {
        free(path);
        path = NULL;
    }
    return path;
}

/* Others may go on writing, renaming and deleting. */
static HANDLE open_path(const wchar_t *path, DWORD access, DWORD flags)
{
    return CreateFileW(path, access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                       OPEN_EXISTING, flags, NULL);
}

static xbits_result fail_open(const char *directory, DWORD error)
{
    return xbits_fail_native(RESULT_FROM_WIN32(error), XBITS_DOMAIN_HRESULT, (int64_t)error,
                             "cannot serve the directory %s", directory);
}

static bool is_directory(HANDLE handle)
{
    BY_HANDLE_FILE_INFORMATION attributes;

    return GetFileInformationByHandle(handle, &attributes) != 0 &&
           (attributes.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

xbits_result origin_root_open(const char *directory, struct origin_root **root_out)
{
    wchar_t *path = wide_copy(directory);
    struct origin_root *root = calloc(1, sizeof *root);

    if (path == NULL || root == NULL) {
        free(path);
        free(root);
        return xbits_fail(XBITS_E_INVALIDARG, "%s is not a directory to serve", directory);
    }
    HANDLE handle = open_path(path, 0, FILE_FLAG_BACKUP_SEMANTICS);
    const DWORD error = handle == INVALID_HANDLE_VALUE ? GetLastError() : ERROR_DIRECTORY;
    free(path);
    if (handle != INVALID_HANDLE_VALUE) {
        root->path = is_directory(handle) ? final_path(handle) : NULL;
        (void)CloseHandle(handle);
    }
    if (root->path == NULL) {
        free(root);
        return fail_open(directory, error);
    }
    root->length = wcslen(root->path);
    if (root->path[root->length - 1] == L'\\')
        root->path[--root->length] = L'\0';
    *root_out = root;
    return XBITS_S_OK;
}

void origin_root_close(struct origin_root *root)
{
    if (root == NULL)
        return;
    free(root->path);
    free(root);
}

/* The root's path and the request's in one, as the system writes it; NULL when it cannot be. A
 * colon would name a device or another stream of the file. */
static wchar_t *full_path(const struct origin_root *root, const char *path)
{
    wchar_t *relative = strchr(path, ':') == NULL ? wide_copy(path) : NULL;
    wchar_t *full = NULL;

    if (relative != NULL)
        full = malloc((root->length + wcslen(relative) + 1) * sizeof *full);
    if (full != NULL) {
        memcpy(full, root->path, root->length * sizeof *full);
        memcpy(full + root->length, relative, (wcslen(relative) + 1) * sizeof *full);
        for (wchar_t *c = full + root->length; *c != L'\0'; c++) {
            if (*c == L'/')
                *c = L'\\';
        }
    }
    free(relative);
    return full;
}

/* Judged by what was opened, not by the name it was opened with. */
static bool is_inside(const struct origin_root *root, HANDLE handle)
{
    wchar_t *path = final_path(handle);
    const bool inside =
        path != NULL && wcsncmp(path, root->path, root->length) == 0 && path[root->length] == L'\\';

    free(path);
    return inside;
}

static int status_of_error(DWORD error)
{
    if (error == ERROR_ACCESS_DENIED || error == ERROR_SHARING_VIOLATION)
        return 403;
    return error == ERROR_TOO_MANY_OPEN_FILES || error == ERROR_NOT_ENOUGH_MEMORY ? 503 : 404;
}

static void describe(const BY_HANDLE_FILE_INFORMATION *attributes, struct origin_file *file)
{
    file->size = (uint64_t)attributes->nFileSizeHigh << 32 | attributes->nFileSizeLow;
    file->modified = (int64_t)((uint64_t)attributes->ftLastWriteTime.dwHighDateTime << 32 |
                               attributes->ftLastWriteTime.dwLowDateTime);
    file->inode = (uint64_t)attributes->nFileIndexHigh << 32 | attributes->nFileIndexLow;
}

int origin_root_find(const struct origin_root *root, const char *path, struct origin_file *file_out)
{
    BY_HANDLE_FILE_INFORMATION attributes;
    wchar_t *full = full_path(root, path);

    if (full == NULL)
        return 404;
    HANDLE handle = open_path(full, GENERIC_READ, FILE_ATTRIBUTE_NORMAL);
    const DWORD error = GetLastError();
    free(full);
    if (handle == INVALID_HANDLE_VALUE)
        return status_of_error(error);
    if (GetFileType(handle) != FILE_TYPE_DISK || !is_inside(root, handle) ||
        GetFileInformationByHandle(handle, &attributes) == 0) {
        (void)CloseHandle(handle);
        return 404;
    }
    describe(&attributes, file_out);
    file_out->descriptor = _open_osfhandle((intptr_t)handle, _O_RDONLY | _O_BINARY);
    if (file_out->descriptor < 0) {
        (void)CloseHandle(handle);
        return 503;
    }
    return 200;
}

/* A descriptor belongs to one answer, so its position does too. */
int64_t origin_file_read(int descriptor, uint64_t offset, void *bytes, size_t size)
{
    if (_lseeki64(descriptor, (int64_t)offset, SEEK_SET) < 0)
        return -1;
    return _read(descriptor, bytes, size > INT_MAX ? INT_MAX : (unsigned)size);
}

void origin_file_close(int descriptor)
{
    (void)_close(descriptor);
}
