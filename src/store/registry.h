/* SPDX-License-Identifier: MIT */
#ifndef STORE_REGISTRY_H
#define STORE_REGISTRY_H

#include "base/disk.h"
#include "xbits/registry.h"

/* xbits_registry_open on a disk that is passed in (registry.ini). */
xbits_result registry_open_on(const char *user_directory, struct disk *disk,
                              struct xbits_registry **registry_out);

/*
 * Has anybody written it since the last call of this function (the first one: true)? Cheap: a stat,
 * or a look at an event. Results: XBITS_S_OK (yes); XBITS_S_FALSE; the file system's.
 */
xbits_result registry_changed(struct xbits_registry *registry);

#endif
