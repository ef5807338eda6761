/* SPDX-License-Identifier: MIT */
#include "cli/path.h"

#include "base/local_path.h"
#include "base/text.h"

#include <stdlib.h>
#include <windows.h>

static wchar_t *to_wide(const char *text)
{
    int length = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, NULL, 0);
    wchar_t *wide = length > 0 ? malloc((size_t)length * sizeof *wide) : NULL;

    if (wide != NULL)
        MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, wide, length);
    return wide;
}

static char *from_wide(const wchar_t *wide)
{
    int length = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
    char *text = length > 0 ? malloc((size_t)length) : NULL;

    if (text != NULL)
        WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, length, NULL, NULL);
    return text;
}

static wchar_t *full_path(const wchar_t *path)
{
    DWORD size = GetFullPathNameW(path, 0, NULL, NULL);
    wchar_t *full = size > 0 ? malloc(size * sizeof *full) : NULL;

    if (full != NULL && GetFullPathNameW(path, size, full, NULL) >= size)
        full[0] = L'\0';
    return full;
}

xbits_result path_absolute(const char *path, char **absolute_out)
{
    wchar_t *wide = NULL;
    wchar_t *full = NULL;
    char *absolute = NULL;
    xbits_result result = XBITS_S_OK;

    if (path[0] == '\0')
        return xbits_fail(XBITS_E_INVALIDARG, "the name of the file is empty");
    wide = to_wide(path);
    full = wide ? full_path(wide) : NULL;
    absolute = full ? from_wide(full) : NULL;
    if (absolute == NULL)
        result = xbits_fail(XBITS_E_INVALIDARG, "%s cannot be made an absolute path", path);
    else
        *absolute_out = absolute;
    free(full);
    free(wide);
    return result;
}

bool path_is_directory(const char *path)
{
    wchar_t *wide = to_wide(path);
    DWORD attributes = wide ? GetFileAttributesW(wide) : INVALID_FILE_ATTRIBUTES;

    free(wide);
    return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

xbits_result path_user_configuration(char **out)
{
    const wchar_t *directory = _wgetenv(L"APPDATA");

    if (directory == NULL)
        return XBITS_S_OK;
    *out = from_wide(directory);
    if (*out == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the configuration directory's name");
    return XBITS_S_OK;
}

xbits_result path_user_queue(char **out)
{
    const wchar_t *directory = _wgetenv(L"LOCALAPPDATA");
    struct text text = { 0 };
    char *narrow;
    xbits_result result;

    if (directory == NULL)
        return XBITS_S_OK;
    narrow = from_wide(directory);
    if (narrow == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the queue directory's name");
    result = text_format(&text, "%s\\xbits", narrow);
    free(narrow);
    if (XBITS_SUCCEEDED(result))
        *out = text_take(&text);
    return result;
}

/* There is one place for both. */
xbits_result path_user_data(char **out)
{
    return path_user_queue(out);
}
