/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/words.h"

#include <string.h>

static const struct cli_command *const commands[] = {
    &cmd_transfer, &cmd_create,  &cmd_add,      &cmd_set,      &cmd_get,
    &cmd_resume,   &cmd_suspend, &cmd_cancel,   &cmd_complete, &cmd_list,
    &cmd_show,     &cmd_why,     &cmd_wait,     &cmd_run,      &cmd_events,
    &cmd_serve,    &cmd_explain, &cmd_backends, &cmd_config,   &cmd_help,
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

/* word_at */
static const char *name_at(size_t index)
{
    return index < COMMAND_COUNT ? commands[index]->name : NULL;
}

const struct cli_command *commands_nearest(const char *name)
{
    const char *nearest = words_nearest(name_at, name);

    return nearest != NULL ? commands_find(nearest) : NULL;
}
