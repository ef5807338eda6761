/* SPDX-License-Identifier: MIT */
#include "cli/property_text.h"

#include "base/url_text.h"
#include "cli/format.h"
#include "cli/json.h"
#include "xbits/snapshot.h"

#include <inttypes.h>

const char *const proxy_usage_words[PROXY_USAGE_COUNT] = { "preconfig", "no-proxy", "override",
                                                           "autodetect" };

const char *const certificate_location_words[CERTIFICATE_LOCATION_COUNT] = {
    "current-user",
    "local-machine",
    "current-service",
    "services",
    "users",
    "current-user-group-policy",
    "local-machine-group-policy",
    "local-machine-enterprise",
};

/* What a number is to people. */
enum form { FORM_NUMBER = 0, FORM_BITS, FORM_PRIORITY };

static const enum form forms[XBITS_JOB_PROPERTY_COUNT] = {
    [XBITS_JOB_PRIORITY] = FORM_PRIORITY,   [XBITS_JOB_OWNER_INTEGRITY_LEVEL] = FORM_BITS,
    [XBITS_JOB_NOTIFY_FLAGS] = FORM_BITS,   [XBITS_JOB_SECURITY_FLAGS] = FORM_BITS,
    [XBITS_JOB_FILE_ACL_FLAGS] = FORM_BITS, [XBITS_JOB_PEER_CACHING_FLAGS] = FORM_BITS,
    [XBITS_JOB_COST_FLAGS] = FORM_BITS,     [XBITS_JOB_HELPER_TOKEN_FLAGS] = FORM_BITS,
};

const char *property_unlimited_word(enum xbits_job_property property)
{
    static const char *const words[XBITS_JOB_PROPERTY_COUNT] = {
        [XBITS_JOB_MAX_DOWNLOAD_SIZE] = "unlimited",
        [XBITS_JOB_REPLY_BYTES_TOTAL] = "unknown",
    };

    return words[property];
}

static void print_u32(FILE *stream, enum xbits_job_property property, uint32_t number)
{
    switch (forms[property]) {
    case FORM_NUMBER:
        fprintf(stream, "%" PRIu32, number);
        break;
    case FORM_BITS:
        fprintf(stream, "0x%" PRIX32, number);
        break;
    case FORM_PRIORITY:
        fputs(xbits_priority_name((enum xbits_job_priority)number), stream);
        break;
    }
}

static void print_u64(FILE *stream, enum xbits_job_property property, uint64_t number)
{
    const char *unlimited = property_unlimited_word(property);

    if (number == XBITS_SIZE_UNKNOWN && unlimited != NULL)
        fputs(unlimited, stream);
    else
        fprintf(stream, "%" PRIu64, number);
}

/* A number beyond its words, from an engine that is newer than this program, is printed as one. */
static void print_word(FILE *stream, const char *const *words, size_t count, uint32_t number)
{
    if (number < count)
        fputs(words[number], stream);
    else
        fprintf(stream, "%" PRIu32, number);
}

static json_t *word_to_json(const char *const *words, size_t count, uint32_t number)
{
    return number < count ? json_string(words[number]) : json_integer((json_int_t)number);
}

/* Proxies without their passwords; NULL for none, and when there is no memory. */
static const char *safe_list(struct text *safe, const char *list)
{
    if (list == NULL || XBITS_FAILED(url_text_add_list(safe, list)))
        return NULL;
    return text_c(safe);
}

static void print_proxy(FILE *stream, const struct xbits_value *value)
{
    struct text safe = { 0 };
    const char *list = safe_list(&safe, value->as.proxy.list);

    print_word(stream, proxy_usage_words, PROXY_USAGE_COUNT, value->as.proxy.usage);
    if (list != NULL) {
        fputc(' ', stream);
        format_safely(stream, list);
    }
    if (value->as.proxy.bypass != NULL) {
        fputs(PROXY_EXCEPT, stream);
        format_safely(stream, value->as.proxy.bypass);
    }
    text_dispose(&safe);
}

static json_t *proxy_to_json(const struct xbits_value *value)
{
    struct text safe = { 0 };
    const char *list = safe_list(&safe, value->as.proxy.list);
    json_t *json =
        json_pack("{s:o, s:s?, s:s?}", "usage",
                  word_to_json(proxy_usage_words, PROXY_USAGE_COUNT, value->as.proxy.usage), "list",
                  list, "bypass", value->as.proxy.bypass);

    text_dispose(&safe);
    return json;
}

static void print_command(FILE *stream, const struct xbits_value *value)
{
    const char *parameters = value->as.command.parameters;

    format_safely(stream, value->as.command.program ? value->as.command.program : "");
    if (parameters != NULL && parameters[0] != '\0') {
        fputc(' ', stream);
        format_safely(stream, parameters);
    }
}

/* The hash as 40 digits, or what names the certificate otherwise. Returns text. */
static const char *certificate_name(const struct xbits_value *value, char hash[41])
{
    if (!value->as.certificate.has_hash)
        return value->as.certificate.subject;
    for (size_t i = 0; i < sizeof value->as.certificate.hash; i++)
        snprintf(hash + 2 * i, 3, "%02x", value->as.certificate.hash[i]);
    return hash;
}

static void print_certificate(FILE *stream, const struct xbits_value *value)
{
    char hash[41];
    const char *name = certificate_name(value, hash);

    print_word(stream, certificate_location_words, CERTIFICATE_LOCATION_COUNT,
               value->as.certificate.location);
    fputc(' ', stream);
    format_safely(stream, value->as.certificate.store ? value->as.certificate.store : "");
    fputc(' ', stream);
    format_safely(stream, name ? name : "");
}

static json_t *certificate_to_json(const struct xbits_value *value)
{
    char hash[41];
    const char *name = certificate_name(value, hash);

    return json_pack("{s:o, s:s?, s:s?, s:s?}", "location",
                     word_to_json(certificate_location_words, CERTIFICATE_LOCATION_COUNT,
                                  value->as.certificate.location),
                     "store", value->as.certificate.store, "subject", value->as.certificate.subject,
                     "hash", value->as.certificate.has_hash ? name : NULL);
}

void property_print(FILE *stream, enum xbits_job_property property, const struct xbits_value *value)
{
    char id[XBITS_ID_TEXT_SIZE];

    switch (value->kind) {
    case XBITS_KIND_BOOL:
        fputs(value->as.boolean ? "yes" : "no", stream);
        break;
    case XBITS_KIND_U32:
        print_u32(stream, property, value->as.u32);
        break;
    case XBITS_KIND_U64:
        print_u64(stream, property, value->as.u64);
        break;
    case XBITS_KIND_TEXT:
        format_safely(stream, value->as.text ? value->as.text : "");
        break;
    case XBITS_KIND_ID:
        fputs(xbits_id_format(&value->as.id, id), stream);
        break;
    case XBITS_KIND_PROXY:
        print_proxy(stream, value);
        break;
    case XBITS_KIND_COMMAND:
        print_command(stream, value);
        break;
    case XBITS_KIND_CERTIFICATE:
        print_certificate(stream, value);
        break;
    case XBITS_KIND_NONE:
    case XBITS_KIND_BYTES:
    case XBITS_KIND_RANGES:
        break; /* No job has a property of the last two kinds. */
    }
}

static json_t *u32_to_json(enum xbits_job_property property, uint32_t number)
{
    if (forms[property] == FORM_PRIORITY)
        return json_string(xbits_priority_name((enum xbits_job_priority)number));
    return json_integer((json_int_t)number);
}

json_t *property_to_json(enum xbits_job_property property, const struct xbits_value *value)
{
    char id[XBITS_ID_TEXT_SIZE];

    switch (value->kind) {
    case XBITS_KIND_BOOL:
        return json_boolean(value->as.boolean);
    case XBITS_KIND_U32:
        return u32_to_json(property, value->as.u32);
    case XBITS_KIND_U64:
        return json_bytes(value->as.u64);
    case XBITS_KIND_TEXT:
        return value->as.text ? json_string(value->as.text) : json_null();
    case XBITS_KIND_ID:
        return json_string(xbits_id_format(&value->as.id, id));
    case XBITS_KIND_PROXY:
        return proxy_to_json(value);
    case XBITS_KIND_COMMAND:
        return json_pack("{s:s?, s:s?}", "program", value->as.command.program, "parameters",
                         value->as.command.parameters);
    case XBITS_KIND_CERTIFICATE:
        return certificate_to_json(value);
    case XBITS_KIND_NONE:
    case XBITS_KIND_BYTES:
    case XBITS_KIND_RANGES:
        break;
    }
    return json_null();
}
