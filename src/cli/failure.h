/* SPDX-License-Identifier: MIT */
#ifndef CLI_FAILURE_H
#define CLI_FAILURE_H

#include <jansson.h>
#include <stdio.h>

#include "xbits/snapshot.h"

/* Why something failed, a call or a job. The message is borrowed. */
struct failure {
    xbits_result result;
    const char *message;
    enum xbits_error_context context; /* NONE for a call. */
    int http_status;                  /* 0: none. */
};

/* This thread's last error. */
struct failure failure_of_call(void);

/* The error of a job. */
struct failure failure_of_job(const struct xbits_job_error *error);

/* "what: message (NAME, 0x...)", then what the code means and what to do. */
void failure_print(FILE *stream, const char *what, const struct failure *failure);

/* { "result", "name", "context", "message", "http_status" }; NULL: no memory. */
json_t *failure_to_json(const struct failure *failure);

#endif
