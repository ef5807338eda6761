/* SPDX-License-Identifier: MIT */
#ifndef ORIGIN_ORIGIN_ROOT_H
#define ORIGIN_ORIGIN_ROOT_H

#include "base/result.h"

#include <stddef.h>

/* A directory whose files may be read and nothing outside of it: origin_root_posix.c,
 * origin_root_win32.c. */
struct origin_root;

/* Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY; the file system's, naming the directory. */
xbits_result origin_root_open(const char *directory, struct origin_root **root_out);
void origin_root_close(struct origin_root *root);

struct origin_file {
    int descriptor; /* The caller's, to close with origin_file_close. */
    uint64_t size;
    int64_t modified; /* FILETIME */
    uint64_t inode;
};

/*
 * Opens a regular file by a path of clean segments ("/a/b.bin": none empty, no "." or ".."). Links
 * are followed as long as they end inside. Returns 200, or the HTTP status that says why not; a
 * failed request is an answer, not a failed call.
 */
int origin_root_find(const struct origin_root *root, const char *path,
                     struct origin_file *file_out);
/* Bytes read, 0 at the end, -1 when it cannot be read. */
int64_t origin_file_read(int descriptor, uint64_t offset, void *bytes, size_t size);
void origin_file_close(int descriptor);

#endif
