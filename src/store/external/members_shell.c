/* SPDX-License-Identifier: MIT */
#include "base/log.h"
#include "base/url_text.h"
#include "store/external/member_table.h"

static struct xbits_shell *shell_of(const struct call *call)
{
    return call->external->options.shell;
}

xbits_result member_version(struct call *call)
{
    return call_answer_text(call, xbits_shell_version(shell_of(call)));
}

/* The DISPIDs of the colours follow one another as enum xbits_color does. */
xbits_result member_color(struct call *call)
{
    return call_answer_text(
        call, xbits_shell_color(shell_of(call),
                                (enum xbits_color)(call->member->dispid - DISPID_COLOR_LIGHT)));
}

xbits_result member_on_color_change(struct call *call)
{
    external_hook(call->external, call->arguments[0].has_function, call->arguments[0].function);
    return XBITS_S_OK;
}

xbits_result member_navigate(struct call *call)
{
    const struct argument *arguments = call->arguments;

    TRY(xbits_shell_navigate(shell_of(call), arguments[0].text, arguments[1].text,
                             arguments[2].text));
    return XBITS_S_OK;
}

xbits_result member_selected_pane(struct call *call)
{
    struct xbits_shell *shell = shell_of(call);

    if (!call->is_put)
        return call_answer_text(call, xbits_pane_name(xbits_shell_lit_pane(shell)));
    xbits_shell_light_pane(shell, call->arguments[0].text);
    return XBITS_S_OK;
}

/* Nothing is decoded anywhere in this Player (errata 2.8): what it would play is said. */
xbits_result member_play_media(struct call *call)
{
    log_line(LOG_STORE, "a page plays %s", url_text(call->arguments[0].text).c);
    return XBITS_S_OK;
}
