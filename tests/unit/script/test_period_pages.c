/* SPDX-License-Identifier: MIT */
#include "script/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/assert_result.h"
#include "support/test_main.h"
#include "unit/script/page_fixture.h"

#define AT "http://store.example/shop/"

/*
 * Pages in the ways of their time, one file each: what the user does ("ID EVENT", or "wait MS"; at
 * most STEPS), what the element "result" then reads, what was told, and where the page wants to go.
 */
#define STEPS 4
static const struct period_page {
    const char *name;
    const char *steps[STEPS];
    const char *result;
    const char *told;
    const char *location;
} pages[] = {
    { "sniff", { 0 }, "7,7,true,true,en,object", "", "" },
    { "basket",
      { 0 },
      "Low Water; 12 songs, \xE2\x82\xAC"
      "9|a=b|null|true",
      "",
      "" },
    { "tracks", { 0 }, "6 places, 8 cells: Ebb* 1 MB 4 MB ?", "", "" },
    { "order",
      { "buyLink click" },
      "user=Jo%20%26%20Co&card=m&query= 1Visa1",
      "dialog: submit: pay.asp\n",
      "" },
    { "order", { "clear click" }, "0order", "", "" },
    { "with", { 0 }, "Shelf of P #003366 29.2 color: red; display: none 5", "", "" },
    { "timers", { "wait 250" }, "text,again", "", "" },
    { "timers", { "wait 2000" }, "text,again,closure,,blinked,polled", "", "" },
    { "events", { 0 }, "load for:complete", "", "" },
    { "events",
      { "buy click", "link click", "box click", "window resize" },
      "load for:complete buy more:Buy for-buy document:buy:click a outer<A document:link:click "
      "document:box:click resize",
      "",
      "" },
    { "player",
      { 0 },
      "0 3 2 3 1 ebb ebb 0 5007",
      "player: uiMode = invisible\nplayer: URL = http://store.example/preview/ebb.wma\n"
      "player: controls.pause()\nplayer: controls.play()\nplayer: controls.stop()\n"
      "player: currentMedia.getItemInfo(\"Title\")\n",
      "" },
    { "external", { 0 }, "undefined 438!10 # 438!10 438!10 5007!10 12 plain", "", "" },
    { "errors", { 0 }, "page.htm:13 page.htm:18 5009 5007 438 5002 429 1002 5 42 none 5", "", "" },
    { "dates",
      { 0 },
      "Sun 11/05/2006|2006|99|Sun, 05 Nov 2006 07:08:09 GMT|true|true|5|true|true|true|number|1000|"
      "11/5|2007",
      "",
      "" },
    { "language",
      { 0 },
      "hoisted 8 8 31 abc b x 20 true true Ebb21 <Flow> 120 o d ab cba x[1]y[22] 72 100,20,3 100 3 "
      "true true",
      "",
      "" },
    { "windows",
      { 0 },
      "312 null undefined 0",
      "dialog: open: help.htm\ndialog: showModalDialog: terms.htm\ndialog: print\n"
      "dialog: history.back\ndialog: history.go: -1\ndialog: confirm: Really?\ndialog: close\n",
      "" },
    { "images", { 0 }, "2 " AT "images/buy_off.gif 1", "", "" },
    { "images",
      { "buy mouseover", "where click" },
      AT "images/buy_on.gif " AT "images/2.jpg",
      "",
      "" },
    { "collections",
      { 0 },
      "ebb.mp3 flow.wma 3 Jazz Folk Rock 3 Flow true second objectobject 1 LI 3 438",
      "",
      "" },
    { "xmlhttp", { 0 }, "null 429 true false store.example[]", "", "" },
    { "style", { "bar click" }, "|100px|hot|hidden|less|absolute", "", "" },
    { "style", { "bar click", "bar click" }, "none|100px||hidden|less|absolute", "", "" },
    { "state", { 0 }, "loading complete load http:", "", "" },
    { "leave", { "script click" }, "1", "", "" },
    { "leave", { "reload click" }, "0", "", AT "page.htm" },
    { "leave", { "replace click" }, "0", "", AT "list.asp?id=a%20b" },
    { "leave", { "assign click" }, "0", "", "http://store.example/root.htm" },
    { "leave", { "link click" }, "0", "", AT "song.asp?n=7" },
    /* What this host has not: an error each, and the page goes on. */
    { "conditional",
      { 0 },
      "after false",
      "error: " AT "page.htm:5:1: SyntaxError: invalid token\n"
      "error: " AT "page.htm: a script in VBScript is not run: only JScript is known\n",
      "" },
};

static void read_page(const char *name, struct text *html)
{
    char path[1024];
    char bytes[4096];
    size_t length;
    FILE *file;

    (void)snprintf(path, sizeof path, "%s/%s.htm", PERIOD_PAGES, name);
    file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("%s cannot be read", path);
    while ((length = fread(bytes, 1, sizeof bytes, file)) > 0)
        assert_ok(text_append(html, bytes, length));
    (void)fclose(file);
}

static void do_step(struct page_fixture *fixture, const char *step)
{
    char id[64];
    const char *event = strchr(step, ' ') + 1;

    text_copy_into(id, sizeof id, step);
    *strchr(id, ' ') = '\0';
    if (strcmp(id, "wait") == 0)
        page_fixture_advance(fixture, strtoul(event, NULL, 10));
    else
        assert_ok(page_fire(fixture->page, id, event));
}

static void a_page_of_its_time_does_what_it_did(void **state)
{
    struct page_fixture *fixture = *state;

    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        struct text html = { 0 };

        text_clear(&fixture->told);
        read_page(pages[i].name, &html);
        page_fixture_open(fixture, text_c(&html));
        for (size_t step = 0; step < STEPS && pages[i].steps[step] != NULL; step++)
            do_step(fixture, pages[i].steps[step]);

        assert_value(fixture, "document.all.result.innerText", pages[i].result);
        assert_string_equal(text_c(&fixture->told), pages[i].told);
        assert_string_equal(page_take_location(fixture->page), pages[i].location);
        text_dispose(&html);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_page_of_its_time_does_what_it_did, page_fixture_set_up,
                                        page_fixture_tear_down),
    };

    return run_tests("period_pages", tests);
}
