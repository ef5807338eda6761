/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/json.h"
#include "cli/wmp_text.h"

#include <inttypes.h>

static const struct option options[] = { WMP_TEXT_OPTIONS };

static void print_field(FILE *out, enum xbits_wmp_field field, const char *value)
{
    fprintf(out, "%s: ", xbits_wmp_field_name(field));
    format_safely(out, value);
    fputc('\n', out);
}

static enum cli_exit print_text(struct cli *cli, const struct xbits_wmp_description *description)
{
    FILE *out = cli->out;

    fprintf(out, "Kind: %s\n", xbits_wmp_kind_name(description->kind));
    fprintf(out, "%s: %" PRId32 "\n", xbits_wmp_field_name(XBITS_WMP_SERVICE_ID),
            description->service_id);
    print_field(out, XBITS_WMP_PROVIDER, description->provider);
    print_field(out, XBITS_WMP_ALBUM_ARTIST, description->album_artist);
    print_field(out, XBITS_WMP_ALBUM_TITLE, description->album_title);
    print_field(out, XBITS_WMP_TRACK_NUMBER, description->track_number);
    print_field(out, XBITS_WMP_TITLE, description->title);
    print_field(out, XBITS_WMP_DURATION, description->duration);
    print_field(out, XBITS_WMP_RATING, description->rating);
    return CLI_DONE;
}

static enum cli_exit print_json(struct cli *cli, const struct xbits_wmp_description *description)
{
    return json_print(cli,
                      json_pack("{s:s, s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "kind",
                                xbits_wmp_kind_name(description->kind), "service_id",
                                (json_int_t)description->service_id, "provider",
                                description->provider, "album_artist", description->album_artist,
                                "album_title", description->album_title, "track_number",
                                description->track_number, "title", description->title, "duration",
                                description->duration, "rating", description->rating),
                      CLI_DONE);
}

static enum cli_exit run(struct cli *cli)
{
    const struct wmp_text_values *values = cli->values;
    struct xbits_wmp_description description;
    enum cli_exit status =
        wmp_text_read(cli, values->is_lenient ? XBITS_WMP_LENIENT : XBITS_WMP_STRICT, &description);

    if (status != CLI_DONE)
        return status;
    status = cli->global.is_json ? print_json(cli, &description) : print_text(cli, &description);
    xbits_wmp_description_dispose(&description);
    return status;
}

const struct cli_command cmd_wmp_parse = {
    .name = "wmp parse",
    .group = "wmp",
    .operands = "TEXT",
    .summary = "Take a job's description to Windows Media Player apart",
    .details = "TEXT is what a job's description says to the Player:\n"
               "::WMP_JOB:1:serviceId:Provider:AlbumArtist:AlbumTitle:TrackNumber:Title:\n"
               "Duration:Rating, in one line. Prints one field a line; a text that breaks a rule\n"
               "is refused with the rule, the field and the position, and ends with 1.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct wmp_text_values),
    .operand_minimum = 1,
    .operand_maximum = 1,
    .run = run,
};
