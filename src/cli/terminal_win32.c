/* SPDX-License-Identifier: MIT */
#include "cli/terminal.h"

#include <io.h>
#include <windows.h>

size_t terminal_width(FILE *stream)
{
    CONSOLE_SCREEN_BUFFER_INFO info;
    HANDLE console = (HANDLE)_get_osfhandle(_fileno(stream));

    if (console == INVALID_HANDLE_VALUE || !GetConsoleScreenBufferInfo(console, &info))
        return 0;
    return (size_t)(info.srWindow.Right - info.srWindow.Left + 1);
}
