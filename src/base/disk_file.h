/* SPDX-License-Identifier: MIT */
#ifndef BASE_DISK_FILE_H
#define BASE_DISK_FILE_H

#include "base/disk.h"

/* How every disk's open file begins: with the name that messages and faults know it by. */
struct disk_file {
    char *path;
};

#endif
