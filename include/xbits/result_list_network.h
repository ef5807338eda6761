/* SPDX-License-Identifier: MIT */
#ifndef XBITS_RESULT_LIST_NETWORK_H
#define XBITS_RESULT_LIST_NETWORK_H

/* Results of sockets, of the HTTP client and of certificates. Part of XBITS_RESULT_LIST. */
#define XBITS_RESULT_LIST_NETWORK(X)                                                               \
    /* Sockets. */                                                                                 \
    X(WSAEAFNOSUPPORT, 0x8007273Fu, "the system has no such kind of address")                      \
    X(WSAEADDRINUSE, 0x80072740u, "the address and port are in use")                               \
    X(WSAEADDRNOTAVAIL, 0x80072741u, "the address is not one of this computer")                    \
    X(WSAENETDOWN, 0x80072742u, "the network is down")                                             \
    X(WSAENETUNREACH, 0x80072743u, "there is no route to the network")                             \
    X(WSAECONNABORTED, 0x80072745u, "the connection was given up on this side")                    \
    X(WSAECONNRESET, 0x80072746u, "the other side reset the connection")                           \
    X(WSAENOBUFS, 0x80072747u, "no buffers are left for sockets")                                  \
    X(WSAENOTCONN, 0x80072749u, "the socket is not connected")                                     \
    X(WSAECONNREFUSED, 0x8007274Du, "the other side refused the connection")                       \
    X(WSAEHOSTUNREACH, 0x80072751u, "there is no route to the host")                               \
    /* WinHTTP. */                                                                                 \
    X(ERROR_WINHTTP_TIMEOUT, 0x80072EE2u, "the server did not answer in time")                     \
    X(ERROR_WINHTTP_INTERNAL_ERROR, 0x80072EE4u, "the HTTP client failed inside")                  \
    X(ERROR_WINHTTP_INVALID_URL, 0x80072EE5u, "not a valid URL")                                   \
    X(ERROR_WINHTTP_UNRECOGNIZED_SCHEME, 0x80072EE6u, "the URL's scheme is not known")             \
    X(ERROR_WINHTTP_NAME_NOT_RESOLVED, 0x80072EE7u, "the host name could not be resolved")         \
    X(ERROR_WINHTTP_LOGIN_FAILURE, 0x80072EEFu, "logging on failed")                               \
    X(ERROR_WINHTTP_OPERATION_CANCELLED, 0x80072EF1u, "the request was cancelled")                 \
    X(ERROR_WINHTTP_CANNOT_CONNECT, 0x80072EFDu, "the server could not be connected to")           \
    X(ERROR_WINHTTP_CONNECTION_ERROR, 0x80072EFEu, "the connection broke")                         \
    X(ERROR_WINHTTP_RESEND_REQUEST, 0x80072F00u, "the request has to be sent again")               \
    X(ERROR_WINHTTP_SECURE_CERT_DATE_INVALID, 0x80072F05u, "the certificate is not valid today")   \
    X(ERROR_WINHTTP_SECURE_CERT_CN_INVALID, 0x80072F06u, "the certificate is for another host")    \
    X(ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED, 0x80072F0Cu,                                          \
      "the server asks for a client certificate")                                                  \
    X(ERROR_WINHTTP_SECURE_INVALID_CA, 0x80072F0Du, "the certificate's issuer is not trusted")     \
    X(ERROR_WINHTTP_SECURE_CERT_REV_FAILED, 0x80072F19u,                                           \
      "it is not known if the certificate is revoked")                                             \
    X(ERROR_WINHTTP_INVALID_SERVER_RESPONSE, 0x80072F78u, "the server's answer is not HTTP")       \
    X(ERROR_WINHTTP_REDIRECT_FAILED, 0x80072F7Cu, "the redirect was not followed")                 \
    X(ERROR_WINHTTP_SECURE_CHANNEL_ERROR, 0x80072F7Du, "the TLS handshake failed")                 \
    X(ERROR_WINHTTP_BAD_AUTO_PROXY_SCRIPT, 0x80072F86u, "the proxy script is faulty")              \
    X(ERROR_WINHTTP_UNABLE_TO_DOWNLOAD_SCRIPT, 0x80072F87u,                                        \
      "the proxy script could not be fetched")                                                     \
    X(ERROR_WINHTTP_SECURE_INVALID_CERT, 0x80072F89u, "the certificate is malformed")              \
    X(ERROR_WINHTTP_SECURE_CERT_REVOKED, 0x80072F8Au, "the certificate is revoked")                \
    X(ERROR_WINHTTP_SECURE_FAILURE, 0x80072F8Fu, "the server's certificate was not accepted")      \
    X(ERROR_WINHTTP_SECURE_CERT_WRONG_USAGE, 0x80072F93u, "the certificate is for another use")    \
    X(ERROR_WINHTTP_AUTODETECTION_FAILED, 0x80072F94u, "no proxy was found by autodetection")      \
    X(ERROR_WINHTTP_CLIENT_CERT_NO_PRIVATE_KEY, 0x80072F99u,                                       \
      "the client certificate has no private key")                                                 \
    X(ERROR_WINHTTP_CLIENT_CERT_NO_ACCESS_PRIVATE_KEY, 0x80072F9Au,                                \
      "the client certificate's key may not be used")                                              \
    /* Certificates. */                                                                            \
    X(CRYPT_E_NOT_FOUND, 0x80092004u, "no such certificate")                                       \
    X(CERT_E_EXPIRED, 0x800B0101u, "the certificate has expired")                                  \
    X(CERT_E_UNTRUSTEDROOT, 0x800B0109u, "the root certificate is not trusted")                    \
    X(CERT_E_CN_NO_MATCH, 0x800B010Fu, "the certificate is for another name")

#endif
