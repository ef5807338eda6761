/* SPDX-License-Identifier: MIT */
#include "job/property_limits.h"

#include <inttypes.h>
#include <string.h>

#include "base/local_path.h"
#include "base/text.h"
#include "job/file_rules.h"

static bool is_longer(const char *text, size_t maximum)
{
    return text != NULL && text_utf16_length(text) > maximum;
}

xbits_result limit_certificate(const struct property_moment *moment, struct xbits_value *value)
{
    (void)moment;
    if (value->kind == XBITS_KIND_NONE)
        return XBITS_S_OK;
    if (value->as.certificate.location > 7)
        return xbits_fail(XBITS_E_NOTIMPL, "%" PRIu32 " is no certificate store location (0..7)",
                          value->as.certificate.location);
    if (value->as.certificate.store == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "the certificate store has no name");
    if (is_longer(value->as.certificate.store, LIMIT_CERTIFICATE_NAME) ||
        is_longer(value->as.certificate.subject, LIMIT_CERTIFICATE_NAME))
        return xbits_fail(XBITS_BG_E_STRING_TOO_LONG,
                          "names of certificate stores and subjects have at most %u characters",
                          LIMIT_CERTIFICATE_NAME);
    if (value->as.certificate.subject == NULL && !value->as.certificate.has_hash)
        return xbits_fail(XBITS_E_INVALIDARG,
                          "a client certificate is named by its subject or its hash");
    return XBITS_S_OK;
}

/* Unlike other bit sets an unknown bit is an invalid argument (SetFileACLFlags). */
xbits_result limit_file_acl_flags(const struct property_moment *moment, struct xbits_value *value)
{
    (void)moment;
    if (value->as.u32 > 15)
        return xbits_fail(XBITS_E_INVALIDARG,
                          "file-acl-flags 0x%" PRIX32 " has bits beyond BG_COPY_FILE_ALL (0xF)",
                          value->as.u32);
    return XBITS_S_OK;
}

/* Naming the type's own verb is the same as naming none (SetHttpMethod). */
xbits_result limit_http_method(const struct property_moment *moment, struct xbits_value *value)
{
    const char *own = moment->type == XBITS_TYPE_DOWNLOAD ? "GET" : "BITS_POST";

    if (value->kind == XBITS_KIND_TEXT && strcmp(value->as.text, own) == 0)
        *value = xbits_value_text(NULL);
    return XBITS_S_OK;
}

xbits_result limit_maximum_size(const struct property_moment *moment, struct xbits_value *value)
{
    (void)moment;
    if (value->as.u64 == 0)
        return xbits_fail(XBITS_BG_E_MAX_DOWNLOAD_SIZE_INVALID_VALUE,
                          "max-download-size 0 would allow no byte");
    return XBITS_S_OK;
}

xbits_result limit_notify_command(const struct property_moment *moment, struct xbits_value *value)
{
    (void)moment;
    if (value->kind == XBITS_KIND_NONE)
        return XBITS_S_OK;
    if (value->as.command.program == NULL && value->as.command.parameters != NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "notify-command-line has parameters but no program");
    if (is_longer(value->as.command.program, LIMIT_PROGRAM))
        return xbits_fail(XBITS_BG_E_STRING_TOO_LONG,
                          "the program of notify-command-line has more than %u characters",
                          LIMIT_PROGRAM);
    if (is_longer(value->as.command.parameters, LIMIT_PARAMETERS))
        return xbits_fail(XBITS_BG_E_STRING_TOO_LONG,
                          "the parameters of notify-command-line have more than %u characters",
                          LIMIT_PARAMETERS);
    if (value->as.command.program == NULL) {
        *value = xbits_value_text(NULL);
        return XBITS_S_OK;
    }
    /* It runs when nobody knows any more where the caller was (SetNotifyCmdLine). */
    if (!local_path_is_absolute(value->as.command.program))
        return xbits_fail(XBITS_E_INVALIDARG,
                          "the program of notify-command-line needs its full path, from %s on",
                          local_path_form);
    return XBITS_S_OK;
}

enum proxy_usage { PROXY_PRECONFIG, PROXY_NONE, PROXY_OVERRIDE, PROXY_AUTODETECT };

/* The syntax of the lists is judged when the job runs (SetProxySettings). */
xbits_result limit_proxy(const struct property_moment *moment, struct xbits_value *value)
{
    const uint32_t usage = value->as.proxy.usage;
    const bool has_lists = value->as.proxy.list != NULL || value->as.proxy.bypass != NULL;

    (void)moment;
    if (usage > PROXY_AUTODETECT)
        return xbits_fail(XBITS_E_NOTIMPL, "%" PRIu32 " is no proxy usage (0..3)", usage);
    if (usage == PROXY_OVERRIDE && value->as.proxy.list == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "proxy usage override needs a proxy list");
    if (usage != PROXY_OVERRIDE && has_lists)
        return xbits_fail(XBITS_E_INVALIDARG, "only proxy usage override takes lists");
    if (is_longer(value->as.proxy.list, LIMIT_PROXY_LIST))
        return xbits_fail(XBITS_BG_E_PROXY_LIST_TOO_LARGE,
                          "the proxy list has more than %u characters", LIMIT_PROXY_LIST);
    if (is_longer(value->as.proxy.bypass, LIMIT_PROXY_LIST))
        return xbits_fail(XBITS_BG_E_PROXY_BYPASS_LIST_TOO_LARGE,
                          "the proxy bypass list has more than %u characters", LIMIT_PROXY_LIST);
    if (usage == PROXY_OVERRIDE || usage == PROXY_AUTODETECT)
        return xbits_fail(XBITS_E_NOTIMPL, "this engine does not obey proxy usage %s yet",
                          usage == PROXY_OVERRIDE ? "override" : "autodetect");
    return XBITS_S_OK;
}

xbits_result limit_redirect_policy(const struct property_moment *moment, struct xbits_value *value)
{
    const uint32_t policy = value->as.u32 & XBITS_REDIRECT_POLICY_MASK;

    (void)moment;
    if (policy > XBITS_REDIRECT_DISALLOW)
        return xbits_fail(XBITS_E_NOTIMPL,
                          "0x%" PRIX32 " is no redirect policy (0x000, 0x100 or 0x200)", policy);
    return XBITS_S_OK;
}

/* "" lets the engine choose a name, like NULL (SetReplyFileName). */
xbits_result limit_reply_file_name(const struct property_moment *moment, struct xbits_value *value)
{
    (void)moment;
    if (value->kind == XBITS_KIND_TEXT && value->as.text[0] == '\0')
        *value = xbits_value_text(NULL);
    if (value->kind == XBITS_KIND_NONE)
        return XBITS_S_OK;
    return rule_local_name(value->as.text);
}

enum stored_credentials { STORED_NONE, STORED_SERVER, STORED_PROXY };

xbits_result limit_stored_credentials(const struct property_moment *moment,
                                      struct xbits_value *value)
{
    (void)moment;
    if (value->as.u32 == STORED_SERVER)
        return xbits_fail(XBITS_BG_E_USE_STORED_CREDENTIALS_NOT_SUPPORTED,
                          "stored credentials are used for proxies only, not for servers");
    if (value->as.u32 > STORED_PROXY)
        return xbits_fail(XBITS_BG_E_INVALID_AUTH_TARGET,
                          "%" PRIu32 " is no target for credentials (0 none, 2 proxy)",
                          value->as.u32);
    return XBITS_S_OK;
}
