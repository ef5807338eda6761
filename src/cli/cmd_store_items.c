/* SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "base/url_text.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/json_writer.h"
#include "cli/store_look.h"

#include <inttypes.h>
#include <stdlib.h>

static const struct option options[] = { LIBRARY_OPTION(struct library_values) };

/* A list while it is printed. */
struct list {
    struct cli *cli;
    bool has_rows;
    struct json_writer writer;
};

static const char *format_size(int32_t bytes, char text[FORMAT_SIZE])
{
    return bytes < 0 ? "?" : format_bytes((uint64_t)bytes, text);
}

static void print_row(FILE *out, const struct xbits_download_item *item, int32_t index,
                      const char *url)
{
    char done[FORMAT_SIZE], total[FORMAT_SIZE], bytes[2 * FORMAT_SIZE + 1];
    const char *note = item->path[0] != '\0' ? item->path : item->failure;

    if (index == 0)
        fprintf(out, "%" PRId32 "\n", item->collection);
    snprintf(bytes, sizeof bytes, "%s/%s", format_size(item->progress_bytes, done),
             format_size(item->size_bytes, total));
    fprintf(out, "  %4" PRId32 "  %-11s  %-22s  %-10s  ", index,
            xbits_download_state_name(item->state), bytes, item->type);
    format_safely(out, url);
    if (note[0] != '\0')
        fputs("\n        ", out);
    format_safely(out, note);
    fputc('\n', out);
}

static void write_size(struct json_writer *writer, const char *key, int32_t bytes)
{
    if (bytes < 0)
        json_null_value(writer, key);
    else
        json_number(writer, key, bytes);
}

static void write_text(struct json_writer *writer, const char *key, const char *text)
{
    json_text(writer, key, text[0] != '\0' && text_is_utf8(text) ? text : NULL);
}

static void write_row(struct json_writer *writer, const struct xbits_download_item *item,
                      int32_t index, const char *url)
{
    char id[XBITS_ID_TEXT_SIZE];

    json_object_begin(writer, NULL);
    json_number(writer, "collection", item->collection);
    json_number(writer, "index", index);
    json_text(writer, "id", xbits_id_format(&item->id, id));
    json_text(writer, "state", xbits_download_state_name(item->state));
    json_text(writer, "type", item->type);
    json_text(writer, "url", url);
    write_size(writer, "size", item->size_bytes);
    write_size(writer, "progress", item->progress_bytes);
    json_flag(writer, "own", item->is_own);
    write_text(writer, "path", item->path);
    write_text(writer, "failure", item->failure);
    json_object_end(writer);
}

/* store_look_visit */
static bool print_item(const struct xbits_download_item *item, int32_t index, void *user)
{
    struct list *list = user;
    struct text url = { 0 };
    bool is_shown = XBITS_SUCCEEDED(url_text_add(&url, item->source_url));

    if (list->cli->global.is_json)
        write_row(&list->writer, item, index, is_shown ? text_c(&url) : NULL);
    else
        print_row(list->cli->out, item, index, text_c(&url));
    text_dispose(&url);
    list->has_rows = true;
    return !ferror(list->cli->out);
}

static xbits_result print_collections(struct store_look *look, struct list *list,
                                      const int32_t *ids, size_t count)
{
    bool is_json = list->cli->global.is_json;

    json_writer_init(&list->writer, list->cli->out, false);
    if (is_json)
        json_array_begin(&list->writer, NULL);
    for (size_t i = 0; i < count; i++)
        TRY(store_look_items(look, ids[i], print_item, list));
    if (is_json) {
        json_array_end(&list->writer);
        json_writer_flush(&list->writer);
    }
    return XBITS_S_OK;
}

static xbits_result print_all(struct store_look *look, struct list *list)
{
    int32_t *ids = NULL;
    size_t count = 0;
    xbits_result result = store_look_collections(look, &ids, &count);

    if (XBITS_SUCCEEDED(result))
        result = print_collections(look, list, ids, count);
    free(ids);
    return result;
}

static enum cli_exit print(struct store_look *look, const int32_t *collection)
{
    struct list list = { .cli = look->cli };
    xbits_result result =
        collection != NULL ? print_collections(look, &list, collection, 1) : print_all(look, &list);

    if (XBITS_FAILED(result))
        return cli_fail(look->cli, "cannot list the items");
    if (!list.has_rows && !look->cli->global.is_quiet) {
        fprintf(look->cli->err, "xbits: %s no item\n",
                collection != NULL ? "the collection has" : "the Player has");
    }
    return CLI_DONE;
}

/* What pages and descriptions call it: a number, negative ones too. */
static xbits_result read_collection(const char *word, int32_t *collection_out)
{
    bool is_negative = word[0] == '-';
    uint64_t number;

    if (!text_parse_u64(word + is_negative, (uint64_t)INT32_MAX + is_negative, &number))
        return xbits_fail(XBITS_E_INVALIDARG, "\"%.100s\" is no id of a collection", word);
    *collection_out = (int32_t)(is_negative ? -(int64_t)number : (int64_t)number);
    return XBITS_S_OK;
}

static enum cli_exit run(struct cli *cli)
{
    struct store_look look;
    int32_t collection = 0;
    bool is_one = cli->operand_count > 0;
    enum cli_exit status;

    if (is_one && XBITS_FAILED(read_collection(cli->operands[0], &collection)))
        return cli_fail_usage(cli);
    status = store_look_open(cli, &look);
    if (status == CLI_DONE)
        status = print(&look, is_one ? &collection : NULL);
    store_look_close(&look);
    return status;
}

const struct cli_command cmd_store_items = {
    .name = "store items",
    .group = "store",
    .operands = "[COLLECTION]",
    .summary = "List the items of the Player's download collections",
    .details = "One line an item below the id of its collection: its index, state, bytes, type\n"
               "and URL; below it where the song lies in the library, or why it failed.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct library_values),
    .operand_maximum = 1,
    .run = run,
};
