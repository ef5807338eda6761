/* SPDX-License-Identifier: MIT */
#ifndef JOB_PROPERTY_CHECK_H
#define JOB_PROPERTY_CHECK_H

#include "job/job_property.h"

/* A property of a job or of a file, as the checks see it. */
struct property {
    const char *name;
    enum xbits_kind kind;
    const struct property_rules *rules; /* NULL: there is no such property. */
};

/* The promises of job_property_check_write and job_property_check_read. */
xbits_result property_check_write(const struct property *property,
                                  const struct property_moment *moment,
                                  const struct xbits_value *value, struct xbits_value *value_out);
xbits_result property_check_read(const struct property *property,
                                 const struct property_moment *moment);

#endif
