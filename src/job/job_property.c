/* SPDX-License-Identifier: MIT */
#include "job/job_property.h"

#include "job/file_rules.h"
#include "job/property_check.h"
#include "job/property_limits.h"

#define BOOL_IS(value)                                                                             \
    {                                                                                              \
        .kind = XBITS_KIND_BOOL, .as.boolean = (value)                                             \
    }
#define U32_IS(value)                                                                              \
    {                                                                                              \
        .kind = XBITS_KIND_U32, .as.u32 = (value)                                                  \
    }
#define U64_IS(value)                                                                              \
    {                                                                                              \
        .kind = XBITS_KIND_U64, .as.u64 = (value)                                                  \
    }
#define TEXT_IS(value)                                                                             \
    {                                                                                              \
        .kind = XBITS_KIND_TEXT, .as.text = (value)                                                \
    }

/* What a row leaves out is none, false or "any state but final". */
static const struct property_rules job_rules[XBITS_JOB_PROPERTY_COUNT] = {
    [XBITS_JOB_DISPLAY_NAME] = {
        .interface_name = "IBackgroundCopyJob",
        .version = "1.0",
        .default_text = "as created",
        .limits = "at most 256 characters",
        .types = TYPES_ANY,
        .is_obeyed = true,
        .maximum_length = RULE_DISPLAY_NAME_MAXIMUM,
    },
    [XBITS_JOB_DESCRIPTION] = {
        .interface_name = "IBackgroundCopyJob",
        .version = "1.0",
        .default_text = "empty",
        .limits = "at most 1024 characters",
        .default_value = TEXT_IS(""),
        .types = TYPES_ANY,
        .is_obeyed = true,
        .maximum_length = RULE_DESCRIPTION_MAXIMUM,
    },
    [XBITS_JOB_PRIORITY] = {
        .interface_name = "IBackgroundCopyJob",
        .version = "1.0",
        .default_text = "2 (normal)",
        .limits = "0 foreground, 1 high, 2 normal, 3 low",
        .default_value = U32_IS(XBITS_PRIORITY_NORMAL),
        .types = TYPES_ANY,
        .is_obeyed = true,
        .maximum = XBITS_PRIORITY_LOW,
    },
    [XBITS_JOB_OWNER] = {
        .interface_name = "IBackgroundCopyJob",
        .version = "1.0",
        .default_text = "who created it",
        .limits = "a SID in text form",
        .write = WRITE_NEVER,
        .types = TYPES_ANY,
        .is_obeyed = true,
    },
    [XBITS_JOB_OWNER_INTEGRITY_LEVEL] = {
        .interface_name = "IBackgroundCopyJob4",
        .version = "3.0",
        .default_text = "the creator's",
        .limits = "0x1000 low, 0x2000 medium, 0x3000 high, 0x4000 system",
        .default_value = U32_IS(0x2000),
        .write = WRITE_NEVER,
        .types = TYPES_ANY,
        .is_obeyed = true,
    },
    [XBITS_JOB_OWNER_ELEVATION_STATE] = {
        .interface_name = "IBackgroundCopyJob4",
        .version = "3.0",
        .default_text = "the creator's",
        .limits = "",
        .default_value = BOOL_IS(false),
        .write = WRITE_NEVER,
        .types = TYPES_ANY,
        .is_obeyed = true,
    },
    [XBITS_JOB_ERROR_COUNT] = {
        .interface_name = "IBackgroundCopyJob",
        .version = "1.0",
        .default_text = "0",
        .limits = "counts up only",
        .default_value = U32_IS(0),
        .write = WRITE_NEVER,
        .types = TYPES_ANY,
        .is_obeyed = true,
    },
    [XBITS_JOB_NOTIFY_FLAGS] = {
        .interface_name = "IBackgroundCopyJob",
        .version = "1.0",
        .default_text = "3 (transferred, error)",
        .limits = "bits 0x01 to 0x20",
        .default_value = U32_IS(XBITS_NOTIFY_JOB_TRANSFERRED | XBITS_NOTIFY_JOB_ERROR),
        .types = TYPES_ANY,
        .is_obeyed = true,
        .allowed_bits = NOTIFY_FLAGS_MASK,
    },
    [XBITS_JOB_NOTIFY_COMMAND_LINE] = {
        .interface_name = "IBackgroundCopyJob2",
        .version = "1.5",
        .default_text = "none",
        .limits = "full path of a program, at most 260; parameters at most 4000 characters",
        .types = TYPES_ANY,
        .is_secret = true,
        .is_obeyed = true,
        .null_clears = true,
        .limit = limit_notify_command,
    },
    [XBITS_JOB_NOTIFICATION_CLSID] = {
        .interface_name = "IBackgroundCopyJob5",
        .version = "5.0",
        .default_text = "all zeros",
        .limits = "kept, never activated",
        .default_value = { .kind = XBITS_KIND_ID },
        .types = TYPES_ANY,
        .is_obeyed = true,
    },
    [XBITS_JOB_MINIMUM_NOTIFICATION_INTERVAL_MS] = {
        .interface_name = "IBackgroundCopyJob5",
        .version = "10.1",
        .default_text = "500",
        .limits = "milliseconds between two modifications that are told",
        .default_value = U32_IS(500),
        .types = TYPES_ANY,
        .is_obeyed = true,
    },
    [XBITS_JOB_MINIMUM_RETRY_DELAY] = {
        .interface_name = "IBackgroundCopyJob",
        .version = "1.0",
        .default_text = "600",
        .limits = "seconds; below 5 becomes 5",
        .default_value = U32_IS(600),
        .types = TYPES_ANY,
        .is_obeyed = true,
        .minimum = 5,
    },
    [XBITS_JOB_NO_PROGRESS_TIMEOUT] = {
        .interface_name = "IBackgroundCopyJob",
        .version = "1.0",
        .default_text = "1209600",
        .limits = "seconds; 0: the first error is fatal",
        .default_value = U32_IS(1209600),
        .types = TYPES_ANY,
        .is_obeyed = true,
    },
    [XBITS_JOB_MAXIMUM_DOWNLOAD_TIME] = {
        .interface_name = "IBackgroundCopyJob4",
        .version = "3.0",
        .default_text = "7776000",
        .limits = "seconds of connecting and transferring",
        .default_value = U32_IS(7776000),
        .types = TYPES_ANY,
        .is_obeyed = true,
    },
    [XBITS_JOB_PROXY_SETTINGS] = {
        .interface_name = "IBackgroundCopyJob",
        .version = "1.0",
        .default_text = "preconfig",
        .limits = "preconfig, no-proxy; override and autodetect not yet",
        .default_value = { .kind = XBITS_KIND_PROXY },
        .types = TYPES_ANY,
        .is_obeyed = true,
        .limit = limit_proxy,
    },
    [XBITS_JOB_USE_STORED_CREDENTIALS] = {
        .interface_name = "IBackgroundCopyJob5",
        .version = "5.0",
        .default_text = "0 (none)",
        .limits = "0 none, 2 proxy",
        .default_value = U32_IS(0),
        .types = TYPES_ANY,
        .limit = limit_stored_credentials,
    },
    [XBITS_JOB_SECURITY_FLAGS] = {
        .interface_name = "IBackgroundCopyJobHttpOptions",
        .version = "2.5",
        .default_text = "0",
        .limits = "redirect bits 0x100, 0x200, 0x800; TLS bits 0x2 and 0x8; 0x1, 0x4, 0x10 not yet",
        .default_value = U32_IS(0),
        .types = TYPES_ANY,
        .is_obeyed = true,
        .allowed_bits = 0x1Fu | XBITS_REDIRECT_POLICY_MASK | XBITS_REDIRECT_ALLOW_HTTPS_TO_HTTP,
        .ignored_bits = 0x15u,
        .limit = limit_redirect_policy,
    },
    [XBITS_JOB_CLIENT_CERTIFICATE] = {
        .interface_name = "IBackgroundCopyJobHttpOptions",
        .version = "2.5",
        .default_text = "none",
        .limits = "named by subject or SHA-1 hash",
        .who = WHO_OWNER_ONLY,
        .types = TYPES_ANY,
        .null_clears = true,
        .limit = limit_certificate,
    },
    [XBITS_JOB_CUSTOM_HEADERS] = {
        .interface_name = "IBackgroundCopyJobHttpOptions",
        .version = "2.5",
        .default_text = "none",
        .limits = "at most 16383 characters",
        .who = WHO_OWNER_ONLY,
        .types = TYPES_ANY,
        .is_secret = true,
        .maximum_length = LIMIT_CUSTOM_HEADERS,
        .null_clears = true,
    },
    [XBITS_JOB_CUSTOM_HEADERS_WRITE_ONLY] = {
        .interface_name = "IBackgroundCopyJobHttpOptions3",
        .version = "10.3",
        .default_text = "no",
        .limits = "yes is for good",
        .default_value = BOOL_IS(false),
        .who = WHO_OWNER_ONLY,
        .types = TYPES_ANY,
    },
    [XBITS_JOB_HTTP_METHOD] = {
        .interface_name = "IBackgroundCopyJobHttpOptions2",
        .version = "10.2",
        .default_text = "none (GET, BITS_POST)",
        .limits = "",
        .write = WRITE_BEFORE_RESUME,
        .types = TYPES_ANY,
        .null_clears = true,
        .limit = limit_http_method,
    },
    [XBITS_JOB_FILE_ACL_FLAGS] = {
        .interface_name = "IBackgroundCopyJob3",
        .version = "2.0",
        .default_text = "0",
        .limits = "bits 0x1 to 0x8; SMB only",
        .default_value = U32_IS(0),
        .write = WRITE_NOT_TRANSFERRED,
        .types = TYPES_ANY,
        .limit = limit_file_acl_flags,
    },
    [XBITS_JOB_PEER_CACHING_FLAGS] = {
        .interface_name = "IBackgroundCopyJob4",
        .version = "3.0",
        .default_text = "0",
        .limits = "bits 0x1 to 0x4",
        .default_value = U32_IS(0),
        .types = TYPES_ANY,
        .allowed_bits = PEER_CACHING_FLAGS_MASK,
    },
    [XBITS_JOB_COST_FLAGS] = {
        .interface_name = "IBackgroundCopyJob5",
        .version = "5.0",
        .default_text = "0x80000067 (standard)",
        .limits = "BITS_COST_STATE bits",
        .default_value = U32_IS(0x80000067u),
        .types = TYPES_ANY,
        .allowed_bits = COST_FLAGS_MASK,
    },
    [XBITS_JOB_DYNAMIC_CONTENT] = {
        .interface_name = "IBackgroundCopyJob5",
        .version = "5.0",
        .default_text = "no",
        .limits = "no ranged files",
        .default_value = BOOL_IS(false),
        .write = WRITE_BEFORE_RESUME,
        .types = TYPES_DOWNLOADS,
        .other_type = XBITS_BG_E_PROPERTY_SUPPORTED_FOR_DOWNLOAD_JOBS_ONLY,
    },
    [XBITS_JOB_HIGH_PERFORMANCE] = {
        .interface_name = "IBackgroundCopyJob5",
        .version = "5.0",
        .default_text = "no",
        .limits = "",
        .default_value = BOOL_IS(false),
        .write = WRITE_BEFORE_ADD_FILE,
        .types = TYPES_DOWNLOADS,
        .other_type = XBITS_BG_E_PROPERTY_SUPPORTED_FOR_DOWNLOAD_JOBS_ONLY,
    },
    [XBITS_JOB_MAX_DOWNLOAD_SIZE] = {
        .interface_name = "IBackgroundCopyJob5",
        .version = "5.0",
        .default_text = "unlimited",
        .limits = "bytes of all files, not 0",
        .default_value = U64_IS(XBITS_SIZE_UNKNOWN),
        .write = WRITE_BEFORE_RESUME,
        .types = TYPES_DOWNLOADS,
        .other_type = XBITS_BG_E_PROPERTY_SUPPORTED_FOR_DOWNLOAD_JOBS_ONLY,
        .limit = limit_maximum_size,
    },
    [XBITS_JOB_ON_DEMAND_MODE] = {
        .interface_name = "IBackgroundCopyJob5",
        .version = "10.1",
        .default_text = "no",
        .limits = "",
        .default_value = BOOL_IS(false),
        .write = WRITE_BEFORE_RESUME,
        .types = TYPES_DOWNLOADS,
        .other_type = XBITS_BG_E_PROPERTY_SUPPORTED_FOR_DOWNLOAD_JOBS_ONLY,
    },
    [XBITS_JOB_HELPER_TOKEN_FLAGS] = {
        .interface_name = "IBitsTokenOptions",
        .version = "4.0",
        .default_text = "0",
        .limits = "bits 0x1 local files, 0x2 network",
        .default_value = U32_IS(0),
        .types = TYPES_ANY,
        .allowed_bits = HELPER_TOKEN_FLAGS_MASK,
    },
    [XBITS_JOB_HELPER_TOKEN_SID] = {
        .interface_name = "IBitsTokenOptions",
        .version = "4.0",
        .default_text = "none",
        .limits = "",
        .write = WRITE_NEVER,
        .types = TYPES_ANY,
    },
    [XBITS_JOB_REPLY_FILE_NAME] = {
        .interface_name = "IBackgroundCopyJob2",
        .version = "1.5",
        .default_text = "none",
        .limits = "as the local name of a file",
        .write = WRITE_NOT_TRANSFERRED,
        .types = TYPE_BIT(UPLOAD_REPLY),
        .null_clears = true,
        .limit = limit_reply_file_name,
    },
    [XBITS_JOB_REPLY_BYTES_TOTAL] = {
        .interface_name = "IBackgroundCopyJob2",
        .version = "1.5",
        .default_text = "unknown",
        .limits = "",
        .default_value = U64_IS(XBITS_SIZE_UNKNOWN),
        .write = WRITE_NEVER,
        .types = TYPE_BIT(UPLOAD_REPLY),
    },
    [XBITS_JOB_REPLY_BYTES_TRANSFERRED] = {
        .interface_name = "IBackgroundCopyJob2",
        .version = "1.5",
        .default_text = "0",
        .limits = "",
        .default_value = U64_IS(0),
        .write = WRITE_NEVER,
        .types = TYPE_BIT(UPLOAD_REPLY),
    },
};

const struct property_rules *job_property_rules(enum xbits_job_property property)
{
    return (unsigned)property < XBITS_JOB_PROPERTY_COUNT ? &job_rules[property] : NULL;
}

static struct property property_of(enum xbits_job_property property)
{
    return (struct property){ .name = xbits_job_property_name(property),
                              .kind = xbits_job_property_kind(property),
                              .rules = job_property_rules(property) };
}

xbits_result job_property_check_write(enum xbits_job_property property,
                                      const struct property_moment *moment,
                                      const struct xbits_value *value,
                                      struct xbits_value *value_out)
{
    const struct property checked = property_of(property);

    return property_check_write(&checked, moment, value, value_out);
}

xbits_result job_property_check_read(enum xbits_job_property property,
                                     const struct property_moment *moment)
{
    const struct property checked = property_of(property);

    return property_check_read(&checked, moment);
}
