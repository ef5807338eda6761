/* SPDX-License-Identifier: MIT */
#ifndef XBITS_RESULT_LIST_HTTP_H
#define XBITS_RESULT_LIST_HTTP_H

/* HTTP statuses as results (facility 25): 0x80190000 and the status. Part of XBITS_RESULT_LIST. */
#define XBITS_RESULT_LIST_HTTP(X)                                                                  \
    X(BG_E_HTTP_ERROR_100, 0x80190064u, "HTTP 100 Continue")                                       \
    X(BG_E_HTTP_ERROR_101, 0x80190065u, "HTTP 101 Switching Protocols")                            \
    X(BG_E_HTTP_ERROR_200, 0x801900C8u, "HTTP 200 OK")                                             \
    X(BG_E_HTTP_ERROR_201, 0x801900C9u, "HTTP 201 Created")                                        \
    X(BG_E_HTTP_ERROR_202, 0x801900CAu, "HTTP 202 Accepted")                                       \
    X(BG_E_HTTP_ERROR_203, 0x801900CBu, "HTTP 203 Non-Authoritative Information")                  \
    X(BG_E_HTTP_ERROR_204, 0x801900CCu, "HTTP 204 No Content")                                     \
    X(BG_E_HTTP_ERROR_205, 0x801900CDu, "HTTP 205 Reset Content")                                  \
    X(BG_E_HTTP_ERROR_206, 0x801900CEu, "HTTP 206 Partial Content")                                \
    X(BG_E_HTTP_ERROR_300, 0x8019012Cu, "HTTP 300 Multiple Choices")                               \
    X(BG_E_HTTP_ERROR_301, 0x8019012Du, "HTTP 301 Moved Permanently")                              \
    X(BG_E_HTTP_ERROR_302, 0x8019012Eu, "HTTP 302 Found")                                          \
    X(BG_E_HTTP_ERROR_303, 0x8019012Fu, "HTTP 303 See Other")                                      \
    X(BG_E_HTTP_ERROR_304, 0x80190130u, "HTTP 304 Not Modified")                                   \
    X(BG_E_HTTP_ERROR_305, 0x80190131u, "HTTP 305 Use Proxy")                                      \
    X(BG_E_HTTP_ERROR_307, 0x80190133u, "HTTP 307 Temporary Redirect")                             \
    X(BG_E_HTTP_ERROR_400, 0x80190190u, "HTTP 400 Bad Request")                                    \
    X(BG_E_HTTP_ERROR_401, 0x80190191u, "HTTP 401 Unauthorized")                                   \
    X(BG_E_HTTP_ERROR_402, 0x80190192u, "HTTP 402 Payment Required")                               \
    X(BG_E_HTTP_ERROR_403, 0x80190193u, "HTTP 403 Forbidden")                                      \
    X(BG_E_HTTP_ERROR_404, 0x80190194u, "HTTP 404 Not Found")                                      \
    X(BG_E_HTTP_ERROR_405, 0x80190195u, "HTTP 405 Method Not Allowed")                             \
    X(BG_E_HTTP_ERROR_406, 0x80190196u, "HTTP 406 Not Acceptable")                                 \
    X(BG_E_HTTP_ERROR_407, 0x80190197u, "HTTP 407 Proxy Authentication Required")                  \
    X(BG_E_HTTP_ERROR_408, 0x80190198u, "HTTP 408 Request Timeout")                                \
    X(BG_E_HTTP_ERROR_409, 0x80190199u, "HTTP 409 Conflict")                                       \
    X(BG_E_HTTP_ERROR_410, 0x8019019Au, "HTTP 410 Gone")                                           \
    X(BG_E_HTTP_ERROR_411, 0x8019019Bu, "HTTP 411 Length Required")                                \
    X(BG_E_HTTP_ERROR_412, 0x8019019Cu, "HTTP 412 Precondition Failed")                            \
    X(BG_E_HTTP_ERROR_413, 0x8019019Du, "HTTP 413 Content Too Large")                              \
    X(BG_E_HTTP_ERROR_414, 0x8019019Eu, "HTTP 414 URI Too Long")                                   \
    X(BG_E_HTTP_ERROR_415, 0x8019019Fu, "HTTP 415 Unsupported Media Type")                         \
    X(BG_E_HTTP_ERROR_416, 0x801901A0u, "HTTP 416 Range Not Satisfiable")                          \
    X(BG_E_HTTP_ERROR_417, 0x801901A1u, "HTTP 417 Expectation Failed")                             \
    X(BG_E_HTTP_ERROR_449, 0x801901C1u, "HTTP 449 Retry With")                                     \
    X(BG_E_HTTP_ERROR_500, 0x801901F4u, "HTTP 500 Internal Server Error")                          \
    X(BG_E_HTTP_ERROR_501, 0x801901F5u, "HTTP 501 Not Implemented")                                \
    X(BG_E_HTTP_ERROR_502, 0x801901F6u, "HTTP 502 Bad Gateway")                                    \
    X(BG_E_HTTP_ERROR_503, 0x801901F7u, "HTTP 503 Service Unavailable")                            \
    X(BG_E_HTTP_ERROR_504, 0x801901F8u, "HTTP 504 Gateway Timeout")                                \
    X(BG_E_HTTP_ERROR_505, 0x801901F9u, "HTTP 505 HTTP Version Not Supported")

#endif
