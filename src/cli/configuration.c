/* SPDX-License-Identifier: MIT */
#include "cli/configuration.h"

#include "base/config.h"
#include "base/text.h"
#include "base/url_text.h"
#include "cli/configuration_path.h"

#include <stdlib.h>
#include <string.h>

/* Where the program's default differs from the library's: a person at a shell expects the shell's
 * proxy. */
static const struct {
    const char *section;
    const char *key;
    const char *value;
} program_defaults[] = {
    { "proxy", "preconfig", "environment" },
};

static struct configuration_value *find(struct configuration *configuration, const char *section,
                                        const char *key)
{
    for (size_t i = 0; i < configuration->count; i++) {
        const struct xbits_setting_info *setting = configuration->values[i].setting;

        if (strcmp(setting->section, section) == 0 && strcmp(setting->key, key) == 0)
            return &configuration->values[i];
    }
    return NULL;
}

static xbits_result assign(struct configuration_value *value, const char *text,
                           enum configuration_source source, int line)
{
    char *copy = NULL;

    TRY(text_copy(text, &copy));
    free(value->value);
    value->value = copy;
    value->source = source;
    value->line = line;
    return XBITS_S_OK;
}

static xbits_result fill_defaults(struct configuration *configuration)
{
    size_t count = 0;

    while (xbits_setting_at(count) != NULL)
        count++;
    configuration->values = calloc(count + 1, sizeof *configuration->values);
    if (configuration->values == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu settings", count);
    configuration->count = count;
    for (size_t i = 0; i < count; i++) {
        struct configuration_value *value = &configuration->values[i];

        value->setting = xbits_setting_at(i);
        TRY(assign(value, value->setting->default_value, CONFIGURATION_DEFAULT, 0));
    }
    for (size_t i = 0; i < sizeof program_defaults / sizeof program_defaults[0]; i++) {
        struct configuration_value *value =
            find(configuration, program_defaults[i].section, program_defaults[i].key);

        if (value != NULL)
            TRY(assign(value, program_defaults[i].value, CONFIGURATION_PROGRAM, 0));
    }
    return XBITS_S_OK;
}

/* config_visit */
static xbits_result take_entry(const struct config_entry *entry, void *user)
{
    struct configuration_value *value;

    if (XBITS_FAILED(xbits_setting_check(entry->section, entry->key, entry->value))) {
        struct xbits_error error = *xbits_last_error();

        return config_fail(entry, "%s", error.message);
    }
    value = find(user, entry->section, entry->key);
    if (value == NULL)
        return config_fail(entry, "there is no such setting");
    if (value->source == CONFIGURATION_FILE)
        return config_fail(entry, "it has a value already, in line %d", value->line);
    return assign(value, entry->value, CONFIGURATION_FILE, entry->line);
}

static xbits_result fail_set(const char *entry, const char *reason)
{
    return xbits_fail(XBITS_E_INVALIDARG, "--set %s: %s", url_text(entry).c, reason);
}

/* `name` is a copy of entry that may be cut in pieces. */
static xbits_result take_set(struct configuration *configuration, const char *entry, char *name)
{
    struct configuration_value *value;
    char *dot = strchr(name, '.');
    char *equals = dot ? strchr(dot, '=') : NULL;

    if (equals == NULL)
        return fail_set(entry, "it must look like section.key=value");
    *dot = '\0';
    *equals = '\0';
    if (XBITS_FAILED(xbits_setting_check(name, dot + 1, equals + 1))) {
        struct xbits_error error = *xbits_last_error();

        return fail_set(entry, error.message);
    }
    value = find(configuration, name, dot + 1);
    if (value == NULL)
        return fail_set(entry, "there is no such setting");
    return assign(value, equals + 1, CONFIGURATION_OPTION, 0);
}

static xbits_result take_sets(struct configuration *configuration, const struct option_list *sets)
{
    for (size_t i = 0; i < sets->count; i++) {
        char *copy = NULL;
        xbits_result result;

        TRY(text_copy(sets->items[i], &copy));
        result = take_set(configuration, sets->items[i], copy);
        free(copy);
        TRY(result);
    }
    return XBITS_S_OK;
}

static xbits_result make_entries(struct configuration *configuration)
{
    size_t count = 0;

    configuration->entries = calloc(configuration->count + 1, sizeof *configuration->entries);
    if (configuration->entries == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the settings");
    for (size_t i = 0; i < configuration->count; i++) {
        const struct configuration_value *value = &configuration->values[i];
        struct text entry = { 0 };

        if (value->source == CONFIGURATION_DEFAULT)
            continue;
        TRY(text_format(&entry, "%s.%s=%s", value->setting->section, value->setting->key,
                        value->value));
        configuration->entries[count++] = text_take(&entry);
    }
    return XBITS_S_OK;
}

xbits_result configuration_load(struct configuration *configuration,
                                const struct global_values *global)
{
    TRY(fill_defaults(configuration));
    TRY(configuration_path(global->config, &configuration->path));
    if (configuration->path != NULL)
        TRY(config_read_file(configuration->path, take_entry, configuration));
    TRY(take_sets(configuration, &global->settings));
    return make_entries(configuration);
}

void configuration_dispose(struct configuration *configuration)
{
    for (size_t i = 0; configuration->entries != NULL && configuration->entries[i] != NULL; i++)
        free(configuration->entries[i]);
    free(configuration->entries);
    for (size_t i = 0; i < configuration->count; i++)
        free(configuration->values[i].value);
    free(configuration->values);
    free(configuration->path);
    *configuration = (struct configuration){ 0 };
}

char *configuration_source_text(const struct configuration_value *value, char text[32])
{
    switch (value->source) {
    case CONFIGURATION_DEFAULT:
        return text_copy_into(text, 32, "default");
    case CONFIGURATION_PROGRAM:
        return text_copy_into(text, 32, "default of xbits");
    case CONFIGURATION_FILE:
        snprintf(text, 32, "line %d", value->line);
        return text;
    case CONFIGURATION_OPTION:
        return text_copy_into(text, 32, "--set");
    }
    return text_copy_into(text, 32, "");
}
