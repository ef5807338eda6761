/* SPDX-License-Identifier: MIT */
#include "backend-sim/queue/internal.h"

/*
 * Version 1. SQLite keeps the comments inside a table: `sqlite3 queue.db .schema` explains itself.
 * Files and properties have no foreign keys: queue_write.c deletes them with their job, and a check
 * of every row would cost more than it could find.
 */
static const char version_1[] =
    "CREATE TABLE meta (\n"
    "  one INTEGER PRIMARY KEY CHECK (one = 1),\n"
    "  newest_change INTEGER NOT NULL,\n"
    "  newest_serial INTEGER NOT NULL,\n"
    "  newest_event INTEGER NOT NULL,\n"
    "  is_open INTEGER NOT NULL, -- 1: its owner has not closed it\n"
    "  boot_id TEXT, -- of the system when it was last opened; '': it has none\n"
    "  commits INTEGER NOT NULL -- rises, because a commit without a change is not synced\n"
    ") STRICT;\n"
    "INSERT INTO meta VALUES (1, 0, 0, 0, 0, NULL, 0);\n"
    "CREATE TABLE job (\n"
    "  serial INTEGER PRIMARY KEY, -- order of creation\n"
    "  id BLOB NOT NULL UNIQUE, -- hex(id): the digits of {...}\n"
    "  change INTEGER NOT NULL, -- number of its last change\n"
    "  type TEXT NOT NULL,\n"
    "  priority TEXT NOT NULL,\n"
    "  state TEXT NOT NULL,\n"
    "  state_since INTEGER NOT NULL, -- times: 100 ns since 1601 UTC; 0: not yet; as a date\n"
    "  creation INTEGER NOT NULL, --   datetime(creation/10000000 - 11644473600, 'unixepoch')\n"
    "  modification INTEGER NOT NULL,\n"
    "  transfer_completion INTEGER NOT NULL,\n"
    "  display_name TEXT,\n"
    "  description TEXT,\n"
    "  owner TEXT,\n"
    "  integrity_level INTEGER NOT NULL,\n"
    "  is_elevated INTEGER NOT NULL,\n"
    "  was_resumed INTEGER NOT NULL,\n"
    "  error_context TEXT, -- NULL: no error\n"
    "  error_result INTEGER, -- xbits explain $(printf 0x%x NUMBER)\n"
    "  error_file INTEGER, -- NULL: not about a file\n"
    "  error_http_status INTEGER,\n"
    "  error_text TEXT,\n"
    "  error_count INTEGER NOT NULL,\n"
    "  retry_left_ms INTEGER, -- NULL: not by time\n"
    "  no_progress_since INTEGER NOT NULL,\n"
    "  connected_ms INTEGER NOT NULL,\n"
    "  due INTEGER NOT NULL, -- bits 1 << kind: notifications that await an answer\n"
    "  file_total INTEGER NOT NULL\n"
    ") STRICT;\n"
    "CREATE INDEX job_change ON job (change);\n"
    "CREATE TABLE job_property (\n"
    "  job INTEGER NOT NULL, -- serial\n"
    "  name TEXT NOT NULL,\n"
    "  kind TEXT NOT NULL, -- sealed: the row is a secret's, secret.key opens it\n"
    "  number INTEGER, -- bool, u32, u64; proxy: usage; certificate: location\n"
    "  text TEXT, -- text, id, ranges; proxy: list; command: program; certificate: store\n"
    "  detail TEXT, -- proxy: bypass; command: parameters; certificate: subject\n"
    "  bytes BLOB, -- bytes; certificate: hash; sealed: all of it, NULL: nothing was kept\n"
    "  PRIMARY KEY (job, name)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE file (\n"
    "  job INTEGER NOT NULL, -- serial\n"
    "  number INTEGER NOT NULL,\n"
    "  remote_name TEXT,\n"
    "  local_name TEXT,\n"
    "  last_modified TEXT,\n"
    "  response_headers TEXT,\n"
    "  modified INTEGER NOT NULL,\n"
    "  size INTEGER, -- NULL: unknown\n"
    "  written INTEGER NOT NULL, -- bytes handed to the system\n"
    "  synced INTEGER NOT NULL, -- bytes on the medium\n"
    "  received INTEGER NOT NULL, -- bytes over the wire, restarts included\n"
    "  device INTEGER NOT NULL,\n"
    "  inode INTEGER NOT NULL,\n"
    "  temporary_number INTEGER NOT NULL, -- printf('BIT%08X.tmp', temporary_number)\n"
    "  has_temporary INTEGER NOT NULL,\n"
    "  is_transferred INTEGER NOT NULL,\n"
    "  is_published INTEGER NOT NULL,\n"
    "  is_told INTEGER NOT NULL,\n"
    "  PRIMARY KEY (job, number)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE TABLE leftover (\n"
    "  job BLOB NOT NULL, -- id of a job that is over\n"
    "  path TEXT NOT NULL, -- its temporary file, still to be deleted\n"
    "  PRIMARY KEY (job, path)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "CREATE INDEX leftover_path ON leftover (path);\n"
    "CREATE TABLE event (\n"
    "  number INTEGER PRIMARY KEY,\n"
    "  time INTEGER NOT NULL,\n"
    "  id INTEGER NOT NULL, -- as in Windows' log\n"
    "  job BLOB NOT NULL,\n"
    "  display_name TEXT,\n"
    "  result INTEGER NOT NULL,\n"
    "  text TEXT\n"
    ") STRICT;\n";

static const char *const scripts[] = { version_1 };

const struct database_schema queue_schema = {
    .what = "queue",
    .application_id = 0x58424954, /* "XBIT" */
    .scripts = scripts,
    .script_count = sizeof(scripts) / sizeof(scripts[0]),
};

#define JOB_COLUMNS                                                                                \
    "serial, id, change, type, priority, state, state_since, creation, modification, "             \
    "transfer_completion, display_name, description, owner, integrity_level, is_elevated, "        \
    "was_resumed, error_context, error_result, error_file, error_http_status, error_text, "        \
    "error_count, retry_left_ms, no_progress_since, connected_ms, due, file_total"
#define PROPERTY_COLUMNS "job, name, kind, number, text, detail, bytes"
#define FILE_COLUMNS                                                                               \
    "job, number, remote_name, local_name, last_modified, response_headers, modified, size, "      \
    "written, synced, received, device, inode, temporary_number, has_temporary, is_transferred, "  \
    "is_published, is_told"

/* A job that is there is updated, so that the index of ids is left alone. */
static const char put_job[] =
    "INSERT INTO job (" JOB_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
    "?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27) "
    "ON CONFLICT (serial) DO UPDATE SET change = ?3, type = ?4, priority = ?5, state = ?6, "
    "state_since = ?7, creation = ?8, modification = ?9, transfer_completion = ?10, "
    "display_name = ?11, description = ?12, owner = ?13, integrity_level = ?14, "
    "is_elevated = ?15, was_resumed = ?16, error_context = ?17, error_result = ?18, "
    "error_file = ?19, error_http_status = ?20, error_text = ?21, error_count = ?22, "
    "retry_left_ms = ?23, no_progress_since = ?24, connected_ms = ?25, due = ?26, "
    "file_total = ?27";

static const char *const queries[QUEUE_QUERY_COUNT] = {
    [QUEUE_READ_META] =
        /* Never less than what is there: a number that is given twice would fail for ever. */
    "SELECT max(newest_change, (SELECT ifnull(max(change), 0) FROM job)),"
    " max(newest_serial, (SELECT ifnull(max(serial), 0) FROM job)),"
    " max(newest_event, (SELECT ifnull(max(number), 0) FROM event)), is_open, boot_id "
    "FROM meta",
    [QUEUE_WRITE_NUMBERS] =
        "UPDATE meta SET newest_change = ?1, newest_serial = ?2, newest_event = ?3,"
        " commits = commits + 1",
    [QUEUE_PUT_JOB] = put_job,
    [QUEUE_FIND_JOB] = "SELECT serial FROM job WHERE id = ?1",
    [QUEUE_DELETE_JOB] = "DELETE FROM job WHERE serial = ?1",
    [QUEUE_READ_JOBS] = "SELECT " JOB_COLUMNS " FROM job ORDER BY serial",
    [QUEUE_READ_CHANGED_JOBS] =
        "SELECT " JOB_COLUMNS " FROM job INDEXED BY job_change WHERE change > ?1 ORDER BY serial",
    [QUEUE_PUT_PROPERTY] =
        "INSERT INTO job_property (" PROPERTY_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [QUEUE_DELETE_PROPERTIES] = "DELETE FROM job_property WHERE job = ?1",
    [QUEUE_READ_PROPERTIES] = "SELECT " PROPERTY_COLUMNS " FROM job_property ORDER BY job, name",
    [QUEUE_READ_JOB_PROPERTIES] =
        "SELECT " PROPERTY_COLUMNS " FROM job_property WHERE job = ?1 ORDER BY name",
    [QUEUE_PUT_FILE] = "INSERT OR REPLACE INTO file (" FILE_COLUMNS
                       ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
                       "?15, ?16, ?17, ?18)",
    [QUEUE_DELETE_FILES] = "DELETE FROM file WHERE job = ?1",
    [QUEUE_CUT_FILES] = "DELETE FROM file WHERE job = ?1 AND number >= ?2",
    [QUEUE_READ_FILES] = "SELECT " FILE_COLUMNS " FROM file ORDER BY job, number",
    [QUEUE_READ_JOB_FILES] = "SELECT " FILE_COLUMNS " FROM file WHERE job = ?1 ORDER BY number",
    [QUEUE_READ_TEMPORARY_FILES] = "SELECT number, local_name, temporary_number FROM file "
                                   "WHERE job = ?1 AND has_temporary ORDER BY number",
    [QUEUE_PUT_LEFTOVER] = "INSERT OR IGNORE INTO leftover (job, path) VALUES (?1, ?2)",
    [QUEUE_DELETE_LEFTOVER] = "DELETE FROM leftover WHERE path = ?1",
    [QUEUE_DELETE_JOB_LEFTOVERS] = "DELETE FROM leftover WHERE job = ?1",
    [QUEUE_READ_LEFTOVERS] = "SELECT path FROM leftover ORDER BY job, path",
    [QUEUE_PUT_EVENT] = "INSERT INTO event (number, time, id, job, display_name, result, text) "
                        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [QUEUE_TRIM_EVENTS] = "DELETE FROM event WHERE number <= ?1",
    [QUEUE_READ_EVENTS] = "SELECT number, time, id, job, display_name, result, text FROM event "
                          "WHERE number > ?1 ORDER BY number",
};

const char *queue_query_text(enum queue_query query)
{
    return queries[query];
}
