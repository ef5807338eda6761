/* SPDX-License-Identifier: MIT */
/*
 * player_passes DIRECTORY JOBS: makes so many convention jobs in a queue in the directory, lets a
 * player adopt them, and prints: jobs adopted, milliseconds of the first pass, of a later one (the
 * median of 21) and of the slowest of these, KiB of resident memory that the last 10 passes added.
 */
#include "bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PASSES  21
#define POLL_MS 5000

static void make_job(struct xbits_manager *manager, struct xbits_registry *registry,
                     const char *directory, size_t number)
{
    char local_name[512], title[32], track[8];
    struct xbits_wmp_job_spec spec;

    snprintf(local_name, sizeof local_name, "%s/%zu.mp3", directory, number);
    snprintf(title, sizeof title, "Song %zu", number);
    snprintf(track, sizeof track, "%zu", number % 20 + 1);
    XBITS_INIT(&spec);
    spec.description.provider = "HarborTunes";
    spec.description.album_artist = "Artist";
    spec.description.album_title = "Album";
    spec.description.track_number = track;
    spec.description.title = title;
    spec.remote_name = "http://127.0.0.1:9/song.mp3";
    spec.local_name = local_name;
    bench_check(xbits_wmp_job_create(manager, registry, &spec, NULL, NULL), "create");
}

static bool count_item(const struct xbits_player_item *item, void *user)
{
    (void)item;
    ++*(size_t *)user;
    return true;
}

static double pass_ms(struct xbits_player *player, uint64_t *now_ms)
{
    double begin_s = bench_now_s();
    uint64_t due_ms = 0;

    bench_check(xbits_player_step(player, *now_ms, &due_ms), "a pass");
    *now_ms += POLL_MS;
    return (bench_now_s() - begin_s) * 1000;
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return left < right ? -1 : left > right;
}

static void measure(struct xbits_player *player)
{
    double passes[PASSES];
    size_t items = 0, resident_kib = 0;
    uint64_t now_ms = 0;
    double first_ms = pass_ms(player, &now_ms);

    for (size_t i = 0; i < PASSES; i++) {
        if (i == PASSES - 10)
            resident_kib = bench_resident_kib();
        passes[i] = pass_ms(player, &now_ms);
    }
    resident_kib = bench_resident_kib() - resident_kib;
    bench_check(xbits_player_visit_items(player, 0, count_item, &items), "count");
    qsort(passes, PASSES, sizeof passes[0], compare);
    printf("%zu %.2f %.2f %.2f %zu\n", items, first_ms, passes[PASSES / 2], passes[PASSES - 1],
           resident_kib);
}

/* Jobs that nobody runs: EDIT gives none a turn, so that a pass is measured and nothing else. */
static struct xbits_manager *open_queue(const char *directory)
{
    static char queue[512];
    struct xbits_options options;
    struct xbits_manager *manager;

    snprintf(queue, sizeof queue, "%s/queue", directory);
    bench_options(&options);
    options.queue = queue;
    options.access = XBITS_ACCESS_EDIT;
    bench_check(xbits_manager_open(&options, &manager), "open");
    return manager;
}

int main(int argc, char **argv)
{
    struct xbits_player_options options;
    struct xbits_registry *registry;
    struct xbits_manager *manager;
    struct xbits_player *player;
    size_t jobs;

    if (argc != 3)
        bench_give_up("usage: player_passes DIRECTORY JOBS");
    jobs = bench_number(argv[2]);
    manager = open_queue(argv[1]);
    bench_check(xbits_registry_open(argv[1], &registry), "open the registry");
    bench_check(xbits_registry_add_store(registry, "HarborTunes", NULL), "add a store");
    for (size_t i = 0; i < jobs; i++)
        make_job(manager, registry, argv[1], i);
    xbits_registry_close(registry);
    XBITS_INIT(&options);
    options.user_directory = argv[1];
    bench_check(xbits_player_open(manager, &options, &player), "open a player");
    measure(player);
    xbits_player_close(player);
    xbits_manager_close(manager);
    return 0;
}
