/* SPDX-License-Identifier: MIT */
#ifndef JOB_FILE_RULES_H
#define JOB_FILE_RULES_H

#include "xbits/job.h"

/*
 * BITS's rules for names and counts, pure (bits-client 1.4, 1.15; rulings 11, 29). Each raises its
 * refusal by xbits_fail, naming the name and the rule.
 */
#define RULE_REMOTE_NAME_MAXIMUM  2200u
#define RULE_PATH_MAXIMUM         260u
#define RULE_SEGMENT_MAXIMUM      260u
#define RULE_DISPLAY_NAME_MAXIMUM 256u
#define RULE_DESCRIPTION_MAXIMUM  1024u

xbits_result rule_display_name(const char *display_name);                         /* E_INVALIDARG */
xbits_result rule_remote_name(const char *remote_name, enum xbits_job_type type); /* E_INVALIDARG */
/* Absolute, no wildcard, no "..", not a directory by its form; E_INVALIDARG. */
xbits_result rule_local_name(const char *local_name);
/* The same, as the quirks of this name bend it. */
struct name_quirks {
    bool long_paths;    /* No limit of length. */
    bool windows_names; /* What Windows refuses is refused: < > : " | \ and device names. */
};
xbits_result rule_local_name_with(const char *local_name, struct name_quirks quirks);

/* What a remote name speaks. */
enum remote_protocol { REMOTE_HTTP, REMOTE_HTTPS, REMOTE_FILE, REMOTE_SHARE };
enum remote_protocol remote_protocol_of(const char *remote_name); /* After rule_remote_name. */
/* "http" or "file": IBackgroundCopyError::GetProtocol. */
const char *remote_protocol_name(enum remote_protocol protocol);

#endif
