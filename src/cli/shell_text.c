/* SPDX-License-Identifier: MIT */
#include "cli/shell_text.h"

#include <string.h>

static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                            "/._-+:,=@%";

xbits_result shell_text_add(struct text *text, const char *word)
{
    if (word[0] != '\0' && word[strspn(word, plain)] == '\0')
        return text_add(text, word);
    TRY(text_add(text, "'"));
    for (; *word != '\0'; word++) {
        /* A quote ends the quotes, stands behind a backslash, and they begin again. */
        if (*word == '\'')
            TRY(text_add(text, "'\\''"));
        else
            TRY(text_append(text, word, 1));
    }
    return text_add(text, "'");
}

static xbits_result add_option(struct text *text, const char *name, const char *value)
{
    if (value == NULL)
        return XBITS_S_OK;
    TRY(text_format(text, " --%s ", name));
    return shell_text_add(text, value);
}

xbits_result shell_text_program(struct text *text, const struct global_values *global)
{
    TRY(text_add(text, "xbits"));
    TRY(add_option(text, "queue", global->queue));
    TRY(add_option(text, "as", global->principal));
    return add_option(text, "config", global->config);
}
