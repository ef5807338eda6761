/* SPDX-License-Identifier: MIT */
#include "script/com_objects.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/script/fake_engine.h"

/* The object model is faked: four members are enough to see what goes in and what comes out. */
static const struct xbits_member rows[] = {
    { .name = "Echo",
      .object_class = XBITS_OBJECT_EXTERNAL,
      .uses = XBITS_MEMBER_GET | XBITS_MEMBER_CALL },
    { .name = "Hidden", .object_class = XBITS_OBJECT_EXTERNAL, .uses = XBITS_MEMBER_GET },
    { .name = "OnColorChange",
      .object_class = XBITS_OBJECT_EXTERNAL,
      .uses = XBITS_MEMBER_PUT,
      .arguments = { XBITS_VARIANT_FUNCTION } },
    { .name = "id", .object_class = XBITS_OBJECT_DOWNLOAD_COLLECTION, .uses = XBITS_MEMBER_GET },
    { .name = "size", .object_class = XBITS_OBJECT_DOWNLOAD_ITEM, .uses = XBITS_MEMBER_GET },
};
#define ROW_COUNT (sizeof rows / sizeof rows[0])

struct xbits_external {
    struct xbits_object self; /* Of the last call. */
    struct xbits_variant arguments[XBITS_MEMBER_ARGUMENTS];
    size_t argument_count;
    int calls;
    struct xbits_variant result; /* Of the next. */
    xbits_result answer;
};

const struct xbits_member *xbits_member_at(size_t index)
{
    return index < ROW_COUNT ? &rows[index] : NULL;
}

const struct xbits_member *xbits_external_find_member(const struct xbits_external *external,
                                                      enum xbits_object_class object_class,
                                                      const char *name)
{
    (void)external;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (rows[i].object_class == object_class && strcmp(rows[i].name, "Hidden") != 0 &&
            text_equal_ignoring_case(rows[i].name, name))
            return &rows[i];
    }
    return NULL;
}

xbits_result xbits_external_invoke(struct xbits_external *external,
                                   const struct xbits_invocation *invocation,
                                   struct xbits_variant *result_out)
{
    external->calls++;
    external->self = *invocation->object;
    external->argument_count = invocation->argument_count;
    for (size_t i = 0; i < invocation->argument_count; i++)
        external->arguments[i] = invocation->arguments[i];
    if (XBITS_FAILED(external->answer))
        return xbits_fail(external->answer, "refused");
    *result_out = external->result;
    return XBITS_S_OK;
}

struct fixture {
    struct js_engine engine;
    struct xbits_external external;
    struct host host;
};

static int set_up(void **state)
{
    static struct fixture fixture;

    fixture = (struct fixture){ .external.answer = XBITS_S_OK };
    fixture.host.engine = &fixture.engine;
    assert_ok(com_objects_new(&fixture.external, &fixture.host.com));
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    com_objects_free(fixture->host.com);
    return 0;
}

static struct xbits_variant a_variant(enum xbits_variant_kind kind)
{
    return (struct xbits_variant){ .kind = kind };
}

static struct xbits_variant an_item(uint32_t number)
{
    struct xbits_variant variant = a_variant(XBITS_VARIANT_OBJECT);

    variant.as.object.object_class = XBITS_OBJECT_DOWNLOAD_ITEM;
    variant.as.object.item.data1 = number;
    return variant;
}

/* What a script gets when the model answers so. */
static struct js_value answered(struct fixture *fixture, struct xbits_variant variant)
{
    fixture->external.result = variant;
    return fake_get(&fixture->host, com_objects_external(), "echo");
}

/* What the model gets when a script passes so. */
static struct xbits_variant passed(struct fixture *fixture, struct js_value value)
{
    const struct fake_use use = { com_objects_external(), "Echo", JS_CALL, &value, 1 };

    assert_ok(fake_invoke(&fixture->host, &use, NULL));
    assert_int_equal(fixture->external.argument_count, 1);
    return fixture->external.arguments[0];
}

static xbits_result put_handler(struct fixture *fixture, struct js_value value)
{
    const struct fake_use use = { com_objects_external(), "OnColorChange", JS_PUT, &value, 1 };

    return fake_invoke(&fixture->host, &use, NULL);
}

static struct js_value a_function(uint64_t number)
{
    return (struct js_value){ .kind = JS_FUNCTION, .as.function = number };
}

static void a_member_that_the_page_lacks_is_not_found(void **state)
{
    struct fixture *fixture = *state;
    const struct js_object external = com_objects_external();

    assert_true(fake_has(&fixture->host, external, "ECHO", JS_GET));
    assert_true(fake_has(&fixture->host, external, "onColorChange", JS_PUT));
    assert_false(fake_has(&fixture->host, external, "onColorChange", JS_GET));
    assert_false(fake_has(&fixture->host, external, "Hidden", JS_GET));
    assert_false(fake_has(&fixture->host, external, "size", JS_GET));
}

static void for_in_sees_what_the_page_has(void **state)
{
    struct fixture *fixture = *state;
    const struct js_value item = answered(fixture, an_item(1));

    assert_string_equal(fake_names(&fixture->host, com_objects_external()), "Echo OnColorChange");
    assert_string_equal(fake_names(&fixture->host, item.as.object), "size");
}

static void values_are_passed_as_automation_has_them(void **state)
{
    struct fixture *fixture = *state;
    struct js_value with_nul = js_text("a.mp3");
    static const struct js_class stranger = { .name = "stranger" };
    const struct {
        struct js_value value;
        enum xbits_variant_kind kind;
    } cases[] = {
        { { .kind = JS_UNDEFINED }, XBITS_VARIANT_EMPTY },
        { { .kind = JS_NULL }, XBITS_VARIANT_NULL },
        { js_bool(true), XBITS_VARIANT_BOOL },
        { js_number(7), XBITS_VARIANT_LONG },
        { js_number(-2147483648.0), XBITS_VARIANT_LONG },
        { js_number(2147483648.0), XBITS_VARIANT_DOUBLE },
        { js_number(2.5), XBITS_VARIANT_DOUBLE },
        { js_number(NAN), XBITS_VARIANT_DOUBLE },
        { js_number(INFINITY), XBITS_VARIANT_DOUBLE },
        { js_text(""), XBITS_VARIANT_TEXT },
        { js_object(&stranger, 0), XBITS_VARIANT_OTHER },
        { a_function(3), XBITS_VARIANT_FUNCTION },
        { { .kind = JS_OTHER }, XBITS_VARIANT_OTHER },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(passed(fixture, cases[i].value).kind, cases[i].kind);
    assert_int_equal(passed(fixture, js_number(-1)).as.number, -1);
    assert_true(passed(fixture, js_number(2.5)).as.real == 2.5);
    assert_true(passed(fixture, js_bool(true)).as.boolean);
    assert_string_equal(passed(fixture, with_nul).as.text, "a.mp3");

    with_nul.as.text.length = 9;
    assert_int_equal(passed(fixture, with_nul).kind, XBITS_VARIANT_OTHER);
}

static void answers_are_the_scripts_values(void **state)
{
    struct fixture *fixture = *state;
    struct xbits_variant variant = a_variant(XBITS_VARIANT_LONG);

    variant.as.number = -7;
    assert_true(answered(fixture, variant).as.number == -7);
    variant = a_variant(XBITS_VARIANT_DOUBLE);
    variant.as.real = 2.5;
    assert_true(answered(fixture, variant).as.number == 2.5);
    variant = a_variant(XBITS_VARIANT_BOOL);
    variant.as.boolean = true;
    assert_true(answered(fixture, variant).as.boolean);
    variant = a_variant(XBITS_VARIANT_TEXT);
    variant.as.text = "#7C9AD6";
    assert_string_equal(answered(fixture, variant).as.text.bytes, "#7C9AD6");
    assert_int_equal(answered(fixture, a_variant(XBITS_VARIANT_NULL)).kind, JS_NULL);
    assert_int_equal(answered(fixture, a_variant(XBITS_VARIANT_EMPTY)).kind, JS_UNDEFINED);
}

static void the_same_item_is_the_same_object(void **state)
{
    struct fixture *fixture = *state;
    const struct js_value first = answered(fixture, an_item(1));
    const struct js_value second = answered(fixture, an_item(2));
    const struct js_value again = answered(fixture, an_item(1));

    assert_ptr_equal(first.as.object.object_class, again.as.object.object_class);
    assert_true(first.as.object.handle == again.as.object.handle);
    assert_true(first.as.object.handle != second.as.object.handle);

    (void)fake_get(&fixture->host, second.as.object, "size");
    assert_int_equal(fixture->external.self.object_class, XBITS_OBJECT_DOWNLOAD_ITEM);
    assert_int_equal(fixture->external.self.item.data1, 2);
    assert_int_equal(passed(fixture, first).as.object.item.data1, 1);
}

static void many_items_keep_their_places(void **state)
{
    struct fixture *fixture = *state;
    const struct js_value first = answered(fixture, an_item(1));

    for (uint32_t i = 2; i <= 100; i++)
        (void)answered(fixture, an_item(i));

    assert_true(answered(fixture, an_item(1)).as.object.handle == first.as.object.handle);
    assert_int_equal(passed(fixture, answered(fixture, an_item(100))).as.object.item.data1, 100);
}

static void a_collection_is_its_id(void **state)
{
    struct fixture *fixture = *state;
    static const int32_t ids[] = { 1, 2147483647, -1, INT32_MIN };
    struct xbits_variant variant = a_variant(XBITS_VARIANT_OBJECT);

    variant.as.object.object_class = XBITS_OBJECT_DOWNLOAD_COLLECTION;
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        variant.as.object.collection = ids[i];
        (void)fake_get(&fixture->host, answered(fixture, variant).as.object, "ID");
        assert_int_equal(fixture->external.self.object_class, XBITS_OBJECT_DOWNLOAD_COLLECTION);
        assert_int_equal(fixture->external.self.collection, ids[i]);
    }
}

/* As that of an item that was removed: the model knows none of that id. */
static void a_handle_that_was_never_given_is_no_item(void **state)
{
    struct fixture *fixture = *state;
    struct js_value item = answered(fixture, an_item(1));
    struct xbits_variant seen;

    item.as.object.handle++;
    seen = passed(fixture, item);

    assert_int_equal(seen.kind, XBITS_VARIANT_OBJECT);
    assert_true(xbits_id_is_null(&seen.as.object.item));
}

static void a_handler_is_kept_from_its_put_on(void **state)
{
    struct fixture *fixture = *state;

    assert_ok(put_handler(fixture, a_function(5)));

    assert_int_equal(fixture->engine.keeps, 1);
    assert_int_equal(fixture->engine.function, 5);
    assert_int_equal(fixture->external.arguments[0].as.function, 5);
}

static void a_handler_that_is_refused_is_not_kept(void **state)
{
    struct fixture *fixture = *state;

    fixture->external.answer = XBITS_E_OUTOFMEMORY;
    assert_fails(XBITS_E_OUTOFMEMORY, put_handler(fixture, a_function(5)));

    assert_int_equal(fixture->engine.keeps, 0);
}

static void nothing_else_is_kept(void **state)
{
    struct fixture *fixture = *state;

    assert_ok(put_handler(fixture, (struct js_value){ .kind = JS_NULL }));
    (void)passed(fixture, a_function(5));

    assert_int_equal(fixture->engine.keeps, 0);
}

static void more_arguments_than_any_member_takes_are_refused(void **state)
{
    struct fixture *fixture = *state;
    const struct js_value arguments[XBITS_MEMBER_ARGUMENTS + 1] = { { .kind = JS_NULL } };
    const struct fake_use use = { com_objects_external(), "Echo", JS_CALL, arguments,
                                  XBITS_MEMBER_ARGUMENTS + 1 };

    assert_fails(XBITS_DISP_E_BADPARAMCOUNT, fake_invoke(&fixture->host, &use, NULL));

    assert_int_equal(fixture->external.calls, 0);
}

#define TEST(body) cmocka_unit_test_setup_teardown(body, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(a_member_that_the_page_lacks_is_not_found),
        TEST(for_in_sees_what_the_page_has),
        TEST(values_are_passed_as_automation_has_them),
        TEST(answers_are_the_scripts_values),
        TEST(the_same_item_is_the_same_object),
        TEST(many_items_keep_their_places),
        TEST(a_collection_is_its_id),
        TEST(a_handle_that_was_never_given_is_no_item),
        TEST(a_handler_is_kept_from_its_put_on),
        TEST(a_handler_that_is_refused_is_not_kept),
        TEST(nothing_else_is_kept),
        TEST(more_arguments_than_any_member_takes_are_refused),
    };

    return run_tests("com_objects", tests);
}
