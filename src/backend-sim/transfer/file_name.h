/* SPDX-License-Identifier: MIT */
#ifndef TRANSFER_FILE_NAME_H
#define TRANSFER_FILE_NAME_H

#include <stdbool.h>

#include "base/result.h"

/* Remote names that name a file of this computer, or of a share (bits-client 8.13). */

/* "file:...", "/...", "C:\..." and "\\server\...": all that has no server of its own protocol. */
bool file_name_is_one(const char *remote_name);

/*
 * The path it names, on the heap. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY; XBITS_E_INVALIDARG
 * (malformed); XBITS_ERROR_BAD_NETPATH (a share, which has no meaning here).
 */
xbits_result file_name_to_path(const char *remote_name, char **path_out);

#endif
