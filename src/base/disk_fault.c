/* SPDX-License-Identifier: MIT */
#include "base/disk_fault.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct disk_fault_node {
    struct disk_fault_node *next;
    char *operation;
    char *path_part;
    uint64_t nth;
    uint64_t seen; /* Calls that fitted. */
    enum disk_fault_kind kind;
    xbits_result result;
};

static const char *const operation_names[DISK_OPERATION_COUNT] = {
    [DISK_OPEN] = "open",
    [DISK_WRITE_AT] = "write_at",
    [DISK_READ_AT] = "read_at",
    [DISK_PREALLOCATE] = "preallocate",
    [DISK_TRUNCATE] = "truncate",
    [DISK_SYNC] = "sync",
    [DISK_SET_MODIFIED] = "set_modified",
    [DISK_CLOSE] = "close",
    [DISK_RENAME] = "rename",
    [DISK_RENAME_NEW] = "rename_new",
    [DISK_REMOVE] = "remove",
    [DISK_SYNC_DIRECTORY] = "sync_directory",
    [DISK_STAT] = "stat",
    [DISK_IS_TAKEN] = "is_taken",
    [DISK_COPY_PERMISSIONS] = "copy_permissions",
    [DISK_CHECK_DIRECTORY] = "check_directory",
    [DISK_MAKE_DIRECTORY] = "make_directory",
    [DISK_LOCK] = "lock",
    [DISK_IS_LOCKED] = "is_locked",
};

const char *disk_operation_name(enum disk_operation operation)
{
    return operation_names[operation];
}

static bool names_operation(const char *name, unsigned operation)
{
    return strcmp(name, "*") == 0 || strcmp(name, operation_names[operation]) == 0;
}

static bool is_operation(const char *name)
{
    for (unsigned i = 0; i < DISK_OPERATION_COUNT; i++) {
        if (names_operation(name, i))
            return true;
    }
    return false;
}

static xbits_result check_rule(const struct disk_fault *rule)
{
    if (!is_operation(rule->operation))
        return xbits_fail(XBITS_E_INVALIDARG, "a disk has no operation \"%s\"", rule->operation);
    if (rule->kind == DISK_FAULT_FAIL && !XBITS_FAILED(rule->result)) {
        return xbits_fail(XBITS_E_INVALIDARG, "a fault of \"%s\" needs a failing result",
                          rule->operation);
    }
    return XBITS_S_OK;
}

static void free_node(struct disk_fault_node *node)
{
    free(node->operation);
    free(node->path_part);
    free(node);
}

xbits_result disk_fault_new(const struct disk_fault *rule, struct disk_fault_node **node_out)
{
    struct disk_fault_node *node;
    xbits_result result;

    TRY(check_rule(rule));
    node = calloc(1, sizeof(*node));
    if (node == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a fault");
    node->nth = rule->nth;
    node->kind = rule->kind;
    node->result = rule->result;
    result = text_copy(rule->operation, &node->operation);
    if (XBITS_SUCCEEDED(result))
        result = text_copy(rule->path_part, &node->path_part);
    if (XBITS_FAILED(result)) {
        free_node(node);
        return result;
    }
    *node_out = node;
    return XBITS_S_OK;
}

void disk_fault_take(struct disk_fault_list *list, struct disk_fault_node *node)
{
    struct disk_fault_node **place = &list->first;

    while (*place != NULL)
        place = &(*place)->next;
    *place = node;
}

void disk_fault_clear(struct disk_fault_list *list)
{
    while (list->first != NULL) {
        struct disk_fault_node *node = list->first;

        list->first = node->next;
        free_node(node);
    }
}

uint64_t disk_fault_count(const struct disk_fault_list *list, const char *operation)
{
    uint64_t count = 0;

    for (unsigned i = 0; i < DISK_OPERATION_COUNT; i++)
        count += names_operation(operation, i) ? list->counts[i] : 0;
    return count;
}

static bool fits(const struct disk_fault_node *node, enum disk_operation operation,
                 const char *path, const char *second_path)
{
    if (!names_operation(node->operation, operation))
        return false;
    return strstr(path, node->path_part) != NULL ||
           (second_path != NULL && strstr(second_path, node->path_part) != NULL);
}

/* Faults behind the one that strikes count the call all the same. */
struct disk_verdict disk_fault_judge(struct disk_fault_list *list, enum disk_operation operation,
                                     const char *path, const char *second_path)
{
    struct disk_verdict verdict = { 0 };

    list->counts[operation]++;
    for (struct disk_fault_node *node = list->first; node != NULL; node = node->next) {
        if (!fits(node, operation, path, second_path))
            continue;
        node->seen++;
        if (!verdict.is_fault && (node->nth == 0 || node->nth == node->seen))
            verdict = (struct disk_verdict){ true, node->kind, node->result };
    }
    return verdict;
}
