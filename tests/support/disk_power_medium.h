/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_DISK_POWER_MEDIUM_H
#define SUPPORT_DISK_POWER_MEDIUM_H

#include "base/random.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What disk_power.c stands on: files and names, each as the system sees them and as they would be
 * after a power cut. Out of memory ends the program. */
struct content {
    uint8_t *bytes;
    size_t size;
};

/* A write or a set length that the medium may lack. */
struct content_change {
    bool is_length;
    uint64_t offset; /* The length, when it is one. */
    uint8_t *bytes;
    size_t size;
};

struct inode {
    uint64_t number;
    bool is_directory;
    bool is_locked;
    unsigned open_count;
    struct content seen;
    struct content medium;
    int64_t seen_modified;
    int64_t medium_modified;
    struct content_change *changes;
    size_t change_count;
};

struct name {
    char *path;
    struct inode *inode;
};

struct name_table {
    struct name *names;
    size_t count;
};

/* A new name (from NULL), a removal (to NULL) or a rename that the medium may lack. */
struct name_change {
    char *from;
    char *to;
    struct inode *inode;
    bool is_lost; /* While a cut is decided. */
};

struct medium {
    struct random random;
    struct inode **inodes;
    size_t inode_count;
    struct name_table seen;
    struct name_table durable;
    struct name_change *changes;
    size_t change_count;
};

void medium_init(struct medium *medium, uint64_t seed); /* With the directory "/". */
void medium_dispose(struct medium *medium);

/* NULL: there is none. */
struct inode *medium_find(const struct medium *medium, const char *path);
/* A new file or directory, seen under its name. */
struct inode *medium_create(struct medium *medium, const char *path, bool is_directory);
void medium_rename(struct medium *medium, const char *from, const char *to);
void medium_remove(struct medium *medium, const char *path);
void medium_sync_directory(struct medium *medium, const char *path);

void inode_write(struct inode *inode, uint64_t offset, const void *bytes, size_t size);
void inode_set_length(struct inode *inode, uint64_t size);
void inode_sync(struct inode *inode);

/* The power goes: decides by chance what the medium has, which is what is seen from now on. */
void medium_cut(struct medium *medium);

/* No file is open any more, no lock is held. */
void medium_close_all(struct medium *medium);

/* Length of the path's directory part: "/a/b" 2, "/a" 1. */
size_t directory_length(const char *path);

#endif
