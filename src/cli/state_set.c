/* SPDX-License-Identifier: MIT */
#include "cli/state_set.h"

#include "base/text.h"
#include "xbits/snapshot.h"

#include <string.h>

static xbits_result parse_one(const char *name, size_t length, enum xbits_job_state *state_out)
{
    struct text word = { 0 };
    xbits_result result = text_append(&word, name, length);

    if (XBITS_SUCCEEDED(result))
        result = xbits_state_parse(text_c(&word), state_out);
    text_dispose(&word);
    return result;
}

xbits_result state_set_parse(const char *names, uint32_t *states_out)
{
    uint32_t states = 0;

    for (;;) {
        size_t length = strcspn(names, ",");
        enum xbits_job_state state;

        TRY(parse_one(names, length, &state));
        states |= 1u << state;
        if (names[length] == '\0')
            break;
        names += length + 1;
    }
    *states_out = states;
    return XBITS_S_OK;
}
