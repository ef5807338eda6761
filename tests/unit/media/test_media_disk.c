/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <sys/stat.h>

#include "support/assert_result.h"
#include "support/disk_power.h"
#include "support/temp_directory.h"
#include "support/test_main.h"
#include "unit/media/build.h"

/* A file in one of the ways, with this distributor. */
static void build_with(struct build *build, const struct build_way *way, const char *distributor)
{
    const char *values[XBITS_ATTRIBUTE_COUNT];

    memcpy(values, build_values, sizeof(values));
    values[XBITS_ATTRIBUTE_DISTRIBUTOR] = distributor;
    build_file(build, way, values);
}

/* A disk with one call replaced, for what a disk in memory does not do. */
struct replaced {
    const struct disk_ops *inner;
    struct disk_ops ops;
};

static void replace(struct disk *disk, struct replaced *replaced)
{
    replaced->inner = disk->ops;
    replaced->ops = *disk->ops;
    disk->ops = &replaced->ops;
}

static struct replaced on_stat;
static struct replaced on_sync;

static xbits_result stat_as_link(struct disk *disk, const char *path, struct disk_stat *stat_out)
{
    xbits_result result = on_stat.inner->stat(disk, path, stat_out);

    stat_out->is_link = true;
    return result;
}

static xbits_result stat_as_read_only(struct disk *disk, const char *path,
                                      struct disk_stat *stat_out)
{
    xbits_result result = on_stat.inner->stat(disk, path, stat_out);

    stat_out->is_read_only = true;
    return result;
}

static void links_and_protected_files_are_not_replaced(void **state)
{
    struct disk *disk = build_disk();
    struct text bytes = { 0 };

    (void)state;
    assert_ok(text_add(&bytes, "junk"));
    build_store(disk, BUILD_PATH, &bytes);
    replace(disk, &on_stat);
    on_stat.ops.stat = stat_as_link;
    assert_fails(XBITS_E_INVALIDARG, media_write_distributor(disk, BUILD_PATH, "HT"));
    on_stat.ops.stat = stat_as_read_only;
    assert_fails(XBITS_E_ACCESSDENIED, media_write_distributor(disk, BUILD_PATH, "HT"));

    build_assert_file(disk, BUILD_PATH, &bytes);
    assert_int_equal(build_file_count(disk), 1);
    text_dispose(&bytes);
    disk_power_free(disk);
}

/* Before a file is renamed another program puts its own in the place. */
static xbits_result sync_and_intrude(struct disk *disk, struct disk_file *file)
{
    struct text bytes = { 0 };
    xbits_result result = on_sync.inner->sync(disk, file);

    disk->ops = on_sync.inner;
    assert_ok(text_add(&bytes, "half"));
    assert_ok(disk_remove(disk, BUILD_PATH ".tagging"));
    build_store(disk, BUILD_PATH ".tagging", &bytes);
    text_dispose(&bytes);
    return result;
}

static void two_that_tag_one_file_do_not_mix(void **state)
{
    struct disk *disk = build_disk();
    struct text bytes = { 0 };

    (void)state;
    assert_ok(text_add(&bytes, "junk"));
    build_store(disk, BUILD_PATH, &bytes);
    replace(disk, &on_sync);
    on_sync.ops.sync = sync_and_intrude;

    assert_fails(XBITS_ERROR_SHARING_VIOLATION, media_write_distributor(disk, BUILD_PATH, "HT"));

    build_assert_file(disk, BUILD_PATH, &bytes);
    text_clear(&bytes);
    assert_ok(text_add(&bytes, "half"));
    build_assert_file(disk, BUILD_PATH ".tagging", &bytes);
    text_dispose(&bytes);
    disk_power_free(disk);
}

static void fail_and_check(const struct disk_fault *fault)
{
    struct disk *power = build_disk();
    struct disk *disk = NULL;
    struct build build = { 0 };

    print_message("%s %u\n", fault->operation, (unsigned)fault->nth);
    build_media(&build, 10000);
    build_store(power, BUILD_PATH, &build.bytes);
    assert_ok(disk_faulty_new(power, &disk));
    assert_ok(disk_faulty_add(disk, fault));

    assert_fails(fault->result, media_write_distributor(disk, BUILD_PATH, "HT"));

    build_assert_file(power, BUILD_PATH, &build.bytes);
    assert_int_equal(build_file_count(power), 1);
    disk_faulty_free(disk);
    disk_power_free(power);
    build_dispose(&build);
}

static void a_failing_disk_leaves_the_file_as_it_is(void **state)
{
    static const struct {
        const char *operation;
        size_t uses;
    } rows[] = {
        { "stat", 3 },    { "open", 1 },        { "lock", 1 },
        { "read_at", 2 }, { "preallocate", 1 }, { "write_at", 2 },
        { "sync", 1 },    { "close", 1 },       { "copy_permissions", 1 },
        { "rename", 1 },  { "remove", 1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (size_t nth = 1; nth <= rows[i].uses; nth++) {
            struct disk_fault fault = { rows[i].operation, "", nth, DISK_FAULT_FAIL,
                                        XBITS_ERROR_DISK_FULL };

            fail_and_check(&fault);
        }
    }
}

static void a_file_keeps_its_permissions(void **state)
{
    static const mode_t modes[] = { 0600, 0640, 0644, 0755 };
    struct temp_directory directory = { 0 };
    char path[TEMP_PATH_SIZE];
    struct stat status;

    (void)state;
    temp_directory_make(&directory);
    temp_directory_write(&directory, "a.mp3", "junk", 4);
    temp_directory_join(&directory, "a.mp3", path);
    for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        assert_int_equal(chmod(path, modes[i]), 0);

        assert_ok(media_write_distributor(disk_system(), path, "HT"));

        assert_int_equal(stat(path, &status), 0);
        assert_int_equal(status.st_mode & 07777, modes[i]);
    }
    assert_int_equal(temp_directory_count(&directory), 1);
    temp_directory_remove(&directory);
}

/* Is the file as it was, or as it is to be? Returns: it is new. */
static bool check_whole(struct disk *disk, const struct text *before, const struct text *after)
{
    struct text now = { 0 };
    bool is_new;

    build_load(disk, BUILD_PATH, &now);
    is_new = now.length == after->length && memcmp(now.data, after->data, now.length) == 0;
    if (!is_new) {
        assert_int_equal(now.length, before->length);
        assert_memory_equal(now.data, before->data, now.length);
    }
    text_dispose(&now);
    return is_new;
}

/* Returns: it came to an end before the power did. */
static bool end_and_write_again(const struct build_way *way, uint64_t operations,
                                enum disk_power_end end)
{
    struct disk *disk = disk_power_new(operations);
    struct build before = { 0 };
    struct build after = { 0 };
    bool is_done;

    assert_ok(disk_make_directory(disk, "/music"));
    build_with(&before, way, "Old");
    build_store(disk, "/music/other.mp3", &before.bytes);
    assert_ok(media_write_distributor(disk, "/music/other.mp3", "HarborTunes"));
    build_load(disk, "/music/other.mp3", &after.bytes);
    assert_ok(disk_remove(disk, "/music/other.mp3"));
    build_store(disk, BUILD_PATH, &before.bytes);

    disk_power_end_after(disk, operations, end);
    is_done = XBITS_SUCCEEDED(media_write_distributor(disk, BUILD_PATH, "HarborTunes"));
    disk_power_end_after(disk, 0, end);
    disk_power_restore(disk);

    assert_true(check_whole(disk, &before.bytes, &after.bytes) || !is_done);
    assert_ok(media_write_distributor(disk, BUILD_PATH, "HarborTunes"));
    assert_true(check_whole(disk, &before.bytes, &after.bytes));
    assert_int_equal(build_file_count(disk), 1);
    build_dispose(&before);
    build_dispose(&after);
    disk_power_free(disk);
    return is_done;
}

static void a_run_that_ends_anywhere_leaves_one_whole_file(void **state)
{
    static const enum disk_power_end ends[] = { DISK_POWER_CUT, DISK_POWER_KILL };
    unsigned trials = 0;

    (void)state;
    for (size_t way = 0; way < BUILD_WAYS; way++) {
        for (size_t i = 0; i < 2; i++) {
            for (uint64_t operation = 1; !end_and_write_again(&build_ways[way], operation, ends[i]);
                 operation++)
                trials++;
        }
    }
    print_message("%u ends\n", trials);
    assert_true(trials >= 6 * 2 * BUILD_WAYS);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_and_protected_files_are_not_replaced),
        cmocka_unit_test(two_that_tag_one_file_do_not_mix),
        cmocka_unit_test(a_failing_disk_leaves_the_file_as_it_is),
        cmocka_unit_test(a_file_keeps_its_permissions),
        cmocka_unit_test(a_run_that_ends_anywhere_leaves_one_whole_file),
    };

    return run_tests("writing tags on disks", tests);
}
