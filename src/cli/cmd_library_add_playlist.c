/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/library_list.h"
#include "cli/open_library.h"
#include "cli/path.h"

#include <inttypes.h>
#include <stdlib.h>

struct playlist_values {
    const char *library;
    const char *distributor;
    bool is_sync_only;
};

static const struct option options[] = {
    { .name = "distributor",
      .kind = OPTION_TEXT,
      .value_name = "KEY",
      .summary = "the store that the playlist is from; needed",
      .offset = offsetof(struct playlist_values, distributor) },
    { .name = "sync-only",
      .kind = OPTION_FLAG,
      .summary = "put it under the store's node, not under All Playlists",
      .offset = offsetof(struct playlist_values, is_sync_only) },
    LIBRARY_OPTION(struct playlist_values),
};

static xbits_result add(const struct playlist_values *values, const char *path, int64_t *number_out)
{
    struct xbits_library *library = NULL;
    xbits_result result = open_library(values->library, XBITS_LIBRARY_EDIT, &library);

    if (XBITS_SUCCEEDED(result))
        result = xbits_library_add_playlist(library, path, values->distributor,
                                            values->is_sync_only, number_out);
    xbits_library_close(library);
    return result;
}

static enum cli_exit report(struct cli *cli, const char *path, int64_t number)
{
    const struct playlist_values *values = cli->values;

    if (cli->global.is_json) {
        return json_print(cli,
                          json_pack("{s:I, s:o, s:s, s:b}", "number", (json_int_t)number, "file",
                                    json_path(path), "distributor", values->distributor,
                                    "sync_only", values->is_sync_only),
                          CLI_DONE);
    }
    fprintf(cli->out, "%" PRId64 "\n", number);
    return CLI_DONE;
}

static enum cli_exit run(struct cli *cli)
{
    const struct playlist_values *values = cli->values;
    char *path = NULL;
    int64_t number = 0;
    enum cli_exit status;

    if (XBITS_FAILED(
            options_need("library add-playlist", "--distributor KEY", values->distributor)))
        return cli_fail_usage(cli);
    if (XBITS_FAILED(path_absolute(cli->operands[0], &path)) ||
        XBITS_FAILED(add(values, path, &number)))
        status = cli_fail(cli, "cannot add the playlist");
    else
        status = report(cli, path, number);
    free(path);
    return status;
}

const struct cli_command cmd_library_add_playlist = {
    .name = "library add-playlist",
    .group = "library",
    .operands = "FILE.wpl",
    .summary = "Put a store's playlist into the library, and print its number there",
    .details = "The file stays where it is. One that is in the library already is changed.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct playlist_values),
    .operand_minimum = 1,
    .operand_maximum = 1,
    .run = run,
};
