/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/process.h"
#include "base/random.h"
#include "base/text.h"
#include "base/thread.h"
#include "crash/crash_child.h"
#include "origin/origin.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"
#include "wire/resource.h"
#include "xbits/xbits.h"

/*
 * A program that works on a queue is killed again and again. XBITS_CRASH_ROUNDS=n: so often.
 */
#define ROUNDS          20
#define LONGEST_MS      250
#define NUMBERS         4000
#define NUMBERS_AHEAD   100 /* What one life of the child may begin. */
#define LOST_PER_KILL   (UINT64_C(16) << 20)
#define TRANSFER_MS     30000
#define SERVED_MODIFIED INT64_C(134085000000000000)

/* What the log and the queue say of the job of a number. */
struct told {
    bool is[6]; /* By place in words. */
    bool is_in_queue;
    struct xbits_id id;
    enum xbits_job_state state;
    uint32_t files;
};
enum word { CREATING, CREATED, ADDED, RESUMED, COMPLETING, COMPLETED };
static const char *const words[] = { CHILD_CREATING, CHILD_CREATED,    CHILD_ADDED,
                                     CHILD_RESUMED,  CHILD_COMPLETING, CHILD_COMPLETED };

struct fixture {
    struct temp_directory directory; /* The queue and the log. */
    struct temp_directory files;
    struct origin *origin;
    struct random random;
    struct mutex *mutex;
    struct condition *never;
    uint64_t served; /* Guarded by the origin: one line at a time. */
    unsigned put;
    unsigned next;
    struct told told[NUMBERS];
};

/* A third is large and comes as fast as it goes, the rest is small and slow. */
static uint64_t size_of(unsigned number)
{
    return number % 3 == 0 ? (UINT64_C(20) << 20) + number : (UINT64_C(1) << 20) + number;
}

static void count_bytes(void *user, const char *json)
{
    struct fixture *fixture = user;
    const char *bytes = strstr(json, "\"body_bytes\":");

    if (bytes != NULL)
        fixture->served += strtoull(bytes + strlen("\"body_bytes\":"), NULL, 10);
}

static void put_resources(struct fixture *fixture, unsigned end)
{
    for (; fixture->put < end && fixture->put < NUMBERS; fixture->put++) {
        char path[32];
        struct origin_resource resource = {
            .path = path,
            .size = size_of(fixture->put),
            .pattern = fixture->put + 1,
            .modified = SERVED_MODIFIED,
            .rate = fixture->put % 3 == 0 ? 0 : UINT64_C(4) << 20,
        };

        snprintf(path, sizeof(path), "/" CHILD_NAME "%u", fixture->put);
        assert_ok(origin_put(fixture->origin, &resource));
    }
}

static void set_up(struct fixture *fixture)
{
    struct origin_options options = { .journal = count_bytes, .journal_user = fixture };

    temp_directory_make(&fixture->directory);
    temp_directory_make(&fixture->files);
    random_init(&fixture->random, test_seed());
    fixture->mutex = mutex_new();
    fixture->never = condition_new();
    assert_non_null(fixture->mutex);
    assert_non_null(fixture->never);
    assert_ok(origin_start(&options, &fixture->origin));
}

static void tear_down(struct fixture *fixture)
{
    condition_free(fixture->never);
    mutex_free(fixture->mutex);
    temp_directory_remove(&fixture->files);
    temp_directory_remove(&fixture->directory);
}

/* The one place where real time must pass: the moment of a kill is what is tested. */
static void let_it_live(struct fixture *fixture)
{
    uint64_t ms = 1 + random_below(&fixture->random, LONGEST_MS);

    mutex_lock(fixture->mutex);
    (void)condition_wait_ms(fixture->never, fixture->mutex, ms);
    mutex_unlock(fixture->mutex);
}

static void live_once(struct fixture *fixture)
{
    char queue[TEMP_PATH_SIZE];
    char log[TEMP_PATH_SIZE];
    char url[64];
    char first[16];
    const char *arguments[] = { "crash_child", queue, url, fixture->files.path, log, first, NULL };
    struct process *process = NULL;

    temp_directory_join(&fixture->directory, "queue", queue);
    temp_directory_join(&fixture->directory, "log", log);
    snprintf(url, sizeof(url), "http://127.0.0.1:%u", (unsigned)origin_port(fixture->origin));
    snprintf(first, sizeof(first), "%u", fixture->next);
    assert_ok(process_start(CRASH_CHILD, arguments, &process));
    let_it_live(fixture);
    process_stop(process);
    assert_int_equal(process_wait(process), PROCESS_STATUS_SIGNALLED + 9);
}

static void read_line(struct fixture *fixture, const char *line)
{
    size_t length = strcspn(line, " ");
    unsigned number = (unsigned)strtoul(line + length, NULL, 10);

    assert_true(number < NUMBERS);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strlen(words[i]) == length && strncmp(words[i], line, length) == 0)
            fixture->told[number].is[i] = true;
    }
    if (number >= fixture->next)
        fixture->next = number + 1;
}

static void read_log(struct fixture *fixture)
{
    char *log = temp_directory_has(&fixture->directory, "log")
                    ? temp_directory_read(&fixture->directory, "log", NULL)
                    : NULL;

    for (char *line = log; line != NULL && *line != '\0'; line = strchr(line, '\n') + 1)
        read_line(fixture, line);
    free(log);
}

static bool note_job(const struct xbits_job_snapshot *snapshot, void *user)
{
    struct fixture *fixture = user;
    unsigned number = (unsigned)strtoul(snapshot->display_name + strlen(CHILD_NAME), NULL, 10);
    struct told *told = &fixture->told[number];

    assert_true(number < NUMBERS && !told->is_in_queue);
    told->is_in_queue = true;
    told->id = snapshot->id;
    told->state = snapshot->state;
    told->files = snapshot->progress.files_total;
    return true;
}

/* Nothing that was answered is lost, and nothing that is over is back. */
static void check_queue(const struct fixture *fixture)
{
    for (unsigned i = 0; i < fixture->next; i++) {
        const struct told *told = &fixture->told[i];

        if (told->is[CREATED] && !told->is[COMPLETING] && !told->is_in_queue)
            fail_msg("job %u is lost", i);
        if (told->is_in_queue && (!told->is[CREATING] || told->is[COMPLETED]))
            fail_msg("job %u should not be there", i);
        if (told->is_in_queue && told->is[ADDED] && told->files != 1)
            fail_msg("job %u lost its file", i);
        if (told->is_in_queue && told->is[RESUMED] && told->state == XBITS_STATE_SUSPENDED)
            fail_msg("job %u is suspended again", i);
    }
}

/* One that was killed on its way to Resume is cancelled, and must leave nothing behind. */
static bool is_completed(const struct told *told)
{
    return told->files > 0 && told->state != XBITS_STATE_SUSPENDED;
}

static void finish(struct xbits_manager *manager, const struct told *told)
{
    struct xbits_job *job = NULL;

    assert_ok(xbits_job_open(manager, &told->id, &job));
    if (!is_completed(told)) {
        assert_ok(xbits_job_cancel(job));
    } else {
        assert_ok(xbits_job_resume(job));
        assert_ok(xbits_job_wait(job, XBITS_IN(TRANSFERRED), TRANSFER_MS, NULL));
        assert_ok(xbits_job_complete(job));
    }
    xbits_job_close(job);
}

static void finish_all(struct fixture *fixture)
{
    char queue[TEMP_PATH_SIZE];
    struct xbits_manager *manager = NULL;
    struct xbits_options options;

    XBITS_INIT(&options);
    options.backend = "sim";
    options.queue = temp_directory_join(&fixture->directory, "queue", queue);
    assert_ok(xbits_manager_open(&options, &manager));
    assert_ok(xbits_manager_visit_jobs(manager, XBITS_SCOPE_MINE, note_job, fixture));
    check_queue(fixture);
    for (unsigned i = 0; i < fixture->next; i++) {
        if (fixture->told[i].is_in_queue)
            finish(manager, &fixture->told[i]);
    }
    xbits_manager_close(manager);
}

/* Returns the file's size; 0: there is none. */
static uint64_t check_file(const struct fixture *fixture, unsigned number)
{
    const struct told *told = &fixture->told[number];
    bool must_be_there = told->is[COMPLETING] || (told->is_in_queue && is_completed(told));
    char name[32];
    size_t size = 0;
    uint8_t *wanted;
    char *found;

    snprintf(name, sizeof(name), CHILD_NAME "%u", number);
    if (temp_directory_has(&fixture->files, name) != must_be_there)
        fail_msg("the file of job %u is%s there", number, must_be_there ? " not" : "");
    if (!must_be_there)
        return 0;
    found = temp_directory_read(&fixture->files, name, &size);
    wanted = malloc((size_t)size_of(number));
    assert_non_null(wanted);
    resource_pattern(number + 1, 0, wanted, (size_t)size_of(number));
    if (size != size_of(number) || memcmp(found, wanted, size) != 0)
        fail_msg("the file of job %u has wrong bytes", number);
    free(wanted);
    free(found);
    return size;
}

static unsigned round_count(void)
{
    const char *text = getenv("XBITS_CRASH_ROUNDS");
    uint64_t rounds = ROUNDS;

    if (text != NULL)
        assert_true(text_parse_u64(text, 100000, &rounds));
    return (unsigned)rounds;
}

static void nothing_is_lost_when_the_owner_is_killed(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    unsigned rounds = round_count();
    uint64_t wanted = 0;
    size_t files = 0;

    (void)state;
    assert_non_null(fixture);
    set_up(fixture);
    for (unsigned i = 0; i < rounds && fixture->next + NUMBERS_AHEAD < NUMBERS; i++) {
        put_resources(fixture, fixture->next + NUMBERS_AHEAD);
        live_once(fixture);
        read_log(fixture);
    }
    finish_all(fixture);
    for (unsigned i = 0; i < fixture->next; i++) {
        uint64_t size = check_file(fixture, i);

        files += size > 0;
        wanted += size;
    }
    assert_int_equal(temp_directory_count(&fixture->files), files);
    origin_stop(fixture->origin);
    print_message("%u kills, %zu files of %" PRIu64 " MiB, %" PRIu64 " KiB again a kill\n", rounds,
                  files, wanted >> 20,
                  fixture->served > wanted ? (fixture->served - wanted) / rounds >> 10 : 0);
    assert_true(files > 0);
    assert_true(fixture->served <= wanted + rounds * LOST_PER_KILL);
    tear_down(fixture);
    free(fixture);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_lost_when_the_owner_is_killed),
    };

    return run_tests("kill", tests);
}
