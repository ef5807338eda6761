/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/json_writer.h"
#include "cli/store_look.h"

#include <inttypes.h>
#include <stdlib.h>

static const struct option options[] = { LIBRARY_OPTION(struct library_values) };

/* A collection while it is counted. */
struct tally {
    int32_t id;
    size_t count;
    size_t pending;
};

/* store_look_visit */
static bool count_item(const struct xbits_download_item *item, int32_t index, void *user)
{
    struct tally *tally = user;

    (void)index;
    tally->count++;
    tally->pending +=
        item->state != XBITS_DOWNLOAD_COMPLETED && item->state != XBITS_DOWNLOAD_CANCELED;
    return true;
}

static void print_tally(struct cli *cli, struct json_writer *writer, const struct tally *tally)
{
    if (!cli->global.is_json) {
        fprintf(cli->out, "%10" PRId32 "  %zu item%s, %zu pending\n", tally->id, tally->count,
                tally->count == 1 ? "" : "s", tally->pending);
        return;
    }
    json_object_begin(writer, NULL);
    json_number(writer, "id", tally->id);
    json_number(writer, "items", (int64_t)tally->count);
    json_number(writer, "pending", (int64_t)tally->pending);
    json_object_end(writer);
}

static xbits_result print_tallies(struct store_look *look, const int32_t *ids, size_t count)
{
    bool is_json = look->cli->global.is_json;
    xbits_result result = XBITS_S_OK;
    struct json_writer writer;

    json_writer_init(&writer, look->cli->out, false);
    if (is_json)
        json_array_begin(&writer, NULL);
    for (size_t i = 0; i < count && XBITS_SUCCEEDED(result); i++) {
        struct tally tally = { .id = ids[i] };

        result = store_look_items(look, ids[i], count_item, &tally);
        if (XBITS_SUCCEEDED(result))
            print_tally(look->cli, &writer, &tally);
    }
    if (is_json && XBITS_SUCCEEDED(result)) {
        json_array_end(&writer);
        json_writer_flush(&writer);
    }
    return result;
}

static enum cli_exit print(struct store_look *look)
{
    int32_t *ids = NULL;
    size_t count = 0;
    xbits_result result = store_look_collections(look, &ids, &count);

    if (XBITS_SUCCEEDED(result))
        result = print_tallies(look, ids, count);
    free(ids);
    if (XBITS_FAILED(result))
        return cli_fail(look->cli, "cannot list the collections");
    if (count == 0 && !look->cli->global.is_quiet)
        fputs("xbits: the Player has no collection\n", look->cli->err);
    return CLI_DONE;
}

static enum cli_exit run(struct cli *cli)
{
    struct store_look look;
    enum cli_exit status = store_look_open(cli, &look);

    if (status == CLI_DONE)
        status = print(&look);
    store_look_close(&look);
    return status;
}

const struct cli_command cmd_store_collections = {
    .name = "store collections",
    .group = "store",
    .operands = "",
    .summary = "List the Player's download collections",
    .details = "One line a collection: its id, how many items it has, and how many of them are\n"
               "neither completed nor cancelled. Collections are made by pages, and there is one\n"
               "for each service id of the jobs that the Player has adopted.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct library_values),
    .run = run,
};
