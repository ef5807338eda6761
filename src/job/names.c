/* SPDX-License-Identifier: MIT */
#include "xbits/snapshot.h"

#include "base/result.h"
#include "base/text.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const char *const state_names[XBITS_STATE_COUNT] = {
    [XBITS_STATE_QUEUED] = "QUEUED",
    [XBITS_STATE_CONNECTING] = "CONNECTING",
    [XBITS_STATE_TRANSFERRING] = "TRANSFERRING",
    [XBITS_STATE_SUSPENDED] = "SUSPENDED",
    [XBITS_STATE_ERROR] = "ERROR",
    [XBITS_STATE_TRANSIENT_ERROR] = "TRANSIENT_ERROR",
    [XBITS_STATE_TRANSFERRED] = "TRANSFERRED",
    [XBITS_STATE_ACKNOWLEDGED] = "ACKNOWLEDGED",
    [XBITS_STATE_CANCELLED] = "CANCELLED",
};

static const char *const type_names[XBITS_TYPE_COUNT] = {
    [XBITS_TYPE_DOWNLOAD] = "DOWNLOAD",
    [XBITS_TYPE_UPLOAD] = "UPLOAD",
    [XBITS_TYPE_UPLOAD_REPLY] = "UPLOAD_REPLY",
};

static const char *const priority_names[XBITS_PRIORITY_COUNT] = {
    [XBITS_PRIORITY_FOREGROUND] = "FOREGROUND",
    [XBITS_PRIORITY_HIGH] = "HIGH",
    [XBITS_PRIORITY_NORMAL] = "NORMAL",
    [XBITS_PRIORITY_LOW] = "LOW",
};

static const struct {
    const char *name;
    const char *text;
} contexts[] = {
    [XBITS_CONTEXT_NONE] = { "NONE", "no error" },
    [XBITS_CONTEXT_UNKNOWN] = { "UNKNOWN", "an unknown place" },
    [XBITS_CONTEXT_GENERAL_QUEUE_MANAGER] = { "GENERAL_QUEUE_MANAGER", "the queue of jobs" },
    [XBITS_CONTEXT_QUEUE_MANAGER_NOTIFICATION] = { "QUEUE_MANAGER_NOTIFICATION",
                                                   "notifying the program that owns the job" },
    [XBITS_CONTEXT_LOCAL_FILE] = { "LOCAL_FILE", "the local file" },
    [XBITS_CONTEXT_REMOTE_FILE] = { "REMOTE_FILE", "the file at the server" },
    [XBITS_CONTEXT_GENERAL_TRANSPORT] = { "GENERAL_TRANSPORT", "the way to the server" },
    [XBITS_CONTEXT_REMOTE_APPLICATION] = { "REMOTE_APPLICATION", "the program at the server" },
    [XBITS_CONTEXT_SERVER_CERTIFICATE_CALLBACK] = { "SERVER_CERTIFICATE_CALLBACK",
                                                    "judging the server's certificate" },
};

static const char *const waiting_names[] = {
    [XBITS_WAITING_NOTHING] = "NOTHING",
    [XBITS_WAITING_FILES] = "FILES",
    [XBITS_WAITING_RESUME] = "RESUME",
    [XBITS_WAITING_COMPLETE] = "COMPLETE",
    [XBITS_WAITING_TURN] = "TURN",
    [XBITS_WAITING_SERVER] = "SERVER",
    [XBITS_WAITING_RETRY_DELAY] = "RETRY_DELAY",
    [XBITS_WAITING_NETWORK] = "NETWORK",
    [XBITS_WAITING_REPAIR] = "REPAIR",
    [XBITS_WAITING_CERTIFICATE_ANSWER] = "CERTIFICATE_ANSWER",
    [XBITS_WAITING_OWNER] = "OWNER",
};

static const char *const waiting_texts[] = {
    [XBITS_WAITING_NOTHING] = "nothing",
    [XBITS_WAITING_FILES] = "a file to be added",
    [XBITS_WAITING_RESUME] = "the caller to resume it",
    [XBITS_WAITING_COMPLETE] = "the caller to complete it",
    [XBITS_WAITING_TURN] = "its turn: other jobs are running",
    [XBITS_WAITING_SERVER] = "the server's answer",
    [XBITS_WAITING_RETRY_DELAY] = "the end of the retry delay",
    [XBITS_WAITING_NETWORK] = "the network to come back",
    [XBITS_WAITING_REPAIR] = "the caller to remove the cause of the error and resume it",
    [XBITS_WAITING_CERTIFICATE_ANSWER] = "a subscriber to judge the server's certificate",
    [XBITS_WAITING_OWNER] = "somebody to run the queue: nobody does",
};

static const char *name_at(const char *const *names, size_t count, unsigned index)
{
    return index < count ? names[index] : "unknown";
}

const char *xbits_state_name(enum xbits_job_state state)
{
    return name_at(state_names, COUNT_OF(state_names), (unsigned)state);
}

const char *xbits_type_name(enum xbits_job_type type)
{
    return name_at(type_names, COUNT_OF(type_names), (unsigned)type);
}

const char *xbits_priority_name(enum xbits_job_priority value)
{
    return name_at(priority_names, COUNT_OF(priority_names), (unsigned)value);
}

const char *xbits_context_name(enum xbits_error_context context)
{
    return (unsigned)context < COUNT_OF(contexts) ? contexts[context].name : "unknown";
}

const char *xbits_context_text(enum xbits_error_context context)
{
    return (unsigned)context < COUNT_OF(contexts) ? contexts[context].text : "an unknown place";
}

const char *xbits_waiting_for_name(enum xbits_waiting_for waiting_for)
{
    return name_at(waiting_names, COUNT_OF(waiting_names), (unsigned)waiting_for);
}

const char *xbits_waiting_for_text(enum xbits_waiting_for waiting_for)
{
    return name_at(waiting_texts, COUNT_OF(waiting_texts), (unsigned)waiting_for);
}

/* A refusal that teaches: names every word that would have been right. */
static xbits_result refuse_name(const char *const *names, size_t count, const char *what,
                                const char *name)
{
    struct text known = { 0 };
    xbits_result result = XBITS_S_OK;

    for (size_t i = 0; i < count && XBITS_SUCCEEDED(result); i++)
        result = text_format(&known, "%s%s", i == 0 ? "" : ", ", names[i]);
    result = xbits_fail(XBITS_E_INVALIDARG, "\"%s\" is no %s: use one of %s",
                        name == NULL ? "" : name, what, text_c(&known));
    text_dispose(&known);
    return result;
}

static xbits_result parse_name(const char *const *names, size_t count, const char *what,
                               const char *name, size_t *index_out)
{
    for (size_t i = 0; name != NULL && i < count; i++) {
        if (text_equal_ignoring_case(name, names[i])) {
            *index_out = i;
            return XBITS_S_OK;
        }
    }
    return refuse_name(names, count, what, name);
}

xbits_result xbits_priority_parse(const char *name, enum xbits_job_priority *out)
{
    size_t index;

    TRY(parse_name(priority_names, COUNT_OF(priority_names), "priority", name, &index));
    *out = (enum xbits_job_priority)index;
    return XBITS_S_OK;
}

xbits_result xbits_type_parse(const char *name, enum xbits_job_type *out)
{
    size_t index;

    TRY(parse_name(type_names, COUNT_OF(type_names), "job type", name, &index));
    *out = (enum xbits_job_type)index;
    return XBITS_S_OK;
}

xbits_result xbits_state_parse(const char *name, enum xbits_job_state *out)
{
    size_t index;

    TRY(parse_name(state_names, COUNT_OF(state_names), "job state", name, &index));
    *out = (enum xbits_job_state)index;
    return XBITS_S_OK;
}
