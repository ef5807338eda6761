/* SPDX-License-Identifier: MIT */
#include "script/page_class.h"

static xbits_result use_constant(struct member_use *use)
{
    return answer_text(use, use->row->what);
}

static xbits_result use_false(struct member_use *use)
{
    return answer_bool(use, false);
}

static xbits_result use_agent(struct member_use *use)
{
    return answer_text(use, text_c(&use->page->agent));
}

static xbits_result use_cookies_enabled(struct member_use *use)
{
    return answer_bool(use, use->page->options.cookies != NULL);
}

static const struct member_row navigator_rows[] = {
    { "userAgent", JS_GET, use_agent, NULL, NULL },
    { "appCodeName", JS_GET, use_constant, "Mozilla", NULL },
    { "appName", JS_GET, use_constant, "Microsoft Internet Explorer", NULL },
    { "appVersion", JS_GET, use_constant, "4.0 (compatible; MSIE 7.0; Windows NT 6.1)", NULL },
    { "platform", JS_GET, use_constant, "Win32", NULL },
    { "userLanguage", JS_GET, use_constant, "en-us", NULL },
    { "browserLanguage", JS_GET, use_constant, "en-us", NULL },
    { "systemLanguage", JS_GET, use_constant, "en-us", NULL },
    { "language", JS_GET, use_constant, "en-us", NULL },
    { "cookieEnabled", JS_GET, use_cookies_enabled, NULL, NULL },
    { "javaEnabled", JS_CALL, use_false, NULL, NULL },
    { 0 },
};

static xbits_result use_log(struct member_use *use)
{
    struct text line = { 0 };
    xbits_result result = XBITS_S_OK;

    for (size_t i = 0; i < use->use->argument_count && XBITS_SUCCEEDED(result); i++)
        result = text_format(&line, "%s%s", i == 0 ? "" : " ", passed_text(use, i));
    if (XBITS_SUCCEEDED(result))
        page_say(use->page, PAGE_CONSOLE, "%s", text_c(&line));
    text_dispose(&line);
    return result;
}

static const struct member_row console_rows[] = {
    { "log", JS_CALL, use_log, NULL, NULL },   { "info", JS_CALL, use_log, NULL, NULL },
    { "warn", JS_CALL, use_log, NULL, NULL },  { "error", JS_CALL, use_log, NULL, NULL },
    { "debug", JS_CALL, use_log, NULL, NULL }, { 0 },
};

MEMBER_FINDER(navigator)
MEMBER_FINDER(console)

const struct js_class page_navigator_class = {
    .name = "Navigator", .takes_expandos = true, .find = find_navigator, .invoke = member_invoke
};

const struct js_class page_console_class = {
    .name = "Console", .takes_expandos = true, .find = find_console, .invoke = member_invoke
};
