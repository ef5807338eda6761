/* SPDX-License-Identifier: MIT */
#ifndef CLI_WMP_SEND_H
#define CLI_WMP_SEND_H

#include "xbits/wmp_job.h"

/*
 * Where a song goes that nobody said a place for: download/<service id>-<the last segment of the
 * URL's path> in the user directory. The directory is made. Results: XBITS_S_OK; as user_directory;
 * the file system's.
 */
xbits_result wmp_send_place(int32_t service_id, const char *url, char **path_out);

/* Does the URL's path end in a name that such a place can have? Results: XBITS_S_OK;
 * XBITS_E_INVALIDARG; XBITS_E_OUTOFMEMORY. */
xbits_result wmp_send_check_url(const char *url);

/* Is there a store of this key? False also when that cannot be read. */
bool wmp_send_has_store(struct xbits_registry *registry, const char *key);

#endif
