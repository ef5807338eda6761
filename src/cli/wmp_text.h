/* SPDX-License-Identifier: MIT */
#ifndef CLI_WMP_TEXT_H
#define CLI_WMP_TEXT_H

#include "cli/cli.h"
#include "xbits/convention.h"

/* The options of the verbs that read a text of the convention. */
struct wmp_text_values {
    bool is_lenient;
};

#define WMP_TEXT_OPTIONS                                                                           \
    {                                                                                              \
        .name = "lenient", .kind = OPTION_FLAG,                                                    \
        .summary = "bear a colon inside a text when one reading is left",                          \
        .offset = offsetof(struct wmp_text_values, is_lenient)                                     \
    }

/*
 * Reads the verb's TEXT into a description that is to be disposed. CLI_DONE, or how the verb ends:
 * what is wrong with the text has been told.
 */
enum cli_exit wmp_text_read(struct cli *cli, enum xbits_wmp_mode mode,
                            struct xbits_wmp_description *description);

/* Ends a verb by this thread's last error, and by the rule that is broken and the place where. */
enum cli_exit wmp_text_refuse(struct cli *cli, const char *what,
                              const struct xbits_wmp_refusal *refusal);

#endif
