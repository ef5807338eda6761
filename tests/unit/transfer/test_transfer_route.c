/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/transfer.h"

#include "base/disk.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"
#include "unit/transfer/recorder.h"

#include <stdlib.h>

struct fixture {
    struct recorder recorder;
    struct temp_directory directory;
    char path[TEMP_PATH_SIZE];
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    struct transfer_options options = recorder_options(&fixture->recorder);
    struct transfer_source *files = NULL;
    struct transfer_source *rest = NULL;

    assert_non_null(fixture);
    options.disk = disk_system();
    assert_ok(transfer_file_new(&options, &files));
    assert_ok(transfer_script_new(&options, &rest));
    assert_ok(transfer_route_new(files, rest, &fixture->recorder.source));
    temp_directory_make(&fixture->directory);
    temp_directory_write(&fixture->directory, "x", "file", 4);
    temp_directory_join(&fixture->directory, "x", fixture->path);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    recorder_dispose(&fixture->recorder);
    temp_directory_remove(&fixture->directory);
    free(fixture);
    return 0;
}

static void each_name_goes_to_its_source(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;
    struct transfer_request file = { .key = 1, .method = METHOD_GET, .url = fixture->path };
    struct transfer_request web = { .key = 2, .method = METHOD_GET, .url = "http://server/x" };

    assert_ok(source->ops->set_origin(
        source, "[resource x]\nurl = http://server/x\ntext = web\nlatency_ms = 10\n"));
    recorder_start(&fixture->recorder, &file);
    recorder_start(&fixture->recorder, &web);
    assert_int_equal(source->ops->count(source), 2);
    assert_true(source->ops->is_moving(source));
    assert_int_equal(source->ops->next_due_ms(source), 0);
    recorder_poll(&fixture->recorder, 0);
    recorder_poll(&fixture->recorder, 0);

    assert_string_equal(text_c(&fixture->recorder.body), "file");
    assert_int_equal(source->ops->count(source), 1);
    assert_false(source->ops->is_moving(source));
    assert_int_equal(source->ops->next_due_ms(source), 10);
    recorder_run(&fixture->recorder, 0);
    assert_string_equal(text_c(&fixture->recorder.body), "fileweb");
}

static void a_key_is_stopped_wherever_it_is(void **state)
{
    struct fixture *fixture = *state;
    struct transfer_source *source = fixture->recorder.source;
    struct transfer_request file = { .key = 1, .method = METHOD_GET, .url = fixture->path };
    struct transfer_request web = { .key = 2, .method = METHOD_GET, .url = "http://server/x" };

    recorder_start(&fixture->recorder, &file);
    recorder_start(&fixture->recorder, &web);
    source->ops->stop(source, 1);
    source->ops->stop(source, 2);
    source->ops->wake(source);
    recorder_poll(&fixture->recorder, 0);

    assert_string_equal(text_c(&fixture->recorder.log), "");
    assert_int_equal(source->ops->count(source), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_name_goes_to_its_source),
        TEST(a_key_is_stopped_wherever_it_is),
    };

    return run_tests("transfer_route", tests);
}
