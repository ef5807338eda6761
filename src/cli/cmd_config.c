/* SPDX-License-Identifier: MIT */
#include "base/url_text.h"
#include "cli/commands.h"
#include "cli/configuration.h"
#include "cli/format.h"
#include "cli/json.h"
#include "cli/queue_path.h"

#include <stdlib.h>

/* "section.key" is printed in a column of this width, its value in the next. */
#define NAME_WIDTH  36
#define VALUE_WIDTH 22

/* A proxy may be given with its password. */
static char *shown_value(const struct configuration_value *value)
{
    struct text shown = { 0 };
    char *taken;

    if (XBITS_SUCCEEDED(url_text_add_list(&shown, value->value)))
        taken = text_take(&shown);
    else
        taken = NULL;
    text_dispose(&shown);
    return taken;
}

static void print_value(FILE *stream, const struct configuration_value *value)
{
    char *shown = shown_value(value);
    char source[32];
    int length;

    length = fprintf(stream, "%s.%s", value->setting->section, value->setting->key);
    fprintf(stream, "%*s  ", length < NAME_WIDTH ? NAME_WIDTH - length : 0, "");
    fprintf(stream, "%-*s  %s\n", VALUE_WIDTH, shown != NULL && shown[0] ? shown : "(empty)",
            configuration_source_text(value, source));
    free(shown);
}

/* The queue is where the verbs look for jobs; NULL: there is no place for it. */
static enum cli_exit print_table(struct cli *cli, const struct configuration *configuration,
                                 const char *queue)
{
    fputs("Configuration file: ", cli->out);
    format_safely(cli->out, configuration->path ? configuration->path : "none");
    fputs("\nQueue: ", cli->out);
    format_safely(cli->out, queue ? queue : "none");
    fputs("\n\n", cli->out);
    for (size_t i = 0; i < configuration->count; i++)
        print_value(cli->out, &configuration->values[i]);
    return CLI_DONE;
}

static json_t *value_to_json(const struct configuration_value *value)
{
    char *shown = shown_value(value);
    char source[32];
    json_t *json;

    json = json_pack("{s:s, s:s, s:s?, s:s}", "section", value->setting->section, "key",
                     value->setting->key, "value", shown, "source",
                     configuration_source_text(value, source));
    free(shown);
    return json;
}

static enum cli_exit print_json(struct cli *cli, const struct configuration *configuration,
                                const char *queue)
{
    json_t *values = json_array();

    for (size_t i = 0; i < configuration->count; i++)
        json_array_append_new(values, value_to_json(&configuration->values[i]));
    return json_print(cli,
                      json_pack("{s:o, s:o, s:o}", "file", json_path(configuration->path), "queue",
                                json_path(queue), "settings", values),
                      CLI_DONE);
}

static xbits_result find_queue(const struct cli *cli, char **queue_out)
{
    xbits_result result = queue_path(&cli->global, queue_out);

    /* A user without a place for a queue may read settings all the same. */
    return result == XBITS_ERROR_PATH_NOT_FOUND && cli->global.queue == NULL ? XBITS_S_OK : result;
}

static enum cli_exit run(struct cli *cli)
{
    struct configuration configuration = { 0 };
    char *queue = NULL;
    enum cli_exit status;

    if (XBITS_FAILED(configuration_load(&configuration, &cli->global)))
        status = cli_fail(cli, "the configuration is not valid");
    else if (XBITS_FAILED(find_queue(cli, &queue)))
        status = cli_fail(cli, "the queue has no place");
    else if (cli->global.is_json)
        status = print_json(cli, &configuration, queue);
    else
        status = print_table(cli, &configuration, queue);
    free(queue);
    configuration_dispose(&configuration);
    return status;
}

const struct cli_command cmd_config = {
    .name = "config",
    .operands = "",
    .summary = "Show every setting, its value and who says so, and where the queue is",
    .details = "The value is the default, or comes from a line of the configuration file, or from\n"
               "--set. A setting that does not exist is an error, in the file as on the line.\n",
    .run = run,
};
