/* SPDX-License-Identifier: MIT */
#ifndef UNIT_REGISTRY_FIXTURE_H
#define UNIT_REGISTRY_FIXTURE_H

#include "store/registry.h"
#include "support/temp_directory.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A registry of a test's own, in a directory that it made. */
struct registry_fixture {
    struct temp_directory directory;
    struct xbits_registry *registry;
};

/* cmocka's set-up and tear-down; *state is the fixture. */
int registry_fixture_open(void **state);
int registry_fixture_close(void **state);

void write_ini(struct registry_fixture *fixture, const char *content);
/* free() it. */
char *read_ini(struct registry_fixture *fixture);
void assert_ini(struct registry_fixture *fixture, const char *expected);

void set_number(struct xbits_registry *registry, uint32_t number);
void set_text(struct xbits_registry *registry, enum xbits_registry_value which, const char *text);
void assert_number(struct xbits_registry *registry, uint32_t expected);
void assert_text(struct xbits_registry *registry, enum xbits_registry_value which,
                 const char *expected);
void assert_absent(struct xbits_registry *registry, enum xbits_registry_value which);

/* "key=friendly name\n" for each store, as they are visited. */
void assert_stores(struct xbits_registry *registry, const char *expected);

#endif
