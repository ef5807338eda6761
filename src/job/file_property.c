/* SPDX-License-Identifier: MIT */
#include "job/job_property.h"

#include "job/property_check.h"

/* What a row leaves out is none, false or "any state but final". */
static const struct property_rules file_rules[XBITS_FILE_PROPERTY_COUNT] = {
    [XBITS_FILE_REMOTE_NAME] = {
        .interface_name = "IBackgroundCopyFile2",
        .version = "2.0",
        .default_text = "as added",
        .limits = "reads the current name; writing not yet",
        .types = TYPES_ANY,
    },
    [XBITS_FILE_LOCAL_NAME] = {
        .interface_name = "IBackgroundCopyFile",
        .version = "1.0",
        .default_text = "as added",
        .limits = "",
        .write = WRITE_NEVER,
        .types = TYPES_ANY,
        .is_obeyed = true,
    },
    [XBITS_FILE_TEMPORARY_NAME] = {
        .interface_name = "IBackgroundCopyFile3",
        .version = "3.0",
        .default_text = "none",
        .limits = "there from the file's start until Complete",
        .write = WRITE_NEVER,
        .types = TYPES_DOWNLOADS,
        .is_obeyed = true,
    },
    [XBITS_FILE_RANGES] = {
        .interface_name = "IBackgroundCopyFile2",
        .version = "2.0",
        .default_text = "none: the whole file",
        .limits = "",
        .write = WRITE_NEVER,
        .types = TYPES_ANY,
    },
    [XBITS_FILE_FILLED_RANGES] = {
        .interface_name = "IBackgroundCopyFile6",
        .version = "10.1",
        .default_text = "none",
        .limits = "",
        .write = WRITE_NEVER,
        .types = TYPES_DOWNLOADS,
    },
    [XBITS_FILE_VALIDATION_STATE] = {
        .interface_name = "IBackgroundCopyFile3",
        .version = "3.0",
        .default_text = "no",
        .limits = "",
        .default_value = { .kind = XBITS_KIND_BOOL },
        .types = TYPES_DOWNLOADS,
    },
    [XBITS_FILE_IS_DOWNLOADED_FROM_PEER] = {
        .interface_name = "IBackgroundCopyFile3",
        .version = "3.0",
        .default_text = "no",
        .limits = "always no: there is no peer cache",
        .default_value = { .kind = XBITS_KIND_BOOL },
        .write = WRITE_NEVER,
        .types = TYPES_DOWNLOADS,
        .is_obeyed = true,
    },
    [XBITS_FILE_BYTES_FROM_ORIGIN] = {
        .interface_name = "IBackgroundCopyFile4",
        .version = "4.0",
        .default_text = "0",
        .limits = "",
        .default_value = { .kind = XBITS_KIND_U64 },
        .write = WRITE_NEVER,
        .types = TYPES_DOWNLOADS,
        .is_obeyed = true,
    },
    [XBITS_FILE_BYTES_FROM_PEERS] = {
        .interface_name = "IBackgroundCopyFile4",
        .version = "4.0",
        .default_text = "0",
        .limits = "always 0: there is no peer cache",
        .default_value = { .kind = XBITS_KIND_U64 },
        .write = WRITE_NEVER,
        .types = TYPES_DOWNLOADS,
        .is_obeyed = true,
    },
    [XBITS_FILE_HTTP_RESPONSE_HEADERS] = {
        .interface_name = "IBackgroundCopyFile5",
        .version = "5.0",
        .default_text = "none",
        .limits = "of the last answer, lines end in CRLF",
        .write = WRITE_NEVER,
        .types = TYPES_ANY,
        .is_obeyed = true,
    },
};

const struct property_rules *file_property_rules(enum xbits_file_property property)
{
    return (unsigned)property < XBITS_FILE_PROPERTY_COUNT ? &file_rules[property] : NULL;
}

static struct property property_of(enum xbits_file_property property)
{
    return (struct property){ .name = xbits_file_property_name(property),
                              .kind = xbits_file_property_kind(property),
                              .rules = file_property_rules(property) };
}

xbits_result file_property_check_write(enum xbits_file_property property,
                                       const struct property_moment *moment,
                                       const struct xbits_value *value)
{
    const struct property checked = property_of(property);
    struct xbits_value kept;

    return property_check_write(&checked, moment, value, &kept);
}

xbits_result file_property_check_read(enum xbits_file_property property,
                                      const struct property_moment *moment)
{
    const struct property checked = property_of(property);

    return property_check_read(&checked, moment);
}
