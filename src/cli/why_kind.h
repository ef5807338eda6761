/* SPDX-License-Identifier: MIT */
#ifndef CLI_WHY_KIND_H
#define CLI_WHY_KIND_H

#include "xbits/snapshot.h"

/* Errors that are repaired alike. */
enum why_kind {
    WHY_NONE = 0,
    WHY_NETWORK,     /* There is none. */
    WHY_NAME,        /* The host's name has no address. */
    WHY_CONNECTION,  /* The server was not reached, or fell silent. */
    WHY_SERVER,      /* It answered that it cannot. */
    WHY_NOT_THERE,   /* It has no such file. */
    WHY_CREDENTIALS, /* It wants to know who asks, or does not want us. */
    WHY_RANGES,      /* It does not serve parts. */
    WHY_SIZE,        /* It does not say how large the file is. */
    WHY_CERTIFICATE, /* Who it is was not believed. */
    WHY_DISK_FULL,
    WHY_LOCAL_FILE, /* The file system refused. */
    WHY_TIME,       /* The job's own time is over. */
    WHY_OTHER
};
#define WHY_KIND_COUNT 14

enum why_kind why_kind_of(const struct xbits_job_error *error);

/* "DISK_FULL": a word for programs. */
const char *why_kind_name(enum why_kind kind);

#endif
