/* SPDX-License-Identifier: MIT */
#include "script/document/html_tokens.h"

#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"

/* All tokens, one after the other: "<a x=1>", "text", "</a>". */
static void show(const char *html, struct text *text)
{
    static struct html_token token;
    struct html_tokens tokens;

    html_tokens_init(&tokens, html, strlen(html));
    for (;;) {
        assert_ok(html_next(&tokens, &token));
        if (token.kind == HTML_END_OF_TEXT)
            break;
        if (token.kind == HTML_TEXT) {
            assert_ok(text_format(text, "[%s]", text_c(&token.text)));
            continue;
        }
        assert_ok(text_format(text, "<%s%s", token.kind == HTML_END_TAG ? "/" : "", token.name));
        for (size_t i = 0; i < token.attribute_count; i++)
            assert_ok(text_format(text, " %s=%s", token.attributes[i].name,
                                  text_c(&token.text) + token.attributes[i].value));
        assert_ok(text_add(text, ">"));
    }
    html_token_dispose(&token);
}

static void test_a_text_is_cut_into_tags_and_texts(void **state)
{
    static const struct {
        const char *html;
        const char *tokens;
    } rows[] = {
        { "", "" },
        { "a", "[a]" },
        { "<P CLASS=x>a</P>", "<p class=x>[a]</p>" },
        { "<a href='x y' b=\"'\" c>", "<a href=x y b=' c=>" },
        { "<a b = c d=e/f>", "<a b=c d=e/f>" },
        { "<br/><br />", "<br><br>" },
        { "<a b=1 B=2>", "<a b=1>" },
        { "a < b <3 </ x", "[a < b <3 </ x]" },
        { "a<!-- <b> -- > -->c", "[a][c]" },
        { "<!DOCTYPE html><?xml version='1'?>x", "[x]" },
        { "<!-- never ends <b>", "" },
        { "<a b='never ends>x", "<a b=never ends>x>" },
        { "<a", "<a>" },
        { "<", "[<]" },
        { "</", "[</]" },
        { "&lt;&AMP;&amp&#65;&#x42;&#xD800;&", "[<&AMP;&AB\xEF\xBF\xBD&]" },
        { "<a b='&quot;&eacute;'>", "<a b=\"\xC3\xA9>" },
        { "<SCRIPT>a<b&lt;</scripty></Script >c", "<script>[a<b&lt;</scripty>]</script>[c]" },
        { "<script></script>", "<script></script>" },
        { "<title>&lt;<b></title>", "<title>[<<b>]</title>" },
        { "<textarea><p></textarea>", "<textarea>[<p>]</textarea>" },
        { "<script>x", "<script>[x]" },
        { "<script>x</script", "<script>[x]</script>" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct text text = { 0 };

        show(rows[i].html, &text);

        assert_string_equal(rows[i].tokens, text_c(&text));
        text_dispose(&text);
    }
}

static void test_a_token_knows_its_line_and_column(void **state)
{
    static const char html[] = "\xC3\xA4<a>\r\n\r<b\n  c='d' e = f>";
    static struct html_token token;
    struct html_tokens tokens;

    (void)state;
    html_tokens_init(&tokens, html, sizeof html - 1);
    assert_ok(html_next(&tokens, &token));
    assert_ok(html_next(&tokens, &token));
    assert_int_equal(1, token.position.line);
    assert_int_equal(2, token.position.column);
    assert_ok(html_next(&tokens, &token));
    assert_ok(html_next(&tokens, &token));
    assert_int_equal(3, token.position.line);
    assert_int_equal(1, token.position.column);
    assert_int_equal(4, token.attributes[0].position.line);
    assert_int_equal(6, token.attributes[0].position.column);
    assert_int_equal(13, token.attributes[1].position.column);
    html_token_dispose(&token);
}

static void test_a_tag_has_no_more_attributes_than_it_may(void **state)
{
    static struct html_token token;
    struct html_tokens tokens;
    struct text html = { 0 };

    (void)state;
    assert_ok(text_add(&html, "<a"));
    for (int i = 0; i < 1000; i++)
        assert_ok(text_format(&html, " b%d=%d", i, i));
    html_tokens_init(&tokens, text_c(&html), html.length);
    assert_ok(html_next(&tokens, &token));

    assert_int_equal(HTML_ATTRIBUTES_MAXIMUM, token.attribute_count);
    assert_string_equal("63", html_attribute(&token, "b63"));
    assert_null(html_attribute(&token, "b64"));
    html_token_dispose(&token);
    text_dispose(&html);
}

static void test_a_name_is_cut_between_characters(void **state)
{
    static struct html_token token;
    struct html_tokens tokens;

    (void)state;
    for (size_t lead = 1; lead <= 4; lead++) {
        struct text html = { 0 };

        assert_ok(text_append(&html, "<abcd", lead + 1));
        for (int i = 0; i < 40; i++)
            assert_ok(text_add(&html, "\xE2\x82\xAC"));
        html_tokens_init(&tokens, text_c(&html), html.length);
        assert_ok(html_next(&tokens, &token));

        assert_true(text_is_utf8(token.name));
        assert_in_range(strlen(token.name), HTML_NAME_SIZE - 6, HTML_NAME_SIZE - 1);
        text_dispose(&html);
    }
    html_token_dispose(&token);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_text_is_cut_into_tags_and_texts),
        cmocka_unit_test(test_a_token_knows_its_line_and_column),
        cmocka_unit_test(test_a_tag_has_no_more_attributes_than_it_may),
        cmocka_unit_test(test_a_name_is_cut_between_characters),
    };

    return run_tests("html", tests);
}
