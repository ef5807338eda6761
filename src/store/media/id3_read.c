/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "store/media/id3.h"
#include "store/media/media_text.h"

/* What a frame's flags say of its data, and the bytes each flag puts in front of it. */
struct frame_flag {
    unsigned version;
    unsigned bit;
    size_t bytes;
    bool hides; /* What is behind cannot be read. */
};

/* In the order in which their bytes come. */
static const struct frame_flag frame_flags[] = {
    { 3, 0x0080, 4, true },  { 3, 0x0040, 1, true }, { 3, 0x0020, 1, false },
    { 4, 0x0040, 1, false }, { 4, 0x0008, 0, true }, { 4, 0x0004, 1, true },
    { 4, 0x0001, 4, false },
};

/* The data without what its flags put in front of it. False: it cannot be read. */
static bool take_content(const struct id3_frame *frame, struct media_bytes *content_out)
{
    struct media_bytes content = frame->data;

    for (size_t i = 0; i < sizeof(frame_flags) / sizeof(frame_flags[0]); i++) {
        const struct frame_flag *flag = &frame_flags[i];

        if (flag->version != frame->version || (frame->flags & flag->bit) == 0)
            continue;
        if (flag->hides || !media_bytes_skip(&content, flag->bytes))
            return false;
    }
    *content_out = content;
    return true;
}

/* The texts of one frame. */
struct texts {
    struct media_bytes rest;
    enum media_encoding encoding;
    bool has_marks; /* Of the order of bytes, each text its own, */
    bool has_order; /* and one has been seen. */
};

/* False: nobody knows the encoding. */
static bool begin_texts(struct media_bytes content, struct texts *texts_out)
{
    static const enum media_encoding encodings[] = { MEDIA_LATIN1, MEDIA_UTF16LE, MEDIA_UTF16BE,
                                                     MEDIA_UTF8 };
    uint64_t encoding = 0;

    if (content.left > 0)
        (void)media_bytes_little(&content, 1, &encoding);
    if (encoding >= sizeof(encodings) / sizeof(encodings[0]))
        return false;
    *texts_out = (struct texts){
        .rest = content,
        .encoding = encodings[encoding],
        .has_marks = encoding == 1,
    };
    return true;
}

/* Text of mostly Latin letters read from the wrong end has its NULs in front. */
static enum media_encoding guess_order(const struct media_bytes *text)
{
    const uint8_t *bytes = text->next;
    size_t first = 0;
    size_t second = 0;

    for (size_t i = 0; i + 1 < text->left && (bytes[i] != 0 || bytes[i + 1] != 0); i += 2) {
        first += bytes[i] == 0;
        second += bytes[i + 1] == 0;
    }
    return first > second ? MEDIA_UTF16BE : MEDIA_UTF16LE;
}

/* A text of UTF-16 begins with its order of bytes; a second one may leave that out, and some
 * programs write none at all. */
static void take_order(struct texts *texts)
{
    static const uint8_t marks[2][2] = { { 0xFF, 0xFE }, { 0xFE, 0xFF } };
    static const enum media_encoding orders[2] = { MEDIA_UTF16LE, MEDIA_UTF16BE };

    for (size_t i = 0; i < 2; i++) {
        if (texts->rest.left >= 2 && memcmp(texts->rest.next, marks[i], 2) == 0) {
            texts->encoding = orders[i];
            texts->has_order = true;
            (void)media_bytes_skip(&texts->rest, 2);
            return;
        }
    }
    if (!texts->has_order)
        texts->encoding = guess_order(&texts->rest);
}

static xbits_result next_text(struct texts *texts, struct text *value)
{
    struct media_bytes part = { 0 };

    if (texts->has_marks)
        take_order(texts);
    media_text_take(&texts->rest, texts->encoding, &part);
    return media_text_decode(&part, texts->encoding, value);
}

/* Milliseconds that are no number are no damage: somebody typed them. */
static xbits_result make_seconds(struct text *value)
{
    uint64_t length_ms = 0;

    if (!text_parse_u64(text_c(value), UINT64_MAX, &length_ms) || length_ms == 0) {
        text_clear(value);
        return XBITS_S_OK;
    }
    text_clear(value);
    return text_format(value, "%" PRIu64, length_ms / 1000);
}

static xbits_result read_text_frame(struct media_bytes content, struct id3_statement *statement)
{
    bool is_length = attribute_row(statement->attribute)->rule == ATTRIBUTE_MILLISECONDS;
    struct texts texts = { 0 };

    if (!begin_texts(content, &texts))
        return XBITS_S_OK;
    statement->is_known = true;
    TRY(next_text(&texts, &statement->value));
    return is_length ? make_seconds(&statement->value) : XBITS_S_OK;
}

/* The name that says what the rest is about has been read into the value. False: nothing known. */
static bool take_name(struct id3_statement *statement, enum attribute_rank rank)
{
    statement->is_known = attribute_of_private(text_c(&statement->value), &statement->attribute);
    statement->rank = rank;
    text_clear(&statement->value);
    return statement->is_known;
}

/* A text that its user names: a description, and the text. */
static xbits_result read_user_text(struct media_bytes content, struct id3_statement *statement)
{
    struct texts texts = { 0 };

    if (!begin_texts(content, &texts))
        return XBITS_S_OK;
    TRY(next_text(&texts, &statement->value));
    if (!take_name(statement, ATTRIBUTE_FROM_USER_TEXT))
        return XBITS_S_OK;
    return next_text(&texts, &statement->value);
}

/* PRIV: the attribute's name, and the text as Windows has it, or an id. */
static xbits_result read_private(struct media_bytes content, struct id3_statement *statement)
{
    struct media_bytes part = { 0 };

    media_text_take(&content, MEDIA_LATIN1, &part);
    TRY(media_text_decode(&part, MEDIA_LATIN1, &statement->value));
    if (!take_name(statement, ATTRIBUTE_FROM_PRIVATE))
        return XBITS_S_OK;
    if (statement->attribute == XBITS_ATTRIBUTE_MEDIA_CLASS)
        return media_text_add_guid(&statement->value, &content);
    media_text_take(&content, MEDIA_UTF16LE, &part);
    return media_text_decode(&part, MEDIA_UTF16LE, &statement->value);
}

/* UFID: whose identifier it is, and the identifier, which is kept when it is a text. */
static xbits_result read_identifier(struct media_bytes content, struct id3_statement *statement)
{
    struct media_bytes owner = { 0 };

    statement->is_known = true;
    media_text_take(&content, MEDIA_LATIN1, &owner);
    for (size_t i = 0; i < content.left; i++) {
        if (content.next[i] < ' ' || content.next[i] > '~')
            return XBITS_S_OK;
    }
    return media_text_decode(&content, MEDIA_LATIN1, &statement->value);
}

/* Frames that say what they are about inside. */
static const struct {
    const char *id;
    xbits_result (*read)(struct media_bytes content, struct id3_statement *statement);
} readers[] = {
    { "PRIV", read_private },
    { "TXXX", read_user_text },
    { "TXX", read_user_text },
};

void id3_statement_dispose(struct id3_statement *statement)
{
    text_dispose(&statement->value);
}

xbits_result id3_read_frame(const struct id3_frame *frame, struct id3_statement *statement)
{
    struct media_bytes content = { 0 };

    if (!take_content(frame, &content))
        return XBITS_S_OK;
    for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
        if (strcmp(readers[i].id, frame->id) == 0)
            return readers[i].read(content, statement);
    }
    if (!attribute_of_frame(frame->id, &statement->attribute))
        return XBITS_S_OK;
    statement->rank = ATTRIBUTE_FROM_FRAME;
    if (attribute_row(statement->attribute)->rule == ATTRIBUTE_OWNED)
        return read_identifier(content, statement);
    return read_text_frame(content, statement);
}

/* id3_visit */
static xbits_result keep_frame(const struct id3_frame *frame, void *user)
{
    struct id3_statement statement = { 0 };
    xbits_result result = id3_read_frame(frame, &statement);

    if (XBITS_SUCCEEDED(result) && statement.is_known)
        result = attribute_keep(user, statement.attribute, statement.rank, &statement.value);
    id3_statement_dispose(&statement);
    return result;
}

xbits_result id3_read(struct media_bytes tag, struct media_tags *tags)
{
    struct attribute_values values = { .values = tags->values };

    return tag.left == 0 ? XBITS_S_OK : id3_visit_frames(tag, keep_frame, &values);
}
