/* SPDX-License-Identifier: MIT */
#ifndef HTTPD_HTTPD_TARGET_H
#define HTTPD_HTTPD_TARGET_H

/*
 * The path of a request target ("/a%20b?x=1", "http://host/a"), decoded, without query and
 * fragment; heap, the caller's. NULL when it is none: no slash first ("*"), a broken escape, or a
 * NUL, which would let the path end elsewhere for who reads it as text. Segments are not looked at.
 */
char *httpd_target_path(const char *target);

#endif
