/* SPDX-License-Identifier: MIT */
#include "store/registry_store.h"

#include <string.h>

#include "base/text.h"

#define KEY_BYTES 32
#define TEXT_BYTES                                                                                 \
    128 /* With any value's name before it, it fits into one line of registry.ini.                 \
         */

static bool has_control(const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;

        if (byte < ' ' || byte == 0x7F)
            return true;
    }
    return false;
}

static bool has_outer_blank(const char *text)
{
    size_t length = strlen(text);

    return length > 0 && (text[0] == ' ' || text[length - 1] == ' ');
}

const char *registry_key_complaint(const char *key)
{
    size_t length = strlen(key);

    if (length == 0)
        return "a key is not empty";
    if (length > KEY_BYTES)
        return "a key has at most 32 bytes";
    if (!text_is_utf8(key))
        return "a key is UTF-8";
    if (has_control(key))
        return "a key has no control characters";
    if (strpbrk(key, "\\/:;[]=#") != NULL)
        return "a key has none of \\ / : ; [ ] = #";
    if (has_outer_blank(key))
        return "a key has no blank at either end";
    if (strcmp(key, "ActiveService") == 0)
        return "ActiveService names the active store and is no store's key";
    return NULL;
}

const char *registry_text_complaint(const char *text)
{
    if (strlen(text) > TEXT_BYTES)
        return "a text has at most 128 bytes";
    if (!text_is_utf8(text))
        return "a text is UTF-8";
    if (has_control(text))
        return "a text has no control characters";
    if (has_outer_blank(text))
        return "a text has no blank at either end";
    if (strstr(text, " ;") != NULL)
        return "a text has no \" ;\", which begins a comment in registry.ini";
    return NULL;
}
