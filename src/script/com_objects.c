/* SPDX-License-Identifier: MIT */
#include "script/com_objects.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(XBITS_MEMBER_GET == JS_GET && XBITS_MEMBER_PUT == JS_PUT &&
                   XBITS_MEMBER_CALL == JS_CALL,
               "a member's uses are the script's");

/* Items that the page has seen. It grows by one for each job at most, and each job is a download
 * that the queue has let in, so the queue's limits are this table's. */
struct com_objects {
    struct xbits_external *external;
    struct xbits_id *items;
    size_t item_count;
    size_t item_capacity;
};

/* One row an object class; they differ in their names. The rows are at the end. */
static const struct js_class classes[XBITS_OBJECT_CLASS_COUNT];

static struct com_objects *objects_of(void *host)
{
    const struct host *page_host = host;

    return page_host->com;
}

/* A handle says what its object is: the class above, the collection or the item's place below. */
static struct js_object object_of_handle(enum xbits_object_class object_class, uint32_t which)
{
    const struct js_object object = { &classes[object_class],
                                      (uint64_t)object_class << 32 | which };

    return object;
}

static enum xbits_object_class class_of_handle(uint64_t handle)
{
    return (enum xbits_object_class)(handle >> 32);
}

static bool find(void *host, uint64_t handle, const char *name, struct js_member *member_out)
{
    const struct xbits_member *member =
        xbits_external_find_member(objects_of(host)->external, class_of_handle(handle), name);

    if (member == NULL)
        return false;
    member_out->uses = member->uses;
    member_out->id = (uintptr_t)member;
    return true;
}

/* The index-th member that this page sees. */
static const char *name_at(void *host, uint64_t handle, size_t index)
{
    const enum xbits_object_class object_class = class_of_handle(handle);
    const struct xbits_external *external = objects_of(host)->external;
    const struct xbits_member *member;

    for (size_t i = 0; (member = xbits_member_at(i)) != NULL; i++) {
        if (member->object_class != object_class ||
            xbits_external_find_member(external, object_class, member->name) != member)
            continue;
        if (index-- == 0)
            return member->name;
    }
    return NULL;
}

static struct xbits_object object_at(const struct com_objects *objects, uint64_t handle)
{
    struct xbits_object object = { .object_class = class_of_handle(handle) };
    const uint32_t which = (uint32_t)handle;

    if (object.object_class == XBITS_OBJECT_DOWNLOAD_COLLECTION)
        object.collection = (int32_t)which;
    if (object.object_class == XBITS_OBJECT_DOWNLOAD_ITEM && which < objects->item_count)
        object.item = objects->items[which];
    return object;
}

static xbits_result make_room(struct com_objects *objects)
{
    const size_t capacity = objects->item_capacity == 0 ? 16 : 2 * objects->item_capacity;
    struct xbits_id *items;

    if (objects->item_count < objects->item_capacity)
        return XBITS_S_OK;
    items = realloc(objects->items, capacity * sizeof *items);
    if (items == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu items of a page", capacity);
    objects->items = items;
    objects->item_capacity = capacity;
    return XBITS_S_OK;
}

static xbits_result number_of_item(struct com_objects *objects, const struct xbits_id *id,
                                   uint32_t *number_out)
{
    size_t number = 0;

    while (number < objects->item_count && !xbits_id_equal(&objects->items[number], id))
        number++;
    if (number == objects->item_count) {
        TRY(make_room(objects));
        objects->items[objects->item_count++] = *id;
    }
    *number_out = (uint32_t)number;
    return XBITS_S_OK;
}

static struct xbits_variant variant_of_number(double number)
{
    struct xbits_variant variant = { .kind = XBITS_VARIANT_DOUBLE, .as.real = number };

    if (number >= INT32_MIN && number <= INT32_MAX && (int32_t)number == number) {
        variant.kind = XBITS_VARIANT_LONG;
        variant.as.number = (int32_t)number;
    }
    return variant;
}

/* A text ends where it says it ends: one with a NUL inside would be read as another. */
static struct xbits_variant variant_of_text(const struct js_value *value)
{
    struct xbits_variant variant = { .kind = XBITS_VARIANT_TEXT, .as.text = value->as.text.bytes };

    if (strlen(value->as.text.bytes) != value->as.text.length)
        variant.kind = XBITS_VARIANT_OTHER;
    return variant;
}

static struct xbits_variant variant_of_object(const struct com_objects *objects,
                                              const struct js_object *object)
{
    struct xbits_variant variant = { .kind = XBITS_VARIANT_OTHER };

    if (object->object_class->find == find) {
        variant.kind = XBITS_VARIANT_OBJECT;
        variant.as.object = object_at(objects, object->handle);
    }
    return variant;
}

static struct xbits_variant variant_of(const struct com_objects *objects,
                                       const struct js_value *value)
{
    struct xbits_variant variant = { .kind = XBITS_VARIANT_OTHER };

    switch (value->kind) {
    case JS_UNDEFINED:
        variant.kind = XBITS_VARIANT_EMPTY;
        break;
    case JS_NULL:
        variant.kind = XBITS_VARIANT_NULL;
        break;
    case JS_BOOL:
        variant.kind = XBITS_VARIANT_BOOL;
        variant.as.boolean = value->as.boolean;
        break;
    case JS_NUMBER:
        return variant_of_number(value->as.number);
    case JS_TEXT:
        return variant_of_text(value);
    case JS_OBJECT:
        return variant_of_object(objects, &value->as.object);
    case JS_FUNCTION:
        variant.kind = XBITS_VARIANT_FUNCTION;
        variant.as.function = value->as.function;
        break;
    case JS_OTHER:
        break;
    }
    return variant;
}

static xbits_result value_of_object(struct com_objects *objects, const struct xbits_object *object,
                                    struct js_value *value_out)
{
    uint32_t which = 0;

    if (object->object_class == XBITS_OBJECT_DOWNLOAD_COLLECTION)
        which = (uint32_t)object->collection;
    if (object->object_class == XBITS_OBJECT_DOWNLOAD_ITEM)
        TRY(number_of_item(objects, &object->item, &which));
    value_out->kind = JS_OBJECT;
    value_out->as.object = object_of_handle(object->object_class, which);
    return XBITS_S_OK;
}

static xbits_result value_of(struct com_objects *objects, const struct xbits_variant *variant,
                             struct js_value *value_out)
{
    switch (variant->kind) {
    case XBITS_VARIANT_EMPTY:
    case XBITS_VARIANT_FUNCTION:
    case XBITS_VARIANT_OTHER:
        break;
    case XBITS_VARIANT_NULL:
        value_out->kind = JS_NULL;
        break;
    case XBITS_VARIANT_BOOL:
        *value_out = js_bool(variant->as.boolean);
        break;
    case XBITS_VARIANT_LONG:
        *value_out = js_number(variant->as.number);
        break;
    case XBITS_VARIANT_DOUBLE:
        *value_out = js_number(variant->as.real);
        break;
    case XBITS_VARIANT_TEXT:
        *value_out = js_text(variant->as.text);
        break;
    case XBITS_VARIANT_OBJECT:
        return value_of_object(objects, &variant->as.object, value_out);
    }
    return XBITS_S_OK;
}

/* external holds a handler from the put on, until it says drop. */
static bool is_handler_put(const struct js_use *use, const struct xbits_member *member)
{
    return use->use == JS_PUT && member->arguments[0] == XBITS_VARIANT_FUNCTION &&
           use->argument_count == 1 && use->arguments[0].kind == JS_FUNCTION;
}

static xbits_result invoke_external(struct com_objects *objects, struct js_use *use,
                                    const struct xbits_member *member)
{
    const struct xbits_object self = object_at(objects, use->self.handle);
    struct xbits_variant arguments[XBITS_MEMBER_ARGUMENTS];
    struct xbits_variant result = { .kind = XBITS_VARIANT_EMPTY };
    const struct xbits_invocation invocation = { .object = &self,
                                                 .member = member,
                                                 .use = use->use,
                                                 .arguments = arguments,
                                                 .argument_count = use->argument_count };

    if (use->argument_count > XBITS_MEMBER_ARGUMENTS)
        return xbits_fail(XBITS_DISP_E_BADPARAMCOUNT, "%s takes no %zu arguments", member->name,
                          use->argument_count);
    for (size_t i = 0; i < use->argument_count; i++)
        arguments[i] = variant_of(objects, &use->arguments[i]);
    TRY(xbits_external_invoke(objects->external, &invocation, &result));
    return value_of(objects, &result, &use->result);
}

static xbits_result invoke(void *host, struct js_use *use)
{
    const struct xbits_member *member = (const struct xbits_member *)use->member.id;
    const bool keeps = is_handler_put(use, member);
    xbits_result result;

    if (keeps)
        js_function_keep(use->engine, use->arguments[0].as.function);
    result = invoke_external(objects_of(host), use, member);
    if (keeps && XBITS_FAILED(result))
        js_function_drop(use->engine, use->arguments[0].as.function);
    return result;
}

#define CLASS_ROW(class_name)                                                                      \
    {                                                                                              \
        .name = (class_name), .find = find, .invoke = invoke, .name_at = name_at                   \
    }
static const struct js_class classes[XBITS_OBJECT_CLASS_COUNT] = {
    [XBITS_OBJECT_EXTERNAL] = CLASS_ROW("external"),
    [XBITS_OBJECT_DOWNLOAD_MANAGER] = CLASS_ROW("DownloadManager"),
    [XBITS_OBJECT_DOWNLOAD_COLLECTION] = CLASS_ROW("DownloadCollection"),
    [XBITS_OBJECT_DOWNLOAD_ITEM] = CLASS_ROW("DownloadItem"),
};

xbits_result com_objects_new(struct xbits_external *external, struct com_objects **objects_out)
{
    struct com_objects *objects = calloc(1, sizeof *objects);

    if (objects == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the objects of a page");
    objects->external = external;
    *objects_out = objects;
    return XBITS_S_OK;
}

void com_objects_free(struct com_objects *objects)
{
    if (objects == NULL)
        return;
    free(objects->items);
    free(objects);
}

struct js_object com_objects_external(void)
{
    return object_of_handle(XBITS_OBJECT_EXTERNAL, 0);
}
