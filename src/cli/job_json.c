/* SPDX-License-Identifier: MIT */
#include "cli/job_json.h"

#include "base/clock.h"
#include "base/url_text.h"
#include "cli/format.h"

void json_time(struct json_writer *writer, const char *key, int64_t filetime)
{
    char text[32];

    json_text(writer, key, filetime != 0 ? clock_format_utc(filetime, text) : NULL);
}

void json_size(struct json_writer *writer, const char *key, uint64_t bytes)
{
    if (bytes > INT64_MAX)
        json_null_value(writer, key);
    else
        json_number(writer, key, (int64_t)bytes);
}

void json_job_error(struct json_writer *writer, const char *key,
                    const struct xbits_job_snapshot *job)
{
    const struct xbits_job_error *error = &job->error;
    char code[FORMAT_SIZE];

    if (!job->has_error) {
        json_null_value(writer, key);
        return;
    }
    json_object_begin(writer, key);
    json_text(writer, "result", format_code(error->result, code));
    json_text(writer, "name", xbits_result_name(error->result));
    json_text(writer, "context", xbits_context_name(error->context));
    json_text(writer, "message", error->message);
    json_number(writer, "http_status", error->http_status);
    if (error->file < XBITS_FILE_REPLY)
        json_number(writer, "file", error->file);
    else
        json_null_value(writer, "file");
    json_object_end(writer);
}

void json_job_members(struct json_writer *writer, const struct xbits_job_snapshot *job)
{
    char id[XBITS_ID_TEXT_SIZE];

    json_text(writer, "id", xbits_id_format(&job->id, id));
    json_text(writer, "name", job->display_name);
    json_text(writer, "description", job->description);
    json_text(writer, "owner", job->owner);
    json_text(writer, "type", xbits_type_name(job->type));
    json_text(writer, "priority", xbits_priority_name(job->priority));
    json_text(writer, "state", xbits_state_name(job->state));
    json_time(writer, "state_since", job->state_since);
    json_text(writer, "waiting_for", xbits_waiting_for_name(job->waiting_for));
    json_time(writer, "waiting_until", job->waiting_until);
    json_size(writer, "bytes_total", job->progress.bytes_total);
    json_size(writer, "bytes_transferred", job->progress.bytes_transferred);
    json_number(writer, "files_total", job->progress.files_total);
    json_number(writer, "files_transferred", job->progress.files_transferred);
    json_time(writer, "created", job->times.creation);
    json_time(writer, "modified", job->times.modification);
    json_time(writer, "transferred", job->times.transfer_completion);
    json_job_error(writer, "error", job);
}

void json_file(struct json_writer *writer, const struct xbits_file_snapshot *file)
{
    struct text url = { 0 };
    bool is_masked = XBITS_SUCCEEDED(url_text_add(&url, file->remote_name));

    json_object_begin(writer, NULL);
    json_number(writer, "index", file->index);
    json_text(writer, "url", is_masked ? text_c(&url) : NULL);
    json_text(writer, "file", file->local_name);
    json_text(writer, "temporary_file",
              file->temporary_name[0] != '\0' ? file->temporary_name : NULL);
    json_size(writer, "bytes_total", file->bytes_total);
    json_size(writer, "bytes_transferred", file->bytes_transferred);
    json_flag(writer, "transferred", file->is_transferred);
    json_flag(writer, "completed", file->is_completed);
    json_object_end(writer);
    text_dispose(&url);
}
