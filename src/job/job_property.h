/* SPDX-License-Identifier: MIT */
#ifndef JOB_PROPERTY_H
#define JOB_PROPERTY_H

#include "job/job_state.h"
#include "xbits/property.h"

/* When a property may be written; the rule knows its refusal. */
enum property_write {
    WRITE_OPEN,            /* any state but final: BG_E_INVALID_STATE */
    WRITE_NEVER,           /* BG_E_READ_ONLY_PROPERTY */
    WRITE_BEFORE_ADD_FILE, /* BG_E_READ_ONLY_PROPERTY_AFTER_ADDFILE */
    WRITE_BEFORE_RESUME,   /* BG_E_READ_ONLY_PROPERTY_AFTER_RESUME */
    WRITE_NOT_TRANSFERRED  /* BG_E_INVALID_STATE when TRANSFERRED too */
};
enum property_who { WHO_MAY_SEE, WHO_OWNER_ONLY };

/* What a rule needs to know about the job. */
struct property_moment {
    enum xbits_job_type type;
    enum xbits_job_state state;
    bool has_files;
    bool was_resumed;
};

/* A rule of one property alone (property_limits.c): raises its refusal, or replaces the value to
 * keep by another one. */
typedef xbits_result property_limit(const struct property_moment *moment,
                                    struct xbits_value *value);

/* The rules of one property, in a plain table (job_property.c, file_property.c), indexed by its
 * enumerator. */
struct property_rules {
    const char *interface_name;       /* "IBackgroundCopyJob", where Windows has it. */
    const char *version;              /* BITS version that brought it: "1.0". */
    const char *default_text;         /* As docs and CLI print it. */
    const char *limits;               /* One phrase for the docs, "" when there are none. */
    struct xbits_value default_value; /* kind NONE: reads as not set (S_FALSE). */
    enum property_write write;
    enum property_who who;
    unsigned types;          /* TYPES_*; elsewhere E_NOTIMPL or the refusal below. */
    xbits_result other_type; /* 0: E_NOTIMPL; DYNAMIC_CONTENT...:
                                BG_E_PROPERTY_SUPPORTED_FOR_DOWNLOAD_JOBS_ONLY. */
    bool is_secret;          /* Kept on disk sealed only, and read by the owner only. */
    bool is_obeyed;          /* By the simulator; until then a non-default value is E_NOTIMPL. */
    uint32_t minimum;        /* U32: a smaller value becomes this one. */
    uint32_t allowed_bits;   /* U32 bit sets: other bits are E_NOTIMPL; 0: no bit set. */
    uint32_t ignored_bits;   /* Allowed bits that the simulator does not obey yet: E_NOTIMPL. */
    uint32_t maximum;        /* U32 enumerations: larger is E_NOTIMPL; 0: none. */
    size_t maximum_length;   /* TEXT, UTF-16 units without NUL: longer is BG_E_STRING_TOO_LONG; 0:
                                none. */
    bool null_clears;        /* kind NONE (a NULL text) is legal; else E_INVALIDARG. */
    property_limit *limit;   /* NULL: none. */
};
/* NULL: no such property. */
const struct property_rules *job_property_rules(enum xbits_job_property property);
const struct property_rules *file_property_rules(enum xbits_file_property property);

/*
 * BITS's checks in BITS's order (bits-client 1.5): kind and pointer, type, state, limits; who calls
 * was checked before. Each raises by xbits_fail. value_out is the value to keep (a retry delay of 1
 * becomes 5); it borrows.
 */
xbits_result job_property_check_write(enum xbits_job_property property,
                                      const struct property_moment *moment,
                                      const struct xbits_value *value,
                                      struct xbits_value *value_out);
xbits_result job_property_check_read(enum xbits_job_property property,
                                     const struct property_moment *moment);
xbits_result file_property_check_write(enum xbits_file_property property,
                                       const struct property_moment *moment,
                                       const struct xbits_value *value);
xbits_result file_property_check_read(enum xbits_file_property property,
                                      const struct property_moment *moment);

#endif
