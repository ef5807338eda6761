/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/words.h"

#include <string.h>

static const struct cli_command *const commands[] = {
    &cmd_transfer,
    &cmd_create,
    &cmd_add,
    &cmd_set,
    &cmd_get,
    &cmd_resume,
    &cmd_suspend,
    &cmd_cancel,
    &cmd_complete,
    &cmd_list,
    &cmd_show,
    &cmd_why,
    &cmd_wait,
    &cmd_run,
    &cmd_events,
    &cmd_wmp_parse,
    &cmd_wmp_format,
    &cmd_wmp_check,
    &cmd_wmp_send,
    &cmd_store_add,
    &cmd_store_remove,
    &cmd_store_list,
    &cmd_store_run,
    &cmd_store_collections,
    &cmd_store_items,
    &cmd_player_run,
    &cmd_library_list,
    &cmd_library_show,
    &cmd_library_search,
    &cmd_library_tag,
    &cmd_library_add_playlist,
    &cmd_serve,
    &cmd_explain,
    &cmd_backends,
    &cmd_config,
    &cmd_help,
};

#define COMMAND_COUNT (sizeof commands / sizeof commands[0])

const struct cli_command *commands_at(size_t index)
{
    return index < COMMAND_COUNT ? commands[index] : NULL;
}

const struct cli_command *commands_find(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    }
    return NULL;
}

/* word_at: the verbs, and then the groups, a verb of one word being its own. */
static const char *name_at(size_t index)
{
    const struct cli_command *command;

    if (index < COMMAND_COUNT)
        return commands[index]->name;
    if (index >= 2 * COMMAND_COUNT)
        return NULL;
    command = commands[index - COMMAND_COUNT];
    return command->group != NULL ? command->group : command->name;
}

const char *commands_nearest(const char *name)
{
    return words_nearest(name_at, name);
}

const char *commands_group(const char *word)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (commands[i]->group != NULL && strcmp(commands[i]->group, word) == 0)
            return commands[i]->group;
    }
    return NULL;
}

bool commands_is_in(const struct cli_command *command, const char *group)
{
    return group == NULL || (command->group != NULL && strcmp(command->group, group) == 0);
}
