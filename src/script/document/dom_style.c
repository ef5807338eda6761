/* SPDX-License-Identifier: MIT */
#include "script/document/dom_style.h"

#include <string.h>

struct declaration {
    const char *name;
    size_t name_length;
    const char *value;
    size_t value_length;
};

static size_t trim(const char **at, size_t length)
{
    while (length > 0 && strchr(" \t\r\n\f", **at) != NULL) {
        (*at)++;
        length--;
    }
    while (length > 0 && strchr(" \t\r\n\f", (*at)[length - 1]) != NULL)
        length--;
    return length;
}

/* A ";" inside of url(...) or quotes does not end it. */
static size_t declaration_length(const char *css)
{
    char inside = '\0';
    size_t i = 0;

    for (; css[i] != '\0' && (inside != '\0' || css[i] != ';'); i++) {
        if (inside == css[i])
            inside = '\0';
        else if (inside == '\0' && (css[i] == '"' || css[i] == '\''))
            inside = css[i];
        else if (inside == '\0' && css[i] == '(')
            inside = ')';
    }
    return i;
}

/* false: at the end. One without a colon has an empty name. */
static bool next(const char **css, struct declaration *declaration_out)
{
    size_t length = declaration_length(*css);
    const char *colon = length == 0 ? NULL : memchr(*css, ':', length);
    struct declaration declaration = { .name = *css, .value = *css };

    if (**css == '\0')
        return false;
    if (colon != NULL) {
        declaration.value = colon + 1;
        declaration.name_length = trim(&declaration.name, (size_t)(colon - *css));
        declaration.value_length =
            trim(&declaration.value, (size_t)(*css + length - declaration.value));
    }
    *css += length + ((*css)[length] == ';');
    *declaration_out = declaration;
    return true;
}

/* "backgroundColor" is "background-color", "cssFloat" and "styleFloat" are "float". */
static xbits_result css_name(const char *property, struct text *text)
{
    if (strcmp(property, "cssFloat") == 0 || strcmp(property, "styleFloat") == 0)
        return text_add(text, "float");
    for (; *property != '\0'; property++) {
        bool is_upper = *property >= 'A' && *property <= 'Z';
        char lower = is_upper ? (char)(*property + 32) : *property;

        if (is_upper)
            TRY(text_add(text, "-"));
        TRY(text_append(text, &lower, 1));
    }
    return XBITS_S_OK;
}

static bool is_named(const struct declaration *declaration, const struct text *name)
{
    char own[64];

    if (declaration->name_length != name->length || name->length >= sizeof own)
        return false;
    memcpy(own, declaration->name, name->length);
    own[name->length] = '\0';
    return text_equal_ignoring_case(own, text_c(name));
}

static xbits_result get(const char *css, const struct text *name, struct text *text)
{
    struct declaration declaration;
    struct declaration last = { 0 };

    while (next(&css, &declaration))
        if (is_named(&declaration, name))
            last = declaration;
    return last.value == NULL ? XBITS_S_OK : text_append(text, last.value, last.value_length);
}

xbits_result style_get(const char *css, const char *property, struct text *text)
{
    struct text name = { 0 };
    xbits_result result = css_name(property, &name);

    if (XBITS_SUCCEEDED(result))
        result = get(css, &name, text);
    text_dispose(&name);
    return result;
}

static xbits_result add(struct text *text, const char *name, size_t name_length, const char *value,
                        size_t value_length)
{
    if (text->length > 0)
        TRY(text_add(text, "; "));
    TRY(text_append(text, name, name_length));
    TRY(text_add(text, ": "));
    return text_append(text, value, value_length);
}

static xbits_result set(const char *css, const struct text *name, const char *value,
                        struct text *text)
{
    struct declaration declaration;

    while (next(&css, &declaration))
        if (declaration.name_length > 0 && !is_named(&declaration, name))
            TRY(add(text, declaration.name, declaration.name_length, declaration.value,
                    declaration.value_length));
    return value[0] == '\0' ? XBITS_S_OK
                            : add(text, text_c(name), name->length, value, strlen(value));
}

xbits_result style_set(const char *css, const char *property, const char *value, struct text *text)
{
    struct text name = { 0 };
    xbits_result result = css_name(property, &name);

    if (XBITS_SUCCEEDED(result))
        result = set(css, &name, value, text);
    text_dispose(&name);
    return result;
}
