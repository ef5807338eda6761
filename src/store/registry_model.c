/* SPDX-License-Identifier: MIT */
#include "store/registry_model.h"

#include <stdlib.h>
#include <string.h>

#include "base/config_line.h"

#define HEADING                                                                                    \
    "; The part of the registry below Software\\Microsoft\\MediaPlayer that xbits reads and "      \
    "writes.\n; Whatever is set here is kept when it writes; comments are not.\n"

static void dispose_entry(struct registry_entry *entry)
{
    free(entry->section);
    free(entry->key);
    free(entry->value);
}

void registry_model_dispose(struct registry_model *model)
{
    for (size_t i = 0; i < model->count; i++)
        dispose_entry(&model->entries[i]);
    free(model->entries);
    *model = (struct registry_model){ 0 };
}

static xbits_result reserve_entry(struct registry_model *model)
{
    size_t capacity = model->capacity == 0 ? 32 : 2 * model->capacity;
    struct registry_entry *entries;

    if (model->count < model->capacity)
        return XBITS_S_OK;
    entries = capacity > SIZE_MAX / sizeof(*entries)
                  ? NULL
                  : realloc(model->entries, capacity * sizeof(*entries));
    if (entries == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for %zu values", capacity);
    model->entries = entries;
    model->capacity = capacity;
    return XBITS_S_OK;
}

static xbits_result copy_entry(const struct config_entry *from, struct registry_entry *entry_out)
{
    struct registry_entry entry = { .line = from->line };
    xbits_result result = text_copy(from->section, &entry.section);

    if (XBITS_SUCCEEDED(result))
        result = text_copy(from->key, &entry.key);
    if (XBITS_SUCCEEDED(result))
        result = text_copy(from->value, &entry.value);
    if (XBITS_FAILED(result)) {
        dispose_entry(&entry);
        return result;
    }
    *entry_out = entry;
    return XBITS_S_OK;
}

static xbits_result insert(struct registry_model *model, size_t place,
                           const struct config_entry *from)
{
    struct registry_entry entry;

    TRY(reserve_entry(model));
    TRY(copy_entry(from, &entry));
    memmove(&model->entries[place + 1], &model->entries[place],
            (model->count - place) * sizeof(entry));
    model->entries[place] = entry;
    model->count++;
    return XBITS_S_OK;
}

/* config_visit */
static xbits_result take_entry(const struct config_entry *entry, void *user)
{
    struct registry_model *model = user;

    return insert(model, model->count, entry);
}

/* A NUL would end the text for whoever reads it as a string, and hide what comes after. */
static xbits_result check_nul(const char *name, const char *bytes, size_t size)
{
    size_t length = strlen(bytes);
    int line = 1;

    if (length >= size)
        return XBITS_S_OK;
    for (size_t i = 0; i < length; i++)
        line += bytes[i] == '\n';
    return xbits_fail(XBITS_E_INVALIDARG, "%s:%d: a NUL byte is not allowed", name, line);
}

xbits_result registry_model_read(struct registry_model *model, const char *name, const char *bytes,
                                 size_t size)
{
    TRY(check_nul(name, bytes, size));
    return config_read_text(name, bytes, take_entry, model);
}

static bool is_in(const struct registry_entry *entry, const char *section)
{
    return strcmp(entry->section, section) == 0;
}

static bool is_at(const struct registry_entry *entry, const char *section, const char *key)
{
    return is_in(entry, section) && (key == NULL || strcmp(entry->key, key) == 0);
}

static struct registry_entry *find_last(const struct registry_model *model, const char *section,
                                        const char *key)
{
    for (size_t i = model->count; i > 0; i--) {
        if (is_at(&model->entries[i - 1], section, key))
            return &model->entries[i - 1];
    }
    return NULL;
}

const struct registry_entry *registry_model_find(const struct registry_model *model,
                                                 const char *section, const char *key)
{
    return find_last(model, section, key);
}

bool registry_model_has_section(const struct registry_model *model, const char *section)
{
    return find_last(model, section, NULL) != NULL;
}

xbits_result registry_model_set(struct registry_model *model, const char *section, const char *key,
                                const char *value)
{
    const struct config_entry made = { .section = section, .key = key, .value = value };
    struct registry_entry *entry = find_last(model, section, key);
    const struct registry_entry *last;

    if (entry != NULL)
        return text_replace(&entry->value, value);
    last = find_last(model, section, NULL);
    return insert(model, last != NULL ? (size_t)(last - model->entries) + 1 : model->count, &made);
}

void registry_model_remove(struct registry_model *model, const char *section, const char *key)
{
    size_t kept = 0;

    for (size_t i = 0; i < model->count; i++) {
        if (is_at(&model->entries[i], section, key))
            dispose_entry(&model->entries[i]);
        else
            model->entries[kept++] = model->entries[i];
    }
    model->count = kept;
}

/* A line ends between two characters, neither of which is a blank, that a reader drops at both ends
 * of a line; and the next one begins with no comment's sign. */
static bool can_break(const char *value, size_t place)
{
    const char before = place == 0 ? '=' : value[place - 1];

    return ((unsigned char)value[place] & 0xC0) != 0x80 && before != ' ' && before != '\t' &&
           strchr(" \t;#", value[place]) == NULL;
}

/* How much of a value goes into a line that has this much room. */
static size_t part_length(const char *value, size_t length, size_t room)
{
    if (length <= room)
        return length;
    while (room > 0 && !can_break(value, room))
        room--;
    return room;
}

/* What was read in lines of this length can be written in them: it can at least be broken again
 * where it was. */
static xbits_result print_value(const struct registry_entry *entry, struct text *text)
{
    const char *value = entry->value;
    size_t left = strlen(value);
    size_t part = part_length(value, left, CONFIG_LINE_BYTES - strlen(entry->key) - 1);

    TRY(text_format(text, "%s=%.*s\n", entry->key, (int)part, value));
    while (left > part) {
        value += part;
        left -= part;
        part = part_length(value, left, CONFIG_LINE_BYTES - 1);
        if (part == 0) {
            return xbits_fail(XBITS_E_UNEXPECTED, "%s.%s cannot be written in lines of %d bytes",
                              entry->section, entry->key, CONFIG_LINE_BYTES);
        }
        TRY(text_format(text, " %.*s\n", (int)part, value));
    }
    return XBITS_S_OK;
}

xbits_result registry_model_print(const struct registry_model *model, struct text *text)
{
    const char *section = NULL;

    TRY(text_add(text, HEADING));
    for (size_t i = 0; i < model->count; i++) {
        const struct registry_entry *entry = &model->entries[i];

        if (section == NULL || !is_in(entry, section))
            TRY(text_format(text, "\n[%s]\n", entry->section));
        section = entry->section;
        TRY(print_value(entry, text));
    }
    return XBITS_S_OK;
}
