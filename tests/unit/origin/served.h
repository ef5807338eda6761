/* SPDX-License-Identifier: MIT */
#ifndef UNIT_ORIGIN_SERVED_H
#define UNIT_ORIGIN_SERVED_H

#include "origin/origin.h"
#include "support/temp_directory.h"

#define SERVED_SIZE 300000u

/* A directory "served" with files and links, a secret beside it, and an origin to serve it. */
struct served {
    struct temp_directory temp;
    struct origin_options options; /* A test may change them before served_start. */
    struct origin *origin;
    uint16_t port;
    char path[TEMP_PATH_SIZE];
    char content[SERVED_SIZE]; /* Of a.bin. */
};

/* For cmocka: *state is a struct served. */
int served_set_up(void **state);
int served_tear_down(void **state);

void served_start(struct served *served);
void served_make_link(const struct served *served, const char *target, const char *name);
void served_make_directory(const struct served *served, const char *name);

#endif
