/* SPDX-License-Identifier: MIT */
#include "base/argument.h"

#include "base/local_path.h"
#include "base/text.h"

xbits_result argument_struct(const char *name, size_t size, size_t expected)
{
    if (size < expected)
        return xbits_fail(XBITS_E_INVALIDARG, "%s says its size is %zu, not %zu: use XBITS_INIT",
                          name, size, expected);
    return XBITS_S_OK;
}

xbits_result argument_pointer(const char *name, const void *pointer)
{
    if (pointer == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "%s is NULL", name);
    return XBITS_S_OK;
}

xbits_result argument_optional_text(const char *name, const char *text)
{
    if (text != NULL && !text_is_utf8(text))
        return xbits_fail(XBITS_E_INVALIDARG, "%s is not UTF-8", name);
    return XBITS_S_OK;
}

xbits_result argument_text(const char *name, const char *text)
{
    TRY(argument_pointer(name, text));
    return argument_optional_text(name, text);
}

xbits_result argument_path(const char *name, const char *path)
{
    TRY(argument_text(name, path));
    if (!local_path_is_absolute(path)) {
        return xbits_fail(XBITS_E_INVALIDARG, "%s \"%s\" is not absolute: it must begin with %s",
                          name, path, local_path_form);
    }
    return XBITS_S_OK;
}

static xbits_result check_list(const char *name, const void *list, size_t count)
{
    return count == 0 ? XBITS_S_OK : argument_pointer(name, list);
}

xbits_result argument_value(const struct xbits_value *value)
{
    TRY(argument_pointer("the value", value));
    switch (value->kind) {
    case XBITS_KIND_TEXT:
        return argument_optional_text("the text", value->as.text);
    case XBITS_KIND_BYTES:
        return check_list("the bytes", value->as.bytes.data, value->as.bytes.size);
    case XBITS_KIND_RANGES:
        return check_list("the ranges", value->as.ranges.list, value->as.ranges.count);
    case XBITS_KIND_PROXY:
        TRY(argument_optional_text("the proxy list", value->as.proxy.list));
        return argument_optional_text("the bypass list", value->as.proxy.bypass);
    case XBITS_KIND_COMMAND:
        TRY(argument_optional_text("the program", value->as.command.program));
        return argument_optional_text("the parameters", value->as.command.parameters);
    case XBITS_KIND_CERTIFICATE:
        TRY(argument_optional_text("the certificate store", value->as.certificate.store));
        return argument_optional_text("the subject", value->as.certificate.subject);
    case XBITS_KIND_NONE:
    case XBITS_KIND_BOOL:
    case XBITS_KIND_U32:
    case XBITS_KIND_U64:
    case XBITS_KIND_ID:
        return XBITS_S_OK;
    }
    return xbits_fail(XBITS_E_INVALIDARG, "%d is no kind of value", (int)value->kind);
}
