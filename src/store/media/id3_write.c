/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "store/media/id3.h"
#include "store/media/media_text.h"

#define FLAG_EXPERIMENTAL 0x20u
#define NEW_VERSION       3

static xbits_result add_header(struct text *target, const struct id3_header *header)
{
    const char bytes[] = {
        'I', 'D', '3', (char)header->version, (char)header->revision, (char)header->flags
    };

    TRY(text_append(target, bytes, sizeof(bytes)));
    return id3_add_synchsafe(target, 0);
}

/* id3_visit: all but what the distributor was. */
static xbits_result copy_frame(const struct id3_frame *frame, void *user)
{
    struct id3_statement statement = { 0 };
    xbits_result result = id3_read_frame(frame, &statement);
    bool goes = statement.is_known && statement.attribute == XBITS_ATTRIBUTE_DISTRIBUTOR;

    id3_statement_dispose(&statement);
    TRY(result);
    return goes ? XBITS_S_OK : id3_add_frame(user, frame);
}

/* PRIV as Windows writes it; version 2 has no such frame, but TXX. */
static xbits_result make_data(unsigned version, const char *distributor, struct text *data)
{
    static const char utf16_and_mark[] = { 1, '\xFF', '\xFE' };
    const char *name = attribute_row(XBITS_ATTRIBUTE_DISTRIBUTOR)->name;

    if (version > 2) {
        TRY(text_append(data, name, strlen(name) + 1));
        return media_text_add_utf16(data, distributor);
    }
    TRY(text_append(data, utf16_and_mark, sizeof(utf16_and_mark)));
    TRY(media_text_add_utf16(data, name));
    TRY(text_append(data, utf16_and_mark + 1, 2));
    return media_text_add_utf16(data, distributor);
}

static xbits_result add_distributor(struct text *target, unsigned version, const char *distributor)
{
    struct id3_frame frame = { .version = version };
    struct text data = { 0 };
    xbits_result result = make_data(version, distributor, &data);

    memcpy(frame.id, version == 2 ? "TXX" : "PRIV", version == 2 ? 4 : 5);
    frame.data = (struct media_bytes){ (const uint8_t *)text_c(&data), data.length, 0 };
    if (XBITS_SUCCEEDED(result))
        result = id3_add_frame(target, &frame);
    text_dispose(&data);
    return result;
}

static xbits_result set_size(struct text *target, size_t at)
{
    struct text size = { 0 };
    uint64_t length = target->length - at - ID3_HEADER_SIZE;
    xbits_result result;

    if (length > ID3_SYNCHSAFE_MAXIMUM)
        return xbits_fail(XBITS_ERROR_INVALID_DATA, "an ID3 tag cannot have %" PRIu64 " bytes",
                          length);
    result = id3_add_synchsafe(&size, length);
    if (XBITS_SUCCEEDED(result))
        memcpy(target->data + at + ID3_HEADER_SIZE - 4, size.data, 4);
    text_dispose(&size);
    return result;
}

/* What is optional and spoke of the old bytes goes: unsynchronisation, extended header, footer. */
xbits_result id3_write(struct media_bytes tag, const char *distributor, struct text *target)
{
    struct id3_header header = { .version = NEW_VERSION };
    size_t at = target->length;

    if (tag.left > 0)
        TRY(id3_read_header(tag, &header));
    header.flags &= FLAG_EXPERIMENTAL;
    TRY(add_header(target, &header));
    if (tag.left > 0)
        TRY(id3_visit_frames(tag, copy_frame, target));
    TRY(add_distributor(target, header.version, distributor));
    if (target->length - at < tag.left)
        TRY(media_bytes_add_zeros(target, tag.left - (target->length - at)));
    return set_size(target, at);
}
