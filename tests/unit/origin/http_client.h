/* SPDX-License-Identifier: MIT */
#ifndef UNIT_ORIGIN_HTTP_CLIENT_H
#define UNIT_ORIGIN_HTTP_CLIENT_H

#include "wire/http_head.h"

#include <stddef.h>
#include <stdint.h>

/* A client that sends what it is told, byte for byte. What goes wrong fails the test, also a server
 * that keeps silent. */

struct reply {
    struct http_head head;
    char *body; /* With a NUL behind it. */
    size_t body_size;
};

/* One request on a connection of its own, read until the server closes it. headers: lines with
 * their CRLF, or "". */
struct reply client_ask(uint16_t port, const char *method, const char *target, const char *headers);
/* Any bytes in place of a well-formed request. */
struct reply client_send_raw(uint16_t port, const char *bytes);
void reply_dispose(struct reply *reply);
/* "" when it is not there; valid until the next call. */
const char *reply_header(const struct reply *reply, const char *name);

/* The same in steps: a connection whose request was sent, its head, the rest. */
int client_open(uint16_t port, const char *bytes);
void client_read_head(int connection, struct reply *reply);
void client_read_rest(int connection, struct reply *reply);
void client_close(int connection);

#endif
