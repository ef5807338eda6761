/* SPDX-License-Identifier: MIT */
#include "base/error_text.h"

#include <stdio.h>
#include <string.h>

char *error_text(int error_number, char *text, size_t size)
{
    if (strerror_s(text, size, error_number) != 0 || text[0] == '\0')
        snprintf(text, size, "error %d", error_number);
    return text;
}
