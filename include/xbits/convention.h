/* SPDX-License-Identifier: MIT */
#ifndef XBITS_CONVENTION_H
#define XBITS_CONVENTION_H

#include <string.h>

#include "xbits/snapshot.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The text by which a BITS job says what it is to Windows Media Player 10 and later:
 *
 *   ::WMP_JOB:1:serviceId:Provider:AlbumArtist:AlbumTitle:TrackNumber:Title:Duration:Rating
 *
 * It is the job's description. A WMP_JOB is completed and filed by the Player, a WMP_STATUS only
 * shown by it ("Adding a Download Job to the BITS Queue", Windows Media Player SDK). All calls here
 * are pure, and can be made from any thread.
 */
enum xbits_wmp_kind { XBITS_WMP_JOB = 0, XBITS_WMP_STATUS = 1 };

/* The fields after the version, in the order of the text. */
enum xbits_wmp_field {
    XBITS_WMP_SERVICE_ID = 0,
    XBITS_WMP_PROVIDER = 1,
    XBITS_WMP_ALBUM_ARTIST = 2,
    XBITS_WMP_ALBUM_TITLE = 3,
    XBITS_WMP_TRACK_NUMBER = 4,
    XBITS_WMP_TITLE = 5,
    XBITS_WMP_DURATION = 6,
    XBITS_WMP_RATING = 7
};
#define XBITS_WMP_FIELD_COUNT 8

/* No field: a rule about the whole text. */
#define XBITS_WMP_NO_FIELD (-1)

/*
 * What a text says. The fields are never NULL in what was parsed; NULL in what is formatted is "".
 */
struct xbits_wmp_description {
    size_t size; /* Set by XBITS_INIT. */
    enum xbits_wmp_kind kind;
    int32_t service_id;   /* Not 0; also the id of the download collection. */
    const char *provider; /* The store's key name, not its friendly name. */
    const char *album_artist;
    const char *album_title;
    const char *track_number; /* "" or 1 to 5 digits, kept as text. */
    const char *title;
    const char *duration; /* "" or seconds. */
    const char *rating;   /* "" or a number: 0, 1, 25, 50, 75, 99 as UserRating has them. */
    void *owned;          /* The library's. */
};

/* How a text is read. */
enum xbits_wmp_mode {
    XBITS_WMP_STRICT = 0,
    /* A text with colons in its fields is borne when exactly one reading is left, anchored by the
     * first field, the last two and a track number between: in practice one in the Title. */
    XBITS_WMP_LENIENT = 1
};

/* The rules that a text can break, in the order in which they are asked. */
enum xbits_wmp_rule {
    XBITS_WMP_RULE_NONE = 0,
    XBITS_WMP_RULE_TEXT,        /* Well-formed UTF-8. */
    XBITS_WMP_RULE_LENGTH,      /* At most 1,024 UTF-16 units. */
    XBITS_WMP_RULE_PREFIX,      /* Begins with two colons, nothing before them. */
    XBITS_WMP_RULE_KIND,        /* WMP_JOB or WMP_STATUS, in upper case. */
    XBITS_WMP_RULE_VERSION,     /* 1. */
    XBITS_WMP_RULE_FIELD_COUNT, /* Exactly eight fields after the version. */
    XBITS_WMP_RULE_SERVICE_ID,  /* A number of 32 bits that is not 0. */
    XBITS_WMP_RULE_PROVIDER,    /* Not empty. */
    XBITS_WMP_RULE_NUMBER,      /* A number, or empty. */
    XBITS_WMP_RULE_AMBIGUOUS,   /* Lenient: exactly one way to read it. */
    XBITS_WMP_RULE_COLON        /* Formatting: none in a field that cannot do without it. */
};
#define XBITS_WMP_RULE_COUNT 12

XBITS_API const char *xbits_wmp_rule_name(enum xbits_wmp_rule rule);    /* "SERVICE_ID" */
XBITS_API const char *xbits_wmp_rule_text(enum xbits_wmp_rule rule);    /* One sentence. */
XBITS_API const char *xbits_wmp_kind_name(enum xbits_wmp_kind kind);    /* "WMP_JOB" */
XBITS_API const char *xbits_wmp_field_name(enum xbits_wmp_field field); /* "AlbumTitle" */
/* What getItemInfo calls the field: "Album"; NULL for the service id, which it does not tell. */
XBITS_API const char *xbits_wmp_item_info_name(enum xbits_wmp_field field);

/* Why a text is refused, and where. */
struct xbits_wmp_refusal {
    size_t size; /* Set by XBITS_INIT. */
    enum xbits_wmp_rule rule;
    int field;       /* enum xbits_wmp_field, or XBITS_WMP_NO_FIELD. */
    size_t position; /* UTF-16 units from the text's (formatting: the field's) beginning. */
};

/*
 * Reads a text. The description's texts are its own until xbits_wmp_description_dispose.
 * refusal_out may be NULL; it is written on failure only.
 * Results: XBITS_S_OK; XBITS_E_INVALIDARG (a rule is broken; refusal and message name rule, field
 * and position); XBITS_BG_E_STRING_TOO_LONG (RULE_LENGTH); XBITS_E_OUTOFMEMORY.
 */
XBITS_API xbits_result xbits_wmp_description_parse(const char *text, enum xbits_wmp_mode mode,
                                                   struct xbits_wmp_description *description_out,
                                                   struct xbits_wmp_refusal *refusal_out);
XBITS_API void xbits_wmp_description_dispose(struct xbits_wmp_description *description);

/* The longest text, in UTF-8, with its NUL. */
#define XBITS_WMP_TEXT_UNITS 1024
#define XBITS_WMP_TEXT_SIZE  (3 * XBITS_WMP_TEXT_UNITS + 1)

/*
 * Writes the text that a strict reader reads as the same description. The convention has no escape
 * for a colon: in AlbumArtist, AlbumTitle and Title one before a blank or at the end becomes " -",
 * another "-" (ADR 8); elsewhere it is refused.
 * Results: as xbits_wmp_description_parse.
 */
XBITS_API xbits_result xbits_wmp_description_format(const struct xbits_wmp_description *description,
                                                    char text_out[XBITS_WMP_TEXT_SIZE],
                                                    struct xbits_wmp_refusal *refusal_out);

/*
 * DownloadItem.getItemInfo: the text of AlbumArtist, Album, Duration, WM/Provider, Title,
 * UserRating or WM/TrackNumber as it stands in the description; "" for another name. Borrowed from
 * the description.
 */
XBITS_API const char *xbits_wmp_item_info(const struct xbits_wmp_description *description,
                                          const char *name);

/* A service id from the system's random source: 1 to 2,147,483,647, the same in every reading.
 * Results: XBITS_S_OK; the random source's. */
XBITS_API xbits_result xbits_wmp_new_service_id(int32_t *service_id_out);

/* True when a job's local name ends in .wma, .wmv, .mp3 or .asf, in any case. */
XBITS_API bool xbits_wmp_is_media_name(const char *local_name);

#ifdef __cplusplus
}
#endif

#endif
