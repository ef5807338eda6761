/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "support/test_main.h"

/* XBITS_TRACE is read once in a process, so this happens once, before the tests. */
struct first_look {
    bool is_http_traced;
    char said[400];
};

static void take_first_look(struct first_look *look)
{
    FILE *file = tmpfile();
    int saved = dup(STDERR_FILENO);

    if (file == NULL || saved < 0 || dup2(fileno(file), STDERR_FILENO) < 0)
        abort();
    look->is_http_traced = log_is_traced(LOG_HTTP);
    dup2(saved, STDERR_FILENO);
    close(saved);
    rewind(file);
    look->said[fread(look->said, 1, sizeof(look->said) - 1, file)] = '\0';
    fclose(file);
}

static void a_wrong_scope_is_told_where_the_lines_would_go(void **state)
{
    const struct first_look *look = *state;

    assert_non_null(strstr(look->said, "XBITS_TRACE: \"bogus\" is no scope to trace"));
}

static void a_wrong_scope_traces_nothing(void **state)
{
    const struct first_look *look = *state;

    assert_false(look->is_http_traced);
}

int main(void)
{
    struct first_look look = { 0 };

    setenv("XBITS_TRACE", "http,bogus", 1);
    take_first_look(&look);

    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(a_wrong_scope_is_told_where_the_lines_would_go, &look),
        cmocka_unit_test_prestate(a_wrong_scope_traces_nothing, &look),
    };

    return run_tests("log environment", tests);
}
