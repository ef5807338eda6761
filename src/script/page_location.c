/* SPDX-License-Identifier: MIT */
#include "script/page_class.h"

#include "script/address.h"

static xbits_result use_address_part(struct member_use *use)
{
    static const char *const parts[] = {
        [ADDRESS_PROTOCOL] = "protocol", [ADDRESS_HOST] = "host",
        [ADDRESS_HOSTNAME] = "hostname", [ADDRESS_PORT] = "port",
        [ADDRESS_PATHNAME] = "pathname", [ADDRESS_SEARCH] = "search",
        [ADDRESS_HASH] = "hash",
    };
    size_t part = 0;

    while (strcmp(parts[part], use->row->name) != 0)
        part++;
    text_clear(&use->page->result);
    TRY(address_part(text_c(&use->page->url), (enum address_part)part, &use->page->result));
    return answer_result(use);
}

xbits_result use_location(struct member_use *use)
{
    if (is_put(use))
        return page_go(use->page, passed_text(use, 0));
    use->use->result = js_object(&page_location_class, 0);
    return XBITS_S_OK;
}

xbits_result use_url(struct member_use *use)
{
    return answer_text(use, text_c(&use->page->url));
}

static xbits_result use_href(struct member_use *use)
{
    if (is_put(use) || use->use->use == JS_CALL)
        return page_go(use->page, passed_text(use, 0));
    return answer_text(use, text_c(&use->page->url));
}

static xbits_result use_reload(struct member_use *use)
{
    return page_go(use->page, text_c(&use->page->url));
}

static const struct member_row location_rows[] = {
    { "href", JS_GET | JS_PUT, use_href, NULL, NULL },
    { "assign", JS_CALL, use_href, NULL, NULL },
    { "replace", JS_CALL, use_href, NULL, NULL },
    { "reload", JS_CALL, use_reload, NULL, NULL },
    { "toString", JS_CALL, use_url, NULL, NULL },
    { "valueOf", JS_CALL, use_url, NULL, NULL },
    { "protocol", JS_GET, use_address_part, NULL, NULL },
    { "host", JS_GET, use_address_part, NULL, NULL },
    { "hostname", JS_GET, use_address_part, NULL, NULL },
    { "port", JS_GET, use_address_part, NULL, NULL },
    { "pathname", JS_GET, use_address_part, NULL, NULL },
    { "search", JS_GET, use_address_part, NULL, NULL },
    { "hash", JS_GET, use_address_part, NULL, NULL },
    { 0 },
};

/* There is one page at a time. */
static const struct member_row history_rows[] = {
    { "length", JS_GET, use_zero, NULL, NULL },
    { "back", JS_CALL, use_told, "history.back", NULL },
    { "forward", JS_CALL, use_told, "history.forward", NULL },
    { "go", JS_CALL, use_told, "history.go", NULL },
    { 0 },
};

MEMBER_FINDER(location)
MEMBER_FINDER(history)

const struct js_class page_location_class = {
    .name = "Location", .takes_expandos = true, .find = find_location, .invoke = member_invoke
};

const struct js_class page_history_class = {
    .name = "History", .takes_expandos = true, .find = find_history, .invoke = member_invoke
};
