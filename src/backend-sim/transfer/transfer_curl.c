/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/transfer.h"

#include "backend-sim/transfer/curl_error.h"
#include "backend-sim/transfer/curl_report.h"
#include "backend-sim/transfer/curl_request.h"
#include "backend-sim/transfer/key_map.h"
#include "base/clock.h"
#include "base/log.h"

#include <assert.h>
#include <curl/curl.h>
#include <limits.h>
#include <stdlib.h>

/* Below the 256 descriptors that some systems give a process. What is over stands in line. */
#define CONNECTIONS_MAXIMUM 128
#define IDLE_MAXIMUM        128
/* As long as this nothing may move before virtual time goes on (ruling 6). */
#define MOVING_MS 200

/*
 * One multi handle. Requests are born waiting and enter the multi handle in the next poll, because
 * libcurl lets nobody add or remove one from inside its callbacks; a request that is stopped there
 * is doomed and leaves when libcurl has returned. Easy handles are kept for later requests, and
 * connections stay open inside the multi handle.
 */
struct curl_source {
    struct transfer_source base; /* First. */
    CURLM *multi;
    struct curl_common common;
    struct key_map live;
    struct curl_request *waiting; /* Oldest first. */
    struct curl_request **waiting_end;
    size_t waiting_count;
    size_t added_count; /* Inside the multi handle. */
    struct curl_request *doomed;
    struct curl_request *idle;
    size_t idle_count;
    bool is_calling_back; /* The multi handle must be left alone. */
};

static struct curl_source *source_of(struct transfer_source *base)
{
    return (struct curl_source *)base;
}

/* Takes it out of the multi handle and puts it aside for another use. */
static void retire(struct curl_source *source, struct curl_request *request)
{
    if (request->is_added) {
        (void)curl_multi_remove_handle(source->multi, request->easy);
        source->added_count--;
    }
    request->is_added = false;
    request->stood_in_line = false;
    if (source->idle_count == IDLE_MAXIMUM) {
        curl_request_free(request);
        return;
    }
    curl_request_reset(request);
    request->next = source->idle;
    source->idle = request;
    source->idle_count++;
}

static xbits_result obtain(struct curl_source *source, struct curl_request **request_out)
{
    struct curl_request *request = source->idle;

    if (request == NULL)
        return curl_request_new(&source->common, request_out);
    source->idle = request->next;
    source->idle_count--;
    request->next = NULL;
    *request_out = request;
    return XBITS_S_OK;
}

static xbits_result source_start(struct transfer_source *base,
                                 const struct transfer_request *wanted)
{
    struct curl_source *source = source_of(base);
    struct curl_request *request = NULL;
    xbits_result result;

    assert(key_map_find(&source->live, wanted->key) == NULL);
    TRY(obtain(source, &request));
    result = curl_request_aim(request, wanted);
    if (XBITS_SUCCEEDED(result))
        result = key_map_add(&source->live, &request->entry);
    if (XBITS_FAILED(result)) {
        retire(source, request);
        return result;
    }
    request->stood_in_line = source->added_count + source->waiting_count >= CONNECTIONS_MAXIMUM;
    *source->waiting_end = request;
    source->waiting_end = &request->next;
    source->waiting_count++;
    curl_common_note_activity(&source->common);
    curl_common_tell_activity(&source->common);
    return request->stood_in_line ? XBITS_S_FALSE : XBITS_S_OK;
}

static void source_stop(struct transfer_source *base, uint64_t key)
{
    struct curl_source *source = source_of(base);
    struct curl_request *request = (struct curl_request *)key_map_remove(&source->live, key);

    if (request == NULL)
        return;
    request->is_stopped = true;
    if (!request->is_added)
        return; /* It is waiting, and is dropped when its turn comes. */
    if (source->is_calling_back) {
        request->next = source->doomed;
        source->doomed = request;
        return;
    }
    retire(source, request);
}

static void end(struct curl_source *source, struct curl_request *request, CURLcode code)
{
    const struct transfer_listener *listener = &source->common.listener;
    uint64_t key = request->entry.key;
    struct xbits_error error;
    xbits_result result;

    source->is_calling_back = true;
    result = curl_report_finish(request, code, &error);
    source->is_calling_back = false;
    if (request->is_stopped)
        return;
    /* First all of this, because the listener may start its next request under the same key. */
    (void)key_map_remove(&source->live, key);
    retire(source, request);
    listener->ended(listener->user, key, result, XBITS_FAILED(result) ? &error : NULL);
}

static struct curl_request *take_waiting(struct curl_source *source)
{
    struct curl_request *request = source->waiting;

    source->waiting = request->next;
    if (source->waiting == NULL)
        source->waiting_end = &source->waiting;
    source->waiting_count--;
    request->next = NULL;
    return request;
}

static void add(struct curl_source *source, struct curl_request *request)
{
    const struct transfer_listener *listener = &source->common.listener;

    if (curl_multi_add_handle(source->multi, request->easy) != CURLM_OK) {
        end(source, request, CURLE_OUT_OF_MEMORY);
        return;
    }
    request->is_added = true;
    source->added_count++;
    if (request->stood_in_line)
        listener->begun(listener->user, request->entry.key);
}

static bool has_room(const struct curl_source *source)
{
    return source->waiting != NULL && source->added_count < CONNECTIONS_MAXIMUM;
}

/* What finds no room stands in line here and not in libcurl, so that nobody times it meanwhile. */
static void add_waiting(struct curl_source *source)
{
    while (has_room(source)) {
        struct curl_request *request = take_waiting(source);

        if (request->is_stopped)
            retire(source, request);
        else
            add(source, request);
    }
}

static void perform(struct curl_source *source)
{
    int running = 0;
    CURLMcode code;

    source->is_calling_back = true;
    code = curl_multi_perform(source->multi, &running);
    source->is_calling_back = false;
    if (code != CURLM_OK)
        log_line(LOG_HTTP, "libcurl: %s", curl_multi_strerror(code));
}

static void report_ends(struct curl_source *source)
{
    const CURLMsg *message;
    int left = 0;

    while ((message = curl_multi_info_read(source->multi, &left)) != NULL) {
        CURLcode code = message->data.result;
        struct curl_request *request = curl_request_of(message->easy_handle);

        if (!request->is_stopped)
            end(source, request, code);
    }
}

static void drop_doomed(struct curl_source *source)
{
    while (source->doomed != NULL) {
        struct curl_request *request = source->doomed;

        source->doomed = request->next;
        retire(source, request);
    }
}

/* In real time only: virtual time is nothing to a socket. */
static void source_poll(struct transfer_source *base, uint64_t now_ms, uint64_t wait_ms)
{
    struct curl_source *source = source_of(base);
    bool has_new = has_room(source);

    (void)now_ms;
    add_waiting(source);
    /* New requests have something to do at once. */
    if (wait_ms > 0 && !has_new)
        (void)curl_multi_poll(source->multi, NULL, 0, wait_ms > INT_MAX ? INT_MAX : (int)wait_ms,
                              NULL);
    perform(source);
    report_ends(source);
    curl_common_tell_activity(&source->common);
    drop_doomed(source);
}

static void source_wake(struct transfer_source *base)
{
    (void)curl_multi_wakeup(source_of(base)->multi);
}

static uint64_t source_next_due_ms(struct transfer_source *base)
{
    (void)base;
    return UINT64_MAX;
}

static bool source_is_moving(struct transfer_source *base)
{
    const struct curl_source *source = source_of(base);

    return source->live.count > 0 &&
           clock_ms(clock_system()) - source->common.last_activity_ms < MOVING_MS;
}

static size_t source_count(struct transfer_source *base)
{
    return source_of(base)->live.count;
}

static xbits_result source_set_origin(struct transfer_source *base, const char *ini)
{
    (void)base;
    (void)ini;
    return xbits_fail(XBITS_E_NOTIMPL, "requests go to real servers, which cannot be replaced");
}

static void free_list(struct curl_request *request)
{
    for (struct curl_request *next; request != NULL; request = next) {
        next = request->next;
        curl_request_free(request);
    }
}

static void source_free(struct transfer_source *base)
{
    struct curl_source *source = source_of(base);

    for (struct curl_request *request = source->waiting; request != NULL; request = request->next)
        (void)key_map_remove(&source->live, request->entry.key);
    free_list(source->waiting);
    for (struct key_entry *entry; (entry = key_map_take(&source->live)) != NULL;)
        retire(source, (struct curl_request *)entry);
    free_list(source->idle);
    key_map_dispose(&source->live);
    (void)curl_multi_cleanup(source->multi);
    curl_common_dispose(&source->common);
    free(source);
    curl_global_cleanup();
}

static const struct transfer_source_ops curl_source_ops = {
    .start = source_start,
    .stop = source_stop,
    .poll = source_poll,
    .wake = source_wake,
    .next_due_ms = source_next_due_ms,
    .is_moving = source_is_moving,
    .count = source_count,
    .set_origin = source_set_origin,
    .free = source_free,
};

static xbits_result make_multi(CURLM **multi_out)
{
    CURLM *multi = curl_multi_init();

    if (multi == NULL ||
        curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)CONNECTIONS_MAXIMUM) !=
            CURLM_OK ||
        curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)CONNECTIONS_MAXIMUM) != CURLM_OK) {
        (void)curl_multi_cleanup(multi);
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for connections");
    }
    /* Without free descriptors libcurl comes up all the same, and could then never be woken. */
    if (curl_multi_wakeup(multi) != CURLM_OK) {
        (void)curl_multi_cleanup(multi);
        return xbits_fail(XBITS_ERROR_TOO_MANY_OPEN_FILES,
                          "the process has no file descriptor left to wait for connections with");
    }
    *multi_out = multi;
    return XBITS_S_OK;
}

/* curl_global_init counts its callers, and is safe from any thread since libcurl 7.84. */
static xbits_result start_library(void)
{
    CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);

    return code == CURLE_OK ? XBITS_S_OK : curl_error_raise(code, "");
}

xbits_result transfer_curl_new(const struct transfer_options *options,
                               struct transfer_source **source_out)
{
    struct curl_source *source = NULL;
    xbits_result result;

    TRY(start_library());
    source = calloc(1, sizeof(*source));
    if (source == NULL) {
        curl_global_cleanup();
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for connections");
    }
    source->base.ops = &curl_source_ops;
    source->waiting_end = &source->waiting;
    result = curl_common_init(&source->common, options);
    if (XBITS_SUCCEEDED(result))
        result = make_multi(&source->multi);
    if (XBITS_FAILED(result)) {
        source_free(&source->base);
        return result;
    }
    *source_out = &source->base;
    return XBITS_S_OK;
}
