/* SPDX-License-Identifier: MIT */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/result.h"

/* A program that was started. Opaque because the platform's headers stay in process_*.c. */
struct process;

/* The number of this process. */
uint64_t process_id(void);

/*
 * Does a program run whose file has this name ("wmplayer.exe", in any case), whoever started it?
 * Results: XBITS_S_OK; what the system has against the question.
 */
xbits_result process_is_running(const char *image_name, bool *is_running_out);

/*
 * Starts a program by its path: no shell, no search along PATH. argv ends with NULL and begins with
 * the name that the program is told. The program inherits the environment, the current directory
 * and standard error; its input is empty and its output goes nowhere, because the caller's belongs
 * to the caller. It gets no other open file of ours, no blocked or ignored signal, and a process
 * group of its own: what is typed at the caller's terminal does not end it. Results: XBITS_S_OK;
 * XBITS_E_OUTOFMEMORY; what the system has against it (XBITS_ERROR_FILE_NOT_FOUND,
 * XBITS_E_ACCESSDENIED, XBITS_ERROR_BAD_EXE_FORMAT).
 */
xbits_result process_start(const char *program, const char *const *argv,
                           struct process **process_out);

/* What a shell calls the status of a program that a signal ended: this and the signal's number. */
#define PROCESS_STATUS_SIGNALLED 128

/* Waits for the program's end and frees the process. Returns its exit status. */
int process_wait(struct process *process);

/* Ends the program at once, without asking it; process_wait comes after. */
void process_stop(struct process *process);

#endif
