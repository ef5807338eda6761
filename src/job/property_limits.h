/* SPDX-License-Identifier: MIT */
#ifndef JOB_PROPERTY_LIMITS_H
#define JOB_PROPERTY_LIMITS_H

#include "job/job_property.h"

/* The rules that belong to one property alone; named by the rows of job_property.c. */
#define LIMIT_PROGRAM           260u
#define LIMIT_PARAMETERS        4000u
#define LIMIT_PROXY_LIST        4000u
#define LIMIT_CUSTOM_HEADERS    16383u
#define LIMIT_CERTIFICATE_NAME  255u
#define HELPER_TOKEN_FLAGS_MASK 0x3u
#define PEER_CACHING_FLAGS_MASK 0x7u
#define COST_FLAGS_MASK         0xC00000FFu
#define NOTIFY_FLAGS_MASK       0x3Fu

property_limit limit_certificate;
property_limit limit_file_acl_flags;
property_limit limit_http_method;
property_limit limit_maximum_size;
property_limit limit_notify_command;
property_limit limit_proxy;
property_limit limit_redirect_policy;
property_limit limit_reply_file_name;
property_limit limit_stored_credentials;

#endif
