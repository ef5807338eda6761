/* SPDX-License-Identifier: MIT */
#ifndef UNIT_TRANSFER_CANNED_SERVER_H
#define UNIT_TRANSFER_CANNED_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/*
 * A server on the loopback that sends prepared bytes, right or wrong, for a path. It has no thread:
 * it moves when it is stepped, so the test decides the order of everything.
 */
enum canned_end { CANNED_KEEP, CANNED_CLOSE, CANNED_RESET, CANNED_STALL };

struct canned_answer {
    const char *path; /* "/x"; ends the list with NULL. */
    const char *head; /* Sent as it is; '\n' becomes CR LF. */
    size_t body_size; /* Bytes of resource_pattern 0 that follow, for GET only. */
    enum canned_end end;
};

#define CANNED_CONNECTIONS 8

struct canned_connection {
    int descriptor; /* -1: free */
    struct text received;
    struct text sending;
    size_t sent;
    enum canned_end end; /* When all of it is sent. */
};

struct canned_server {
    int listener;
    uint16_t port;
    const struct canned_answer *answers;
    struct canned_connection connections[CANNED_CONNECTIONS];
    size_t accepted;      /* Connections so far. */
    size_t requests;      /* Requests so far. */
    struct text received; /* The newest request's head. */
};

void canned_server_start(struct canned_server *server, const struct canned_answer *answers);
/* Accepts, reads and writes what can be without waiting. */
void canned_server_step(struct canned_server *server);
void canned_server_stop(struct canned_server *server);
/* A port of the loopback at which nobody listens. */
uint16_t canned_server_closed_port(void);

#endif
