/* SPDX-License-Identifier: MIT */
/* One download from the in-memory origin, in virtual time: needs no network and no sleep. */
#include <stdio.h>
#include <string.h>
#include <xbits/xbits.h>

static const char origin[] = "[resource a]\n"
                             "url = http://origin.test/a.bin\n"
                             "size = 100000\n";

static xbits_result download(struct xbits_manager *manager, const char *local_name,
                             struct xbits_job_snapshot *snapshot)
{
    struct xbits_job *job = NULL;
    xbits_result result = xbits_sim_set_origin(manager, origin);

    if (XBITS_SUCCEEDED(result))
        result = xbits_job_create(manager, "consumer", XBITS_TYPE_DOWNLOAD, &job);
    if (XBITS_SUCCEEDED(result))
        result = xbits_job_add_file(job, "http://origin.test/a.bin", local_name);
    if (XBITS_SUCCEEDED(result))
        result = xbits_job_resume(job);
    if (XBITS_SUCCEEDED(result))
        result = xbits_job_wait(job, XBITS_STATES_SETTLED, 60000, snapshot);
    if (XBITS_SUCCEEDED(result))
        result = xbits_job_complete(job);
    xbits_job_close(job);
    return result;
}

int main(int argc, char **argv)
{
    struct xbits_options options;
    struct xbits_job_snapshot snapshot;
    struct xbits_manager *manager = NULL;
    xbits_result result;

    if (argc != 2 || strcmp(xbits_version(), XBITS_VERSION) != 0)
        return 2;
    XBITS_INIT(&options);
    XBITS_INIT(&snapshot);
    options.backend = "sim";
    options.source = "script";
    options.clock = XBITS_CLOCK_VIRTUAL;
    result = xbits_manager_open(&options, &manager);
    if (XBITS_SUCCEEDED(result))
        result = download(manager, argv[1], &snapshot);
    xbits_manager_close(manager);
    if (XBITS_FAILED(result))
        printf("%s: %s\n", xbits_result_name(result), xbits_last_error()->message);
    return XBITS_FAILED(result) || snapshot.state != XBITS_STATE_TRANSFERRED;
}
