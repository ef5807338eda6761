/* SPDX-License-Identifier: MIT */
#include "store/external/member_table.h"

#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"

#define ALL   ((1u << XBITS_SURFACE_COUNT) - 1)
#define PANE  (1u << XBITS_SURFACE_PANE)
#define GUIDE (1u << XBITS_SURFACE_GUIDE)

#define EVERYWHERE                                                                                 \
    {                                                                                              \
        ALL, ALL, ALL, ALL                                                                         \
    }
#define FROM_WMP10                                                                                 \
    {                                                                                              \
        0, ALL, ALL, ALL                                                                           \
    }
#define DOWNLOADS                                                                                  \
    {                                                                                              \
        ALL, PANE, PANE, PANE                                                                      \
    }

#define GET  XBITS_MEMBER_GET
#define PUT  XBITS_MEMBER_PUT
#define CALL XBITS_MEMBER_CALL

#define EXTERNAL   XBITS_OBJECT_EXTERNAL
#define MANAGER    XBITS_OBJECT_DOWNLOAD_MANAGER
#define COLLECTION XBITS_OBJECT_DOWNLOAD_COLLECTION
#define ITEM       XBITS_OBJECT_DOWNLOAD_ITEM

static const struct xbits_member *find(const char *name, enum xbits_object_class object_class)
{
    const struct xbits_member *member;

    for (size_t i = 0; (member = xbits_member_at(i)) != NULL; i++) {
        if (member->object_class == object_class && strcmp(member->name, name) == 0)
            return member;
    }
    return NULL;
}

/* The tables of the specification (wmp-store 2, 3.1, 3.2; errata 2.6), by hand. */
/* clang-format off */
static const struct expected {
    const char *name;
    enum xbits_object_class object_class;
    int32_t dispid;
    unsigned uses;
    unsigned surfaces[4]; /* WMP9 to WMP12 */
} expected[] = {
    { "playMedia", EXTERNAL, 0x2714, CALL, { ALL, GUIDE, GUIDE, 0 } },
    { "version", EXTERNAL, 0x2715, GET, EVERYWHERE },
    { "DownloadManager", EXTERNAL, 0x2719, GET, DOWNLOADS },
    { "appColorLight", EXTERNAL, 0x271C, GET, EVERYWHERE },
    { "appColorMedium", EXTERNAL, 0x271D, GET, FROM_WMP10 },
    { "appColorDark", EXTERNAL, 0x271E, GET, FROM_WMP10 },
    { "appColorButtonHighlight", EXTERNAL, 0x271F, GET, FROM_WMP10 },
    { "appColorButtonShadow", EXTERNAL, 0x2720, GET, FROM_WMP10 },
    { "appColorButtonHoverFace", EXTERNAL, 0x2721, GET, FROM_WMP10 },
    { "OnColorChange", EXTERNAL, 0x2722, PUT, EVERYWHERE },
    { "NavigateTaskPaneURL", EXTERNAL, 0x272A, CALL, FROM_WMP10 },
    { "SelectedTaskPane", EXTERNAL, 0x272B, GET | PUT, FROM_WMP10 },
    { "getDownloadCollection", MANAGER, 1151, CALL, DOWNLOADS },
    { "createDownloadCollection", MANAGER, 1152, CALL, DOWNLOADS },
    { "id", COLLECTION, 1201, GET, DOWNLOADS },
    { "count", COLLECTION, 1202, GET, DOWNLOADS },
    { "item", COLLECTION, 1203, CALL, DOWNLOADS },
    { "startDownload", COLLECTION, 1204, CALL, DOWNLOADS },
    { "removeItem", COLLECTION, 1205, CALL, DOWNLOADS },
    { "Clear", COLLECTION, 1206, CALL, DOWNLOADS },
    { "sourceURL", ITEM, 1251, GET, DOWNLOADS },
    { "size", ITEM, 1252, GET, DOWNLOADS },
    { "type", ITEM, 1253, GET, DOWNLOADS },
    { "progress", ITEM, 1254, GET, DOWNLOADS },
    { "downloadState", ITEM, 1255, GET, DOWNLOADS },
    { "pause", ITEM, 1256, CALL, DOWNLOADS },
    { "resume", ITEM, 1257, CALL, DOWNLOADS },
    { "cancel", ITEM, 1258, CALL, DOWNLOADS },
    { "getItemInfo", ITEM, 1301, CALL, { 0, PANE, PANE, PANE } },
};
/* clang-format on */

#define EXPECTED_COUNT (sizeof expected / sizeof expected[0])

static unsigned surfaces_of(const struct xbits_member *member, unsigned version)
{
    unsigned set = 0;

    for (unsigned surface = 0; surface < XBITS_SURFACE_COUNT; surface++) {
        if (xbits_member_is_on(member, (enum xbits_surface)surface,
                               (enum xbits_player_version)version))
            set |= 1u << surface;
    }
    return set;
}

static void the_members_are_those_of_the_documentation(void **state)
{
    (void)state;
    for (size_t i = 0; i < EXPECTED_COUNT; i++) {
        const struct xbits_member *member = find(expected[i].name, expected[i].object_class);

        if (member == NULL)
            fail_msg("%s is missing", expected[i].name);
        assert_int_equal(member->dispid, expected[i].dispid);
        assert_int_equal(member->uses, expected[i].uses);
        for (unsigned version = 9; version <= 12; version++)
            assert_int_equal(surfaces_of(member, version), expected[i].surfaces[version - 9]);
    }
}

static void there_are_no_others(void **state)
{
    (void)state;
    assert_non_null(xbits_member_at(EXPECTED_COUNT - 1));
    assert_null(xbits_member_at(EXPECTED_COUNT));
    assert_null(xbits_member_at(SIZE_MAX));
}

static void a_row_that_is_not_ours_is_nowhere(void **state)
{
    struct xbits_member forged = *xbits_member_at(0);

    (void)state;
    assert_null(member_row_of(&forged));
    assert_null(member_row_of(NULL));
    assert_int_equal(surfaces_of(&forged, 9), 0);
}

static void an_unknown_player_or_surface_has_nothing(void **state)
{
    const struct xbits_member *version = find("version", EXTERNAL);

    (void)state;
    assert_int_equal(surfaces_of(version, 8), 0);
    assert_int_equal(surfaces_of(version, 13), 0);
    assert_int_equal(surfaces_of(version, 0), 0);
    assert_false(xbits_member_is_on(version, (enum xbits_surface)5, XBITS_PLAYER_WMP12));
    assert_false(xbits_member_is_on(version, (enum xbits_surface) - 1, XBITS_PLAYER_WMP12));
}

static void surfaces_and_classes_have_names(void **state)
{
    static const char *const names[] = { "pane", "infocenter", "albuminfo", "htmlview", "guide" };
    enum xbits_surface surface = XBITS_SURFACE_GUIDE;

    (void)state;
    for (unsigned i = 0; i < XBITS_SURFACE_COUNT; i++) {
        assert_string_equal(xbits_surface_name((enum xbits_surface)i), names[i]);
        assert_true(xbits_surface_of_name(names[i], &surface));
        assert_int_equal(surface, i);
    }
    assert_false(xbits_surface_of_name("Pane", &surface));
    assert_false(xbits_surface_of_name("", &surface));
    assert_false(xbits_surface_of_name(NULL, &surface));
    assert_string_equal(xbits_surface_name((enum xbits_surface)5), "unknown");
    assert_string_equal(xbits_object_class_name(XBITS_OBJECT_DOWNLOAD_ITEM), "DownloadItem");
    assert_string_equal(xbits_object_class_name((enum xbits_object_class)4), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_members_are_those_of_the_documentation),
        cmocka_unit_test(there_are_no_others),
        cmocka_unit_test(a_row_that_is_not_ours_is_nowhere),
        cmocka_unit_test(an_unknown_player_or_surface_has_nothing),
        cmocka_unit_test(surfaces_and_classes_have_names),
    };

    return run_tests("member_table", tests);
}
