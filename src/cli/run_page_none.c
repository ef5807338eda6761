/* SPDX-License-Identifier: MIT */
#include "cli/run_page.h"

#include "base/result.h"

enum cli_exit run_page(struct cli *cli, const struct run_page *wanted)
{
    (void)wanted;
    (void)xbits_fail(XBITS_E_NOTIMPL, "this xbits was built without its script host, Duktape");
    return cli_fail(cli, "cannot run a page");
}
