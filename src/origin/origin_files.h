/* SPDX-License-Identifier: MIT */
#ifndef ORIGIN_ORIGIN_FILES_H
#define ORIGIN_ORIGIN_FILES_H

#include "origin/origin_root.h"
#include "origin/origin_subject.h"

/* True when a decoded path names something below the root whatever the system: "/" first, no empty
 * segment, no "." or "..", no backslash, no control character. */
bool origin_path_is_clean(const char *path);

/* By the ending of the name; "application/octet-stream" for what is not known. */
const char *origin_content_type(const char *path);

/* Opens the file of a path, index.html of one that ends in "/", as the subject; its rules and rate
 * are left alone. Returns 200 or the status that says why not. */
int origin_files_find(const struct origin_root *root, const char *path,
                      struct origin_subject *subject);

#endif
