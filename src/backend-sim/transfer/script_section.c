/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/script_section.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/url_text.h"

#include <stdlib.h>
#include <string.h>

/* How the value of a key is read into its field. */
typedef xbits_result read_value(const struct config_entry *entry, void *field);

static xbits_result read_text(const struct config_entry *entry, void *field)
{
    const char **text = field;
    char *copy = NULL;

    TRY(text_copy(entry->value, &copy));
    free((void *)*text);
    *text = copy;
    return XBITS_S_OK;
}

static xbits_result read_url(const struct config_entry *entry, void *field)
{
    char normal[SCRIPT_URL_SIZE];
    struct config_entry normalised = *entry;

    if (!script_url_normalise(entry->value, normal, sizeof(normal)))
        return config_fail(entry, "\"%s\" is not a URL of http or https", url_text(entry->value).c);
    normalised.value = normal;
    return read_text(&normalised, field);
}

static xbits_result read_number(const struct config_entry *entry, void *field)
{
    if (!text_parse_u64(entry->value, SCRIPT_NUMBER_MAXIMUM, field))
        return config_fail(entry, "\"%s\" is not a number from 0 to 2^50", entry->value);
    return XBITS_S_OK;
}

static xbits_result read_status(const struct config_entry *entry, void *field)
{
    int *status = field;
    uint64_t number;

    if (!text_parse_u64(entry->value, 999, &number) || number < 200)
        return config_fail(entry, "\"%s\" is not an HTTP status from 200 to 999", entry->value);
    *status = (int)number;
    return XBITS_S_OK;
}

static xbits_result read_flag(const struct config_entry *entry, void *field)
{
    if (!text_parse_bool(entry->value, field))
        return config_fail(entry, "\"%s\" is neither yes nor no", entry->value);
    return XBITS_S_OK;
}

static xbits_result read_inverted_flag(const struct config_entry *entry, void *field)
{
    bool *flag = field;

    TRY(read_flag(entry, field));
    *flag = !*flag;
    return XBITS_S_OK;
}

static xbits_result read_date(const struct config_entry *entry, void *field)
{
    if (!clock_parse_http(entry->value, field))
        return config_fail(entry, "\"%s\" is not a date like Sat, 21 Nov 2026 09:30:00 GMT",
                           entry->value);
    return XBITS_S_OK;
}

static xbits_result read_version(const struct config_entry *entry, void *field)
{
    static const struct {
        const char *name;
        bool is_http_1_0;
        bool is_http_0_9;
    } versions[] = { { "1.1", false, false }, { "1.0", true, false }, { "0.9", false, true } };
    struct script_section *section = field;

    for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++) {
        if (strcmp(entry->value, versions[i].name) == 0) {
            section->resource.rules.is_http_1_0 = versions[i].is_http_1_0;
            section->is_http_0_9 = versions[i].is_http_0_9;
            return XBITS_S_OK;
        }
    }
    return config_fail(entry, "\"%s\" is none of 1.1, 1.0, 0.9", entry->value);
}

static xbits_result read_error(const struct config_entry *entry, void *field)
{
    static const struct {
        const char *name;
        xbits_result result;
    } errors[] = {
        { "resolve", XBITS_ERROR_WINHTTP_NAME_NOT_RESOLVED },
        { "connect", XBITS_ERROR_WINHTTP_CANNOT_CONNECT },
        { "timeout", XBITS_ERROR_WINHTTP_TIMEOUT },
        { "reset", XBITS_ERROR_WINHTTP_CONNECTION_ERROR },
        { "tls", XBITS_ERROR_WINHTTP_SECURE_FAILURE },
    };
    xbits_result *result = field;

    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        if (strcmp(entry->value, errors[i].name) == 0) {
            *result = errors[i].result;
            return XBITS_S_OK;
        }
    }
    return config_fail(entry, "\"%s\" is none of resolve, connect, timeout, reset, tls",
                       entry->value);
}

#define FIELD(member) offsetof(struct script_section, member)

static const struct key {
    const char *name;
    read_value *read;
    size_t field;
} keys[] = {
    { "url", read_url, FIELD(url) },
    { "after", read_number, FIELD(after) },
    { "size", read_number, FIELD(resource.size) },
    { "pattern", read_number, FIELD(pattern) },
    { "text", read_text, FIELD(body) },
    { "etag", read_text, FIELD(resource.etag) },
    { "last_modified", read_date, FIELD(resource.modified) },
    { "content_type", read_text, FIELD(resource.content_type) },
    { "status", read_status, FIELD(resource.rules.status) },
    { "head_status", read_status, FIELD(resource.rules.head_status) },
    { "error", read_error, FIELD(error) },
    { "fail_times", read_number, FIELD(fail_times) },
    { "location", read_text, FIELD(resource.rules.location) },
    { "retry_after", read_text, FIELD(resource.rules.retry_after) },
    { "content_range", read_text, FIELD(resource.rules.wrong_content_range) },
    { "ranges", read_inverted_flag, FIELD(resource.rules.no_ranges) },
    { "length", read_inverted_flag, FIELD(resource.rules.no_length) },
    { "validators", read_inverted_flag, FIELD(resource.rules.no_validators) },
    { "version", read_version, 0 }, /* Two fields: it gets the section. */
    { "latency_ms", read_number, FIELD(latency_ms) },
    { "rate", read_number, FIELD(rate) },
    { "cut_after", read_number, FIELD(cut_after) },
    { "cut_times", read_number, FIELD(cut_times) },
    { "stalls", read_flag, FIELD(stalls) },
};

#define KEY_COUNT (sizeof(keys) / sizeof(keys[0]))

static void *field_of(struct script_section *section, const struct key *key)
{
    return (char *)section + key->field;
}

xbits_result script_section_set(struct script_section *section, const struct config_entry *entry)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (strcmp(entry->key, keys[i].name) == 0)
            return keys[i].read(entry, field_of(section, &keys[i]));
    }
    return config_fail(entry, "a resource has no such key");
}

xbits_result script_section_fail(const struct script_section *section, const char *key,
                                 const char *reason)
{
    struct config_entry entry = {
        .file = "origin", .line = section->line, .section = section->name, .key = key, .value = ""
    };

    return config_fail(&entry, "%s", reason);
}

xbits_result script_section_finish(struct script_section *section)
{
    if (section->url == NULL)
        return script_section_fail(section, "url", "a resource needs one");
    if (section->body != NULL)
        section->resource.size = strlen(section->body);
    return XBITS_S_OK;
}

void script_section_dispose(struct script_section *section)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (keys[i].read == read_text || keys[i].read == read_url)
            free((void *)*(const char **)field_of(section, &keys[i]));
    }
    free(section->name);
    *section = (struct script_section){ 0 };
}

size_t script_url_server_length(const char *normal)
{
    const char *server = strstr(normal, "://") + 3;

    return (size_t)(server - normal) + strcspn(server, "/") + 1;
}

static void lower(char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] >= 'A' && text[i] <= 'Z')
            text[i] = (char)(text[i] - 'A' + 'a');
    }
}

bool script_url_normalise(const char *url, char *normal, size_t size)
{
    size_t length = strcspn(url, "#");
    size_t server_length;
    const char *rest;

    if (!text_starts_with_ignoring_case(url, "http://") &&
        !text_starts_with_ignoring_case(url, "https://"))
        return false;
    if (length + 2 > size)
        return false;
    server_length = (size_t)(strstr(url, "://") - url) + 3;
    server_length += strcspn(url + server_length, "/?#");
    memcpy(normal, url, server_length);
    lower(normal, server_length);
    normal[server_length] = '/';
    rest = url + server_length + (url[server_length] == '/');
    length = strcspn(rest, "#");
    memcpy(normal + server_length + 1, rest, length);
    normal[server_length + 1 + length] = '\0';
    return true;
}
