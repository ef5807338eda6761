/* SPDX-License-Identifier: MIT */
#ifndef CLI_OPEN_SHELL_H
#define CLI_OPEN_SHELL_H

#include "cli/run_page.h"

/*
 * Opens the Player's window as a page sees it: with the stores of the registry. The active one is
 * wanted->store, else the registry's ActiveService where it is installed, else the only store that
 * is, else none; its first pane is the page. asked and user: xbits_shell_options.
 * Results: XBITS_S_OK; XBITS_ERROR_FILE_NOT_FOUND (wanted->store is not installed);
 * XBITS_E_INVALIDARG (a base URL without an active store); as open_registry, xbits_registry_get and
 * xbits_shell_open.
 */
xbits_result open_shell(const struct run_page *wanted, xbits_shell_ask *asked, void *user,
                        struct xbits_shell **shell_out);

#endif
