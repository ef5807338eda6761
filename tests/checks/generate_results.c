/* SPDX-License-Identifier: MIT */
/* Prints docs/results.md from the table of results. Run it again when the table changes. */
#include "xbits/result.h"

#include <stdio.h>
#include <stdlib.h>

/* A chapter of the page: the codes of some facilities, or with none named what is left over. */
struct chapter {
    const char *title;
    const char *introduction;
    unsigned upper_halves[2];
};

static const struct chapter chapters[] = {
    { "BITS",
      "BITS's own numbers. `BG_S_` names are successes; those called `ERROR_CONTEXT` are the\n"
      "numbers of texts.",
      { 0x8020, 0x0020 } },
    { "HTTP",
      "An HTTP status as a result: 0x80190000 and the status. A status that is not listed follows\n"
      "the same rule and has no name.",
      { 0x8019, 0x8019 } },
    { "Windows, sockets, HTTP client, certificates",
      "What Windows reports, and what xbits reports for the same thing on every other system.",
      { 0, 0 } },
};

#define CHAPTER_COUNT (sizeof(chapters) / sizeof(chapters[0]))

/* The chapter that names the facility, else the last. */
static const struct chapter *chapter_of(xbits_result result)
{
    unsigned upper_half = (uint32_t)result >> 16;

    for (size_t i = 0; i + 1 < CHAPTER_COUNT; i++) {
        if (chapters[i].upper_halves[0] == upper_half || chapters[i].upper_halves[1] == upper_half)
            return &chapters[i];
    }
    return &chapters[CHAPTER_COUNT - 1];
}

static void print_chapter(const struct chapter *chapter)
{
    printf("\n## %s\n\n%s\n\n", chapter->title, chapter->introduction);
    printf("| code | name | meaning | cause | remedy |\n");
    printf("|---|---|---|---|---|\n");
    for (size_t i = 0; i < xbits_result_count(); i++) {
        const struct xbits_result_info *info = xbits_result_at(i);

        if (chapter_of(info->result) == chapter)
            printf("| 0x%08X | %s | %s | %s | %s |\n", (unsigned)info->result, info->name,
                   info->meaning, info->cause, info->remedy);
    }
}

int main(void)
{
    printf(
        "<!-- SPDX-License-Identifier: MIT -->\n"
        "<!-- Made by tests/checks/generate_results.c from the table of results: change that. -->\n"
        "# Results\n\n"
        "Every call of xbits answers with a result: an HRESULT with BITS's own numbers, on every\n"
        "system. Negative is failure. In C a name has `XBITS_` before it; `xbits explain CODE`\n"
        "prints one row and takes a number, a name or an HTTP status. %u results have a name.\n",
        (unsigned)xbits_result_count());
    for (size_t i = 0; i < CHAPTER_COUNT; i++)
        print_chapter(&chapters[i]);
    return fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS : EXIT_FAILURE;
}
