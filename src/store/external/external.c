/* SPDX-License-Identifier: MIT */
#include "store/external/external.h"

#include <stdlib.h>

#include "base/argument.h"
#include "store/external/member_table.h"

/* Nothing of the external is touched after the call: what is called may close it all the same. */
static void call_function(void *user)
{
    struct xbits_external *external = user;

    if (external->has_function && external->options.call != NULL)
        external->options.call(external->function, external->options.user);
}

void external_hook(struct xbits_external *external, bool has_function, uint64_t function)
{
    const bool had_function = external->has_function;
    const uint64_t old = external->function;

    external->has_function = has_function;
    external->function = function;
    if (had_function && external->options.drop != NULL)
        external->options.drop(old, external->options.user);
}

static xbits_result check(const struct xbits_external_options *options)
{
    enum xbits_player_version player;

    TRY(argument_struct("external's options", options->size, sizeof *options));
    TRY(argument_pointer("external's shell", options->shell));
    if ((unsigned)options->surface >= XBITS_SURFACE_COUNT) {
        return xbits_fail(XBITS_E_INVALIDARG, "%d is no surface on which the Player shows a page",
                          (int)options->surface);
    }
    player = xbits_shell_player(options->shell);
    if (options->downloads == NULL && surface_has_downloads(options->surface, player)) {
        return xbits_fail(XBITS_E_INVALIDARG,
                          "a page on the surface %s of WMP%d needs a download manager",
                          xbits_surface_name(options->surface), (int)player);
    }
    return XBITS_S_OK;
}

xbits_result xbits_external_open(const struct xbits_external_options *options,
                                 struct xbits_external **external_out)
{
    struct xbits_external *external;

    TRY(argument_pointer("external's options", options));
    TRY(argument_pointer("external_out", external_out));
    TRY(check(options));
    external = calloc(1, sizeof *external);
    if (external == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory for a page's external");
    external->options = *options;
    external->listener.changed = call_function;
    external->listener.user = external;
    shell_listen(options->shell, &external->listener);
    *external_out = external;
    return XBITS_S_OK;
}

void xbits_external_close(struct xbits_external *external)
{
    if (external == NULL)
        return;
    shell_stop_listening(external->options.shell, &external->listener);
    external_hook(external, false, 0);
    text_dispose(&external->result);
    free(external);
}
