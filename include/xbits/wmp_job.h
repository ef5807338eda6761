/* SPDX-License-Identifier: MIT */
#ifndef XBITS_WMP_JOB_H
#define XBITS_WMP_JOB_H

#include "xbits/convention.h"
#include "xbits/job.h"
#include "xbits/registry.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The producer's side of the convention: a job that the Player adopts. */
struct xbits_wmp_job_spec {
    size_t size;                              /* Set by XBITS_INIT. */
    struct xbits_wmp_description description; /* service_id 0: a new one. */
    const char *remote_name;
    const char *local_name;   /* Ends in .wma, .wmv, .mp3 or .asf. */
    const char *display_name; /* NULL: the title, else the local file's name. */
};

/*
 * Makes the job: one file, the description before Resume, RefreshDownload set in the registry, so
 * that the Player looks at the queue, and Resume. Of a WMP_JOB the producer keeps its hands off
 * then; a WMP_STATUS stays its own to complete. On failure there is no job. job_out may be NULL.
 * service_id_out may be NULL. Results: XBITS_S_OK; as xbits_wmp_description_format,
 * xbits_job_create, xbits_job_add_file, xbits_job_resume and xbits_registry_set;
 * XBITS_E_INVALIDARG (the local name has another ending; the service id is negative).
 */
XBITS_API xbits_result xbits_wmp_job_create(struct xbits_manager *manager,
                                            struct xbits_registry *registry,
                                            const struct xbits_wmp_job_spec *spec,
                                            int32_t *service_id_out, struct xbits_job **job_out);

#ifdef __cplusplus
}
#endif

#endif
