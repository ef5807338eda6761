/* SPDX-License-Identifier: MIT */
#ifndef XBITS_REGISTRY_H
#define XBITS_REGISTRY_H

#include "xbits/value.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What the Player reads of the registry below Software\Microsoft\MediaPlayer: on Windows in
 * HKEY_CURRENT_USER (stores also in HKEY_LOCAL_MACHINE), elsewhere in registry.ini of a user
 * directory, with the same key and value names: sections [Services], [Subscriptions] and
 * [Subscriptions/<key>]. A handle may be used by one thread at a time; several handles and
 * processes may use the same registry at once.
 */
struct xbits_registry;

/*
 * user_directory: absolute, made if missing; on Windows it may be NULL and is not used.
 * Results: XBITS_S_OK; XBITS_E_INVALIDARG (no absolute path); the file system's;
 * XBITS_E_OUTOFMEMORY.
 */
XBITS_API xbits_result xbits_registry_open(const char *user_directory,
                                           struct xbits_registry **registry_out);
XBITS_API void xbits_registry_close(struct xbits_registry *registry); /* NULL is fine. */

/* The single values. */
enum xbits_registry_value {
    XBITS_REGISTRY_REFRESH_DOWNLOAD, /* Services\RefreshDownload, u32: 0: never look at the queue;
                                        another: look at it. */
    XBITS_REGISTRY_TEST_PARAMETER,   /* Services\TestParameter, text: "key1;key2". */
    XBITS_REGISTRY_ACTIVE_SERVICE    /* Subscriptions\ActiveService, text. */
};
#define XBITS_REGISTRY_VALUE_COUNT 3

/* "Services\\RefreshDownload" */
XBITS_API const char *xbits_registry_value_name(enum xbits_registry_value which);

/*
 * The value is the caller's until xbits_value_dispose.
 * Results: XBITS_S_OK; XBITS_S_FALSE (absent: kind NONE); XBITS_E_INVALIDARG (registry.ini: file,
 * line and rule are named; a value of another type); the file system's; XBITS_E_OUTOFMEMORY.
 */
XBITS_API xbits_result xbits_registry_get(struct xbits_registry *registry,
                                          enum xbits_registry_value which,
                                          struct xbits_value *value_out);
/*
 * Writes the value, durably; one of kind NONE removes it. What else is there is kept, but comments.
 * A text has at most 128 bytes of UTF-8, no control characters, no blank at either end and no " ;",
 * on every platform: what one keeps, the others can keep.
 * Results: XBITS_S_OK; XBITS_E_INVALIDARG (kind; such a text; as get);
 * XBITS_ERROR_LOCK_VIOLATION (another one writes, for two seconds now); the file system's
 * (registry.ini is a link or no file: XBITS_E_ACCESSDENIED); XBITS_E_OUTOFMEMORY.
 */
XBITS_API xbits_result xbits_registry_set(struct xbits_registry *registry,
                                          enum xbits_registry_value which,
                                          const struct xbits_value *value);

/* A store is installed when the key Subscriptions\<key> exists; a section of registry.ini exists
 * when it has a value. */
struct xbits_store_info {
    size_t size;
    const char *key;           /* What WMP_JOB calls Provider. */
    const char *friendly_name; /* "" when it has none. */
};

/*
 * Installs a store, or gives one that is there another friendly name (NULL: leaves it). It is a
 * text as xbits_registry_set takes it, maybe empty. key: 1 to 32 bytes of UTF-8 without control
 * characters and \ / : ; [ ] = #, no blank at either end, not "ActiveService". Results: as
 * xbits_registry_set.
 */
XBITS_API xbits_result xbits_registry_add_store(struct xbits_registry *registry, const char *key,
                                                const char *friendly_name);
/* Results: XBITS_S_OK; XBITS_ERROR_FILE_NOT_FOUND (no such store); as xbits_registry_set. */
XBITS_API xbits_result xbits_registry_remove_store(struct xbits_registry *registry,
                                                   const char *key);

/* Called for each store, in the order of their keys; texts are valid until it returns. False ends
 * the visit. Results: XBITS_S_OK; as xbits_registry_get. */
typedef bool xbits_store_visit(const struct xbits_store_info *store, void *user);
XBITS_API xbits_result xbits_registry_visit_stores(struct xbits_registry *registry,
                                                   xbits_store_visit *visit, void *user);

#ifdef __cplusplus
}
#endif

#endif
