/* SPDX-License-Identifier: MIT */
#ifndef CLI_SHELL_TEXT_H
#define CLI_SHELL_TEXT_H

#include "base/text.h"
#include "cli/cli.h"

/* Commands that are shown to be typed. */

/* One word for a shell: in quotes when it needs them. Results: XBITS_S_OK; XBITS_E_OUTOFMEMORY. */
xbits_result shell_text_add(struct text *text, const char *word);

/* "xbits", with the options that say which queue and who calls. Results: as above. */
xbits_result shell_text_program(struct text *text, const struct global_values *global);

#endif
