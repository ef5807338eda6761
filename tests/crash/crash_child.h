/* SPDX-License-Identifier: MIT */
#ifndef CRASH_CRASH_CHILD_H
#define CRASH_CRASH_CHILD_H

/*
 * What crash_child.c writes into its log, one line each with the job's number: before it asks for
 * something that cannot be taken back, and after each answer.
 */
#define CHILD_CREATING   "creating"
#define CHILD_CREATED    "created"
#define CHILD_ADDED      "added"
#define CHILD_RESUMED    "resumed"
#define CHILD_COMPLETING "completing"
#define CHILD_COMPLETED  "completed"

/* The name of a job, of its resource and of its file: this and the number. */
#define CHILD_NAME "job-"

#endif
