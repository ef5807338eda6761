/* SPDX-License-Identifier: MIT */
#ifndef UNIT_TRANSFER_CURL_FIXTURE_H
#define UNIT_TRANSFER_CURL_FIXTURE_H

#include "support/test_main.h"
#include "unit/transfer/canned_server.h"
#include "unit/transfer/recorder.h"

/* A source of real sockets and a server that answers it, for a test. */
struct curl_fixture {
    struct recorder recorder;
    struct canned_server server; /* With the answers of curl_fixture.c. */
    char url[256];
};

int curl_set_up(void **state);
int curl_tear_down(void **state);
#define CURL_TEST(name) cmocka_unit_test_setup_teardown(name, curl_set_up, curl_tear_down)

/* A request with the key 1 for a path of the server. Its url is the fixture's. */
struct transfer_request curl_request_for(struct curl_fixture *fixture, enum transfer_method method,
                                         const char *path);
/* The server moves, then the source. */
void curl_step(struct curl_fixture *fixture);
/* Until nothing is under way. */
void curl_run(struct curl_fixture *fixture);
/* One request from its start to its end. */
void curl_fetch(struct curl_fixture *fixture, enum transfer_method method, const char *path);

#endif
