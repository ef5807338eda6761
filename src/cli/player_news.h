/* SPDX-License-Identifier: MIT */
#ifndef CLI_PLAYER_NEWS_H
#define CLI_PLAYER_NEWS_H

#include "cli/cli.h"
#include "cli/json_writer.h"
#include "xbits/player.h"

/* Prints what became of a job: the path of a song that was filed alone on a line, anything else in
 * a sentence on standard error. */
void player_news_print(const struct cli *cli, const struct xbits_player_news *news);

/* The same, but a song that was filed is told in a sentence, too. */
void player_news_print_sentence(const struct cli *cli, const struct xbits_player_news *news);

/* Tells of a job that stands still after an error, which is no news: it will go on by itself. */
void player_news_print_wait(const struct cli *cli, const struct xbits_player_item *item);

/* What became of a job as an object (docs/cli-json.md). */
void json_player_news(struct json_writer *writer, const struct xbits_player_news *news);

#endif
