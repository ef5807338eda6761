/* SPDX-License-Identifier: MIT */
#include "httpd/httpd_platform.h"

/* microhttpd.h brought winsock2.h and ws2tcpip.h with it. */

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

static int parse_address(const char *text, uint16_t port, union address *address_out)
{
    memset(address_out, 0, sizeof *address_out);
    if (inet_pton(AF_INET, text, &address_out->v4.sin_addr) == 1) {
        address_out->v4.sin_family = AF_INET;
        address_out->v4.sin_port = htons(port);
        return (int)sizeof address_out->v4;
    }
    if (inet_pton(AF_INET6, text, &address_out->v6.sin6_addr) == 1) {
        address_out->v6.sin6_family = AF_INET6;
        address_out->v6.sin6_port = htons(port);
        return (int)sizeof address_out->v6;
    }
    return 0;
}

/* Exclusive: without it another program may bind the same port, and get our clients. */
static int prepare(SOCKET listener, const union address *address, int length)
{
    const BOOL yes = TRUE;

    if (setsockopt(listener, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (const char *)&yes, sizeof yes) !=
            0 ||
        bind(listener, &address->any, length) != 0)
        return -1;
    return listen(listener, SOMAXCONN);
}

static uint16_t port_of(SOCKET listener)
{
    union address address = { 0 };
    int length = sizeof address;

    if (getsockname(listener, &address.any, &length) != 0)
        return 0;
    return ntohs(address.any.sa_family == AF_INET6 ? address.v6.sin6_port : address.v4.sin_port);
}

static xbits_result fail_socket(const char *address, unsigned port)
{
    const int error = WSAGetLastError();

    return xbits_fail_native(RESULT_FROM_WIN32(error), XBITS_DOMAIN_HRESULT, error,
                             "cannot listen on %s port %u", address, port);
}

xbits_result httpd_listen(const char *address, uint16_t port, MHD_socket *socket_out,
                          uint16_t *port_out)
{
    WSADATA data;
    union address parsed;

    /* Balanced by nothing: the process keeps its sockets library until it ends. */
    if (WSAStartup(MAKEWORD(2, 2), &data) != 0)
        return fail_socket(address, port);
    const int length = parse_address(address, port, &parsed);
    if (length == 0)
        return xbits_fail(XBITS_E_INVALIDARG, "%s is not a numeric address to listen on", address);
    const SOCKET listener = socket(parsed.any.sa_family, SOCK_STREAM, IPPROTO_TCP);
    if (listener == INVALID_SOCKET)
        return fail_socket(address, port);
    if (prepare(listener, &parsed, length) != 0) {
        const xbits_result result = fail_socket(address, port);
        (void)closesocket(listener);
        return result;
    }
    *socket_out = listener;
    *port_out = port_of(listener);
    return XBITS_S_OK;
}

bool httpd_is_peer_gone(MHD_socket socket)
{
    char byte;
    const int length = recv(socket, &byte, 1, MSG_PEEK);

    return length == 0 || (length < 0 && WSAGetLastError() != WSAEWOULDBLOCK);
}

/* Windows has no signals that interrupt a thread. */
struct httpd_signals *httpd_block_signals(void)
{
    return NULL;
}

void httpd_restore_signals(struct httpd_signals *signals)
{
    (void)signals;
}
