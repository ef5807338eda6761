/* SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/library_list.h"
#include "cli/open_manager.h"
#include "cli/open_player.h"
#include "cli/open_registry.h"
#include "cli/player_version.h"
#include "cli/run_player.h"

/* How soon, with --once, a job that was transferred is filed. */
#define ONCE_POLL_MS 100

struct player_values {
    const char *library;
    const char *version;
    bool is_once;
    bool adopts;
    bool is_lenient;
};

#define AT(field) offsetof(struct player_values, field)

static const struct option options[] = {
    { .name = "once",
      .kind = OPTION_FLAG,
      .summary = "end when every adopted job is filed or cannot go on",
      .offset = AT(is_once) },
    LIBRARY_OPTION(struct player_values),
    PLAYER_OPTION(struct player_values),
    { .name = "adopt",
      .kind = OPTION_FLAG,
      .summary = "complete and file jobs on Windows' own BITS, too, not only show them",
      .offset = AT(adopts) },
    { .name = "lenient",
      .kind = OPTION_FLAG,
      .summary = "bear a colon inside a text when one reading is left, and a key in another case",
      .offset = AT(is_lenient) },
};

/* A Player that finds nothing is easily taken for one that does not work. */
static xbits_result tell_what_it_looks_at(struct cli *cli, enum xbits_player_version version)
{
    struct xbits_registry *registry = NULL;
    struct xbits_value refresh = { 0 };
    xbits_result result;
    bool is_on;

    if (cli->global.is_quiet)
        return XBITS_S_OK;
    if (version == XBITS_PLAYER_WMP9) {
        fputs("xbits: Windows Media Player 9 knows no jobs: it does not look at the queue\n",
              cli->err);
        return XBITS_S_OK;
    }
    TRY(open_registry(&registry));
    result = xbits_registry_get(registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &refresh);
    is_on = XBITS_SUCCEEDED(result) && refresh.kind == XBITS_KIND_U32 && refresh.as.u32 != 0;
    if (XBITS_SUCCEEDED(result) && !is_on) {
        fprintf(cli->err,
                "xbits: %s is %s in the registry: the Player does not look at the queue "
                "(`xbits wmp send` sets it)\n",
                xbits_registry_value_name(XBITS_REGISTRY_REFRESH_DOWNLOAD),
                refresh.kind == XBITS_KIND_NONE ? "absent" : "0");
    }
    xbits_value_dispose(&refresh);
    xbits_registry_close(registry);
    return result;
}

static xbits_result become_player(struct run_player *playing, enum xbits_player_version version)
{
    const struct player_values *values = playing->cli->values;
    struct xbits_player_options wanted;

    XBITS_INIT(&wanted);
    wanted.version = version;
    wanted.mode = values->is_lenient ? XBITS_WMP_LENIENT : XBITS_WMP_STRICT;
    wanted.adopts = values->adopts;
    wanted.poll_ms = playing->is_once ? ONCE_POLL_MS : 0;
    wanted.tell = run_player_tell;
    wanted.user = playing;
    return open_player(playing->manager, values->library, &wanted, &playing->player);
}

static void wake(void *user)
{
    (void)xbits_manager_wake(user);
}

static enum cli_exit follow(struct run_player *playing, enum xbits_player_version version)
{
    enum cli_exit status = CLI_FAILED;

    if (XBITS_FAILED(open_queue(&playing->cli->global, XBITS_ACCESS_RUN, &playing->manager)))
        return cli_fail(playing->cli, "cannot run the queue");
    if (XBITS_FAILED(become_player(playing, version)))
        return cli_fail(playing->cli, "cannot run the Player");
    if (XBITS_FAILED(tell_what_it_looks_at(playing->cli, version)))
        return cli_fail(playing->cli, "cannot read the registry");
    interrupt_wakes(wake, playing->manager);
    if (XBITS_FAILED(run_player_follow(playing, &status)))
        status = cli_fail(playing->cli, "cannot go on as the Player");
    else
        run_player_summarise(playing, status);
    interrupt_wakes(NULL, NULL);
    return status;
}

static enum cli_exit run(struct cli *cli)
{
    const struct player_values *values = cli->values;
    enum xbits_player_version version;
    struct run_player playing;
    enum cli_exit status;

    if (XBITS_FAILED(player_version_read(values->version, &version)))
        return cli_fail_usage(cli);
    interrupt_watch();
    run_player_init(&playing, cli);
    playing.is_once = values->is_once;
    status = follow(&playing, version);
    xbits_player_close(playing.player);
    xbits_manager_close(playing.manager);
    run_player_dispose(&playing);
    return status;
}

const struct cli_command cmd_player_run = {
    .name = "player run",
    .group = "player",
    .operands = "",
    .summary = "Be the Player: adopt its jobs, complete them and file their songs",
    .details = "Runs the queue and looks at it every five seconds, if RefreshDownload says so in\n"
               "the registry. Jobs of installed stores are adopted; the song of each is moved\n"
               "into the library once it is transferred, and its path printed alone on a line.\n"
               "Everything else is told on standard error. Without --once it goes on until\n"
               "Ctrl-C; with it, it waits for the next try of a job that met an error, and ends\n"
               "with 1 when a job is in ERROR or a song could not be filed.\n",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .values_size = sizeof(struct player_values),
    .prints_lines = true,
    .run = run,
};
