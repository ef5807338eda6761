/* SPDX-License-Identifier: MIT */
#include "httpd/httpd.h"

#include "httpd/httpd_internal.h"
#include "httpd/httpd_platform.h"

#include <stdlib.h>

#define THREADS_DEFAULT 2

/* A connection is a socket and mostly a file; together they fit into the 1,024 descriptors that a
 * process commonly may have. */
#define CONNECTION_MAXIMUM 480

/* How long a client may neither read nor ask, in seconds: longer than one paused by us or by a
 * bandwidth limit stays silent. */
#define IDLE_MAXIMUM_S 120

/* Called with the target as it was sent, before anything is decoded. What it returns comes back in
 * on_request and on_completed. */
static void *on_target(void *cls, const char *target, struct MHD_Connection *connection)
{
    return httpd_request_new(cls, target, connection);
}

/* A length of 0 is taken for a body too: that costs the client its connection and no more. */
static bool has_body(const struct httpd_request *request)
{
    return httpd_header(request, "Content-Length") != NULL ||
           httpd_header(request, "Transfer-Encoding") != NULL;
}

/*
 * Called once when the head is read and again when the request is complete. An answer to the first
 * call refuses the body and closes the connection, which suits those who send one: nothing here
 * takes any. All others are answered in the second, and the connection goes on.
 */
static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *body,
                                  size_t *body_size, void **context)
{
    struct httpd *httpd = cls;
    struct httpd_request *request = *context;

    (void)connection, (void)url, (void)body, (void)body_size;
    if (request == NULL)
        return MHD_NO;
    if (!request->was_seen && !has_body(request)) {
        request->was_seen = true;
        return MHD_YES;
    }
    request->method = method;
    request->version = version;
    request->was_handled = true;
    httpd->options.handle(httpd->options.user, request);
    return request->was_answered ? MHD_YES : MHD_NO;
}

static uint64_t body_bytes_sent(const struct httpd_request *request, bool was_sent_whole)
{
    if (request->is_body_counted)
        return request->body_sent;
    return was_sent_whole ? request->body_length : HTTPD_BYTES_UNKNOWN;
}

static void on_completed(void *cls, struct MHD_Connection *connection, void **context,
                         enum MHD_RequestTerminationCode code)
{
    struct httpd *httpd = cls;
    struct httpd_request *request = *context;
    const bool was_sent_whole = code == MHD_REQUEST_TERMINATED_COMPLETED_OK;

    (void)connection;
    *context = NULL;
    if (request != NULL && request->was_handled && httpd->options.done != NULL)
        httpd->options.done(httpd->options.user, request, body_bytes_sent(request, was_sent_whole),
                            was_sent_whole);
    httpd_request_free(request);
}

static struct MHD_Daemon *start_daemon(struct httpd *httpd, MHD_socket listener)
{
    const unsigned threads = httpd->options.threads == 0 ? THREADS_DEFAULT : httpd->options.threads;
    struct httpd_signals *signals = httpd_block_signals();
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_AUTO_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, httpd->port, NULL,
                         NULL, on_request, httpd, MHD_OPTION_LISTEN_SOCKET, listener,
                         MHD_OPTION_URI_LOG_CALLBACK, on_target, httpd, MHD_OPTION_NOTIFY_COMPLETED,
                         on_completed, httpd, MHD_OPTION_THREAD_POOL_SIZE, threads,
                         MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTION_MAXIMUM,
                         MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_MAXIMUM_S, MHD_OPTION_END);

    httpd_restore_signals(signals);
    return daemon;
}

/* libmicrohttpd owns the listening socket, and closes it in all failures but the earliest; closing
 * it again could hit a descriptor another thread has just opened. */
static xbits_result start_listening(struct httpd *httpd, const char *address)
{
    MHD_socket listener;

    TRY(httpd_listen(address, httpd->options.port, &listener, &httpd->port));
    httpd->daemon = start_daemon(httpd, listener);
    if (httpd->daemon == NULL)
        return xbits_fail(XBITS_E_FAIL, "the HTTP server on %s port %u cannot start its threads",
                          address, (unsigned)httpd->port);
    return XBITS_S_OK;
}

xbits_result httpd_start(const struct httpd_options *options, struct httpd **httpd_out)
{
    const char *address = options->address != NULL ? options->address : "127.0.0.1";
    struct httpd *httpd = calloc(1, sizeof *httpd);

    if (httpd == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the HTTP server on %s", address);
    httpd->options = *options;
    xbits_result result = pacer_new(&httpd->pacer);
    if (XBITS_SUCCEEDED(result))
        result = start_listening(httpd, address);
    if (XBITS_FAILED(result)) {
        httpd_stop(httpd);
        return result;
    }
    *httpd_out = httpd;
    return XBITS_S_OK;
}

uint16_t httpd_port(const struct httpd *httpd)
{
    return httpd->port;
}

void httpd_stop(struct httpd *httpd)
{
    if (httpd == NULL)
        return;
    /* libmicrohttpd does not survive being stopped with suspended connections. */
    if (httpd->pacer != NULL)
        pacer_stop(httpd->pacer);
    if (httpd->daemon != NULL)
        MHD_stop_daemon(httpd->daemon);
    pacer_free(httpd->pacer);
    free(httpd);
}
