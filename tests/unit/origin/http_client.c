/* SPDX-License-Identifier: MIT */
#include "unit/origin/http_client.h"

#include "support/cmocka.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define SILENCE_MAXIMUM_S 30

int client_open(uint16_t port, const char *bytes)
{
    const struct timeval limit = { .tv_sec = SILENCE_MAXIMUM_S };
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port) };
    const int connection = socket(AF_INET, SOCK_STREAM, 0);

    assert_true(connection >= 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_return_code(setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit), 0);
    assert_return_code(
        connect(connection, (const struct sockaddr *)&address, (socklen_t)sizeof address), 0);
    assert_int_equal(send(connection, bytes, strlen(bytes), 0), strlen(bytes));
    return connection;
}

void client_close(int connection)
{
    assert_return_code(close(connection), 0);
}

/* Byte by byte: what follows the head stays in the socket. */
void client_read_head(int connection, struct reply *reply)
{
    char line[4096];
    size_t length = 0;

    *reply = (struct reply){ 0 };
    http_head_init(&reply->head);
    for (;;) {
        if (length == sizeof line || recv(connection, line + length, 1, 0) != 1)
            fail_msg("the head of the answer does not end");
        if (line[length++] != '\n')
            continue;
        http_head_add_line(&reply->head, line, length);
        if (length == 2)
            break;
        length = 0;
    }
    if (!reply->head.is_valid)
        fail_msg("the head of the answer is malformed");
}

/* A broken connection ends the body as a closed one does. */
void client_read_rest(int connection, struct reply *reply)
{
    size_t capacity = 1024;

    reply->body = malloc(capacity + 1);
    for (;;) {
        assert_non_null(reply->body);
        const ssize_t length =
            recv(connection, reply->body + reply->body_size, capacity - reply->body_size, 0);
        if (length <= 0)
            break;
        reply->body_size += (size_t)length;
        if (reply->body_size == capacity) {
            capacity *= 2;
            reply->body = realloc(reply->body, capacity + 1);
        }
    }
    reply->body[reply->body_size] = '\0';
}

struct reply client_send_raw(uint16_t port, const char *bytes)
{
    struct reply reply;
    const int connection = client_open(port, bytes);

    client_read_head(connection, &reply);
    client_read_rest(connection, &reply);
    client_close(connection);
    return reply;
}

struct reply client_ask(uint16_t port, const char *method, const char *target, const char *headers)
{
    char request[2048];

    (void)snprintf(request, sizeof request,
                   "%s %s HTTP/1.1\r\nHost: origin\r\nConnection: close\r\n%s\r\n", method, target,
                   headers);
    return client_send_raw(port, request);
}

void reply_dispose(struct reply *reply)
{
    http_head_dispose(&reply->head);
    free(reply->body);
}

const char *reply_header(const struct reply *reply, const char *name)
{
    static char value[512];

    (void)http_head_find(&reply->head, name, value, sizeof value);
    return value;
}
