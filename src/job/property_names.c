/* SPDX-License-Identifier: MIT */
#include "xbits/property.h"

#include "base/result.h"
#include "base/text.h"

struct named_property {
    const char *name;
    enum xbits_kind kind;
};

#define ROW(text, enumerator, of_kind) { .name = (text), .kind = XBITS_KIND_##of_kind },
static const struct named_property job_properties[] = { XBITS_JOB_PROPERTY_LIST(ROW) };
static const struct named_property file_properties[] = { XBITS_FILE_PROPERTY_LIST(ROW) };
static const struct named_property world_properties[] = { XBITS_WORLD_PROPERTY_LIST(ROW) };
#undef ROW

const char *xbits_job_property_name(enum xbits_job_property property)
{
    return (unsigned)property < XBITS_JOB_PROPERTY_COUNT ? job_properties[property].name
                                                         : "unknown";
}

const char *xbits_file_property_name(enum xbits_file_property property)
{
    return (unsigned)property < XBITS_FILE_PROPERTY_COUNT ? file_properties[property].name
                                                          : "unknown";
}

const char *xbits_world_property_name(enum xbits_world_property property)
{
    return (unsigned)property < XBITS_WORLD_PROPERTY_COUNT ? world_properties[property].name
                                                           : "unknown";
}

enum xbits_kind xbits_job_property_kind(enum xbits_job_property property)
{
    return (unsigned)property < XBITS_JOB_PROPERTY_COUNT ? job_properties[property].kind
                                                         : XBITS_KIND_NONE;
}

enum xbits_kind xbits_file_property_kind(enum xbits_file_property property)
{
    return (unsigned)property < XBITS_FILE_PROPERTY_COUNT ? file_properties[property].kind
                                                          : XBITS_KIND_NONE;
}

static xbits_result find(const struct named_property *rows, size_t count, const char *whose,
                         const char *name, size_t *index_out)
{
    for (size_t i = 0; name != NULL && i < count; i++) {
        if (text_equal_ignoring_case(name, rows[i].name)) {
            *index_out = i;
            return XBITS_S_OK;
        }
    }
    return xbits_fail(XBITS_BG_E_UNKNOWN_PROPERTY_ID, "a %s has no property \"%s\"", whose,
                      name == NULL ? "" : name);
}

xbits_result xbits_job_property_parse(const char *name, enum xbits_job_property *out)
{
    size_t index;

    TRY(find(job_properties, XBITS_JOB_PROPERTY_COUNT, "job", name, &index));
    *out = (enum xbits_job_property)index;
    return XBITS_S_OK;
}

xbits_result xbits_file_property_parse(const char *name, enum xbits_file_property *out)
{
    size_t index;

    TRY(find(file_properties, XBITS_FILE_PROPERTY_COUNT, "file", name, &index));
    *out = (enum xbits_file_property)index;
    return XBITS_S_OK;
}
