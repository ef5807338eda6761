/* SPDX-License-Identifier: MIT */
#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* What terminals that do not tell their size have had since the punched card. */
#define USUAL_WIDTH 80

size_t terminal_width(FILE *stream)
{
    const char *kind = getenv("TERM");
    int descriptor = fileno(stream);
    struct winsize size;

    if (descriptor < 0 || !isatty(descriptor) || kind == NULL || strcmp(kind, "dumb") == 0)
        return 0;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return USUAL_WIDTH;
    return size.ws_col;
}
