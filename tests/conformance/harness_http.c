/* SPDX-License-Identifier: MIT */
#include "conformance/conformance.h"

#include <arpa/inet.h>
#include <jansson.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"
#include "origin/origin.h"
#include "support/assert_result.h"

/* sim over libcurl and real sockets, against an origin in this process. */
struct http_side {
    struct origin *origin;
    int silent_socket; /* Listens and never accepts. */
};

/* A name that no resolver may ask about: its first label is longer than 63. */
#define UNKNOWN_HOST                                                                               \
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.invalid"

static int listen_on_loopback(uint16_t *port_out)
{
    struct sockaddr_in address;
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);

    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(listener >= 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(listener, 16), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&address, &size), 0);
    *port_out = ntohs(address.sin_port);
    return listener;
}

static const char *url_at_port(struct harness *harness, uint16_t port)
{
    char url[64];

    snprintf(url, sizeof url, "http://127.0.0.1:%u/a.bin", (unsigned)port);
    return harness_url(harness, url);
}

static void start(struct harness *harness)
{
    struct origin_options options;
    struct http_side *side = calloc(1, sizeof *side);

    assert_non_null(side);
    harness->own = side;
    side->silent_socket = -1;
    memset(&options, 0, sizeof options);
    assert_ok(origin_start(&options, &side->origin));
    snprintf(harness->base_url, sizeof harness->base_url, "http://127.0.0.1:%u",
             (unsigned)origin_port(side->origin));
}

static void stop(struct harness *harness)
{
    struct http_side *side = harness->own;

    if (side == NULL)
        return;
    if (side->silent_socket >= 0)
        close(side->silent_socket);
    if (side->origin != NULL)
        origin_stop(side->origin);
    free(side);
    harness->own = NULL;
}

/* An origin looks its resources up by path; a query is the client's business. */
static void publish(struct harness *harness, const struct served *served)
{
    struct http_side *side = harness->own;
    char path[256];
    struct origin_resource resource = {
        .path = path,
        .size = served->size,
        .pattern = served->pattern,
        .body = served->bytes != NULL ? served->bytes : served->text,
        .modified = served->no_validators ? 0 : served->modified,
        .rules = { .no_ranges = served->no_ranges,
                   .no_length = served->no_length,
                   .no_validators = served->no_validators,
                   .status = served->status,
                   .head_status = served->head_status,
                   .location = served->location,
                   .is_http_1_0 = served->is_http_1_0,
                   .wrong_content_range = served->wrong_content_range },
        .fail_times = served->fail_times,
        .cut_after = served->cut_after,
        .cut_times = served->cut_times,
        .rate = served->rate,
        .stalls = served->stalls,
    };

    snprintf(path, sizeof path, "%.*s", (int)strcspn(served->path, "?"), served->path);
    assert_ok(origin_put(side->origin, &resource));
}

static const char *refusing_url(struct harness *harness)
{
    uint16_t port = 0;
    int listener = listen_on_loopback(&port);

    /* The port was free a moment ago, and nobody is told about it. */
    close(listener);
    return url_at_port(harness, port);
}

static const char *silent_url(struct harness *harness)
{
    struct http_side *side = harness->own;
    uint16_t port = 0;

    if (side->silent_socket >= 0)
        close(side->silent_socket);
    side->silent_socket = listen_on_loopback(&port);
    return url_at_port(harness, port);
}

static const char *unknown_host_url(struct harness *harness)
{
    return harness_url(harness, "http://" UNKNOWN_HOST "/a.bin");
}

static void copy_member(const json_t *object, const char *key, char *text, size_t size)
{
    const char *value = json_string_value(json_object_get(object, key));

    text_copy_into(text, size, value == NULL ? "" : value);
}

static bool request_at(struct harness *harness, size_t index, struct seen_request *seen_out)
{
    struct http_side *side = harness->own;
    char *json = origin_request_json(side->origin, index);
    json_t *line;
    const json_t *headers;

    if (json == NULL)
        return false;
    line = json_loads(json, 0, NULL);
    free(json);
    assert_non_null(line);
    copy_member(line, "method", seen_out->method, sizeof seen_out->method);
    copy_member(line, "target", seen_out->target, sizeof seen_out->target);
    headers = json_object_get(line, "headers");
    copy_member(headers, "range", seen_out->range, sizeof seen_out->range);
    copy_member(headers, "user-agent", seen_out->user_agent, sizeof seen_out->user_agent);
    copy_member(headers, "accept-encoding", seen_out->accept_encoding,
                sizeof seen_out->accept_encoding);
    copy_member(headers, "connection", seen_out->connection, sizeof seen_out->connection);
    copy_member(headers, "if-unmodified-since", seen_out->if_unmodified_since,
                sizeof seen_out->if_unmodified_since);
    copy_member(headers, "host", seen_out->host, sizeof seen_out->host);
    seen_out->status = (int)json_integer_value(json_object_get(line, "status"));
    json_decref(line);
    return true;
}

const struct harness harness_http = {
    .name = "sim.http",
    .source = "http",
    .offers = CAN_SKIP_TIME | CAN_CUT_NETWORK | CAN_SERVE_FAULTS | CAN_SEE_REQUESTS |
              CAN_CHANGE_LIMITS | CAN_RUN_COMMANDS | IS_IN_MEMORY | CAN_SERVE_BYTES,
    .start = start,
    .stop = stop,
    .publish = publish,
    .refusing_url = refusing_url,
    .silent_url = silent_url,
    .unknown_host_url = unknown_host_url,
    .request_at = request_at,
};
