/* SPDX-License-Identifier: MIT */
#include "registry_fixture.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "support/assert_result.h"

int registry_fixture_open(void **state)
{
    static struct registry_fixture fixture;

    memset(&fixture, 0, sizeof(fixture));
    temp_directory_make(&fixture.directory);
    *state = &fixture;
    return XBITS_FAILED(xbits_registry_open(fixture.directory.path, &fixture.registry));
}

int registry_fixture_close(void **state)
{
    struct registry_fixture *fixture = *state;

    xbits_registry_close(fixture->registry);
    temp_directory_remove(&fixture->directory);
    return 0;
}

void write_ini(struct registry_fixture *fixture, const char *content)
{
    temp_directory_write(&fixture->directory, "registry.ini", content, strlen(content));
}

char *read_ini(struct registry_fixture *fixture)
{
    return temp_directory_read(&fixture->directory, "registry.ini", NULL);
}

void assert_ini(struct registry_fixture *fixture, const char *expected)
{
    char *content = read_ini(fixture);

    assert_string_equal(content, expected);
    free(content);
}

void set_number(struct xbits_registry *registry, uint32_t number)
{
    const struct xbits_value value = xbits_value_u32(number);

    assert_ok(xbits_registry_set(registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &value));
}

void set_text(struct xbits_registry *registry, enum xbits_registry_value which, const char *text)
{
    const struct xbits_value value = xbits_value_text(text);

    assert_ok(xbits_registry_set(registry, which, &value));
}

void assert_number(struct xbits_registry *registry, uint32_t expected)
{
    struct xbits_value value = { 0 };

    assert_ok(xbits_registry_get(registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &value));

    assert_int_equal(value.kind, XBITS_KIND_U32);
    assert_int_equal(value.as.u32, expected);
    xbits_value_dispose(&value);
}

void assert_text(struct xbits_registry *registry, enum xbits_registry_value which,
                 const char *expected)
{
    struct xbits_value value = { 0 };

    assert_ok(xbits_registry_get(registry, which, &value));

    assert_int_equal(value.kind, XBITS_KIND_TEXT);
    assert_string_equal(value.as.text, expected);
    xbits_value_dispose(&value);
}

void assert_absent(struct xbits_registry *registry, enum xbits_registry_value which)
{
    struct xbits_value value = xbits_value_text("before");

    assert_result(XBITS_S_FALSE, xbits_registry_get(registry, which, &value));

    assert_int_equal(value.kind, XBITS_KIND_NONE);
    assert_null(value.owned);
}

static bool write_store_down(const struct xbits_store_info *store, void *user)
{
    assert_int_equal(store->size, sizeof(*store));
    assert_ok(text_format(user, "%s=%s\n", store->key, store->friendly_name));
    return true;
}

void assert_stores(struct xbits_registry *registry, const char *expected)
{
    struct text seen = { 0 };

    assert_ok(xbits_registry_visit_stores(registry, write_store_down, &seen));

    assert_string_equal(text_c(&seen), expected);
    text_dispose(&seen);
}
