/* SPDX-License-Identifier: MIT */
#include "convention/description_rules.h"

#include <assert.h>

#include "base/text.h"
#include "convention/service_id.h"

#define DIGITS     "0123456789"
#define PIECE_SIZE 49

static const struct {
    const char *name;
    xbits_result result;
    const char *text;
} rules[XBITS_WMP_RULE_COUNT] = {
    [XBITS_WMP_RULE_NONE] = { "NONE", XBITS_E_INVALIDARG, "No rule is broken." },
    [XBITS_WMP_RULE_TEXT] = { "TEXT", XBITS_E_INVALIDARG, "The text is well-formed UTF-8." },
    [XBITS_WMP_RULE_LENGTH] = { "LENGTH", XBITS_BG_E_STRING_TOO_LONG,
                                "The text has at most 1,024 UTF-16 units." },
    [XBITS_WMP_RULE_PREFIX] = { "PREFIX", XBITS_E_INVALIDARG,
                                "The text begins with two colons, and nothing before them." },
    [XBITS_WMP_RULE_KIND] = { "KIND", XBITS_E_INVALIDARG,
                              "The kind is WMP_JOB or WMP_STATUS, in upper case." },
    [XBITS_WMP_RULE_VERSION] = { "VERSION", XBITS_E_INVALIDARG, "The version is 1." },
    [XBITS_WMP_RULE_FIELD_COUNT] = { "FIELD_COUNT", XBITS_E_INVALIDARG,
                                     "Exactly eight fields follow the version." },
    [XBITS_WMP_RULE_SERVICE_ID] = { "SERVICE_ID", XBITS_E_INVALIDARG,
                                    "The service id is a number of 32 bits that is not 0." },
    [XBITS_WMP_RULE_PROVIDER] = { "PROVIDER", XBITS_E_INVALIDARG, "The provider is not empty." },
    [XBITS_WMP_RULE_NUMBER] = { "NUMBER", XBITS_E_INVALIDARG,
                                "TrackNumber is 1 to 5 digits, Duration and Rating are a number; "
                                "each may be empty." },
    [XBITS_WMP_RULE_AMBIGUOUS] = { "AMBIGUOUS", XBITS_E_INVALIDARG,
                                   "A text with colons inside its fields can be read in exactly "
                                   "one way." },
    [XBITS_WMP_RULE_COLON] = { "COLON", XBITS_E_INVALIDARG,
                               "A field whose colons cannot be replaced has none." },
};

const char *xbits_wmp_rule_name(enum xbits_wmp_rule rule)
{
    return (unsigned)rule < XBITS_WMP_RULE_COUNT ? rules[rule].name : "unknown";
}

const char *xbits_wmp_rule_text(enum xbits_wmp_rule rule)
{
    return (unsigned)rule < XBITS_WMP_RULE_COUNT ? rules[rule].text : "unknown";
}

xbits_result description_refuse(const struct description_objection *objection,
                                struct xbits_wmp_refusal *refusal_out)
{
    char piece[PIECE_SIZE];
    const char *subject = objection->subject;
    bool is_cut;

    if (subject == NULL)
        subject = xbits_wmp_field_name((enum xbits_wmp_field)objection->field);
    text_make_printable(text_copy_into(piece, sizeof piece, objection->piece));
    is_cut = strlen(piece) < strlen(objection->piece);
    refusal_out->rule = objection->rule;
    refusal_out->field = objection->field;
    refusal_out->position = objection->position;
    return xbits_fail(rules[objection->rule].result, "%s \"%s%s\" at position %zu %s", subject,
                      piece, is_cut ? "..." : "", objection->position, objection->complaint);
}

struct xbits_wmp_refusal description_no_refusal(void)
{
    return (struct xbits_wmp_refusal){ .size = sizeof(struct xbits_wmp_refusal),
                                       .rule = XBITS_WMP_RULE_NONE,
                                       .field = XBITS_WMP_NO_FIELD };
}

xbits_result description_pass_on(xbits_result result, const struct xbits_wmp_refusal *refusal,
                                 struct xbits_wmp_refusal *refusal_out)
{
    if (refusal_out != NULL) {
        const size_t size = refusal_out->size;

        *refusal_out = *refusal;
        refusal_out->size = size;
    }
    return result;
}

size_t description_units(const char *text, size_t bytes)
{
    size_t units = 0;

    for (size_t at = 0; at < bytes;) {
        size_t length = text_sequence_length(text + at);

        assert(length > 0);
        /* Four bytes are a pair of surrogates. */
        units += length == 4 ? 2 : 1;
        at += length;
    }
    return units;
}

static size_t well_formed_length(const char *text)
{
    size_t at = 0;

    while (text[at] != '\0') {
        size_t length = text_sequence_length(text + at);

        if (length == 0)
            break;
        at += length;
    }
    return at;
}

xbits_result description_check_utf8(const char *text, int field,
                                    struct xbits_wmp_refusal *refusal_out)
{
    size_t length = well_formed_length(text);
    const struct description_objection objection = {
        .rule = XBITS_WMP_RULE_TEXT,
        .field = field,
        .position = description_units(text, length),
        .subject = field == XBITS_WMP_NO_FIELD ? "the text" : NULL,
        .piece = text + length,
        .complaint = "is not UTF-8",
    };

    return text[length] == '\0' ? XBITS_S_OK : description_refuse(&objection, refusal_out);
}

xbits_result description_check_length(const char *text, struct xbits_wmp_refusal *refusal_out)
{
    const struct description_objection objection = {
        .rule = XBITS_WMP_RULE_LENGTH,
        .field = XBITS_WMP_NO_FIELD,
        .position = XBITS_WMP_TEXT_UNITS,
        .subject = "the text",
        .piece = text,
        .complaint = "goes on: it may have 1,024 UTF-16 units",
    };

    if (text_utf16_length(text) <= XBITS_WMP_TEXT_UNITS)
        return XBITS_S_OK;
    return description_refuse(&objection, refusal_out);
}

bool description_is_track_number(const char *text, size_t length)
{
    return length <= DESCRIPTION_TRACK_NUMBER_DIGITS && strspn(text, DIGITS) >= length;
}

static bool is_service_id(const char *text)
{
    int32_t service_id;

    return service_id_parse(text, &service_id);
}

static bool is_provider(const char *text)
{
    return text[0] != '\0';
}

static bool is_track_number(const char *text)
{
    return description_is_track_number(text, strlen(text));
}

/* Digits, and a fraction at most: no sign, no blanks, no exponent. */
static bool is_number(const char *text)
{
    size_t whole = strspn(text, DIGITS);
    size_t fraction;

    if (text[whole] == '\0')
        return true;
    fraction = strspn(text + whole + 1, DIGITS);
    return whole > 0 && text[whole] == '.' && fraction > 0 && text[whole + 1 + fraction] == '\0';
}

static bool is_anything(const char *text)
{
    (void)text;
    return true;
}

static const struct {
    bool (*is_valid)(const char *text);
    enum xbits_wmp_rule rule;
    const char *complaint;
} values[] = {
    [DESCRIPTION_SERVICE_ID] = { is_service_id, XBITS_WMP_RULE_SERVICE_ID,
                                 "is not a number other than 0 of 32 bits" },
    [DESCRIPTION_PROVIDER] = { is_provider, XBITS_WMP_RULE_PROVIDER,
                               "is empty, and must be a store's key name" },
    [DESCRIPTION_FREE_TEXT] = { is_anything, XBITS_WMP_RULE_NONE, "" },
    [DESCRIPTION_TRACK_NUMBER] = { is_track_number, XBITS_WMP_RULE_NUMBER,
                                   "is neither empty nor 1 to 5 digits" },
    [DESCRIPTION_NUMBER] = { is_number, XBITS_WMP_RULE_NUMBER, "is neither empty nor a number" },
};

xbits_result description_check_value(const struct description_texts *texts,
                                     enum xbits_wmp_field field,
                                     struct xbits_wmp_refusal *refusal_out)
{
    const enum description_value value = description_field(field)->value;
    const struct description_objection objection = {
        .rule = values[value].rule,
        .field = (int)field,
        .position = texts->positions[field],
        .piece = texts->texts[field],
        .complaint = values[value].complaint,
    };

    if (values[value].is_valid(texts->texts[field]))
        return XBITS_S_OK;
    return description_refuse(&objection, refusal_out);
}
