/* SPDX-License-Identifier: MIT */
#include "xbits/convention.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/argument.h"
#include "base/text.h"
#include "convention/description_rules.h"
#include "convention/service_id.h"

#define PREFIX "::"

/* A text while it is read: its copy is cut into tokens, each where it stands in the text. */
struct reading {
    const char *text;
    char *copy;
    struct description_texts fields;
    size_t surplus; /* Colons more than a strict text has. */
    struct xbits_wmp_refusal refusal;
};

/* Ends a token at its colon; returns what is behind it, NULL when there is none. */
static char *cut(char *token)
{
    char *colon = strchr(token, ':');

    if (colon == NULL)
        return NULL;
    *colon = '\0';
    return colon + 1;
}

static char *cut_last(char *token)
{
    char *colon = strrchr(token, ':');

    assert(colon != NULL);
    *colon = '\0';
    return colon + 1;
}

/* Of a place in the copy; NULL is the text's end. */
static size_t position_of(const struct reading *reading, const char *place)
{
    size_t bytes = place == NULL ? strlen(reading->text) : (size_t)(place - reading->copy);

    return description_units(reading->text, bytes);
}

/* A rule about the whole text is broken by the piece at this place of the copy. */
static xbits_result refuse_text(struct reading *reading, enum xbits_wmp_rule rule,
                                const char *subject, const char *place, const char *complaint)
{
    const struct description_objection objection = {
        .rule = rule,
        .field = XBITS_WMP_NO_FIELD,
        .position = position_of(reading, place),
        .subject = subject,
        .piece = place == NULL ? "" : place,
        .complaint = complaint,
    };

    return description_refuse(&objection, &reading->refusal);
}

static xbits_result read_kind(struct reading *reading, const char *token,
                              enum xbits_wmp_kind *kind_out)
{
    static const enum xbits_wmp_kind kinds[] = { XBITS_WMP_JOB, XBITS_WMP_STATUS };

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(token, xbits_wmp_kind_name(kinds[i])) == 0) {
            *kind_out = kinds[i];
            return XBITS_S_OK;
        }
    }
    return refuse_text(reading, XBITS_WMP_RULE_KIND, "the kind", token,
                       "is neither WMP_JOB nor WMP_STATUS");
}

/* Up to the version; what is behind it is NULL when there is nothing. */
static xbits_result read_head(struct reading *reading, enum xbits_wmp_kind *kind_out,
                              char **rest_out)
{
    char *kind;
    char *version;
    char *rest;

    if (!text_starts_with(reading->copy, PREFIX))
        return refuse_text(reading, XBITS_WMP_RULE_PREFIX, "the text",
                           reading->copy + (reading->copy[0] == ':' ? 1 : 0),
                           "does not begin with two colons and nothing before them");
    kind = reading->copy + strlen(PREFIX);
    version = cut(kind);
    TRY(read_kind(reading, kind, kind_out));
    rest = version == NULL ? NULL : cut(version);
    if (version == NULL || strcmp(version, DESCRIPTION_VERSION) != 0)
        return refuse_text(reading, XBITS_WMP_RULE_VERSION, "the version", version,
                           "is not " DESCRIPTION_VERSION);
    *rest_out = rest;
    return XBITS_S_OK;
}

static xbits_result refuse_count(struct reading *reading, size_t count, char *rest)
{
    char complaint[80];

    if (count < XBITS_WMP_FIELD_COUNT) {
        snprintf(complaint, sizeof complaint, "ends without %s: it has %zu of %d fields",
                 xbits_wmp_field_name((enum xbits_wmp_field)count), count, XBITS_WMP_FIELD_COUNT);
        return refuse_text(reading, XBITS_WMP_RULE_FIELD_COUNT, "the text", NULL, complaint);
    }
    for (int i = 0; i < XBITS_WMP_FIELD_COUNT; i++)
        rest = cut(rest);
    return refuse_text(reading, XBITS_WMP_RULE_FIELD_COUNT, "the text", rest,
                       "goes on after its eight fields: a colon is in one of them");
}

static size_t count_fields(const char *rest)
{
    size_t count = rest == NULL ? 0 : 1;

    for (; rest != NULL && *rest != '\0'; rest++)
        count += *rest == ':' ? 1 : 0;
    return count;
}

/*
 * Cuts off five fields from the left and two from the right; the title is what is left. Where there
 * are colons to spare this is the one reading that can be the only one: with a track number further
 * to the right, what is before it can be parted into artist and album in two ways at least.
 */
static void cut_fields(struct reading *reading, char *rest)
{
    const char **texts = reading->fields.texts;

    for (int i = 0; i < XBITS_WMP_TITLE; i++) {
        texts[i] = rest;
        rest = cut(rest);
    }
    texts[XBITS_WMP_TITLE] = rest;
    texts[XBITS_WMP_RATING] = cut_last(rest);
    texts[XBITS_WMP_DURATION] = cut_last(rest);
    for (int i = 0; i < XBITS_WMP_FIELD_COUNT; i++)
        reading->fields.positions[i] = position_of(reading, texts[i]);
}

/* In how many ways the text between Provider and Duration is artist, album, number and title. */
static size_t count_readings(const struct description_texts *fields)
{
    const char *number = fields->texts[XBITS_WMP_TRACK_NUMBER];
    const char *token = fields->texts[XBITS_WMP_TITLE];
    const char *colon = strchr(token, ':');
    size_t count = description_is_track_number(number, strlen(number)) ? 1 : 0;

    /* A number with n tokens before it leaves n - 1 places between artist and album. */
    for (size_t places = 2; colon != NULL; places++) {
        if (description_is_track_number(token, (size_t)(colon - token)))
            count += places;
        token = colon + 1;
        colon = strchr(token, ':');
    }
    return count;
}

static xbits_result check_readings(struct reading *reading)
{
    char complaint[120];
    size_t count = count_readings(&reading->fields);

    if (count == 1)
        return XBITS_S_OK;
    snprintf(complaint, sizeof complaint,
             "begins AlbumArtist to Title, which can be told apart in %zu ways, not in one", count);
    return refuse_text(reading, XBITS_WMP_RULE_AMBIGUOUS, "the text",
                       reading->fields.texts[XBITS_WMP_ALBUM_ARTIST], complaint);
}

static xbits_result read_fields(struct reading *reading, enum xbits_wmp_mode mode, char *rest)
{
    size_t count = count_fields(rest);

    if (count < XBITS_WMP_FIELD_COUNT ||
        (mode == XBITS_WMP_STRICT && count > XBITS_WMP_FIELD_COUNT))
        return refuse_count(reading, count, rest);
    reading->surplus = count - XBITS_WMP_FIELD_COUNT;
    cut_fields(reading, rest);
    for (int i = 0; i < XBITS_WMP_FIELD_COUNT; i++) {
        /* With colons to spare nobody knows yet which one the track number is. */
        if (i != XBITS_WMP_TRACK_NUMBER || reading->surplus == 0)
            TRY(description_check_value(&reading->fields, (enum xbits_wmp_field)i,
                                        &reading->refusal));
    }
    return reading->surplus == 0 ? XBITS_S_OK : check_readings(reading);
}

static xbits_result read_text(struct reading *reading, enum xbits_wmp_mode mode,
                              enum xbits_wmp_kind *kind_out)
{
    enum xbits_wmp_kind kind;
    char *rest;

    TRY(description_check_utf8(reading->text, XBITS_WMP_NO_FIELD, &reading->refusal));
    TRY(description_check_length(reading->text, &reading->refusal));
    TRY(text_copy(reading->text, &reading->copy));
    TRY(read_head(reading, &kind, &rest));
    TRY(read_fields(reading, mode, rest));
    *kind_out = kind;
    return XBITS_S_OK;
}

static void fill(const struct reading *reading, enum xbits_wmp_kind kind,
                 struct xbits_wmp_description *description_out)
{
    struct xbits_wmp_description description = { .size = description_out->size, .kind = kind };

    (void)service_id_parse(reading->fields.texts[XBITS_WMP_SERVICE_ID], &description.service_id);
    for (int i = XBITS_WMP_PROVIDER; i < XBITS_WMP_FIELD_COUNT; i++)
        description_set_field_text(&description, (enum xbits_wmp_field)i, reading->fields.texts[i]);
    description.owned = reading->copy;
    *description_out = description;
}

xbits_result xbits_wmp_description_parse(const char *text, enum xbits_wmp_mode mode,
                                         struct xbits_wmp_description *description_out,
                                         struct xbits_wmp_refusal *refusal_out)
{
    struct reading reading = { .text = text, .refusal = description_no_refusal() };
    enum xbits_wmp_kind kind;
    xbits_result result;

    if (refusal_out != NULL)
        TRY(argument_struct("refusal_out", refusal_out->size, sizeof *refusal_out));
    TRY(argument_pointer("description_out", description_out));
    TRY(argument_struct("description_out", description_out->size, sizeof *description_out));
    TRY(argument_pointer("text", text));
    if (mode != XBITS_WMP_STRICT && mode != XBITS_WMP_LENIENT)
        return xbits_fail(XBITS_E_INVALIDARG, "%d is no way to read a description", (int)mode);
    result = read_text(&reading, mode, &kind);
    if (XBITS_FAILED(result)) {
        free(reading.copy);
        return description_pass_on(result, &reading.refusal, refusal_out);
    }
    fill(&reading, kind, description_out);
    return XBITS_S_OK;
}

void xbits_wmp_description_dispose(struct xbits_wmp_description *description)
{
    if (description == NULL)
        return;
    free(description->owned);
    *description = (struct xbits_wmp_description){ .size = description->size };
}
