/* SPDX-License-Identifier: MIT */
#ifndef XBITS_JOB_H
#define XBITS_JOB_H

#include "xbits/manager.h"
#include "xbits/property.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Creates a job, SUSPENDED and without files (CreateJob). The handle keeps a final job readable
 * until it is closed. display_name: at most 256 UTF-16 units, not unique, not NULL. Results:
 * XBITS_S_OK; XBITS_E_INVALIDARG (name); XBITS_E_NOTIMPL (no such type, or the engine has it not);
 * XBITS_BG_E_TOO_MANY_JOBS_PER_USER; XBITS_BG_E_TOO_MANY_JOBS_PER_MACHINE; XBITS_E_ABORT.
 */
XBITS_API xbits_result xbits_job_create(struct xbits_manager *manager, const char *display_name,
                                        enum xbits_job_type type, struct xbits_job **job_out);

/* Opens a job by id (GetJob). Results: XBITS_S_OK; XBITS_BG_E_NOT_FOUND (unknown or final);
 * XBITS_E_ACCESSDENIED (another user's); XBITS_E_ABORT. */
XBITS_API xbits_result xbits_job_open(struct xbits_manager *manager, const struct xbits_id *id,
                                      struct xbits_job **job_out);

/* Frees the handle; the job lives on. NULL is fine. */
XBITS_API void xbits_job_close(struct xbits_job *job);

XBITS_API const struct xbits_id *xbits_job_id(const struct xbits_job *job);

/* One file to add. Ranges make it a partial download (AddFileWithRanges) and come alone. */
struct xbits_file_spec {
    const char *remote_name;
    const char *local_name;
    const struct xbits_range *ranges; /* NULL: the whole file. */
    size_t range_count;
};

/*
 * Adds files, all or none (AddFileSet). Remote names: http, https, file URLs or a path, at most
 * 2,200 UTF-16 units. Local names: absolute, in a directory that exists and can be written.
 * Results: XBITS_S_OK; XBITS_E_INVALIDARG (a name; the message says which rule);
 * 0x80070003 XBITS_ERROR_PATH_NOT_FOUND (no such directory); XBITS_E_ACCESSDENIED;
 * XBITS_BG_E_INVALID_STATE (final); XBITS_BG_E_TOO_MANY_FILES (upload);
 * XBITS_BG_E_TOO_MANY_FILES_IN_JOB; XBITS_E_NOTIMPL (ranges the engine has not).
 */
XBITS_API xbits_result xbits_job_add_files(struct xbits_job *job,
                                           const struct xbits_file_spec *files, size_t count);

/* xbits_job_add_files with one whole file (AddFile). */
XBITS_API xbits_result xbits_job_add_file(struct xbits_job *job, const char *remote_name,
                                          const char *local_name);

/* Makes the job run. Results: XBITS_S_OK; XBITS_BG_E_EMPTY; XBITS_BG_E_INVALID_STATE (final). */
XBITS_API xbits_result xbits_job_resume(struct xbits_job *job);

/* Stops it until Resume, keeping what arrived. Results: XBITS_S_OK; XBITS_BG_E_INVALID_STATE. */
XBITS_API xbits_result xbits_job_suspend(struct xbits_job *job);

/*
 * Gives the transferred files their local names and ends the job (Complete). Waits for the disk.
 * Results: XBITS_S_OK; XBITS_BG_S_PARTIAL_COMPLETE; XBITS_BG_S_UNABLE_TO_DELETE_FILES;
 * XBITS_BG_E_INVALID_STATE (final, or an upload that is not TRANSFERRED); the file system's result
 * when a file cannot get its name: then the job stays and Complete may be called again.
 */
XBITS_API xbits_result xbits_job_complete(struct xbits_job *job);

/* Ends the job and deletes its temporary files. Waits for the disk. Results: XBITS_S_OK;
 * XBITS_BG_S_UNABLE_TO_DELETE_FILES (still cancelled); XBITS_BG_E_INVALID_STATE (final). */
XBITS_API xbits_result xbits_job_cancel(struct xbits_job *job);

/*
 * Reads the job; works on final jobs too. The snapshot's texts belong to the handle and are valid
 * until the next read or wait on it; xbits_job_snapshot_copy keeps them.
 * Results: XBITS_S_OK; XBITS_E_ABORT.
 */
XBITS_API xbits_result xbits_job_read(struct xbits_job *job,
                                      struct xbits_job_snapshot *snapshot_out);

/*
 * Waits until the job's state is in the set, at most timeout_ms of the manager's clock.
 * snapshot_out may be NULL; else it is filled as by xbits_job_read, also when the time runs out.
 * With a virtual clock the engine runs in this call and time jumps from timer to timer. Results:
 * XBITS_S_OK; 0x800705B4 XBITS_ERROR_TIMEOUT; XBITS_BG_E_INVALID_STATE (the job is final in a state
 * outside the set: no wait would end); XBITS_E_INVALIDARG (an empty set); XBITS_E_ABORT (manager
 * closing).
 */
XBITS_API xbits_result xbits_job_wait(struct xbits_job *job, uint32_t states, uint64_t timeout_ms,
                                      struct xbits_job_snapshot *snapshot_out);

/* The job's error (GetError). Valid like a snapshot. Results: XBITS_S_OK;
 * XBITS_BG_E_ERROR_INFORMATION_UNAVAILABLE (it has none). */
XBITS_API xbits_result xbits_job_get_error(struct xbits_job *job,
                                           struct xbits_job_error *error_out);

/*
 * Reads a property; the value is the caller's until xbits_value_dispose.
 * Results: XBITS_S_OK; XBITS_S_FALSE (not set: kind NONE); XBITS_BG_E_UNKNOWN_PROPERTY_ID;
 * XBITS_E_NOTIMPL (not for this type, or not by this engine); XBITS_E_ACCESSDENIED.
 */
XBITS_API xbits_result xbits_job_get(struct xbits_job *job, enum xbits_job_property property,
                                     struct xbits_value *value_out);

/*
 * Writes a property. Results: XBITS_S_OK; XBITS_E_INVALIDARG (kind or value);
 * XBITS_BG_E_STRING_TOO_LONG; XBITS_E_NOTIMPL (a value out of its enumeration, or a property the
 * engine does not obey yet); XBITS_BG_E_INVALID_STATE; XBITS_BG_E_READ_ONLY_PROPERTY and its two
 * later forms; XBITS_BG_E_UNKNOWN_PROPERTY_ID; XBITS_E_ACCESSDENIED.
 */
XBITS_API xbits_result xbits_job_set(struct xbits_job *job, enum xbits_job_property property,
                                     const struct xbits_value *value);

#ifdef __cplusplus
}
#endif

#endif
