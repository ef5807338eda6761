/* SPDX-License-Identifier: MIT */
#include "cli/assignment.h"

#include "base/url_text.h"
#include "cli/property_text.h"
#include "cli/words.h"
#include "xbits/snapshot.h"

#include <stdlib.h>
#include <string.h>

/* word_at */
static const char *name_at(size_t index)
{
    return index < XBITS_JOB_PROPERTY_COUNT
               ? xbits_job_property_name((enum xbits_job_property)index)
               : NULL;
}

xbits_result assignment_property(const char *name, enum xbits_job_property *property_out)
{
    const char *nearest;

    if (XBITS_SUCCEEDED(xbits_job_property_parse(name, property_out)))
        return XBITS_S_OK;
    nearest = words_nearest(name_at, name);
    return xbits_fail(XBITS_BG_E_UNKNOWN_PROPERTY_ID, "a job has no property \"%s\"%s%s%s",
                      url_text(name).c, nearest ? "; did you mean \"" : "", nearest ? nearest : "",
                      nearest ? "\"?" : "");
}

/* A word that got out of its place may be a URL with a password. */
static xbits_result refuse(const struct assignment *assignment, const char *rule, const char *word)
{
    return xbits_fail(XBITS_E_INVALIDARG, "%s takes %s, not \"%s\"",
                      xbits_job_property_name(assignment->property), rule, url_text(word).c);
}

static bool parse_hexadecimal(const char *digits, uint64_t maximum, uint64_t *number_out)
{
    uint64_t number = 0;

    if (digits[0] == '\0')
        return false;
    for (const char *c = digits; *c != '\0'; c++) {
        static const char known[] = "0123456789abcdef0123456789ABCDEF";
        const char *digit = strchr(known, *c);

        if (digit == NULL || number > UINT64_MAX >> 4)
            return false;
        number = number << 4 | (uint64_t)((digit - known) % 16);
    }
    *number_out = number;
    return number <= maximum;
}

static bool parse_number(const char *word, uint64_t maximum, uint64_t *number_out)
{
    if (text_starts_with_ignoring_case(word, "0x"))
        return parse_hexadecimal(word + 2, maximum, number_out);
    return text_parse_u64(word, maximum, number_out);
}

/* The index of a word in its list. */
static bool parse_word(const char *const *words, size_t count, const char *word,
                       uint32_t *number_out)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal_ignoring_case(words[i], word)) {
            *number_out = (uint32_t)i;
            return true;
        }
    }
    return false;
}

static xbits_result take_bool(struct assignment *assignment, const char *const *words)
{
    bool boolean;

    if (!text_parse_bool(words[0], &boolean))
        return refuse(assignment, "yes or no", words[0]);
    assignment->value = xbits_value_bool(boolean);
    return XBITS_S_OK;
}

static xbits_result take_u32(struct assignment *assignment, const char *const *words)
{
    enum xbits_job_priority priority;
    uint64_t number;

    if (parse_number(words[0], UINT32_MAX, &number)) {
        assignment->value = xbits_value_u32((uint32_t)number);
        return XBITS_S_OK;
    }
    if (assignment->property != XBITS_JOB_PRIORITY)
        return refuse(assignment, "a whole number of at most 32 bits such as 600 or 0x3", words[0]);
    if (XBITS_FAILED(xbits_priority_parse(words[0], &priority)))
        return refuse(assignment, "foreground, high, normal or low", words[0]);
    assignment->value = xbits_value_u32((uint32_t)priority);
    return XBITS_S_OK;
}

static xbits_result take_u64(struct assignment *assignment, const char *const *words)
{
    const char *unlimited = property_unlimited_word(assignment->property);
    uint64_t number = XBITS_SIZE_UNKNOWN;

    if (unlimited == NULL || !text_equal_ignoring_case(words[0], unlimited)) {
        if (!parse_number(words[0], UINT64_MAX, &number))
            return refuse(assignment, "a whole number such as 1000000 or 0x100000", words[0]);
    }
    assignment->value = xbits_value_u64(number);
    return XBITS_S_OK;
}

static xbits_result take_text(struct assignment *assignment, const char *const *words)
{
    assignment->value = xbits_value_text(words[0]);
    return XBITS_S_OK;
}

static xbits_result take_id(struct assignment *assignment, const char *const *words)
{
    assignment->value.kind = XBITS_KIND_ID;
    if (XBITS_FAILED(xbits_id_parse(words[0], &assignment->value.as.id)))
        return refuse(assignment, "a GUID", words[0]);
    return XBITS_S_OK;
}

/* "override LIST except BYPASS": cuts its copy in pieces. */
static xbits_result take_override(struct assignment *assignment, const char *word)
{
    const char *usage = proxy_usage_words[PROXY_USAGE_OVERRIDE];
    char *except;

    if (!text_starts_with_ignoring_case(word, usage) || word[strlen(usage)] != ' ')
        return xbits_fail(XBITS_E_INVALIDARG,
                          "proxy-settings takes preconfig, no-proxy, autodetect or \"override LIST "
                          "except BYPASS\", with or without the last two");
    TRY(text_copy(word + strlen(usage) + 1, &assignment->copy));
    assignment->value.as.proxy.usage = PROXY_USAGE_OVERRIDE;
    assignment->value.as.proxy.list = assignment->copy;
    except = strstr(assignment->copy, PROXY_EXCEPT);
    if (except != NULL) {
        *except = '\0';
        assignment->value.as.proxy.bypass = except + strlen(PROXY_EXCEPT);
    }
    return XBITS_S_OK;
}

static xbits_result take_proxy(struct assignment *assignment, const char *const *words)
{
    struct xbits_value *value = &assignment->value;

    value->kind = XBITS_KIND_PROXY;
    if (parse_word(proxy_usage_words, PROXY_USAGE_COUNT, words[0], &value->as.proxy.usage) &&
        value->as.proxy.usage != PROXY_USAGE_OVERRIDE)
        return XBITS_S_OK;
    return take_override(assignment, words[0]);
}

static xbits_result take_command(struct assignment *assignment, const char *const *words)
{
    assignment->value.kind = XBITS_KIND_COMMAND;
    assignment->value.as.command.program = words[0];
    assignment->value.as.command.parameters = words[1][0] != '\0' ? words[1] : NULL;
    return XBITS_S_OK;
}

/* 40 digits are a hash: no subject looks like one. */
static bool parse_hash(const char *word, uint8_t hash[20])
{
    if (strlen(word) != 40)
        return false;
    for (size_t i = 0; i < 20; i++) {
        char digits[3] = { word[2 * i], word[2 * i + 1], '\0' };
        uint64_t number;

        if (!parse_hexadecimal(digits, UINT8_MAX, &number))
            return false;
        hash[i] = (uint8_t)number;
    }
    return true;
}

static xbits_result take_certificate(struct assignment *assignment, const char *const *words)
{
    struct xbits_value *value = &assignment->value;
    uint64_t number;

    value->kind = XBITS_KIND_CERTIFICATE;
    if (parse_number(words[0], UINT32_MAX, &number))
        value->as.certificate.location = (uint32_t)number;
    else if (!parse_word(certificate_location_words, CERTIFICATE_LOCATION_COUNT, words[0],
                         &value->as.certificate.location))
        return refuse(assignment, "a place such as current-user or local-machine", words[0]);
    value->as.certificate.store = words[1];
    value->as.certificate.has_hash = parse_hash(words[2], value->as.certificate.hash);
    if (!value->as.certificate.has_hash)
        value->as.certificate.subject = words[2];
    return XBITS_S_OK;
}

/* What a kind takes on the command line; no job has a property of the kinds without a row. */
static const struct {
    size_t word_count;
    const char *syntax;
    xbits_result (*take)(struct assignment *assignment, const char *const *words);
} kinds[] = {
    [XBITS_KIND_BOOL] = { 1, "yes or no", take_bool },
    [XBITS_KIND_U32] = { 1, "a number", take_u32 },
    [XBITS_KIND_U64] = { 1, "a number", take_u64 },
    [XBITS_KIND_TEXT] = { 1, "a text", take_text },
    [XBITS_KIND_ID] = { 1, "a GUID", take_id },
    [XBITS_KIND_PROXY] = { 1, "a usage", take_proxy },
    [XBITS_KIND_COMMAND] = { 2, "PROGRAM PARAMETERS", take_command },
    [XBITS_KIND_CERTIFICATE] = { 3, "LOCATION STORE NAME", take_certificate },
};

static xbits_result check_words(const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!text_is_utf8(words[i]))
            return xbits_fail(XBITS_E_INVALIDARG, "the value of %s is not UTF-8", words[0]);
    }
    return XBITS_S_OK;
}

xbits_result assignment_read(struct assignment *assignment, const char *const *words, size_t count,
                             size_t *taken_out)
{
    enum xbits_kind kind;
    size_t needed;

    TRY(assignment_property(words[0], &assignment->property));
    kind = xbits_job_property_kind(assignment->property);
    needed = kinds[kind].word_count;
    if (count - 1 < needed)
        return xbits_fail(XBITS_E_INVALIDARG, "%s takes %s, and %s", words[0], kinds[kind].syntax,
                          count > 1 ? "a word is missing" : "there is nothing");
    TRY(check_words(words, needed + 1));
    TRY(kinds[kind].take(assignment, words + 1));
    *taken_out = needed + 1;
    return XBITS_S_OK;
}

void assignment_dispose(struct assignment *assignment)
{
    free(assignment->copy);
    *assignment = (struct assignment){ 0 };
}
