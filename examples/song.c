/* SPDX-License-Identifier: MIT */
/*
 * A store's test, as it runs on any machine: its producer makes a job by the Windows Media Player
 * convention, and the Player files the song. Real time that passes: milliseconds; network: none.
 *
 *   song USER_DIRECTORY     an empty directory; prints where the song lies
 */
#include <stdio.h>
#include <xbits/xbits.h>

/* What the store's web server would serve. */
static const char origin[] = "[resource song]\n"
                             "url = http://store.test/4711.mp3\n"
                             "size = 3000000\n"
                             "rate = 100000\n";

static void tell(const struct xbits_player_news *news, void *user)
{
    (void)user;
    printf("%s %s: %s\n", xbits_player_news_name(news->kind), news->title, news->text);
}

/* The producer: what a store ships. */
static xbits_result send_song(struct xbits_manager *manager, struct xbits_registry *registry,
                              const char *local_name)
{
    struct xbits_wmp_job_spec spec;

    XBITS_INIT(&spec);
    spec.description.provider = "HarborTunes";
    spec.description.album_artist = "The Lanterns";
    spec.description.album_title = "Low Water";
    spec.description.track_number = "3";
    spec.description.title = "Harbour Lights";
    spec.remote_name = "http://store.test/4711.mp3";
    spec.local_name = local_name;
    return xbits_wmp_job_create(manager, registry, &spec, NULL, NULL);
}

/* A minute of the Player: it says when it is to be called again, and the clock jumps there. */
static xbits_result play(struct xbits_manager *manager, struct xbits_player *player)
{
    uint64_t now_ms = 0;
    uint64_t due_ms = 0;
    xbits_result result = XBITS_S_OK;

    while (XBITS_SUCCEEDED(result) && now_ms < 60000) {
        result = xbits_player_step(player, now_ms, &due_ms);
        if (XBITS_SUCCEEDED(result))
            result = xbits_sim_advance(manager, due_ms - now_ms);
        now_ms = due_ms;
    }
    return result;
}

static xbits_result run(const char *user_directory, const char *local_name,
                        struct xbits_manager *manager)
{
    struct xbits_player_options options;
    struct xbits_registry *registry = NULL;
    struct xbits_player *player = NULL;
    xbits_result result = xbits_sim_set_origin(manager, origin);

    if (XBITS_SUCCEEDED(result))
        result = xbits_registry_open(user_directory, &registry);
    if (XBITS_SUCCEEDED(result))
        result = xbits_registry_add_store(registry, "HarborTunes", "Harbor Tunes");
    if (XBITS_SUCCEEDED(result))
        result = send_song(manager, registry, local_name);
    xbits_registry_close(registry);
    XBITS_INIT(&options);
    options.user_directory = user_directory;
    options.tell = tell;
    if (XBITS_SUCCEEDED(result))
        result = xbits_player_open(manager, &options, &player);
    if (XBITS_SUCCEEDED(result))
        result = play(manager, player);
    xbits_player_close(player);
    return result;
}

int main(int argc, char **argv)
{
    struct xbits_options options;
    struct xbits_manager *manager = NULL;
    char local_name[1024];
    xbits_result result;

    if (argc != 2) {
        fprintf(stderr, "usage: song USER_DIRECTORY\n");
        return 2;
    }
    snprintf(local_name, sizeof local_name, "%s/4711.mp3", argv[1]);
    XBITS_INIT(&options);
    options.source = "script";
    options.clock = XBITS_CLOCK_VIRTUAL;
    result = xbits_manager_open(&options, &manager);
    if (XBITS_SUCCEEDED(result))
        result = run(argv[1], local_name, manager);
    if (XBITS_FAILED(result))
        fprintf(stderr, "song: %s\n", xbits_last_error()->message);
    xbits_manager_close(manager);
    return XBITS_FAILED(result);
}
