/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/library_list.h"
#include "cli/page_address.h"
#include "cli/player_version.h"
#include "cli/run_page.h"
#include "cli/seconds.h"

#include <stdlib.h>
#include <string.h>

#define TIME_LIMIT_S         5
#define TIME_LIMIT_MAXIMUM_S 3600

struct run_values {
    const char *library;
    const char *version;
    const char *surface;
    const char *store;
    const char *base_url;
    const char *origin;
    uint64_t time_limit_s;
    bool is_realtime;
    struct option_steps steps;
};

#define AT(field) offsetof(struct run_values, field)

static const struct option options[] = {
    { .name = "surface",
      .kind = OPTION_TEXT,
      .value_name = "NAME",
      .summary = "where the Player shows it: pane (the default), infocenter, albuminfo, htmlview "
                 "or guide",
      .offset = AT(surface) },
    { .name = "event",
      .kind = OPTION_STEP,
      .value_name = "ID EVENT",
      .summary = "step: an event such as click at the element of this id",
      .step = PAGE_STEP_FIRE,
      .word_count = 2,
      .offset = AT(steps) },
    { .name = "advance",
      .kind = OPTION_STEP,
      .value_name = "S",
      .summary = "step: let so many seconds pass, such as 60 or 2.5",
      .step = PAGE_STEP_ADVANCE,
      .word_count = 1,
      .offset = AT(steps) },
    { .name = "color",
      .kind = OPTION_STEP,
      .value_name = "#RRGGBB",
      .summary = "step: the user recolours the Player",
      .step = PAGE_STEP_COLOR,
      .word_count = 1,
      .offset = AT(steps) },
    { .name = "eval",
      .kind = OPTION_STEP,
      .value_name = "EXPR",
      .summary = "step: print the value of an expression in the page",
      .step = PAGE_STEP_EVALUATE,
      .word_count = 1,
      .offset = AT(steps) },
    { .name = "unload",
      .kind = OPTION_STEP,
      .summary = "step: leave the page, so that its onunload runs",
      .step = PAGE_STEP_UNLOAD,
      .offset = AT(steps) },
    { .name = "realtime",
      .kind = OPTION_FLAG,
      .summary = "by the system's clock: seconds take seconds",
      .offset = AT(is_realtime) },
    { .name = "origin",
      .kind = OPTION_TEXT,
      .value_name = "FILE",
      .summary = "downloads come from memory, as FILE says (docs/origin.md)",
      .offset = AT(origin) },
    { .name = "store",
      .kind = OPTION_TEXT,
      .value_name = "KEY",
      .summary = "the active store; by default the registry's, or the only one",
      .offset = AT(store) },
    { .name = "base-url",
      .kind = OPTION_TEXT,
      .value_name = "URL",
      .summary = "what NavigateTaskPaneURL of the active store begins with",
      .offset = AT(base_url) },
    { .name = "time-limit",
      .kind = OPTION_NUMBER,
      .value_name = "S",
      .summary = "stop a script that runs longer at a stretch; 5 by default",
      .offset = AT(time_limit_s),
      .minimum = 1,
      .maximum = TIME_LIMIT_MAXIMUM_S },
    LIBRARY_OPTION(struct run_values),
    PLAYER_OPTION(struct run_values),
};

static xbits_result check_color(const char *color)
{
    if (color[0] != '#' || strlen(color) != 7 || strspn(color + 1, "0123456789abcdefABCDEF") != 6)
        return xbits_fail(XBITS_E_INVALIDARG, "\"%.100s\" is no colour such as #7C9AD6", color);
    return XBITS_S_OK;
}

static xbits_result check_steps(const struct option_steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        const struct option_step *step = &steps->items[i];
        uint64_t ms;

        if (step->step == PAGE_STEP_COLOR)
            TRY(check_color(step->words[0]));
        if (step->step == PAGE_STEP_ADVANCE)
            TRY(seconds_parse(step->words[0], &ms));
    }
    return XBITS_S_OK;
}

static xbits_result read_surface(const char *word, enum xbits_surface *surface_out)
{
    if (word == NULL || xbits_surface_of_name(word, surface_out))
        return XBITS_S_OK;
    return xbits_fail(XBITS_E_INVALIDARG,
                      "\"%.100s\" is no surface: use pane, infocenter, albuminfo, htmlview or "
                      "guide",
                      word);
}

static xbits_result read_values(const struct run_values *values, struct run_page *wanted)
{
    TRY(read_surface(values->surface, &wanted->surface));
    TRY(player_version_read(values->version, &wanted->version));
    return check_steps(&values->steps);
}

static enum cli_exit run(struct cli *cli)
{
    const struct run_values *values = cli->values;
    struct run_page wanted = { .surface = XBITS_SURFACE_PANE,
                               .library = values->library,
                               .store = values->store,
                               .base_url = values->base_url,
                               .origin = values->origin,
                               .time_limit_s = values->time_limit_s,
                               .is_realtime = values->is_realtime,
                               .steps = &values->steps };
    char *url = NULL;
    enum cli_exit status;

    if (XBITS_FAILED(read_values(values, &wanted)))
        return cli_fail_usage(cli);
    if (wanted.time_limit_s == 0)
        wanted.time_limit_s = TIME_LIMIT_S;
    if (XBITS_FAILED(page_address(cli->operands[0], &url)))
        return cli_fail(cli, "cannot find the page");
    wanted.url = url;
    status = run_page(cli, &wanted);
    free(url);
    return status;
}

const struct cli_command cmd_store_run = {
    .name = "store run",
    .group = "store",
    .operands = "PAGE_OR_URL",
    .summary = "Be the Player with a store's page: run its script, click, look",
    .details = "The page is a file or a URL of http, https or file. It is one session of the\n"
               "Player: the page reaches its Download Manager as external.DownloadManager, what\n"
               "it downloads is filed in the library, and jobs of stores are adopted as\n"
               "`xbits player run` does.\n"
               "\n"
               "Steps are done in the order given. The value of --eval stands alone on a line;\n"
               "all else is told on standard error: errors of scripts, dialogs (which are not\n"
               "shown), console.log, navigation, what is done to an embedded Player, songs.\n"
               "\n"
               "Time is virtual: it stands still but for --advance, which is time for each job\n"
               "of the queue. An hour takes none unless bytes move over a real socket. With\n"
               "--origin no bytes do, and without --queue the queue is in memory: the user's own\n"
               "is left alone. With --realtime time is the system's.\n"
               "\n"
               "At the end the Player closes: real time items are cancelled, background ones go\n"
               "on in the next session. The page is not left first: onunload runs with --unload\n"
               "alone. Cookies that have an expiry are kept in cookies.txt of the user\n"
               "directory.\n"
               "\n"
               "The first step that fails is the last: an id or event that the page has not, or\n"
               "an expression that throws. The status is 1 then, and also when the page could\n"
               "not be opened, an error in a script was not caught, or a limit stopped it.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct run_values),
    .operand_minimum = 1,
    .operand_maximum = 1,
    .prints_lines = true,
    .run = run,
};
