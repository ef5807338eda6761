/* SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "fuzz/fuzz.h"
#include "xbits/convention.h"

#include <stdlib.h>
#include <string.h>

/* A refusal names a rule, and a place in the text. */
static void check_refusal(const struct xbits_wmp_refusal *refusal, const char *text)
{
    FUZZ_CHECK(refusal->rule > XBITS_WMP_RULE_NONE && refusal->rule < XBITS_WMP_RULE_COUNT);
    FUZZ_CHECK(refusal->field >= XBITS_WMP_NO_FIELD && refusal->field < XBITS_WMP_FIELD_COUNT);
    FUZZ_CHECK(refusal->position <= strlen(text));
    FUZZ_CHECK((refusal->rule == XBITS_WMP_RULE_TEXT) == !text_is_utf8(text));
    FUZZ_CHECK(!text_is_utf8(text) || refusal->position <= text_utf16_length(text));
}

static bool read(const char *text, enum xbits_wmp_mode mode, struct xbits_wmp_description *out)
{
    struct xbits_wmp_refusal refusal;
    xbits_result result;

    XBITS_INIT(out);
    XBITS_INIT(&refusal);
    result = xbits_wmp_description_parse(text, mode, out, &refusal);
    if (XBITS_FAILED(result)) {
        check_refusal(&refusal, text);
        FUZZ_CHECK((result == XBITS_BG_E_STRING_TOO_LONG) ==
                   (refusal.rule == XBITS_WMP_RULE_LENGTH));
        FUZZ_CHECK(text_is_utf8(xbits_last_error()->message));
    }
    return XBITS_SUCCEEDED(result);
}

static bool is_same(const struct xbits_wmp_description *a, const struct xbits_wmp_description *b)
{
    if (a->kind != b->kind || a->service_id != b->service_id)
        return false;
    for (int i = XBITS_WMP_PROVIDER; i < XBITS_WMP_FIELD_COUNT; i++) {
        const char *name = xbits_wmp_item_info_name((enum xbits_wmp_field)i);

        if (strcmp(xbits_wmp_item_info(a, name), xbits_wmp_item_info(b, name)) != 0)
            return false;
    }
    return true;
}

/* What is written reads back; it is the same when there was no colon to replace. */
static void check_written(const struct xbits_wmp_description *description, const char *text,
                          bool is_strict)
{
    char written[XBITS_WMP_TEXT_SIZE];
    struct xbits_wmp_refusal refusal;
    struct xbits_wmp_description again;

    XBITS_INIT(&refusal);
    if (XBITS_FAILED(xbits_wmp_description_format(description, written, &refusal))) {
        /* A service id may be longer with its sign, and a colon may become two characters. */
        FUZZ_CHECK(refusal.rule == XBITS_WMP_RULE_LENGTH);
        FUZZ_CHECK(text_utf16_length(text) == XBITS_WMP_TEXT_UNITS || !is_strict);
        return;
    }
    FUZZ_CHECK(read(written, XBITS_WMP_STRICT, &again));
    FUZZ_CHECK(!is_strict || is_same(description, &again));
    xbits_wmp_description_dispose(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);
    struct xbits_wmp_description strict;
    struct xbits_wmp_description lenient;
    bool is_strict = read(text, XBITS_WMP_STRICT, &strict);
    bool is_lenient = read(text, XBITS_WMP_LENIENT, &lenient);

    FUZZ_CHECK(!is_strict || (is_lenient && is_same(&strict, &lenient)));
    if (is_lenient)
        check_written(&lenient, text, is_strict);
    xbits_wmp_description_dispose(&strict);
    xbits_wmp_description_dispose(&lenient);
    free(text);
    return 0;
}
