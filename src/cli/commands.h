/* SPDX-License-Identifier: MIT */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/cli.h"

/* The verbs in the order of help; NULL past the last. */
const struct cli_command *commands_at(size_t index);

/* The verb of this name, or NULL. */
const struct cli_command *commands_find(const char *name);

/* The name of the verb or group that was probably meant, or NULL when none is near. */
const char *commands_nearest(const char *name);

/* The group that a word names, as its verbs have it, or NULL. */
const char *commands_group(const char *word);

/* True when the verb belongs to the group; NULL is the group of all. */
bool commands_is_in(const struct cli_command *command, const char *group);

/* One row a verb, each in its own file. */
extern const struct cli_command cmd_transfer;
extern const struct cli_command cmd_create;
extern const struct cli_command cmd_add;
extern const struct cli_command cmd_set;
extern const struct cli_command cmd_get;
extern const struct cli_command cmd_resume;
extern const struct cli_command cmd_suspend;
extern const struct cli_command cmd_cancel;
extern const struct cli_command cmd_complete;
extern const struct cli_command cmd_list;
extern const struct cli_command cmd_show;
extern const struct cli_command cmd_why;
extern const struct cli_command cmd_wait;
extern const struct cli_command cmd_run;
extern const struct cli_command cmd_events;
extern const struct cli_command cmd_wmp_parse;
extern const struct cli_command cmd_wmp_format;
extern const struct cli_command cmd_wmp_check;
extern const struct cli_command cmd_wmp_send;
extern const struct cli_command cmd_store_add;
extern const struct cli_command cmd_store_remove;
extern const struct cli_command cmd_store_list;
extern const struct cli_command cmd_store_run;
extern const struct cli_command cmd_store_collections;
extern const struct cli_command cmd_store_items;
extern const struct cli_command cmd_player_run;
extern const struct cli_command cmd_library_list;
extern const struct cli_command cmd_library_show;
extern const struct cli_command cmd_library_search;
extern const struct cli_command cmd_library_tag;
extern const struct cli_command cmd_library_add_playlist;
extern const struct cli_command cmd_serve;
extern const struct cli_command cmd_explain;
extern const struct cli_command cmd_backends;
extern const struct cli_command cmd_config;
extern const struct cli_command cmd_help;

#endif
