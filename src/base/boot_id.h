/* SPDX-License-Identifier: MIT */
#ifndef BASE_BOOT_ID_H
#define BASE_BOOT_ID_H

#include <stdbool.h>

/*
 * A text that is another one after each start of the system. False when the system has none. Who
 * keeps things on a disk asks that (disk_boot_id): a disk made for a test has its own starts.
 */
#define BOOT_ID_SIZE 64
bool boot_id_read(char id[BOOT_ID_SIZE]);

#endif
