/* SPDX-License-Identifier: MIT */
#include "xbits/wmp_job.h"

#include "store/registry.h"
#include "support/assert_result.h"
#include "support/temp_directory.h"
#include "support/test_main.h"
#include "unit/job/fake_backend.h"

/* Unsigned or not, in every reading a producer's number is the same. */
static void a_service_id_is_not_negative(void **state)
{
    struct temp_directory directory = { 0 };
    struct xbits_registry *registry;
    struct xbits_manager *manager;
    struct xbits_wmp_job_spec spec;

    (void)state;
    temp_directory_make(&directory);
    assert_ok(registry_open_on(directory.path, disk_system(), &registry));
    assert_ok(fake_manager_open(NULL, &manager));
    XBITS_INIT(&spec);
    spec.description.service_id = -1;
    spec.description.provider = "HarborTunes";
    spec.remote_name = "http://host/song.mp3";
    spec.local_name = "/tmp/song.mp3";

    assert_fails(XBITS_E_INVALIDARG, xbits_wmp_job_create(manager, registry, &spec, NULL, NULL));

    assert_int_equal(fake_of(manager)->calls, 0);
    assert_false(temp_directory_has(&directory, "registry.ini"));
    xbits_registry_close(registry);
    xbits_manager_close(manager);
    temp_directory_remove(&directory);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_service_id_is_not_negative),
    };

    return run_tests("wmp job", tests);
}
