/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/record.h"

#include "base/local_path.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

void file_record_dispose(struct file_record *file)
{
    free(file->remote_name);
    free(file->local_name);
    free(file->last_modified);
    free(file->response_headers);
    *file = (struct file_record){ 0 };
}

void job_record_dispose(struct job_record *record)
{
    for (size_t i = 0; i < record->property_count; i++)
        xbits_value_dispose(&record->properties[i].value);
    for (size_t i = 0; i < record->file_count; i++)
        file_record_dispose(&record->files[i]);
    free(record->properties);
    free(record->files);
    free(record->display_name);
    free(record->description);
    free(record->owner);
    free(record->error_text);
    *record = (struct job_record){ 0 };
}

xbits_result event_record_copy(const struct xbits_event *event, struct event_record *record_out)
{
    struct event_record record = {
        .number = event->number,
        .time = event->time,
        .id = event->id,
        .job = event->job,
        .result = event->result,
    };
    xbits_result result = text_copy(event->display_name, &record.display_name);

    if (XBITS_SUCCEEDED(result))
        result = text_copy(event->text, &record.text);
    if (XBITS_FAILED(result)) {
        event_record_dispose(&record);
        return result;
    }
    *record_out = record;
    return XBITS_S_OK;
}

void event_record_dispose(struct event_record *record)
{
    free(record->display_name);
    free(record->text);
    *record = (struct event_record){ 0 };
}

void record_batch_dispose(struct record_batch *batch)
{
    for (size_t i = 0; i < batch->job_count; i++)
        job_record_dispose(&batch->jobs[i]);
    for (size_t i = 0; i < batch->event_count; i++)
        event_record_dispose(&batch->events[i]);
    free(batch->jobs);
    free(batch->events);
    *batch = (struct record_batch){ 0 };
}

xbits_result temporary_name_of(const char *local_name, uint32_t number, char **name_out)
{
    struct text name = { 0 };
    const char *slash = strrchr(local_name, '/');
    int length = slash != NULL ? (int)(slash - local_name) : 0;

    TRY(text_format(&name, "%.*s/BIT%08X.tmp", length, local_name, (unsigned)number));
    *name_out = text_take(&name);
    return XBITS_S_OK;
}

bool is_temporary_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;

    return local_path_is_absolute(path) && strlen(name) == strlen("BIT01234567.tmp") &&
           strncmp(name, "BIT", 3) == 0 && strspn(name + 3, "0123456789ABCDEF") == 8 &&
           strcmp(name + 11, ".tmp") == 0;
}
