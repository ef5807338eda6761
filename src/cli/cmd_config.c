/* SPDX-License-Identifier: MIT */
#include "base/url_text.h"
#include "cli/commands.h"
#include "cli/configuration.h"
#include "cli/format.h"
#include "cli/json.h"
#include "cli/queue_path.h"
#include "cli/user_directory.h"

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

/* Where the verbs look for jobs, and for what the Player keeps; NULL: there is no place for it. */
struct places {
    char *queue;
    char *user_directory;
};

static void print_place(FILE *stream, const char *label, const char *path)
{
    fprintf(stream, "%s: ", label);
    format_safely(stream, path != NULL ? path : "none");
    fputc('\n', stream);
}

static enum cli_exit print_table(struct cli *cli, const struct configuration *configuration,
                                 const struct places *places)
{
    print_place(cli->out, "Configuration file", configuration->path);
    print_place(cli->out, "Queue", places->queue);
    print_place(cli->out, "User directory", places->user_directory);
    fputc('\n', cli->out);
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
                                const struct places *places)
{
    json_t *values = json_array();

    for (size_t i = 0; i < configuration->count; i++)
        json_array_append_new(values, value_to_json(&configuration->values[i]));
    return json_print(cli,
                      json_pack("{s:o, s:o, s:o, s:o}", "file", json_path(configuration->path),
                                "queue", json_path(places->queue), "user_directory",
                                json_path(places->user_directory), "settings", values),
                      CLI_DONE);
}

static xbits_result find_queue(const struct cli *cli, char **queue_out)
{
    xbits_result result = queue_path(&cli->global, queue_out);

    /* A user without a place for a queue may read settings all the same. */
    return result == XBITS_ERROR_PATH_NOT_FOUND && cli->global.queue == NULL ? XBITS_S_OK : result;
}

static xbits_result find_user_directory(char **directory_out)
{
    xbits_result result = user_directory(directory_out);

    return result == XBITS_ERROR_PATH_NOT_FOUND ? XBITS_S_OK : result;
}

static enum cli_exit run(struct cli *cli)
{
    struct configuration configuration = { 0 };
    struct places places = { 0 };
    enum cli_exit status;

    if (XBITS_FAILED(configuration_load(&configuration, &cli->global)))
        status = cli_fail(cli, "the configuration is not valid");
    else if (XBITS_FAILED(find_queue(cli, &places.queue)))
        status = cli_fail(cli, "the queue has no place");
    else if (XBITS_FAILED(find_user_directory(&places.user_directory)))
        status = cli_fail(cli, "there is no user directory");
    else if (cli->global.is_json)
        status = print_json(cli, &configuration, &places);
    else
        status = print_table(cli, &configuration, &places);
    free(places.user_directory);
    free(places.queue);
    configuration_dispose(&configuration);
    return status;
}

const struct cli_command cmd_config = {
    .name = "config",
    .operands = "",
    .summary = "Show every setting, its value and who says so, and where things are kept",
    .details = "The value is the default, or comes from a line of the configuration file, or\n"
               "from --set. A setting that does not exist is an error, in the file as on the\n"
               "line.\n",
    .run = run,
};
