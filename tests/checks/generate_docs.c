/* SPDX-License-Identifier: MIT */
/* Prints the files that are made from the tables of src/job; cmake --build B --target generate. */
#include "job/job_property.h"
#include "job/job_state.h"
#include "job/value.h"
#include "xbits/setting.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_states(unsigned set)
{
    const char *separator = "";

    for (unsigned state = 0; state < XBITS_STATE_COUNT; state++) {
        if ((set >> state & 1u) == 0)
            continue;
        printf("%s%s", separator, xbits_state_name((enum xbits_job_state)state));
        separator = ", ";
    }
}

static const char *type_set_name(unsigned types)
{
    if (types == TYPES_DOWNLOADS)
        return "downloads";
    if (types == TYPES_UPLOADS)
        return "uploads";
    return types == TYPES_ANY ? "any" : "uploads with reply";
}

static void print_moves(void)
{
    const struct job_move *move;

    printf("\n## Every move\n\n"
           "| trigger | jobs | from | to | source |\n"
           "|---|---|---|---|---|\n");
    for (size_t i = 0; (move = job_move_at(i)) != NULL; i++) {
        printf("| %s | %s | ", job_trigger_name(move->trigger), type_set_name(move->type_set));
        print_states(move->from_set);
        printf(" | %s | %s |\n", xbits_state_name(move->to), move->source);
    }
}

static const struct request {
    const char *name;
    enum xbits_job_type type;
    enum job_trigger trigger;
} requests[] = {
    { "Resume", XBITS_TYPE_DOWNLOAD, TRIGGER_RESUME },
    { "Suspend", XBITS_TYPE_DOWNLOAD, TRIGGER_SUSPEND },
    { "Complete (download)", XBITS_TYPE_DOWNLOAD, TRIGGER_COMPLETE },
    { "Complete (upload)", XBITS_TYPE_UPLOAD, TRIGGER_COMPLETE },
    { "Cancel", XBITS_TYPE_DOWNLOAD, TRIGGER_CANCEL },
};

#define REQUEST_COUNT (sizeof requests / sizeof requests[0])

static void print_requests(void)
{
    enum xbits_job_state after;

    printf("\n## What a request does\n\n| state |");
    for (size_t i = 0; i < REQUEST_COUNT; i++)
        printf(" %s |", requests[i].name);
    printf("\n|---|---|---|---|---|---|\n");
    for (unsigned state = 0; state < XBITS_STATE_COUNT; state++) {
        printf("| %s |", xbits_state_name((enum xbits_job_state)state));
        for (size_t i = 0; i < REQUEST_COUNT; i++) {
            const bool is_legal = job_state_after((enum xbits_job_state)state, requests[i].type,
                                                  requests[i].trigger, &after);

            printf(" %s |", is_legal ? xbits_state_name(after) : "refused");
        }
        printf("\n");
    }
}

static void print_label(const struct job_move *move)
{
    printf("%s", job_trigger_name(move->trigger));
    if (move->type_set != TYPES_ANY)
        printf(" (%s)", type_set_name(move->type_set));
}

/* One arrow a pair of open states, labelled with all that leads along it. */
static void print_arrow(enum xbits_job_state from, enum xbits_job_state to)
{
    const struct job_move *move;
    size_t count = 0;

    for (size_t i = 0; (move = job_move_at(i)) != NULL; i++) {
        if (move->to != to || !job_state_is_in(from, move->from_set))
            continue;
        if (count++ == 0)
            printf("        %s --> %s : ", xbits_state_name(from), xbits_state_name(to));
        else
            printf(", ");
        print_label(move);
    }
    if (count > 0)
        printf("\n");
}

/* A move out of every open state is one arrow from the box around them. */
static void print_end(const struct job_move *move)
{
    printf("    ");
    if (move->from_set == XBITS_STATES_OPEN)
        printf("OPEN");
    else
        print_states(move->from_set);
    printf(" --> %s : ", xbits_state_name(move->to));
    print_label(move);
    printf("\n");
}

static void print_diagram(void)
{
    const struct job_move *move;

    printf("\n## Diagram\n\n"
           "Moves that stay in their state are left out.\n\n"
           "```mermaid\nstateDiagram-v2\n"
           "    [*] --> OPEN : CreateJob\n"
           "    state OPEN {\n"
           "        [*] --> SUSPENDED\n");
    for (unsigned from = 0; from < XBITS_STATE_COUNT; from++) {
        for (unsigned to = 0; to < XBITS_STATE_COUNT; to++) {
            if (from != to && !job_state_is_in((enum xbits_job_state)to, XBITS_STATES_FINAL))
                print_arrow((enum xbits_job_state)from, (enum xbits_job_state)to);
        }
    }
    printf("    }\n");
    for (size_t i = 0; (move = job_move_at(i)) != NULL; i++) {
        if (job_state_is_in(move->to, XBITS_STATES_FINAL))
            print_end(move);
    }
    printf("    ACKNOWLEDGED --> [*]\n    CANCELLED --> [*]\n```\n");
}

static int print_job_states(void)
{
    printf(
        "<!-- SPDX-License-Identifier: MIT -->\n"
        "# Job states\n\n"
        "Made from the table in `src/job/job_state.c`, which the simulator executes and the "
        "tests use as their\noracle. A state and a trigger that no row names are refused: "
        "`BG_E_INVALID_STATE` (0x80200002) when a\ncaller asked.\n\n"
        "Guards that need more than a state stand before the table: Resume of a job without "
        "files is\n`BG_E_EMPTY`; Resume of a TRANSFERRED job without new files succeeds and "
        "moves nothing; a Complete that\ncannot rename a file leaves a TRANSFERRED job where it "
        "is. The sources are sections of the BITS client\nspecification and pages of Microsoft's "
        "reference.\n");
    print_requests();
    print_moves();
    print_diagram();
    return EXIT_SUCCESS;
}

static const char *write_rule(enum property_write write)
{
    static const char *const rules[] = {
        [WRITE_OPEN] = "until final",
        [WRITE_NEVER] = "never",
        [WRITE_BEFORE_ADD_FILE] = "before the first file",
        [WRITE_BEFORE_RESUME] = "before the first Resume",
        [WRITE_NOT_TRANSFERRED] = "until TRANSFERRED or final",
    };

    return rules[write];
}

static void print_property_heading(const char *title)
{
    printf("\n## %s\n\n"
           "| property | kind | default | limits | may be written | jobs | simulator | since |\n"
           "|---|---|---|---|---|---|---|---|\n",
           title);
}

static void print_property(const char *name, enum xbits_kind kind,
                           const struct property_rules *rules)
{
    printf("| %s | %s | %s | %s | %s%s | %s | %s | BITS %s, %s |\n", name, value_kind_name(kind),
           rules->default_text, rules->limits, write_rule(rules->write),
           rules->who == WHO_OWNER_ONLY ? ", by the owner" : "", type_set_name(rules->types),
           rules->is_obeyed ? "obeyed" : "not yet", rules->version, rules->interface_name);
}

static int print_job_properties(void)
{
    printf("<!-- SPDX-License-Identifier: MIT -->\n"
           "# Properties of jobs and files\n\n"
           "Made from the lists in `include/xbits/property.h` and the rules in "
           "`src/job/job_property.c` and\n`src/job/file_property.c`. A property that the simulator "
           "does not obey yet reads as its default; any other\nvalue is refused with `E_NOTIMPL`. "
           "Lengths are in UTF-16 units, without the NUL.\n");
    print_property_heading("Jobs");
    for (unsigned i = 0; i < XBITS_JOB_PROPERTY_COUNT; i++) {
        const enum xbits_job_property property = (enum xbits_job_property)i;

        print_property(xbits_job_property_name(property), xbits_job_property_kind(property),
                       job_property_rules(property));
    }
    print_property_heading("Files");
    for (unsigned i = 0; i < XBITS_FILE_PROPERTY_COUNT; i++) {
        const enum xbits_file_property property = (enum xbits_file_property)i;

        print_property(xbits_file_property_name(property), xbits_file_property_kind(property),
                       file_property_rules(property));
    }
    return EXIT_SUCCESS;
}

static void print_setting(const struct xbits_setting_info *setting)
{
    printf("\n# %s", setting->summary);
    if (setting->kind == XBITS_KIND_BOOL)
        printf(" (yes or no)");
    if (setting->kind == XBITS_KIND_U64)
        printf(" (%" PRIu64 " to %" PRIu64 ")", setting->minimum, setting->maximum);
    printf("\n%s = %s\n", setting->key, setting->default_value);
}

static int print_settings(void)
{
    const struct xbits_setting_info *setting;
    const char *section = "";

    printf("# SPDX-License-Identifier: MIT\n"
           "# Every setting of xbits with its default. Made from the table in src/job/setting.c.\n"
           "# Copy it and keep the lines you change; a setting that is not known is an error.\n");
    for (size_t i = 0; (setting = xbits_setting_at(i)) != NULL; i++) {
        if (strcmp(section, setting->section) != 0)
            printf("\n[%s]\n", setting->section);
        section = setting->section;
        print_setting(setting);
    }
    return EXIT_SUCCESS;
}

static const struct page {
    const char *name;
    int (*print)(void);
} pages[] = {
    { "job-states", print_job_states },
    { "job-properties", print_job_properties },
    { "settings", print_settings },
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 2 && i < sizeof pages / sizeof pages[0]; i++) {
        if (strcmp(argv[1], pages[i].name) == 0)
            return pages[i].print();
    }
    fprintf(stderr, "usage: generate_docs job-states|job-properties|settings\n");
    return 2;
}
