/* SPDX-License-Identifier: MIT */
#include "unit/transfer/canned_server.h"

#include "support/assert_result.h"
#include "wire/resource.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int open_listener(uint16_t *port_out)
{
    struct sockaddr_in address = { .sin_family = AF_INET };
    socklen_t length = sizeof(address);
    int listener = socket(AF_INET, SOCK_STREAM, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(listener >= 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&address, &length), 0);
    *port_out = ntohs(address.sin_port);
    return listener;
}

void canned_server_start(struct canned_server *server, const struct canned_answer *answers)
{
    /* A client that goes away must not end the test. */
    assert_true(signal(SIGPIPE, SIG_IGN) != SIG_ERR);
    *server = (struct canned_server){ .answers = answers };
    for (size_t i = 0; i < CANNED_CONNECTIONS; i++)
        server->connections[i].descriptor = -1;
    server->listener = open_listener(&server->port);
    assert_int_equal(listen(server->listener, CANNED_CONNECTIONS), 0);
    assert_int_equal(fcntl(server->listener, F_SETFL, O_NONBLOCK), 0);
}

uint16_t canned_server_closed_port(void)
{
    uint16_t port = 0;

    close(open_listener(&port));
    return port;
}

static void close_connection(struct canned_connection *connection)
{
    if (connection->descriptor >= 0)
        close(connection->descriptor);
    text_dispose(&connection->received);
    text_dispose(&connection->sending);
    *connection = (struct canned_connection){ .descriptor = -1 };
}

/* What was sent and not read is thrown away on both sides: the client sees a reset. */
static void reset_connection(struct canned_connection *connection)
{
    const struct linger linger = { .l_onoff = 1, .l_linger = 0 };

    (void)setsockopt(connection->descriptor, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
    close_connection(connection);
}

static void accept_new(struct canned_server *server)
{
    for (size_t i = 0; i < CANNED_CONNECTIONS; i++) {
        struct canned_connection *connection = &server->connections[i];
        int descriptor;

        if (connection->descriptor >= 0)
            continue;
        descriptor = accept(server->listener, NULL, NULL);
        if (descriptor < 0)
            return;
        assert_int_equal(fcntl(descriptor, F_SETFL, O_NONBLOCK), 0);
        connection->descriptor = descriptor;
        server->accepted++;
    }
}

static const struct canned_answer *find_answer(const struct canned_server *server,
                                               const char *request)
{
    const char *path = strchr(request, ' ') + 1;
    size_t length = strcspn(path, " ");

    for (const struct canned_answer *answer = server->answers; answer->path != NULL; answer++) {
        if (strlen(answer->path) == length && memcmp(answer->path, path, length) == 0)
            return answer;
    }
    return NULL;
}

static void send_head(struct canned_connection *connection, const char *head)
{
    for (; *head != '\0'; head++)
        assert_ok(*head == '\n' ? text_add(&connection->sending, "\r\n")
                                : text_append(&connection->sending, head, 1));
}

static void send_body(struct canned_connection *connection, size_t size)
{
    unsigned char *bytes = malloc(size + 1);

    assert_non_null(bytes);
    resource_pattern(0, 0, bytes, size);
    assert_ok(text_append(&connection->sending, (const char *)bytes, size));
    free(bytes);
}

static void finish_answer(struct canned_connection *connection)
{
    text_clear(&connection->sending);
    connection->sent = 0;
    switch (connection->end) {
    case CANNED_KEEP:
    case CANNED_STALL:
        return;
    case CANNED_CLOSE:
        close_connection(connection);
        return;
    case CANNED_RESET:
        reset_connection(connection);
        return;
    }
}

static void answer_request(struct canned_server *server, struct canned_connection *connection)
{
    const struct canned_answer *answer = find_answer(server, text_c(&connection->received));

    server->requests++;
    text_clear(&server->received);
    assert_ok(text_add(&server->received, text_c(&connection->received)));
    assert_non_null(answer);
    send_head(connection, answer->head);
    if (text_starts_with(text_c(&connection->received), "GET "))
        send_body(connection, answer->body_size);
    connection->end = answer->end;
    text_clear(&connection->received);
    if (connection->sending.length == 0)
        finish_answer(connection);
}

static void read_request(struct canned_server *server, struct canned_connection *connection)
{
    char bytes[4096];
    ssize_t size = recv(connection->descriptor, bytes, sizeof(bytes), 0);

    if (size == 0)
        close_connection(connection);
    if (size <= 0)
        return;
    assert_ok(text_append(&connection->received, bytes, (size_t)size));
    if (strstr(text_c(&connection->received), "\r\n\r\n") != NULL)
        answer_request(server, connection);
}

static void write_answer(struct canned_connection *connection)
{
    ssize_t size = send(connection->descriptor, connection->sending.data + connection->sent,
                        connection->sending.length - connection->sent, 0);

    if (size > 0)
        connection->sent += (size_t)size;
    if (connection->sent == connection->sending.length)
        finish_answer(connection);
}

void canned_server_step(struct canned_server *server)
{
    accept_new(server);
    for (size_t i = 0; i < CANNED_CONNECTIONS; i++) {
        struct canned_connection *connection = &server->connections[i];

        if (connection->descriptor >= 0 && connection->sending.length == 0)
            read_request(server, connection);
        if (connection->descriptor >= 0 && connection->sending.length > 0)
            write_answer(connection);
    }
}

void canned_server_stop(struct canned_server *server)
{
    for (size_t i = 0; i < CANNED_CONNECTIONS; i++)
        close_connection(&server->connections[i]);
    close(server->listener);
    text_dispose(&server->received);
}
