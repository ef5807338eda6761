/* SPDX-License-Identifier: MIT */
#ifndef STORE_REGISTRY_STORE_H
#define STORE_REGISTRY_STORE_H

#include "base/disk.h"
#include "xbits/registry.h"

/* Keys below Software\Microsoft\MediaPlayer, and what an installed store is called by. */
#define REGISTRY_SERVICES      "Services"
#define REGISTRY_SUBSCRIPTIONS "Subscriptions"
#define REGISTRY_FRIENDLY_NAME "FriendlyName"

/* A row of the single values. U32 is a REG_DWORD, TEXT a REG_SZ; there are no others. */
struct registry_row {
    const char *full_name; /* "Services\\RefreshDownload" */
    const char *key;
    const char *name;
    enum xbits_kind kind;
};

/* Told of an installed store, in any order and as often as it is met; of two friendly names the
 * later one counts. friendly_name: NULL when none is told here. A failure ends the visit. */
typedef xbits_result registry_found(const char *key, const char *friendly_name, void *user);

/*
 * Where the values are kept: registry.ini or Windows' registry. Keys, kinds and texts have been
 * checked. A slot is called by one thread at a time.
 */
struct registry_ops {
    void (*close)(struct xbits_registry *);
    /* XBITS_S_FALSE when it is absent; value_out is written when it is there. */
    xbits_result (*read)(struct xbits_registry *, const struct registry_row *,
                         struct xbits_value *value_out);
    /* Of kind NONE: removes it, absent or not. */
    xbits_result (*write)(struct xbits_registry *, const struct registry_row *,
                          const struct xbits_value *);
    /* friendly_name NULL: leaves the one it has. */
    xbits_result (*add_store)(struct xbits_registry *, const char *key, const char *friendly_name);
    xbits_result (*remove_store)(struct xbits_registry *, const char *key);
    xbits_result (*visit_stores)(struct xbits_registry *, registry_found *found, void *user);
    /* As registry_changed. */
    xbits_result (*changed)(struct xbits_registry *);
};

/* The first member of what keeps the values. */
struct xbits_registry {
    const struct registry_ops *ops;
};

/* xbits_registry_open; a twin a platform. */
xbits_result registry_open_system(const char *user_directory, struct xbits_registry **registry_out);

/* The rule that a key or a text breaks, as a constant sentence, or NULL. The rules are the same
 * everywhere: what one platform keeps, another one can keep. */
const char *registry_key_complaint(const char *key);
const char *registry_text_complaint(const char *text);

#endif
