/* SPDX-License-Identifier: MIT */
#include "cli/usage.h"

#include "cli/commands.h"
#include "cli/global_options.h"
#include "xbits/version.h"

#include <string.h>

/* Column where the summaries of options begin, and how wide a terminal is taken to be. */
#define SUMMARY_COLUMN 30
#define WIDTH          80

static const struct {
    enum cli_exit status;
    const char *meaning;
} exits[] = {
    { CLI_DONE, "done" },
    { CLI_FAILED, "failed; the reason is on standard error" },
    { CLI_USAGE, "called in a wrong way" },
    { CLI_NO_SUCH_JOB, "no such job" },
    { CLI_TIMED_OUT, "timed out" },
    { CLI_INTERRUPTED, "interrupted" },
};

#define EXIT_COUNT (sizeof exits / sizeof exits[0])

static const char introduction[] =
    "Global options may stand anywhere before `--`. An option's value follows it or stands behind\n"
    "`=`: `--port 8000`, `--port=8000`. What follows `--` is an operand, whatever it looks like.\n";

static const char settings_search[] =
    "Settings come from one file, the first of: `--config FILE`, `$XBITS_CONFIG`,\n"
    "`$XDG_CONFIG_HOME/xbits/xbits.ini` (else `~/.config/xbits/xbits.ini`), `xbits.ini` in the\n"
    "system's configuration directory. `xbits config` shows which one and every value.\n";

static const char queue_search[] =
    "Jobs live in a queue, a directory: `--queue DIR`, else `$XDG_STATE_HOME/xbits` (else\n"
    "`~/.local/state/xbits`; macOS `~/Library/Application Support/xbits`, Windows\n"
    "`%LOCALAPPDATA%\\xbits`). `transfer` without `--queue` uses one in memory.\n";

static const char user_directory_search[] =
    "What the Player keeps of its user (registry.ini, what it has downloaded, the library) lives "
    "in\n"
    "the user directory: `$XBITS_USER_DIR`, an absolute path, else `$XDG_DATA_HOME/xbits` (else\n"
    "`~/.local/share/xbits`; macOS `~/Library/Application Support/xbits`, Windows\n"
    "`%LOCALAPPDATA%\\xbits`).\n";

/* "usage: xbits wmp parse|format|check|send [OPTION...] [OPERAND...]" */
static void print_group_line(FILE *stream, const char *group)
{
    char before = ' ';

    fprintf(stream, "usage: xbits %s", group);
    for (size_t i = 0; commands_at(i) != NULL; i++) {
        if (!commands_is_in(commands_at(i), group))
            continue;
        fprintf(stream, "%c%s", before, commands_at(i)->name + strlen(group) + 1);
        before = '|';
    }
    fputs(" [OPTION...] [OPERAND...]\n", stream);
}

void usage_print_line(FILE *stream, const char *group, const struct cli_command *command)
{
    if (command == NULL && group != NULL) {
        print_group_line(stream, group);
        return;
    }
    if (command == NULL) {
        fputs("usage: xbits [OPTION...] VERB [OPTION...] [OPERAND...]\n", stream);
        return;
    }
    fprintf(stream, "usage: xbits %s%s%s%s\n", command->name,
            command->option_count > 0 ? " [OPTION...]" : "", command->operands[0] ? " " : "",
            command->operands);
}

/* "-q, --quiet" or "--port N". Returns its length. */
static int print_option_name(FILE *stream, const struct option *option)
{
    int length = 0;

    if (option->letter != '\0')
        length += fprintf(stream, "-%c, ", option->letter);
    length += fprintf(stream, "--%s", option->name);
    if (option->value_name != NULL)
        length += fprintf(stream, " %s", option->value_name);
    return length;
}

/* In lines of whole words, all of which begin where the first does. */
static void print_summary(FILE *stream, const char *summary, size_t column)
{
    while (summary[0] != '\0') {
        const size_t length = strcspn(summary, " ");

        if (column > SUMMARY_COLUMN && column + 1 + length > WIDTH) {
            fprintf(stream, "\n%*s", SUMMARY_COLUMN, "");
            column = SUMMARY_COLUMN;
        } else if (column > SUMMARY_COLUMN) {
            fputc(' ', stream);
            column++;
        }
        fprintf(stream, "%.*s", (int)length, summary);
        column += length;
        summary += length + strspn(summary + length, " ");
    }
    fputc('\n', stream);
}

static void print_options(FILE *stream, const struct option *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int length;

        if (options[i].is_hidden)
            continue;
        fputs("  ", stream);
        length = 2 + print_option_name(stream, &options[i]);
        if (length > SUMMARY_COLUMN - 2) {
            fputc('\n', stream);
            length = 0;
        }
        fprintf(stream, "%*s", SUMMARY_COLUMN - length, "");
        print_summary(stream, options[i].summary, SUMMARY_COLUMN);
    }
}

/* Columns that the names of a group's verbs take. */
static int name_width(const char *group)
{
    size_t width = 0;

    for (size_t i = 0; commands_at(i) != NULL; i++) {
        if (commands_is_in(commands_at(i), group) && strlen(commands_at(i)->name) > width)
            width = strlen(commands_at(i)->name);
    }
    return (int)width;
}

/* group NULL: all. */
static void print_verbs(FILE *stream, const char *group)
{
    int width = name_width(group);

    fputs("\nVerbs:\n", stream);
    for (size_t i = 0; commands_at(i) != NULL; i++) {
        if (commands_is_in(commands_at(i), group))
            fprintf(stream, "  %-*s  %s\n", width, commands_at(i)->name, commands_at(i)->summary);
    }
}

static void print_group(FILE *stream, const char *group)
{
    print_group_line(stream, group);
    print_verbs(stream, group);
    fprintf(stream, "\n`xbits help %s VERB` explains one verb.\n", group);
}

static void print_program(FILE *stream)
{
    fprintf(stream, "xbits %s: one job API over BITS and a BITS emulation\n\n", xbits_version());
    usage_print_line(stream, NULL, NULL);
    print_verbs(stream, NULL);
    fputs("\nOptions of every verb:\n", stream);
    print_options(stream, global_options, global_option_count);
    fprintf(stream, "\n%s\n%s\n%s\n%s\nExit status:\n", introduction, settings_search, queue_search,
            user_directory_search);
    for (size_t i = 0; i < EXIT_COUNT; i++)
        fprintf(stream, "  %3d  %s\n", (int)exits[i].status, exits[i].meaning);
    fputs("\n`xbits help VERB` explains one verb.\n", stream);
}

static void print_command(FILE *stream, const struct cli_command *command)
{
    fprintf(stream, "%s\n\n", command->summary);
    usage_print_line(stream, NULL, command);
    if (command->details[0] != '\0')
        fprintf(stream, "\n%s", command->details);
    if (command->option_count > 0) {
        fputs("\nOptions:\n", stream);
        print_options(stream, command->options, command->option_count);
    }
    fputs("\n`xbits help` lists the options of every verb.\n", stream);
}

void usage_print(FILE *stream, const char *group, const struct cli_command *command)
{
    if (command != NULL)
        print_command(stream, command);
    else if (group != NULL)
        print_group(stream, group);
    else
        print_program(stream);
}

static void print_option_table(FILE *stream, const struct option *options, size_t count)
{
    fputs("| option | meaning |\n|---|---|\n", stream);
    for (size_t i = 0; i < count; i++) {
        if (options[i].is_hidden)
            continue;
        fputs("| `", stream);
        print_option_name(stream, &options[i]);
        fprintf(stream, "` | %s |\n", options[i].summary);
    }
}

static void print_command_section(FILE *stream, const struct cli_command *command)
{
    fprintf(stream, "\n## xbits %s\n\n%s.\n\n```\n", command->name, command->summary);
    usage_print_line(stream, NULL, command);
    fputs("```\n", stream);
    if (command->details[0] != '\0')
        fprintf(stream, "\n%s", command->details);
    if (command->option_count > 0) {
        fputc('\n', stream);
        print_option_table(stream, command->options, command->option_count);
    }
}

void usage_print_markdown(FILE *stream)
{
    fputs("<!-- SPDX-License-Identifier: MIT -->\n"
          "<!-- Made by `xbits help --markdown` from the rows in src/cli; do not edit. -->\n"
          "# The program `xbits`\n\n```\n",
          stream);
    usage_print_line(stream, NULL, NULL);
    fprintf(stream, "```\n\n%s\n%s\n%s\n%s\n## Options of every verb\n\n", introduction,
            settings_search, queue_search, user_directory_search);
    print_option_table(stream, global_options, global_option_count);
    fputs("\n## Exit status\n\n| status | meaning |\n|---|---|\n", stream);
    for (size_t i = 0; i < EXIT_COUNT; i++)
        fprintf(stream, "| %d | %s |\n", (int)exits[i].status, exits[i].meaning);
    for (size_t i = 0; commands_at(i) != NULL; i++)
        print_command_section(stream, commands_at(i));
}
