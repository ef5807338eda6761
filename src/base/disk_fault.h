/* SPDX-License-Identifier: MIT */
#ifndef BASE_DISK_FAULT_H
#define BASE_DISK_FAULT_H

#include "base/disk.h"

/* The slots of disk_ops, as faults and counts name them. */
enum disk_operation {
    DISK_OPEN,
    DISK_WRITE_AT,
    DISK_READ_AT,
    DISK_PREALLOCATE,
    DISK_TRUNCATE,
    DISK_SYNC,
    DISK_SET_MODIFIED,
    DISK_CLOSE,
    DISK_RENAME,
    DISK_RENAME_NEW,
    DISK_REMOVE,
    DISK_SYNC_DIRECTORY,
    DISK_STAT,
    DISK_IS_TAKEN,
    DISK_COPY_PERMISSIONS,
    DISK_CHECK_DIRECTORY,
    DISK_MAKE_DIRECTORY,
    DISK_LOCK,
    DISK_IS_LOCKED,
    DISK_OPERATION_COUNT
};
const char *disk_operation_name(enum disk_operation operation);

/* Faults in the order of adding, and how often each operation was called. Zeroed storage is an
 * empty list; its owner guards it. */
struct disk_fault_list {
    struct disk_fault_node *first;
    uint64_t counts[DISK_OPERATION_COUNT];
};

/* As disk_faulty_add, _clear and _count. */
xbits_result disk_fault_new(const struct disk_fault *rule, struct disk_fault_node **node_out);
void disk_fault_take(struct disk_fault_list *list, struct disk_fault_node *node);
void disk_fault_clear(struct disk_fault_list *list);
uint64_t disk_fault_count(const struct disk_fault_list *list, const char *operation);

/* What is to become of a call. */
struct disk_verdict {
    bool is_fault;
    enum disk_fault_kind kind;
    xbits_result result;
};

/* Counts a call before it is carried out, and decides. second_path is NULL but for a rename. */
struct disk_verdict disk_fault_judge(struct disk_fault_list *list, enum disk_operation operation,
                                     const char *path, const char *second_path);

#endif
