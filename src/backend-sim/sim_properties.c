/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim.h"

#include "backend-sim/sim_calls.h"
#include "job/job_property.h"

/* Finds the job and keeps the lock; on failure the lock is given back. */
static xbits_result lock_job(struct sim *sim, const struct xbits_id *id,
                             struct engine_job **job_out)
{
    char text[XBITS_ID_TEXT_SIZE];

    mutex_lock(sim->lock);
    *job_out = engine_find(sim->engine, id);
    if (*job_out != NULL)
        return XBITS_S_OK;
    mutex_unlock(sim->lock);
    return xbits_fail(XBITS_BG_E_NOT_FOUND, "there is no job %s", xbits_id_format(id, text));
}

/* Whoever may look at a job of somebody else sees no secret of it. */
static xbits_result check_reader(const struct sim_connection *connection,
                                 const struct engine_job *job, enum xbits_job_property property)
{
    const struct property_rules *rules = job_property_rules(property);

    if (rules == NULL || !rules->is_secret || engine_is_owner(job, connection->sid))
        return XBITS_S_OK;
    return xbits_fail(XBITS_E_ACCESSDENIED, "%s is told to the owner of the job only",
                      xbits_job_property_name(property));
}

xbits_result sim_get_job_property(struct backend_connection *connection, const struct xbits_id *id,
                                  enum xbits_job_property property, struct xbits_value *value_out)
{
    struct sim *sim = sim_of(connection)->sim;
    struct engine_job *job;
    xbits_result result;

    TRY(lock_job(sim, id, &job));
    result = sim_look(sim);
    if (XBITS_SUCCEEDED(result))
        result = check_reader(sim_of(connection), job, property);
    if (XBITS_SUCCEEDED(result))
        result = engine_get_property(job, property, value_out);
    mutex_unlock(sim->lock);
    return result;
}

/* A value that could not be written down was never set. The job is held, and so is still there. */
static xbits_result set_durably(struct sim *sim, struct engine_job *job,
                                enum xbits_job_property property, const struct xbits_value *value,
                                const struct engine_now *now)
{
    struct xbits_value before = { .kind = XBITS_KIND_NONE };
    xbits_result result;

    /* What cannot be read cannot be written either, and that says so better. */
    (void)engine_get_property(job, property, &before);
    result = engine_set_property(sim->engine, job, property, value, now);
    if (XBITS_SUCCEEDED(result)) {
        sim_touch(sim);
        result = sim_make_durable(sim);
        if (XBITS_FAILED(result))
            engine_put_back(sim->engine, job, property, &before, now);
    }
    xbits_value_dispose(&before);
    return result;
}

xbits_result sim_set_job_property(struct backend_connection *connection, const struct xbits_id *id,
                                  enum xbits_job_property property, const struct xbits_value *value)
{
    struct sim *sim = sim_of(connection)->sim;
    struct engine_job *job;
    struct engine_now now;
    xbits_result result;

    TRY(sim_may_change(sim_of(connection)));
    TRY(lock_job(sim, id, &job));
    now = sim_now(sim);
    result = engine_may_change(job, &sim_of(connection)->principal);
    if (XBITS_SUCCEEDED(result))
        result = set_durably(sim, job, property, value, &now);
    mutex_unlock(sim->lock);
    return result;
}

xbits_result sim_get_file_property(struct backend_connection *connection, const struct xbits_id *id,
                                   uint32_t file, enum xbits_file_property property,
                                   struct xbits_value *value_out)
{
    struct sim *sim = sim_of(connection)->sim;
    struct engine_job *job;
    xbits_result result;

    TRY(lock_job(sim, id, &job));
    result = sim_look(sim);
    if (XBITS_SUCCEEDED(result))
        result = engine_get_file_property(job, file, property, value_out);
    mutex_unlock(sim->lock);
    return result;
}

xbits_result sim_set_file_property(struct backend_connection *connection, const struct xbits_id *id,
                                   uint32_t file, enum xbits_file_property property,
                                   const struct xbits_value *value)
{
    struct sim *sim = sim_of(connection)->sim;
    struct engine_job *job;
    xbits_result result;

    TRY(sim_may_change(sim_of(connection)));
    TRY(lock_job(sim, id, &job));
    result = engine_may_change(job, &sim_of(connection)->principal);
    if (XBITS_SUCCEEDED(result))
        result = engine_set_file_property(job, file, property, value);
    mutex_unlock(sim->lock);
    return result;
}
