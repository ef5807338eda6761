/* SPDX-License-Identifier: MIT */
#ifndef TRANSFER_CURL_SOCKET_H
#define TRANSFER_CURL_SOCKET_H

#include <curl/curl.h>

/* Keeps a new socket out of the programs that we start. Best effort: libcurl offers no earlier
 * moment. */
void curl_socket_close_on_exec(curl_socket_t socket);

#endif
