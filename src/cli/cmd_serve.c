/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/path.h"
#include "origin/origin.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct serve_values {
    const char *address;
    const char *journal;
    uint64_t port;
    uint64_t rate;
    bool no_ranges;
    bool no_length;
};

#define AT(field) offsetof(struct serve_values, field)

static const struct option options[] = {
    { .name = "port",
      .kind = OPTION_NUMBER,
      .value_name = "N",
      .summary = "listen on this port; 0, the default: the system picks one",
      .offset = AT(port),
      .maximum = 65535 },
    { .name = "address",
      .kind = OPTION_TEXT,
      .value_name = "ADDRESS",
      .summary = "listen on this address; the default is 127.0.0.1",
      .offset = AT(address) },
    { .name = "no-ranges",
      .kind = OPTION_FLAG,
      .summary = "ignore Range, as servers do that BITS cannot use",
      .offset = AT(no_ranges) },
    { .name = "no-length",
      .kind = OPTION_FLAG,
      .summary = "send no Content-Length",
      .offset = AT(no_length) },
    { .name = "rate",
      .kind = OPTION_SIZE,
      .value_name = "BYTES",
      .summary = "send no more than so many bytes a second in one answer",
      .offset = AT(rate),
      .minimum = 1,
      .maximum = UINT64_C(1) << 40 },
    { .name = "journal",
      .kind = OPTION_TEXT,
      .value_name = "FILE",
      .summary = "add a line of JSON a request to FILE; -: to standard output",
      .offset = AT(journal) },
};

/* Called by the server's threads, one at a time. */
static void write_journal(void *user, const char *json)
{
    FILE *stream = user;

    fputs(json, stream);
    fputc('\n', stream);
    fflush(stream);
}

static xbits_result open_journal(struct cli *cli, FILE **stream_out)
{
    const struct serve_values *values = cli->values;

    if (values->journal == NULL)
        return XBITS_S_OK;
    if (strcmp(values->journal, "-") == 0) {
        *stream_out = cli->out;
        return XBITS_S_OK;
    }
    *stream_out = fopen(values->journal, "a");
    if (*stream_out == NULL)
        return xbits_fail_errno(errno, "the journal %s cannot be written", values->journal);
    return XBITS_S_OK;
}

static enum cli_exit announce(struct cli *cli, uint16_t port)
{
    const struct serve_values *values = cli->values;
    const char *address = values->address ? values->address : "127.0.0.1";
    bool is_ipv6 = strchr(address, ':') != NULL;
    enum cli_exit status = CLI_DONE;
    char url[128];

    snprintf(url, sizeof url, "http://%s%s%s:%u/", is_ipv6 ? "[" : "", address, is_ipv6 ? "]" : "",
             (unsigned)port);
    if (cli->global.is_json) {
        status = json_print(cli,
                            json_pack("{s:o, s:s, s:i}", "directory", json_path(cli->operands[0]),
                                      "url", url, "port", (int)port),
                            CLI_DONE);
    } else {
        fputs("Serving ", cli->out);
        format_safely(cli->out, cli->operands[0]);
        fprintf(cli->out, " at %s\n", url);
    }
    fflush(cli->out);
    return status;
}

static xbits_result start(struct cli *cli, const char *directory, FILE *journal,
                          struct origin **origin_out)
{
    const struct serve_values *values = cli->values;
    struct origin_options origin_options = {
        .directory = directory,
        .address = values->address,
        .port = (uint16_t)values->port,
        .rules = { .no_ranges = values->no_ranges, .no_length = values->no_length },
        .rate = values->rate,
        .journal = journal != NULL ? write_journal : NULL,
        .journal_user = journal,
    };

    if (!path_is_directory(directory))
        return xbits_fail(XBITS_ERROR_PATH_NOT_FOUND, "%s is not a directory", directory);
    return origin_start(&origin_options, origin_out);
}

static enum cli_exit close_journal(struct cli *cli, FILE *journal, enum cli_exit status)
{
    bool has_failed;

    if (journal == NULL || journal == cli->out)
        return status;
    has_failed = ferror(journal) != 0;
    if (fclose(journal) != 0 || has_failed) {
        fputs("xbits: the journal could not be written whole\n", cli->err);
        return CLI_FAILED;
    }
    return status;
}

static enum cli_exit run(struct cli *cli)
{
    struct origin *origin = NULL;
    char *directory = NULL;
    FILE *journal = NULL;
    enum cli_exit status;
    xbits_result result;

    interrupt_watch();
    result = path_absolute(cli->operands[0], &directory);
    if (XBITS_SUCCEEDED(result))
        result = open_journal(cli, &journal);
    if (XBITS_SUCCEEDED(result))
        result = start(cli, directory, journal, &origin);
    if (XBITS_FAILED(result)) {
        status = cli_fail(cli, "cannot serve");
    } else {
        status = announce(cli, origin_port(origin));
        interrupt_wait();
        origin_stop(origin);
    }
    status = close_journal(cli, journal, status);
    free(directory);
    return status;
}

const struct cli_command cmd_serve = {
    .name = "serve",
    .operands = "DIR",
    .summary = "Serve the files of a directory over HTTP, as BITS wants it or not",
    .details = "It prints its URL and runs until Ctrl-C. Files are read only; nothing outside\n"
               "DIR is served. A directory is answered by its index.html, and never listed.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct serve_values),
    .operand_minimum = 1,
    .operand_maximum = 1,
    .run = run,
};
