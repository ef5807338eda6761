/* SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/json.h"
#include "cli/open_manager.h"
#include "cli/open_registry.h"
#include "cli/path.h"
#include "cli/shell_text.h"
#include "cli/wmp_send.h"

#include <stdlib.h>

struct send_values {
    bool is_status;
    const char *provider;
    uint64_t service_id; /* 0: a new one. */
    const char *album_artist;
    const char *album;
    const char *track;
    const char *title;
    const char *duration;
    const char *rating;
};

#define AT(field) offsetof(struct send_values, field)

static const struct option options[] = {
    { .name = "status",
      .kind = OPTION_FLAG,
      .summary = "a WMP_STATUS: the Player shows the job, its sender completes it",
      .offset = AT(is_status) },
    { .name = "provider",
      .kind = OPTION_TEXT,
      .value_name = "KEY",
      .summary = "the store's key; needed",
      .offset = AT(provider) },
    { .name = "service-id",
      .kind = OPTION_NUMBER,
      .value_name = "N",
      .summary = "the collection that the job joins; by default a new one",
      .offset = AT(service_id),
      .minimum = 1,
      .maximum = INT32_MAX },
    { .name = "album-artist",
      .kind = OPTION_TEXT,
      .value_name = "T",
      .summary = "the primary artist of the album",
      .offset = AT(album_artist) },
    { .name = "album",
      .kind = OPTION_TEXT,
      .value_name = "T",
      .summary = "the album's title",
      .offset = AT(album) },
    { .name = "track",
      .kind = OPTION_TEXT,
      .value_name = "N",
      .summary = "the number on the album",
      .offset = AT(track) },
    { .name = "title",
      .kind = OPTION_TEXT,
      .value_name = "T",
      .summary = "the song's title; needed",
      .offset = AT(title) },
    { .name = "duration",
      .kind = OPTION_TEXT,
      .value_name = "S",
      .summary = "how long it plays, in seconds",
      .offset = AT(duration) },
    { .name = "rating",
      .kind = OPTION_TEXT,
      .value_name = "N",
      .summary = "0, 1, 25, 50, 75 or 99",
      .offset = AT(rating) },
};

/* A job while it is sent. */
struct sending {
    struct cli *cli;
    struct xbits_manager *manager;
    struct xbits_registry *registry;
    struct xbits_wmp_job_spec spec;
    char *local;
    struct xbits_job *job;
};

static xbits_result check(const struct cli *cli)
{
    const struct send_values *values = cli->values;

    TRY(options_need("wmp send", "--provider KEY", values->provider));
    TRY(options_need("wmp send", "--title T", values->title));
    return cli->operand_count > 1 ? XBITS_S_OK : wmp_send_check_url(cli->operands[0]);
}

static xbits_result describe(const struct send_values *values,
                             struct xbits_wmp_description *description)
{
    XBITS_INIT(description);
    description->kind = values->is_status ? XBITS_WMP_STATUS : XBITS_WMP_JOB;
    description->service_id = (int32_t)values->service_id;
    description->provider = values->provider;
    description->album_artist = values->album_artist;
    description->album_title = values->album;
    description->track_number = values->track;
    description->title = values->title;
    description->duration = values->duration;
    description->rating = values->rating;
    return values->service_id != 0 ? XBITS_S_OK
                                   : xbits_wmp_new_service_id(&description->service_id);
}

static xbits_result prepare(struct sending *sending)
{
    const struct cli *cli = sending->cli;
    struct xbits_wmp_job_spec *spec = &sending->spec;

    XBITS_INIT(spec);
    TRY(describe(cli->values, &spec->description));
    spec->remote_name = cli->operands[0];
    if (cli->operand_count > 1)
        TRY(path_for_download(spec->remote_name, cli->operands[1], &sending->local));
    else
        TRY(wmp_send_place(spec->description.service_id, spec->remote_name, &sending->local));
    spec->local_name = sending->local;
    return XBITS_S_OK;
}

/* The job is in its queue all the same: the store may yet come. */
static void warn_of_store(const struct sending *sending)
{
    const char *key = sending->spec.description.provider;
    FILE *err = sending->cli->err;
    struct text word = { 0 };

    if (sending->cli->global.is_quiet || wmp_send_has_store(sending->registry, key))
        return;
    fputs("xbits: no store ", err);
    format_safely(err, key);
    fputs(" is installed for this user: the Player will not adopt the job; `xbits store add ", err);
    format_safely(err, XBITS_SUCCEEDED(shell_text_add(&word, key)) ? text_c(&word) : key);
    fputs("`\n", err);
    text_dispose(&word);
}

static enum cli_exit report(const struct sending *sending)
{
    struct cli *cli = sending->cli;
    char id[XBITS_ID_TEXT_SIZE];

    xbits_id_format(xbits_job_id(sending->job), id);
    warn_of_store(sending);
    if (cli->global.is_json) {
        return json_print(cli,
                          json_pack("{s:s, s:I, s:o}", "id", id, "service_id",
                                    (json_int_t)sending->spec.description.service_id, "file",
                                    json_path(sending->local)),
                          CLI_DONE);
    }
    fprintf(cli->out, "%s\n", id);
    return CLI_DONE;
}

static enum cli_exit send_job(struct sending *sending)
{
    struct cli *cli = sending->cli;

    if (XBITS_FAILED(open_queue(&cli->global, XBITS_ACCESS_EDIT, &sending->manager)))
        return cli_fail(cli, "cannot open the queue");
    if (XBITS_FAILED(open_registry(&sending->registry)))
        return cli_fail(cli, "cannot open the registry");
    if (XBITS_FAILED(prepare(sending)) ||
        XBITS_FAILED(xbits_wmp_job_create(sending->manager, sending->registry, &sending->spec, NULL,
                                          &sending->job)))
        return cli_fail(cli, "cannot send the job");
    return report(sending);
}

static enum cli_exit run(struct cli *cli)
{
    struct sending sending = { .cli = cli };
    enum cli_exit status;

    if (XBITS_FAILED(check(cli)))
        return cli_fail_usage(cli);
    status = send_job(&sending);
    xbits_job_close(sending.job);
    free(sending.local);
    xbits_registry_close(sending.registry);
    xbits_manager_close(sending.manager);
    return status;
}

const struct cli_command cmd_wmp_send = {
    .name = "wmp send",
    .group = "wmp",
    .operands = "URL [LOCAL]",
    .summary = "Send a song to Windows Media Player as a job, and print the job's GUID",
    .details = "The job is described for the Player and resumed; the registry tells the Player\n"
               "to look at the queue. `xbits player run` downloads and files the song. LOCAL\n"
               "ends in .wma, .wmv, .mp3 or .asf, or is a directory, and a file of that name is\n"
               "replaced; by default the song is downloaded to the user directory, under the\n"
               "URL's last segment.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct send_values),
    .operand_minimum = 1,
    .operand_maximum = 2,
    .run = run,
};
