/* SPDX-License-Identifier: MIT */
#include "script/engine/js_duktape.h"

#include <string.h>

/* Error.number of what a host object answers: JScript's own where it has one, with 0x800A before
 * it; else the result itself. */
static const struct {
    xbits_result result;
    int number;
} numbers[] = {
    { XBITS_E_INVALIDARG, 5 },         { XBITS_E_OUTOFMEMORY, 7 },
    { XBITS_DISP_E_BADINDEX, 9 },      { XBITS_DISP_E_OVERFLOW, 6 },
    { XBITS_DISP_E_TYPEMISMATCH, 13 }, { XBITS_DISP_E_MEMBERNOTFOUND, JS_ERROR_NO_MEMBER },
    { XBITS_E_NOTIMPL, 445 },          { XBITS_DISP_E_BADPARAMCOUNT, JS_ERROR_ARGUMENTS },
};

static const struct {
    int number;
    const char *message;
} messages[] = {
    { JS_ERROR_NO_OBJECT, "Automation server can't create object" },
    { JS_ERROR_NO_MEMBER, "Object doesn't support this property or method" },
    { JS_ERROR_ARGUMENTS, "Wrong number of arguments or invalid property assignment" },
};

static int32_t script_number(int number)
{
    return (int32_t)(0x800A0000u | (unsigned)number);
}

static duk_ret_t throw_error(duk_context *duk, int32_t number, const char *message)
{
    (void)duk_push_error_object_raw(duk, DUK_ERR_ERROR, NULL, 0, "%s", "");
    duk_push_int(duk, number);
    (void)duk_put_prop_literal(duk, -2, "number");
    js_push_text(duk, message, strlen(message));
    (void)duk_put_prop_literal(duk, -2, "message");
    return duk_throw(duk);
}

duk_ret_t js_throw_number(duk_context *duk, int number)
{
    const char *message = "";
    size_t i;

    for (i = 0; i < sizeof(messages) / sizeof(messages[0]); i++) {
        if (messages[i].number == number)
            message = messages[i].message;
    }
    return throw_error(duk, script_number(number), message);
}

duk_ret_t js_throw_result(duk_context *duk, xbits_result result)
{
    const struct xbits_error *error = xbits_last_error();
    int32_t number = result;
    size_t i;

    for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        if (numbers[i].result == result)
            number = script_number(numbers[i].number);
    }
    return throw_error(duk, number,
                       error->result == result ? error->message : xbits_result_text(result));
}

/*
 * JScript's numbers of the errors that the engine itself throws, by what it says. The first row
 * that fits counts; what a script throws for itself is not told apart from it.
 */
static const struct {
    duk_errcode_t code;
    const char *part;
    int number;
} natives[] = {
    { DUK_ERR_TYPE_ERROR, "undefined not callable (property", JS_ERROR_NO_MEMBER },
    { DUK_ERR_TYPE_ERROR, "not callable", 5002 },
    { DUK_ERR_TYPE_ERROR, "cannot read property", 5007 },
    { DUK_ERR_TYPE_ERROR, "cannot write property", 5007 },
    { DUK_ERR_TYPE_ERROR, "expected Date", 5006 },
    { DUK_ERR_TYPE_ERROR, "", 13 },
    { DUK_ERR_REFERENCE_ERROR, "", 5009 },
    { DUK_ERR_RANGE_ERROR, "callstack limit", 28 },
    { DUK_ERR_RANGE_ERROR, "stack depth limit", 28 },
    { DUK_ERR_RANGE_ERROR, "invalid length", 5029 },
    { DUK_ERR_RANGE_ERROR, "", 5 },
    { DUK_ERR_SYNTAX_ERROR, "quantifier", 5018 },
    { DUK_ERR_SYNTAX_ERROR, "unterminated character class", 5019 },
    { DUK_ERR_SYNTAX_ERROR, "pattern", 5017 },
    { DUK_ERR_SYNTAX_ERROR, "regexp", 5017 },
    { DUK_ERR_SYNTAX_ERROR, "unterminated string", 1015 },
    { DUK_ERR_SYNTAX_ERROR, "unterminated comment", 1016 },
    { DUK_ERR_SYNTAX_ERROR, "", 1002 },
    { DUK_ERR_URI_ERROR, "", 5025 },
};

/* Of an error that has no number of its own. */
static duk_ret_t get_number(duk_context *duk)
{
    duk_errcode_t code;
    const char *message;
    size_t i;

    duk_push_this(duk);
    code = duk_get_error_code(duk, -1);
    (void)duk_get_prop_literal(duk, -1, "message");
    message = duk_get_string_default(duk, -1, "");
    for (i = 0; i < sizeof(natives) / sizeof(natives[0]); i++) {
        if (natives[i].code == code && strstr(message, natives[i].part) != NULL)
            break;
    }
    duk_push_int(duk,
                 i < sizeof(natives) / sizeof(natives[0]) ? script_number(natives[i].number) : 0);
    return 1;
}

/* The error's own property of the name, hidden from for-in. */
static duk_ret_t set_own(duk_context *duk, const char *name)
{
    duk_push_this(duk);
    (void)duk_push_string(duk, name);
    duk_dup(duk, 0);
    duk_def_prop(duk, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_SET_WC | DUK_DEFPROP_FORCE);
    return 0;
}

static duk_ret_t set_number(duk_context *duk)
{
    return set_own(duk, "number");
}

static duk_ret_t no_automation(duk_context *duk)
{
    return js_throw_number(duk, JS_ERROR_NO_OBJECT);
}

static duk_ret_t get_description(duk_context *duk)
{
    duk_push_this(duk);
    (void)duk_get_prop_literal(duk, -1, "message");
    return 1;
}

static duk_ret_t set_description(duk_context *duk)
{
    return set_own(duk, "description");
}

/* [prototype] */
static void define_accessor(duk_context *duk, const char *name, duk_c_function get,
                            duk_c_function set)
{
    (void)duk_push_string(duk, name);
    duk_push_c_function(duk, get, 0);
    duk_push_c_function(duk, set, 1);
    duk_def_prop(duk, -4,
                 DUK_DEFPROP_HAVE_GETTER | DUK_DEFPROP_HAVE_SETTER | DUK_DEFPROP_SET_C |
                     DUK_DEFPROP_CLEAR_E);
}

/* Error(number, description) of JScript beside Error(message). The stash has the engine's own. */
static duk_ret_t make_error(duk_context *duk)
{
    bool has_number = duk_is_number(duk, 0) && !duk_is_undefined(duk, 1);
    duk_idx_t message = has_number ? 1 : 0;
    bool has_message = !duk_is_undefined(duk, message);

    (void)duk_push_error_object_raw(duk, DUK_ERR_ERROR, NULL, 0, "%s", "");
    duk_push_literal(duk, "message");
    if (has_message) {
        duk_dup(duk, message);
        (void)duk_to_string(duk, -1);
    } else {
        duk_push_literal(duk, "");
    }
    duk_def_prop(duk, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_SET_WC | DUK_DEFPROP_CLEAR_E);
    if (has_number) {
        duk_dup(duk, 0);
        (void)duk_put_prop_literal(duk, -2, "number");
    }
    return 1;
}

/* [global] */
static void replace_constructor(duk_context *duk)
{
    duk_push_c_function(duk, make_error, 2);
    (void)duk_get_prop_literal(duk, -2, "Error");
    (void)duk_get_prop_literal(duk, -1, "prototype");
    duk_remove(duk, -2);
    duk_push_literal(duk, "constructor");
    duk_dup(duk, -3);
    duk_def_prop(duk, -3, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_SET_WC | DUK_DEFPROP_CLEAR_E);
    duk_push_literal(duk, "prototype");
    duk_dup(duk, -2);
    duk_def_prop(duk, -4, DUK_DEFPROP_HAVE_VALUE | DUK_DEFPROP_CLEAR_WEC);
    define_accessor(duk, "number", get_number, set_number);
    define_accessor(duk, "description", get_description, set_description);
    duk_pop(duk);
    (void)duk_put_prop_literal(duk, -2, "Error");
}

void js_errors_init(duk_context *duk)
{
    duk_push_global_object(duk);
    replace_constructor(duk);
    duk_push_c_function(duk, no_automation, DUK_VARARGS);
    (void)duk_put_prop_literal(duk, -2, "ActiveXObject");
    duk_pop(duk);
}

/* Whether a script ended because it was refused memory, as far as the engine's own words say so: it
 * has nothing left to make a better error of. */
static bool is_memory(const struct js_budget *budget, const char *message)
{
    return budget->was_refused &&
           (strstr(message, "alloc failed") != NULL || strstr(message, "double error") != NULL ||
            strstr(message, "error in error handling") != NULL);
}

/* The place stays, as far as it is known. */
static void describe_limit(struct js_engine *engine, const struct js_entry *entry)
{
    bool is_time = !engine->budget.is_exceeded;

    engine->error.kind = is_time ? JS_ERROR_TIME : JS_ERROR_MEMORY;
    engine->error.message = is_time ? "the script ran too long" : "the script took too much memory";
    engine->error.column = 0;
    engine->error.number = 0;
    if (engine->error.source[0] == '\0' && entry->source != NULL &&
        XBITS_SUCCEEDED(text_add(&engine->source_name, entry->source->name)))
        engine->error.source = text_c(&engine->source_name);
}

/* Lines end in LF, CR LF or CR; a column is a character. */
static void describe_place(struct js_engine *engine, const struct js_entry *entry)
{
    const char *text = text_c(entry->compiled);
    size_t end = engine->syntax_offset < entry->compiled->length ? engine->syntax_offset
                                                                 : entry->compiled->length;
    unsigned start_line = entry->source->line > 1 ? entry->source->line : 1;
    unsigned line = 1;
    unsigned column = 1;
    size_t i;

    for (i = 0; i < end; i++) {
        if (text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n')) {
            line++;
            column = 1;
        } else if (((unsigned char)text[i] & 0xC0) != 0x80) {
            column++;
        }
    }
    engine->error.line = line;
    engine->error.column =
        line == start_line && column > entry->shift ? column - entry->shift : column;
}

static void keep_text(duk_context *duk, struct text *text, const char **place)
{
    struct js_value value = js_get_value(duk, -1);

    text_clear(text);
    *place = "";
    if (value.kind == JS_TEXT && XBITS_SUCCEEDED(text_add(text, value.as.text.bytes)))
        *place = text_c(text);
}

static void describe_properties(duk_context *duk, struct js_engine *engine, duk_idx_t error)
{
    (void)duk_get_prop_literal(duk, error, "lineNumber");
    engine->error.line = duk_get_uint_default(duk, -1, 0);
    (void)duk_get_prop_literal(duk, error, "fileName");
    keep_text(duk, &engine->source_name, &engine->error.source);
    (void)duk_get_prop_literal(duk, error, "number");
    engine->error.number = duk_get_int_default(duk, -1, 0);
}

static void describe(duk_context *duk, struct js_engine *engine, const struct js_entry *entry)
{
    duk_idx_t error = duk_require_top_index(duk); /* Not 0: a host's function is under way. */

    duk_dup(duk, error);
    (void)duk_safe_to_string(duk, -1);
    keep_text(duk, &engine->message, &engine->error.message);
    if (duk_is_error(duk, error))
        describe_properties(duk, engine, error);
    if (entry->compiled == NULL || duk_get_error_code(duk, error) != DUK_ERR_SYNTAX_ERROR)
        return;
    engine->error.kind = JS_ERROR_SYNTAX;
    describe_place(engine, entry);
}

static duk_ret_t describe_protected(duk_context *duk, void *entry)
{
    describe(duk, js_engine_of(duk), entry);
    return 0;
}

void js_describe_error(struct js_engine *engine, const struct js_entry *entry)
{
    static const struct js_error unknown = {
        JS_ERROR_THROWN, "an error that cannot be shown", "", 0, 0, 0
    };
    struct js_budget *budget = &engine->budget;
    uint64_t entered_ms = budget->entered_ms; /* The time of a script outside goes on. */
    bool was_over = js_budget_extend(budget);

    text_clear(&engine->source_name);
    engine->error = unknown;
    (void)duk_safe_call(engine->duk, describe_protected, (void *)(uintptr_t)entry, 1, 1);
    budget->entered_ms = entered_ms;
    budget->is_exceeded =
        !was_over && (is_memory(budget, engine->error.message) ||
                      (budget->was_refused && engine->error.message == unknown.message));
    budget->is_over |= was_over || budget->is_exceeded;
    if (budget->is_over)
        describe_limit(engine, entry);
}
