/* SPDX-License-Identifier: MIT */
#ifndef CLI_WHY_PRINT_H
#define CLI_WHY_PRINT_H

#include "cli/json_writer.h"
#include "cli/why.h"

/* How an explanation looks. file is the local name of the file that the error is about, or "". */
struct why_answer {
    const struct why_facts *facts;
    const struct why *why;
    const char *file;
};

void why_print_text(FILE *stream, const struct why_answer *answer);
void why_print_json(struct json_writer *writer, const struct why_answer *answer);

#endif
