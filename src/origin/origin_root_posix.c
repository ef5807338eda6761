/* SPDX-License-Identifier: MIT */
#include "origin/origin_root.h"

#include "base/clock.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Nanoseconds of the modification time. */
#if defined(__APPLE__) && (!defined(_POSIX_C_SOURCE) || defined(_DARWIN_C_SOURCE))
#define MODIFIED_NS(attributes) ((attributes).st_mtimespec.tv_nsec)
#elif defined(__APPLE__)
#define MODIFIED_NS(attributes) ((attributes).st_mtimensec)
#else
#define MODIFIED_NS(attributes) ((attributes).st_mtim.tv_nsec)
#endif

struct origin_root {
    int descriptor;
    char *path; /* Absolute, without links and without a slash at the end. */
};

xbits_result origin_root_open(const char *directory, struct origin_root **root_out)
{
    struct origin_root *root = calloc(1, sizeof *root);

    if (root == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to serve %s", directory);
    root->path = realpath(directory, NULL);
    root->descriptor =
        root->path == NULL ? -1 : open(root->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (root->descriptor < 0) {
        const int error = errno;
        origin_root_close(root);
        return xbits_fail_errno(error, "cannot serve the directory %s", directory);
    }
    if (strcmp(root->path, "/") == 0)
        root->path[0] = '\0';
    *root_out = root;
    return XBITS_S_OK;
}

void origin_root_close(struct origin_root *root)
{
    if (root == NULL)
        return;
    if (root->descriptor >= 0)
        (void)close(root->descriptor);
    free(root->path);
    free(root);
}

/* Not blocking: a pipe would wait for its other end. Nothing we serve blocks on a read. */
static int open_segment(int parent, const char *name, bool is_last)
{
    return openat(parent, name,
                  O_RDONLY | O_CLOEXEC | O_NOFOLLOW | (is_last ? O_NONBLOCK : O_DIRECTORY));
}

/* Opens segment after segment and follows no link, so nobody can swap a directory for a link that
 * leads out while we look. -1 with errno. */
static int open_without_links(int root, const char *path)
{
    int parent = root;

    for (const char *segment = path + 1;;) {
        char name[NAME_MAX + 1];
        const size_t length = strcspn(segment, "/");
        const bool is_last = segment[length] == '\0';
        int found = -1;

        if (length < sizeof name) {
            memcpy(name, segment, length);
            name[length] = '\0';
            found = open_segment(parent, name, is_last);
        } else {
            errno = ENAMETOOLONG;
        }
        const int error = errno;
        if (parent != root)
            (void)close(parent);
        errno = error;
        if (found < 0 || is_last)
            return found;
        parent = found;
        segment += length + 1;
    }
}

/* The path without links, relative to the root with a slash first, in a new text; NULL with errno,
 * ENOENT when it lies outside. */
static char *resolve_inside(const struct origin_root *root, const char *path)
{
    struct text full = { 0 };
    char *inside = NULL;
    const size_t root_length = strlen(root->path);

    if (XBITS_FAILED(text_add(&full, root->path)) || XBITS_FAILED(text_add(&full, path))) {
        text_dispose(&full);
        errno = ENOMEM;
        return NULL;
    }
    char *resolved = realpath(text_c(&full), NULL);
    if (resolved != NULL && strncmp(resolved, root->path, root_length) == 0 &&
        resolved[root_length] == '/') {
        memmove(resolved, resolved + root_length, strlen(resolved + root_length) + 1);
        inside = resolved;
    } else if (resolved != NULL) {
        free(resolved);
        errno = ENOENT;
    }
    text_dispose(&full);
    return inside;
}

/* What opening a link without following it says, differs between systems. */
static bool may_be_link(int error)
{
    return error == ELOOP || error == ENOTDIR || error == EMLINK;
}

static int open_inside(const struct origin_root *root, const char *path)
{
    int descriptor = open_without_links(root->descriptor, path);

    if (descriptor >= 0 || !may_be_link(errno))
        return descriptor;
    char *resolved = resolve_inside(root, path);
    if (resolved == NULL)
        return -1;
    descriptor = open_without_links(root->descriptor, resolved);
    const int error = errno;
    free(resolved);
    errno = error;
    return descriptor;
}

static int status_of_errno(int error)
{
    static const struct {
        int error;
        int status;
    } rows[] = {
        { ENOENT, 404 },       { ENOTDIR, 404 }, { ELOOP, 404 },  { EMLINK, 404 },
        { ENAMETOOLONG, 404 }, { ENXIO, 404 },   { EACCES, 403 }, { EPERM, 403 },
        { EMFILE, 503 },       { ENFILE, 503 },  { ENOMEM, 503 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].error == error)
            return rows[i].status;
    }
    return 500;
}

int origin_root_find(const struct origin_root *root, const char *path, struct origin_file *file_out)
{
    struct stat attributes;
    const int descriptor = open_inside(root, path);

    if (descriptor < 0)
        return status_of_errno(errno);
    if (fstat(descriptor, &attributes) != 0 || !S_ISREG(attributes.st_mode)) {
        (void)close(descriptor);
        return 404;
    }
    file_out->descriptor = descriptor;
    file_out->size = (uint64_t)attributes.st_size;
    file_out->modified = CLOCK_UNIX_EPOCH + (int64_t)attributes.st_mtime * CLOCK_TICKS_PER_S +
                         (int64_t)MODIFIED_NS(attributes) / 100;
    file_out->inode = (uint64_t)attributes.st_ino;
    return 200;
}

int64_t origin_file_read(int descriptor, uint64_t offset, void *bytes, size_t size)
{
    ssize_t length;

    do
        length = pread(descriptor, bytes, size, (off_t)offset);
    while (length < 0 && errno == EINTR);
    return length;
}

void origin_file_close(int descriptor)
{
    (void)close(descriptor);
}
