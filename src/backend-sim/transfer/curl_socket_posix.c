/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/curl_socket.h"

#include <fcntl.h>

void curl_socket_close_on_exec(curl_socket_t socket)
{
    (void)fcntl(socket, F_SETFD, FD_CLOEXEC);
}
