/* SPDX-License-Identifier: MIT */
#include "cli/open_shell.h"

#include "base/text.h"
#include "cli/open_registry.h"

#include <stdlib.h>
#include <string.h>

/* The stores that are installed. */
struct stores {
    struct xbits_shell_store *items; /* Each owns its key. */
    size_t count;
    struct xbits_shell_store *active; /* NULL: none. */
    xbits_result result;              /* Of what a visit could not do. */
};

static void dispose_stores(struct stores *stores)
{
    for (size_t i = 0; i < stores->count; i++)
        free((char *)stores->items[i].key);
    free(stores->items);
}

static xbits_result add_store(struct stores *stores, const char *key)
{
    struct xbits_shell_store *items;
    char *copy = NULL;

    items = realloc(stores->items, (stores->count + 1) * sizeof *items);
    if (items == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the stores");
    stores->items = items;
    TRY(text_copy(key, &copy));
    XBITS_INIT(&items[stores->count]);
    items[stores->count++].key = copy;
    return XBITS_S_OK;
}

/* xbits_store_visit */
static bool visit_store(const struct xbits_store_info *store, void *user)
{
    struct stores *stores = user;

    stores->result = add_store(stores, store->key);
    return XBITS_SUCCEEDED(stores->result);
}

static struct xbits_shell_store *find_store(const struct stores *stores, const char *key)
{
    for (size_t i = 0; i < stores->count; i++) {
        if (strcmp(stores->items[i].key, key) == 0)
            return &stores->items[i];
    }
    return NULL;
}

static xbits_result choose_wanted(struct stores *stores, const char *key)
{
    stores->active = find_store(stores, key);
    if (stores->active == NULL) {
        return xbits_fail(XBITS_ERROR_FILE_NOT_FOUND,
                          "the store \"%.100s\" is not installed; `xbits store add` does that",
                          key);
    }
    return XBITS_S_OK;
}

static xbits_result choose_usual(struct stores *stores, struct xbits_registry *registry)
{
    struct xbits_value active = { 0 };

    TRY(xbits_registry_get(registry, XBITS_REGISTRY_ACTIVE_SERVICE, &active));
    if (active.kind == XBITS_KIND_TEXT)
        stores->active = find_store(stores, active.as.text);
    xbits_value_dispose(&active);
    if (stores->active == NULL && stores->count == 1)
        stores->active = &stores->items[0];
    return XBITS_S_OK;
}

static xbits_result read_stores(struct stores *stores, const struct run_page *wanted)
{
    struct xbits_registry *registry = NULL;
    xbits_result result;

    TRY(open_registry(&registry));
    result = xbits_registry_visit_stores(registry, visit_store, stores);
    if (XBITS_SUCCEEDED(result))
        result = stores->result;
    if (XBITS_SUCCEEDED(result))
        result = wanted->store != NULL ? choose_wanted(stores, wanted->store)
                                       : choose_usual(stores, registry);
    xbits_registry_close(registry);
    return result;
}

static xbits_result equip_active(const struct stores *stores, const struct run_page *wanted)
{
    if (stores->active == NULL) {
        return wanted->base_url == NULL
                   ? XBITS_S_OK
                   : xbits_fail(XBITS_E_INVALIDARG, "--base-url needs a store: --store KEY");
    }
    stores->active->navigate_base_url = wanted->base_url;
    if (wanted->surface == XBITS_SURFACE_PANE)
        stores->active->task_urls[0] = wanted->url;
    return XBITS_S_OK;
}

static xbits_result open_with(const struct stores *stores, struct xbits_shell_options *options,
                              struct xbits_shell **shell_out)
{
    options->stores = stores->items;
    options->store_count = stores->count;
    options->active_store = stores->active != NULL ? stores->active->key : NULL;
    return xbits_shell_open(options, shell_out);
}

xbits_result open_shell(const struct run_page *wanted, xbits_shell_ask *asked, void *user,
                        struct xbits_shell **shell_out)
{
    struct stores stores = { 0 };
    struct xbits_shell_options options;
    xbits_result result = read_stores(&stores, wanted);

    XBITS_INIT(&options);
    options.player = wanted->version;
    options.ask = asked;
    options.user = user;
    if (XBITS_SUCCEEDED(result))
        result = equip_active(&stores, wanted);
    if (XBITS_SUCCEEDED(result))
        result = open_with(&stores, &options, shell_out);
    dispose_stores(&stores);
    return result;
}
