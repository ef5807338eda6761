/* SPDX-License-Identifier: MIT */
#include "cli/why_kind.h"

static const char *const names[WHY_KIND_COUNT] = {
    [WHY_NONE] = "NONE",
    [WHY_NETWORK] = "NETWORK",
    [WHY_NAME] = "NAME",
    [WHY_CONNECTION] = "CONNECTION",
    [WHY_SERVER] = "SERVER",
    [WHY_NOT_THERE] = "NOT_THERE",
    [WHY_CREDENTIALS] = "CREDENTIALS",
    [WHY_RANGES] = "RANGES",
    [WHY_SIZE] = "SIZE",
    [WHY_CERTIFICATE] = "CERTIFICATE",
    [WHY_DISK_FULL] = "DISK_FULL",
    [WHY_LOCAL_FILE] = "LOCAL_FILE",
    [WHY_TIME] = "TIME",
    [WHY_OTHER] = "OTHER",
};

static const struct {
    xbits_result result;
    enum why_kind kind;
} results[] = {
    { XBITS_BG_E_NETWORK_DISCONNECTED, WHY_NETWORK },
    { XBITS_WSAENETDOWN, WHY_NETWORK },
    { XBITS_WSAENETUNREACH, WHY_NETWORK },
    { XBITS_ERROR_WINHTTP_NAME_NOT_RESOLVED, WHY_NAME },
    { XBITS_ERROR_WINHTTP_CANNOT_CONNECT, WHY_CONNECTION },
    { XBITS_ERROR_WINHTTP_CONNECTION_ERROR, WHY_CONNECTION },
    { XBITS_ERROR_WINHTTP_TIMEOUT, WHY_CONNECTION },
    { XBITS_WSAECONNABORTED, WHY_CONNECTION },
    { XBITS_WSAECONNREFUSED, WHY_CONNECTION },
    { XBITS_WSAECONNRESET, WHY_CONNECTION },
    { XBITS_WSAEHOSTUNREACH, WHY_CONNECTION },
    { XBITS_ERROR_WINHTTP_LOGIN_FAILURE, WHY_CREDENTIALS },
    { XBITS_BG_E_INSUFFICIENT_RANGE_SUPPORT, WHY_RANGES },
    { XBITS_BG_E_MISSING_FILE_SIZE, WHY_SIZE },
    { XBITS_ERROR_WINHTTP_SECURE_FAILURE, WHY_CERTIFICATE },
    { XBITS_ERROR_WINHTTP_SECURE_INVALID_CA, WHY_CERTIFICATE },
    { XBITS_ERROR_WINHTTP_SECURE_INVALID_CERT, WHY_CERTIFICATE },
    { XBITS_ERROR_WINHTTP_SECURE_CERT_CN_INVALID, WHY_CERTIFICATE },
    { XBITS_ERROR_WINHTTP_SECURE_CERT_DATE_INVALID, WHY_CERTIFICATE },
    { XBITS_ERROR_WINHTTP_SECURE_CERT_REV_FAILED, WHY_CERTIFICATE },
    { XBITS_ERROR_WINHTTP_SECURE_CERT_REVOKED, WHY_CERTIFICATE },
    { XBITS_ERROR_DISK_FULL, WHY_DISK_FULL },
    { XBITS_ERROR_HANDLE_DISK_FULL, WHY_DISK_FULL },
    { XBITS_ERROR_DISK_QUOTA_EXCEEDED, WHY_DISK_FULL },
    { XBITS_BG_E_MAXDOWNLOAD_TIMEOUT, WHY_TIME },
    { XBITS_BG_E_NO_PROGRESS, WHY_TIME },
};

/* HTTP statuses; the first row that fits counts. */
static const struct {
    int first;
    int last;
    enum why_kind kind;
} statuses[] = {
    { 401, 401, WHY_CREDENTIALS }, { 403, 403, WHY_CREDENTIALS }, { 407, 407, WHY_CREDENTIALS },
    { 404, 404, WHY_NOT_THERE },   { 410, 410, WHY_NOT_THERE },   { 408, 409, WHY_SERVER },
    { 429, 429, WHY_SERVER },      { 500, 599, WHY_SERVER },
};

enum why_kind why_kind_of(const struct xbits_job_error *error)
{
    int status = xbits_result_http_status(error->result);

    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        if (results[i].result == error->result)
            return results[i].kind;
    }
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        if (status >= statuses[i].first && status <= statuses[i].last)
            return statuses[i].kind;
    }
    if (error->context == XBITS_CONTEXT_LOCAL_FILE)
        return WHY_LOCAL_FILE;
    /* A file: URL whose file is gone. */
    if (error->result == XBITS_ERROR_FILE_NOT_FOUND)
        return WHY_NOT_THERE;
    return WHY_OTHER;
}

const char *why_kind_name(enum why_kind kind)
{
    return (unsigned)kind < WHY_KIND_COUNT ? names[kind] : "unknown";
}
