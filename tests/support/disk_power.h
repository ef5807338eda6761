/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_DISK_POWER_H
#define SUPPORT_DISK_POWER_H

#include "base/disk.h"

/*
 * A disk in memory whose power can go. Each file has its content as the system sees it and as the
 * medium has it. After a power cut
 *  - of the writes and set lengths since a file's last sync any may be kept and any lost; the last
 *    one kept may be torn between sectors of 512 bytes. Two that overlap stand as the later one:
 *    the system has one copy of a page;
 *  - of the new names, renames and removals in a directory since its last sync_directory any may be
 *    kept and any lost, each as a whole; a file that was synced can be gone for want of a name;
 *  - a hint (start_sync) has promised nothing;
 *  - the seed decides.
 * After a kill everything that the system saw stays, and stays unsynced. Locks vanish with either.
 * Inode numbers are kept by rename and used again when a file is gone.
 */
enum disk_power_end { DISK_POWER_CUT, DISK_POWER_KILL };

#define DISK_POWER_SECTOR 512

/* Any thread. What goes wrong here beside the disk's own failures ends the test program. */
struct disk *disk_power_new(uint64_t seed);
void disk_power_free(struct disk *disk); /* Every file must have been closed. NULL is fine. */

/* Operations so far that change something or make it durable, set_modified and lock included. */
uint64_t disk_power_count(struct disk *disk);

/* Ends the power after so many more operations; 0: at once. From then on every call fails with
 * XBITS_ERROR_NOT_READY, but a close frees the file as ever. */
void disk_power_end_after(struct disk *disk, uint64_t operations, enum disk_power_end end);
bool disk_power_is_off(struct disk *disk);

/* The power is back and stays: a new run finds what is on the medium (a kill: what was seen). Files
 * that are still open stay useless. */
void disk_power_restore(struct disk *disk);

/* Visits the paths of all regular files, in no particular order; borrowed for the call. */
typedef void disk_power_visit(void *user, const char *path);
void disk_power_visit_files(struct disk *disk, disk_power_visit *visit, void *user);

#endif
