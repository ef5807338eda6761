/* SPDX-License-Identifier: MIT */
#include "store/registry.h"

#include <stdlib.h>
#include <string.h>

#include "base/argument.h"
#include "base/text.h"
#include "store/registry_store.h"

static const struct registry_row rows[XBITS_REGISTRY_VALUE_COUNT] = {
    [XBITS_REGISTRY_REFRESH_DOWNLOAD] = { "Services\\RefreshDownload", REGISTRY_SERVICES,
                                          "RefreshDownload", XBITS_KIND_U32 },
    [XBITS_REGISTRY_TEST_PARAMETER] = { "Services\\TestParameter", REGISTRY_SERVICES,
                                        "TestParameter", XBITS_KIND_TEXT },
    [XBITS_REGISTRY_ACTIVE_SERVICE] = { "Subscriptions\\ActiveService", REGISTRY_SUBSCRIPTIONS,
                                        "ActiveService", XBITS_KIND_TEXT },
};

static bool is_value(enum xbits_registry_value which)
{
    return (size_t)which < XBITS_REGISTRY_VALUE_COUNT;
}

const char *xbits_registry_value_name(enum xbits_registry_value which)
{
    return is_value(which) ? rows[which].full_name : "unknown";
}

xbits_result xbits_registry_open(const char *user_directory, struct xbits_registry **registry_out)
{
    TRY(argument_pointer("registry_out", registry_out));
    return registry_open_system(user_directory, registry_out);
}

void xbits_registry_close(struct xbits_registry *registry)
{
    if (registry != NULL)
        registry->ops->close(registry);
}

static xbits_result check_call(const struct xbits_registry *registry,
                               enum xbits_registry_value which)
{
    TRY(argument_pointer("the registry", registry));
    if (!is_value(which))
        return xbits_fail(XBITS_E_INVALIDARG, "%d is no value of the registry", (int)which);
    return XBITS_S_OK;
}

xbits_result xbits_registry_get(struct xbits_registry *registry, enum xbits_registry_value which,
                                struct xbits_value *value_out)
{
    struct xbits_value value = { .kind = XBITS_KIND_NONE };
    xbits_result result;

    TRY(check_call(registry, which));
    TRY(argument_pointer("value_out", value_out));
    result = registry->ops->read(registry, &rows[which], &value);
    if (XBITS_SUCCEEDED(result))
        *value_out = value;
    return result;
}

static xbits_result check_text(const char *what, const char *text)
{
    const char *complaint = registry_text_complaint(text);

    if (complaint == NULL)
        return XBITS_S_OK;
    return xbits_fail(XBITS_E_INVALIDARG, "%s cannot be \"%s\": %s", what, text, complaint);
}

static xbits_result check_value(const struct registry_row *row, const struct xbits_value *value)
{
    TRY(argument_pointer("the value", value));
    if (value->kind == XBITS_KIND_NONE)
        return XBITS_S_OK;
    if (value->kind != row->kind) {
        return xbits_fail(XBITS_E_INVALIDARG, "%s takes %s", row->full_name,
                          row->kind == XBITS_KIND_U32 ? "a number of 32 bits" : "a text");
    }
    if (value->kind != XBITS_KIND_TEXT)
        return XBITS_S_OK;
    TRY(argument_pointer("the value's text", value->as.text));
    return check_text(row->full_name, value->as.text);
}

xbits_result xbits_registry_set(struct xbits_registry *registry, enum xbits_registry_value which,
                                const struct xbits_value *value)
{
    TRY(check_call(registry, which));
    TRY(check_value(&rows[which], value));
    return registry->ops->write(registry, &rows[which], value);
}

static xbits_result check_store(const struct xbits_registry *registry, const char *key)
{
    const char *complaint;

    TRY(argument_pointer("the registry", registry));
    TRY(argument_pointer("the store's key", key));
    complaint = registry_key_complaint(key);
    if (complaint != NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "\"%s\" names no store: %s", key, complaint);
    return XBITS_S_OK;
}

xbits_result xbits_registry_add_store(struct xbits_registry *registry, const char *key,
                                      const char *friendly_name)
{
    TRY(check_store(registry, key));
    if (friendly_name != NULL)
        TRY(check_text("a friendly name", friendly_name));
    return registry->ops->add_store(registry, key, friendly_name);
}

xbits_result xbits_registry_remove_store(struct xbits_registry *registry, const char *key)
{
    TRY(check_store(registry, key));
    return registry->ops->remove_store(registry, key);
}

/* Something that was told of a store; one store may be several of them. */
struct found {
    char *key;
    char *friendly_name; /* NULL: was not told. */
    size_t order;
};

struct found_list {
    struct found *items;
    size_t count;
    size_t capacity;
};

static void found_list_dispose(struct found_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].key);
        free(list->items[i].friendly_name);
    }
    free(list->items);
}

static xbits_result grow(struct found_list *list)
{
    size_t capacity = list->capacity == 0 ? 16 : 2 * list->capacity;
    struct found *items;

    if (list->count < list->capacity)
        return XBITS_S_OK;
    items = capacity > SIZE_MAX / sizeof(*items) ? NULL
                                                 : realloc(list->items, capacity * sizeof(*items));
    if (items == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a list of %zu stores", capacity);
    list->items = items;
    list->capacity = capacity;
    return XBITS_S_OK;
}

/* registry_found */
static xbits_result keep_found(const char *key, const char *friendly_name, void *user)
{
    struct found_list *list = user;
    struct found item = { .order = list->count };
    xbits_result result;

    TRY(grow(list));
    TRY(text_copy(key, &item.key));
    result = text_copy(friendly_name, &item.friendly_name);
    if (XBITS_FAILED(result)) {
        free(item.key);
        return result;
    }
    list->items[list->count++] = item;
    return XBITS_S_OK;
}

/* By key, and what is told of one store in the order of the telling. */
static int compare_found(const void *left, const void *right)
{
    const struct found *a = left;
    const struct found *b = right;
    int difference = strcmp(a->key, b->key);

    if (difference != 0)
        return difference;
    return (a->order > b->order) - (a->order < b->order);
}

/* Each store of a sorted list once, with the friendly name that was told last. */
static void visit_found(const struct found_list *list, xbits_store_visit *visit, void *user)
{
    size_t i = 0;

    while (i < list->count) {
        struct xbits_store_info info = { sizeof(info), list->items[i].key, "" };

        for (; i < list->count && strcmp(list->items[i].key, info.key) == 0; i++) {
            if (list->items[i].friendly_name != NULL)
                info.friendly_name = list->items[i].friendly_name;
        }
        if (!visit(&info, user))
            return;
    }
}

xbits_result xbits_registry_visit_stores(struct xbits_registry *registry, xbits_store_visit *visit,
                                         void *user)
{
    struct found_list list = { 0 };
    xbits_result result;

    TRY(argument_pointer("the registry", registry));
    if (visit == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "the visit is NULL");
    result = registry->ops->visit_stores(registry, keep_found, &list);
    if (XBITS_SUCCEEDED(result) && list.count > 0) {
        qsort(list.items, list.count, sizeof(list.items[0]), compare_found);
        visit_found(&list, visit, user);
    }
    found_list_dispose(&list);
    return result;
}

xbits_result registry_changed(struct xbits_registry *registry)
{
    return registry->ops->changed(registry);
}
