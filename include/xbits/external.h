/* SPDX-License-Identifier: MIT */
#ifndef XBITS_EXTERNAL_H
#define XBITS_EXTERNAL_H

#include "xbits/shell.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * window.external of a page in the Player, called by name as IDispatch is: look a member up, invoke
 * it. One table says what every object has; a script host, a C program and an RPC are three ways
 * to the same rows. Everything is called on one thread, that of the player.
 */
struct xbits_external;

/* Where the Player shows a page; what external has depends on it. */
enum xbits_surface {
    XBITS_SURFACE_PANE,        /* A service task pane, or from WMP11 on the Online Stores tab. */
    XBITS_SURFACE_INFO_CENTER, /* Info Center View */
    XBITS_SURFACE_ALBUM_INFO,
    XBITS_SURFACE_HTML_VIEW,
    XBITS_SURFACE_GUIDE
};
#define XBITS_SURFACE_COUNT 5

/* "pane", "infocenter", "albuminfo", "htmlview", "guide". */
XBITS_API const char *xbits_surface_name(enum xbits_surface surface);
XBITS_API bool xbits_surface_of_name(const char *name, enum xbits_surface *surface_out);

enum xbits_object_class {
    XBITS_OBJECT_EXTERNAL,
    XBITS_OBJECT_DOWNLOAD_MANAGER,
    XBITS_OBJECT_DOWNLOAD_COLLECTION,
    XBITS_OBJECT_DOWNLOAD_ITEM
};
#define XBITS_OBJECT_CLASS_COUNT 4

/* One object: its class and what it is. Objects of equal content are the same; nothing is to be
 * freed. The object of a forged id is as one whose item was removed. */
struct xbits_object {
    enum xbits_object_class object_class;
    int32_t collection;   /* Of a collection. */
    struct xbits_id item; /* Of an item. */
};

/* A VARIANT, as far as pages pass it. Texts are UTF-8 and borrowed. */
enum xbits_variant_kind {
    XBITS_VARIANT_EMPTY, /* undefined, and a missing argument. */
    XBITS_VARIANT_NULL,
    XBITS_VARIANT_BOOL,
    XBITS_VARIANT_LONG,
    XBITS_VARIANT_DOUBLE,
    XBITS_VARIANT_TEXT,
    XBITS_VARIANT_OBJECT,
    XBITS_VARIANT_FUNCTION, /* A script's function, by a token of its host. */
    XBITS_VARIANT_OTHER     /* Something of the script that nothing here takes. */
};
struct xbits_variant {
    enum xbits_variant_kind kind;
    union {
        bool boolean;
        int32_t number; /* LONG */
        double real;    /* DOUBLE */
        const char *text;
        struct xbits_object object;
        uint64_t function;
    } as;
};

/* How a member is used; several of one row are added. */
#define XBITS_MEMBER_GET  1u
#define XBITS_MEMBER_PUT  2u
#define XBITS_MEMBER_CALL 4u

#define XBITS_MEMBER_ARGUMENTS 3

struct xbits_member {
    const char *name; /* As the documentation spells it. */
    int32_t dispid;
    enum xbits_object_class object_class;
    unsigned uses;
    unsigned argument_minimum; /* Of a call or a put; a get has none. */
    unsigned argument_maximum;
    enum xbits_variant_kind arguments[XBITS_MEMBER_ARGUMENTS]; /* What they are made into. */
    enum xbits_variant_kind result; /* Of a get or a call; EMPTY: nothing is answered. */
};

/* Every member of every class, whether or not some page sees it. NULL past the last. */
XBITS_API const struct xbits_member *xbits_member_at(size_t index);
/* Has a page of this surface in this Player the member? */
XBITS_API bool xbits_member_is_on(const struct xbits_member *member, enum xbits_surface surface,
                                  enum xbits_player_version version);
XBITS_API const char *xbits_object_class_name(enum xbits_object_class object_class);

struct xbits_external_options {
    size_t size; /* Set by XBITS_INIT. */
    struct xbits_shell *shell;
    struct xbits_download_manager *downloads; /* NULL where the surface has none. */
    enum xbits_surface surface;
    /* The host of a script's functions. call: no arguments, nothing is answered; it may assign,
     * recolour and close any external but its own. drop: once for each function that a put took,
     * when another put or the end has taken its place; so also when a function takes its own. Both
     * may be NULL. */
    void (*call)(uint64_t function, void *user);
    void (*drop)(uint64_t function, void *user);
    void *user;
};

/* Shell and manager must outlive it. Results: XBITS_S_OK; XBITS_E_INVALIDARG (no shell; no such
 * surface; no download manager where a page has one: in a pane, and anywhere in WMP9);
 * XBITS_E_OUTOFMEMORY. */
XBITS_API xbits_result xbits_external_open(const struct xbits_external_options *options,
                                           struct xbits_external **external_out);
XBITS_API void xbits_external_close(struct xbits_external *external); /* NULL is fine. */

/* GetIDsOfNames: a member by its name in any case (ASCII), NULL when the page has none such. */
XBITS_API const struct xbits_member *
xbits_external_find_member(const struct xbits_external *external,
                           enum xbits_object_class object_class, const char *name);

/* Invoke. */
struct xbits_invocation {
    const struct xbits_object *object;
    const struct xbits_member *member;
    unsigned use; /* One of XBITS_MEMBER_*. A put has one argument. */
    const struct xbits_variant *arguments;
    size_t argument_count;
};

/*
 * Arguments are made into what the member takes, as automation does it: "7" into 7, 2.5 into 2,
 * true into -1, EMPTY into 0 or "". A function is what it is, and NULL or EMPTY in its place is
 * none. result_out may be NULL; its text is valid until the next call with this external.
 * Results: XBITS_S_OK; XBITS_DISP_E_MEMBERNOTFOUND (the member has no such use, as a put of what
 * is only read, or is not the object's or not this page's); XBITS_DISP_E_BADPARAMCOUNT;
 * XBITS_DISP_E_TYPEMISMATCH; XBITS_DISP_E_OVERFLOW (a number that is no long, NaN too);
 * XBITS_E_INVALIDARG (a NULL, a use that is none, a text that is not UTF-8); XBITS_E_OUTOFMEMORY;
 * those of the call behind it (xbits/store.h, xbits/shell.h).
 */
XBITS_API xbits_result xbits_external_invoke(struct xbits_external *external,
                                             const struct xbits_invocation *invocation,
                                             struct xbits_variant *result_out);

#ifdef __cplusplus
}
#endif

#endif
