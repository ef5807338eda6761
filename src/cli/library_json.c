/* SPDX-License-Identifier: MIT */
#include "cli/library_json.h"

#include "base/text.h"
#include "base/url_text.h"
#include "cli/job_json.h"

const char *library_json_kind_name(enum xbits_media_kind kind)
{
    static const char *const names[] = { [XBITS_MEDIA_AUDIO] = "AUDIO",
                                         [XBITS_MEDIA_VIDEO] = "VIDEO",
                                         [XBITS_MEDIA_PLAYLIST] = "PLAYLIST" };

    return (size_t)kind < sizeof names / sizeof names[0] ? names[kind] : "unknown";
}

/* Names of files, and what others wrote into them, need not be UTF-8: JSON cannot hold it then. */
static void foreign_text(struct json_writer *writer, const char *key, const char *text)
{
    json_text(writer, key, text_is_utf8(text) ? text : NULL);
}

static void source_url(struct json_writer *writer, const char *url)
{
    struct text shown = { 0 };
    bool is_shown = url[0] != '\0' && XBITS_SUCCEEDED(url_text_add(&shown, url));

    foreign_text(writer, "source_url", is_shown ? text_c(&shown) : "");
    text_dispose(&shown);
}

void json_library_entry(struct json_writer *writer, const struct xbits_library_entry *entry)
{
    json_object_begin(writer, NULL);
    json_number(writer, "number", entry->number);
    json_text(writer, "kind", library_json_kind_name(entry->kind));
    foreign_text(writer, "path", entry->path);
    foreign_text(writer, "node", entry->node);
    json_object_begin(writer, "attributes");
    for (size_t i = 0; i < XBITS_ATTRIBUTE_COUNT; i++)
        foreign_text(writer, xbits_attribute_name((enum xbits_attribute)i), entry->attributes[i]);
    json_object_end(writer);
    source_url(writer, entry->source_url);
    foreign_text(writer, "damage", entry->damage);
    json_time(writer, "added", entry->added);
    json_size(writer, "file_size", entry->file_size);
    json_flag(writer, "sync_only", entry->is_sync_only);
    json_object_end(writer);
}
