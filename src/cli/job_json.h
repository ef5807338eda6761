/* SPDX-License-Identifier: MIT */
#ifndef CLI_JOB_JSON_H
#define CLI_JOB_JSON_H

#include "cli/failure.h"
#include "cli/json_writer.h"
#include "xbits/file.h"

/* How jobs look in JSON (docs/cli-json.md). */

/* The members that every answer about a job has; the object is open. */
void json_job_members(struct json_writer *writer, const struct xbits_job_snapshot *job);

/* One file as an object. */
void json_file(struct json_writer *writer, const struct xbits_file_snapshot *file);

/* "2026-11-21T15:00:00Z"; null for 0. */
void json_time(struct json_writer *writer, const char *key, int64_t filetime);

/* Null for XBITS_SIZE_UNKNOWN. */
void json_size(struct json_writer *writer, const char *key, uint64_t bytes);

/* { "result", "name", "context", "message", "http_status", "file" }; null without an error. */
void json_job_error(struct json_writer *writer, const char *key,
                    const struct xbits_job_snapshot *job);

#endif
