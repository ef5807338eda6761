/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "store/media/id3.h"

#define FLAG_UNSYNCHRONISED 0x80u /* In version 4: every frame is. */
#define FLAG_EXTENDED       0x40u /* In version 2: compressed, which nobody has defined. */
#define FLAG_FOOTER         0x10u

#define FRAME_UNSYNCHRONISED 0x0002u /* Version 4 */

/* What the versions differ in. */
struct version {
    uint8_t flags; /* Those that are defined. */
    size_t id_length;
    size_t size_width;
    size_t flags_width;
    bool has_synchsafe_sizes;
};

static const struct version versions[] = {
    [2] = { 0xC0, 3, 3, 0, false },
    [3] = { 0xE0, 4, 4, 2, false },
    [4] = { 0xF0, 4, 4, 2, true },
};

bool id3_is_tag(const struct media_bytes *head)
{
    return head->left >= 3 && memcmp(head->next, "ID3", 3) == 0;
}

bool id3_take_synchsafe(struct media_bytes *bytes, uint64_t *out)
{
    struct media_bytes part;
    uint64_t value = 0;

    if (bytes->left < 4)
        return false;
    for (size_t i = 0; i < 4; i++) {
        if ((bytes->next[i] & 0x80) != 0)
            return false;
        value = value << 7 | bytes->next[i];
    }
    (void)media_bytes_take(bytes, 4, &part);
    *out = value;
    return true;
}

xbits_result id3_add_synchsafe(struct text *target, uint64_t value)
{
    uint64_t spread = 0;

    for (unsigned i = 0; i < 4; i++)
        spread |= (value >> 7 * i & 0x7F) << 8 * i;
    return media_bytes_add_big(target, spread, 4);
}

xbits_result id3_add_frame(struct text *target, const struct id3_frame *frame)
{
    const struct version *version = &versions[frame->version];

    TRY(text_append(target, frame->id, version->id_length));
    if (version->has_synchsafe_sizes)
        TRY(id3_add_synchsafe(target, frame->data.left));
    else
        TRY(media_bytes_add_big(target, frame->data.left, version->size_width));
    TRY(media_bytes_add_big(target, frame->flags, version->flags_width));
    return media_bytes_add(target, &frame->data);
}

xbits_result id3_read_header(struct media_bytes tag, struct id3_header *header_out)
{
    struct id3_header header;
    const uint8_t *bytes = tag.next;

    if (tag.left < ID3_HEADER_SIZE)
        return xbits_fail(XBITS_ERROR_INVALID_DATA, "byte %zu: the file ends in its ID3 header",
                          tag.left);
    header = (struct id3_header){ bytes[3], bytes[4], bytes[5] };
    if (header.version < 2 || header.version > 4 || header.revision == 0xFF)
        return xbits_fail(XBITS_ERROR_INVALID_DATA, "byte 3: nobody knows ID3v2.%u.%u",
                          header.version, header.revision);
    if ((header.flags & ~versions[header.version].flags) != 0)
        return xbits_fail(XBITS_ERROR_INVALID_DATA, "byte 5: ID3v2.%u has no flags 0x%02X",
                          header.version, header.flags);
    if (header.version == 2 && (header.flags & FLAG_EXTENDED) != 0)
        return xbits_fail(XBITS_ERROR_INVALID_DATA, "byte 5: the ID3 tag is compressed");
    *header_out = header;
    return XBITS_S_OK;
}

xbits_result id3_measure(struct media_bytes head, uint64_t *size_out)
{
    struct id3_header header = { 0 };
    uint64_t size = 0;

    TRY(id3_read_header(head, &header));
    (void)media_bytes_skip(&head, ID3_HEADER_SIZE - 4);
    if (!id3_take_synchsafe(&head, &size))
        return xbits_fail(XBITS_ERROR_INVALID_DATA,
                          "byte %d: a byte of the ID3 tag's size has its high bit set",
                          ID3_HEADER_SIZE - 4);
    size += ID3_HEADER_SIZE;
    if (header.version == 4 && (header.flags & FLAG_FOOTER) != 0)
        size += ID3_HEADER_SIZE;
    *size_out = size;
    return XBITS_S_OK;
}

/* A NUL that was put behind 0xFF goes. Results in a new block, freed by the caller; NULL: no
 * memory. */
static uint8_t *new_synchronised(const struct media_bytes *bytes, struct media_bytes *plain_out)
{
    uint8_t *plain = malloc(bytes->left + 1);
    size_t length = 0;

    if (plain == NULL)
        return NULL;
    for (size_t i = 0; i < bytes->left; i++) {
        plain[length++] = bytes->next[i];
        if (bytes->next[i] == 0xFF && i + 1 < bytes->left && bytes->next[i + 1] == 0)
            i++;
    }
    *plain_out = (struct media_bytes){ plain, length, bytes->place };
    return plain;
}

/* The way through a tag. */
struct walk {
    struct id3_header header;
    const struct version *version;
    struct media_bytes raw;    /* As in the file. */
    struct media_bytes frames; /* What is still to be read, plain. */
    id3_visit *visit;
    void *user;
    bool is_whole_unsynchronised; /* Places in frames count what is plain, */
    uint64_t plain_place;         /* and this one is where raw is. */
};

/* Places are asked for in their order. */
static uint64_t place_in_file(struct walk *walk, uint64_t place)
{
    if (!walk->is_whole_unsynchronised)
        return place;
    for (; walk->plain_place < place && walk->raw.left > 0; walk->plain_place++) {
        const uint8_t *next = walk->raw.next;
        bool is_pair = walk->raw.left > 1 && next[0] == 0xFF && next[1] == 0;

        (void)media_bytes_skip(&walk->raw, is_pair ? 2 : 1);
    }
    return walk->raw.place;
}

/* Version 3 does not count the four bytes of the size, version 4 does. */
static xbits_result skip_extended_header(struct walk *walk)
{
    struct media_bytes *frames = &walk->frames;
    uint64_t place = frames->place;
    uint64_t size = 0;
    uint64_t counted = walk->header.version == 4 ? 4 : 0;
    bool is_right;

    if (walk->header.version == 2 || (walk->header.flags & FLAG_EXTENDED) == 0)
        return XBITS_S_OK;
    is_right = walk->version->has_synchsafe_sizes ? id3_take_synchsafe(frames, &size)
                                                  : media_bytes_big(frames, 4, &size);
    if (!is_right || size < 6 || size - counted > frames->left)
        return xbits_fail(XBITS_ERROR_INVALID_DATA,
                          "byte %" PRIu64 ": the size of the extended ID3 header is wrong",
                          place_in_file(walk, place));
    (void)media_bytes_skip(frames, (size_t)(size - counted));
    return XBITS_S_OK;
}

static bool is_letter(uint8_t byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

/* Some programs put texts with the three letters of version 2 into later tags, and a blank or NUL
 * behind. */
static bool is_frame_id(const uint8_t *bytes, size_t length)
{
    bool is_short_text = bytes[0] == 'T' && length > 3 && (bytes[3] == ' ' || bytes[3] == '\0');

    for (size_t i = 0; i < (is_short_text ? 3 : length); i++) {
        if (!is_letter(bytes[i]))
            return false;
    }
    return true;
}

static xbits_result take_frame(struct walk *walk, struct id3_frame *frame_out)
{
    const struct version *version = walk->version;
    struct media_bytes *frames = &walk->frames;
    struct id3_frame frame = { .version = walk->header.version };
    uint64_t place = place_in_file(walk, frames->place);
    uint64_t size = 0;
    uint64_t flags = 0;
    bool is_right;

    if (frames->left < version->id_length + version->size_width + version->flags_width ||
        !is_frame_id(frames->next, version->id_length))
        return xbits_fail(XBITS_ERROR_INVALID_DATA, "byte %" PRIu64 ": this is no ID3 frame",
                          place);
    memcpy(frame.id, frames->next, version->id_length);
    (void)media_bytes_skip(frames, version->id_length);
    is_right = version->has_synchsafe_sizes ? id3_take_synchsafe(frames, &size)
                                            : media_bytes_big(frames, version->size_width, &size);
    if (!is_right)
        return xbits_fail(XBITS_ERROR_INVALID_DATA,
                          "byte %" PRIu64 ": a byte of the size of %s has its high bit set", place,
                          frame.id);
    (void)media_bytes_big(frames, version->flags_width, &flags);
    frame.flags = (unsigned)flags;
    if (!media_bytes_take(frames, (size_t)size, &frame.data))
        return xbits_fail(XBITS_ERROR_INVALID_DATA,
                          "byte %" PRIu64 ": %s says it has %" PRIu64
                          " bytes, of which the tag has %zu",
                          place, frame.id, size, frames->left);
    *frame_out = frame;
    return XBITS_S_OK;
}

static xbits_result visit_frame(const struct walk *walk, struct id3_frame *frame)
{
    bool is_unsynchronised =
        frame->version == 4 && ((walk->header.flags & FLAG_UNSYNCHRONISED) != 0 ||
                                (frame->flags & FRAME_UNSYNCHRONISED) != 0);
    uint8_t *plain = NULL;
    xbits_result result;

    if (is_unsynchronised) {
        plain = new_synchronised(&frame->data, &frame->data);
        if (plain == NULL)
            return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a frame of an ID3 tag");
        frame->flags &= ~FRAME_UNSYNCHRONISED;
    }
    result = walk->visit(frame, walk->user);
    free(plain);
    return result;
}

/* A NUL begins the padding; what is behind it is nobody's. */
static xbits_result walk_frames(struct walk *walk)
{
    TRY(skip_extended_header(walk));
    while (walk->frames.left > 0 && walk->frames.next[0] != 0) {
        struct id3_frame frame = { 0 };

        TRY(take_frame(walk, &frame));
        TRY(visit_frame(walk, &frame));
    }
    return XBITS_S_OK;
}

static xbits_result drop_footer(struct media_bytes *tag)
{
    size_t frames = tag->left < ID3_HEADER_SIZE ? 0 : tag->left - ID3_HEADER_SIZE;

    if (tag->left < ID3_HEADER_SIZE || memcmp(tag->next + frames, "3DI", 3) != 0)
        return xbits_fail(XBITS_ERROR_INVALID_DATA, "byte %" PRIu64 ": there is no ID3 footer",
                          tag->place + frames);
    tag->left = frames;
    return XBITS_S_OK;
}

xbits_result id3_visit_frames(struct media_bytes tag, id3_visit *visit, void *user)
{
    struct walk walk = { .visit = visit, .user = user, .plain_place = ID3_HEADER_SIZE };
    uint8_t *plain = NULL;
    xbits_result result;

    TRY(id3_read_header(tag, &walk.header));
    walk.version = &versions[walk.header.version];
    walk.plain_place += tag.place;
    (void)media_bytes_skip(&tag, ID3_HEADER_SIZE);
    if (walk.header.version == 4 && (walk.header.flags & FLAG_FOOTER) != 0)
        TRY(drop_footer(&tag));
    walk.raw = tag;
    walk.frames = tag;
    if (walk.header.version < 4 && (walk.header.flags & FLAG_UNSYNCHRONISED) != 0) {
        walk.is_whole_unsynchronised = true;
        plain = new_synchronised(&tag, &walk.frames);
        if (plain == NULL)
            return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for an ID3 tag");
    }
    result = walk_frames(&walk);
    free(plain);
    return result;
}
