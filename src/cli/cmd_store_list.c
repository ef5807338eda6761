/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/json_writer.h"
#include "cli/open_registry.h"

/* No key is longer than 32 bytes; most are much shorter. */
#define KEY_WIDTH 20

/* A list while it is printed. */
struct list {
    struct cli *cli;
    bool has_rows;
    struct json_writer writer;
};

/* xbits_store_visit */
static bool print_store(const struct xbits_store_info *store, void *user)
{
    struct list *list = user;
    FILE *out = list->cli->out;

    if (list->cli->global.is_json) {
        json_object_begin(&list->writer, NULL);
        json_text(&list->writer, "key", store->key);
        json_text(&list->writer, "friendly_name", store->friendly_name);
        json_object_end(&list->writer);
    } else if (store->friendly_name[0] == '\0') {
        format_safely(out, store->key);
        fputc('\n', out);
    } else {
        format_column(out, store->key, KEY_WIDTH);
        fputs("  ", out);
        format_safely(out, store->friendly_name);
        fputc('\n', out);
    }
    list->has_rows = true;
    return !ferror(out);
}

static enum cli_exit print(struct list *list, struct xbits_registry *registry)
{
    bool is_json = list->cli->global.is_json;
    xbits_result result;

    json_writer_init(&list->writer, list->cli->out, false);
    if (is_json)
        json_array_begin(&list->writer, NULL);
    result = xbits_registry_visit_stores(registry, print_store, list);
    if (is_json && (XBITS_SUCCEEDED(result) || list->has_rows)) {
        json_array_end(&list->writer);
        json_writer_flush(&list->writer);
    }
    return XBITS_FAILED(result) ? cli_fail(list->cli, "cannot list the stores") : CLI_DONE;
}

static enum cli_exit run(struct cli *cli)
{
    struct list list = { .cli = cli };
    struct xbits_registry *registry = NULL;
    enum cli_exit status;

    if (XBITS_FAILED(open_registry(&registry)))
        return cli_fail(cli, "cannot open the registry");
    status = print(&list, registry);
    xbits_registry_close(registry);
    return status;
}

const struct cli_command cmd_store_list = {
    .name = "store list",
    .group = "store",
    .operands = "",
    .summary = "List the stores that are installed for this user",
    .details = "One line a store, in the order of their keys: its key and its friendly name.\n",
    .run = run,
};
