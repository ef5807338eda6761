/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/library_list.h"
#include "cli/open_library.h"
#include "cli/path.h"

#include <stdlib.h>

struct tag_values {
    const char *library;
    const char *distributor;
};

static const struct option options[] = {
    { .name = "distributor",
      .kind = OPTION_TEXT,
      .value_name = "KEY",
      .summary = "the store that the file is from; needed",
      .offset = offsetof(struct tag_values, distributor) },
    LIBRARY_OPTION(struct tag_values),
};

static xbits_result tag(const struct tag_values *values, const char *path)
{
    struct xbits_library *library = NULL;
    xbits_result result = open_library_if_there(values->library, &library);

    if (XBITS_SUCCEEDED(result))
        result = xbits_library_tag(library, path, values->distributor);
    xbits_library_close(library);
    return result;
}

static enum cli_exit report(struct cli *cli, const char *path)
{
    const struct tag_values *values = cli->values;

    if (cli->global.is_json) {
        return json_print(
            cli,
            json_pack("{s:o, s:s}", "file", json_path(path), "distributor", values->distributor),
            CLI_DONE);
    }
    if (cli->global.is_quiet)
        return CLI_DONE;
    fputs("Tagged ", cli->out);
    format_safely(cli->out, path);
    fputc('\n', cli->out);
    return CLI_DONE;
}

/* Called by the first interruption; the next one ends the process. */
static void tell_to_wait(void *user)
{
    const struct cli *cli = user;

    fputs("xbits: the file is being replaced, wait; another interruption leaves a part beside it\n",
          cli->err);
}

static enum cli_exit run(struct cli *cli)
{
    const struct tag_values *values = cli->values;
    char *path = NULL;
    enum cli_exit status;

    if (XBITS_FAILED(options_need("library tag", "--distributor KEY", values->distributor)))
        return cli_fail_usage(cli);
    interrupt_watch();
    interrupt_wakes(tell_to_wait, cli);
    if (XBITS_FAILED(path_absolute(cli->operands[0], &path)) || XBITS_FAILED(tag(values, path)))
        status = cli_fail(cli, "cannot tag the file");
    else
        status = report(cli, path);
    interrupt_wakes(NULL, NULL);
    free(path);
    return status;
}

const struct cli_command cmd_library_tag = {
    .name = "library tag",
    .group = "library",
    .operands = "FILE",
    .summary = "Write into a media file which store it is from",
    .details = "FILE is ASF (.wma, .wmv, .asf) or MP3, in a library or not; it gets the\n"
               "attribute WM/ContentDistributor. Its entry in the library, if there is one,\n"
               "moves to the store's node.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct tag_values),
    .operand_minimum = 1,
    .operand_maximum = 1,
    .run = run,
};
