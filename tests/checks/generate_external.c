/* SPDX-License-Identifier: MIT */
/* Prints docs/external.md from the member table; cmake --build B --target generate. */
#include "xbits/external.h"

#include <stdio.h>
#include <stdlib.h>

static const char *kind_name(enum xbits_variant_kind kind)
{
    static const char *const names[] = {
        [XBITS_VARIANT_EMPTY] = "nothing", [XBITS_VARIANT_NULL] = "null",
        [XBITS_VARIANT_BOOL] = "boolean",  [XBITS_VARIANT_LONG] = "long",
        [XBITS_VARIANT_DOUBLE] = "double", [XBITS_VARIANT_TEXT] = "text",
        [XBITS_VARIANT_OBJECT] = "object", [XBITS_VARIANT_FUNCTION] = "function",
        [XBITS_VARIANT_OTHER] = "other",
    };

    return names[kind];
}

static void print_uses(const struct xbits_member *member)
{
    static const struct {
        unsigned bit;
        const char *name;
    } uses[] = { { XBITS_MEMBER_GET, "get" },
                 { XBITS_MEMBER_PUT, "put" },
                 { XBITS_MEMBER_CALL, "call" } };
    const char *separator = "";

    for (size_t i = 0; i < sizeof uses / sizeof uses[0]; i++) {
        if ((member->uses & uses[i].bit) == 0)
            continue;
        printf("%s%s", separator, uses[i].name);
        separator = ", ";
    }
}

/* "text, text[, text]" */
static void print_arguments(const struct xbits_member *member)
{
    for (unsigned i = 0; i < member->argument_maximum; i++) {
        const bool is_optional = i >= member->argument_minimum;

        printf("%s%s%s%s", is_optional ? "[" : "", i > 0 ? ", " : "",
               kind_name(member->arguments[i]), is_optional ? "]" : "");
    }
}

static unsigned surfaces_of(const struct xbits_member *member, enum xbits_player_version version)
{
    unsigned set = 0;

    for (unsigned i = 0; i < XBITS_SURFACE_COUNT; i++) {
        if (xbits_member_is_on(member, (enum xbits_surface)i, version))
            set |= 1u << i;
    }
    return set;
}

static void print_surfaces(unsigned set)
{
    const char *separator = "";

    if (set == 0 || set == (1u << XBITS_SURFACE_COUNT) - 1) {
        printf(" %s |", set == 0 ? "-" : "all");
        return;
    }
    printf(" ");
    for (unsigned i = 0; i < XBITS_SURFACE_COUNT; i++) {
        if ((set >> i & 1u) == 0)
            continue;
        printf("%s%s", separator, xbits_surface_name((enum xbits_surface)i));
        separator = ", ";
    }
    printf(" |");
}

/* As the documentation writes them: external's in hexadecimal, those of downloads in decimal. */
static void print_dispid(const struct xbits_member *member)
{
    if (member->object_class == XBITS_OBJECT_EXTERNAL)
        printf("0x%X", (unsigned)member->dispid);
    else
        printf("%d", (int)member->dispid);
}

static void print_member(const struct xbits_member *member)
{
    printf("| %s | ", member->name);
    print_dispid(member);
    printf(" | ");
    print_uses(member);
    printf(" | ");
    print_arguments(member);
    printf(" | %s |", kind_name(member->result));
    for (unsigned version = XBITS_PLAYER_WMP9; version <= XBITS_PLAYER_WMP12; version++)
        print_surfaces(surfaces_of(member, (enum xbits_player_version)version));
    printf("\n");
}

static void print_class(enum xbits_object_class object_class)
{
    const struct xbits_member *member;

    printf("\n## %s\n\n"
           "| member | DISPID | use | arguments | answers | WMP9 | WMP10 | WMP11 | WMP12 |\n"
           "|---|---|---|---|---|---|---|---|---|\n",
           xbits_object_class_name(object_class));
    for (size_t i = 0; (member = xbits_member_at(i)) != NULL; i++) {
        if (member->object_class == object_class)
            print_member(member);
    }
}

int main(void)
{
    printf(
        "<!-- SPDX-License-Identifier: MIT -->\n"
        "# `window.external`\n\n"
        "Made from the table in `src/store/external/member_table.c`: every member that a page of "
        "a type 2 store\ncan find, and on which surfaces (");
    for (unsigned i = 0; i < XBITS_SURFACE_COUNT; i++)
        printf("%s%s", i > 0 ? ", " : "", xbits_surface_name((enum xbits_surface)i));
    printf(") of\nwhich Player. Names are found in any case. A member that a page has not is "
           "undefined there.\n\n"
           "Arguments in brackets may be left out; an argument of another kind is made into the "
           "member's, as automation\ndoes it, or refused. A put takes one argument. What the "
           "members do stands in `include/xbits/shell.h` and\n`include/xbits/store.h`.\n");
    for (unsigned i = 0; i < XBITS_OBJECT_CLASS_COUNT; i++)
        print_class((enum xbits_object_class)i);
    return EXIT_SUCCESS;
}
