/* SPDX-License-Identifier: MIT */
#include "unit/transfer/script_fixture.h"

#include "support/assert_result.h"

#include <stdlib.h>

const struct transfer_request script_head = { .key = 1, .method = METHOD_HEAD, .url = SCRIPT_URL };
const struct transfer_request script_get = { .key = 1, .method = METHOD_GET, .url = SCRIPT_URL };

int script_set_up(void **state)
{
    struct recorder *recorder = calloc(1, sizeof(*recorder));
    struct transfer_options options = recorder_options(recorder);

    assert_non_null(recorder);
    assert_ok(transfer_script_new(&options, &recorder->source));
    *state = recorder;
    return 0;
}

int script_tear_down(void **state)
{
    recorder_dispose(*state);
    free(*state);
    return 0;
}

void script_set_origin(struct recorder *recorder, const char *ini)
{
    assert_ok(recorder->source->ops->set_origin(recorder->source, ini));
}

void script_assert_log(const struct recorder *recorder, const char *expected)
{
    assert_string_equal(text_c(&recorder->log), expected);
}
