/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_ENGINE_JS_ENGINE_H
#define SCRIPT_ENGINE_JS_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/result.h"

/*
 * What script/ needs of a JavaScript engine, and nothing of a certain one: js_duktape*.c is the
 * only place that knows which it is. One engine is one heap, used by one thread. The language is
 * that of pages for JScript 5: ECMAScript 5 with Annex B.
 *
 * A script is hostile. It is stopped when it runs too long or takes too much memory, also inside
 * the engine's own loops and whatever it catches; an engine that was stopped runs nothing more.
 */
struct js_engine;

struct js_limits {
    size_t memory_bytes; /* 0: 64 MiB. */
    uint32_t run_ms;     /* Of one entry, from outside into the script, or stretch; 0: 5,000. */
};

/* A host object: an instance of a class by a number of that class's own. Equal ones are ===. */
struct js_object {
    const struct js_class *object_class;
    uint64_t handle;
};

enum js_kind {
    JS_UNDEFINED,
    JS_NULL,
    JS_BOOL,
    JS_NUMBER,
    JS_TEXT,
    JS_OBJECT,   /* A host object. */
    JS_FUNCTION, /* A number by which the engine knows it; kept by js_function_keep. */
    JS_OTHER /* An object or array of the script's own; only js_show can do something with it. */
};
struct js_value {
    enum js_kind kind;
    union {
        bool boolean;
        double number;
        struct {
            const char *bytes; /* UTF-8, ends in a NUL that length does not count. */
            size_t length;
        } text;
        struct js_object object;
        uint64_t function;
    } as;
};
struct js_value js_text(const char *text); /* Borrowed. NULL: JS_NULL. */
struct js_value js_number(double number);
struct js_value js_bool(bool boolean);
struct js_value js_object(const struct js_class *object_class, uint64_t handle);

#define JS_GET  1u
#define JS_PUT  2u
#define JS_CALL 4u

/* A member that a class found by its name. */
struct js_member {
    unsigned uses; /* JS_*, added. */
    uintptr_t id;  /* The class's own: a number, or the address of its row. */
};

/* One use of a member. Texts of arguments are valid until invoke returns, that of result until the
 * class is entered again. */
struct js_use {
    struct js_engine *engine;
    struct js_object self;
    struct js_member member;
    unsigned use;
    const struct js_value *arguments;
    size_t argument_count;
    struct js_value result; /* UNDEFINED. */
};

/*
 * What an object can do. host is the one of js_options. find: has the object a member of this name,
 * by the class's own rule about case? invoke: a failing result, born in xbits_fail, becomes an
 * Error that the script can catch, with its number. name_at: the names that for-in sees; NULL past
 * the last; may be NULL.
 */
struct js_class {
    const char *name; /* "[object NAME]" */
    /* true: a name that find does not know is an ordinary property that a script may make (DOM);
     * false: reading it is undefined, writing it is error 438 (COM). */
    bool takes_expandos;
    bool (*find)(void *host, uint64_t handle, const char *name, struct js_member *member_out);
    xbits_result (*invoke)(void *host, struct js_use *use);
    const char *(*name_at)(void *host, uint64_t handle, size_t index);
    void (*forget)(void *host, uint64_t handle); /* No script has it any more. NULL: so what. */
    const char *called; /* The method that a call of the object itself is: all("x"). NULL: none. */
};

struct js_options {
    struct js_limits limits;
    struct clock *clock;        /* For run_ms; NULL: the system's. */
    int64_t (*now)(void *host); /* Date: milliseconds since 1970, UTC. Its zone is UTC. */
    void *host;
};

xbits_result js_engine_new(const struct js_options *options, struct js_engine **engine_out);
void js_engine_free(struct js_engine *engine); /* NULL is fine. */

/* Where a script stands in its file: its first character's line and column, from 1; 0 is 1. */
struct js_source {
    const char *name;
    const char *text;
    size_t length;
    unsigned line;
    unsigned column;
};

/* Why a script failed; of the last call that did. */
enum js_error_kind { JS_ERROR_SYNTAX, JS_ERROR_THROWN, JS_ERROR_TIME, JS_ERROR_MEMORY };
struct js_error {
    enum js_error_kind kind;
    const char *message; /* "TypeError: undefined not callable" */
    const char *source;  /* Name; "" when not known. */
    unsigned line;       /* 0: not known. */
    unsigned column;     /* Of a syntax error; else 0. */
    int32_t number;      /* As Error.number, 0: it had none. */
};
const struct js_error *js_last_error(const struct js_engine *engine);
/* TIME or MEMORY ended it: every further run fails. A script's own allocation that failed and was
 * caught does not stop it. */
bool js_engine_is_stopped(const struct js_engine *engine);

/* The entries between the two have run_ms together: the scripts of a page that loads, the timers
 * that are due at once. What passes between them does not count. */
void js_stretch_begin(struct js_engine *engine);
void js_stretch_end(struct js_engine *engine);

/*
 * Runs a script in global scope; value_out (may be NULL) is what its last expression has, its text
 * valid until the next call. All three: XBITS_S_OK; XBITS_E_FAIL (js_last_error, and the message of
 * xbits_last_error is "NAME:LINE:COLUMN: message"); XBITS_E_OUTOFMEMORY.
 */
xbits_result js_run(struct js_engine *engine, const struct js_source *source,
                    struct js_value *value_out);
/* A function of such a body with these parameter names ("event", "" for none): what on* attributes
 * hold. Kept: js_function_drop it. */
xbits_result js_compile(struct js_engine *engine, const struct js_source *body,
                        const char *parameters, uint64_t *function_out);
xbits_result js_call(struct js_engine *engine, uint64_t function, const struct js_value *self,
                     const struct js_value *arguments, size_t argument_count);
/* js_call with a value: whether a handler returned false. */
const struct js_value *js_returned(const struct js_engine *engine);

/* A function that a use has passed is good until invoke returns, unless it is kept. Each keep needs
 * a drop. The same function has the same number while it is kept. */
void js_function_keep(struct js_engine *engine, uint64_t function);
void js_function_drop(struct js_engine *engine, uint64_t function);

/*
 * Globals: values, and the members of `window`, which is the global object. Those that name_at
 * tells when this is called, and that can be got or put, win over what a script assigns or declares
 * (what cannot be put ignores it); a method gives way to a function of the script's. Any other name
 * that find knows, an element's id, is read where the script has no global of that name.
 */
xbits_result js_set_global(struct js_engine *engine, const char *name,
                           const struct js_value *value);
xbits_result js_set_window(struct js_engine *engine, const struct js_object *window);

/* What String(value) gives, for people; valid until the next call. It may run the script's code; of
 * an OTHER while the value is valid. "[object]" when that fails. */
const char *js_show(struct js_engine *engine, const struct js_value *value);

#endif
