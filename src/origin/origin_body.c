/* SPDX-License-Identifier: MIT */
#include "origin/origin_subject.h"

#include "base/clock.h"
#include "httpd/httpd.h"
#include "origin/origin_pace.h"
#include "origin/origin_root.h"

#include <string.h>

/* How often a stalled answer is asked for, only to see that its client is still there. */
#define STALL_MS 1000

/* Longer than any text between two parts: type and range are 255 bytes at most. */
#define PART_HEAD_MAXIMUM 1024

/* Reads the resource itself. HTTPD_READ_BREAK when a file became shorter than it was announced. */
static int64_t read_resource(const struct origin_subject *subject, uint64_t offset, void *bytes,
                             size_t size)
{
    if (subject->descriptor >= 0) {
        const int64_t length = origin_file_read(subject->descriptor, offset, bytes, size);
        return length > 0 ? length : HTTPD_READ_BREAK;
    }
    if (subject->body != NULL)
        memcpy(bytes, subject->body + offset, size);
    else
        resource_pattern(subject->pattern, offset, bytes, size);
    return (int64_t)size;
}

static uint64_t range_length(const struct http_range *range)
{
    return range->last - range->first + 1;
}

static size_t clip(size_t size, uint64_t limit)
{
    return size < limit ? size : (size_t)limit;
}

static int64_t read_range(const struct origin_exchange *exchange, size_t index, uint64_t offset,
                          void *bytes, size_t size)
{
    const struct http_range *range = &exchange->answer.ranges[index];

    return read_resource(&exchange->subject, range->first + offset, bytes,
                         clip(size, range_length(range) - offset));
}

/* Reads what lies at the offset, up to the end of the piece: a part's head, a part, or the end. */
static int64_t read_multipart(const struct origin_exchange *exchange, uint64_t offset, void *bytes,
                              size_t size)
{
    const struct resource_answer *answer = &exchange->answer;
    char head[PART_HEAD_MAXIMUM];

    for (size_t i = 0; i <= answer->range_count; i++) {
        const size_t head_length =
            resource_part_head(&exchange->subject.resource, answer, i, head, sizeof head);
        if (offset < head_length) {
            size = clip(size, head_length - offset);
            memcpy(bytes, head + offset, size);
            return (int64_t)size;
        }
        offset -= head_length;
        if (i == answer->range_count)
            break;
        if (offset < range_length(&answer->ranges[i]))
            return read_range(exchange, i, offset, bytes, size);
        offset -= range_length(&answer->ranges[i]);
    }
    return 0;
}

static int64_t read_answer(const struct origin_exchange *exchange, uint64_t offset, void *bytes,
                           size_t size)
{
    const struct resource_answer *answer = &exchange->answer;

    if (answer->is_multipart)
        return read_multipart(exchange, offset, bytes, size);
    if (answer->range_count == 0 || offset >= range_length(&answer->ranges[0]))
        return 0;
    return read_range(exchange, 0, offset, bytes, size);
}

/* Time counts from the first byte asked for. */
static uint64_t elapsed_ms(struct origin_exchange *exchange)
{
    const uint64_t now_ms = clock_ms(clock_system());

    if (!exchange->is_body_begun) {
        exchange->is_body_begun = true;
        exchange->body_begun_ms = now_ms;
    }
    return now_ms - exchange->body_begun_ms;
}

int64_t origin_body_read(void *user, uint64_t offset, void *bytes, size_t size)
{
    struct origin_exchange *exchange = user;
    const struct origin_subject *subject = &exchange->subject;
    uint64_t wait_ms;

    if (subject->stalls)
        return HTTPD_READ_AGAIN(STALL_MS);
    if (subject->cut_after != 0 && offset >= subject->cut_after)
        return HTTPD_READ_BREAK;
    if (subject->cut_after != 0)
        size = clip(size, subject->cut_after - offset);

    const uint64_t allowed = origin_pace(subject->rate, elapsed_ms(exchange), offset, &wait_ms);
    if (allowed == 0)
        return HTTPD_READ_AGAIN(wait_ms);
    return read_answer(exchange, offset, bytes, clip(size, allowed));
}
