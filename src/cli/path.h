/* SPDX-License-Identifier: MIT */
#ifndef CLI_PATH_H
#define CLI_PATH_H

#include <stdbool.h>

#include "base/result.h"

/*
 * The absolute form of a path that the user wrote: its directory with links resolved, and its last
 * name as it is. A directory that does not exist is not resolved, so that whoever uses the path can
 * say so. Results: XBITS_S_OK; XBITS_E_INVALIDARG (empty); XBITS_E_OUTOFMEMORY; the file system's.
 */
xbits_result path_absolute(const char *path, char **absolute_out);

bool path_is_directory(const char *path);

/* "queue/" becomes "queue"; the root stays what it is. */
void path_drop_last_slashes(char *path);

/* The user's directory for configuration files ("$XDG_CONFIG_HOME", "~/.config"), or NULL in *out
 * when the environment names none. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result path_user_configuration(char **out);

/*
 * The directory of the user's own queue: "$XDG_STATE_HOME/xbits", else "~/.local/state/xbits";
 * macOS "~/Library/Application Support/xbits", Windows "%LOCALAPPDATA%\xbits". NULL in *out when
 * the environment names none. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY.
 */
xbits_result path_user_queue(char **out);

/*
 * The directory of what the user has beside queues: "$XDG_DATA_HOME/xbits", else
 * "~/.local/share/xbits"; macOS and Windows as path_user_queue. NULL in *out when the environment
 * names none. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY.
 */
xbits_result path_user_data(char **out);

/* The last segment of a URL's path as it is written there; "" when it could not name a file.
 * Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result path_last_segment(const char *url, char **segment_out);

/*
 * Where a download of url goes when the user wrote file: file, or, when that is a directory, the
 * URL's last segment in it; absolute. Results: as path_absolute, and XBITS_E_INVALIDARG when the
 * URL has no segment that could name a file, or file is "-".
 */
xbits_result path_for_download(const char *url, const char *file, char **path_out);

#endif
