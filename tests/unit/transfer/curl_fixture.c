/* SPDX-License-Identifier: MIT */
#include "unit/transfer/curl_fixture.h"

#include "support/assert_result.h"

#include <stdio.h>
#include <stdlib.h>

#define STEP_MS       5
#define STEPS_MAXIMUM 20000

static const struct canned_answer answers[] = {
    { "/ok",
      "HTTP/1.1 200 OK\nContent-Length: 1000\nETag: \"x\"\n"
      "Last-Modified: Sat, 21 Nov 2026 09:30:00 GMT\n\n",
      1000, CANNED_KEEP },
    { "/part", "HTTP/1.1 206 Partial Content\nContent-Length: 10\nContent-Range: bytes 0-9/100\n\n",
      10, CANNED_KEEP },
    { "/big", "HTTP/1.1 200 OK\nContent-Length: 3000000\n\n", 3000000, CANNED_KEEP },
    { "/empty", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", 0, CANNED_KEEP },
    { "/moved", "HTTP/1.1 302 Found\nLocation: /ok?x#y\nContent-Length: 0\n\n", 0, CANNED_KEEP },
    { "/to-file", "HTTP/1.1 302 Found\nLocation: file:///etc/passwd\nContent-Length: 0\n\n", 0,
      CANNED_KEEP },
    { "/missing", "HTTP/1.1 404 Not Found\nContent-Length: 3\n\n", 3, CANNED_KEEP },
    { "/busy", "HTTP/1.1 503 Busy\nContent-Length: 0\n\n", 0, CANNED_KEEP },
    { "/cut", "HTTP/1.1 200 OK\nContent-Length: 1000\n\n", 500, CANNED_CLOSE },
    { "/reset", "HTTP/1.1 200 OK\nContent-Length: 1000\n\n", 500, CANNED_RESET },
    { "/silent", "", 0, CANNED_CLOSE },
    { "/stall", "HTTP/1.1 200 OK\nContent-Length: 1000\n\n", 0, CANNED_STALL },
    { "/old", "HTTP/1.0 200 OK\nContent-Length: 1000\n\n", 1000, CANNED_CLOSE },
    { "/older", "just bytes\n\n", 0, CANNED_CLOSE },
    { "/endless", "HTTP/1.1 200 OK\nConnection: close\n\n", 1000, CANNED_CLOSE },
    { "/chunked",
      "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n0\nETag: \"trailer\"\n\n", 0,
      CANNED_KEEP },
    { "/continue",
      "HTTP/1.1 103 Early Hints\nETag: \"early\"\n\nHTTP/1.1 200 OK\nContent-Length: 0\n\n", 0,
      CANNED_KEEP },
    { "/folded", "HTTP/1.1 200 OK\nETag: \"a\n b\"\nContent-Length: 0\n\n", 0, CANNED_KEEP },
    { "/gzip", "HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: 4\n\n", 4, CANNED_KEEP },
    { "/nonsense", "HTTP/1.1 200 OK\nETag: x\nno header\nContent-Length: 4\n\n", 4, CANNED_KEEP },
    /* libcurl has used small and capital digits. */
    { "/a%20b%c3%a4?q", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", 0, CANNED_KEEP },
    { "/a%20b%C3%A4?q", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", 0, CANNED_KEEP },
    { NULL, NULL, 0, CANNED_KEEP },
};

int curl_set_up(void **state)
{
    struct curl_fixture *fixture = calloc(1, sizeof(*fixture));
    struct transfer_options options = recorder_options(&fixture->recorder);

    assert_non_null(fixture);
    assert_ok(transfer_curl_new(&options, &fixture->recorder.source));
    canned_server_start(&fixture->server, answers);
    *state = fixture;
    return 0;
}

int curl_tear_down(void **state)
{
    struct curl_fixture *fixture = *state;

    recorder_dispose(&fixture->recorder);
    canned_server_stop(&fixture->server);
    free(fixture);
    return 0;
}

struct transfer_request curl_request_for(struct curl_fixture *fixture, enum transfer_method method,
                                         const char *path)
{
    snprintf(fixture->url, sizeof(fixture->url), "http://127.0.0.1:%u%s",
             (unsigned)fixture->server.port, path);
    return (struct transfer_request){ .key = 1, .method = method, .url = fixture->url };
}

void curl_step(struct curl_fixture *fixture)
{
    struct transfer_source *source = fixture->recorder.source;

    canned_server_step(&fixture->server);
    source->ops->poll(source, 0, STEP_MS);
}

void curl_run(struct curl_fixture *fixture)
{
    struct transfer_source *source = fixture->recorder.source;

    for (int i = 0; source->ops->count(source) > 0; i++) {
        assert_true(i < STEPS_MAXIMUM);
        curl_step(fixture);
    }
}

void curl_fetch(struct curl_fixture *fixture, enum transfer_method method, const char *path)
{
    struct transfer_request request = curl_request_for(fixture, method, path);

    recorder_start(&fixture->recorder, &request);
    curl_run(fixture);
}
