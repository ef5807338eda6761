/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "crash/filing.h"

/*
 * A program that makes the jobs of two songs, if there are none yet, and is a player then, until
 * the songs are filed or the disk ends it. What came to its end says in ROOT/operations how many it
 * was as a player.
 * usage: hand_over_child ROOT before|after NUMBER-OF-THE-OPERATION (0: it is not ended)
 */
static void must(bool is_true, const char *what)
{
    if (is_true)
        return;
    fprintf(stderr, "hand_over_child: cannot %s: %s\n", what, xbits_last_error()->message);
    exit(1);
}

/* The state of a queue tells whether a former life was here. */
static bool is_prepared(const struct filing *filing)
{
    struct disk_stat stat;
    char queue[FILING_PATH_SIZE];

    return XBITS_SUCCEEDED(
        disk_stat(filing->disk, filing_path(filing, FILING_QUEUE, queue), &stat));
}

static void end_at(struct disk *disk, bool is_after, uint64_t nth)
{
    struct disk_fault fault = { .operation = "*",
                                .path_part = "",
                                .nth = nth,
                                .kind =
                                    is_after ? DISK_FAULT_CRASH_AFTER : DISK_FAULT_CRASH_BEFORE };

    must(XBITS_SUCCEEDED(disk_faulty_add(disk, &fault)), "order the end");
}

static void tell_operations(const struct filing *filing, uint64_t count)
{
    char path[FILING_PATH_SIZE];
    FILE *file = fopen(filing_path(filing, "/operations", path), "w");

    must(file != NULL && fprintf(file, "%" PRIu64, count) > 0 && fclose(file) == 0,
         "tell the operations");
}

int main(int argc, char **argv)
{
    struct filing filing = { .now_ms = 1 };
    uint64_t nth = 0;
    uint64_t before;

    if (argc != 4 || !text_parse_u64(argv[3], UINT64_MAX, &nth))
        return 2;
    filing.root = argv[1];
    must(XBITS_SUCCEEDED(disk_faulty_new(disk_system(), &filing.disk)), "have a disk");
    if (!is_prepared(&filing))
        must(XBITS_SUCCEEDED(filing_prepare(&filing)), "prepare the songs");
    before = disk_faulty_count(filing.disk, "*");
    if (nth > 0)
        end_at(filing.disk, strcmp(argv[2], "after") == 0, nth);
    must(XBITS_SUCCEEDED(filing_open(&filing)), "open the player");
    must(filing_run(&filing), "file the songs");
    filing_close(&filing);
    tell_operations(&filing, disk_faulty_count(filing.disk, "*") - before);
    disk_faulty_free(filing.disk);
    return 0;
}
