/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/curl_socket.h"

void curl_socket_close_on_exec(curl_socket_t socket)
{
    (void)SetHandleInformation((HANDLE)socket, HANDLE_FLAG_INHERIT, 0);
}
