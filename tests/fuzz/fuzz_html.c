/* SPDX-License-Identifier: MIT */
#include "fuzz/fuzz.h"
#include "script/document/dom.h"
#include "script/document/dom_controls.h"
#include "script/document/dom_markup.h"
#include "script/document/html_build.h"
#include "script/document/html_charset.h"

#include <string.h>

/* Every node stands where its neighbours say, and none is too deep. */
static void check_node(const struct dom *dom, dom_node node)
{
    dom_node next = dom_next(dom, node);
    dom_node first = dom_first(dom, node);

    FUZZ_CHECK(dom_kind(dom, node) != DOM_FREE);
    FUZZ_CHECK(next == DOM_NONE || dom_previous(dom, next) == node);
    FUZZ_CHECK(next == DOM_NONE || dom_parent(dom, next) == dom_parent(dom, node));
    FUZZ_CHECK(first == DOM_NONE || dom_parent(dom, first) == node);
    FUZZ_CHECK(dom_depth(dom, node) <= DOM_DEPTH_MAXIMUM);
    FUZZ_CHECK(text_is_utf8(dom_text(dom, node)));
    if (dom_is(dom, node, "select"))
        FUZZ_CHECK(dom_selected_index(dom, node) < (int)dom_option_count(dom, node));
}

static void check(const struct dom *dom)
{
    for (dom_node node = DOM_DOCUMENT; node != DOM_NONE; node = dom_walk(dom, DOM_DOCUMENT, node))
        check_node(dom, node);
}

/* What was read is written, and read again into an element: the same comes of it from then on. */
static void round_trip(struct dom *dom)
{
    dom_node body = dom_part(dom, "body");
    struct text markup = { 0 };
    struct text shown = { 0 };

    FUZZ_CHECK(body != DOM_NONE);
    FUZZ_CHECK(XBITS_SUCCEEDED(dom_inner_html(dom, body, &markup)));
    FUZZ_CHECK(XBITS_SUCCEEDED(dom_inner_text(dom, body, &shown)));
    FUZZ_CHECK(text_is_utf8(text_c(&markup)) && text_is_utf8(text_c(&shown)));
    FUZZ_CHECK(XBITS_SUCCEEDED(dom_set_inner_html(dom, body, text_c(&markup), markup.length)));
    check(dom);
    dom_remove_children(dom, body);
    FUZZ_CHECK(dom_first(dom, body) == DOM_NONE);
    text_dispose(&markup);
    text_dispose(&shown);
}

static void read_page(struct dom *dom, const struct text *html)
{
    struct html_builder builder;
    dom_node script = DOM_NONE;
    xbits_result result;

    html_builder_init(&builder, dom, DOM_DOCUMENT, text_c(html), html->length);
    do {
        result = html_builder_run(&builder, &script);
        if (XBITS_SUCCEEDED(result) && script != DOM_NONE && builder.written_bytes < 64)
            FUZZ_CHECK(XBITS_SUCCEEDED(html_builder_write(&builder, "<td><b id=w>", 12)));
    } while (XBITS_SUCCEEDED(result) && script != DOM_NONE);
    html_builder_dispose(&builder);
    check(dom);
    if (XBITS_SUCCEEDED(result))
        round_trip(dom);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text body = { 0 };
    struct text html = { 0 };
    struct dom *dom;

    FUZZ_CHECK(XBITS_SUCCEEDED(dom_new(&dom)));
    FUZZ_CHECK(XBITS_SUCCEEDED(text_append(&body, (const char *)data, size)));
    FUZZ_CHECK(XBITS_SUCCEEDED(html_decode("", text_c(&body), body.length, &html)));
    FUZZ_CHECK(text_is_utf8(text_c(&html)) && strlen(text_c(&html)) == html.length);
    read_page(dom, &html);
    dom_free(dom);
    text_dispose(&body);
    text_dispose(&html);
    return 0;
}
