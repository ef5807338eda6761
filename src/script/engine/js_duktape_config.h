/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_ENGINE_JS_DUKTAPE_CONFIG_H
#define SCRIPT_ENGINE_JS_DUKTAPE_CONFIG_H

/*
 * What Duktape is built with: included by the compiler before its own first line, and by nobody
 * else. The functions are those by which it asks its host; `engine` is the heap's user data.
 */
#define DUK_COMPILING_DUKTAPE
#include <duk_config.h>

#include <stddef.h>
#include <string.h>

/* A script whose time is over: 1. js_duktape_spend looks at the clock only after some work. */
int js_duktape_is_over(void *engine);
int js_duktape_spend(void *engine, size_t work);
/* Bytecodes until the next look, from 1. */
int js_duktape_stride(void *engine);
/* How often garbage is collected for one allocation that failed. */
int js_duktape_collections(void *engine);
int js_duktape_stack_is_low(void *engine);
void js_duktape_syntax(void *engine, size_t offset);
double js_duktape_now(void *engine);
/* 1: a value was pushed. */
int js_duktape_global(void *duk, const char *name, size_t length);
int js_duktape_parse_date(void *duk, const char *text);
int js_duktape_format_date(void *duk, const duk_int_t *parts, int has_day, int has_time,
                           int is_local);
size_t js_duktape_references(void *heapptr);

#define JS_DUKTAPE_LOOK(thr)                                                                       \
    do {                                                                                           \
        if (js_duktape_is_over((thr)->heap->heap_udata))                                           \
            DUK_ERROR_RANGE((thr), "execution timeout");                                           \
    } while (0)
#define JS_DUKTAPE_SPEND(thr, work)                                                                \
    do {                                                                                           \
        if (js_duktape_spend((thr)->heap->heap_udata, (work)))                                     \
            DUK_ERROR_RANGE((thr), "execution timeout");                                           \
    } while (0)
#define JS_DUKTAPE_COMPARE(thr, a, b, length)                                                      \
    (js_duktape_spend((thr)->heap->heap_udata, (length))                                           \
         ? (duk_error_raw((thr), DUK_ERR_RANGE_ERROR, NULL, 0, "execution timeout"), 1)            \
         : memcmp((a), (b), (length)))

#undef DUK_USE_INTERRUPT_COUNTER
#define DUK_USE_INTERRUPT_COUNTER
#undef DUK_USE_EXEC_TIMEOUT_CHECK
#define DUK_USE_EXEC_TIMEOUT_CHECK(engine) ((duk_bool_t)js_duktape_is_over(engine))
#undef DUK_USE_NATIVE_STACK_CHECK
#define DUK_USE_NATIVE_STACK_CHECK() js_duktape_stack_is_low(thr->heap->heap_udata)

/* Time is passed in, and its zone is UTC. */
#undef DUK_USE_DATE_GET_NOW
#define DUK_USE_DATE_GET_NOW(thr) js_duktape_now((thr)->heap->heap_udata)
#undef DUK_USE_DATE_GET_LOCAL_TZOFFSET
#define DUK_USE_DATE_GET_LOCAL_TZOFFSET(time) 0
#undef DUK_USE_DATE_PARSE_STRING
#define DUK_USE_DATE_PARSE_STRING(thr, text) js_duktape_parse_date((thr), (text))
#undef DUK_USE_DATE_FORMAT_STRING
#define DUK_USE_DATE_FORMAT_STRING(thr, parts, offset, flags)                                      \
    js_duktape_format_date((thr), (parts), ((flags)&DUK_DATE_FLAG_TOSTRING_DATE) != 0,             \
                           ((flags)&DUK_DATE_FLAG_TOSTRING_TIME) != 0,                             \
                           ((flags)&DUK_DATE_FLAG_LOCALTIME) != 0)
#undef DUK_USE_GET_MONOTONIC_TIME_CLOCK_GETTIME
#undef DUK_USE_GET_MONOTONIC_TIME_WINDOWS_QPC
#undef DUK_USE_GET_MONOTONIC_TIME
#define DUK_USE_GET_MONOTONIC_TIME(thr) js_duktape_now((thr)->heap->heap_udata)

#endif
