/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"

#include "cli/global_options.h"
#include "support/test_main.h"

#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static void every_verb_is_found_by_its_name(void **state)
{
    (void)state;

    for (size_t i = 0; commands_at(i) != NULL; i++)
        assert_ptr_equal(commands_find(commands_at(i)->name), commands_at(i));
    assert_null(commands_find("transfers"));
    assert_null(commands_find(""));
}

static void assert_meant(const char *nearest, const char *meant)
{
    if (meant == NULL)
        assert_null(nearest);
    else
        assert_string_equal(nearest, meant);
}

static void a_near_miss_is_recognised_and_a_far_one_is_not(void **state)
{
    static const struct {
        const char *word;
        const char *meant;
    } cases[] = {
        { "transfre", "transfer" },
        { "tranfer", "transfer" },
        { "explian", "explain" },
        { "server", "serve" },
        { "confg", "config" },
        { "wmp prase", "wmp parse" },
        { "library add-playlst", "library add-playlist" },
        { "libary", "library" },
        { "download", NULL },
        { "wmp fly", NULL },
        { "", NULL },
        { "transfertransfertransfer!", NULL },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++)
        assert_meant(commands_nearest(cases[i].word), cases[i].meant);
}

static void a_verb_of_two_words_begins_with_its_group(void **state)
{
    (void)state;

    for (size_t i = 0; commands_at(i) != NULL; i++) {
        const struct cli_command *command = commands_at(i);
        const char *blank = strchr(command->name, ' ');
        size_t length = blank != NULL ? (size_t)(blank - command->name) : 0;

        assert_true(commands_is_in(command, NULL));
        assert_int_equal(command->group != NULL, blank != NULL);
        if (command->group == NULL)
            continue;
        assert_int_equal(strlen(command->group), length);
        assert_memory_equal(command->name, command->group, length);
        assert_string_equal(commands_group(command->group), command->group);
        assert_true(commands_is_in(command, command->group));
    }
}

static void what_is_no_group_is_not_found(void **state)
{
    (void)state;

    assert_null(commands_group("list"));
    assert_null(commands_group("wmp parse"));
    assert_null(commands_group(""));
    assert_false(commands_is_in(&cmd_list, "library"));
    assert_false(commands_is_in(&cmd_store_list, "library"));
}

static void check_options(const struct option *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool is_step = options[i].kind == OPTION_STEP;
        bool is_bare = is_step ? options[i].word_count == 0 : options[i].kind == OPTION_FLAG;

        assert_non_null(options[i].name);
        assert_non_null(options[i].summary);
        assert_int_equal(is_bare, options[i].value_name == NULL);
        assert_true(options[i].word_count <= (is_step ? OPTION_STEP_WORDS : 0));
    }
}

static void every_row_is_whole(void **state)
{
    (void)state;

    check_options(global_options, global_option_count);
    for (size_t i = 0; commands_at(i) != NULL; i++) {
        const struct cli_command *command = commands_at(i);

        assert_non_null(command->operands);
        assert_non_null(command->summary);
        assert_non_null(command->details);
        assert_non_null(command->run);
        assert_true(command->operand_minimum <= command->operand_maximum);
        assert_int_equal(command->option_count > 0, command->values_size > 0);
        check_options(command->options, command->option_count);
    }
}

/* A verb's option would never be reached behind a global one of its name. */
static void no_verb_hides_a_global_option(void **state)
{
    (void)state;

    for (size_t i = 0; commands_at(i) != NULL; i++) {
        const struct cli_command *command = commands_at(i);

        for (size_t j = 0; j < command->option_count; j++) {
            for (size_t k = 0; k < global_option_count; k++)
                assert_string_not_equal(command->options[j].name, global_options[k].name);
        }
    }
}

static void assert_fits(const char *verb, const char *details)
{
    while (details[0] != '\0') {
        const size_t length = strcspn(details, "\n");

        if (length > 80)
            fail_msg("%s: %.*s", verb, (int)length, details);
        details += length + (details[length] == '\n');
    }
}

static void the_details_fit_a_terminal(void **state)
{
    (void)state;

    for (size_t i = 0; commands_at(i) != NULL; i++)
        assert_fits(commands_at(i)->name, commands_at(i)->details);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_details_fit_a_terminal),
        cmocka_unit_test(every_verb_is_found_by_its_name),
        cmocka_unit_test(a_near_miss_is_recognised_and_a_far_one_is_not),
        cmocka_unit_test(a_verb_of_two_words_begins_with_its_group),
        cmocka_unit_test(what_is_no_group_is_not_found),
        cmocka_unit_test(every_row_is_whole),
        cmocka_unit_test(no_verb_hides_a_global_option),
    };

    return run_tests("cli.commands", tests);
}
