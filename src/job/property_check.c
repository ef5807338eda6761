/* SPDX-License-Identifier: MIT */
#include "job/property_check.h"

#include <inttypes.h>

#include "base/text.h"
#include "job/value.h"

static const char *const kind_names[] = {
    [XBITS_KIND_NONE] = "nothing",
    [XBITS_KIND_BOOL] = "yes or no",
    [XBITS_KIND_U32] = "a 32-bit number",
    [XBITS_KIND_U64] = "a 64-bit number",
    [XBITS_KIND_TEXT] = "a text",
    [XBITS_KIND_ID] = "an id",
    [XBITS_KIND_BYTES] = "bytes",
    [XBITS_KIND_RANGES] = "ranges",
    [XBITS_KIND_PROXY] = "proxy settings",
    [XBITS_KIND_COMMAND] = "a command line",
    [XBITS_KIND_CERTIFICATE] = "a certificate",
};

static xbits_result check_known(const struct property *property)
{
    if (property->rules == NULL)
        return xbits_fail(XBITS_BG_E_UNKNOWN_PROPERTY_ID, "there is no such property");
    return XBITS_S_OK;
}

static xbits_result check_type(const struct property *property,
                               const struct property_moment *moment)
{
    const struct property_rules *rules = property->rules;

    if ((rules->types >> moment->type & 1u) != 0)
        return XBITS_S_OK;
    return xbits_fail(rules->other_type != XBITS_S_OK ? rules->other_type : XBITS_E_NOTIMPL,
                      "%s is not a property of a job of type %s", property->name,
                      xbits_type_name(moment->type));
}

static xbits_result check_kind(const struct property *property, const struct xbits_value *value,
                               struct xbits_value *kept)
{
    *kept = *value;
    if (value->kind == XBITS_KIND_TEXT && value->as.text == NULL)
        *kept = xbits_value_text(NULL);
    if (kept->kind == property->kind)
        return XBITS_S_OK;
    if (kept->kind == XBITS_KIND_NONE && property->rules->null_clears)
        return XBITS_S_OK;
    return xbits_fail(XBITS_E_INVALIDARG, "%s takes %s", property->name,
                      kind_names[property->kind]);
}

static xbits_result refuse_state(const struct property *property,
                                 const struct property_moment *moment)
{
    return xbits_fail(XBITS_BG_E_INVALID_STATE, "%s cannot be written while the job is %s",
                      property->name, xbits_state_name(moment->state));
}

static xbits_result check_state(const struct property *property,
                                const struct property_moment *moment)
{
    if (job_state_is_in(moment->state, XBITS_STATES_FINAL))
        return refuse_state(property, moment);
    switch (property->rules->write) {
    case WRITE_OPEN:
        return XBITS_S_OK;
    case WRITE_NEVER:
        return xbits_fail(XBITS_BG_E_READ_ONLY_PROPERTY, "%s can only be read", property->name);
    case WRITE_BEFORE_ADD_FILE:
        if (!moment->has_files)
            return XBITS_S_OK;
        return xbits_fail(XBITS_BG_E_READ_ONLY_PROPERTY_AFTER_ADDFILE,
                          "%s can only be written before the first file is added", property->name);
    case WRITE_BEFORE_RESUME:
        if (!moment->was_resumed)
            return XBITS_S_OK;
        return xbits_fail(XBITS_BG_E_READ_ONLY_PROPERTY_AFTER_RESUME,
                          "%s can only be written before the first Resume", property->name);
    case WRITE_NOT_TRANSFERRED:
        if (!job_state_is_in(moment->state, XBITS_IN(TRANSFERRED)))
            return XBITS_S_OK;
        return refuse_state(property, moment);
    }
    return XBITS_S_OK;
}

static xbits_result limit_number(const struct property *property, struct xbits_value *value)
{
    const struct property_rules *rules = property->rules;
    const uint32_t unknown = rules->allowed_bits == 0 ? 0 : value->as.u32 & ~rules->allowed_bits;

    if (unknown != 0)
        return xbits_fail(XBITS_E_NOTIMPL, "%s 0x%" PRIX32 " has unknown bits: 0x%" PRIX32,
                          property->name, value->as.u32, unknown);
    if (rules->maximum != 0 && value->as.u32 > rules->maximum)
        return xbits_fail(XBITS_E_NOTIMPL, "%s knows no value %" PRIu32 " (0..%" PRIu32 ")",
                          property->name, value->as.u32, rules->maximum);
    if (value->as.u32 < rules->minimum)
        value->as.u32 = rules->minimum;
    return XBITS_S_OK;
}

static xbits_result limit_text(const struct property *property, const struct xbits_value *value)
{
    const size_t maximum = property->rules->maximum_length;
    const size_t length = text_utf16_length(value->as.text);

    if (maximum != 0 && length > maximum)
        return xbits_fail(XBITS_BG_E_STRING_TOO_LONG, "%s of %zu characters: at most %zu",
                          property->name, length, maximum);
    return XBITS_S_OK;
}

static xbits_result check_limits(const struct property *property,
                                 const struct property_moment *moment, struct xbits_value *value)
{
    if (value->kind == XBITS_KIND_U32)
        TRY(limit_number(property, value));
    if (value->kind == XBITS_KIND_TEXT)
        TRY(limit_text(property, value));
    if (property->rules->limit != NULL)
        TRY(property->rules->limit(moment, value));
    return XBITS_S_OK;
}

/* A value that would be kept and then not acted upon is a lie: refuse it (all but the default). */
static xbits_result check_obeyed(const struct property *property, const struct xbits_value *value)
{
    const struct property_rules *rules = property->rules;

    if (value->kind == XBITS_KIND_U32 && (value->as.u32 & rules->ignored_bits) != 0)
        return xbits_fail(XBITS_E_NOTIMPL, "this engine does not obey bits 0x%" PRIX32 " of %s yet",
                          value->as.u32 & rules->ignored_bits, property->name);
    if (!rules->is_obeyed && !value_equal(value, &rules->default_value))
        return xbits_fail(XBITS_E_NOTIMPL,
                          "this engine does not obey %s yet: it stays at its default, %s",
                          property->name, rules->default_text);
    return XBITS_S_OK;
}

xbits_result property_check_write(const struct property *property,
                                  const struct property_moment *moment,
                                  const struct xbits_value *value, struct xbits_value *value_out)
{
    struct xbits_value kept;

    TRY(check_known(property));
    TRY(check_kind(property, value, &kept));
    TRY(check_type(property, moment));
    TRY(check_state(property, moment));
    TRY(check_limits(property, moment, &kept));
    TRY(check_obeyed(property, &kept));
    *value_out = kept;
    return XBITS_S_OK;
}

xbits_result property_check_read(const struct property *property,
                                 const struct property_moment *moment)
{
    TRY(check_known(property));
    return check_type(property, moment);
}
