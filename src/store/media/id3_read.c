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

static xbits_result fail_frame(const struct id3_frame *frame, const char *what)
{
    return xbits_fail(XBITS_ERROR_INVALID_DATA, "byte %" PRIu64 ": %s %s", frame->place, frame->id,
                      what);
}

/* The data without what its flags put in front of it. */
static xbits_result take_content(const struct id3_frame *frame, struct media_bytes *content_out,
                                 bool *is_hidden_out)
{
    struct media_bytes content = frame->data;
    bool is_hidden = false;

    for (size_t i = 0; i < sizeof(frame_flags) / sizeof(frame_flags[0]); i++) {
        const struct frame_flag *flag = &frame_flags[i];

        if (flag->version != frame->version || (frame->flags & flag->bit) == 0)
            continue;
        is_hidden = is_hidden || flag->hides;
        if (!media_bytes_skip(&content, flag->bytes))
            return fail_frame(frame, "is shorter than its flags need");
    }
    *content_out = content;
    *is_hidden_out = is_hidden;
    return XBITS_S_OK;
}

/* A text of UTF-16 begins with its order of bytes; a second one may leave that out. */
static void take_order(struct media_bytes *bytes, enum media_encoding *encoding)
{
    static const uint8_t marks[2][2] = { { 0xFF, 0xFE }, { 0xFE, 0xFF } };
    static const enum media_encoding orders[2] = { MEDIA_UTF16LE, MEDIA_UTF16BE };

    for (size_t i = 0; i < 2; i++) {
        if (bytes->left >= 2 && memcmp(bytes->next, marks[i], 2) == 0) {
            *encoding = orders[i];
            (void)media_bytes_skip(bytes, 2);
            return;
        }
    }
}

/* The texts of one frame. */
struct texts {
    const struct id3_frame *frame;
    struct media_bytes rest;
    bool has_marks;
    bool has_order; /* Of bytes; without one, a text must be empty. */
    enum media_encoding encoding;
};

static xbits_result begin_texts(const struct id3_frame *frame, struct media_bytes content,
                                struct texts *texts_out)
{
    static const enum media_encoding encodings[] = { MEDIA_LATIN1, MEDIA_UTF16LE, MEDIA_UTF16BE,
                                                     MEDIA_UTF8 };
    uint64_t encoding = 0;

    if (content.left > 0)
        (void)media_bytes_little(&content, 1, &encoding);
    if (encoding >= sizeof(encodings) / sizeof(encodings[0]))
        return fail_frame(frame, "has a text encoding that nobody knows");
    *texts_out = (struct texts){
        .frame = frame,
        .rest = content,
        .has_marks = encoding == 1,
        .has_order = encoding != 1,
        .encoding = encodings[encoding],
    };
    return XBITS_S_OK;
}

static xbits_result next_text(struct texts *texts, struct text *value)
{
    struct media_bytes part = { 0 };
    size_t before = texts->rest.left;

    if (texts->has_marks)
        take_order(&texts->rest, &texts->encoding);
    texts->has_order = texts->has_order || texts->rest.left < before;
    if (!media_text_take(&texts->rest, texts->encoding, &part))
        return fail_frame(texts->frame, "has a text of an odd number of bytes");
    if (!texts->has_order && part.left > 0)
        return fail_frame(texts->frame, "does not say the order of its bytes");
    return media_text_decode(&part, texts->encoding, value);
}

/* "3/12" is track 3 of 12. */
static void cut_track(struct text *value)
{
    char *slash = value->data != NULL ? strchr(value->data, '/') : NULL;

    if (slash != NULL) {
        *slash = '\0';
        value->length = (size_t)(slash - value->data);
    }
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

static xbits_result read_text_frame(const struct id3_frame *frame, struct media_bytes content,
                                    struct id3_statement *statement)
{
    enum attribute_rule rule = attribute_row(statement->attribute)->rule;
    struct texts texts = { 0 };

    TRY(begin_texts(frame, content, &texts));
    TRY(next_text(&texts, &statement->value));
    if (rule == ATTRIBUTE_TRACK)
        cut_track(&statement->value);
    return rule == ATTRIBUTE_MILLISECONDS ? make_seconds(&statement->value) : XBITS_S_OK;
}

/* A text that its user names: a description, and the text. */
static xbits_result read_user_text(const struct id3_frame *frame, struct media_bytes content,
                                   struct id3_statement *statement)
{
    struct texts texts = { 0 };

    TRY(begin_texts(frame, content, &texts));
    TRY(next_text(&texts, &statement->value));
    if (!attribute_of_private(text_c(&statement->value), &statement->attribute))
        return XBITS_S_OK;
    text_clear(&statement->value);
    TRY(next_text(&texts, &statement->value));
    statement->rank = ATTRIBUTE_FROM_USER_TEXT;
    statement->is_known = true;
    return XBITS_S_OK;
}

/* Takes the name of whose the rest is. */
static xbits_result take_owner(const struct id3_frame *frame, struct media_bytes *content,
                               struct text *owner)
{
    struct media_bytes part = { 0 };

    if (content->left == 0 || memchr(content->next, 0, content->left) == NULL)
        return fail_frame(frame, "has no end of its owner's name");
    (void)media_text_take(content, MEDIA_LATIN1, &part);
    return media_text_decode(&part, MEDIA_LATIN1, owner);
}

/* PRIV: the attribute's name, and the text as Windows has it, or an id. */
static xbits_result read_private(const struct id3_frame *frame, struct media_bytes content,
                                 struct id3_statement *statement)
{
    struct media_bytes part = { 0 };

    TRY(take_owner(frame, &content, &statement->value));
    if (!attribute_of_private(text_c(&statement->value), &statement->attribute))
        return XBITS_S_OK;
    text_clear(&statement->value);
    statement->rank = ATTRIBUTE_FROM_PRIVATE;
    statement->is_known = true;
    if (statement->attribute == XBITS_ATTRIBUTE_MEDIA_CLASS)
        return media_text_add_guid(&statement->value, &content);
    if (!media_text_take(&content, MEDIA_UTF16LE, &part))
        return fail_frame(frame, "has a text of an odd number of bytes");
    return media_text_decode(&part, MEDIA_UTF16LE, &statement->value);
}

/* UFID: whose identifier it is, and the identifier, which is kept when it is a text. */
static xbits_result read_identifier(const struct id3_frame *frame, struct media_bytes content,
                                    struct id3_statement *statement)
{
    struct text owner = { 0 };
    xbits_result result = take_owner(frame, &content, &owner);

    text_dispose(&owner);
    if (XBITS_FAILED(result))
        return result;
    for (size_t i = 0; i < content.left; i++) {
        if (content.next[i] < ' ' || content.next[i] > '~')
            return XBITS_S_OK;
    }
    return media_text_decode(&content, MEDIA_LATIN1, &statement->value);
}

/* Frames that say what they are about inside. */
static const struct {
    const char *id;
    xbits_result (*read)(const struct id3_frame *frame, struct media_bytes content,
                         struct id3_statement *statement);
} readers[] = {
    { "PRIV", read_private },
    { ID3_USER_TEXT, read_user_text },
    { "TXX", read_user_text },
};

void id3_statement_dispose(struct id3_statement *statement)
{
    text_dispose(&statement->value);
}

xbits_result id3_read_frame(const struct id3_frame *frame, struct id3_statement *statement)
{
    struct media_bytes content = { 0 };
    bool is_hidden = false;

    TRY(take_content(frame, &content, &is_hidden));
    if (is_hidden)
        return XBITS_S_OK;
    for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
        if (strcmp(readers[i].id, frame->id) == 0)
            return readers[i].read(frame, content, statement);
    }
    if (!attribute_of_frame(frame->id, &statement->attribute))
        return XBITS_S_OK;
    statement->is_known = true;
    statement->rank = ATTRIBUTE_FROM_FRAME;
    if (attribute_row(statement->attribute)->rule == ATTRIBUTE_OWNED)
        return read_identifier(frame, content, statement);
    return read_text_frame(frame, content, statement);
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
