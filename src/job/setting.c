/* SPDX-License-Identifier: MIT */
#include "job/setting.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/url_text.h"

#define MAXIMUM_RANGE   UINT64_C(0x7FFFFFFF) /* 2 GiB - 1 (ruling 28) */
#define MAXIMUM_BUFFER  UINT64_C(10485760)   /* libcurl's CURL_MAX_READ_SIZE */
#define MAXIMUM_GATHER  UINT64_C(16777216)
#define MAXIMUM_TIMEOUT UINT64_C(86400)
#define MAXIMUM_COUNT   UINT64_C(4294967295)

#define NUMBER(in, name, text, least, most, what)                                                  \
    {                                                                                              \
        .section = (in), .key = (name), .kind = XBITS_KIND_U64, .default_value = (text),           \
        .summary = (what), .minimum = (least), .maximum = (most)                                   \
    }
#define FLAG(in, name, text, what)                                                                 \
    {                                                                                              \
        .section = (in), .key = (name), .kind = XBITS_KIND_BOOL, .default_value = (text),          \
        .summary = (what)                                                                          \
    }
#define WORDS(in, name, text, what)                                                                \
    {                                                                                              \
        .section = (in), .key = (name), .kind = XBITS_KIND_TEXT, .default_value = (text),          \
        .summary = (what)                                                                          \
    }

static const struct xbits_setting_info rows[SETTING_COUNT] = {
    [SETTING_TRANSFER_RANGE_BYTES] =
        NUMBER("transfer", "range_bytes", "0", 0, MAXIMUM_RANGE,
               "Bytes asked for in one request; 0: as much as the rules of BITS allow"),
    [SETTING_TRANSFER_GATHER_BYTES] =
        NUMBER("transfer", "gather_bytes", "262144", 4096, MAXIMUM_GATHER,
               "Bytes gathered in memory before one write to the disk"),
    [SETTING_TRANSFER_BUFFER_BYTES] =
        NUMBER("transfer", "buffer_bytes", "262144", 1024, MAXIMUM_BUFFER,
               "Bytes of the buffer that one connection receives into"),
    [SETTING_TRANSFER_CONNECT_TIMEOUT_S] =
        NUMBER("transfer", "connect_timeout_s", "60", 1, MAXIMUM_TIMEOUT,
               "Seconds until a request without any answer has failed"),
    [SETTING_TRANSFER_RESPONSE_TIMEOUT_S] =
        NUMBER("transfer", "response_timeout_s", "30", 1, MAXIMUM_TIMEOUT,
               "Seconds without a byte of an answer until a request has failed"),
    [SETTING_TRANSFER_WRITE_BEHIND_BYTES] =
        NUMBER("transfer", "write_behind_bytes", "8388608", 0, MAXIMUM_RANGE,
               "Bytes after which writing to the medium begins; 0: not before the sync"),
    [SETTING_TRANSFER_CHECKPOINT_BYTES] =
        NUMBER("transfer", "checkpoint_bytes", "268435456", 4096, UINT64_C(1) << 40,
               "Bytes of a file after which it is synced, so that a power cut costs no more ..."),
    [SETTING_TRANSFER_CHECKPOINT_S] =
        NUMBER("transfer", "checkpoint_s", "10", 0, MAXIMUM_TIMEOUT,
               "... but not before so many seconds after its last sync"),
    [SETTING_TRANSFER_SYNC] =
        FLAG("transfer", "sync", "yes", "Files are on the medium before their job is TRANSFERRED"),
    [SETTING_TRANSFER_USER_AGENT] =
        WORDS("transfer", "user_agent", "Microsoft BITS/7.8", "What requests say in User-Agent"),
    [SETTING_PROXY_PRECONFIG] =
        WORDS("proxy", "preconfig", "direct",
              "What proxy usage PRECONFIG means: direct, environment, or a proxy"),
    [SETTING_POLICY_MAX_JOBS_PER_USER] =
        NUMBER("policy", "MaxJobsPerUser", "60", 1, MAXIMUM_COUNT,
               "Jobs one user may have at a time; administrators and services are exempt"),
    [SETTING_POLICY_MAX_JOBS_PER_MACHINE] =
        NUMBER("policy", "MaxJobsPerMachine", "300", 1, MAXIMUM_COUNT,
               "Jobs all users together may have; administrators and services are exempt"),
    [SETTING_POLICY_MAX_FILES_PER_JOB] =
        NUMBER("policy", "MaxFilesPerJob", "200", 1, MAXIMUM_COUNT,
               "Files of one download job; administrators and services are exempt"),
    [SETTING_POLICY_JOB_INACTIVITY_TIMEOUT] =
        NUMBER("policy", "JobInactivityTimeout", "90", 1, 999,
               "Days without progress or change after which a job is cancelled"),
    [SETTING_WORLD_NETWORK] =
        FLAG("world", "network", "yes", "There is a network when the queue opens"),
    [SETTING_QUIRK_LONG_PATHS] =
        FLAG("quirk", "long_paths", "no", "Local names may be longer than 260 characters"),
    [SETTING_QUIRK_WINDOWS_NAMES] = FLAG("quirk", "windows_names", "no",
                                         "Local names that Windows refuses are refused everywhere"),
    [SETTING_QUIRK_COMPLETED_WHEN_TRANSFERRED] =
        FLAG("quirk", "completed_when_transferred", "no",
             "A file counts as completed before Complete, as in Wine"),
    [SETTING_QUIRK_RESUME_DONE_IS_EMPTY] =
        FLAG("quirk", "resume_done_is_empty", "no",
             "Resume of a TRANSFERRED job without new files fails, as in Wine"),
    [SETTING_QUIRK_NO_PROGRESS_CODE] =
        FLAG("quirk", "no_progress_code", "no",
             "A job without progress fails with BG_E_NO_PROGRESS, not with its last error"),
    [SETTING_QUIRK_HEAD_405_FALLS_BACK] =
        FLAG("quirk", "head_405_falls_back", "no",
             "A server that refuses HEAD with 405 is asked by GET"),
    [SETTING_QUIRK_ERROR_CLEARED_BY_LEAVING] =
        FLAG("quirk", "error_cleared_by_leaving", "no",
             "A job forgets its error when it leaves the error state, not when bytes move again"),
    [SETTING_QUIRK_HEAD_AHEAD] =
        FLAG("quirk", "head_ahead", "yes",
             "The next file is asked about while a small file's body arrives"),
};

const struct xbits_setting_info *xbits_setting_at(size_t index)
{
    return index < SETTING_COUNT ? &rows[index] : NULL;
}

static bool is_word(const char *word, const char *start, size_t length)
{
    return strlen(word) == length && memcmp(word, start, length) == 0;
}

static bool find_setting(const char *section, size_t section_length, const char *key,
                         size_t key_length, enum setting *setting_out)
{
    for (unsigned i = 0; i < SETTING_COUNT; i++) {
        if (is_word(rows[i].section, section, section_length) &&
            is_word(rows[i].key, key, key_length)) {
            *setting_out = (enum setting)i;
            return true;
        }
    }
    return false;
}

static xbits_result parse_flag(const struct xbits_setting_info *info, const char *value,
                               uint64_t *number_out)
{
    bool flag;

    if (!text_parse_bool(value, &flag))
        return xbits_fail(XBITS_E_INVALIDARG, "setting %s.%s is yes or no, not \"%s\"",
                          info->section, info->key, url_text(value).c);
    *number_out = flag ? 1 : 0;
    return XBITS_S_OK;
}

static xbits_result parse_number(const struct xbits_setting_info *row, const char *value,
                                 uint64_t *number_out)
{
    uint64_t number;

    if (!text_parse_u64(value, row->maximum, &number) || number < row->minimum)
        return xbits_fail(XBITS_E_INVALIDARG,
                          "setting %s.%s is a number from %" PRIu64 " to %" PRIu64 ", not \"%s\"",
                          row->section, row->key, row->minimum, row->maximum, url_text(value).c);
    *number_out = number;
    return XBITS_S_OK;
}

/* One line that is not empty: it ends up in requests and in an INI file. */
static xbits_result check_words(const struct xbits_setting_info *info, const char *value)
{
    bool is_good = value[0] != '\0' && text_is_utf8(value);

    for (const char *c = value; is_good && *c != '\0'; c++)
        is_good = (unsigned char)*c >= 0x20 && *c != 0x7F;
    if (!is_good)
        return xbits_fail(XBITS_E_INVALIDARG,
                          "setting %s.%s is one line of UTF-8 that is not empty", info->section,
                          info->key);
    return XBITS_S_OK;
}

/* Only numbers and flags fill number_out. */
static xbits_result parse_value(enum setting setting, const char *value, uint64_t *number_out)
{
    const struct xbits_setting_info *row = &rows[setting];

    if (row->kind == XBITS_KIND_BOOL)
        return parse_flag(row, value, number_out);
    if (row->kind == XBITS_KIND_U64)
        return parse_number(row, value, number_out);
    return check_words(row, value);
}

xbits_result xbits_setting_check(const char *section, const char *key, const char *value)
{
    enum setting setting;
    uint64_t number;

    if (section == NULL || key == NULL || value == NULL)
        return xbits_fail(XBITS_E_INVALIDARG, "a setting has a section, a key and a value");
    if (!find_setting(section, strlen(section), key, strlen(key), &setting))
        return xbits_fail(XBITS_E_INVALIDARG, "there is no setting %s.%s", section, key);
    return parse_value(setting, value, &number);
}

static xbits_result keep(struct settings *settings, enum setting setting, const char *value)
{
    char *copy;

    TRY(parse_value(setting, value, &settings->number[setting]));
    if (rows[setting].kind != XBITS_KIND_TEXT)
        return XBITS_S_OK;
    TRY(text_copy(value, &copy));
    free(settings->text[setting]);
    settings->text[setting] = copy;
    return XBITS_S_OK;
}

/* "section.key=value" */
static xbits_result keep_entry(struct settings *settings, const char *entry)
{
    const char *equals = strchr(entry, '=');
    const char *dot = strchr(entry, '.');
    enum setting setting;

    if (equals == NULL || dot == NULL || dot > equals)
        return xbits_fail(XBITS_E_INVALIDARG, "setting \"%s\" is not written section.key=value",
                          url_text(entry).c);
    if (!find_setting(entry, (size_t)(dot - entry), dot + 1, (size_t)(equals - dot - 1), &setting))
        return xbits_fail(XBITS_E_INVALIDARG, "there is no setting %.*s", (int)(equals - entry),
                          entry);
    return keep(settings, setting, equals + 1);
}

xbits_result settings_init(struct settings *settings, const char *const *entries)
{
    memset(settings, 0, sizeof *settings);
    for (unsigned i = 0; i < SETTING_COUNT; i++)
        TRY(keep(settings, (enum setting)i, rows[i].default_value));
    for (size_t i = 0; entries != NULL && entries[i] != NULL; i++)
        TRY(keep_entry(settings, entries[i]));
    return XBITS_S_OK;
}

void settings_dispose(struct settings *settings)
{
    for (unsigned i = 0; i < SETTING_COUNT; i++)
        free(settings->text[i]);
    memset(settings, 0, sizeof *settings);
}

bool settings_flag(const struct settings *settings, enum setting setting)
{
    assert(rows[setting].kind == XBITS_KIND_BOOL);
    return settings->number[setting] != 0;
}
