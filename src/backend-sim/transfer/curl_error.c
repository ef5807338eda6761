/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/curl_error.h"

#include <stddef.h>

static const struct row {
    CURLcode code;
    xbits_result result;
    const char *meaning;
} rows[] = {
    { CURLE_COULDNT_RESOLVE_HOST, XBITS_ERROR_WINHTTP_NAME_NOT_RESOLVED,
      "the server's name could not be resolved" },
    { CURLE_COULDNT_RESOLVE_PROXY, XBITS_ERROR_WINHTTP_NAME_NOT_RESOLVED,
      "the proxy's name could not be resolved" },
    { CURLE_COULDNT_CONNECT, XBITS_ERROR_WINHTTP_CANNOT_CONNECT,
      "the server could not be connected to" },
    { CURLE_PROXY, XBITS_ERROR_WINHTTP_CANNOT_CONNECT, "the proxy did not connect to the server" },
    { CURLE_INTERFACE_FAILED, XBITS_ERROR_WINHTTP_CANNOT_CONNECT,
      "no address of this computer could be used" },
    { CURLE_OPERATION_TIMEDOUT, XBITS_ERROR_WINHTTP_TIMEOUT, "the server did not answer in time" },
    { CURLE_RECV_ERROR, XBITS_ERROR_WINHTTP_CONNECTION_ERROR,
      "the connection broke while receiving" },
    { CURLE_SEND_ERROR, XBITS_ERROR_WINHTTP_CONNECTION_ERROR,
      "the connection broke while sending" },
    { CURLE_GOT_NOTHING, XBITS_ERROR_WINHTTP_CONNECTION_ERROR,
      "the server closed the connection without an answer" },
    { CURLE_PARTIAL_FILE, XBITS_ERROR_WINHTTP_CONNECTION_ERROR,
      "the connection broke before the whole body had come" },
    { CURLE_HTTP2, XBITS_ERROR_WINHTTP_CONNECTION_ERROR, "the HTTP/2 connection broke" },
    { CURLE_HTTP2_STREAM, XBITS_ERROR_WINHTTP_CONNECTION_ERROR, "the HTTP/2 answer broke off" },
    { CURLE_WEIRD_SERVER_REPLY, XBITS_ERROR_WINHTTP_INVALID_SERVER_RESPONSE,
      "the server's answer is not HTTP" },
    /* The URL's scheme was checked before: here it is the version of the answer. */
    { CURLE_UNSUPPORTED_PROTOCOL, XBITS_ERROR_WINHTTP_INVALID_SERVER_RESPONSE,
      "the server's answer is no HTTP that is known" },
    /* CURLE_TOO_LARGE, which libcurl has since 8.6. */
    { (CURLcode)100, XBITS_ERROR_WINHTTP_INVALID_SERVER_RESPONSE,
      "the head of the server's answer is too long" },
    { CURLE_BAD_CONTENT_ENCODING, XBITS_ERROR_WINHTTP_INVALID_SERVER_RESPONSE,
      "the body's encoding cannot be read" },
    { CURLE_URL_MALFORMAT, XBITS_ERROR_WINHTTP_INVALID_URL, "the URL is malformed" },
    { CURLE_PEER_FAILED_VERIFICATION, XBITS_ERROR_WINHTTP_SECURE_FAILURE,
      "the server's certificate was not accepted" },
    { CURLE_SSL_ISSUER_ERROR, XBITS_ERROR_WINHTTP_SECURE_FAILURE,
      "the issuer of the server's certificate was not accepted" },
    { CURLE_SSL_INVALIDCERTSTATUS, XBITS_ERROR_WINHTTP_SECURE_FAILURE,
      "the status of the server's certificate was not accepted" },
    { CURLE_SSL_CACERT_BADFILE, XBITS_ERROR_WINHTTP_SECURE_FAILURE,
      "the list of trusted issuers could not be read" },
    { CURLE_SSL_CLIENTCERT, XBITS_ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED,
      "the server asks for a client certificate" },
    { CURLE_SSL_CONNECT_ERROR, XBITS_ERROR_WINHTTP_SECURE_CHANNEL_ERROR,
      "the TLS handshake failed" },
    { CURLE_SSL_CIPHER, XBITS_ERROR_WINHTTP_SECURE_CHANNEL_ERROR,
      "no cipher is known to both sides" },
    { CURLE_SSL_SHUTDOWN_FAILED, XBITS_ERROR_WINHTTP_SECURE_CHANNEL_ERROR,
      "the TLS connection could not be ended" },
    { CURLE_TOO_MANY_REDIRECTS, XBITS_ERROR_WINHTTP_REDIRECT_FAILED,
      "there were too many redirects" },
    { CURLE_ABORTED_BY_CALLBACK, XBITS_ERROR_WINHTTP_OPERATION_CANCELLED,
      "the request was cancelled" },
    { CURLE_OUT_OF_MEMORY, XBITS_E_OUTOFMEMORY, "out of memory in the HTTP client" },
};

/* A code that has no business here: libcurl is new, or we use it wrongly. */
static const struct row unknown = { CURLE_OK, XBITS_ERROR_WINHTTP_INTERNAL_ERROR,
                                    "the HTTP client failed" };

static const struct row *find_row(CURLcode code)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].code == code)
            return &rows[i];
    }
    return &unknown;
}

xbits_result curl_error_raise(CURLcode code, const char *detail)
{
    const struct row *row = find_row(code);

    return xbits_fail_native(row->result, XBITS_DOMAIN_CURL, (int64_t)code, "%s: %s", row->meaning,
                             detail[0] != '\0' ? detail : curl_easy_strerror(code));
}
