/* SPDX-License-Identifier: MIT */
#include "unit/transfer/recorder.h"

#include "support/assert_result.h"

#include <inttypes.h>

/* More polls than any test needs: a source that never ends fails the test in place of hanging. */
#define POLLS_MAXIMUM 1000000

static void keep_answer(struct recorder *recorder, const struct answer *answer)
{
    recorder->answer = *answer;
    recorder->answer.last_modified = text_copy_into(
        recorder->last_modified, sizeof(recorder->last_modified), answer->last_modified);
    recorder->answer.etag = text_copy_into(recorder->etag, sizeof(recorder->etag), answer->etag);
    recorder->answer.content_encoding = text_copy_into(
        recorder->content_encoding, sizeof(recorder->content_encoding), answer->content_encoding);
    recorder->answer.location =
        text_copy_into(recorder->location, sizeof(recorder->location), answer->location);
    text_clear(&recorder->header_block);
    assert_ok(text_add(&recorder->header_block, answer->header_block));
    recorder->answer.header_block = text_c(&recorder->header_block);
}

static void stop_one(struct recorder *recorder, uint64_t key)
{
    uint64_t stopped = recorder->stopped_key != 0 ? recorder->stopped_key : key;

    recorder->source->ops->stop(recorder->source, stopped);
}

static void on_begun(void *user, uint64_t key)
{
    struct recorder *recorder = user;

    (void)key;
    recorder->begun++;
}

static xbits_result on_headers(void *user, uint64_t key, const struct answer *answer)
{
    struct recorder *recorder = user;

    recorder->heads++;
    keep_answer(recorder, answer);
    assert_ok(text_format(&recorder->log, "%" PRIu64 " head %d\n", key, answer->status));
    if (recorder->stop_at_head == key)
        stop_one(recorder, key);
    if (XBITS_FAILED(recorder->refuse_head))
        return xbits_fail(recorder->refuse_head, "the listener refused the head");
    return XBITS_S_OK;
}

static xbits_result on_body(void *user, uint64_t key, const void *bytes, size_t size)
{
    struct recorder *recorder = user;

    assert_true(recorder->heads > 0);
    assert_ok(text_format(&recorder->log, "%" PRIu64 " body %zu\n", key, size));
    assert_ok(text_append(&recorder->body, bytes, size));
    if (recorder->stop_at_body == key)
        stop_one(recorder, key);
    if (XBITS_FAILED(recorder->refuse_body))
        return xbits_fail(recorder->refuse_body, "the listener refused the body");
    return XBITS_S_OK;
}

static void on_ended(void *user, uint64_t key, xbits_result result, const struct xbits_error *error)
{
    struct recorder *recorder = user;
    const struct transfer_request *next = recorder->start_at_end;

    recorder->ends++;
    recorder->result = result;
    recorder->has_error = error != NULL;
    if (error != NULL)
        recorder->error = *error;
    assert_ok(text_format(&recorder->log, "%" PRIu64 " end %s\n", key, xbits_result_name(result)));
    recorder->start_at_end = NULL;
    if (next != NULL)
        recorder_start(recorder, next);
}

struct transfer_options recorder_options(struct recorder *recorder)
{
    return (struct transfer_options){
        .listener = { recorder, on_begun, on_headers, on_body, on_ended },
        .user_agent = "Microsoft BITS/7.8",
        .proxy = "direct",
        .buffer_bytes = 131072,
    };
}

void recorder_clear(struct recorder *recorder)
{
    struct transfer_source *source = recorder->source;

    text_dispose(&recorder->log);
    text_dispose(&recorder->body);
    text_dispose(&recorder->header_block);
    *recorder = (struct recorder){ .source = source };
}

void recorder_dispose(struct recorder *recorder)
{
    if (recorder->source != NULL)
        recorder->source->ops->free(recorder->source);
    recorder->source = NULL;
    recorder_clear(recorder);
}

void recorder_start(struct recorder *recorder, const struct transfer_request *request)
{
    assert_ok(recorder->source->ops->start(recorder->source, request));
}

void recorder_poll(struct recorder *recorder, uint64_t now_ms)
{
    recorder->source->ops->poll(recorder->source, now_ms, 0);
}

uint64_t recorder_run(struct recorder *recorder, uint64_t now_ms)
{
    struct transfer_source *source = recorder->source;

    for (int polls = 0; source->ops->count(source) > 0; polls++) {
        uint64_t due_ms = source->ops->next_due_ms(source);

        assert_true(polls < POLLS_MAXIMUM);
        assert_true(due_ms != UINT64_MAX);
        if (due_ms > now_ms)
            now_ms = due_ms;
        source->ops->poll(source, now_ms, 0);
    }
    return now_ms;
}
