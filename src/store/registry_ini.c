/* SPDX-License-Identifier: MIT */
#include "store/registry.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/argument.h"
#include "base/clock.h"
#include "base/config_line.h"
#include "base/thread.h"
#include "store/registry_model.h"
#include "store/registry_store.h"

#define FILE_BYTES 1048576 /* What base/config.h takes for a configuration. */

/* A writer holds the lock for two syncs: who waits longer than this waits for something else. */
#define PATIENCE_MS 2000
#define PAUSE_MS    5

#define STORE_PREFIX REGISTRY_SUBSCRIPTIONS "/"

/* What there was of registry.ini at a look. */
struct look {
    bool is_there;
    struct disk_stat stat;
};

struct registry_ini {
    struct xbits_registry base;
    struct disk *disk;
    char *directory;
    char *path;
    char *new_path; /* The next content, until it is whole. */
    char *lock_path;
    struct mutex *mutex;
    struct condition *nothing; /* Never signalled: to wait for it is to pause. */
    bool has_looked;
    struct look last_look;
};

static struct registry_ini *ini_of(struct xbits_registry *registry)
{
    return (struct registry_ini *)registry;
}

static void ini_close(struct xbits_registry *registry)
{
    struct registry_ini *ini = ini_of(registry);

    condition_free(ini->nothing);
    mutex_free(ini->mutex);
    free(ini->lock_path);
    free(ini->new_path);
    free(ini->path);
    free(ini->directory);
    free(ini);
}

static bool is_missing(xbits_result result)
{
    return result == XBITS_ERROR_FILE_NOT_FOUND || result == XBITS_ERROR_PATH_NOT_FOUND;
}

static xbits_result look_at(const struct registry_ini *ini, const char *path, struct look *look_out)
{
    struct look look = { .is_there = true };
    xbits_result result = disk_stat(ini->disk, path, &look.stat);

    if (is_missing(result))
        look = (struct look){ 0 };
    else
        TRY(result);
    *look_out = look;
    return XBITS_S_OK;
}

static xbits_result fail_large(const struct registry_ini *ini)
{
    return xbits_fail(XBITS_E_INVALIDARG, "%s has at most %d bytes", ini->path, FILE_BYTES);
}

/* One byte more than is allowed shows that there is too much. bytes has room for a NUL after it. */
static xbits_result read_bytes(const struct registry_ini *ini, char *bytes, size_t *size_out)
{
    struct disk_file *file = NULL;
    xbits_result result;
    size_t size = 0;

    TRY(disk_open(ini->disk, ini->path, DISK_OPEN_READ, &file));
    result = disk_read_at(ini->disk, file, 0, bytes, FILE_BYTES + 1, &size);
    if (XBITS_FAILED(result)) {
        struct xbits_error why = *xbits_last_error();

        (void)disk_close(ini->disk, file);
        return xbits_fail_again(&why);
    }
    TRY(disk_close(ini->disk, file));
    if (size > FILE_BYTES)
        return fail_large(ini);
    bytes[size] = '\0';
    *size_out = size;
    return XBITS_S_OK;
}

/* A file that is missing sets nothing. The model is the caller's to dispose in any case. */
static xbits_result load(const struct registry_ini *ini, struct registry_model *model)
{
    char *bytes = malloc(FILE_BYTES + 2);
    xbits_result result;
    size_t size = 0;

    if (bytes == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to read %s", ini->path);
    result = read_bytes(ini, bytes, &size);
    if (is_missing(result))
        result = XBITS_S_OK;
    else if (XBITS_SUCCEEDED(result))
        result = registry_model_read(model, ini->path, bytes, size);
    free(bytes);
    return result;
}

static struct config_entry config_entry_of(const struct registry_ini *ini,
                                           const struct registry_entry *entry)
{
    return (struct config_entry){ .file = ini->path,
                                  .line = entry->line,
                                  .section = entry->section,
                                  .key = entry->key,
                                  .value = entry->value };
}

static int hex_digit(char character)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *found = character != '\0' ? strchr(digits, character) : NULL;

    return found != NULL ? (int)((found - digits) % 16) : -1;
}

static bool parse_hex(const char *digits, uint32_t *out)
{
    uint32_t number = 0;

    if (digits[0] == '\0')
        return false;
    for (; *digits != '\0'; digits++) {
        int digit = hex_digit(*digits);

        if (digit < 0 || number > UINT32_MAX >> 4)
            return false;
        number = number << 4 | (uint32_t)digit;
    }
    *out = number;
    return true;
}

static bool parse_u32(const char *text, uint32_t *out)
{
    uint64_t number;

    if (text_starts_with_ignoring_case(text, "0x"))
        return parse_hex(text + 2, out);
    if (!text_parse_u64(text, UINT32_MAX, &number))
        return false;
    *out = (uint32_t)number;
    return true;
}

static xbits_result to_value(const struct registry_ini *ini, const struct registry_row *row,
                             const struct registry_entry *entry, struct xbits_value *value_out)
{
    const struct config_entry place = config_entry_of(ini, entry);
    struct xbits_value value = { .kind = row->kind };
    char *text = NULL;

    if (row->kind == XBITS_KIND_U32) {
        if (!parse_u32(entry->value, &value.as.u32))
            return config_fail(&place, "\"%s\" is no number of 32 bits, decimal or 0x and hex",
                               entry->value);
    } else {
        TRY(text_copy(entry->value, &text));
        value.owned = text;
        value.as.text = text;
    }
    *value_out = value;
    return XBITS_S_OK;
}

static xbits_result ini_read(struct xbits_registry *registry, const struct registry_row *row,
                             struct xbits_value *value_out)
{
    struct registry_model model = { 0 };
    const struct registry_entry *entry;
    xbits_result result = load(ini_of(registry), &model);

    if (XBITS_SUCCEEDED(result)) {
        entry = registry_model_find(&model, row->key, row->name);
        result = entry == NULL ? XBITS_S_FALSE : to_value(ini_of(registry), row, entry, value_out);
    }
    registry_model_dispose(&model);
    return result;
}

/* The failure that counts is the first one: what cleans up after it fails unheard. */
static xbits_result pass_on_after(struct registry_ini *ini, xbits_result result,
                                  struct disk_file *closed, const char *removed)
{
    struct xbits_error why = *xbits_last_error();

    if (closed != NULL)
        (void)disk_close(ini->disk, closed);
    if (removed != NULL)
        (void)disk_remove(ini->disk, removed);
    return XBITS_FAILED(result) ? xbits_fail_again(&why) : result;
}

/*
 * Inode numbers are used again, and two writes can have the same time: a look could take the second
 * for the first. So each write is later than the one before it, if by the shortest time there is.
 */
static xbits_result make_later(struct registry_ini *ini, struct disk_file *file,
                               const struct look *old)
{
    struct look made = { 0 };

    if (!old->is_there)
        return XBITS_S_OK;
    TRY(look_at(ini, ini->new_path, &made));
    if (made.stat.modified > old->stat.modified)
        return XBITS_S_OK;
    return disk_set_modified(ini->disk, file, old->stat.modified + 1);
}

static xbits_result fill_new(struct registry_ini *ini, struct disk_file *file,
                             const struct text *content, const struct look *old)
{
    TRY(disk_write_at(ini->disk, file, 0, text_c(content), content->length));
    TRY(make_later(ini, file, old));
    return disk_sync(ini->disk, file);
}

static xbits_result write_new(struct registry_ini *ini, const struct text *content,
                              const struct look *old)
{
    struct disk_file *file = NULL;
    xbits_result result;

    TRY(disk_open(ini->disk, ini->new_path, DISK_CREATE_NEW, &file));
    result = fill_new(ini, file, content, old);
    if (XBITS_FAILED(result))
        return pass_on_after(ini, result, file, NULL);
    return disk_close(ini->disk, file);
}

/* Whoever reads meets the old file or the new one, and after a power cut so does everybody. When
 * the last step fails, the new one is there, and may not stay over a power cut. */
static xbits_result replace(struct registry_ini *ini, const struct text *content,
                            const struct look *old)
{
    xbits_result result = disk_remove(ini->disk, ini->new_path);

    if (XBITS_FAILED(result) && result != XBITS_ERROR_FILE_NOT_FOUND)
        return result;
    result = write_new(ini, content, old);
    if (XBITS_SUCCEEDED(result))
        result = disk_rename(ini->disk, ini->new_path, ini->path);
    if (XBITS_FAILED(result))
        return pass_on_after(ini, result, NULL, ini->new_path);
    return disk_sync_directory(ini->disk, ini->directory);
}

/* Behind a link is somebody else's file, and a rename would put ours in the link's place. A link
 * that leads nowhere is not there for a look. */
static xbits_result check_replaceable(const struct registry_ini *ini, const struct look *old)
{
    bool is_link = old->stat.is_link;

    if (!old->is_there)
        TRY(disk_is_taken(ini->disk, ini->path, &is_link));
    if (is_link || (old->is_there && !old->stat.is_regular)) {
        return xbits_fail(XBITS_E_ACCESSDENIED, "%s is %s and is not replaced", ini->path,
                          is_link ? "a symbolic link" : "no regular file");
    }
    return old->stat.size > FILE_BYTES ? fail_large(ini) : XBITS_S_OK;
}

/* What is to become of the values. Exactly one of two is the case: */
struct edit {
    const struct registry_row *row; /* a value gets another value, */
    const struct xbits_value *value;
    const char *key; /* or a store comes or goes. */
    const char *friendly_name;
    bool is_removal;
};

static xbits_result edit_value(struct registry_model *model, const struct edit *edit)
{
    const struct registry_row *row = edit->row;
    char digits[16];

    if (edit->value->kind == XBITS_KIND_NONE) {
        registry_model_remove(model, row->key, row->name);
        return XBITS_S_OK;
    }
    if (edit->value->kind == XBITS_KIND_TEXT)
        return registry_model_set(model, row->key, row->name, edit->value->as.text);
    snprintf(digits, sizeof(digits), "%" PRIu32, edit->value->as.u32);
    return registry_model_set(model, row->key, row->name, digits);
}

/* A section without values is none: a store without a friendly name has an empty one. */
static xbits_result edit_store(struct registry_model *model, const struct edit *edit)
{
    char section[CONFIG_SECTION_BYTES + 1];
    bool is_there;

    snprintf(section, sizeof(section), STORE_PREFIX "%s", edit->key);
    is_there = registry_model_has_section(model, section);
    if (edit->is_removal && !is_there) {
        return xbits_fail(XBITS_ERROR_FILE_NOT_FOUND, "there is no store with the key \"%s\"",
                          edit->key);
    }
    if (edit->is_removal) {
        registry_model_remove(model, section, NULL);
        return XBITS_S_OK;
    }
    if (is_there && edit->friendly_name == NULL)
        return XBITS_S_OK;
    return registry_model_set(model, section, REGISTRY_FRIENDLY_NAME,
                              edit->friendly_name != NULL ? edit->friendly_name : "");
}

static xbits_result make_content(const struct registry_ini *ini, const struct edit *edit,
                                 struct text *content)
{
    struct registry_model model = { 0 };
    xbits_result result = load(ini, &model);

    if (XBITS_SUCCEEDED(result))
        result = edit->row != NULL ? edit_value(&model, edit) : edit_store(&model, edit);
    if (XBITS_SUCCEEDED(result))
        result = registry_model_print(&model, content);
    if (XBITS_SUCCEEDED(result) && content->length > FILE_BYTES)
        result = fail_large(ini);
    registry_model_dispose(&model);
    return result;
}

static xbits_result rewrite(struct registry_ini *ini, const struct edit *edit)
{
    struct text content = { 0 };
    struct look old = { 0 };
    xbits_result result;

    TRY(look_at(ini, ini->path, &old));
    TRY(check_replaceable(ini, &old));
    result = make_content(ini, edit, &content);
    if (XBITS_SUCCEEDED(result))
        result = replace(ini, &content, &old);
    text_dispose(&content);
    return result;
}

static void pause_for_writer(struct registry_ini *ini)
{
    mutex_lock(ini->mutex);
    (void)condition_wait_ms(ini->nothing, ini->mutex, PAUSE_MS);
    mutex_unlock(ini->mutex);
}

static xbits_result lock_patiently(struct registry_ini *ini, struct disk_file **lock_out)
{
    uint64_t began_ms = clock_ms(clock_system());
    xbits_result result = disk_lock(ini->disk, ini->lock_path, lock_out);

    while (result == XBITS_ERROR_LOCK_VIOLATION &&
           clock_ms(clock_system()) - began_ms < PATIENCE_MS) {
        pause_for_writer(ini);
        result = disk_lock(ini->disk, ini->lock_path, lock_out);
    }
    return result;
}

/* The lock's file stays: to remove it could take the name from under another writer. */
static xbits_result apply(struct xbits_registry *registry, const struct edit *edit)
{
    struct registry_ini *ini = ini_of(registry);
    struct disk_file *lock = NULL;

    TRY(lock_patiently(ini, &lock));
    return pass_on_after(ini, rewrite(ini, edit), lock, NULL);
}

static xbits_result ini_write(struct xbits_registry *registry, const struct registry_row *row,
                              const struct xbits_value *value)
{
    return apply(registry, &(struct edit){ .row = row, .value = value });
}

static xbits_result ini_add_store(struct xbits_registry *registry, const char *key,
                                  const char *friendly_name)
{
    return apply(registry, &(struct edit){ .key = key, .friendly_name = friendly_name });
}

static xbits_result ini_remove_store(struct xbits_registry *registry, const char *key)
{
    return apply(registry, &(struct edit){ .key = key, .is_removal = true });
}

static xbits_result tell_store(const struct registry_ini *ini, const struct registry_entry *entry,
                               registry_found *found, void *user)
{
    const struct config_entry place = config_entry_of(ini, entry);
    const char *key = entry->section + strlen(STORE_PREFIX);
    const char *complaint = registry_key_complaint(key);

    if (complaint != NULL)
        return config_fail(&place, "\"%s\" names no store: %s", key, complaint);
    return found(key, strcmp(entry->key, REGISTRY_FRIENDLY_NAME) == 0 ? entry->value : NULL, user);
}

static xbits_result ini_visit_stores(struct xbits_registry *registry, registry_found *found,
                                     void *user)
{
    struct registry_model model = { 0 };
    xbits_result result = load(ini_of(registry), &model);

    for (size_t i = 0; i < model.count && XBITS_SUCCEEDED(result); i++) {
        if (text_starts_with(model.entries[i].section, STORE_PREFIX))
            result = tell_store(ini_of(registry), &model.entries[i], found, user);
    }
    registry_model_dispose(&model);
    return result;
}

static bool is_same(const struct look *a, const struct look *b)
{
    return a->is_there == b->is_there && a->stat.size == b->stat.size &&
           a->stat.modified == b->stat.modified && a->stat.device == b->stat.device &&
           a->stat.inode == b->stat.inode;
}

static xbits_result ini_changed(struct xbits_registry *registry)
{
    struct registry_ini *ini = ini_of(registry);
    struct look look = { 0 };
    bool is_changed;

    TRY(look_at(ini, ini->path, &look));
    is_changed = !ini->has_looked || !is_same(&ini->last_look, &look);
    ini->has_looked = true;
    ini->last_look = look;
    return is_changed ? XBITS_S_OK : XBITS_S_FALSE;
}

static const struct registry_ops ini_ops = {
    .close = ini_close,
    .read = ini_read,
    .write = ini_write,
    .add_store = ini_add_store,
    .remove_store = ini_remove_store,
    .visit_stores = ini_visit_stores,
    .changed = ini_changed,
};

static xbits_result join_path(const char *directory, const char *name, char **path_out)
{
    struct text path = { 0 };
    xbits_result result = text_format(&path, "%s/%s", directory, name);

    if (XBITS_FAILED(result)) {
        text_dispose(&path);
        return result;
    }
    *path_out = text_take(&path);
    return XBITS_S_OK;
}

static xbits_result set_up(struct registry_ini *ini, const char *user_directory)
{
    TRY(text_copy(user_directory, &ini->directory));
    TRY(join_path(user_directory, "registry.ini", &ini->path));
    TRY(join_path(user_directory, "registry.ini.new", &ini->new_path));
    TRY(join_path(user_directory, "registry.lock", &ini->lock_path));
    ini->mutex = mutex_new();
    ini->nothing = condition_new();
    if (ini->mutex == NULL || ini->nothing == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to wait for %s", ini->lock_path);
    return disk_make_directory(ini->disk, user_directory);
}

xbits_result registry_open_on(const char *user_directory, struct disk *disk,
                              struct xbits_registry **registry_out)
{
    struct registry_ini *ini;
    xbits_result result;

    TRY(argument_path("the user directory", user_directory));
    ini = calloc(1, sizeof(*ini));
    if (ini == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the registry of %s", user_directory);
    ini->base.ops = &ini_ops;
    ini->disk = disk;
    result = set_up(ini, user_directory);
    if (XBITS_FAILED(result)) {
        ini_close(&ini->base);
        return result;
    }
    *registry_out = &ini->base;
    return XBITS_S_OK;
}
