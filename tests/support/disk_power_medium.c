/* SPDX-License-Identifier: MIT */
#include "support/disk_power_medium.h"

#include <stdlib.h>
#include <string.h>

#include "support/disk_power.h"

/* Room doubles, so that a file that is written piece by piece is not copied for each. */
static size_t room_for(size_t count)
{
    size_t room = 16;

    while (room < count)
        room *= 2;
    return room;
}

static void *resize(void *block, size_t old_count, size_t count, size_t size)
{
    void *resized = block;

    if (block == NULL || room_for(old_count) != room_for(count))
        resized = realloc(block, room_for(count) * size);
    if (resized == NULL)
        abort();
    return resized;
}

static void *make(size_t count, size_t size)
{
    return resize(NULL, 0, count, size);
}

static char *copy(const char *string)
{
    return string != NULL ? memcpy(make(strlen(string) + 1, 1), string, strlen(string) + 1) : NULL;
}

size_t directory_length(const char *path)
{
    size_t length = (size_t)(strrchr(path, '/') - path);

    return length > 0 ? length : 1;
}

static void set_length(struct content *content, uint64_t size)
{
    content->bytes = resize(content->bytes, content->size, (size_t)size, 1);
    if (size > content->size)
        memset(content->bytes + content->size, 0, (size_t)size - content->size);
    content->size = (size_t)size;
}

static void apply(struct content *content, const struct content_change *change)
{
    if (change->is_length) {
        set_length(content, change->offset);
        return;
    }
    if (change->size == 0)
        return;
    if (change->offset + change->size > content->size)
        set_length(content, change->offset + change->size);
    memcpy(content->bytes + change->offset, change->bytes, change->size);
}

static void add_change(struct inode *inode, const struct content_change *change)
{
    inode->changes = resize(inode->changes, inode->change_count, inode->change_count + 1,
                            sizeof(*inode->changes));
    inode->changes[inode->change_count++] = *change;
    apply(&inode->seen, change);
}

void inode_write(struct inode *inode, uint64_t offset, const void *bytes, size_t size)
{
    struct content_change change = { .offset = offset, .size = size };

    change.bytes = make(size, 1);
    if (size > 0)
        memcpy(change.bytes, bytes, size);
    add_change(inode, &change);
}

void inode_set_length(struct inode *inode, uint64_t size)
{
    struct content_change change = { .is_length = true, .offset = size };

    add_change(inode, &change);
}

static void forget_changes(struct inode *inode)
{
    for (size_t i = 0; i < inode->change_count; i++)
        free(inode->changes[i].bytes);
    inode->change_count = 0;
}

void inode_sync(struct inode *inode)
{
    for (size_t i = 0; i < inode->change_count; i++)
        apply(&inode->medium, &inode->changes[i]);
    inode->medium_modified = inode->seen_modified;
    forget_changes(inode);
}

static void free_inode(struct inode *inode)
{
    forget_changes(inode);
    free(inode->changes);
    free(inode->seen.bytes);
    free(inode->medium.bytes);
    free(inode);
}

static struct name *find_name(const struct name_table *table, const char *path)
{
    for (size_t i = 0; i < table->count; i++) {
        if (strcmp(table->names[i].path, path) == 0)
            return &table->names[i];
    }
    return NULL;
}

static void drop_name(struct name_table *table, const char *path)
{
    struct name *name = path != NULL ? find_name(table, path) : NULL;

    if (name == NULL)
        return;
    free(name->path);
    *name = table->names[--table->count];
}

static void set_name(struct name_table *table, const char *path, struct inode *inode)
{
    drop_name(table, path);
    if (path == NULL)
        return;
    table->names = resize(table->names, table->count, table->count + 1, sizeof(*table->names));
    table->names[table->count++] = (struct name){ copy(path), inode };
}

static bool has_inode(const struct name_table *table, const struct inode *inode)
{
    for (size_t i = 0; i < table->count; i++) {
        if (table->names[i].inode == inode)
            return true;
    }
    return false;
}

static bool is_used(const struct medium *medium, const struct inode *inode)
{
    for (size_t i = 0; i < medium->change_count; i++) {
        if (medium->changes[i].inode == inode)
            return true;
    }
    return inode->open_count > 0 || has_inode(&medium->seen, inode) ||
           has_inode(&medium->durable, inode);
}

static void collect_inodes(struct medium *medium)
{
    size_t kept = 0;

    for (size_t i = 0; i < medium->inode_count; i++) {
        if (is_used(medium, medium->inodes[i]))
            medium->inodes[kept++] = medium->inodes[i];
        else
            free_inode(medium->inodes[i]);
    }
    medium->inode_count = kept;
}

static bool has_number(const struct medium *medium, uint64_t number)
{
    for (size_t i = 0; i < medium->inode_count; i++) {
        if (medium->inodes[i]->number == number)
            return true;
    }
    return false;
}

static struct inode *new_inode(struct medium *medium)
{
    struct inode *inode = calloc(1, sizeof(*inode));

    if (inode == NULL)
        abort();
    collect_inodes(medium);
    /* 0 stands for "none" in what is tested. */
    for (inode->number = 1; has_number(medium, inode->number);)
        inode->number++;
    medium->inodes = resize(medium->inodes, medium->inode_count, medium->inode_count + 1,
                            sizeof(struct inode *));
    medium->inodes[medium->inode_count++] = inode;
    return inode;
}

void medium_init(struct medium *medium, uint64_t seed)
{
    struct inode *root;

    memset(medium, 0, sizeof(*medium));
    random_init(&medium->random, seed);
    root = new_inode(medium);
    root->is_directory = true;
    set_name(&medium->seen, "/", root);
    set_name(&medium->durable, "/", root);
}

static void dispose_table(struct name_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        free(table->names[i].path);
    free(table->names);
}

static void dispose_change(struct name_change *change)
{
    free(change->from);
    free(change->to);
}

void medium_dispose(struct medium *medium)
{
    for (size_t i = 0; i < medium->change_count; i++)
        dispose_change(&medium->changes[i]);
    free(medium->changes);
    dispose_table(&medium->seen);
    dispose_table(&medium->durable);
    for (size_t i = 0; i < medium->inode_count; i++)
        free_inode(medium->inodes[i]);
    free(medium->inodes);
}

struct inode *medium_find(const struct medium *medium, const char *path)
{
    const struct name *name = find_name(&medium->seen, path);

    return name != NULL ? name->inode : NULL;
}

static void apply_names(struct name_table *table, const struct name_change *change)
{
    drop_name(table, change->from);
    set_name(table, change->to, change->inode);
}

static void change_names(struct medium *medium, const char *from, const char *to,
                         struct inode *inode)
{
    struct name_change change = { .from = copy(from), .to = copy(to), .inode = inode };

    medium->changes = resize(medium->changes, medium->change_count, medium->change_count + 1,
                             sizeof(*medium->changes));
    medium->changes[medium->change_count++] = change;
    apply_names(&medium->seen, &change);
}

struct inode *medium_create(struct medium *medium, const char *path, bool is_directory)
{
    struct inode *inode = new_inode(medium);

    inode->is_directory = is_directory;
    change_names(medium, NULL, path, inode);
    return inode;
}

void medium_rename(struct medium *medium, const char *from, const char *to)
{
    change_names(medium, from, to, medium_find(medium, from));
}

void medium_remove(struct medium *medium, const char *path)
{
    change_names(medium, path, NULL, medium_find(medium, path));
}

/* A rename belongs to the directory of the new name: it cannot be kept by half. */
static const char *changed_name(const struct name_change *change)
{
    return change->to != NULL ? change->to : change->from;
}

static bool is_in(const char *path, const char *directory)
{
    size_t length = strlen(directory);

    return directory_length(path) == length && strncmp(path, directory, length) == 0;
}

void medium_sync_directory(struct medium *medium, const char *path)
{
    size_t kept = 0;

    for (size_t i = 0; i < medium->change_count; i++) {
        struct name_change *change = &medium->changes[i];

        if (is_in(changed_name(change), path)) {
            apply_names(&medium->durable, change);
            dispose_change(change);
        } else {
            medium->changes[kept++] = *change;
        }
    }
    medium->change_count = kept;
}

void medium_close_all(struct medium *medium)
{
    for (size_t i = 0; i < medium->inode_count; i++) {
        medium->inodes[i]->open_count = 0;
        medium->inodes[i]->is_locked = false;
    }
}

static bool toss(struct medium *medium)
{
    return random_below(&medium->random, 2) == 0;
}

/* Only some sectors of a write arrive; both of its ends count as sectors where they are none. */
static void apply_torn(struct medium *medium, struct content *content,
                       const struct content_change *change)
{
    size_t done = 0;

    while (done < change->size) {
        size_t part = DISK_POWER_SECTOR - (size_t)((change->offset + done) % DISK_POWER_SECTOR);
        struct content_change sector = { .offset = change->offset + done,
                                         .bytes = change->bytes + done };

        sector.size = part < change->size - done ? part : change->size - done;
        if (toss(medium))
            apply(content, &sector);
        done += sector.size;
    }
}

static void cut_content(struct medium *medium, struct inode *inode)
{
    const struct content_change *last = NULL;

    for (size_t i = 0; i < inode->change_count; i++) {
        if (!toss(medium))
            continue;
        if (last != NULL)
            apply(&inode->medium, last);
        last = &inode->changes[i];
    }
    if (last != NULL && !last->is_length && toss(medium))
        apply_torn(medium, &inode->medium, last);
    else if (last != NULL)
        apply(&inode->medium, last);
    if (toss(medium))
        inode->medium_modified = inode->seen_modified;
    forget_changes(inode);
    inode->seen_modified = inode->medium_modified;
    set_length(&inode->seen, inode->medium.size);
    if (inode->medium.size > 0)
        memcpy(inode->seen.bytes, inode->medium.bytes, inode->medium.size);
}

static bool has_lost_before(const struct medium *medium, const struct name_change *change)
{
    const char *path = changed_name(change);

    for (const struct name_change *other = medium->changes; other != change; other++) {
        const char *name = changed_name(other);
        size_t length = directory_length(name);

        if (other->is_lost && length == directory_length(path) && memcmp(name, path, length) == 0)
            return true;
    }
    return false;
}

/* Half of the cuts are those of a journal, which keeps what is older than what it keeps. */
static void cut_names(struct medium *medium)
{
    bool is_journal = toss(medium);

    for (size_t i = 0; i < medium->change_count; i++) {
        struct name_change *change = &medium->changes[i];

        change->is_lost =
            is_journal ? has_lost_before(medium, change) || random_below(&medium->random, 4) == 0
                       : toss(medium);
        if (!change->is_lost)
            apply_names(&medium->durable, change);
    }
    for (size_t i = 0; i < medium->change_count; i++)
        dispose_change(&medium->changes[i]);
    medium->change_count = 0;
}

static bool has_directory(const struct name_table *table, const char *path)
{
    for (size_t i = 0; i < table->count; i++) {
        const char *name = table->names[i].path;

        if (table->names[i].inode->is_directory && strlen(name) == directory_length(path) &&
            strncmp(name, path, strlen(name)) == 0)
            return true;
    }
    return false;
}

/* What lay in a directory that is gone is gone with it. */
static bool drop_orphan(struct name_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        if (!has_directory(table, table->names[i].path)) {
            drop_name(table, table->names[i].path);
            return true;
        }
    }
    return false;
}

void medium_cut(struct medium *medium)
{
    for (size_t i = 0; i < medium->inode_count; i++)
        cut_content(medium, medium->inodes[i]);
    cut_names(medium);
    while (drop_orphan(&medium->durable))
        continue;
    for (size_t i = 0; i < medium->seen.count; i++)
        free(medium->seen.names[i].path);
    medium->seen.count = 0;
    for (size_t i = 0; i < medium->durable.count; i++)
        set_name(&medium->seen, medium->durable.names[i].path, medium->durable.names[i].inode);
    collect_inodes(medium);
}
