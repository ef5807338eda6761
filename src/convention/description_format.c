/* SPDX-License-Identifier: MIT */
#include "xbits/convention.h"

#include "base/argument.h"
#include "base/text.h"
#include "convention/description_rules.h"
#include "convention/service_id.h"

/* There is no escape: what stands for a colon has to look well in a title (ADR 8). */
static xbits_result add_without_colons(struct text *text, const char *field)
{
    while (*field != '\0') {
        size_t length = strcspn(field, ":");

        TRY(text_append(text, field, length));
        field += length;
        if (*field == '\0')
            break;
        field++;
        TRY(text_add(text, *field == ' ' || *field == '\0' ? " -" : "-"));
    }
    return XBITS_S_OK;
}

static xbits_result write_text(const struct xbits_wmp_description *description,
                               const struct description_texts *fields, struct text *text)
{
    TRY(text_format(text, "::%s:" DESCRIPTION_VERSION, xbits_wmp_kind_name(description->kind)));
    for (int i = 0; i < XBITS_WMP_FIELD_COUNT; i++) {
        TRY(text_add(text, ":"));
        if (description_field((enum xbits_wmp_field)i)->is_colon_replaced)
            TRY(add_without_colons(text, fields->texts[i]));
        else
            TRY(text_add(text, fields->texts[i]));
    }
    return XBITS_S_OK;
}

static xbits_result check_kind(enum xbits_wmp_kind kind, struct xbits_wmp_refusal *refusal_out)
{
    const struct description_objection objection = {
        .rule = XBITS_WMP_RULE_KIND,
        .field = XBITS_WMP_NO_FIELD,
        .subject = "the kind",
        .piece = xbits_wmp_kind_name(kind),
        .complaint = "is neither WMP_JOB nor WMP_STATUS",
    };

    if (kind == XBITS_WMP_JOB || kind == XBITS_WMP_STATUS)
        return XBITS_S_OK;
    return description_refuse(&objection, refusal_out);
}

static xbits_result check_colon(const char *text, enum xbits_wmp_field field,
                                struct xbits_wmp_refusal *refusal_out)
{
    size_t length = strcspn(text, ":");
    const struct description_objection objection = {
        .rule = XBITS_WMP_RULE_COLON,
        .field = (int)field,
        .position = description_units(text, length),
        .piece = text,
        .complaint = "has a colon, for which the convention has no escape",
    };

    if (text[length] == '\0' || description_field(field)->is_colon_replaced)
        return XBITS_S_OK;
    return description_refuse(&objection, refusal_out);
}

/* The rules in their order; text is what the fields amount to. */
static xbits_result check(const struct xbits_wmp_description *description,
                          const struct description_texts *fields, const char *text,
                          struct xbits_wmp_refusal *refusal_out)
{
    TRY(description_check_length(text, refusal_out));
    TRY(check_kind(description->kind, refusal_out));
    for (int i = 0; i < XBITS_WMP_FIELD_COUNT; i++)
        TRY(description_check_value(fields, (enum xbits_wmp_field)i, refusal_out));
    for (int i = 0; i < XBITS_WMP_FIELD_COUNT; i++)
        TRY(check_colon(fields->texts[i], (enum xbits_wmp_field)i, refusal_out));
    return XBITS_S_OK;
}

static xbits_result format(const struct xbits_wmp_description *description, struct text *text,
                           struct xbits_wmp_refusal *refusal_out)
{
    struct description_texts fields = { .texts = { NULL } };
    char service_id[SERVICE_ID_SIZE];

    service_id_print(description->service_id, service_id);
    fields.texts[XBITS_WMP_SERVICE_ID] = service_id;
    for (int i = XBITS_WMP_PROVIDER; i < XBITS_WMP_FIELD_COUNT; i++) {
        fields.texts[i] = description_field_text(description, (enum xbits_wmp_field)i);
        TRY(description_check_utf8(fields.texts[i], i, refusal_out));
    }
    TRY(write_text(description, &fields, text));
    return check(description, &fields, text_c(text), refusal_out);
}

xbits_result xbits_wmp_description_format(const struct xbits_wmp_description *description,
                                          char text_out[XBITS_WMP_TEXT_SIZE],
                                          struct xbits_wmp_refusal *refusal_out)
{
    struct xbits_wmp_refusal refusal = description_no_refusal();
    struct text text = { 0 };
    xbits_result result;

    if (refusal_out != NULL)
        TRY(argument_struct("refusal_out", refusal_out->size, sizeof *refusal_out));
    TRY(argument_pointer("description", description));
    TRY(argument_struct("description", description->size, sizeof *description));
    TRY(argument_pointer("text_out", text_out));
    result = format(description, &text, &refusal);
    if (XBITS_SUCCEEDED(result))
        text_copy_into(text_out, XBITS_WMP_TEXT_SIZE, text_c(&text));
    else
        result = description_pass_on(result, &refusal, refusal_out);
    text_dispose(&text);
    return result;
}
