/* SPDX-License-Identifier: MIT */
#include "fake_backend.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "job/value.h"
#include "support/assert_result.h"

static struct fake *begin(struct backend_connection *connection, const char *slot)
{
    struct fake *fake = (struct fake *)connection;

    mutex_lock(fake->mutex);
    fake->last_slot = slot;
    fake->calls++;
    return fake;
}

static xbits_result end(struct fake *fake, xbits_result result)
{
    mutex_unlock(fake->mutex);
    return result;
}

static struct fake_job *find(struct fake *fake, const struct xbits_id *id)
{
    for (size_t i = 0; i < FAKE_JOBS; i++) {
        if (fake->jobs[i].changed != 0 && xbits_id_equal(&fake->jobs[i].id, id))
            return &fake->jobs[i];
    }
    return NULL;
}

/* Results: XBITS_S_OK; XBITS_BG_E_NOT_FOUND; XBITS_E_ACCESSDENIED. */
static xbits_result check_readable(const struct fake_job *job)
{
    if (job == NULL)
        return xbits_fail(XBITS_BG_E_NOT_FOUND, "there is no such job");
    if (job->is_anothers || job->is_held_back)
        return xbits_fail(XBITS_E_ACCESSDENIED, "the job is somebody else's");
    return XBITS_S_OK;
}

static void note_change(struct fake *fake, struct fake_job *job)
{
    job->changed = ++fake->position;
    condition_broadcast(fake->news);
}

static xbits_result fake_open(const struct xbits_options *options,
                              struct backend_connection **connection_out)
{
    struct fake *fake;

    if (options->principal != NULL && strcmp(options->principal, "nobody") == 0)
        return xbits_fail(XBITS_E_ACCESSDENIED, "nobody may not open a queue");
    fake = calloc(1, sizeof *fake);
    if (fake == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a fake");
    fake->base.backend = &fake_backend;
    fake->mutex = mutex_new();
    fake->news = condition_new();
    fake->now_ms = 1000;
    fake->has_network = true;
    *connection_out = &fake->base;
    return XBITS_S_OK;
}

static void fake_close(struct backend_connection *connection)
{
    struct fake *fake = (struct fake *)connection;

    condition_free(fake->news);
    mutex_free(fake->mutex);
    free(fake);
}

static void fake_interrupt(struct backend_connection *connection)
{
    struct fake *fake = begin(connection, "interrupt");

    fake->is_interrupted = true;
    condition_broadcast(fake->news);
    end(fake, XBITS_S_OK);
}

static uint64_t fake_now_ms(struct backend_connection *connection)
{
    struct fake *fake = (struct fake *)connection;
    uint64_t now_ms;

    mutex_lock(fake->mutex);
    now_ms = fake->now_ms;
    mutex_unlock(fake->mutex);
    return now_ms;
}

static int64_t fake_utc(struct backend_connection *connection)
{
    return (int64_t)fake_now_ms(connection) * 10000;
}

static xbits_result fake_wake(struct backend_connection *connection)
{
    return end(begin(connection, "wake"), XBITS_S_OK);
}

static xbits_result fake_create_job(struct backend_connection *connection, const char *display_name,
                                    enum xbits_job_type type, struct xbits_id *id_out)
{
    struct fake *fake = begin(connection, "create_job");
    size_t i = 0;

    if ((unsigned)type >= XBITS_TYPE_COUNT)
        return end(fake, xbits_fail(XBITS_E_NOTIMPL, "no such type"));
    while (i < FAKE_JOBS && fake->jobs[i].changed != 0)
        i++;
    if (i == FAKE_JOBS)
        return end(fake, xbits_fail(XBITS_BG_E_TOO_MANY_JOBS_PER_USER, "the fake is full"));
    fake->jobs[i] = (struct fake_job){ .id = { .data1 = (uint32_t)i + 1 },
                                       .state = XBITS_STATE_SUSPENDED,
                                       .holds = 1 };
    text_copy_into(fake->jobs[i].display_name, sizeof fake->jobs[i].display_name, display_name);
    note_change(fake, &fake->jobs[i]);
    *id_out = fake->jobs[i].id;
    return end(fake, XBITS_S_OK);
}

static xbits_result fake_hold_job(struct backend_connection *connection, const struct xbits_id *id)
{
    struct fake *fake = begin(connection, "hold_job");
    struct fake_job *job = find(fake, id);
    xbits_result result = check_readable(job);

    if (XBITS_SUCCEEDED(result))
        job->holds++;
    return end(fake, result);
}

static void fake_release_job(struct backend_connection *connection, const struct xbits_id *id)
{
    struct fake *fake = begin(connection, "release_job");
    struct fake_job *job = find(fake, id);

    if (job != NULL)
        job->holds--;
    end(fake, XBITS_S_OK);
}

static struct xbits_job_snapshot snapshot_of(const struct fake_job *job)
{
    struct xbits_job_snapshot snapshot;

    XBITS_INIT(&snapshot);
    snapshot.id = job->id;
    snapshot.state = job->state;
    snapshot.display_name = job->display_name;
    snapshot.description = job->description != NULL ? job->description : "";
    snapshot.progress.files_total = job->files;
    snapshot.waiting_for = job->waiting_for;
    snapshot.known = job->waiting_for != XBITS_WAITING_NOTHING ? XBITS_KNOWS_WAITING : 0;
    snapshot.owner = "S-1-22-1-0";
    snapshot.has_error = job->state == XBITS_STATE_ERROR;
    snapshot.error.result = snapshot.has_error ? XBITS_BG_E_INVALID_SERVER_RESPONSE : XBITS_S_OK;
    snapshot.error.protocol = "http";
    snapshot.error.message = snapshot.has_error ? "nonsense from the server" : "";
    return snapshot;
}

static xbits_result fake_read_jobs(struct backend_connection *connection,
                                   enum xbits_list_scope scope, xbits_job_visit *visit, void *user)
{
    struct fake *fake = begin(connection, "read_jobs");

    end(fake, XBITS_S_OK);
    if (scope == XBITS_SCOPE_ALL_USERS)
        return xbits_fail(XBITS_E_ACCESSDENIED, "only administrators see all jobs");
    for (size_t i = 0; i < FAKE_JOBS; i++) {
        const struct xbits_job_snapshot snapshot = snapshot_of(&fake->jobs[i]);

        if (fake->jobs[i].changed != 0 && !fake->jobs[i].is_anothers && !visit(&snapshot, user))
            break;
    }
    return XBITS_S_OK;
}

static xbits_result fake_read_job(struct backend_connection *connection, const struct xbits_id *id,
                                  xbits_job_visit *visit, void *user)
{
    struct fake *fake = begin(connection, "read_job");
    const struct fake_job *job = find(fake, id);
    struct xbits_job_snapshot snapshot;
    xbits_result result = check_readable(job);

    if (XBITS_FAILED(result))
        return end(fake, result);
    snapshot = snapshot_of(job);
    end(fake, XBITS_S_OK);
    visit(&snapshot, user);
    return XBITS_S_OK;
}

static xbits_result fake_ask(struct backend_connection *connection, const struct xbits_id *id,
                             enum backend_request request)
{
    static const enum xbits_job_state after[] = { XBITS_STATE_QUEUED, XBITS_STATE_SUSPENDED,
                                                  XBITS_STATE_ACKNOWLEDGED, XBITS_STATE_CANCELLED };
    struct fake *fake = begin(connection, "ask");
    struct fake_job *job = find(fake, id);

    if (job == NULL)
        return end(fake, xbits_fail(XBITS_BG_E_NOT_FOUND, "there is no such job"));
    job->state = after[request];
    note_change(fake, job);
    return end(fake, XBITS_S_OK);
}

static xbits_result fake_add_files(struct backend_connection *connection, const struct xbits_id *id,
                                   const struct xbits_file_spec *files, size_t count)
{
    struct fake *fake = begin(connection, "add_files");
    struct fake_job *job = find(fake, id);

    (void)files;
    if (job == NULL)
        return end(fake, xbits_fail(XBITS_BG_E_NOT_FOUND, "there is no such job"));
    job->files += (uint32_t)count;
    return end(fake, XBITS_S_OK);
}

static xbits_result fake_read_files(struct backend_connection *connection,
                                    const struct xbits_id *id, uint32_t first, uint32_t count,
                                    xbits_file_visit *visit, void *user)
{
    struct fake *fake = begin(connection, "read_files");
    const struct fake_job *job = find(fake, id);
    const uint32_t files = job == NULL ? 0 : job->files;
    const char *local_name = job == NULL || job->local_name == NULL ? "/tmp/file" : job->local_name;

    end(fake, XBITS_S_OK);
    for (uint32_t i = first; i < files && i - first < count; i++) {
        struct xbits_file_snapshot snapshot;

        XBITS_INIT(&snapshot);
        snapshot.index = i;
        snapshot.remote_name = "http://host/file";
        snapshot.local_name = local_name;
        snapshot.temporary_name = "";
        snapshot.bytes_total = XBITS_SIZE_UNKNOWN;
        if (!visit(&snapshot, user))
            break;
    }
    return XBITS_S_OK;
}

/* Every property reads as one text on the heap. */
static xbits_result give_text(struct fake *fake, struct xbits_value *value_out)
{
    const struct xbits_value text = xbits_value_text("a text");

    return end(fake, value_copy(&text, value_out));
}

static xbits_result fake_get_job_property(struct backend_connection *connection,
                                          const struct xbits_id *id,
                                          enum xbits_job_property property,
                                          struct xbits_value *value_out)
{
    (void)id;
    (void)property;
    return give_text(begin(connection, "get_job_property"), value_out);
}

static xbits_result fake_set_job_property(struct backend_connection *connection,
                                          const struct xbits_id *id,
                                          enum xbits_job_property property,
                                          const struct xbits_value *value)
{
    (void)id;
    (void)property;
    (void)value;
    return end(begin(connection, "set_job_property"), XBITS_S_OK);
}

static xbits_result fake_get_file_property(struct backend_connection *connection,
                                           const struct xbits_id *id, uint32_t file,
                                           enum xbits_file_property property,
                                           struct xbits_value *value_out)
{
    (void)id;
    (void)file;
    (void)property;
    return give_text(begin(connection, "get_file_property"), value_out);
}

static xbits_result fake_set_file_property(struct backend_connection *connection,
                                           const struct xbits_id *id, uint32_t file,
                                           enum xbits_file_property property,
                                           const struct xbits_value *value)
{
    (void)id;
    (void)file;
    (void)property;
    (void)value;
    return end(begin(connection, "set_file_property"), XBITS_S_OK);
}

static xbits_result fake_act_on(struct backend_connection *connection, const struct xbits_id *id,
                                uint32_t file, enum backend_act act,
                                const struct xbits_value *value)
{
    (void)id;
    (void)file;
    (void)act;
    (void)value;
    return end(begin(connection, "act_on"), XBITS_S_OK);
}

static xbits_result fake_set_credentials(struct backend_connection *connection,
                                         const struct xbits_id *id,
                                         const struct backend_credentials *credentials)
{
    (void)id;
    (void)credentials;
    return end(begin(connection, "set_credentials"), XBITS_S_OK);
}

static xbits_result fake_remove_credentials(struct backend_connection *connection,
                                            const struct xbits_id *id, uint32_t target,
                                            uint32_t scheme)
{
    (void)id;
    (void)target;
    (void)scheme;
    return end(begin(connection, "remove_credentials"), XBITS_S_OK);
}

static xbits_result fake_take_ownership(struct backend_connection *connection,
                                        const struct xbits_id *id)
{
    (void)id;
    return end(begin(connection, "take_ownership"), XBITS_S_OK);
}

static xbits_result fake_replace_remote_prefix(struct backend_connection *connection,
                                               const struct xbits_id *id, const char *old_prefix,
                                               const char *new_prefix)
{
    (void)id;
    (void)old_prefix;
    (void)new_prefix;
    return end(begin(connection, "replace_remote_prefix"), XBITS_S_OK);
}

static xbits_result fake_read_reply(struct backend_connection *connection,
                                    const struct xbits_id *id, struct xbits_value *out)
{
    (void)id;
    return give_text(begin(connection, "read_reply"), out);
}

static const struct fake_job *next_changed(const struct fake *fake, uint64_t position)
{
    const struct fake_job *next = NULL;

    for (size_t i = 0; i < FAKE_JOBS; i++) {
        const struct fake_job *job = &fake->jobs[i];

        if (job->changed > position && (next == NULL || job->changed < next->changed))
            next = job;
    }
    return next;
}

/* Lets the next step happen, or the time of the wait pass. False when the wait is over. */
static bool wait_a_little(struct fake *fake, uint64_t until_ms)
{
    if (fake->now_ms >= until_ms || fake->is_interrupted)
        return false;
    if (fake->step_count > 0) {
        const struct fake_step *step = fake->steps++;

        fake->step_count--;
        fake->now_ms += step->ms;
        fake->jobs[step->job].state = step->state;
        note_change(fake, &fake->jobs[step->job]);
        return true;
    }
    if (!fake->blocks) {
        fake->now_ms = until_ms;
        return false;
    }
    fake->is_waiting = true;
    condition_broadcast(fake->news);
    condition_wait(fake->news, fake->mutex);
    return true;
}

static xbits_result fake_next_change(struct backend_connection *connection,
                                     struct xbits_cursor *cursor, uint64_t until_ms,
                                     struct xbits_change *change_out)
{
    struct fake *fake = begin(connection, "next_change");
    const struct fake_job *job;

    if (cursor->position == XBITS_CURSOR_NOW)
        cursor->position = fake->position;
    while ((job = next_changed(fake, cursor->position)) == NULL && wait_a_little(fake, until_ms))
        continue;
    if (fake->is_interrupted)
        return end(fake, xbits_fail(XBITS_E_ABORT, "the fake was interrupted"));
    if (job == NULL)
        return end(fake, XBITS_S_FALSE);
    cursor->position = job->changed;
    change_out->kind = XBITS_CHANGE_JOB;
    change_out->id = job->id;
    change_out->state = job->state;
    return end(fake, XBITS_S_OK);
}

static xbits_result fake_subscribe(struct backend_connection *connection, const struct xbits_id *id,
                                   bool subscribe)
{
    struct fake *fake = begin(connection, "subscribe");

    fake->subscribed = *id;
    fake->is_subscribed = subscribe;
    return end(fake, XBITS_S_OK);
}

static xbits_result fake_next_notification(struct backend_connection *connection, uint64_t until_ms,
                                           struct xbits_notification *notification_out)
{
    struct fake *fake = begin(connection, "next_notification");

    fake->notification_until_ms = until_ms;
    notification_out->id = 1;
    return end(fake, XBITS_S_OK);
}

static xbits_result fake_answer_notification(struct backend_connection *connection, uint64_t id,
                                             xbits_result answer)
{
    struct fake *fake = begin(connection, "answer_notification");

    fake->answered = id;
    fake->answer = answer;
    return end(fake, XBITS_S_OK);
}

static xbits_result fake_read_events(struct backend_connection *connection, uint64_t after,
                                     xbits_event_visit *visit, void *user)
{
    struct xbits_event event;

    XBITS_INIT(&event);
    event.number = after + 1;
    event.display_name = "";
    event.text = "";
    (void)visit(&event, user);
    return end(begin(connection, "read_events"), XBITS_S_OK);
}

static xbits_result fake_read_owner(struct backend_connection *connection, uint64_t *process_id_out)
{
    *process_id_out = 4711;
    return end(begin(connection, "read_owner"), XBITS_S_OK);
}

static xbits_result fake_get_world_property(struct backend_connection *connection,
                                            enum xbits_world_property property,
                                            struct xbits_value *value_out)
{
    (void)property;
    return give_text(begin(connection, "get_world_property"), value_out);
}

static xbits_result fake_set_world_property(struct backend_connection *connection,
                                            enum xbits_world_property property,
                                            const struct xbits_value *value)
{
    struct fake *fake = begin(connection, "set_world_property");

    if (property == XBITS_WORLD_NETWORK)
        fake->has_network = value->as.boolean;
    return end(fake, XBITS_S_OK);
}

/* Time goes on in steps of 100 ms; the queue is idle at 5000. */
static xbits_result fake_advance(struct backend_connection *connection, uint64_t until_ms,
                                 bool to_idle, backend_stop *stop, void *user)
{
    struct fake *fake = begin(connection, "advance");
    bool is_over = false;

    while (fake->now_ms < until_ms && !is_over) {
        fake->now_ms += 100;
        is_over = (to_idle && fake->now_ms >= 5000) || (stop != NULL && stop(user));
    }
    return end(fake, is_over || !to_idle ? XBITS_S_OK : XBITS_S_FALSE);
}

const struct backend fake_backend = {
    .name = "fake",
    .summary = "An engine for tests",
    .open = fake_open,
    .close = fake_close,
    .interrupt = fake_interrupt,
    .now_ms = fake_now_ms,
    .utc = fake_utc,
    .wake = fake_wake,
    .create_job = fake_create_job,
    .hold_job = fake_hold_job,
    .release_job = fake_release_job,
    .read_jobs = fake_read_jobs,
    .read_job = fake_read_job,
    .ask = fake_ask,
    .add_files = fake_add_files,
    .read_files = fake_read_files,
    .get_job_property = fake_get_job_property,
    .set_job_property = fake_set_job_property,
    .get_file_property = fake_get_file_property,
    .set_file_property = fake_set_file_property,
    .act_on = fake_act_on,
    .set_credentials = fake_set_credentials,
    .remove_credentials = fake_remove_credentials,
    .take_ownership = fake_take_ownership,
    .replace_remote_prefix = fake_replace_remote_prefix,
    .read_reply = fake_read_reply,
    .next_change = fake_next_change,
    .subscribe = fake_subscribe,
    .next_notification = fake_next_notification,
    .answer_notification = fake_answer_notification,
    .read_events = fake_read_events,
    .read_owner = fake_read_owner,
    .get_world_property = fake_get_world_property,
    .set_world_property = fake_set_world_property,
    .advance = fake_advance,
};

xbits_result fake_manager_open(const struct xbits_options *options,
                               struct xbits_manager **manager_out)
{
    static const struct known_backend known[] = {
        { .info = { "fake", "An engine for tests", true }, .backend = &fake_backend },
        { .info = { "absent", "Not in this build", false }, .backend = NULL },
    };

    return manager_open(known, 2, options, manager_out);
}

struct fake *fake_of(struct xbits_manager *manager)
{
    struct backend_connection *connection = NULL;

    if (XBITS_SUCCEEDED(manager_enter(manager, &connection)))
        manager_leave(manager);
    return (struct fake *)connection;
}

void fake_move(struct fake *fake, size_t job, enum xbits_job_state state)
{
    mutex_lock(fake->mutex);
    fake->jobs[job].state = state;
    note_change(fake, &fake->jobs[job]);
    mutex_unlock(fake->mutex);
}

void fake_await_waiter(struct fake *fake)
{
    mutex_lock(fake->mutex);
    while (!fake->is_waiting)
        condition_wait(fake->news, fake->mutex);
    mutex_unlock(fake->mutex);
}

int fake_fixture_open(void **state)
{
    static struct fake_fixture fixture;

    assert_ok(fake_manager_open(NULL, &fixture.manager));
    assert_ok(xbits_job_create(fixture.manager, "job", XBITS_TYPE_DOWNLOAD, &fixture.job));
    fixture.fake = fake_of(fixture.manager);
    *state = &fixture;
    return 0;
}

int fake_fixture_close(void **state)
{
    struct fake_fixture *fixture = *state;

    xbits_job_close(fixture->job);
    xbits_manager_close(fixture->manager);
    return 0;
}
