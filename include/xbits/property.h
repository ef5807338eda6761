/* SPDX-License-Identifier: MIT */
#ifndef XBITS_PROPERTY_H
#define XBITS_PROPERTY_H

#include "xbits/value.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Every property of a job: its name in the CLI, JSON and the database, its enumerator, its kind.
 * Which of them an engine obeys, their defaults, limits and who may write them when:
 * docs/job-properties.md, made from the same list.
 */
#define XBITS_JOB_PROPERTY_LIST(P)                                                                 \
    P("display-name", DISPLAY_NAME, TEXT)                                                          \
    P("description", DESCRIPTION, TEXT)                                                            \
    P("priority", PRIORITY, U32)                                                                   \
    P("owner", OWNER, TEXT)                                                                        \
    P("owner-integrity-level", OWNER_INTEGRITY_LEVEL, U32)                                         \
    P("owner-elevation-state", OWNER_ELEVATION_STATE, BOOL)                                        \
    P("error-count", ERROR_COUNT, U32)                                                             \
    P("notify-flags", NOTIFY_FLAGS, U32)                                                           \
    P("notify-command-line", NOTIFY_COMMAND_LINE, COMMAND)                                         \
    P("notification-clsid", NOTIFICATION_CLSID, ID)                                                \
    P("minimum-notification-interval-ms", MINIMUM_NOTIFICATION_INTERVAL_MS, U32)                   \
    P("minimum-retry-delay", MINIMUM_RETRY_DELAY, U32)                                             \
    P("no-progress-timeout", NO_PROGRESS_TIMEOUT, U32)                                             \
    P("maximum-download-time", MAXIMUM_DOWNLOAD_TIME, U32)                                         \
    P("proxy-settings", PROXY_SETTINGS, PROXY)                                                     \
    P("use-stored-credentials", USE_STORED_CREDENTIALS, U32)                                       \
    P("security-flags", SECURITY_FLAGS, U32)                                                       \
    P("client-certificate", CLIENT_CERTIFICATE, CERTIFICATE)                                       \
    P("custom-headers", CUSTOM_HEADERS, TEXT)                                                      \
    P("custom-headers-write-only", CUSTOM_HEADERS_WRITE_ONLY, BOOL)                                \
    P("http-method", HTTP_METHOD, TEXT)                                                            \
    P("file-acl-flags", FILE_ACL_FLAGS, U32)                                                       \
    P("peer-caching-flags", PEER_CACHING_FLAGS, U32)                                               \
    P("cost-flags", COST_FLAGS, U32)                                                               \
    P("dynamic-content", DYNAMIC_CONTENT, BOOL)                                                    \
    P("high-performance", HIGH_PERFORMANCE, BOOL)                                                  \
    P("max-download-size", MAX_DOWNLOAD_SIZE, U64)                                                 \
    P("on-demand-mode", ON_DEMAND_MODE, BOOL)                                                      \
    P("helper-token-flags", HELPER_TOKEN_FLAGS, U32)                                               \
    P("helper-token-sid", HELPER_TOKEN_SID, TEXT)                                                  \
    P("reply-file-name", REPLY_FILE_NAME, TEXT)                                                    \
    P("reply-bytes-total", REPLY_BYTES_TOTAL, U64)                                                 \
    P("reply-bytes-transferred", REPLY_BYTES_TRANSFERRED, U64)

/* Every property of a file of a job. */
#define XBITS_FILE_PROPERTY_LIST(P)                                                                \
    P("remote-name", REMOTE_NAME, TEXT)                                                            \
    P("local-name", LOCAL_NAME, TEXT)                                                              \
    P("temporary-name", TEMPORARY_NAME, TEXT)                                                      \
    P("ranges", RANGES, RANGES)                                                                    \
    P("filled-ranges", FILLED_RANGES, RANGES)                                                      \
    P("validation-state", VALIDATION_STATE, BOOL)                                                  \
    P("is-downloaded-from-peer", IS_DOWNLOADED_FROM_PEER, BOOL)                                    \
    P("bytes-from-origin", BYTES_FROM_ORIGIN, U64)                                                 \
    P("bytes-from-peers", BYTES_FROM_PEERS, U64)                                                   \
    P("http-response-headers", HTTP_RESPONSE_HEADERS, TEXT)

/* The weather around a simulated engine, and its clock; xbits/sim.h sets what is obeyed today. The
 * origin is INI (docs/origin.md). */
#define XBITS_WORLD_PROPERTY_LIST(P)                                                               \
    P("network", NETWORK, BOOL)                                                                    \
    P("cost", COST, U32)                                                                           \
    P("power", POWER, U32)                                                                         \
    P("game-mode", GAME_MODE, BOOL)                                                                \
    P("logged-on-users", LOGGED_ON_USERS, TEXT)                                                    \
    P("disk", DISK, TEXT)                                                                          \
    P("policy", POLICY, TEXT)                                                                      \
    P("clock", CLOCK, U64)                                                                         \
    P("origin", ORIGIN, TEXT)                                                                      \
    P("faults", FAULTS, TEXT)

#define XBITS_JOB_PROPERTY_ENUMERATOR(name, enumerator, kind)   XBITS_JOB_##enumerator,
#define XBITS_FILE_PROPERTY_ENUMERATOR(name, enumerator, kind)  XBITS_FILE_##enumerator,
#define XBITS_WORLD_PROPERTY_ENUMERATOR(name, enumerator, kind) XBITS_WORLD_##enumerator,
enum xbits_job_property {
    XBITS_JOB_PROPERTY_LIST(XBITS_JOB_PROPERTY_ENUMERATOR) XBITS_JOB_PROPERTY_COUNT
};
enum xbits_file_property {
    XBITS_FILE_PROPERTY_LIST(XBITS_FILE_PROPERTY_ENUMERATOR) XBITS_FILE_PROPERTY_COUNT
};
enum xbits_world_property {
    XBITS_WORLD_PROPERTY_LIST(XBITS_WORLD_PROPERTY_ENUMERATOR) XBITS_WORLD_PROPERTY_COUNT
};
#undef XBITS_JOB_PROPERTY_ENUMERATOR
#undef XBITS_FILE_PROPERTY_ENUMERATOR
#undef XBITS_WORLD_PROPERTY_ENUMERATOR

/* BG_HTTP_REDIRECT_POLICY_*, part of XBITS_JOB_SECURITY_FLAGS. */
#define XBITS_REDIRECT_POLICY_MASK         0x700u
#define XBITS_REDIRECT_ALLOW_SILENT        0x000u
#define XBITS_REDIRECT_ALLOW_REPORT        0x100u
#define XBITS_REDIRECT_DISALLOW            0x200u
#define XBITS_REDIRECT_ALLOW_HTTPS_TO_HTTP 0x800u

/* BG_NOTIFY_*. */
#define XBITS_NOTIFY_JOB_TRANSFERRED         0x01u
#define XBITS_NOTIFY_JOB_ERROR               0x02u
#define XBITS_NOTIFY_DISABLE                 0x04u
#define XBITS_NOTIFY_JOB_MODIFICATION        0x08u
#define XBITS_NOTIFY_FILE_TRANSFERRED        0x10u
#define XBITS_NOTIFY_FILE_RANGES_TRANSFERRED 0x20u

/* "minimum-retry-delay" and back. The name of a number out of range is "unknown". */
XBITS_API const char *xbits_job_property_name(enum xbits_job_property property);
XBITS_API const char *xbits_file_property_name(enum xbits_file_property property);
XBITS_API const char *xbits_world_property_name(enum xbits_world_property property);

/* Results: XBITS_S_OK; XBITS_BG_E_UNKNOWN_PROPERTY_ID. */
XBITS_API xbits_result xbits_job_property_parse(const char *name, enum xbits_job_property *out);
XBITS_API xbits_result xbits_file_property_parse(const char *name, enum xbits_file_property *out);

XBITS_API enum xbits_kind xbits_job_property_kind(enum xbits_job_property property);
XBITS_API enum xbits_kind xbits_file_property_kind(enum xbits_file_property property);

#ifdef __cplusplus
}
#endif

#endif
