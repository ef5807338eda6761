/* SPDX-License-Identifier: MIT */
#include "httpd/httpd_internal.h"
#include "httpd/httpd_platform.h"

#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

/* What libmicrohttpd asks a stream for at a time. */
#define STREAM_BLOCK ((size_t)128 * 1024)

/* A longer wait is cut into pieces, to see between them whether the client is still there: the
 * socket of a suspended connection is not watched. */
#define WAIT_MAXIMUM_MS 1000

static bool add_fields(const struct httpd_request *request, struct MHD_Response *response)
{
    if (request->has_failed)
        return false;
    for (size_t i = 0; i < request->field_count; i++) {
        if (MHD_add_response_header(response, request->fields[i].name, request->fields[i].value) !=
            MHD_YES)
            return false;
    }
    return MHD_set_response_options(response, request->flags, MHD_RO_END) == MHD_YES;
}

/* Owns the response. Without one, or without all of its headers, nothing is sent and the connection
 * is closed: that is what on_request makes of an unanswered request. */
static void send_response(struct httpd_request *request, int status, struct MHD_Response *response)
{
    assert(!request->was_answered);
    if (response == NULL)
        return;
    if (add_fields(request, response))
        request->was_answered =
            MHD_queue_response(request->connection, (unsigned)status, response) == MHD_YES;
    MHD_destroy_response(response);
}

void httpd_answer(struct httpd_request *request, int status, const void *body, size_t size)
{
    static char nothing[] = "";

    /* libmicrohttpd asks for a pointer to write through, and only reads. */
    request->body_length = size;
    send_response(request, status,
                  size == 0 ? MHD_create_response_from_buffer(0, nothing, MHD_RESPMEM_PERSISTENT)
                            : MHD_create_response_from_buffer(size, (void *)(uintptr_t)body,
                                                              MHD_RESPMEM_MUST_COPY));
}

/* The body of an answer that has none: not asked for after HEAD, empty after GET. */
static ssize_t read_nothing(void *cls, uint64_t position, char *bytes, size_t size)
{
    (void)cls, (void)position, (void)bytes, (void)size;
    return MHD_CONTENT_READER_END_OF_STREAM;
}

void httpd_answer_head(struct httpd_request *request, int status, uint64_t length)
{
    static_assert(MHD_SIZE_UNKNOWN == UINT64_MAX, "both say that there is no length");

    if (length == 0) {
        httpd_answer(request, status, NULL, 0);
        return;
    }
    /* Chunked would end in a last chunk even after HEAD, which the client reads as the beginning of
     * its next answer; so the end of the connection is the end (libmicrohttpd 0.9.75). */
    if (length == MHD_SIZE_UNKNOWN && request->flags == MHD_RF_NONE)
        request->flags = MHD_RF_HTTP_1_0_COMPATIBLE_STRICT;
    send_response(request, status,
                  MHD_create_response_from_callback(length, 1, read_nothing, NULL, NULL));
}

/* libmicrohttpd frees it with the response, before or after the request ends. */
struct stream {
    struct httpd_request *request;
    httpd_read *read;
    void *user;
    void (*free_user)(void *user);
};

static void free_stream(void *cls)
{
    struct stream *stream = cls;

    if (stream->free_user != NULL)
        stream->free_user(stream->user);
    free(stream);
}

static bool is_peer_gone(const struct httpd_request *request)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CONNECTION_FD);

    return info != NULL && httpd_is_peer_gone(info->connect_fd);
}

static ssize_t wait_for_more(struct httpd_request *request, uint64_t wait_ms)
{
    request->has_waited = true;
    if (wait_ms > WAIT_MAXIMUM_MS)
        wait_ms = WAIT_MAXIMUM_MS;
    return pacer_wait(request->httpd->pacer, &request->waiting, wait_ms)
               ? 0
               : MHD_CONTENT_READER_END_WITH_ERROR;
}

static ssize_t read_stream(void *cls, uint64_t position, char *bytes, size_t size)
{
    const struct stream *stream = cls;
    struct httpd_request *request = stream->request;

    if (request->has_waited && is_peer_gone(request))
        return MHD_CONTENT_READER_END_WITH_ERROR;
    const int64_t length = stream->read(stream->user, position, bytes, size);
    if (length == 0)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (length == HTTPD_READ_BREAK)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (length < 0)
        return wait_for_more(request, (uint64_t)(HTTPD_READ_BREAK - length));
    request->body_sent += (uint64_t)length;
    return (ssize_t)length;
}

void httpd_answer_stream(struct httpd_request *request, int status, uint64_t length,
                         httpd_read *read, void *user, void (*free_user)(void *user))
{
    struct stream *stream = malloc(sizeof *stream);
    struct MHD_Response *response = NULL;

    if (stream != NULL) {
        *stream = (struct stream){ request, read, user, free_user };
        response = MHD_create_response_from_callback(length, STREAM_BLOCK, read_stream, stream,
                                                     free_stream);
    }
    if (response == NULL) {
        free(stream);
        if (free_user != NULL)
            free_user(user);
    }
    request->is_body_counted = true;
    send_response(request, status, response);
}

void httpd_answer_descriptor(struct httpd_request *request, int status, int descriptor,
                             uint64_t offset, uint64_t length)
{
    struct MHD_Response *response =
        MHD_create_response_from_fd_at_offset64(length, descriptor, offset);

    if (response == NULL)
        (void)close(descriptor);
    request->body_length = length;
    send_response(request, status, response);
}
