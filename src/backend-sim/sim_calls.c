/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim_calls.h"

#include "backend-sim/sim.h"
#include "job/file_rules.h"
#include "job/snapshot.h"

#include <stdlib.h>
#include <string.h>

/* A job the connection holds; the lock is held. */
static xbits_result find(struct sim *sim, const struct xbits_id *id, struct engine_job **job_out)
{
    struct engine_job *job = engine_find(sim->engine, id);
    char text[XBITS_ID_TEXT_SIZE];

    if (job == NULL)
        return xbits_fail(XBITS_BG_E_NOT_FOUND, "there is no job %s", xbits_id_format(id, text));
    *job_out = job;
    return XBITS_S_OK;
}

/* A job that could not be written down was never made. */
static xbits_result keep_created(struct sim *sim, const struct xbits_id *id)
{
    xbits_result result = sim_make_durable(sim);
    struct engine_job *job = engine_find(sim->engine, id);
    struct engine_now now = sim_now(sim);

    if (XBITS_FAILED(result) && job != NULL)
        engine_undo_create(sim->engine, job, &now);
    return result;
}

xbits_result sim_create_job(struct backend_connection *connection, const char *display_name,
                            enum xbits_job_type type, struct xbits_id *id_out)
{
    struct sim *sim = sim_of(connection)->sim;
    struct engine_call call = { .who = &sim_of(connection)->principal };
    struct xbits_id id;
    xbits_result result;

    TRY(sim_may_change(sim_of(connection)));
    TRY(random_new_id(&id));
    mutex_lock(sim->lock);
    call.now = sim_now(sim);
    result = engine_create_job(sim->engine, &call, &id, display_name, type);
    if (XBITS_SUCCEEDED(result))
        result = keep_created(sim, &id);
    condition_broadcast(sim->changed);
    mutex_unlock(sim->lock);
    if (XBITS_SUCCEEDED(result))
        *id_out = id;
    return result;
}

xbits_result sim_hold_job(struct backend_connection *connection, const struct xbits_id *id)
{
    struct sim *sim = sim_of(connection)->sim;
    xbits_result result;

    mutex_lock(sim->lock);
    result = sim_look(sim);
    if (XBITS_SUCCEEDED(result))
        result = engine_hold(sim->engine, &sim_of(connection)->principal, id);
    mutex_unlock(sim->lock);
    return result;
}

void sim_release_job(struct backend_connection *connection, const struct xbits_id *id)
{
    struct sim *sim = sim_of(connection)->sim;

    mutex_lock(sim->lock);
    engine_release(sim->engine, id);
    condition_broadcast(sim->changed);
    mutex_unlock(sim->lock);
}

/* The answer is given when what it says is on the medium; the job may be gone by then. */
static xbits_result await_answer(struct sim *sim, struct engine_job *job)
{
    xbits_result answer = XBITS_S_OK;

    sim_touch(sim);
    if (engine_is_busy(job)) {
        sim_await_answer(sim, job);
        answer = engine_take_answer(sim->engine, job);
        condition_broadcast(sim->changed);
    }
    if (XBITS_FAILED(answer))
        return answer;
    TRY(sim_make_durable(sim));
    return answer;
}

xbits_result sim_ask(struct backend_connection *connection, const struct xbits_id *id,
                     enum backend_request request)
{
    struct sim *sim = sim_of(connection)->sim;
    struct engine_job *job;
    struct engine_now now;
    xbits_result result;

    TRY(sim_may_change(sim_of(connection)));
    mutex_lock(sim->lock);
    result = find(sim, id, &job);
    if (XBITS_SUCCEEDED(result))
        result = engine_may_change(job, &sim_of(connection)->principal);
    if (XBITS_SUCCEEDED(result)) {
        sim_await_idle(sim, job);
        now = sim_now(sim);
        result = engine_ask(sim->engine, job, request, &now);
    }
    if (XBITS_SUCCEEDED(result))
        result = await_answer(sim, job);
    mutex_unlock(sim->lock);
    return result;
}

/* A copy of one job at a time, so that the visitor runs without the lock, which is given back. */
static xbits_result show(struct sim *sim, const struct xbits_id *id, xbits_job_visit *visit,
                         void *user, bool *goes_on_out)
{
    struct xbits_job_snapshot snapshot;
    struct xbits_job_snapshot copy;
    struct engine_now now;
    struct engine_job *job;
    xbits_result result;

    now = sim_now(sim);
    result = find(sim, id, &job);
    if (XBITS_SUCCEEDED(result)) {
        engine_read(sim->engine, job, &now, &snapshot);
        result = xbits_job_snapshot_copy(&snapshot, &copy);
    }
    mutex_unlock(sim->lock);
    TRY(result);
    *goes_on_out = visit(&copy, user);
    xbits_job_snapshot_dispose(&copy);
    return XBITS_S_OK;
}

xbits_result sim_read_job(struct backend_connection *connection, const struct xbits_id *id,
                          xbits_job_visit *visit, void *user)
{
    struct sim *sim = sim_of(connection)->sim;
    bool goes_on;
    xbits_result result;

    mutex_lock(sim->lock);
    result = sim_look(sim);
    if (XBITS_SUCCEEDED(result))
        return show(sim, id, visit, user, &goes_on);
    mutex_unlock(sim->lock);
    return result;
}

/* An elevated caller's own jobs are those of its SID, however they were made. */
static bool is_in_scope(const struct engine_job *job, const struct principal *who,
                        enum xbits_list_scope scope)
{
    return engine_is_seen_by(job, who) &&
           (scope == XBITS_SCOPE_ALL_USERS || engine_is_owner(job, who->sid));
}

/* The ids of every open job of the scope; heap. */
static xbits_result list_ids(const struct sim_connection *connection, enum xbits_list_scope scope,
                             struct xbits_id **ids_out, size_t *count_out)
{
    const struct sim *sim = connection->sim;
    const struct engine_job *job;
    struct xbits_id *ids = calloc(engine_open_count(sim->engine) + 1, sizeof(*ids));
    size_t count = 0;

    if (ids == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to list %zu jobs",
                          engine_open_count(sim->engine));
    for (job = engine_next_open(sim->engine, NULL); job != NULL;
         job = engine_next_open(sim->engine, job))
        if (is_in_scope(job, &connection->principal, scope))
            ids[count++] = *engine_job_id(job);
    *ids_out = ids;
    *count_out = count;
    return XBITS_S_OK;
}

/* A job that ended since it was listed is no longer there to be shown, whoever holds it. */
static bool is_there(struct sim *sim, const struct xbits_id *id)
{
    const struct engine_job *job = engine_find(sim->engine, id);

    return job != NULL && !engine_is_final(job);
}

xbits_result sim_read_jobs(struct backend_connection *connection, enum xbits_list_scope scope,
                           xbits_job_visit *visit, void *user)
{
    struct sim *sim = sim_of(connection)->sim;
    struct xbits_id *ids = NULL;
    bool goes_on = true;
    size_t count = 0;
    xbits_result result;

    if (scope == XBITS_SCOPE_ALL_USERS && !sim_of(connection)->principal.is_administrator)
        return xbits_fail(XBITS_E_ACCESSDENIED, "only an administrator may list all users' jobs");
    mutex_lock(sim->lock);
    result = sim_look(sim);
    if (XBITS_SUCCEEDED(result))
        result = list_ids(sim_of(connection), scope, &ids, &count);
    mutex_unlock(sim->lock);
    for (size_t i = 0; i < count && goes_on; i++) {
        mutex_lock(sim->lock);
        if (!is_there(sim, &ids[i]))
            mutex_unlock(sim->lock);
        else if (show(sim, &ids[i], visit, user, &goes_on) == XBITS_E_OUTOFMEMORY)
            result = XBITS_E_OUTOFMEMORY;
    }
    free(ids);
    return result;
}

/* Files of one directory come one after another: it is looked at once. */
static xbits_result check_directory(struct disk *disk, const char *local_name, char **checked)
{
    char *directory;

    TRY(disk_directory_of(local_name, &directory));
    if (*checked != NULL && strcmp(*checked, directory) == 0) {
        free(directory);
        return XBITS_S_OK;
    }
    free(*checked);
    *checked = directory;
    return disk_check_directory(disk, directory);
}

static xbits_result check_target(struct disk *disk, const char *local_name, char **checked)
{
    struct disk_stat stat;

    TRY(check_directory(disk, local_name, checked));
    if (XBITS_SUCCEEDED(disk_stat(disk, local_name, &stat)) && !stat.is_regular)
        return xbits_fail(XBITS_E_INVALIDARG, "%s exists and is not a regular file", local_name);
    return XBITS_S_OK;
}

static xbits_result check_names(const struct sim *sim, const struct xbits_file_spec *files,
                                size_t count, enum xbits_job_type type)
{
    struct name_quirks quirks = {
        .long_paths = settings_flag(&sim->settings, SETTING_QUIRK_LONG_PATHS),
        .windows_names = settings_flag(&sim->settings, SETTING_QUIRK_WINDOWS_NAMES),
    };

    for (size_t i = 0; i < count; i++) {
        TRY(rule_remote_name(files[i].remote_name, type));
        TRY(rule_local_name_with(files[i].local_name, quirks));
        if (files[i].ranges != NULL)
            return xbits_fail(XBITS_E_NOTIMPL, "this engine does not download ranges yet");
    }
    return XBITS_S_OK;
}

/* What the disk has to say, in BITS's order: after the job's state. */
static xbits_result check_targets(struct sim *sim, const struct xbits_file_spec *files,
                                  size_t count)
{
    char *checked = NULL;
    xbits_result result = XBITS_S_OK;

    for (size_t i = 0; i < count && XBITS_SUCCEEDED(result); i++)
        result = check_target(sim->disk, files[i].local_name, &checked);
    free(checked);
    return result;
}

static xbits_result look_at(const struct sim_connection *connection, const struct xbits_id *id,
                            enum xbits_job_type *type_out, bool *is_final_out)
{
    struct sim *sim = connection->sim;
    struct engine_job *job;
    xbits_result result;

    mutex_lock(sim->lock);
    result = find(sim, id, &job);
    if (XBITS_SUCCEEDED(result))
        result = engine_may_change(job, &connection->principal);
    if (XBITS_SUCCEEDED(result)) {
        *type_out = engine_job_type(job);
        *is_final_out = engine_is_final(job);
    }
    mutex_unlock(sim->lock);
    return result;
}

/* Files that could not be written down were never added, unless they are at work already. The job
 * is held, and so is still there. */
static xbits_result keep_added(struct sim *sim, struct engine_job *job, size_t count)
{
    uint32_t total = engine_file_count(job);
    xbits_result result = sim_make_durable(sim);

    if (XBITS_FAILED(result) && engine_file_count(job) == total)
        engine_undo_add(sim->engine, job, count);
    return result;
}

xbits_result sim_add_files(struct backend_connection *connection, const struct xbits_id *id,
                           const struct xbits_file_spec *files, size_t count)
{
    struct sim *sim = sim_of(connection)->sim;
    struct engine_call call = { .who = &sim_of(connection)->principal };
    enum xbits_job_type type;
    struct engine_job *job;
    bool is_final;
    xbits_result result;

    TRY(sim_may_change(sim_of(connection)));
    TRY(look_at(sim_of(connection), id, &type, &is_final));
    TRY(check_names(sim, files, count, type));
    if (!is_final && type == XBITS_TYPE_DOWNLOAD)
        TRY(check_targets(sim, files, count));
    mutex_lock(sim->lock);
    call.now = sim_now(sim);
    result = find(sim, id, &job);
    if (XBITS_SUCCEEDED(result))
        result = engine_add_files(sim->engine, job, &call, files, count);
    if (XBITS_SUCCEEDED(result)) {
        sim_touch(sim);
        result = keep_added(sim, job, count);
    }
    mutex_unlock(sim->lock);
    return result;
}

/* How many of so many files there are now: one that is added during a visit is not shown by it. */
static xbits_result count_files(struct sim *sim, const struct xbits_id *id, uint32_t first,
                                uint32_t *count)
{
    struct engine_job *job;
    xbits_result result;

    mutex_lock(sim->lock);
    result = sim_look(sim);
    if (XBITS_SUCCEEDED(result))
        result = find(sim, id, &job);
    if (XBITS_SUCCEEDED(result) && first >= engine_file_count(job))
        *count = 0;
    else if (XBITS_SUCCEEDED(result) && *count > engine_file_count(job) - first)
        *count = engine_file_count(job) - first;
    mutex_unlock(sim->lock);
    return result;
}

struct file_showing {
    xbits_file_visit *visit;
    void *user;
    bool goes_on;
};

/* One file at a time, so that the visitor runs without the lock. Past the end it goes on no more.
 */
static xbits_result show_file(struct sim *sim, const struct xbits_id *id, uint32_t file,
                              struct file_showing *showing)
{
    struct xbits_file_snapshot snapshot;
    struct xbits_file_snapshot copy;
    struct engine_job *job;
    xbits_result result;

    mutex_lock(sim->lock);
    result = find(sim, id, &job);
    if (XBITS_SUCCEEDED(result)) {
        showing->goes_on = engine_read_file(sim->engine, job, file, &snapshot);
        if (showing->goes_on)
            result = file_snapshot_copy(&snapshot, &copy);
    }
    mutex_unlock(sim->lock);
    TRY(result);
    if (!showing->goes_on)
        return XBITS_S_OK;
    showing->goes_on = showing->visit(&copy, showing->user);
    file_snapshot_dispose(&copy);
    return XBITS_S_OK;
}

xbits_result sim_read_files(struct backend_connection *connection, const struct xbits_id *id,
                            uint32_t first, uint32_t count, xbits_file_visit *visit, void *user)
{
    struct file_showing showing = { .visit = visit, .user = user, .goes_on = true };

    TRY(count_files(sim_of(connection)->sim, id, first, &count));
    for (uint32_t i = 0; i < count && showing.goes_on; i++)
        TRY(show_file(sim_of(connection)->sim, id, first + i, &showing));
    return XBITS_S_OK;
}
