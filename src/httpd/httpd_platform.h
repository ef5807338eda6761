/* SPDX-License-Identifier: MIT */
#ifndef HTTPD_HTTPD_PLATFORM_H
#define HTTPD_HTTPD_PLATFORM_H

#include "base/result.h"

#include <microhttpd.h>

/* What differs between systems: httpd_posix.c, httpd_win32.c. */

/* A listening socket on a numeric address; port_out receives the port when `port` is 0. Results:
 * XBITS_S_OK; XBITS_E_INVALIDARG (not an address); the system's (in use, not allowed). */
xbits_result httpd_listen(const char *address, uint16_t port, MHD_socket *socket_out,
                          uint16_t *port_out);

/* Has the other side gone? Looks without taking; any data still to read says no. */
bool httpd_is_peer_gone(MHD_socket socket);

/* libmicrohttpd's threads take over the signal mask of the thread that starts them. Ours get no
 * signals: the program's handlers run on the program's threads. */
struct httpd_signals;
/* NULL is fine for the second: then nothing was blocked. */
struct httpd_signals *httpd_block_signals(void);
void httpd_restore_signals(struct httpd_signals *signals);

#endif
