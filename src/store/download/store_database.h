/* SPDX-License-Identifier: MIT */
#ifndef STORE_DOWNLOAD_STORE_DATABASE_H
#define STORE_DOWNLOAD_STORE_DATABASE_H

#include "persist/database.h"

/*
 * Opens store.db of the user directory: which jobs the sessions have adopted, and the Download
 * Manager's collections and items. Results: XBITS_S_OK; XBITS_ERROR_FILE_NOT_FOUND (a reader: there
 * is none, or one of the version that had no items); XBITS_BG_E_DATABASE_CORRUPT (also: other
 * tables); the database's.
 */
xbits_result store_database_open(const char *user_directory, struct disk *disk, bool is_read_only,
                                 struct database **database_out);

#endif
