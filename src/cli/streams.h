/* SPDX-License-Identifier: MIT */
#ifndef CLI_STREAMS_H
#define CLI_STREAMS_H

/*
 * Occupies the standard streams that the caller closed. Without it a file or socket that is opened
 * later would get a standard stream's number, and what is printed would be written into it. Using
 * an occupied stream fails, as it would have.
 */
void streams_occupy(void);

#endif
