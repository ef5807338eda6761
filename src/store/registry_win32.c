/* SPDX-License-Identifier: MIT */
#include "store/registry_store.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "base/disk_win32.h"
#include "base/log.h"
#include "base/text.h"

#define PLAYER_KEY  "Software\\Microsoft\\MediaPlayer"
#define VALUE_BYTES 131072 /* A value that is longer is none of ours. */

/* The user's own key, and the machine's, which setups of stores write and we only read. */
struct hive {
    HKEY root;
    const char *name;
};
static const struct hive user_hive = { HKEY_CURRENT_USER, "HKEY_CURRENT_USER" };
static const struct hive machine_hive = { HKEY_LOCAL_MACHINE, "HKEY_LOCAL_MACHINE" };

/* A key whose changes set the event; NULL while there is no such key. */
struct watch {
    const struct hive *hive;
    const char *path;
    bool is_made; /* A user who has no such key gets one, to be watched. */
    HKEY key;
    HANDLE event;
};

struct registry_win32 {
    struct xbits_registry base;
    struct watch user;
    struct watch machine;
};

static struct registry_win32 *win32_of(struct xbits_registry *registry)
{
    return (struct registry_win32 *)registry;
}

static xbits_result fail_key(LSTATUS code, const char *what, const struct hive *hive,
                             const char *path)
{
    return xbits_fail_native(RESULT_FROM_WIN32(code), XBITS_DOMAIN_HRESULT, code,
                             "cannot %s %s\\%s: error %ld", what, hive->name, path, code);
}

static xbits_result open_key(const struct hive *hive, const char *path, REGSAM access,
                             HKEY *key_out)
{
    wchar_t *wide = NULL;
    LSTATUS code;

    TRY(disk_win32_path(path, &wide));
    code = RegOpenKeyExW(hive->root, wide, 0, access, key_out);
    free(wide);
    return code == ERROR_SUCCESS ? XBITS_S_OK : fail_key(code, "open", hive, path);
}

/* Opens a key of the user, made if missing. */
static xbits_result make_key(const char *path, REGSAM access, HKEY *key_out)
{
    wchar_t *wide = NULL;
    LSTATUS code;

    TRY(disk_win32_path(path, &wide));
    code = RegCreateKeyExW(user_hive.root, wide, 0, NULL, 0, access, NULL, key_out, NULL);
    free(wide);
    return code == ERROR_SUCCESS ? XBITS_S_OK : fail_key(code, "make", &user_hive, path);
}

static bool is_missing(xbits_result result)
{
    return result == XBITS_ERROR_FILE_NOT_FOUND || result == XBITS_ERROR_PATH_NOT_FOUND;
}

/* A value as the registry has it, with a NUL behind it, because a text may lack its own, and may
 * end in half a character. */
struct raw {
    DWORD type;
    DWORD size;
    BYTE *data;
};

static LSTATUS query_into(HKEY key, const wchar_t *name, struct raw *raw)
{
    raw->data = calloc(1, (size_t)raw->size + 2 * sizeof(wchar_t));
    if (raw->data == NULL)
        return ERROR_NOT_ENOUGH_MEMORY;
    return RegQueryValueExW(key, name, NULL, &raw->type, raw->data, &raw->size);
}

/* Somebody may write between the question for the size and the one for the value. */
static LSTATUS query(HKEY key, const wchar_t *name, struct raw *raw)
{
    LSTATUS code;

    do {
        free(raw->data);
        *raw = (struct raw){ 0 };
        code = RegQueryValueExW(key, name, NULL, &raw->type, NULL, &raw->size);
        if (code == ERROR_SUCCESS && raw->size > VALUE_BYTES)
            code = ERROR_FILE_TOO_LARGE;
        if (code == ERROR_SUCCESS)
            code = query_into(key, name, raw);
    } while (code == ERROR_MORE_DATA);
    return code;
}

/* XBITS_S_FALSE: there is no such value. raw is the caller's to free. */
static xbits_result read_raw(HKEY key, const char *name, struct raw *raw)
{
    wchar_t *wide = NULL;
    LSTATUS code;

    TRY(disk_win32_path(name, &wide));
    code = query(key, wide, raw);
    free(wide);
    if (code == ERROR_FILE_NOT_FOUND)
        return XBITS_S_FALSE;
    if (code == ERROR_NOT_ENOUGH_MEMORY)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the value %s", name);
    return code == ERROR_SUCCESS ? XBITS_S_OK : disk_win32_fail((DWORD)code, "read", name);
}

/* Flags as for WideCharToMultiByte: 0 puts U+FFFD for half a surrogate pair. */
static xbits_result from_wide(const wchar_t *wide, DWORD flags, char **text_out)
{
    int size = WideCharToMultiByte(CP_UTF8, flags, wide, -1, NULL, 0, NULL, NULL);
    char *text;

    if (size <= 0)
        return xbits_fail(XBITS_ERROR_NO_UNICODE_TRANSLATION,
                          "a name of the registry is no UTF-16");
    text = calloc((size_t)size, 1);
    if (text == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a text of %d bytes", size);
    WideCharToMultiByte(CP_UTF8, flags, wide, -1, text, size, NULL, NULL);
    *text_out = text;
    return XBITS_S_OK;
}

static xbits_result to_value(const struct registry_row *row, const struct raw *raw,
                             struct xbits_value *value_out)
{
    struct xbits_value value = { .kind = row->kind };
    char *text = NULL;

    if (row->kind == XBITS_KIND_U32) {
        if (raw->type != REG_DWORD || raw->size != sizeof(value.as.u32))
            return xbits_fail(XBITS_E_INVALIDARG, "%s is no REG_DWORD", row->full_name);
        memcpy(&value.as.u32, raw->data, sizeof(value.as.u32));
    } else {
        if (raw->type != REG_SZ)
            return xbits_fail(XBITS_E_INVALIDARG, "%s is no REG_SZ", row->full_name);
        TRY(from_wide((const wchar_t *)(const void *)raw->data, 0, &text));
        value.owned = text;
        value.as.text = text;
    }
    *value_out = value;
    return XBITS_S_OK;
}

/* "Software\Microsoft\MediaPlayer\<key>", and "\<name>" when there is one. */
static xbits_result format_path(const char *key, const char *name, struct text *path)
{
    TRY(text_format(path, PLAYER_KEY "\\%s", key));
    return name == NULL ? XBITS_S_OK : text_format(path, "\\%s", name);
}

static xbits_result read_at(const char *path, const struct registry_row *row,
                            struct xbits_value *value_out)
{
    struct raw raw = { 0 };
    HKEY key = NULL;
    xbits_result result = open_key(&user_hive, path, KEY_QUERY_VALUE, &key);

    if (is_missing(result))
        return XBITS_S_FALSE;
    TRY(result);
    result = read_raw(key, row->name, &raw);
    if (result == XBITS_S_OK)
        result = to_value(row, &raw, value_out);
    free(raw.data);
    RegCloseKey(key);
    return result;
}

static xbits_result win32_read(struct xbits_registry *registry, const struct registry_row *row,
                               struct xbits_value *value_out)
{
    struct text path = { 0 };
    xbits_result result = format_path(row->key, NULL, &path);

    (void)registry;
    if (XBITS_SUCCEEDED(result))
        result = read_at(text_c(&path), row, value_out);
    text_dispose(&path);
    return result;
}

/* Removes what is there; what is not there is removed already. */
static LSTATUS remove_value(HKEY key, const wchar_t *name)
{
    LSTATUS code = RegDeleteValueW(key, name);

    return code == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : code;
}

static xbits_result write_text(HKEY key, const wchar_t *name, const char *text, LSTATUS *code_out)
{
    wchar_t *wide = NULL;

    TRY(disk_win32_path(text, &wide));
    *code_out = RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)wide,
                               (DWORD)((wcslen(wide) + 1) * sizeof(wchar_t)));
    free(wide);
    return XBITS_S_OK;
}

static xbits_result write_value(HKEY key, const wchar_t *name, const struct xbits_value *value,
                                LSTATUS *code_out)
{
    if (value->kind == XBITS_KIND_TEXT)
        return write_text(key, name, value->as.text, code_out);
    *code_out = value->kind == XBITS_KIND_NONE
                    ? remove_value(key, name)
                    : RegSetValueExW(key, name, 0, REG_DWORD, (const BYTE *)&value->as.u32,
                                     sizeof(value->as.u32));
    return XBITS_S_OK;
}

/* Durably: the registry writes down what is flushed before it answers. */
static xbits_result write_to_key(HKEY key, const char *name, const struct xbits_value *value)
{
    wchar_t *wide = NULL;
    LSTATUS code = ERROR_SUCCESS;
    xbits_result result;

    TRY(disk_win32_path(name, &wide));
    result = write_value(key, wide, value, &code);
    free(wide);
    TRY(result);
    if (code == ERROR_SUCCESS)
        code = RegFlushKey(key);
    return code == ERROR_SUCCESS ? XBITS_S_OK : disk_win32_fail((DWORD)code, "write", name);
}

static xbits_result write_at(const char *path, const char *name, const struct xbits_value *value)
{
    HKEY key = NULL;
    xbits_result result;

    TRY(make_key(path, KEY_SET_VALUE | KEY_QUERY_VALUE, &key));
    result = write_to_key(key, name, value);
    RegCloseKey(key);
    return result;
}

static xbits_result win32_write(struct xbits_registry *registry, const struct registry_row *row,
                                const struct xbits_value *value)
{
    struct text path = { 0 };
    xbits_result result = format_path(row->key, NULL, &path);

    (void)registry;
    if (XBITS_SUCCEEDED(result))
        result = write_at(text_c(&path), row->name, value);
    text_dispose(&path);
    return result;
}

static xbits_result make_store(const char *path)
{
    HKEY key = NULL;
    LSTATUS code;

    TRY(make_key(path, KEY_SET_VALUE | KEY_QUERY_VALUE, &key));
    code = RegFlushKey(key);
    RegCloseKey(key);
    return code == ERROR_SUCCESS ? XBITS_S_OK : fail_key(code, "write", &user_hive, path);
}

/* Windows takes keys that differ by case for one: the store keeps the case it was first added in.
 */
static xbits_result win32_add_store(struct xbits_registry *registry, const char *key,
                                    const char *friendly_name)
{
    const struct xbits_value value = { .kind = XBITS_KIND_TEXT, .as.text = friendly_name };
    struct text path = { 0 };
    xbits_result result = format_path(REGISTRY_SUBSCRIPTIONS, key, &path);

    (void)registry;
    if (XBITS_SUCCEEDED(result)) {
        result = friendly_name == NULL ? make_store(text_c(&path))
                                       : write_at(text_c(&path), REGISTRY_FRIENDLY_NAME, &value);
    }
    text_dispose(&path);
    return result;
}

/* A store of one hive, by its name there. */
typedef xbits_result store_name_visit(HKEY stores, const wchar_t *name, void *user);

static xbits_result visit_names(const struct hive *hive, store_name_visit *visit, void *user)
{
    static const char path[] = PLAYER_KEY "\\" REGISTRY_SUBSCRIPTIONS;
    wchar_t name[256]; /* No key has a longer one. */
    LSTATUS code = ERROR_SUCCESS;
    HKEY stores = NULL;
    xbits_result result = open_key(hive, path, KEY_READ, &stores);

    if (is_missing(result))
        return XBITS_S_OK;
    for (DWORD i = 0; XBITS_SUCCEEDED(result) && code == ERROR_SUCCESS; i++) {
        DWORD length = sizeof(name) / sizeof(name[0]);

        code = RegEnumKeyExW(stores, i, name, &length, NULL, NULL, NULL, NULL);
        if (code == ERROR_SUCCESS)
            result = visit(stores, name, user);
    }
    if (stores != NULL)
        RegCloseKey(stores);
    TRY(result);
    return code == ERROR_NO_MORE_ITEMS ? XBITS_S_OK : fail_key(code, "list", hive, path);
}

struct search {
    const wchar_t *name;
    bool is_found;
};

/* store_name_visit: by exact case, which Windows would not ask for. */
static xbits_result compare_name(HKEY stores, const wchar_t *name, void *user)
{
    struct search *search = user;

    (void)stores;
    search->is_found = search->is_found || wcscmp(search->name, name) == 0;
    return XBITS_S_OK;
}

static xbits_result remove_tree(const wchar_t *name)
{
    static const char path[] = PLAYER_KEY "\\" REGISTRY_SUBSCRIPTIONS;
    HKEY stores = NULL;
    LSTATUS code;

    TRY(open_key(&user_hive, path, KEY_ALL_ACCESS, &stores));
    code = RegDeleteTreeW(stores, name);
    if (code == ERROR_SUCCESS)
        code = RegFlushKey(stores);
    RegCloseKey(stores);
    return code == ERROR_SUCCESS ? XBITS_S_OK : fail_key(code, "remove a key of", &user_hive, path);
}

static xbits_result win32_remove_store(struct xbits_registry *registry, const char *key)
{
    struct search search = { 0 };
    wchar_t *wide = NULL;
    xbits_result result;

    (void)registry;
    TRY(disk_win32_path(key, &wide));
    search.name = wide;
    result = visit_names(&user_hive, compare_name, &search);
    if (XBITS_SUCCEEDED(result) && !search.is_found)
        result = xbits_fail(XBITS_ERROR_FILE_NOT_FOUND, "the user has no store with the key \"%s\"",
                            key);
    if (XBITS_SUCCEEDED(result))
        result = remove_tree(wide);
    free(wide);
    return result;
}

/* NULL when there is none, or it is no text. */
static xbits_result read_friendly_name(HKEY store, char **name_out)
{
    struct raw raw = { 0 };
    xbits_result result = read_raw(store, REGISTRY_FRIENDLY_NAME, &raw);

    if (result == XBITS_S_OK && raw.type == REG_SZ)
        result = from_wide((const wchar_t *)(const void *)raw.data, 0, name_out);
    free(raw.data);
    return result;
}

struct telling {
    registry_found *found;
    void *user;
};

static xbits_result tell_store(HKEY stores, const wchar_t *name, const char *key,
                               const struct telling *telling)
{
    char *friendly_name = NULL;
    HKEY store = NULL;
    LSTATUS code = RegOpenKeyExW(stores, name, 0, KEY_QUERY_VALUE, &store);
    xbits_result result;

    /* It was removed a moment ago. */
    if (code == ERROR_FILE_NOT_FOUND || code == ERROR_KEY_DELETED)
        return XBITS_S_OK;
    if (code != ERROR_SUCCESS)
        return disk_win32_fail((DWORD)code, "read the store", key);
    result = read_friendly_name(store, &friendly_name);
    RegCloseKey(store);
    if (XBITS_SUCCEEDED(result))
        result = telling->found(key, friendly_name, telling->user);
    free(friendly_name);
    return result;
}

/* store_name_visit. What others have written is not ours to refuse: it is no store of ours. */
static xbits_result judge_name(HKEY stores, const wchar_t *name, void *user)
{
    const char *complaint;
    char *key = NULL;
    xbits_result result = from_wide(name, WC_ERR_INVALID_CHARS, &key);

    if (result == XBITS_ERROR_NO_UNICODE_TRANSLATION)
        return XBITS_S_OK;
    TRY(result);
    complaint = registry_key_complaint(key);
    if (complaint == NULL)
        result = tell_store(stores, name, key, user);
    else
        log_line(LOG_STORE, "a key of Subscriptions is left out: %s", complaint);
    free(key);
    return result;
}

/* The user's come last, so that their friendly names count. */
static xbits_result win32_visit_stores(struct xbits_registry *registry, registry_found *found,
                                       void *user)
{
    struct telling telling = { found, user };

    (void)registry;
    TRY(visit_names(&machine_hive, judge_name, &telling));
    return visit_names(&user_hive, judge_name, &telling);
}

/* Asked for before anybody reads, so that no change is missed. The system also sets the event when
 * the thread that asked ends: one look too many. */
static LSTATUS arm(struct watch *watch)
{
    return RegNotifyChangeKeyValue(
        watch->key, TRUE, REG_NOTIFY_CHANGE_NAME | REG_NOTIFY_CHANGE_LAST_SET, watch->event, TRUE);
}

static void stop_watching(struct watch *watch)
{
    if (watch->key != NULL)
        RegCloseKey(watch->key);
    watch->key = NULL;
}

static xbits_result start_watching(struct watch *watch)
{
    LSTATUS code;

    TRY(watch->is_made ? make_key(watch->path, KEY_NOTIFY, &watch->key)
                       : open_key(watch->hive, watch->path, KEY_NOTIFY, &watch->key));
    code = arm(watch);
    if (code == ERROR_SUCCESS)
        return XBITS_S_OK;
    stop_watching(watch);
    return fail_key(code, "watch", watch->hive, watch->path);
}

/* A key that was removed cannot be armed again; the one that takes its place is another one. */
static xbits_result look(struct watch *watch, bool *is_changed)
{
    xbits_result result;

    if (watch->key != NULL && WaitForSingleObject(watch->event, 0) != WAIT_OBJECT_0)
        return XBITS_S_OK;
    if (watch->key != NULL) {
        *is_changed = true;
        if (arm(watch) == ERROR_SUCCESS)
            return XBITS_S_OK;
        stop_watching(watch);
    }
    result = start_watching(watch);
    if (is_missing(result))
        return XBITS_S_OK;
    TRY(result);
    *is_changed = true;
    return XBITS_S_OK;
}

static xbits_result win32_changed(struct xbits_registry *registry)
{
    bool is_changed = false;

    TRY(look(&win32_of(registry)->user, &is_changed));
    TRY(look(&win32_of(registry)->machine, &is_changed));
    return is_changed ? XBITS_S_OK : XBITS_S_FALSE;
}

static void dispose_watch(struct watch *watch)
{
    stop_watching(watch);
    if (watch->event != NULL)
        CloseHandle(watch->event);
}

static void win32_close(struct xbits_registry *registry)
{
    dispose_watch(&win32_of(registry)->user);
    dispose_watch(&win32_of(registry)->machine);
    free(registry);
}

static const struct registry_ops win32_ops = {
    .close = win32_close,
    .read = win32_read,
    .write = win32_write,
    .add_store = win32_add_store,
    .remove_store = win32_remove_store,
    .visit_stores = win32_visit_stores,
    .changed = win32_changed,
};

xbits_result registry_open_system(const char *user_directory, struct xbits_registry **registry_out)
{
    struct registry_win32 *registry = calloc(1, sizeof(*registry));

    (void)user_directory;
    if (registry == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for the registry");
    registry->base.ops = &win32_ops;
    registry->user = (struct watch){ .hive = &user_hive, .path = PLAYER_KEY, .is_made = true };
    registry->machine =
        (struct watch){ .hive = &machine_hive, .path = PLAYER_KEY "\\" REGISTRY_SUBSCRIPTIONS };
    registry->user.event = CreateEventW(NULL, FALSE, FALSE, NULL);
    registry->machine.event = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (registry->user.event == NULL || registry->machine.event == NULL) {
        win32_close(&registry->base);
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no event to watch the registry with");
    }
    *registry_out = &registry->base;
    return XBITS_S_OK;
}
