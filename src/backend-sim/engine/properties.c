/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"
#include "backend-sim/engine/notify.h"

#include "base/text.h"
#include "job/value.h"

#include <stdlib.h>

/* How each property that this engine obeys is kept. The rest read as their defaults. */
typedef struct xbits_value get_property(const struct engine_job *job);
typedef xbits_result set_property(struct engine *engine, struct engine_job *job,
                                  const struct xbits_value *value, const struct engine_now *now);

static struct xbits_value get_display_name(const struct engine_job *job)
{
    return xbits_value_text(job->display_name);
}

static xbits_result set_display_name(struct engine *engine, struct engine_job *job,
                                     const struct xbits_value *value, const struct engine_now *now)
{
    (void)engine;
    (void)now;
    return text_replace(&job->display_name, value->as.text);
}

static struct xbits_value get_description(const struct engine_job *job)
{
    return xbits_value_text(job->description != NULL ? job->description : "");
}

static xbits_result set_description(struct engine *engine, struct engine_job *job,
                                    const struct xbits_value *value, const struct engine_now *now)
{
    (void)engine;
    (void)now;
    return text_replace(&job->description, value->as.text);
}

static struct xbits_value get_priority(const struct engine_job *job)
{
    return xbits_value_u32(job->priority);
}

static xbits_result set_priority(struct engine *engine, struct engine_job *job,
                                 const struct xbits_value *value, const struct engine_now *now)
{
    schedule_reprioritise(engine, job, (enum xbits_job_priority)value->as.u32, now);
    return XBITS_S_OK;
}

static struct xbits_value get_owner(const struct engine_job *job)
{
    return xbits_value_text(job->owner);
}

static struct xbits_value get_integrity_level(const struct engine_job *job)
{
    return xbits_value_u32(job->integrity_level);
}

static struct xbits_value get_elevation_state(const struct engine_job *job)
{
    return xbits_value_bool(job->is_elevated);
}

static struct xbits_value get_error_count(const struct engine_job *job)
{
    return xbits_value_u32(job->error_count);
}

static struct xbits_value get_retry_delay(const struct engine_job *job)
{
    return xbits_value_u32(job->minimum_retry_delay_s);
}

static xbits_result set_retry_delay(struct engine *engine, struct engine_job *job,
                                    const struct xbits_value *value, const struct engine_now *now)
{
    (void)engine;
    (void)now;
    job->minimum_retry_delay_s = value->as.u32;
    return XBITS_S_OK;
}

static struct xbits_value get_no_progress_timeout(const struct engine_job *job)
{
    return xbits_value_u32(job->no_progress_timeout_s);
}

static xbits_result set_no_progress_timeout(struct engine *engine, struct engine_job *job,
                                            const struct xbits_value *value,
                                            const struct engine_now *now)
{
    (void)now;
    job->no_progress_timeout_s = value->as.u32;
    job_arm(engine, job);
    return XBITS_S_OK;
}

static struct xbits_value get_maximum_download_time(const struct engine_job *job)
{
    return xbits_value_u32(job->maximum_download_time_s);
}

static xbits_result set_maximum_download_time(struct engine *engine, struct engine_job *job,
                                              const struct xbits_value *value,
                                              const struct engine_now *now)
{
    (void)now;
    job->maximum_download_time_s = value->as.u32;
    job_arm(engine, job);
    return XBITS_S_OK;
}

static struct xbits_value get_security_flags(const struct engine_job *job)
{
    return xbits_value_u32(job->security_flags);
}

static xbits_result set_security_flags(struct engine *engine, struct engine_job *job,
                                       const struct xbits_value *value,
                                       const struct engine_now *now)
{
    (void)engine;
    (void)now;
    job->security_flags = value->as.u32;
    return XBITS_S_OK;
}

static struct xbits_value get_proxy(const struct engine_job *job)
{
    if (job->proxy == NULL)
        return job_property_rules(XBITS_JOB_PROXY_SETTINGS)->default_value;
    return *job->proxy;
}

static xbits_result set_proxy(struct engine *engine, struct engine_job *job,
                              const struct xbits_value *value, const struct engine_now *now)
{
    struct xbits_value copy;

    (void)engine;
    (void)now;
    if (job->proxy == NULL)
        job->proxy = calloc(1, sizeof(*job->proxy));
    if (job->proxy == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the proxy of a job");
    TRY(value_copy(value, &copy));
    xbits_value_dispose(job->proxy);
    *job->proxy = copy;
    return XBITS_S_OK;
}

static const struct {
    get_property *get;
    set_property *set;
} properties[XBITS_JOB_PROPERTY_COUNT] = {
    [XBITS_JOB_DISPLAY_NAME] = { get_display_name, set_display_name },
    [XBITS_JOB_DESCRIPTION] = { get_description, set_description },
    [XBITS_JOB_PRIORITY] = { get_priority, set_priority },
    [XBITS_JOB_OWNER] = { get_owner, NULL },
    [XBITS_JOB_OWNER_INTEGRITY_LEVEL] = { get_integrity_level, NULL },
    [XBITS_JOB_OWNER_ELEVATION_STATE] = { get_elevation_state, NULL },
    [XBITS_JOB_ERROR_COUNT] = { get_error_count, NULL },
    [XBITS_JOB_NOTIFY_FLAGS] = { notify_get_flags, notify_set_flags },
    [XBITS_JOB_NOTIFY_COMMAND_LINE] = { notify_get_command, notify_set_command },
    [XBITS_JOB_NOTIFICATION_CLSID] = { notify_get_clsid, notify_set_clsid },
    [XBITS_JOB_MINIMUM_NOTIFICATION_INTERVAL_MS] = { notify_get_interval, notify_set_interval },
    [XBITS_JOB_MINIMUM_RETRY_DELAY] = { get_retry_delay, set_retry_delay },
    [XBITS_JOB_NO_PROGRESS_TIMEOUT] = { get_no_progress_timeout, set_no_progress_timeout },
    [XBITS_JOB_MAXIMUM_DOWNLOAD_TIME] = { get_maximum_download_time, set_maximum_download_time },
    [XBITS_JOB_PROXY_SETTINGS] = { get_proxy, set_proxy },
    [XBITS_JOB_SECURITY_FLAGS] = { get_security_flags, set_security_flags },
};

static struct property_moment moment_of(const struct engine_job *job)
{
    return (struct property_moment){
        .type = job->type,
        .state = job->state,
        .has_files = job->file_count > 0,
        .was_resumed = job->was_resumed,
    };
}

static xbits_result hand_out(const struct xbits_value *value, struct xbits_value *value_out)
{
    TRY(value_copy(value, value_out));
    return value->kind == XBITS_KIND_NONE ? XBITS_S_FALSE : XBITS_S_OK;
}

xbits_result engine_get_property(const struct engine_job *job, enum xbits_job_property property,
                                 struct xbits_value *value_out)
{
    struct property_moment moment = moment_of(job);
    struct xbits_value value;

    TRY(job_property_check_read(property, &moment));
    if (properties[property].get != NULL)
        value = properties[property].get(job);
    else
        value = job_property_rules(property)->default_value;
    return hand_out(&value, value_out);
}

xbits_result engine_set_property(struct engine *engine, struct engine_job *job,
                                 enum xbits_job_property property, const struct xbits_value *value,
                                 const struct engine_now *now)
{
    struct property_moment moment = moment_of(job);
    struct xbits_value kept;

    TRY(job_property_check_write(property, &moment, value, &kept));
    if (properties[property].set != NULL)
        TRY(properties[property].set(engine, job, &kept, now));
    job_modified(engine, job, now);
    return XBITS_S_OK;
}

void engine_put_back(struct engine *engine, struct engine_job *job,
                     enum xbits_job_property property, const struct xbits_value *value,
                     const struct engine_now *now)
{
    /* Without memory to copy it again the new value stays, as one that is not written down. */
    if (properties[property].set != NULL)
        (void)properties[property].set(engine, job, value, now);
    change_touch(engine, job);
}

/* The record has places of their own for these. */
static bool has_column(enum xbits_job_property property)
{
    return property == XBITS_JOB_DISPLAY_NAME || property == XBITS_JOB_DESCRIPTION ||
           property == XBITS_JOB_PRIORITY;
}

bool property_is_kept(const struct engine_job *job, enum xbits_job_property property,
                      struct xbits_value *value_out)
{
    if (properties[property].set == NULL || has_column(property))
        return false;
    *value_out = properties[property].get(job);
    return !value_equal(value_out, &job_property_rules(property)->default_value);
}

xbits_result property_restore(struct engine *engine, struct engine_job *job,
                              enum xbits_job_property property, const struct xbits_value *value,
                              const struct engine_now *now)
{
    if ((unsigned)property >= XBITS_JOB_PROPERTY_COUNT || properties[property].set == NULL)
        return XBITS_S_OK;
    return properties[property].set(engine, job, value, now);
}

static struct xbits_value text_value(const char *text)
{
    return text != NULL ? xbits_value_text(text) : (struct xbits_value){ .kind = XBITS_KIND_NONE };
}

static struct xbits_value file_value(const struct engine_file *file,
                                     enum xbits_file_property property)
{
    switch (property) {
    case XBITS_FILE_REMOTE_NAME:
        return text_value(file->remote_name);
    case XBITS_FILE_LOCAL_NAME:
        return text_value(file->local_name);
    case XBITS_FILE_TEMPORARY_NAME:
        return text_value(file->temporary_name);
    case XBITS_FILE_HTTP_RESPONSE_HEADERS:
        return text_value(file->response_headers);
    case XBITS_FILE_BYTES_FROM_ORIGIN:
        return xbits_value_u64(file->received);
    case XBITS_FILE_RANGES:
    case XBITS_FILE_FILLED_RANGES:
    case XBITS_FILE_VALIDATION_STATE:
    case XBITS_FILE_IS_DOWNLOADED_FROM_PEER:
    case XBITS_FILE_BYTES_FROM_PEERS:
    case XBITS_FILE_PROPERTY_COUNT:
        break;
    }
    return file_property_rules(property)->default_value;
}

static xbits_result check_index(const struct engine_job *job, uint32_t file)
{
    if (file < job->file_count)
        return XBITS_S_OK;
    return xbits_fail(XBITS_BG_E_FILE_NOT_AVAILABLE, "the job has %u files, there is no file %u",
                      (unsigned)job->file_count, (unsigned)file);
}

xbits_result engine_get_file_property(const struct engine_job *job, uint32_t file,
                                      enum xbits_file_property property,
                                      struct xbits_value *value_out)
{
    struct property_moment moment = moment_of(job);
    struct xbits_value value;

    TRY(check_index(job, file));
    TRY(file_property_check_read(property, &moment));
    value = file_value(&job->files[file], property);
    return hand_out(&value, value_out);
}

xbits_result engine_set_file_property(struct engine_job *job, uint32_t file,
                                      enum xbits_file_property property,
                                      const struct xbits_value *value)
{
    struct property_moment moment = moment_of(job);

    TRY(check_index(job, file));
    /* The check refuses what is read-only and what this engine does not obey yet: all, so far. */
    return file_property_check_write(property, &moment, value);
}
