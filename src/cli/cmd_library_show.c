/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/url_text.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/library_json.h"
#include "cli/library_list.h"
#include "cli/open_library.h"

#include <inttypes.h>

static const struct option options[] = { LIBRARY_OPTION(struct library_values) };

static void print_line(FILE *out, const char *label, const char *text)
{
    if (text[0] == '\0')
        return;
    format_column(out, label, 23);
    format_safely(out, text);
    fputc('\n', out);
}

static void print_source(FILE *out, const char *url)
{
    struct text shown = { 0 };

    if (XBITS_SUCCEEDED(url_text_add(&shown, url)))
        print_line(out, "Source:", text_c(&shown));
    text_dispose(&shown);
}

static void print_text(FILE *out, const struct xbits_library_entry *entry)
{
    char text[FORMAT_SIZE], time[32];

    snprintf(text, sizeof text, "%" PRId64, entry->number);
    print_line(out, "Entry:", text);
    print_line(out, "Kind:", library_json_kind_name(entry->kind));
    print_line(out, "Node:", entry->node);
    print_line(out, "File:", entry->path);
    print_line(out, "Size:", format_bytes(entry->file_size, text));
    print_line(out, "Added:", clock_format_utc(entry->added, time));
    print_source(out, entry->source_url);
    print_line(out, "Sync only:", entry->is_sync_only ? "yes" : "");
    print_line(out, "Damage:", entry->damage);
    for (size_t i = 0; i < XBITS_ATTRIBUTE_COUNT; i++)
        print_line(out, xbits_attribute_name((enum xbits_attribute)i), entry->attributes[i]);
}

/* xbits_library_visit */
static bool print_entry(const struct xbits_library_entry *entry, void *user)
{
    struct cli *cli = user;
    struct json_writer writer;

    if (!cli->global.is_json) {
        print_text(cli->out, entry);
        return true;
    }
    json_writer_init(&writer, cli->out, false);
    json_library_entry(&writer, entry);
    json_writer_flush(&writer);
    return true;
}

static xbits_result read_number(const char *word, int64_t *number_out)
{
    uint64_t number;

    if (!text_parse_u64(word, INT64_MAX, &number)) {
        return xbits_fail(XBITS_E_INVALIDARG,
                          "\"%.100s\" is no ENTRY: `xbits library list` prints their numbers",
                          word);
    }
    *number_out = (int64_t)number;
    return XBITS_S_OK;
}

static enum cli_exit run(struct cli *cli)
{
    const struct library_values *values = cli->values;
    struct xbits_library *library = NULL;
    enum cli_exit status = CLI_DONE;
    int64_t number;

    if (XBITS_FAILED(read_number(cli->operands[0], &number)))
        return cli_fail_usage(cli);
    if (XBITS_FAILED(open_library(values->library, XBITS_LIBRARY_READ, &library)))
        return cli_fail(cli, "cannot open the library");
    if (XBITS_FAILED(xbits_library_read_entry(library, number, print_entry, cli)))
        status = cli_fail(cli, "cannot show the entry");
    xbits_library_close(library);
    return status;
}

const struct cli_command cmd_library_show = {
    .name = "library show",
    .group = "library",
    .operands = "ENTRY",
    .summary = "Show everything about one entry of the library",
    .details = "ENTRY is the number that `xbits library list` prints. Attributes have the names\n"
               "of the Windows Media Player SDK; those that are not known are left out.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct library_values),
    .operand_minimum = 1,
    .operand_maximum = 1,
    .run = run,
};
