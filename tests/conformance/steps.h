/* SPDX-License-Identifier: MIT */
#ifndef CONFORMANCE_STEPS_H
#define CONFORMANCE_STEPS_H

#include "conformance/conformance.h"

/* What tests are made of. Each helper fails the test at the caller's line. */

/* Well below the default retry delay: what is reached within it was reached without a retry. */
#define REACH_LIMIT_MS UINT64_C(120000)
#define RETRY_DELAY_MS UINT64_C(600000)
#define DAY_MS         UINT64_C(86400000)

/* Arrange. A remote name that starts with '/' is one of the harness's. */
struct xbits_job *new_job(struct harness *harness);
struct xbits_job *new_download(struct harness *harness, const char *remote, const char *local);
void add_file(struct harness *harness, struct xbits_job *job, const char *remote,
              const char *local);
void set_u32(struct xbits_job *job, enum xbits_job_property property, uint32_t value);
#define set_priority(job, level) set_u32(job, XBITS_JOB_PRIORITY, XBITS_PRIORITY_##level)
void write_file(struct harness *harness, const char *name, const char *text);

/* A download brought into a state; once in a queue. Its local file is "a.bin". */
struct xbits_job *job_in_state(struct harness *harness, enum xbits_job_state state);
/* The same in a queue of its own: opens the manager again. */
struct xbits_job *fresh_job_in_state(struct harness *harness, enum xbits_job_state state);

/* Look. */
enum xbits_job_state state_of(struct xbits_job *job);
struct xbits_job_snapshot snapshot_of(struct xbits_job *job);
struct xbits_file_snapshot file_of(struct xbits_job *job, uint32_t file);
uint32_t get_u32(struct xbits_job *job, enum xbits_job_property property);
uint64_t bytes_from_origin(struct xbits_job *job, uint32_t file);
uint64_t now_ms(struct harness *harness); /* The manager's clock. */
bool file_exists(struct harness *harness, const char *name);
size_t entries_in(struct harness *harness); /* Files in the harness's directory. */

/* Act: runs the engine until so many bytes arrived, or so many files are whole. */
void wait_for_bytes(struct harness *harness, struct xbits_job *job, uint64_t bytes);
void wait_for_files(struct harness *harness, struct xbits_job *job, uint32_t files);
void advance(struct harness *harness, uint64_t ms);
/* Steps until every job of the list is in its set; fails after REACH_LIMIT_MS. */
struct expected_state {
    struct xbits_job *job;
    uint32_t states;
};
void wait_for_all(struct harness *harness, const struct expected_state *expected, size_t count);

/* Assert. */
#define assert_state(job, state)     expect_state_at(job, XBITS_IN(state), __FILE__, __LINE__)
#define assert_state_in(job, states) expect_state_at(job, states, __FILE__, __LINE__)

/* The clock runs until then. */
#define assert_reaches(job, state) expect_reaches_at(job, XBITS_IN(state), __FILE__, __LINE__)

#define assert_reaches_one_of(job, states) expect_reaches_at(job, states, __FILE__, __LINE__)
#define assert_job_error(job, result, context)                                                     \
    expect_error_at(job, result, XBITS_CONTEXT_##context, __FILE__, __LINE__)
#define assert_no_error(job) expect_no_error_at(job, __FILE__, __LINE__)
#define assert_content(harness, name, served)                                                      \
    expect_content_at(harness, name, served, __FILE__, __LINE__)

void expect_state_at(struct xbits_job *job, uint32_t states, const char *file, int line);
void expect_reaches_at(struct xbits_job *job, uint32_t states, const char *file, int line);
void expect_error_at(struct xbits_job *job, xbits_result result, enum xbits_error_context context,
                     const char *file, int line);
void expect_no_error_at(struct xbits_job *job, const char *file, int line);
void expect_content_at(struct harness *harness, const char *name, const struct served *served,
                       const char *file, int line);

#endif
