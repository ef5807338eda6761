/* SPDX-License-Identifier: MIT */
#ifndef UNIT_TRANSFER_SCRIPT_FIXTURE_H
#define UNIT_TRANSFER_SCRIPT_FIXTURE_H

#include "support/test_main.h"
#include "unit/transfer/recorder.h"

/* A scripted source for a test; its state is the recorder. */
#define SCRIPT_URL     "http://server/a"
#define SCRIPT_SECTION "[resource a]\nurl = " SCRIPT_URL "\n"

int script_set_up(void **state);
int script_tear_down(void **state);
#define SCRIPT_TEST(name) cmocka_unit_test_setup_teardown(name, script_set_up, script_tear_down)

void script_set_origin(struct recorder *recorder, const char *ini);
void script_assert_log(const struct recorder *recorder, const char *expected);

/* Requests of SCRIPT_URL with the key 1. */
extern const struct transfer_request script_head;
extern const struct transfer_request script_get;

#endif
