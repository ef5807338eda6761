/* SPDX-License-Identifier: MIT */
#include "origin/origin_journal.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/thread.h"
#include "origin/origin_counts.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define KEPT 1000u

/* Clients choose how long a line is; a longer one is written, but not kept. */
#define LINE_MAXIMUM ((size_t)16 * 1024)

/* An answer is over for its client a moment before it is over here; who asks for the line in
 * between is let to wait so long. */
#define LINE_WAIT_MS 2000

struct line {
    uint64_t index;
    bool is_ended;
    char *json;
};

struct journal {
    struct mutex *mutex;
    struct condition *ended;
    uint64_t next;
    struct line lines[KEPT];
    struct counts *counts;
    struct mutex *writing; /* Lines are written one at a time. */
    void (*write)(void *user, const char *json);
    void *user;
};

xbits_result journal_new(void (*write)(void *user, const char *json), void *user,
                         struct journal **journal_out)
{
    struct journal *journal = calloc(1, sizeof *journal);

    if (journal == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the journal");
    journal->write = write;
    journal->user = user;
    journal->mutex = mutex_new();
    journal->writing = mutex_new();
    journal->ended = condition_new();
    xbits_result result = counts_new(&journal->counts);
    if (XBITS_SUCCEEDED(result) &&
        (journal->mutex == NULL || journal->writing == NULL || journal->ended == NULL))
        result = xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the journal");
    if (XBITS_FAILED(result))
        journal_free(journal);
    else
        *journal_out = journal;
    return result;
}

void journal_free(struct journal *journal)
{
    if (journal == NULL)
        return;
    for (size_t i = 0; i < KEPT; i++)
        free(journal->lines[i].json);
    counts_free(journal->counts);
    condition_free(journal->ended);
    mutex_free(journal->writing);
    mutex_free(journal->mutex);
    free(journal);
}

static const char *path_of(const struct httpd_request *request)
{
    return httpd_path(request) != NULL ? httpd_path(request) : "";
}

void journal_begin(struct journal *journal, const struct httpd_request *request,
                   struct origin_exchange *exchange)
{
    mutex_lock(journal->mutex);
    struct line *line = &journal->lines[journal->next % KEPT];
    free(line->json);
    *line = (struct line){ .index = journal->next };
    exchange->index = journal->next++;
    exchange->arrived = clock_utc(clock_system());
    counts_add(journal->counts, path_of(request), httpd_method(request));
    mutex_unlock(journal->mutex);
}

/* Clients send what they like. What is not UTF-8 is written byte by byte as Latin-1, so nothing is
 * lost and nothing is invalid. */
static json_t *json_of_text(const char *bytes)
{
    struct text text = { 0 };
    json_t *json = NULL;

    if (bytes == NULL)
        return json_null();
    if (text_is_utf8(bytes))
        return json_string(bytes);
    for (; *bytes != '\0'; bytes++) {
        const unsigned char byte = (unsigned char)*bytes;
        const char pair[2] = { (char)(0xC0 | byte >> 6), (char)(0x80 | (byte & 0x3F)) };
        if (XBITS_FAILED(byte < 0x80 ? text_append(&text, bytes, 1) : text_append(&text, pair, 2)))
            break;
    }
    if (*bytes == '\0')
        json = json_string(text_c(&text));
    text_dispose(&text);
    return json;
}

/* What decides about an answer, or tells one client from another. Never credentials or cookies. */
static json_t *json_of_headers(const struct httpd_request *request)
{
    static const char *const names[] = {
        "accept-encoding", "connection",          "host",
        "if-match",        "if-modified-since",   "if-none-match",
        "if-range",        "if-unmodified-since", "range",
        "user-agent",
    };
    json_t *headers = json_object();

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = httpd_header(request, names[i]);
        if (value != NULL)
            (void)json_object_set_new(headers, names[i], json_of_text(value));
    }
    return headers;
}

/* NULL when out of memory. Members that could not be made are missing. */
static char *make_line(const struct httpd_request *request, const struct origin_exchange *exchange,
                       uint64_t body_bytes, bool was_sent_whole)
{
    char time[32];
    json_t *line = json_object();

    (void)json_object_set_new(line, "time", json_string(clock_format_utc(exchange->arrived, time)));
    (void)json_object_set_new(line, "method", json_of_text(httpd_method(request)));
    (void)json_object_set_new(line, "target", json_of_text(httpd_target(request)));
    (void)json_object_set_new(line, "path", json_of_text(httpd_path(request)));
    (void)json_object_set_new(line, "version", json_of_text(httpd_version(request)));
    (void)json_object_set_new(line, "headers", json_of_headers(request));
    (void)json_object_set_new(line, "status", json_integer(exchange->status));
    (void)json_object_set_new(
        line, "body_bytes",
        body_bytes == HTTPD_BYTES_UNKNOWN ? json_null() : json_integer((json_int_t)body_bytes));
    (void)json_object_set_new(line, "whole", json_boolean(was_sent_whole));

    char *json = json_dumps(line, JSON_COMPACT | JSON_PRESERVE_ORDER);
    json_decref(line);
    return json;
}

/* Takes json, which may be NULL. */
static void keep_line(struct journal *journal, uint64_t index, char *json)
{
    if (json != NULL && strlen(json) > LINE_MAXIMUM) {
        free(json);
        json = NULL;
    }
    mutex_lock(journal->mutex);
    struct line *line = &journal->lines[index % KEPT];
    if (line->index == index) {
        line->json = json;
        line->is_ended = true;
        condition_broadcast(journal->ended);
    } else {
        free(json);
    }
    mutex_unlock(journal->mutex);
}

void journal_end(struct journal *journal, const struct httpd_request *request,
                 const struct origin_exchange *exchange, uint64_t body_bytes, bool was_sent_whole)
{
    char *json = make_line(request, exchange, body_bytes, was_sent_whole);

    if (journal->write != NULL && json != NULL) {
        mutex_lock(journal->writing);
        journal->write(journal->user, json);
        mutex_unlock(journal->writing);
    }
    keep_line(journal, exchange->index, json);
}

uint64_t journal_count(struct journal *journal, const char *path, const char *method)
{
    mutex_lock(journal->mutex);
    const uint64_t number = counts_of(journal->counts, path, method);
    mutex_unlock(journal->mutex);
    return number;
}

/* The line of a request that has begun, or NULL when it is not kept any more. */
static const struct line *find_locked(const struct journal *journal, uint64_t index)
{
    const struct line *line = &journal->lines[index % KEPT];

    return index < journal->next && line->index == index ? line : NULL;
}

char *journal_line(struct journal *journal, uint64_t index)
{
    const uint64_t limit_ms = clock_ms(clock_system()) + LINE_WAIT_MS;
    const struct line *line;
    char *copy = NULL;

    mutex_lock(journal->mutex);
    while ((line = find_locked(journal, index)) != NULL && !line->is_ended) {
        const uint64_t now_ms = clock_ms(clock_system());
        if (now_ms >= limit_ms)
            break;
        (void)condition_wait_ms(journal->ended, journal->mutex, limit_ms - now_ms);
    }
    if (line != NULL && XBITS_FAILED(text_copy(line->json, &copy)))
        copy = NULL;
    mutex_unlock(journal->mutex);
    return copy;
}
