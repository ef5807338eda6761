/* SPDX-License-Identifier: MIT */
#ifndef UNIT_SCRIPT_FAKE_ENGINE_H
#define UNIT_SCRIPT_FAKE_ENGINE_H

#include "script/host.h"

/* What classes of host objects need of an engine, without a language: a test is the script. */
struct js_engine {
    uint64_t function; /* That was kept or dropped last. */
    int keeps;         /* Minus drops. */
};

/* Has the object the member, and may it be used so? */
bool fake_has(struct host *host, struct js_object object, const char *name, unsigned use);
/* One use of a member that the object has. value_out may be NULL. */
struct fake_use {
    struct js_object object;
    const char *name;
    unsigned use;
    const struct js_value *arguments;
    size_t argument_count;
};
xbits_result fake_invoke(struct host *host, const struct fake_use *use, struct js_value *value_out);

/* The same, in short; they must succeed. */
struct js_value fake_get(struct host *host, struct js_object object, const char *name);
const char *fake_get_text(struct host *host, struct js_object object, const char *name);
/* What for-in sees: "a b c". Valid until the next call. */
const char *fake_names(struct host *host, struct js_object object);

#endif
