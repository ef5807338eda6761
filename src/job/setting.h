/* SPDX-License-Identifier: MIT */
#ifndef JOB_SETTING_H
#define JOB_SETTING_H

#include "xbits/setting.h"

/* Every setting, in the order of the rows. */
enum setting {
    SETTING_TRANSFER_RANGE_BYTES,  /* 0: by rule (ruling 28) */
    SETTING_TRANSFER_GATHER_BYTES, /* bytes gathered before one write */
    SETTING_TRANSFER_BUFFER_BYTES, /* libcurl's receive buffer */
    SETTING_TRANSFER_CONNECT_TIMEOUT_S,
    SETTING_TRANSFER_RESPONSE_TIMEOUT_S, /* no byte of an answer for so long */
    SETTING_TRANSFER_WRITE_BEHIND_BYTES, /* so many go to the medium while more arrive */
    SETTING_TRANSFER_CHECKPOINT_BYTES,
    SETTING_TRANSFER_CHECKPOINT_S,
    SETTING_TRANSFER_SYNC, /* yes: files are on the medium before TRANSFERRED */
    SETTING_TRANSFER_USER_AGENT,
    SETTING_PROXY_PRECONFIG, /* direct, environment, or a list */
    SETTING_POLICY_MAX_JOBS_PER_USER,
    SETTING_POLICY_MAX_JOBS_PER_MACHINE,
    SETTING_POLICY_MAX_FILES_PER_JOB,
    SETTING_POLICY_JOB_INACTIVITY_TIMEOUT, /* days */
    SETTING_WORLD_NETWORK,
    SETTING_QUIRK_LONG_PATHS,
    SETTING_QUIRK_WINDOWS_NAMES,
    SETTING_QUIRK_COMPLETED_WHEN_TRANSFERRED,
    SETTING_QUIRK_RESUME_DONE_IS_EMPTY,
    SETTING_QUIRK_NO_PROGRESS_CODE,
    SETTING_QUIRK_HEAD_405_FALLS_BACK,
    SETTING_QUIRK_ERROR_CLEARED_BY_LEAVING,
    SETTING_QUIRK_HEAD_AHEAD,
    SETTING_COUNT
};

/* One set of values, all present. */
struct settings {
    uint64_t number[SETTING_COUNT]; /* U64, and BOOL as 0 or 1 */
    char *text[SETTING_COUNT];      /* TEXT rows; heap */
};
/* Defaults, then "section.key=value" entries (NULL-terminated, may be NULL). Raises E_INVALIDARG
 * naming the setting and the rule. dispose is safe after a failure and on zeroed storage. */
xbits_result settings_init(struct settings *settings, const char *const *entries);
void settings_dispose(struct settings *settings);
bool settings_flag(const struct settings *settings, enum setting setting);

#endif
