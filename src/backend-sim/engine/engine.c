/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/engine.h"

#include "backend-sim/engine/internal.h"
#include "backend-sim/engine/notify.h"
#include "base/clock.h"
#include "base/text.h"
#include "job/file_rules.h"

#include <stdlib.h>
#include <string.h>

xbits_result engine_new(const struct settings *settings, struct engine **engine_out)
{
    struct engine *engine = calloc(1, sizeof(*engine));

    if (engine != NULL)
        engine->tombstones = calloc(TOMBSTONE_COUNT, sizeof(*engine->tombstones));
    if (engine == NULL || engine->tombstones == NULL) {
        free(engine);
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a queue");
    }
    engine->settings = settings;
    engine->network_is_up = true;
    engine->is_running = true;
    *engine_out = engine;
    return XBITS_S_OK;
}

void engine_free(struct engine *engine)
{
    if (engine == NULL)
        return;
    for (size_t i = 0; i < engine->bucket_count; i++) {
        struct engine_job *next;

        for (struct engine_job *job = engine->buckets[i]; job != NULL; job = next) {
            next = job->hash_next;
            job_free(job);
        }
    }
    for (size_t i = 0; i < engine->event_count; i++)
        logged_event_dispose(&engine->events[i]);
    free(engine->events);
    for (size_t i = 0; i < engine->owner_count; i++)
        free(engine->owners[i]);
    free(engine->owners);
    free(engine->buckets);
    free(engine->timers);
    free(engine->outbox);
    free(engine->tombstones);
    free(engine);
}

/* BG_JOB_PROXY_USAGE_NO_PROXY */
#define PROXY_NONE 1

static void fail_for_network(struct engine *engine, struct engine_job *job,
                             const struct engine_now *now)
{
    struct failure failure = { XBITS_BG_E_NETWORK_DISCONNECTED, XBITS_CONTEXT_GENERAL_QUEUE_MANAGER,
                               XBITS_FILE_NONE, "there is no network" };

    job_fail(engine, job, &failure, now);
}

static void refuse_turns(struct engine *engine, const struct engine_now *now)
{
    for (int level = 0; level < XBITS_PRIORITY_COUNT; level++)
        while (engine->turns[level].first != NULL)
            fail_for_network(engine, engine->turns[level].first, now);
}

static struct engine_job *least_active(const struct engine *engine)
{
    struct engine_job *job = engine->active.first;

    while (job != NULL && engine_is_busy(job))
        job = job->links[LIST_ACTIVE].next;
    return job;
}

#define MS_PER_DAY UINT64_C(86400000)

static uint64_t inactive_left_ms(const struct engine *engine, const struct engine_job *job,
                                 const struct engine_now *now)
{
    uint64_t limit_ms =
        engine->settings->number[SETTING_POLICY_JOB_INACTIVITY_TIMEOUT] * MS_PER_DAY;
    uint64_t passed_ms = 0;

    if (now->utc > job->times.modification)
        passed_ms = (uint64_t)(now->utc - job->times.modification) / CLOCK_TICKS_PER_MS;
    return limit_ms > passed_ms ? limit_ms - passed_ms : 0;
}

static void cancel_inactive(struct engine *engine, const struct engine_now *now)
{
    struct engine_job *job;

    while ((job = least_active(engine)) != NULL && inactive_left_ms(engine, job, now) == 0) {
        operation_begin(engine, job, OPERATION_EXPIRE, now);
        job_forget_if_over(engine, job);
    }
}

uint64_t engine_inactive_ms(const struct engine *engine, const struct engine_now *now)
{
    const struct engine_job *job = least_active(engine);

    if (job == NULL || !engine->is_running)
        return NEVER;
    return now->ms + inactive_left_ms(engine, job, now);
}

uint64_t engine_step(struct engine *engine, const struct engine_now *now)
{
    struct engine_job *job;

    if (!engine->is_running)
        return NEVER;
    cancel_inactive(engine, now);
    while ((job = timers_due(engine, now->ms)) != NULL)
        job_tick(engine, job, now);
    if (engine->network_is_up)
        schedule(engine, now);
    else
        refuse_turns(engine, now);
    return timers_next(engine);
}

void engine_set_running(struct engine *engine, bool is_running, const struct engine_now *now)
{
    struct engine_job *next;

    engine->is_running = is_running;
    for (struct engine_job *job = engine->open.first; is_running && job != NULL; job = next) {
        next = job->links[LIST_OPEN].next;
        /* Opening the queue is what a start of the service is to BITS: all are tried again. */
        if (job->state == XBITS_STATE_TRANSIENT_ERROR)
            job_retry(engine, job, now);
        notify_consider(engine, job, now);
    }
}

void engine_stop_turns(struct engine *engine, const struct engine_now *now)
{
    engine->is_running = false;
    for (struct engine_job *job = engine->open.first; job != NULL;
         job = job->links[LIST_OPEN].next) {
        run_stop(engine, job);
        (void)job_move(engine, job, TRIGGER_TURN_ENDED, now);
    }
}

void engine_set_network(struct engine *engine, bool is_up, const struct engine_now *now)
{
    struct engine_job *next;

    if (engine->network_is_up == is_up)
        return;
    engine->network_is_up = is_up;
    for (struct engine_job *job = engine->open.first; job != NULL; job = next) {
        next = job->links[LIST_OPEN].next;
        if (!is_up && job_state_is_in(job->state, XBITS_STATES_ACTIVE))
            fail_for_network(engine, job, now);
        /* Whatever they wait for: all transient jobs are tried again (bits-client 2.2). */
        if (is_up && job->state == XBITS_STATE_TRANSIENT_ERROR)
            job_retry(engine, job, now);
    }
}

bool engine_network_is_up(const struct engine *engine)
{
    return engine->network_is_up;
}

static xbits_result check_job_limits(const struct engine *engine, const struct principal *who)
{
    uint64_t for_user = engine->settings->number[SETTING_POLICY_MAX_JOBS_PER_USER];
    uint64_t for_all = engine->settings->number[SETTING_POLICY_MAX_JOBS_PER_MACHINE];
    size_t mine = 0;

    if (who->is_exempt)
        return XBITS_S_OK;
    for (const struct engine_job *job = engine->open.first; job != NULL;
         job = job->links[LIST_OPEN].next)
        mine += strcmp(job->owner, who->sid) == 0;
    if (mine >= for_user)
        return xbits_fail(
            XBITS_BG_E_TOO_MANY_JOBS_PER_USER,
            "the user has %zu jobs and policy.MaxJobsPerUser is %llu; complete or cancel "
            "some, or run as a service (--as service)",
            mine, (unsigned long long)for_user);
    if (engine->open_count >= for_all)
        return xbits_fail(
            XBITS_BG_E_TOO_MANY_JOBS_PER_MACHINE,
            "the queue has %zu jobs and policy.MaxJobsPerMachine is %llu; complete or "
            "cancel some, or run as a service (--as service)",
            engine->open_count, (unsigned long long)for_all);
    return XBITS_S_OK;
}

xbits_result engine_owner(struct engine *engine, const char *sid, const char **owner_out)
{
    char **owners;

    for (size_t i = 0; i < engine->owner_count; i++) {
        if (strcmp(engine->owners[i], sid) == 0) {
            *owner_out = engine->owners[i];
            return XBITS_S_OK;
        }
    }
    owners = realloc(engine->owners, (engine->owner_count + 1) * sizeof(char *));
    if (owners == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the owner of a job");
    engine->owners = owners;
    TRY(text_copy(sid, &owners[engine->owner_count]));
    *owner_out = owners[engine->owner_count++];
    return XBITS_S_OK;
}

static xbits_result fill_job(struct engine *engine, struct engine_job *job,
                             const struct engine_call *call, const char *display_name)
{
    TRY(text_copy(display_name, &job->display_name));
    TRY(engine_owner(engine, call->who->sid, &job->owner));
    job->integrity_level = call->who->integrity_level;
    job->is_elevated = call->who->is_administrator;
    job->state = XBITS_STATE_SUSPENDED;
    job->state_since = call->now.utc;
    job->times.creation = call->now.utc;
    return XBITS_S_OK;
}

xbits_result engine_create_job(struct engine *engine, const struct engine_call *call,
                               const struct xbits_id *id, const char *display_name,
                               enum xbits_job_type type)
{
    struct engine_job *job;
    xbits_result result;

    TRY(rule_display_name(display_name));
    if ((unsigned)type >= XBITS_TYPE_COUNT)
        return xbits_fail(XBITS_E_NOTIMPL, "there is no job type %d", (int)type);
    TRY(check_job_limits(engine, call->who));
    job = job_new();
    if (job == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for one more job");
    job->id = *id;
    job->type = type;
    result = fill_job(engine, job, call, display_name);
    if (XBITS_SUCCEEDED(result))
        result = jobs_insert(engine, job);
    if (XBITS_FAILED(result)) {
        job_free(job);
        return result;
    }
    job->holds = 1;
    job_modified(engine, job, &call->now);
    event_log(engine, job, &(struct event_line){ XBITS_EVENT_CREATED, XBITS_S_OK, NULL },
              &call->now);
    return XBITS_S_OK;
}

xbits_result engine_hold(struct engine *engine, const struct principal *who,
                         const struct xbits_id *id)
{
    struct engine_job *job = engine_find(engine, id);
    char text[XBITS_ID_TEXT_SIZE];

    if (job == NULL || job_state_is_in(job->state, XBITS_STATES_FINAL))
        return xbits_fail(XBITS_BG_E_NOT_FOUND, "there is no job %s", xbits_id_format(id, text));
    TRY(engine_may_see(job, who));
    job->holds++;
    return XBITS_S_OK;
}

void engine_release(struct engine *engine, const struct xbits_id *id)
{
    struct engine_job *job = engine_find(engine, id);

    if (job == NULL)
        return;
    if (job->holds > 0)
        job->holds--;
    job_forget_if_over(engine, job);
}

void engine_attach(struct engine_job *job, void *attachment)
{
    job->attachment = attachment;
}

void *engine_attachment(const struct engine_job *job)
{
    return job->attachment;
}

void engine_effect_facts(const struct effect *effect, struct effect_facts *facts_out)
{
    const struct engine_job *job = effect->job;
    const struct engine_file *file = &job->files[effect->file];

    *facts_out = (struct effect_facts){
        .url = job->url != NULL && effect->kind != EFFECT_AHEAD ? job->url : file->remote_name,
        .local_name = file->local_name,
        .temporary_name = file->temporary_name,
        .temporary_number = file->temporary_number,
        .may_exist = file->may_exist,
        .last_modified = file->last_modified != NULL ? file->last_modified : "",
        .modified = file->modified,
        .size = file->size,
        .position = file->position,
        .synced = file->synced,
        .security_flags = job->security_flags,
        .is_direct = job->proxy != NULL && job->proxy->as.proxy.usage == PROXY_NONE,
    };
}
