/* SPDX-License-Identifier: MIT */
#include "httpd/httpd_platform.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

/* The length of the address, 0 when the text is none. */
static socklen_t parse_address(const char *text, uint16_t port, union address *address_out)
{
    memset(address_out, 0, sizeof *address_out);
    if (inet_pton(AF_INET, text, &address_out->v4.sin_addr) == 1) {
        address_out->v4.sin_family = AF_INET;
        address_out->v4.sin_port = htons(port);
        return sizeof address_out->v4;
    }
    if (inet_pton(AF_INET6, text, &address_out->v6.sin6_addr) == 1) {
        address_out->v6.sin6_family = AF_INET6;
        address_out->v6.sin6_port = htons(port);
        return sizeof address_out->v6;
    }
    return 0;
}

/* A server that was stopped a moment ago must not keep its port from the next one. */
static int prepare(int listener, const union address *address, socklen_t length)
{
    const int yes = 1;

    if (fcntl(listener, F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(listener, F_SETFL, fcntl(listener, F_GETFL) | O_NONBLOCK) != 0 ||
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        bind(listener, &address->any, length) != 0)
        return -1;
    return listen(listener, SOMAXCONN);
}

static uint16_t port_of(int listener)
{
    union address address = { 0 };
    socklen_t length = sizeof address;

    if (getsockname(listener, &address.any, &length) != 0)
        return 0;
    return ntohs(address.any.sa_family == AF_INET6 ? address.v6.sin6_port : address.v4.sin_port);
}

xbits_result httpd_listen(const char *address, uint16_t port, MHD_socket *socket_out,
                          uint16_t *port_out)
{
    union address parsed;
    const socklen_t length = parse_address(address, port, &parsed);

    if (length == 0)
        return xbits_fail(XBITS_E_INVALIDARG, "%s is not a numeric address to listen on", address);
    const int listener = socket(parsed.any.sa_family, SOCK_STREAM, 0);
    if (listener < 0)
        return xbits_fail_errno(errno, "cannot make a socket for %s", address);
    if (prepare(listener, &parsed, length) != 0) {
        const int error = errno;
        (void)close(listener);
        return xbits_fail_errno(error, "cannot listen on %s port %u", address, (unsigned)port);
    }
    *socket_out = listener;
    *port_out = port_of(listener);
    return XBITS_S_OK;
}

bool httpd_is_peer_gone(MHD_socket socket)
{
    char byte;
    const ssize_t length = recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);

    return length == 0 || (length < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

struct httpd_signals {
    sigset_t mask;
};

struct httpd_signals *httpd_block_signals(void)
{
    struct httpd_signals *signals = malloc(sizeof *signals);
    sigset_t all;

    (void)sigfillset(&all);
    if (signals != NULL)
        (void)pthread_sigmask(SIG_SETMASK, &all, &signals->mask);
    return signals;
}

void httpd_restore_signals(struct httpd_signals *signals)
{
    if (signals != NULL)
        (void)pthread_sigmask(SIG_SETMASK, &signals->mask, NULL);
    free(signals);
}
