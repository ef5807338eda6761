/* SPDX-License-Identifier: MIT */
#include "script/page_class.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "script/player_control.h"

bool member_find(const struct member_row *rows, const char *name, struct js_member *member_out)
{
    for (; rows->name != NULL; rows++) {
        if (rows->name[0] != name[0] || strcmp(rows->name, name) != 0)
            continue;
        member_out->uses = rows->uses;
        member_out->id = (uintptr_t)rows;
        return true;
    }
    return false;
}

xbits_result member_invoke(void *host, struct js_use *use)
{
    struct page *page = ((struct host *)host)->page;
    struct member_use member = { .page = page,
                                 .dom = page->dom,
                                 .node = (dom_node)use->self.handle,
                                 .row = (const struct member_row *)use->member.id,
                                 .use = use };

    return member.row->function(&member);
}

void member_number(uint32_t number, struct js_member *member_out)
{
    member_out->uses = JS_GET;
    member_out->id = (uintptr_t)number << 1 | 1;
}

bool member_is_number(const struct js_member *member, uint32_t *number_out)
{
    if ((member->id & 1) == 0)
        return false;
    *number_out = (uint32_t)(member->id >> 1);
    return true;
}

bool member_read_index(const char *name, uint32_t *index_out)
{
    uint64_t index;

    if (!text_parse_u64(name, DOM_NODES_MAXIMUM, &index))
        return false;
    *index_out = (uint32_t)index;
    return true;
}

bool passed_is_given(const struct member_use *use, size_t index)
{
    return index < use->use->argument_count && use->use->arguments[index].kind != JS_UNDEFINED;
}

const char *passed_text(const struct member_use *use, size_t index)
{
    const struct js_value *value;

    if (index >= use->use->argument_count)
        return "";
    value = &use->use->arguments[index];
    return value->kind == JS_TEXT ? value->as.text.bytes : js_show(use->page->engine, value);
}

double passed_number(const struct member_use *use, size_t index, double otherwise)
{
    double number = otherwise;
    char *end;

    if (index >= use->use->argument_count)
        return otherwise;
    if (use->use->arguments[index].kind == JS_NUMBER)
        number = use->use->arguments[index].as.number;
    else if (use->use->arguments[index].kind == JS_BOOL)
        number = use->use->arguments[index].as.boolean;
    else if (use->use->arguments[index].kind == JS_TEXT) {
        number = strtod(use->use->arguments[index].as.text.bytes, &end);
        if (end == use->use->arguments[index].as.text.bytes)
            number = otherwise;
    }
    return isnan(number) ? otherwise : number;
}

int passed_int(const struct member_use *use, size_t index, int otherwise)
{
    double number = passed_number(use, index, otherwise);

    return number >= INT_MAX ? INT_MAX : number <= INT_MIN ? INT_MIN : (int)number;
}

bool passed_bool(const struct member_use *use, size_t index)
{
    const struct js_value *value;

    if (index >= use->use->argument_count)
        return false;
    value = &use->use->arguments[index];
    switch (value->kind) {
    case JS_UNDEFINED:
    case JS_NULL:
        return false;
    case JS_BOOL:
        return value->as.boolean;
    case JS_NUMBER:
        return value->as.number < 0 || value->as.number > 0;
    case JS_TEXT:
        return value->as.text.length > 0;
    case JS_OBJECT:
    case JS_FUNCTION:
    case JS_OTHER:
        break;
    }
    return true;
}

dom_node passed_node(const struct member_use *use, size_t index)
{
    const struct js_value *value;

    if (index >= use->use->argument_count)
        return DOM_NONE;
    value = &use->use->arguments[index];
    if (value->kind != JS_OBJECT || value->as.object.object_class != &page_node_class)
        return DOM_NONE;
    return (dom_node)value->as.object.handle;
}

bool is_put(const struct member_use *use)
{
    return use->use->use == JS_PUT;
}

xbits_result answer_text(struct member_use *use, const char *text)
{
    use->use->result = js_text(text);
    return XBITS_S_OK;
}

xbits_result answer_number(struct member_use *use, double number)
{
    use->use->result = js_number(number);
    return XBITS_S_OK;
}

xbits_result answer_bool(struct member_use *use, bool boolean)
{
    use->use->result = js_bool(boolean);
    return XBITS_S_OK;
}

xbits_result answer_null(struct member_use *use)
{
    use->use->result = js_text(NULL);
    return XBITS_S_OK;
}

xbits_result answer_result(struct member_use *use)
{
    return answer_text(use, text_c(&use->page->result));
}

struct js_value node_value(const struct page *page, dom_node node)
{
    const char *classid = dom_attribute(page->dom, node, "classid");
    struct js_value control = { .kind = JS_OBJECT };

    if (dom_kind(page->dom, node) == DOM_FREE)
        return js_text(NULL);
    if (node == DOM_DOCUMENT)
        return js_object(&page_document_class, node);
    if (dom_is(page->dom, node, "object") && classid != NULL &&
        text_equal_ignoring_case(classid, PLAYER_CONTROL_CLASSID)) {
        control.as.object = player_control_object();
        return control;
    }
    dom_see(page->dom, node);
    return js_object(&page_node_class, node);
}

xbits_result answer_node(struct member_use *use, dom_node node)
{
    use->use->result = node_value(use->page, node);
    return XBITS_S_OK;
}

xbits_result use_told(struct member_use *use)
{
    page_say(use->page, PAGE_DIALOG, use->use->argument_count == 0 ? "%s" : "%s: %s",
             use->row->what == NULL ? use->row->name : use->row->what, passed_text(use, 0));
    return XBITS_S_OK;
}

xbits_result use_nothing(struct member_use *use)
{
    (void)use;
    return XBITS_S_OK;
}

xbits_result use_zero(struct member_use *use)
{
    return answer_number(use, 0);
}
