/* SPDX-License-Identifier: MIT */
#include "store/library/internal.h"

/*
 * Version 1, spelled out: it stays as it is when LIBRARY_ATTRIBUTE_LIST grows. SQLite keeps the
 * comments inside a table: `sqlite3 library.db .schema` explains itself.
 */
static const char version_1[] =
    "CREATE TABLE entry (\n"
    "  number INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice\n"
    "  kind TEXT NOT NULL, -- audio, video, playlist\n"
    "  path TEXT NOT NULL UNIQUE, -- from the library on, with '/'; a playlist's is absolute\n"
    "  node TEXT NOT NULL, -- where the Player shows it\n"
    "  title TEXT, -- this and those up to media_class: its attributes; NULL: not known\n"
    "  author TEXT,\n"
    "  album_artist TEXT,\n"
    "  album_title TEXT,\n"
    "  track_number TEXT,\n"
    "  genre TEXT,\n"
    "  duration TEXT, -- seconds\n"
    "  user_rating TEXT,\n"
    "  provider TEXT,\n"
    "  distributor TEXT, -- WM/ContentDistributor: the store in its node\n"
    "  unique_identifier TEXT,\n"
    "  media_class TEXT,\n"
    "  source_url TEXT, -- NULL: from no download\n"
    "  job TEXT, -- id of the job that brought it\n"
    "  damage TEXT, -- why its tags could not be read; NULL: they could\n"
    "  added INTEGER NOT NULL, -- datetime(added/10000000 - 11644473600, 'unixepoch')\n"
    "  file_size INTEGER NOT NULL,\n"
    "  is_sync_only INTEGER NOT NULL\n"
    ") STRICT;\n"
    "CREATE INDEX entry_node ON entry (node);\n"
    "CREATE INDEX entry_job ON entry (job);\n"
    "CREATE TABLE hand_over (\n"
    "  job BLOB PRIMARY KEY, -- hex(job): the digits of {...}\n"
    "  description TEXT NOT NULL,\n"
    "  source_url TEXT NOT NULL,\n"
    "  local_name TEXT NOT NULL, -- where the job left the file\n"
    "  device INTEGER NOT NULL, -- with inode: which file that was\n"
    "  inode INTEGER NOT NULL,\n"
    "  file_size INTEGER NOT NULL,\n"
    "  place TEXT, -- where it goes, from the library on; NULL: not chosen yet\n"
    "  began INTEGER NOT NULL\n"
    ") STRICT;\n";

static const char *const scripts[] = { version_1 };

const struct database_schema library_schema = {
    .what = "library",
    .application_id = 0x58424D4C, /* "XBML" */
    .scripts = scripts,
    .script_count = sizeof(scripts) / sizeof(scripts[0]),
};

#define ORDER_ROW(attribute, column) XBITS_ATTRIBUTE_##attribute,
const enum xbits_attribute library_attribute_order[XBITS_ATTRIBUTE_COUNT] = {
    LIBRARY_ATTRIBUTE_LIST(ORDER_ROW)
};

#define AND_NAME(attribute, column)    ", " #column
#define AND_PLACE(attribute, column)   ", ?"
#define AND_SET(attribute, column)     ", " #column " = excluded." #column
#define OR_HAS_TEXT(attribute, column) " OR instr(lower(" #column "), lower(?1))"
#define AND_NAMES                      LIBRARY_ATTRIBUTE_LIST(AND_NAME)
#define AND_PLACES                     LIBRARY_ATTRIBUTE_LIST(AND_PLACE)
#define AND_SETS                       LIBRARY_ATTRIBUTE_LIST(AND_SET)
#define OR_HAVE_TEXT                   LIBRARY_ATTRIBUTE_LIST(OR_HAS_TEXT)

#define SELECT_ENTRY                                                                               \
    "SELECT number, kind, path, node, source_url, damage, added, file_size, "                      \
    "is_sync_only" AND_NAMES " FROM entry "
/* NULL comes first; what begins with no number counts as 0. */
#define IN_ORDER                                                                                   \
    " ORDER BY node, album_artist, album_title, CAST(track_number AS INTEGER), title, number"

/* One with the same path keeps its number. */
static const char put_entry[] =
    "INSERT INTO entry (kind, path, node, source_url, job, damage, added, file_size, "
    "is_sync_only" AND_NAMES ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?" AND_PLACES
    ") ON CONFLICT (path) DO UPDATE SET "
    "kind = excluded.kind, node = excluded.node, source_url = excluded.source_url, "
    "job = excluded.job, damage = excluded.damage, added = excluded.added, "
    "file_size = excluded.file_size, is_sync_only = excluded.is_sync_only" AND_SETS
    " RETURNING number";

static const char *const queries[LIBRARY_QUERY_COUNT] = {
    [LIBRARY_READ_ALL] = SELECT_ENTRY IN_ORDER,
    /* '0' is the character behind '/': what is between begins with the node and '/'. */
    [LIBRARY_READ_NODE] =
        SELECT_ENTRY "WHERE node = ?1 OR (node > ?2 || '/' AND node < ?2 || '0')" IN_ORDER,
    [LIBRARY_READ_ENTRY] = SELECT_ENTRY "WHERE number = ?1",
    [LIBRARY_SEARCH] = SELECT_ENTRY "WHERE instr(lower(path), lower(?1))" OR_HAVE_TEXT IN_ORDER,
    [LIBRARY_FIND_PATH] = "SELECT number, kind, is_sync_only FROM entry WHERE path = ?1",
    [LIBRARY_FIND_JOB] = "SELECT path FROM entry WHERE job = ?1",
    [LIBRARY_PUT] = put_entry,
    [LIBRARY_RETAG] =
        "UPDATE entry SET distributor = ?2, node = ?3, file_size = ?4 WHERE number = ?1",
    [LIBRARY_READ_HAND_OVER] = "SELECT job, description, source_url, local_name, device, inode, "
                               "file_size, place, began FROM hand_over",
};

const char *library_query_text(enum library_query query)
{
    return queries[query];
}
